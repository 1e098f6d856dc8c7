"""Syntax trees by tree-sitter's grammars, of texts that may be hostile: the work for each is bounded."""

from __future__ import annotations

import functools
import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Language, Node

MOST_STEPS = 2000
"""How often the parser may report that it is at work; a file of 64 KiB takes some hundreds."""

MOST_OPEN = 20
"""Beginnings of comments without an end: for each, the parser may look through all that follows."""

_CHUNK = 1024
"""Bytes at a time: each is copied again wherever the parser, or whoever asks for a node's text, goes back to."""


@functools.cache
def _language(module: str, entry: str) -> Language:
    from tree_sitter import Language

    return Language(getattr(importlib.import_module(module), entry)())


def tree_of(module: str, entry: str, data: bytes) -> Node | None:
    """The tree's root, in the grammar that a package's function names; None where the parser gets nowhere."""
    from tree_sitter import Parser

    if data.count(b"/*", data.rfind(b"*/") + 1) > MOST_OPEN:
        return None
    steps = 0

    def enough(_: int, __: bool) -> bool:
        nonlocal steps
        steps += 1
        return steps > MOST_STEPS

    try:
        tree = Parser(_language(module, entry)).parse(lambda at, _: data[at : at + _CHUNK], progress_callback=enough)
    except ValueError:
        return None
    return tree.root_node
