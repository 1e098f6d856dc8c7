"""Rust. Parameters count by their types, without paths before them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assay.formats.shapes.grammar import PASSED_OVER, Grammar, field_name, named_children, said, words_of
from assay.formats.shapes.source import Part, Words
from assay.formats.shapes.syntax import SyntaxReader

if TYPE_CHECKING:
    from tree_sitter import Node


def _parts(node: Node) -> Iterator[Part]:
    yield Part(" ".join(word for word in _modifiers(node) if word != "const"))
    yield Part(said(node.child_by_field_name("type_parameters"), path="::"))
    yield Part(said(node.child_by_field_name("return_type"), path="::"))
    for one in named_children(node.child_by_field_name("parameters")):
        if one.type in ("parameter", "self_parameter"):
            yield Part(said(one.child_by_field_name("type") or one, path="::"))


def _modifiers(node: Node) -> list[str]:
    return [word for one in node.children if one.type == "function_modifiers" for word in words_of(one)]


def _marks(node: Node) -> Iterator[str]:
    if any(one.type == "visibility_modifier" for one in node.children):
        yield "pub"
    if "const" in _modifiers(node):
        yield "const"


_DECIDES = ("if_expression", "while_expression", "loop_expression", "for_expression", "match_arm")
_DECIDING = r'\b(?:if|match|while|loop)\b|\bfor\b(?=[^{};]{0,200}\bin\b)|&&|\|\||\bb?r#*"'
_IN_MACROS = ("if", "while", "for", "loop", "=>", "&&", "||")

RUST = SyntaxReader(
    Grammar(
        module="tree_sitter_rust",
        suffixes=(".rs",),
        words=Words(
            heads="Names of parameters, and paths before types, are free.",
            uncounted="blank lines and comments",
            decisions=(
                "`if`, `for`, `while`, `loop`, the `else` of a `let`, each arm of a `match` but `_`, "
                "`&&`, `||`; those of closures inside it count too, `?` does not"
            ),
            within=" in an `impl` of `{}`",
            head="pub fn total(&self, tax: u32) -> u32",
        ),
        frame_within="impl X {{ {} {{}} }}",
        functions=frozenset({"function_item", "closure_expression"}),
        classes={"impl_item": "type", "trait_item": "name"},
        decides={
            **dict.fromkeys(_DECIDES, 1),
            **{(kind, word): 1 for kind in ("token_tree", "token_repetition") for word in _IN_MACROS},
            ("match_pattern", "if"): 1,
            ("match_pattern", "_"): -1,
            ("let_declaration", "else"): 1,
            ("let_chain", "&&"): 1,
            ("binary_expression", "&&"): 1,
            ("binary_expression", "||"): 1,
        },
        blocks=frozenset({"block"}),
        bodies=frozenset({("match_arm", "value"), ("else_clause", "")}),
        called=frozenset(
            {
                *(("call_expression", "function"), ("generic_function", "function"), ("macro_invocation", "macro")),
                *(("scoped_identifier", "path"), ("scoped_identifier", "name"), ("function_item", "name")),
                *(("tuple_struct_pattern", "type"), ("shorthand_field_initializer", ""), ("lifetime", "")),
            }
        ),
        hides=r"token_(tree|repetition)/(fn|let) |macro_invocation/identifier include$|attribute/identifier path$",
        unread={"macro_definition": rf"{PASSED_OVER}|(?P<code>{_DECIDING})"},
        name=field_name,
        parts=_parts,
        marks=_marks,
    )
)
