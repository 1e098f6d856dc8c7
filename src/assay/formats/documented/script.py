"""JavaScript and TypeScript: JSDoc above what a module exports."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assay.formats.documented.blocks import jsdoc
from assay.formats.documented.commented import CommentReader, Declared, Style
from assay.formats.documented.syntax import said

if TYPE_CHECKING:
    from tree_sitter import Node

_FUNCTIONS = ("function_declaration", "generator_function_declaration")
_CLASSES = ("class_declaration", "abstract_class_declaration")
_VALUES = ("arrow_function", "function_expression", "generator_function")
_TYPES = ("interface_declaration", "type_alias_declaration", "enum_declaration")
_NOT_PUBLIC = ("private", "protected")


def reader(language: str) -> CommentReader:
    """One for either language."""
    return CommentReader(
        Style(language=language, begins=("/**",), mark="@example", names=_names, blocks=jsdoc, exports=exported_names)
    )


def exported_names(root: Node) -> tuple[str, ...]:
    """What other files may import, types among it."""
    found: list[str] = []
    for statement in root.named_children:
        if statement.type == "export_statement":
            declaration = statement.child_by_field_name("declaration")
            found += [name for name, _ in _introduced(declaration)] if declaration is not None else []
            clauses = [child for child in statement.named_children if child.type == "export_clause"]
            found += [
                said(one.child_by_field_name("alias") or one.child_by_field_name("name"))
                for clause in clauses
                for one in clause.named_children
                if one.type == "export_specifier"
            ]
        elif statement.type == "expression_statement":
            found += _assigned(statement)
    return tuple(dict.fromkeys(found))


def _assigned(statement: Node) -> Iterator[str]:
    """Names in `module.exports = { f, g: h }` and `exports.f = …`."""
    assignment = statement.named_children[0] if statement.named_children else None
    if assignment is None or assignment.type != "assignment_expression":
        return
    target, value = said(assignment.child_by_field_name("left")), assignment.child_by_field_name("right")
    if target == "module.exports" and value is not None and value.type == "object":
        for one in value.named_children:
            name = one if one.type == "shorthand_property_identifier" else one.child_by_field_name("key")
            if name is not None:
                yield said(name)
    elif target.startswith(("exports.", "module.exports.")):
        yield target.rpartition(".")[2]


def _introduced(declaration: Node) -> Iterator[tuple[str, Node]]:
    """Names that a declaration brings, and what each is."""
    if declaration.type in ("lexical_declaration", "variable_declaration"):
        for one in declaration.named_children:
            value = one.child_by_field_name("value")
            if one.type == "variable_declarator":
                yield said(one.child_by_field_name("name")), value if value is not None else one
    else:
        yield said(declaration.child_by_field_name("name")), declaration


def _names(root: Node) -> Iterator[Declared]:
    exported = set(exported_names(root))
    for statement in root.named_children:
        declaration = statement
        if statement.type == "export_statement":
            inner = statement.child_by_field_name("declaration")
            if inner is None:
                continue
            declaration = inner
        for name, what in _introduced(declaration):
            if name in exported and what.type in _FUNCTIONS + _VALUES:
                yield Declared(name, statement)
            elif name in exported and what.type in _CLASSES + _TYPES:
                yield Declared(name, statement, public=False, called=False)
                if what.type in _CLASSES:
                    yield from _methods(name, what.child_by_field_name("body"))


def _methods(owner: str, body: Node | None) -> Iterator[Declared]:
    for member in body.named_children if body is not None else ():
        name = said(member.child_by_field_name("name"))
        words = {said(child) for child in member.children if child.type in ("accessibility_modifier", "get", "set")}
        hidden = name.startswith(("#", "_", "[")) or name == "constructor" or words & {*_NOT_PUBLIC, "set"}
        if member.type == "method_definition" and not hidden:
            yield Declared(f"{owner}.{name}", member, called="get" not in words)
