"""What is asked of a shape, as a task says it, whatever the language."""

from __future__ import annotations

import msgspec


class Signature(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A function that must be there."""

    file: str
    signature: str
    """Its head in the language's own words, without its body: `def f(x, *, y=1)`."""
    within: str = ""
    """The class that it is a method of."""


class Shape(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is asked of a shape; 0 and empty ask nothing."""

    functions: tuple[Signature, ...] = ()
    absent: dict[str, tuple[str, ...]] = {}
    """By file, names that must not stand in it any more."""
    most_lines: int = 0
    """Of a function, without blank lines and comments."""
    most_decisions: int = 0
    """Of a function."""
    repeated: int = 0
    """So many statements must not stand in two places, inner ones counted, whatever their variables are called."""
