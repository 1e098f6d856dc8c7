"""Syntax as tree-sitter's grammars see it: tokens, comments, and the comments above a declaration.

Texts may be hostile: they are bounded, and trees are walked without recursion.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from assay.formats.documented.base import LARGEST
from assay.formats.trees import tree_of

if TYPE_CHECKING:
    from tree_sitter import Node

_GRAMMARS = {
    "javascript": ("tree_sitter_javascript", "language"),
    "typescript": ("tree_sitter_typescript", "language_typescript"),
    "go": ("tree_sitter_go", "language"),
    "rust": ("tree_sitter_rust", "language"),
    "java": ("tree_sitter_java", "language"),
    "cpp": ("tree_sitter_cpp", "language"),
}
_WHOLE = frozenset(
    {
        "string", "template_string", "regex", "interpreted_string_literal", "raw_string_literal", "string_literal",
        "char_literal", "character_literal", "rune_literal", "preproc_arg",
    }
)  # fmt: skip
"""Kinds of nodes that are one token, blanks and all."""


class Token(NamedTuple):
    """A leaf of the tree."""

    kind: str
    text: str
    start: int
    """In bytes, as all that tree-sitter counts."""
    end: int
    row: int
    last_row: int

    @property
    def is_comment(self) -> bool:
        return self.kind.endswith("comment")


def parse(language: str, text: str) -> Node:
    """The root of the file's tree; ValueError when it is too large, or no text of the language."""
    root = loosely(language, text)
    if root.has_error:
        raise ValueError(f"it cannot be parsed: line {_first_error(root)}")
    return root


def loosely(language: str, text: str) -> Node:
    """The same for text with errors, or of statements alone."""
    if len(text) > LARGEST:
        raise ValueError(f"it has more than {LARGEST >> 10} KiB")
    root = tree_of(*_GRAMMARS[language], text.encode("utf-8", "replace"))
    if root is None:
        raise ValueError("it cannot be parsed: it is too confused")
    return root


def _first_error(root: Node) -> int:
    """Its line. What is wrong within a token has no node of its own: then it is that of the token."""
    found: Node | None = root
    while found is not None:
        node = found
        if node.is_error or node.is_missing:
            break
        found = next((child for child in node.children if child.has_error or child.is_missing), None)
    return int(node.start_point.row) + 1


def tokens(root: Node) -> Iterator[Token]:
    """All tokens in their order, comments among them."""
    cursor = root.walk()
    going = True
    while going:
        node = cursor.node
        assert node is not None
        whole = node.type in _WHOLE or node.type.endswith("comment")
        if not whole and cursor.goto_first_child():
            continue
        if node.end_byte > node.start_byte and node is not root:
            text = said(node)
            yield Token(node.type, text, node.start_byte, node.end_byte, node.start_point.row, node.end_point.row)
        while not (going := cursor.goto_next_sibling()) and cursor.goto_parent():
            pass


def code_of(root: Node) -> str:
    """The same for files that differ in comments and layout alone."""
    return "\n".join(token.text for token in tokens(root) if not token.is_comment)


def said(node: Node | None) -> str:
    """The node's text; empty for none."""
    return (node.text or b"").decode("utf-8", "replace") if node is not None else ""


def comment_above(node: Node, begins: tuple[str, ...], between: tuple[str, ...] = ()) -> str:
    """The comment right above a declaration, its marks removed: of those that begin so. Nodes of the kinds `between`
    may stand between them."""
    found: list[str] = []
    at = node.prev_sibling
    while at is not None and (at.type.endswith("comment") or at.type in between):
        text = said(at).rstrip()
        if at.type in between:
            pass
        elif not text.startswith(begins) or (found and text.startswith("/*")):
            break
        else:
            found.append(text)
            if text.startswith("/*"):
                break
        at = at.prev_sibling
    return "\n".join(map(_bare, reversed(found))).strip()


def _bare(comment: str) -> str:
    if not comment.startswith("/*"):
        return comment.lstrip("/").removeprefix("!").removeprefix(" ")
    lines = comment[2:].removesuffix("*/").lstrip("*!").splitlines()
    starred = (line.lstrip(" \t") for line in lines)
    return "\n".join(
        star.removeprefix("*").removeprefix(" ") if star.startswith("*") else line
        for star, line in zip(starred, lines, strict=True)
    )


def uses(language: str, code: str, name: str, *, called: bool) -> bool:
    """Whether statements mention `name` in their code, or call it."""
    wanted = name.rpartition(".")[2]
    try:
        seen = [token.text for token in tokens(loosely(language, code)) if not token.is_comment]
    except ValueError:
        return False
    behind = ("(", "<", "::")  # what is generic may be told its types before it is called
    return any(
        text == wanted and (not called or after in behind) for text, after in zip(seen, [*seen[1:], ""], strict=True)
    )
