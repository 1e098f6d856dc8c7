"""Go: doc comments above what is exported, and examples as `go test` has them, in a file of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from assay.formats.documented.base import Documented, Example
from assay.formats.documented.syntax import code_of, comment_above, parse, said, uses

if TYPE_CHECKING:
    from tree_sitter import Node

EXAMPLES = "example_test.go"
"""The file of the examples."""
_TYPE = "type_declaration"
_OUTPUT = re.compile(r"(unordered )?output:", re.IGNORECASE)


def reader(_: str) -> GoReader:
    """The one of Go."""
    return GoReader()


class GoReader:
    """Packages of one file."""

    def files(self, entry: str) -> tuple[str, ...]:
        folder, slash, _ = entry.rpartition("/")
        return (entry, f"{folder}{slash}{EXAMPLES}")

    def read(self, text: str) -> Documented:
        root = parse("go", text)
        names = dict(_names(root))
        docs = {name: comment_above(node, ("//", "/*")) for name, node in names.items()}
        public = tuple(name for name, node in names.items() if node.type != _TYPE and _is_exported(name))
        return Documented(code=code_of(root), docs=docs, public=public)

    def examples(self, answer: Mapping[str, str], entry: str, names: Sequence[str]) -> dict[str, tuple[Example, ...]]:
        code = parse("go", answer[entry])
        declared, (_, path) = dict(_names(code)), self.files(entry)
        try:
            root = parse("go", answer.get(path, ""))
        except ValueError as error:
            raise ValueError(f"{path}: {error}") from error
        if package_of(root) != package_of(code):
            raise ValueError(f"{path}: its package is not {package_of(code)}")
        written = {name: node for name, node in _names(root) if node.type == "function_declaration"}
        found: dict[str, tuple[Example, ...]] = {}
        for name in names:
            if name not in declared or not comment_above(declared[name], ("//", "/*")):
                raise ValueError(f"{name} has no doc comment")
            called = declared[name].type != _TYPE
            mine = {
                one: node for function, node in written.items() if _is_of(function, name) and (one := _example(node))
            }
            if not any(uses("go", said(node), name, called=called) for node in mine.values()):
                function = f"Example{name.replace('.', '_')}"
                raise ValueError(f"{path} holds no {function} that uses {name} and says its // Output:")
            found[name] = tuple(mine)
        return found


def package_of(root: Node) -> str:
    """The name in the package clause."""
    clause = next((child for child in root.named_children if child.type == "package_clause"), None)
    return said(clause).removeprefix("package").strip()


def _is_exported(name: str) -> bool:
    return all(part[:1].isupper() for part in name.split("."))


def _names(root: Node) -> Iterator[tuple[str, Node]]:
    for item in root.named_children:
        name = said(item.child_by_field_name("name"))
        if item.type == "function_declaration":
            yield name, item
        elif item.type == "method_declaration":
            receiver = said(item.child_by_field_name("receiver")).strip("()").split()[-1:]
            yield f"{''.join(receiver).lstrip('*').partition('[')[0]}.{name}", item
        elif item.type == _TYPE:
            for one in item.named_children:
                yield said(one.child_by_field_name("name")), item


def _is_of(function: str, name: str) -> bool:
    """Whether an example is of that name: behind it there may be a suffix that begins with a small letter."""
    stem, _, suffix = function.partition(f"Example{name.replace('.', '_')}")
    return not stem and function.startswith("Example") and (not suffix or (suffix[0] == "_" and suffix[1:2].islower()))


def _example(function: Node) -> Example | None:
    """None for a function that does not say what it prints, in a comment at its end."""
    body = function.child_by_field_name("body")
    comment: list[str] = []
    for part in reversed(body.children[:-1] if body is not None else []):
        if part.type != "comment":
            break
        comment.insert(0, said(part))
    lines = [line.removeprefix("//").removeprefix(" ").rstrip() for line in comment]
    while lines and not (mark := _OUTPUT.match(lines[0].lstrip())):
        lines.pop(0)
    if not lines or mark is None:
        return None
    prints = "\n".join([lines[0].lstrip()[mark.end() :], *lines[1:]]).strip()
    return Example(said(function.child_by_field_name("name")), prints=prints, unordered=bool(mark[1]))
