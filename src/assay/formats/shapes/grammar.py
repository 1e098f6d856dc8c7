"""What has to be known of a language's grammar to tell its shape; the names are tree-sitter's.

Nothing is imported of tree-sitter before a text is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

import msgspec

from assay.formats.shapes.source import Part, Words

if TYPE_CHECKING:
    from tree_sitter import Node


PASSED_OVER = r"""'(?:\\.|[^'\\])'|"(?:\\.|[^"\\])*"|//[^\n]*|/\*(?:[^*]|\*(?!/))*(?:\*/|\Z)"""
"""Texts and comments, for patterns that take no code from them."""


class Grammar(msgspec.Struct, frozen=True, kw_only=True):
    """One language."""

    module: str
    """The package that holds the grammar."""
    entry: str = "language"
    suffixes: tuple[str, ...]
    words: Words
    frame: str = "{} {{}}"
    """A file around a head, so that it can be parsed."""
    frame_within: str = ""
    """The same for a method's; empty where its head says of what it is one."""
    functions: frozenset[str]
    declarations: frozenset[str] = frozenset()
    """Heads without bodies, which count in files of `headers`."""
    headers: tuple[str, ...] = ()
    classes: Mapping[str, str]
    """What holds methods, and the field that names it; a field that there is not hides what it holds."""
    decides: Mapping[str | tuple[str, str], int]
    """How often syntax decides: of a kind, or of a kind right below another one."""
    blocks: frozenset[str]
    """What holds statements one after the other."""
    no_statements: frozenset[str] = frozenset()
    """What stands in a block, or for one, and is no statement."""
    bodies: frozenset[tuple[str, str]] = frozenset()
    """Where one statement stands without a block: the kind around it, and the field; empty for any."""
    called: frozenset[tuple[str, str]]
    """Where a name is that of something called or defined, and no variable's: the kind around it, and the field."""
    hides: str = ""
    """A pattern of what keeps code from being looked at: `kind/kind/kind text`, of a token and what is around it."""
    unread: Mapping[str, str] = {}
    """Syntax whose text is changed, or written into other places, before it is compiled; and a pattern whose group
    `code` is what nobody can then look at."""
    name: Callable[[Node, Node | None], Node | None]
    """The name in a function, or in what stands around it."""
    owner: Callable[[Node], str] = lambda _: ""
    """The class that a head itself names."""
    parts: Callable[[Node], Iterator[Part]]
    marks: Callable[[Node], Iterator[str]]
    exported: Callable[[Node], frozenset[str]] = lambda _: frozenset()
    """Names that a file exports in a place of their own."""
    home: Callable[[str], str] = lambda _: ""


def field_name(node: Node, _: Node | None) -> Node | None:
    """The name, where the grammar has a field for it."""
    return node.child_by_field_name("name")


def leaves(node: Node | None) -> Iterator[Node]:
    """The tokens below a node, comments left out."""
    if node is None:
        return
    cursor = node.walk()
    while True:
        here = cursor.node
        if here is not None and not here.is_extra:
            if cursor.goto_first_child():
                continue
            yield here
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return


def text_of(node: Node) -> str:
    return (node.text or b"").decode("utf-8", "replace")


def words_of(node: Node | None) -> list[str]:
    """The tokens below a node, as texts."""
    return [text for leaf in leaves(node) if (text := text_of(leaf))]


def said(node: Node | None, *, path: str = "") -> str:
    """What is written, without regard to white space, to paths before a name, and to a last comma."""
    result: list[str] = []
    for word in words_of(node):
        if path and result and result[-1] == path:
            del result[-2:]
        elif result and result[-1] == "," and word in (")", "]", "}", ">"):
            result.pop()
        result.append(word)
    return " ".join(result)


def named_children(node: Node | None) -> Iterator[Node]:
    """Those that are no comments."""
    return (child for child in (node.named_children if node else ()) if not child.is_extra)


def bare_name(node: Node | None) -> str:
    """`Cart` of `shop::Cart<T>`."""
    words = words_of(node)
    before = words[: words.index("<")] if "<" in words else words
    return before[-1] if before else ""
