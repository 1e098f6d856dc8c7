"""What is wrong with a folder: collected as it is read, said all at once, one line each."""

from __future__ import annotations

from assay.core.errors import UserError

MOST_LINES = 20
"""Faults that are shown; the rest are counted."""


class Faults:
    """Collects lines of the form `place: what is wrong, and how to mend it`."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def add(self, place: str, what: str) -> None:
        self.lines.append(f"{place}: {what}")

    def raise_if_any(self) -> None:
        """UserError with all lines, the first so many of them in words."""
        if not self.lines:
            return
        shown = self.lines[:MOST_LINES]
        rest = len(self.lines) - len(shown)
        raise UserError("\n".join([*shown, *([f"and {rest} more"] if rest else [])]))
