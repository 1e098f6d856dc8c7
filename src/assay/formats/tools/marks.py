"""Finding a dialect's markers in text that comes in pieces.

Knows which words to look for. What may still become one of them is told apart from what cannot.
"""

from __future__ import annotations

import re


class Marks:
    """Several markers, looked for at once. None of them may begin with another."""

    def __init__(self, *words: str) -> None:
        self.words = tuple(dict.fromkeys(words))
        for word in words:
            if any(other != word and other.startswith(word) for other in words):
                raise ValueError(f"another marker begins with {word!r}")
        self.firsts = frozenset(word[0] for word in words)
        self._known = frozenset(words)
        self._whole = re.compile("|".join(map(re.escape, self.words)))
        self._begun = re.compile("|".join(map(_begun, self.words)))

    def find(self, text: str, at: int, ended: bool) -> tuple[int, str]:
        """Where the first marker stands from `at` on, and which: an empty one where the text ends before that
        can be said. All text before that place is none of them."""
        found = (self._whole if ended else self._begun).search(text, at)
        if found is None:
            return len(text), ""
        word = found.group()
        return found.start(), word if word in self._known else ""

    def here(self, text: str, at: int, ended: bool) -> str | None:
        """The marker that stands at `at`: an empty one where the text ends before that can be said."""
        if at >= len(text):
            return None if ended else ""
        found = (self._whole if ended else self._begun).match(text, at)
        if found is None:
            return None
        word = found.group()
        return word if word in self._known else ""


def _begun(word: str) -> str:
    """A pattern for `word`, and for a beginning of it that the text ends with."""
    pattern = re.escape(word[-1])
    for letter in reversed(word[:-1]):
        pattern = f"{re.escape(letter)}(?:{pattern}|\\Z)"
    return pattern
