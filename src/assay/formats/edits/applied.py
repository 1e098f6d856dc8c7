"""What comes of edits, and which paths they may name: what all formats share."""

from __future__ import annotations

import msgspec

Fence = tuple[str, str]
"""What opens and what closes a listing of code."""
DEFAULT_FENCE: Fence = ("```", "```")

_LONGEST_PATH = 250
WORK = 30_000_000
"""Characters that may be gone through for one reply; honest ones need a thousandth of it."""


class Applied(msgspec.Struct, frozen=True, kw_only=True):
    """The files after a reply's edits."""

    files: dict[str, str]
    """All of them, changed or not."""
    edited: tuple[str, ...] = ()
    """Paths that an edit was applied to."""
    problem: str = ""
    """What could not be read or applied, in words that a model can act on; other edits may have been applied."""


class Malformed(Exception):
    """Raised with words for the model: the reply breaks the rules of its format."""


class Budget:
    """Bounds the work that one reply can cause."""

    def __init__(self) -> None:
        self._left = WORK

    def spend(self, characters: int) -> None:
        """Raises Malformed when there is none left."""
        self._left -= characters + 64
        if self._left < 0:
            raise Malformed("The reply has more edits than can be applied; send fewer and smaller ones.")


def plain_path(text: str) -> str:
    """A path below the working folder without detours; empty where `text` is none."""
    path = text.replace("\\", "/").removeprefix("./")
    parts = path.split("/")
    fits = 0 < len(path) <= _LONGEST_PATH and path.isprintable() and "" not in parts
    return path if fits and "." not in parts and ".." not in parts else ""


def with_newline(text: str) -> str:
    """Lines, each of them ended."""
    return text if not text or text.endswith("\n") else text + "\n"
