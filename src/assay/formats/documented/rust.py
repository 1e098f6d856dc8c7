"""Rust: doc comments above what is `pub`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assay.formats.documented.blocks import rustdoc
from assay.formats.documented.commented import CommentReader, Declared, Style
from assay.formats.documented.syntax import said

if TYPE_CHECKING:
    from tree_sitter import Node

_TYPES = ("struct_item", "enum_item", "trait_item", "type_item")


def reader(language: str) -> CommentReader:
    """The one of Rust."""
    return CommentReader(
        Style(
            language=language,
            begins=("///", "/**"),
            mark="```",
            names=_names,
            blocks=rustdoc,
            between=("attribute_item",),
        )
    )


def _is_public(item: Node) -> bool:
    return any(child.type == "visibility_modifier" and said(child) == "pub" for child in item.children)


def _names(root: Node) -> Iterator[Declared]:
    for item in root.named_children:
        name = said(item.child_by_field_name("name"))
        if item.type == "function_item" and _is_public(item):
            yield Declared(name, item)
        elif item.type in _TYPES and _is_public(item):
            yield Declared(name, item, public=False, called=False)
        elif item.type == "impl_item" and item.child_by_field_name("trait") is None:
            yield from _methods(item)


def _methods(block: Node) -> Iterator[Declared]:
    """A `new` that only makes the object is seen in the examples of its methods."""
    owner = said(block.child_by_field_name("type")).partition("<")[0]
    body = block.child_by_field_name("body")
    for member in body.named_children if body is not None else ():
        name = said(member.child_by_field_name("name"))
        if member.type == "function_item" and _is_public(member):
            yield Declared(f"{owner}.{name}", member, public=name != "new")
