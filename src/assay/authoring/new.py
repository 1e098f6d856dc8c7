"""Writes a suite or a task to start from: it works as it is, and is meant to be changed."""

from __future__ import annotations

import json
from pathlib import Path

from assay.authoring.docs_example import docs_files
from assay.authoring.examples import CASES, EXAMPLES, Example
from assay.authoring.review_example import review_files
from assay.authoring.tests_examples import TESTS_EXAMPLES, tests_files
from assay.core.errors import UserError
from assay.core.names import did_you_mean
from assay.suites.writing import begin_suite, put, refuse_full

CATEGORIES = ("generation", "completion", "bugfix", "refactor", "review", "tests", "docs")
"""Kinds of work of which there is an example."""

_FIRST_TASK = ("python", "generation")


def new_suite(path: Path | str) -> list[Path]:
    """A suite of one task in the folder `path`, which must not exist or be empty; returns what was written."""
    root = Path(path)
    language, category = _FIRST_TASK
    suite = begin_suite(root, title="What this suite is about", licence="Apache-2.0")
    return [suite, *new_task(root / "tasks" / language / "between", language=language, category=category)]


def new_task(path: Path | str, *, language: str, category: str = "generation") -> list[Path]:
    """A task in the folder `path`, which must not exist or be empty; returns what was written."""
    if language not in EXAMPLES:
        raise UserError(f"unknown language “{language}”: {did_you_mean(language, EXAMPLES)}")
    if category not in CATEGORIES:
        raise UserError(f"there is no example of category “{category}”: {did_you_mean(category, CATEGORIES)}")
    root = Path(path)
    refuse_full(root)
    return [put(root / inner, text) for inner, text in _files(EXAMPLES[language], language, category).items()]


def _files(example: Example, language: str, category: str) -> dict[str, str]:
    """The task's files by path."""
    if category == "review":
        toml = _toml("Review a change of the bounds", language, category, "findings.json")
        return {"task.toml": toml, **review_files(example)}
    if category == "tests":
        entry = TESTS_EXAMPLES[language].entry
        return {"task.toml": _toml("Tests for two bounds", language, category, entry), **tests_files(language)}
    if category == "docs":
        return {"task.toml": _toml("Say what two bounds do", language, category, example.entry), **docs_files(language)}
    files = {
        "task.toml": _task_toml(example, language, category),
        "prompt.md": _prompt(example, category),
        "tests/cases.jsonl": _cases(example),
        f"solution/{example.entry}": example.solution,
    }
    for name in example.mutants:
        files[f"mutants/{name}/{example.entry}"] = example.mutant(name)
    start = _starting_file(example, category)
    if start:
        files[f"files/{example.entry}"] = start
    if category == "refactor":
        files["tests/shape.toml"] = _shape(example, language)
    return files


def _task_toml(example: Example, language: str, category: str) -> str:
    calls = f'api = [{json.dumps(example.signature)}]\njudge = "cases"\n'
    return _toml("Keep the numbers between two bounds", language, category, example.entry, calls)


def _toml(title: str, language: str, category: str, entry: str, calls: str = "") -> str:
    return (
        f'title = "{title}"\n'
        f'language = "{language}"\n'
        f'category = "{category}"\n'
        'difficulty = "easy"\n'
        f'entry = "{entry}"\n'
        f"{calls}"
        'origin = "original"\n'
        'licence = "Apache-2.0"\n'
    )


_OLD_NAMES = {"keep_between": "filter_range", "keepBetween": "filterRange", "KeepBetween": "FilterRange"}


def _shape(example: Example, language: str) -> str:
    head = example.signature.partition(" ->")[0] if language == "python" else example.signature
    return f"""\
[absent]
"{example.entry}" = ["{_OLD_NAMES[example.call]}"]

[[functions]]
file = "{example.entry}"
signature = {json.dumps(head)}
"""


def _starting_file(example: Example, category: str) -> str:
    """What the model sees; empty for a task from nothing."""
    if category == "completion":
        return example.solution.replace(*example.hole)
    if category == "bugfix":
        return example.mutant("high-excluded")
    if category == "refactor":
        return example.solution.replace(example.call, _OLD_NAMES[example.call])
    return ""


def _prompt(example: Example, category: str) -> str:
    task = {
        "generation": f"Write `{example.entry}` with this function:",
        "completion": f"`{example.entry}` has a hole. Fill it, so that this function does what is said below:",
        "bugfix": (
            f"Users of `{example.entry}` report that a number equal to the upper bound gets lost. "
            "Mend this function, so that it does what is said below:"
        ),
        "refactor": (
            f"In `{example.entry}`, the function `{_OLD_NAMES[example.call]}` gets a better name. "
            "Rename it wherever it stands, so that the file has this function, which does what is said below:"
        ),
    }[category]
    return f"""{task}

    {example.signature}

It returns those numbers that lie between `low` and `high`, both included, in the order in which they
came; a number that comes twice is kept twice. An empty list gives an empty list. If `low` is greater
than `high`, {example.error}. The list that is passed in stays as it is.
"""


def _cases(example: Example) -> str:
    lines = []
    for name, args, returns in CASES:
        outcome = {"raises": True} if returns is None else {"returns": returns}
        lines.append(json.dumps({"name": name, "call": example.call, "args": list(args), **outcome}))
    return "\n".join(lines) + "\n"
