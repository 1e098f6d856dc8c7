"""APPS (hendrycks/apps): 5,000 problems that are read and printed, or called, each with many tests.

`apps` is the test split, `apps:train` the other; `:base` asks in the official words to go on with. Problems that
have no tests are left out, as nothing can be said of an answer to them.
"""

from __future__ import annotations

import json
from typing import Any

import msgspec

from assay.core.errors import UserError
from assay.core.messages import Message
from assay.core.task import Ask, Extract, Limits, Suite, Task
from assay.suites.asked import Asked
from assay.suites.contest_suite import load_split, words_of
from assay.suites.official_data import OfficialFile

ADDRESS = "https://huggingface.co/datasets/codeparrot/apps"
_ROWS = f"{ADDRESS}/resolve/21e74ddf8de1a21436da12e3e653065c5213e9d1/"
FILES = {
    "test": OfficialFile(
        suite="apps", name="test.jsonl", address=f"{_ROWS}test.jsonl", size=1292436853, rows=5000, key="id",
        sha256="5b003a65ac40feb47dd5eaec267a767a6fc435bdcfa68ff715fe869f948e760c",
    ),
    "train": OfficialFile(
        suite="apps", name="train.jsonl", address=f"{_ROWS}train.jsonl", size=107101272, rows=5000, key="id",
        sha256="45e82ef22ed8e7c0c04d881a21b923e9dd233157896b0b8d5b3493e887499cae",
    ),
}  # fmt: skip
PROTOCOL = "apps/1"
"""Bumped by hand when the joining, the judging or a limit can change a verdict."""

SPLITS, ASKING = ("test", "train"), ("chat", "base")
LIMITS = Limits(cpu=4.0, wall=60.0, memory=4096, output=4096)
"""Four seconds a test; all tests of an answer together have eleven."""
_PATH = "answer.py"


class Row(msgspec.Struct, frozen=True):
    """What is needed of a row, as the file has it or as its loader gives it out."""

    question: str
    input_output: str
    id: int | None = None
    problem_id: int | None = None
    solutions: str = ""
    difficulty: str = ""
    starter_code: str = ""
    url: str = ""


def load(asked: Asked) -> Suite:
    split, asking = words_of(asked.name, asked.part, SPLITS, ASKING)

    def make(where: str, row: Row) -> Task | None:
        return task_of(row, where=where, asking=asking)

    protocol = f"{PROTOCOL} {asking}"
    return load_split(asked, Row, make, split=split, address=ADDRESS, official=FILES, protocol=protocol)


def files(part: str) -> tuple[OfficialFile, ...]:
    split, _ = words_of(f"apps:{part}", part, SPLITS, ASKING)
    return (FILES[split],)


def task_of(row: Row, *, where: str = "", asking: str = "chat") -> Task | None:
    """One official row as a task; None where it has no tests."""
    tests = _object(row.input_output, where)
    if not tests.get("inputs"):
        return None
    number = row.id if row.id is not None else row.problem_id
    if number is None:
        raise UserError(f"{where}: has neither id nor problem_id")
    function = str(tests.get("fn_name") or "")
    solutions = json.loads(row.solutions) if row.solutions.startswith("[") else []
    asked = _words(row, function)
    return Task(
        id=f"{number:04d}",
        language="python",
        category="generation",
        difficulty=row.difficulty,
        ask=Ask(prompt=asked) if asking == "base" else Ask(messages=(Message("user", asked + _HOW),)),
        extract=Extract(form="raw", path=_PATH)
        if asking == "base"
        else Extract(path=_PATH, api=(function,) if function else ()),
        grading={"harness": "apps", "path": _PATH, "function": function, "tests": row.input_output},
        limits=LIMITS,
        solution={_PATH: solutions[0]} if solutions else {},
        origin=f"{ADDRESS} {number} {row.url}".rstrip(),
        licence="MIT",
    )


def _object(text: str, where: str) -> dict[str, Any]:
    try:
        found = json.loads(text) if text.strip() else {}
    except (ValueError, RecursionError) as error:
        raise UserError(f"{where}: input_output is no JSON: {str(error)[:100]}") from error
    if not isinstance(found, dict):
        raise UserError(f"{where}: input_output is no JSON object")
    return found


_HOW = "Reply with the whole Python program in one fenced code block.\n"


def _words(row: Row, function: str) -> str:
    """The official prompt."""
    starter = f"\n{row.starter_code}" if row.starter_code else ""
    form = "Call-Based" if function else "Standard Input"
    return f"\nQUESTION:\n{row.question}{starter}\nUse {form} format\nANSWER:\n"
