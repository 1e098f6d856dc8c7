"""C++. Parameters count by their types, without namespaces before them; in a header a declaration is enough."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assay.formats.shapes.grammar import PASSED_OVER, Grammar, leaves, named_children, said, text_of, words_of
from assay.formats.shapes.source import Part, Words
from assay.formats.shapes.syntax import SyntaxReader

if TYPE_CHECKING:
    from tree_sitter import Node

_NO_TYPES = ("constexpr", "consteval", "constinit", "inline", "static")
_MARKS = (
    *("storage_class_specifier", "virtual", "explicit_function_specifier", "virtual_specifier", "noexcept"),
    *("type_qualifier", "attribute_declaration"),
)


def _unwrapped(node: Node) -> tuple[str, Node | None]:
    """What belongs to the result's type, such as `&`; and the function's declarator."""
    signs = ""
    inner: Node | None = node.child_by_field_name("declarator")
    while inner is not None and inner.type in ("pointer_declarator", "reference_declarator"):
        signs += inner.children[0].type
        inner = inner.child_by_field_name("declarator") or next(named_children(inner), None)
    return signs, inner if inner is not None and inner.type == "function_declarator" else None


def _name(node: Node, _: Node | None) -> Node | None:
    inner = _unwrapped(node)[1]
    return inner.child_by_field_name("declarator") if inner else None


def _owner(node: Node) -> str:
    """`Cart` of `int shop::Cart<T>::total()`."""
    words = words_of(_name(node, None))
    if "::" not in words:
        return ""
    before = words[: len(words) - 1 - words[::-1].index("::")]
    return before[before.index("<") - 1 if "<" in before else -1] if before else ""


def _parts(node: Node) -> Iterator[Part]:
    signs, inner = _unwrapped(node)
    later = next((one for one in inner.children if one.type == "trailing_return_type"), None) if inner else None
    yield Part(_type(later.named_children[0]) if later and later.named_children else _type(node) + signs)
    for one in named_children(inner.child_by_field_name("parameters") if inner else None):
        yield Part(_type(one) + _shape(one), free=said(one.child_by_field_name("default_value")))


def _type(node: Node) -> str:
    qualifiers = [text_of(one) for one in node.children if one.type == "type_qualifier"]
    kept = sorted(word for word in qualifiers if word not in _NO_TYPES)
    return " ".join([*kept, said(node.child_by_field_name("type"), path="::")])


def _shape(parameter: Node) -> str:
    """What its declarator adds to its type: the `&` of `int& x`."""
    found = list(leaves(parameter.child_by_field_name("declarator")))
    names = [leaf for leaf in found if leaf.type == "identifier"][:1]
    return "".join(text_of(leaf) for leaf in found if leaf not in names)


def _marks(node: Node) -> Iterator[str]:
    _, inner = _unwrapped(node)
    for child in [*node.children, *(inner.children if inner else ())]:
        if child.type in _MARKS:
            yield from words_of(child)


_DECIDES = (
    *("if_statement", "for_statement", "for_range_loop", "while_statement", "do_statement"),
    *("catch_clause", "conditional_expression"),
)

CPP = SyntaxReader(
    Grammar(
        module="tree_sitter_cpp",
        suffixes=(".cpp", ".cc", ".cxx", ".hpp", ".h", ".hh"),
        words=Words(
            heads=(
                "Names of parameters, further specifiers, and namespaces before types, are free; "
                "in a header, a declaration is enough."
            ),
            uncounted="blank lines and comments",
            decisions=(
                "`if`, `for`, `while`, `do`, `case`, `catch`, `&&`, `||`, `?:`; those of lambdas inside it count too"
            ),
            head="int total(const std::vector<Line>& lines, bool rounded = true)",
        ),
        frame_within="struct X {{ {} {{}} }};",
        functions=frozenset({"function_definition", "lambda_expression"}),
        declarations=frozenset({"declaration", "field_declaration"}),
        headers=(".hpp", ".h", ".hh"),
        classes=dict.fromkeys(("class_specifier", "struct_specifier", "union_specifier"), "name"),
        decides={
            **dict.fromkeys(_DECIDES, 1),
            **{("binary_expression", sign): 1 for sign in ("&&", "||", "and", "or")},
            ("case_statement", "case"): 1,
        },
        blocks=frozenset({"compound_statement", "case_statement"}),
        bodies=frozenset(
            {
                *(("if_statement", "consequence"), ("else_clause", ""), ("for_statement", "body")),
                *(("for_range_loop", "body"), ("while_statement", "body"), ("do_statement", "body")),
            }
        ),
        called=frozenset(
            {
                *(
                    ("call_expression", "function"),
                    ("template_function", "name"),
                    ("function_declarator", "declarator"),
                ),
                *(("qualified_identifier", "name"), ("qualified_identifier", "scope")),
            }
        ),
        hides=(
            r"preproc_(function_)?def/preproc_arg .*[;{]|"
            r"preproc_include/string_literal/string_content .*(?<!\.cpp)(?<!\.cc)(?<!\.cxx)(?<!\.hpp)(?<!\.h)(?<!\.hh)$"
        ),
        unread=dict.fromkeys(
            ("preproc_def", "preproc_function_def"),
            rf'{PASSED_OVER}|(?P<code>R"|\?|&&|\|\||\b(?:if|for|while|do|case|catch|and|or)\b)',
        ),
        name=_name,
        owner=_owner,
        parts=_parts,
        marks=_marks,
    )
)
