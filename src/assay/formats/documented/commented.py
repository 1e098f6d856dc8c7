"""Files whose documentation, examples and all, stands in a comment above each name.

What a language has of its own is a `Style`: how such comments begin, where its names are, and how examples are marked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from assay.formats.documented.base import Documented, Example
from assay.formats.documented.syntax import code_of, comment_above, parse, uses

if TYPE_CHECKING:
    from tree_sitter import Node


class Declared(msgspec.Struct, frozen=True):
    """A name where it is declared."""

    name: str
    node: Node
    """The whole declaration: what is said of it stands above."""
    public: bool = True
    """Whether it cannot go without documentation."""
    called: bool = True
    """A function; else a type or a value, which an example only has to mention."""


class Style(msgspec.Struct, frozen=True, kw_only=True):
    """How one language is documented."""

    language: str
    begins: tuple[str, ...]
    """How comments begin that document."""
    mark: str
    """How an example is marked, in a person's words."""
    names: Callable[[Node], Iterable[Declared]]
    blocks: Callable[[str], Iterator[Example]]
    between: tuple[str, ...] = ()
    """Kinds of nodes that may stand between the comment and what it documents."""
    exports: Callable[[Node], tuple[str, ...]] = lambda _: ()


class CommentReader:
    """One language's reader."""

    def __init__(self, style: Style) -> None:
        self._style = style

    def files(self, entry: str) -> tuple[str, ...]:
        return (entry,)

    def read(self, text: str) -> Documented:
        style = self._style
        root = parse(style.language, text)
        declared = self._declared(root)
        return Documented(
            code=code_of(root),
            docs={name: "\n\n".join(filter(None, map(self._comment, all_))) for name, all_ in declared.items()},
            public=tuple(name for name, all_ in declared.items() if all_[0].public),
            exported=style.exports(root),
        )

    def examples(self, answer: Mapping[str, str], entry: str, names: Sequence[str]) -> dict[str, tuple[Example, ...]]:
        style = self._style
        declared = self._declared(parse(style.language, answer[entry]))
        found: dict[str, tuple[Example, ...]] = {}
        for name in names:
            examples = [one for node in declared.get(name, ()) for one in style.blocks(self._comment(node))]
            called = name not in declared or declared[name][0].called
            if not any(uses(style.language, one.code, name, called=called) for one in examples):
                raise ValueError(
                    f"the comment of {name} holds no example ({style.mark}) that {'calls' if called else 'uses'} it"
                )
            found[name] = tuple(examples)
        return found

    def _comment(self, declared: Declared) -> str:
        return comment_above(declared.node, self._style.begins, self._style.between)

    def _declared(self, root: Node) -> dict[str, list[Declared]]:
        """By name: where a language overloads, there are several of one name."""
        found: dict[str, list[Declared]] = {}
        for one in self._style.names(root):
            found.setdefault(one.name, []).append(one)
        return found
