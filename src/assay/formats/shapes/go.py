"""Go. Parameters count by their types; what a method belongs to is said by its receiver."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assay.formats.shapes.grammar import Grammar, field_name, named_children, said, words_of
from assay.formats.shapes.source import Part, Words
from assay.formats.shapes.syntax import SyntaxReader

if TYPE_CHECKING:
    from tree_sitter import Node


def _owner(node: Node) -> str:
    words = [word for one in _types(node.child_by_field_name("receiver")) for word in one.split() if word != "*"]
    return words[0] if words else ""


def _types(parameters: Node | None) -> Iterator[str]:
    """`a, b int` are two."""
    for one in named_children(parameters):
        rest = "..." if one.type == "variadic_parameter_declaration" else ""
        for _ in one.children_by_field_name("name") or (None,):
            yield rest + said(one.child_by_field_name("type"))


def _parts(node: Node) -> Iterator[Part]:
    result = node.child_by_field_name("result")
    several = result is not None and result.type == "parameter_list"
    yield Part(", ".join(_types(result)) if several else said(result))
    yield Part(said(node.child_by_field_name("type_parameters")))
    yield Part("*" if "*" in words_of(node.child_by_field_name("receiver")) else "")
    for kind in _types(node.child_by_field_name("parameters")):
        yield Part(kind)


_DECIDES = ("if_statement", "for_statement", "expression_case", "type_case", "communication_case")

GO = SyntaxReader(
    Grammar(
        module="tree_sitter_go",
        suffixes=(".go",),
        words=Words(
            heads="Names of parameters, results and receivers are free.",
            uncounted="blank lines and comments",
            decisions="`if`, `for`, `case`, `&&`, `||`; those of functions inside it count too",
            head="func (c *Cart) Total(tax int) (int, error)",
        ),
        frame="package p\n{} {{}}",
        functions=frozenset({"function_declaration", "method_declaration", "func_literal"}),
        classes={},
        decides={
            **dict.fromkeys(_DECIDES, 1),
            ("binary_expression", "&&"): 1,
            ("binary_expression", "||"): 1,
        },
        blocks=frozenset({"statement_list"}),
        bodies=frozenset({("if_statement", "alternative")}),
        no_statements=frozenset({"block"}),
        called=frozenset(  # a key of a literal may be a field's name, and its value stands in the same place
            {("call_expression", "function"), ("function_declaration", "name"), ("literal_element", "")}
        ),
        name=field_name,
        owner=_owner,
        parts=_parts,
        marks=lambda _: iter(()),
    )
)
