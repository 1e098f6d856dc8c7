"""variants.toml: in what other words and with what other numbers a task can be had, and what is wrong with such a file.

Knows nothing of the task's other files.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from assay.core.ids import content_hash
from assay.suites.faults import Faults
from assay.suites.renaming import read_word
from assay.suites.task_toml import (
    CATEGORIES,
    DIFFICULTIES,
    JUDGES,
    LANGUAGES,
    TASK_KEYS,
    check_keys,
    is_text,
    is_texts,
    read_toml,
)

FILE = "variants.toml"

_OF_CASES = (
    "name", "call", "new", "do", "args", "returns", "raises", "after", "match", "steps",
    "run", "argv", "stdin", "files", "stdout", "exit", "kind", "message",
)  # fmt: skip
_RESERVED = frozenset((*TASK_KEYS, *LANGUAGES, *CATEGORIES, *DIFFICULTIES, *JUDGES, *_OF_CASES, "right", "wrong"))
"""Words of the form in which tasks are written: replaced there as well, they would break it."""


class Wording(msgspec.Struct, frozen=True):
    """A part of the prompt, and other words of the same meaning."""

    text: str
    others: tuple[str, ...]

    def pattern(self) -> re.Pattern[str]:
        """However its lines are broken."""
        return re.compile(r"\s+".join(map(re.escape, self.text.split())))


class Variants(msgspec.Struct, frozen=True, kw_only=True):
    """What may change, and into what."""

    words: dict[str, tuple[str, ...]] = {}
    numbers: dict[str, tuple[int, ...]] = {}
    """The first choice is variant 0's."""
    wording: tuple[Wording, ...] = ()
    keep: tuple[str, ...] = ()
    """Texts in which no word is replaced."""

    @property
    def count(self) -> int:
        """How many there are besides variant 0."""
        return math.prod(len(others) for others in self._choices().values())

    def _choices(self) -> dict[str, Sequence[Any]]:
        return {
            **{f"word {word}": others for word, others in self.words.items()},
            **{f"number {name}": choices[1:] for name, choices in self.numbers.items()},
            **{f"wording {one.text}": one.others for one in self.wording},
        }

    def draw(self, task_id: str, variant: int) -> Drawn:
        """The same on every machine: drawn from nothing but its arguments."""
        drawn = {name: _draw(others, task_id, variant, name) for name, others in self._choices().items()}
        return Drawn(
            words={word: drawn[f"word {word}"] for word in self.words},
            numbers={name: drawn[f"number {name}"] for name in self.numbers},
            wording={one.text: drawn[f"wording {one.text}"] for one in self.wording},
        )


class Drawn(msgspec.Struct, frozen=True):
    """One choice of each."""

    words: dict[str, str]
    numbers: dict[str, int]
    wording: dict[str, str]


def _draw(choices: Sequence[Any], *seed: object) -> Any:
    return choices[int(content_hash("variant", *seed), 16) % len(choices)]


def read_variants(text: str, *, place: str, faults: Faults) -> Variants | None:
    """What a variants.toml says; None, and faults, when that is nothing."""
    before = len(faults.lines)
    table = read_toml(text, place=place, faults=faults)
    if table is None:
        return None
    check_keys(table, _KEYS, required=(), place=place, faults=faults)
    if not {"words", "numbers", "wording"} & table.keys():
        faults.add(place, "changes nothing; give [words], [numbers] or [[wording]]")
    if len(faults.lines) > before:
        return None
    return msgspec.convert(table, Variants)


def _are_words(value: Any) -> str:
    if not isinstance(value, dict) or not value:
        return 'needs words and others for each, like order = ["booking", "purchase"]'
    seen: dict[str, str] = {}
    for word, others in value.items():
        if problem := is_texts(others) or ("" if others else "needs at least one other word"):
            return f"{word}: {problem}"
        for fault in _word_faults(word, others, seen):
            return fault
    return ""


def _word_faults(word: str, others: Sequence[str], seen: dict[str, str]) -> Iterator[str]:
    try:
        read = [read_word(one) for one in (word, *others)]
    except ValueError as error:
        yield str(error)
        return
    if {word, "_".join(read[0].plural)} & _RESERVED:
        yield f"“{word}” is a word of the form of tasks, such as a key of theirs; take another one"
    for one, written in zip(read, (word, *others), strict=True):
        if len(one.singular) != len(read[0].singular):
            yield f"“{written}” has not as many parts as “{word}”"
        key = "_".join(one.singular).lower()
        if key in seen:
            yield f"“{written}” stands here twice"
        seen[key] = written


def _are_numbers(value: Any) -> str:
    if not isinstance(value, dict) or not value:
        return "needs a name and choices, like limit = [100, 64, 250]"
    for name, choices in value.items():
        if not re.fullmatch(r"[A-Za-z_]\w*", name, re.ASCII):
            return f"“{name}” is no name: letters, digits and _"
        if not isinstance(choices, list) or not all(type(choice) is int for choice in choices):
            return f"{name}: needs a list of whole numbers"
        if len(set(choices)) != len(choices) or len(choices) < 2:
            return f"{name}: needs at least two different choices, the first of them as it is in variant 0"
    return ""


def _are_wordings(value: Any) -> str:
    if not isinstance(value, list) or not value:
        return "needs tables [[wording]]"
    for one in value:
        if not isinstance(one, dict) or one.keys() != {"text", "others"}:
            return "each [[wording]] needs text and others, and nothing else"
        if problem := is_text(one["text"]) or is_texts(one["others"]) or ("" if one["others"] else "others is empty"):
            return problem
    return ""


_KEYS = {"words": _are_words, "numbers": _are_numbers, "wording": _are_wordings, "keep": is_texts}
