"""variants.toml: the other forms that a task can take, and one of them made.

Knows texts by their path in the task's folder and nothing of what they hold. Variant 0 is the files as written, each
`«number»` filled in with its first choice; in every other variant each word, number and sentence that may change does.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from assay.core.ids import content_hash
from assay.suites.faults import Faults
from assay.suites.formula import evaluate
from assay.suites.renaming import Renaming, Word, read_word
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

_FIXED = frozenset(
    f"tests/{name}" for name in ("cases.jsonl", "checker.py", "shape.toml", "review.toml", "expected.toml")
)
"""Files that are found by their names."""

_OUTSIDE = ("README", "LICENSE", "LICENCE", "NOTICE")
"""Not part of what a task is, so left as they are."""

_OF_CASES = (
    "name", "call", "new", "do", "args", "returns", "raises", "after", "match", "steps",
    "run", "argv", "stdin", "files", "stdout", "exit", "kind", "message",
)  # fmt: skip
_RESERVED = frozenset((*TASK_KEYS, *LANGUAGES, *CATEGORIES, *DIFFICULTIES, *JUDGES, *_OF_CASES, "right", "wrong"))
"""Words of the form in which tasks are written: replaced there as well, they would break it."""

_NUMBER = re.compile(r"«([^«»\n]*)»")

_T = TypeVar("_T")


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


def _draw(choices: Sequence[_T], *seed: object) -> _T:
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


def make_variant(
    variants: Variants, texts: Mapping[str, str], *, task_id: str, variant: int, place: str, faults: Faults
) -> dict[str, str]:
    """The task's files, by their path, as they are in that variant."""
    outside = {path: text for path, text in texts.items() if path.startswith(_OUTSIDE)}
    made = {path: text for path, text in texts.items() if path not in outside and path != FILE}
    if variant == 0:
        first = {name: choices[0] for name, choices in variants.numbers.items()}
        return outside | _numbered(made, first, place, faults)
    _check_words(variants, made, place, faults)
    drawn = variants.draw(task_id, variant)
    made = _reworded(made, variants.wording, drawn.wording, place, faults)
    made = _numbered(made, drawn.numbers, place, faults)
    renaming = Renaming({read_word(word): read_word(other) for word, other in drawn.words.items()}, keep=variants.keep)
    return outside | {_renamed(path, renaming): renaming.apply(text) for path, text in made.items()}


def _reworded(
    texts: Mapping[str, str], wording: Sequence[Wording], drawn: Mapping[str, str], place: str, faults: Faults
) -> dict[str, str]:
    prompt = texts.get("prompt.md", "")
    for one in wording:
        found = one.pattern().search(prompt)
        if found is None:
            faults.add(f"{place}/{FILE}", f"wording: “{_short(one.text)}” is not in prompt.md")
        else:
            prompt = prompt[: found.start()] + drawn[one.text].strip() + prompt[found.end() :]
    return {path: prompt if path == "prompt.md" else text for path, text in texts.items()}


def _numbered(texts: Mapping[str, str], numbers: Mapping[str, int], place: str, faults: Faults) -> dict[str, str]:
    """With each `«formula»` worked out."""
    if not numbers:
        return dict(texts)
    used: set[str] = set()

    def fill(path: str, text: str) -> str:
        def value(match: re.Match[str]) -> str:
            used.update(re.findall(r"[A-Za-z_]\w*", match[1]))
            try:
                return _worked_out(match[1], numbers)
            except ValueError as fault:
                line = text.count("\n", 0, match.start()) + 1
                faults.add(f"{place}/{path}:{line}", f"{match[0]} {fault}")
                return match[0]

        return _NUMBER.sub(value, text)

    filled = {path: fill(path, text) for path, text in texts.items()}
    for name in numbers.keys() - used:
        faults.add(f"{place}/{FILE}", f"numbers: no file holds «{name}»")
    return filled


def _worked_out(text: str, numbers: Mapping[str, int]) -> str:
    """A formula, and how many digits it has at least, zeros in front, where that is said: `limit % 100:02`."""
    formula, colon, form = text.partition(":")
    digits = re.fullmatch(r"0([1-9])", form)
    if colon and digits is None:
        raise ValueError(f"ends in “:{form}”, which is no number of digits, like :02")
    return f"{evaluate(formula, numbers):0{digits[1] if digits else 1}}"


def _check_words(variants: Variants, texts: Mapping[str, str], place: str, faults: Faults) -> None:
    """Every word is there, and none of those that may take its place is: two things would get one name."""
    spoken = [*texts.values(), *(_renamed_part(path)[1] for path in texts)]
    whole = "\n\n\0".join([*spoken, *(other for one in variants.wording for other in one.others)])
    words = {read_word(word): word for word in variants.words}
    occurring = Renaming(dict.fromkeys(words, _NONE), keep=variants.keep).occurring(whole)
    for word in sorted(words.keys() - occurring):
        faults.add(f"{place}/{FILE}", f"words: “{words[word]}” is in no file of the task")
    others = {_in_any_style(read_word(other)): other for some in variants.words.values() for other in some}
    for word in sorted(Renaming(dict.fromkeys(words, _NONE)).occurring("\n\n".join(others.values()))):
        faults.add(f"{place}/{FILE}", f"words: “{words[word]}” is replaced, and stands in another word that is to come")
    for word in sorted(Renaming(dict.fromkeys(others, _NONE)).occurring(whole)):
        faults.add(f"{place}/{FILE}", f"words: “{others[word]}” is in the task already; take another word")


_NONE = Word("", (), ())
"""What words become that are only looked for."""


def _in_any_style(word: Word) -> Word:
    return Word(word.written.lower(), word.singular, word.plural)


def _renamed_part(path: str) -> tuple[str, str]:
    """What stays of a path, and what is renamed: not the parts of a task, the names of its mutants, and what is found
    by its name."""
    if path in _FIXED or "/" not in path:
        return path, ""
    depth = 2 if path.startswith("mutants/") else 1
    inner = path.split("/", depth)[-1]
    return path.removesuffix(inner), inner


def _renamed(path: str, renaming: Renaming) -> str:
    stays, inner = _renamed_part(path)
    return stays + renaming.apply(inner)


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 60 else f"{words[:60]}…"


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
