"""Finding a dialect's markers in text that comes in pieces.

Knows which words to look for, and heads: what a call without a marker begins with. What may still become one of
them is told apart from what cannot.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from functools import cached_property

_NEVER = "(?!)"
HEAD_ENDS = ":(]"
BLANK = r"[ \t\r\n]{0,64}+"


class Head:
    """What a call begins with where no marker does: steps, one of some words, and the last steps. What it ends
    with is one of `HEAD_ENDS`, and stands nowhere else in it."""

    def __init__(self, first: str, *steps: str, choices: Iterable[str] = (), last: Iterable[str] = ()) -> None:
        self.first = first
        self._steps, self._choices, self._last = (re.escape(first), *steps), tuple(choices), tuple(last)

    def pattern(self, end: str) -> str:
        after = in_steps(self._last, "", end)
        inner = "|".join(in_steps(letters(word), after, end) for word in self._choices)
        return in_steps(self._steps, f"(?:{inner})" if inner else after, end)


class Marks:
    """Several markers, looked for at once. None of them may begin with another.

    `heads` are told as the character that they begin with, and only that is theirs.
    """

    def __init__(self, *words: str, heads: Iterable[Head] = ()) -> None:
        self.words = tuple(dict.fromkeys(words))
        for word in words:
            if any(other != word and other.startswith(word) for other in words):
                raise ValueError(f"another marker begins with {word!r}")
        self._known = frozenset(words)
        heads = tuple(heads)
        self._heads = frozenset(head.first for head in heads)
        self.firsts = self._heads.union(word[0] for word in words)
        """What anything looked for begins with."""
        begun = [*map(_begun, self.words), *(head.pattern(r"\Z") for head in heads)]
        self._whole = _any([*map(re.escape, self.words), *(head.pattern(_NEVER) for head in heads)])
        self._begun = _any(begun)
        firsts = "".join(map(re.escape, self.firsts))
        self.calm = re.compile(f"(?:[^{firsts}]++|(?!{'|'.join(begun)})[{firsts}])*+").fullmatch
        """Whether a text holds none of what is looked for, and no beginning of it at its end."""

    def find(self, text: str, at: int, ended: bool, upto: int = sys.maxsize) -> tuple[int, str]:
        """Where the first marker stands from `at` on, and which: an empty one where the text ends before that
        can be said. All text before that place is none of them."""
        found = (self._whole if ended else self._begun).search(text, at, upto)
        if found is None:
            return min(len(text), upto), ""
        word = found.group()
        return found.start(), word if word in self._known else self._told(word)

    def here(self, text: str, at: int, ended: bool) -> str | None:
        """The marker that stands at `at`: an empty one where the text ends before that can be said."""
        if at >= len(text):
            return None if ended else ""
        found = (self._whole if ended else self._begun).match(text, at)
        if found is None:
            return None
        word = found.group()
        return word if word in self._known else self._told(word)

    @cached_property
    def next(self) -> re.Pattern[str]:
        """One of the words, all of it, behind white space."""
        return re.compile(rf"[ \t\r\n]*+({'|'.join(map(re.escape, self.words))})")

    def _told(self, found: str) -> str:
        """A head where it is all there; else only the beginning of something."""
        return found[0] if found[0] in self._heads and found[-1] in HEAD_ENDS else ""


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


def _begun(word: str) -> str:
    """A pattern for `word`, and for a beginning of it that the text ends with."""
    return in_steps(letters(word), "")


def letters(word: str) -> Iterable[str]:
    """The steps of a word."""
    return map(re.escape, word)


def in_steps(steps: Iterable[str], then: str, end: str = r"\Z") -> str:
    """A pattern for the steps one after another and then `then`, before any of which the end may come: what is there
    of something that is not all there yet."""
    pattern = then
    for step in reversed(list(steps)):
        pattern = f"{step}(?:{pattern}|{end})" if pattern else step
    return pattern
