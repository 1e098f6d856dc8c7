"""What the leaderboard's readers of Java's and JavaScript's literals have in common."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

LARGEST = 10_000
"""Characters: the official expressions take a time that grows with the square of a hostile text's length."""

Read = Callable[[str, str | None], Any]
"""A literal's text, and the kind of what it holds; text that is no such literal comes back as it is."""


def number(pattern: re.Pattern[str], made: Callable[[str], Any], ending: str = "") -> Read:
    """`ending`: letters that may stand behind it."""

    def read(text: str, _inner: str | None) -> Any:
        bare = text.removesuffix("\n")  # which the official pattern's end forgives
        if not pattern.match(bare):
            return text
        try:
            return made(bare.rstrip(ending) if ending else bare)
        except ValueError:  # too many digits
            return text

    return read


def boolean(text: str, _inner: str | None) -> Any:
    return {"true": True, "false": False}.get(text, text)
