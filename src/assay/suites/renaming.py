"""Other names for words, whole and in every style in which a text writes them.

A word is one or more parts: `free_slots`, `freeSlots`, `FreeSlots`, `FREE_SLOTS`, `free-slots` and “Free slots” are one
word of two. A replacement has as many parts, so each part takes on the case of the one in whose place it stands, and
what joins them stays. Knows nothing of any language: it cannot tell a name from a word of prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import pairwise
from typing import NamedTuple

_PIECE = re.compile(r"\\(?:u[0-9A-Fa-f]{4}|.)|[^\W\d_]+", re.DOTALL)
"""An escape, whose letter is no part of the word behind it, or letters in a row."""

_HUMP = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_SPACE = re.compile(r"[ \t]+|[ \t]*\n[ \t]*")


class Part(NamedTuple):
    """A part of a word, and where it stands."""

    start: int
    end: int
    text: str


class Word(NamedTuple):
    """A word as it is named in variants.toml: `slot`, `free_slots`, `Order`, or with its plural `leaf/leaves`."""

    written: str
    singular: tuple[str, ...]
    plural: tuple[str, ...]

    @property
    def exact(self) -> bool:
        """With a capital letter it stands for itself alone, else for every style."""
        return self.written != self.written.lower()


def read_word(written: str) -> Word:
    """ValueError with what is wrong, when it is no word."""
    one, slash, many = written.partition("/")
    singular = tuple(part.text for part in parts_of(one))
    plural = tuple(part.text for part in parts_of(many)) if slash else (*singular[:-1], _plural(*singular[-1:]))
    if not re.fullmatch(r"[A-Za-z]+(?:[-_ ]?[A-Za-z]+)*(?:/[A-Za-z]+(?:[-_ ]?[A-Za-z]+)*)?", written):
        raise ValueError(
            f"“{written}” is no word: letters, parts joined by _, and the plural behind / if it is unusual"
        )
    if len(singular) != len(plural):
        raise ValueError(f"“{written}”: the plural needs as many parts")
    return Word(one, singular, plural)


def _plural(word: str = "") -> str:
    if re.search(r"(?:[sxz]|[cs]h)$", word):
        return f"{word}es"
    return f"{word[:-1]}ies" if re.search(r"[^aeiou]y$", word) else f"{word}s"


def parts_of(text: str) -> list[Part]:
    """All parts of all words of a text."""
    parts: list[Part] = []
    for piece in _PIECE.finditer(text):
        run = piece[0]
        if run.startswith("\\"):
            continue
        start = piece.start()
        if run.isascii():
            parts += [Part(start + hump.start(), start + hump.end(), hump[0]) for hump in _HUMP.finditer(run)]
        else:
            parts.append(Part(start, piece.end(), run))
    return parts


class Renaming:
    """Words and what each becomes."""

    def __init__(self, words: Mapping[Word, Word], *, keep: Iterable[str] = ()) -> None:
        self._forms: dict[tuple[str, ...], tuple[Word, tuple[str, ...]]] = {}
        for word, other in words.items():
            for form, becomes in ((word.plural, other.plural), (word.singular, other.singular)):
                self._forms[_lower(form)] = (word, becomes)
        self._lengths = sorted({len(form) for form in self._forms}, reverse=True)
        self._firsts = {form[0] for form in self._forms}
        self._keep = re.compile("|".join(map(re.escape, keep))) if keep else None

    def apply(self, text: str) -> str:
        """`text` with every one of the words replaced, the longest first; what is kept stays."""
        parts = self._free(text)
        done: list[str] = []
        end = at = 0
        while at < len(parts):
            found = self._match(text, parts, at) if parts[at].text.lower() in self._firsts else None
            if found is None:
                at += 1
                continue
            for part, becomes in zip(parts[at:], found, strict=False):
                done += [text[end : part.start], _in_case_of(part.text, becomes)]
                end = part.end
            at += len(found)
        return "".join([*done, text[end:]])

    def occurring(self, text: str) -> Set[Word]:
        """Which of the words stand in `text`."""
        parts = self._free(text)
        found: set[Word] = set()
        for at in range(len(parts)):
            for length in self._lengths:
                form = self._forms.get(_lower(part.text for part in parts[at : at + length]))
                if form is not None and _is_one_word(text, parts[at : at + length], form[0]):
                    found.add(form[0])
        return found

    def _free(self, text: str) -> list[Part]:
        parts = parts_of(text)
        kept = [match.span() for match in self._keep.finditer(text)] if self._keep else []
        return [part for part in parts if not any(start < part.end and part.start < end for start, end in kept)]

    def _match(self, text: str, parts: Sequence[Part], at: int) -> tuple[str, ...] | None:
        for length in self._lengths:
            span = parts[at : at + length]
            form = self._forms.get(_lower(part.text for part in span))
            if form is not None and _is_one_word(text, span, form[0]):
                return form[1]
        return None


def _lower(parts: Iterable[str]) -> tuple[str, ...]:
    return tuple(part.lower() for part in parts)


def _is_one_word(text: str, span: Sequence[Part], word: Word) -> bool:
    """Its parts are joined in one way, as `word` is wanted."""
    joins = {text[one.end : other.start] for one, other in pairwise(span)}
    if word.exact:
        said = text[span[0].start : span[-1].end]
        return said == word.written or tuple(part.text for part in span) == word.plural
    if joins <= {""} or joins in ({"_"}, {"-"}):
        return True
    plain = all(_SPACE.fullmatch(join) for join in joins)
    return plain and (span[0].text[0].isupper() or all(part.text.islower() for part in span))


def _in_case_of(part: str, other: str) -> str:
    if part.islower():
        return other.lower()
    if part.isupper() and len(part) > 1:
        return other.upper()
    return other.capitalize() if part[0].isupper() else other
