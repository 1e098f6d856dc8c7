"""C++: Doxygen's comments above functions, and above what is public in classes; namespaces do not count as names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assay.formats.documented.blocks import doxygen
from assay.formats.documented.commented import CommentReader, Declared, Style
from assay.formats.documented.syntax import said

if TYPE_CHECKING:
    from tree_sitter import Node

_CLASSES = ("class_specifier", "struct_specifier")
_FUNCTIONS = ("function_definition", "declaration", "field_declaration")
_GUARDS = ("preproc_ifdef", "preproc_if")
_PLAIN = ("identifier", "field_identifier")
_BEHIND = ("pointer_declarator", "reference_declarator")


def reader(language: str) -> CommentReader:
    """The one of C++."""
    return CommentReader(
        Style(
            language=language,
            begins=("///", "//!", "/**", "/*!"),
            mark="@code … @endcode",
            names=lambda root: _names(root.named_children),
            blocks=doxygen,
        )
    )


def _names(items: list[Node]) -> Iterator[Declared]:
    for item in items:
        body = item.child_by_field_name("body")
        if item.type == "namespace_definition" and body is not None:
            if item.child_by_field_name("name") is not None:  # without a name it is the file's own
                yield from _names(body.named_children)
            continue
        if item.type in _GUARDS:
            yield from _names(item.named_children)
            continue
        inner = _within_template(item)
        if inner.type in _CLASSES:
            yield from _class(inner, item)
        elif name := _function_name(inner):
            yield Declared(name, item, public=not any(said(child) == "static" for child in inner.children))


def _within_template(item: Node) -> Node:
    if item.type != "template_declaration":
        return item
    return item.named_children[-1]


def _function_name(item: Node) -> str:
    """The name of the function that is declared; empty for operators, constructors and all that is no function."""
    if item.type not in _FUNCTIONS or item.child_by_field_name("type") is None:
        return ""
    declarator = item.child_by_field_name("declarator")
    while declarator is not None and declarator.type in _BEHIND:
        declarator = declarator.named_children[-1]
    if declarator is None or declarator.type != "function_declarator":
        return ""
    name = declarator.child_by_field_name("declarator")
    return said(name) if name is not None and name.type in _PLAIN else ""


def _class(specifier: Node, item: Node) -> Iterator[Declared]:
    owner = said(specifier.child_by_field_name("name"))
    yield Declared(owner, item, public=False, called=False)
    public = specifier.type == "struct_specifier"
    body = specifier.child_by_field_name("body")
    for member in body.named_children if body is not None else ():
        if member.type == "access_specifier":
            public = said(member).startswith("public")
        elif public and (name := _function_name(_within_template(member))):
            yield Declared(f"{owner}.{name}", member)
