"""Java. Parameters count by their types, without packages before them; the usual class is that of the file's name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assay.formats.shapes.grammar import Grammar, field_name, named_children, said, text_of
from assay.formats.shapes.source import Part, Words
from assay.formats.shapes.syntax import SyntaxReader

if TYPE_CHECKING:
    from tree_sitter import Node


def _parts(node: Node) -> Iterator[Part]:
    yield Part(said(node.child_by_field_name("type_parameters"), path="."))
    yield Part(said(node.child_by_field_name("type"), path=".") + said(node.child_by_field_name("dimensions")))
    for one in named_children(node.child_by_field_name("parameters")):
        if one.type == "formal_parameter":
            dimensions = said(one.child_by_field_name("dimensions"))
            yield Part(said(one.child_by_field_name("type"), path=".") + dimensions)
        elif one.type == "spread_parameter":
            kinds = (part for part in named_children(one) if part.type not in ("modifiers", "variable_declarator"))
            yield Part("..." + " ".join(said(part, path=".") for part in kinds))


def _marks(node: Node) -> Iterator[str]:
    for child in node.children:
        if child.type == "modifiers":
            yield from (text_of(one) for one in child.children if "annotation" not in one.type)
        elif child.type == "throws":
            yield from (f"throws {said(one, path='.')}" for one in named_children(child))


def _home(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".java")


_DECIDES = (
    *("if_statement", "for_statement", "enhanced_for_statement", "while_statement", "do_statement"),
    *("catch_clause", "ternary_expression"),
)

_ESCAPED = r"(?<!\\)(?:\\\\)*(?P<code>\\u+00(?:0[aAdD]|2[27aAfF]|5[cC]))"
"""A letter that ends a line, a comment or a text for the compiler alone: what follows is code, or is none."""

JAVA = SyntaxReader(
    Grammar(
        module="tree_sitter_java",
        suffixes=(".java",),
        words=Words(
            heads="Names of parameters, further modifiers, annotations, and packages before types, are free.",
            uncounted="blank lines, comments and annotations above it",
            decisions=(
                "`if`, `for`, `while`, `do`, `case`, `catch`, `&&`, `||`, `?:`; those of lambdas inside it count too"
            ),
            head="static int total(List<Line> lines, boolean rounded) throws IOException",
        ),
        frame="class X {{ {} {{}} }}",
        frame_within="class X {{ {} {{}} }}",
        functions=frozenset(
            {
                *("method_declaration", "constructor_declaration", "compact_constructor_declaration"),
                *("lambda_expression", "static_initializer"),
            }
        ),
        classes={
            **dict.fromkeys(("class_declaration", "record_declaration", "enum_declaration"), "name"),
            **{"interface_declaration": "name", "object_creation_expression": "none", "enum_constant": "none"},
        },
        decides={
            **dict.fromkeys(_DECIDES, 1),
            ("switch_label", "case"): 1,
            ("binary_expression", "&&"): 1,
            ("binary_expression", "||"): 1,
        },
        blocks=frozenset({"block", "constructor_body", "switch_block_statement_group"}),
        no_statements=frozenset({"switch_label"}),
        bodies=frozenset(
            {
                *(("if_statement", "consequence"), ("if_statement", "alternative"), ("for_statement", "body")),
                *(("enhanced_for_statement", "body"), ("while_statement", "body"), ("do_statement", "body")),
                ("switch_rule", ""),
            }
        ),
        called=frozenset(
            {
                *(("method_invocation", "name"), ("field_access", "field"), ("method_declaration", "name")),
                ("method_reference", ""),
            }
        ),
        unread={"program": _ESCAPED},
        name=field_name,
        parts=_parts,
        marks=_marks,
        home=_home,
    )
)
