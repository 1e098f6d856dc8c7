"""JavaScript and TypeScript. Parameters count by their names, types where a signature writes them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from assay.formats.shapes.grammar import Grammar, named_children, said, text_of
from assay.formats.shapes.source import Part, Words
from assay.formats.shapes.syntax import SyntaxReader

if TYPE_CHECKING:
    from tree_sitter import Node

_HOLDERS = {
    "variable_declarator": "name",
    "pair": "key",
    "assignment_expression": "left",
    "field_definition": "property",
    "public_field_definition": "name",
}
"""What a function without a name of its own is called by, and the field."""

_MODIFIERS = ("accessibility_modifier", "static", "override_modifier", "readonly")


def _name(node: Node, around: Node | None) -> Node | None:
    own = node.child_by_field_name("name")
    if own is not None or around is None or around.type not in _HOLDERS:
        return own
    return around.child_by_field_name(_HOLDERS[around.type])


def _parts(node: Node) -> Iterator[Part]:
    yield Part(" ".join(child.type for child in node.children if child.type in ("async", "*", "get", "set")))
    yield Part(free=said(node.child_by_field_name("return_type")))
    alone = node.child_by_field_name("parameter")
    for child in [alone] if alone else named_children(node.child_by_field_name("parameters")):
        yield _parameter(child)


def _parameter(node: Node) -> Part:
    pattern = node.child_by_field_name("pattern")
    if pattern is None:
        return Part(_plain(node))
    value = node.child_by_field_name("value")
    optional = "?" if node.type == "optional_parameter" else ""
    default = f" = {_plain(value)}" if value else ""
    return Part(f"{_plain(pattern)}{optional}{default}", free=said(node.child_by_field_name("type")))


def _plain(node: Node) -> str:
    return said(node).replace("'", '"')


def _marks(node: Node) -> Iterator[str]:
    yield from (text_of(child) for child in node.children if child.type in _MODIFIERS)
    around = node.parent
    if around is not None and around.type == "variable_declarator":
        around = around.parent and around.parent.parent
    if around is not None and around.type == "export_statement":
        yield "export"


def _exported(root: Node) -> frozenset[str]:
    statements = (child for child in root.named_children if child.type == "export_statement")
    clauses = (child for one in statements for child in one.named_children if child.type == "export_clause")
    names = (
        one.child_by_field_name("name") for clause in clauses for one in clause.named_children if len(one.children) == 1
    )
    return frozenset(text_of(name) for name in names if name is not None)


_DECIDES = (
    *("if_statement", "for_statement", "for_in_statement", "while_statement", "do_statement"),
    *("switch_case", "catch_clause", "ternary_expression"),
)
_JOINS = {
    "binary_expression": ("&&", "||", "??"),
    "augmented_assignment_expression": ("&&=", "||=", "??="),
}

_SCRIPT = Grammar(
    module="tree_sitter_javascript",
    suffixes=(".js", ".mjs", ".cjs"),
    words=Words(
        heads="In place of a function, a constant of its name may hold an arrow function.",
        uncounted="blank lines and comments",
        decisions=(
            "`if`, `for`, `while`, `do`, `case`, `catch`, `&&`, `||`, `??` (and with `=` behind them), `?:`; "
            "those of functions inside it count too"
        ),
        head="function f(x, { y = 1 } = {})",
    ),
    frame_within="class X {{ {} {{}} }}",
    functions=frozenset(
        {
            *("function_declaration", "generator_function_declaration", "function_expression", "generator_function"),
            *("arrow_function", "method_definition"),
        }
    ),
    classes={"class_declaration": "name", "class": "name", "abstract_class_declaration": "name", "object": "none"},
    decides={
        **dict.fromkeys(_DECIDES, 1),
        **{(kind, sign): 1 for kind, signs in _JOINS.items() for sign in signs},
    },
    blocks=frozenset({"program", "statement_block", "switch_case", "switch_default"}),
    no_statements=frozenset({"import_statement"}),
    bodies=frozenset(
        {
            *(
                ("if_statement", "consequence"),
                ("else_clause", ""),
                ("for_statement", "body"),
                ("for_in_statement", "body"),
            ),
            *(("while_statement", "body"), ("do_statement", "body")),
        }
    ),
    called=frozenset(
        {
            *(("call_expression", "function"), ("new_expression", "constructor"), ("function_declaration", "name")),
            *(
                ("generator_function_declaration", "name"),
                ("function_expression", "name"),
                ("class_declaration", "name"),
            ),
        }
    ),
    hides=(
        r"/(property_)?identifier (eval|Function|_compile|compileFunction|runIn(This|New)?Context)$|"
        r"/identifier (globalThis|global|Reflect)$|identifier \w*\\u|string_fragment data:|"
        r"^(?!member_|new_|binary_)\w+/member_expression/property_identifier constructor$|"
        r"\bobject_pattern/(\w+/)?\w+ constructor$|"
        r"^subscript_expression/(template_)?string/string_fragment (eval|Function|constructor)$|"
        r"^subscript_expression/(template_)?string/escape_sequence \\[xu]|"
        r"^(arguments|pair_pattern|computed_property_name)/(template_)?string/string_fragment constructor$|"
        # Half of that word, put together from two as the program runs.
        r"^(binary_expression/|subscript_expression/template_)string/string_fragment "
        r"(constr(u(ct?o?)?)?|(((((o?n)?s)?t)?r)?u)?ctor)$"
    ),
    name=_name,
    parts=_parts,
    marks=_marks,
    exported=_exported,
)

JAVASCRIPT = SyntaxReader(_SCRIPT)

TYPESCRIPT = SyntaxReader(
    replace(
        _SCRIPT,
        module="tree_sitter_typescript",
        entry="language_typescript",
        suffixes=(".ts", ".mts", ".cts"),
        words=replace(
            _SCRIPT.words,
            heads=f"Types that these heads leave out are free. {_SCRIPT.words.heads}",
            head="export function f(x: number, y = 1): string",
        ),
    )
)
