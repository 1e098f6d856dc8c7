"""Other names for words, whole and in every style in which a text writes them.

A word is one or more parts: `free_slots`, `freeSlots`, `FreeSlots`, `FREE_SLOTS`, `free-slots` and “Free slots” are one
word of two. A replacement has as many parts, so each part takes on the case of the one in whose place it stands, and
what joins them stays. Knows nothing of any language: it cannot tell a name from a word of prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import pairwise
from typing import NamedTuple

_HUMP = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_SPACE = re.compile(r"[ \t]+|[ \t]*\n[ \t]*")
_WRITTEN = r"[A-Za-z]+(?:[-_ ][A-Za-z]+)*"
_JOIN = re.compile(r"[-_]|[ \t]*\n?[ \t]*")

_ESCAPE = re.compile(r"(?<!\\)(?:\\\\)*\\(?:u(?P<hex>[0-9A-Fa-f]{0,4})|(?P<one>.?))\Z", re.DOTALL)
"""An escape that begins before a place: its letter is no part of the word behind it."""
_LONGEST_ESCAPE = 30


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
    singular = tuple(_HUMP.findall(one))
    plural = tuple(_HUMP.findall(many)) if slash else (*singular[:-1], _plural(*singular[-1:]))
    if not re.fullmatch(rf"{_WRITTEN}(?:/{_WRITTEN})?", written):
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


class _Found(NamedTuple):
    """A word in a text."""

    parts: Sequence[Part]
    word: Word
    becomes: tuple[str, ...]


class Renaming:
    """Words and what each becomes."""

    def __init__(self, words: Mapping[Word, Word], *, keep: Iterable[str] = ()) -> None:
        self._forms: dict[tuple[str, ...], tuple[Word, tuple[str, ...]]] = {}
        for word, other in words.items():
            for form, becomes in ((word.plural, other.plural), (word.singular, other.singular)):
                self._forms[_lower(form)] = (word, becomes)
        self._lengths = sorted({len(form) for form in self._forms}, reverse=True)
        firsts = sorted({form[0] for form in self._forms})
        self._first = re.compile("|".join(firsts) or r"(?!)", re.IGNORECASE | re.ASCII)
        self._keep = re.compile("|".join(map(re.escape, keep)) or r"(?!)")

    def apply(self, text: str) -> str:
        """`text` with every one of the words replaced, the longest first; what is kept stays."""
        done: list[str] = []
        end = 0
        for found in self._find(text):
            for part, becomes in zip(found.parts, found.becomes, strict=True):
                done += [text[end : part.start], _in_case_of(part.text, becomes)]
                end = part.end
        return "".join([*done, text[end:]])

    def occurring(self, text: str) -> Set[Word]:
        """Which of the words would be replaced in `text`."""
        return {found.word for found in self._find(text)}

    def _find(self, text: str) -> Iterator[_Found]:
        """Where a part may begin that is a word's first, the longest word that does."""
        kept = [match.span() for match in self._keep.finditer(text)]
        at = 0
        while (match := self._first.search(text, at)) is not None:
            found = self._at(text, match.start()) if _begins_part(text, match.start()) else None
            if found is None:
                at = match.start() + 1
                continue
            at = found.parts[-1].end
            if not any(start < at and match.start() < end for start, end in kept):
                yield found

    def _at(self, text: str, start: int) -> _Found | None:
        parts = _parts_from(text, start, most=self._lengths[0])
        for length in self._lengths:
            span = parts[:length]
            form = self._forms.get(_lower(part.text for part in span))
            if form is not None and _is_one_word(text, span, form[0]):
                return _Found(span, *form)
        return None


def _begins_part(text: str, at: int) -> bool:
    """A letter behind no other letter, or a capital that begins a hump, or what stands behind an escape."""
    before = text[at - 1] if at else " "
    escape = _ESCAPE.search(text, max(0, at - _LONGEST_ESCAPE), at) if "\\" in text[max(0, at - 6) : at] else None
    if escape is not None:
        return len(escape["hex"]) == 4 if escape["hex"] is not None else bool(escape["one"])
    if not before.isalpha():
        return True
    return before.isascii() and text[at].isupper() and (before.islower() or text[at + 1 : at + 2].islower())


def _parts_from(text: str, start: int, *, most: int) -> list[Part]:
    """The parts from there on that may be one word."""
    parts: list[Part] = []
    hump = _HUMP.match(text, start)
    while hump is not None:
        after = text[hump.end() : hump.end() + 1]
        if after.isalpha() and not after.isascii():
            break
        parts.append(Part(hump.start(), hump.end(), hump[0]))
        join = _JOIN.match(text, hump.end())
        hump = _HUMP.match(text, join.end()) if join is not None and len(parts) < most else None
    return parts


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
