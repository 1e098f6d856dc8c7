"""What a reader of one language tells of a file, and what it must be able to do. It knows no language itself."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Protocol

import msgspec


class Part(msgspec.Struct, frozen=True):
    """One part of a function's head: a parameter, a result, what kind of function it is."""

    exact: str = ""
    """What must be alike."""
    free: str = ""
    """What must be alike where it is asked for, and may be anything where it is not."""


class Head(msgspec.Struct, frozen=True):
    """A function's head, without regard to how it is written."""

    name: str
    within: str | None = ""
    """The class that it belongs to; None for a function inside another one."""
    parts: tuple[Part, ...] = ()
    marks: frozenset[str] = frozenset()
    """Words such as `static`: all that are asked for must be there, and others may be."""

    def meets(self, wanted: Head) -> bool:
        """Whether this is the function that is wanted; its name and place are not looked at."""
        return (
            len(self.parts) == len(wanted.parts)
            and wanted.marks <= self.marks
            and all(
                mine.exact == asked.exact and asked.free in ("", mine.free)
                for mine, asked in zip(self.parts, wanted.parts, strict=True)
            )
        )


class Function(msgspec.Struct, frozen=True):
    """A function as it stands in a file."""

    name: str
    """As people are told of it."""
    lines: int
    decisions: int


class Run(msgspec.Struct, frozen=True):
    """Statements in a row."""

    key: Hashable
    """Alike for runs that say the same with other names of variables."""
    line: int
    first: int
    last: int
    """Where it begins and ends, in any unit that grows through the file."""


class Source(Protocol):
    """A file that has been read."""

    def functions(self) -> Iterator[Function]:
        """All, inner ones too, in the order of the file."""

    def decisions_outside(self) -> int:
        """Of what stands in no function: it may run as often as one that does, as an initializer, as a macro or as a
        file that is loaded again."""

    def heads(self) -> Iterator[Head]:
        """Of those functions that a signature can ask for."""

    def names(self) -> Iterator[tuple[str, int]]:
        """Each name that stands in the code, and its line."""

    def hidden(self) -> Iterator[tuple[str, int]]:
        """What keeps code from being looked at, text that is run as code above all, and its line."""

    def runs(self, fewest: int) -> Iterator[Run]:
        """From each statement on, the shortest run in its block that holds so many, inner ones counted."""


class Words(msgspec.Struct, frozen=True):
    """How the rules are put to a model."""

    uncounted: str
    """What is not counted as a line of a function."""
    decisions: str
    head: str
    """A head, as an example."""
    heads: str = ""
    """What the heads that are asked for leave open, as a sentence."""
    free: str = ""
    """The same, where it goes behind each of them."""
    within: str = " in the class `{}`"


class Reader(Protocol):
    """One language."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Of the files that it reads."""

    @property
    def words(self) -> Words: ...

    def read(self, path: str, text: str) -> Source:
        """ValueError, with the place, when the text cannot be parsed."""

    def read_head(self, text: str, within: str) -> Head:
        """A signature as a task asks for it; ValueError when it is none."""

    def home(self, path: str) -> str:
        """The class that functions of the file belong to unless said otherwise; empty for none."""
