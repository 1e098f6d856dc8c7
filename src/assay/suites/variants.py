"""A task's files in another form: other words, other numbers, other sentences, in all of them in step.

Knows texts by their path in the task's folder and nothing of what they hold. Variant 0 is the files as written, each
`«number»` filled in with its first choice; in every other variant each word, number and sentence that may change does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assay.suites.faults import Faults
from assay.suites.formula import evaluate
from assay.suites.renaming import Renaming, Word, read_word
from assay.suites.variants_toml import FILE, Variants, Wording

_FIXED = frozenset(
    f"tests/{name}" for name in ("cases.jsonl", "checker.py", "shape.toml", "review.toml", "expected.toml")
)
"""Files that are found by their names."""

_OUTSIDE = ("README", "LICENSE", "LICENCE", "NOTICE")
"""Not part of what a task is, so left as they are."""

_NUMBER = re.compile(r"«([^«»\n]*)»")


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
    for name in sorted(numbers.keys() - used):
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
