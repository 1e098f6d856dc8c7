"""What an example of a task that asks for tests consists of, in any language."""

from __future__ import annotations

import msgspec


class TestsExample(msgspec.Struct, frozen=True, kw_only=True):
    """Beside the example that all kinds of work share, whose solution is the implementation that is shown."""

    __test__ = False  # for pytest, which takes the name for a class of tests

    entry: str
    """The file of tests."""
    tests: str
    """Good ones."""
    mutants: dict[str, tuple[str, str]]
    """Bad ones: what to replace in the good ones, and by what."""
    right: dict[str, str]
    """Two other right implementations, by name."""
    wrong: dict[str, tuple[str, str, str]]
    """Wrong implementations beside the shared example's mutants: the right one that each is made of, empty for the one
    that is shown; what to replace in it, and by what."""
    beside: dict[str, str] = {}
    """Further files that the model sees."""
