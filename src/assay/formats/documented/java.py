"""Java: Javadoc above public methods; those of the class that the file is named by stand under their own names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assay.formats.documented.blocks import javadoc
from assay.formats.documented.commented import CommentReader, Declared, Style
from assay.formats.documented.syntax import said

if TYPE_CHECKING:
    from tree_sitter import Node

_TYPES = ("class_declaration", "record_declaration", "interface_declaration", "enum_declaration")


def reader(language: str) -> CommentReader:
    """The one of Java."""
    return CommentReader(
        Style(language=language, begins=("/**",), mark="<pre>{@code …}</pre>", names=_names, blocks=javadoc)
    )


def _is_public(member: Node) -> bool:
    modifiers = next((child for child in member.children if child.type == "modifiers"), None)
    return modifiers is not None and any(child.type == "public" for child in modifiers.children)


def _names(root: Node) -> Iterator[Declared]:
    for item in root.named_children:
        if item.type in _TYPES:
            public = _is_public(item)
            yield Declared(said(item.child_by_field_name("name")), item, public=False, called=False)
            yield from _members("" if public else f"{said(item.child_by_field_name('name'))}.", item, public=public)


def _members(within: str, type_: Node, *, public: bool) -> Iterator[Declared]:
    body = type_.child_by_field_name("body")
    for member in body.named_children if body is not None else ():
        name = said(member.child_by_field_name("name"))
        if member.type == "method_declaration" and _is_public(member):
            overrides = any("@Override" in said(child) for child in member.children if child.type == "modifiers")
            yield Declared(within + name, member, public=public and not overrides)
        elif member.type in _TYPES and not within and _is_public(member):
            yield Declared(name, member, public=False, called=False)
            yield from _members(f"{name}.", member, public=public)
