"""What is known of a documented file, whatever its language: its names, what is said of each, and the examples there.

All of it is told by syntax alone; nothing is run.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import msgspec

LARGEST = 64 * 1024
"""Characters of a file that is looked at."""


class Example(msgspec.Struct, frozen=True):
    """One example of a name."""

    code: str
    """What is run, in the form in which the language's programs want it."""
    panics: bool = False
    """Whether it has to fail, as Rust's `should_panic` says."""
    prints: str | None = None
    """What it has to print, where that is its check."""
    unordered: bool = False
    """Whether the lines that it prints may come in any order."""


class Documented(msgspec.Struct, frozen=True):
    """One file."""

    code: str
    """The same for files that differ in comments and layout alone."""
    docs: dict[str, str]
    """What is said of each name, `f` or `Class.method`; empty where that is nothing."""
    public: tuple[str, ...]
    """Those names that cannot go without documentation."""
    exported: tuple[str, ...] = ()
    """All that other files may import, where that has to be listed."""


class Reader(Protocol):
    """What one language's files say."""

    def files(self, entry: str) -> tuple[str, ...]:
        """The files of an answer: the documented one, and one more where the examples stand apart from it."""
        ...

    def read(self, text: str) -> Documented:
        """ValueError when the file cannot be looked at."""
        ...

    def examples(self, answer: Mapping[str, str], entry: str, names: Sequence[str]) -> dict[str, tuple[Example, ...]]:
        """Those of each name, at least one that calls it; ValueError says what is wrong with them."""
        ...
