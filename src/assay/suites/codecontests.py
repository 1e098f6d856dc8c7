"""CodeContests (google-deepmind/code_contests): contest problems with many tests, for programs that read and print.

`codecontests` is the test split in Python; `:valid` the other one, `:cpp` and `:java` the other languages, and both
can be said: `codecontests:valid:cpp`. Rows are read in the form in which their makers put them on Hugging Face.
"""

from __future__ import annotations

from typing import Any

import msgspec

from assay.core.errors import UserError
from assay.core.messages import Message
from assay.core.task import Ask, Extract, Limits, Suite, Task
from assay.suites.asked import Asked
from assay.suites.contest_suite import load_split, words_of
from assay.suites.official_data import OfficialFile

ADDRESS = "https://huggingface.co/datasets/deepmind/code_contests"
_ROWS = f"{ADDRESS}/resolve/802411c3010cb00d1b05bad57ca77365a3c699d6/data/"


def _file(name: str, rows: int, size: int, sha256: str) -> OfficialFile:
    return OfficialFile(
        suite="codecontests", name=name, address=_ROWS + name, sha256=sha256, size=size, rows=rows, key="name"
    )


FILES = {
    "test": _file(
        "test-00000-of-00001-9c49eeff30aacaa8.parquet", 165, 63077400,
        "aa426cbdb202bf8703b658bcb31fd1878ca7cfd33ca07d3b703dc94ca6a2b651",
    ),
    "valid": _file(
        "valid-00000-of-00001-5e672c5751f060d3.parquet", 117, 51829044,
        "02e8c1ccedae716f1e43cc813fcb7823c3db666ea92638820aba80e8cef451ab",
    ),
}  # fmt: skip
PROTOCOL = "codecontests/2"
"""Bumped by hand when the judging or a limit can change a verdict."""

LANGUAGES: dict[str, tuple[str, str, int]] = {
    "python": ("Python 3", "answer.py", 3),
    "cpp": ("C++", "answer.cpp", 2),
    "java": ("Java", "Main.java", 4),
}
"""What a model is told, where the program goes, and the number under which the rows have solutions."""
SPLITS = ("test", "valid", "train")

_SOURCES = ("", "CodeChef", "Codeforces", "HackerEarth", "Code Jam", "", "AtCoder", "Aizu")
_DIFFICULTIES = ("", "easy", "medium", "hard", "harder", "hardest", "external")
_SECONDS, _MEMORY = 10.0, 256 << 20
"""What the official harness allows where a problem says nothing."""
_FOR_THE_INTERPRETER = 32 << 20


class Tests(msgspec.Struct, frozen=True):
    """As columns: one list of inputs, one of outputs."""

    input: list[str] = []
    output: list[str] = []


class Solutions(msgspec.Struct, frozen=True):
    language: list[int] = []
    solution: list[str] = []


class Duration(msgspec.Struct, frozen=True):
    seconds: int = 0
    nanos: int = 0


class Row(msgspec.Struct, frozen=True):
    """What is needed of an official row."""

    name: str
    description: str
    public_tests: Tests
    private_tests: Tests
    generated_tests: Tests
    source: int = 0
    difficulty: int = 0
    solutions: Solutions = Solutions()
    incorrect_solutions: Solutions = Solutions()
    time_limit: Duration | None = None
    memory_limit_bytes: int = 0


def load(asked: Asked) -> Suite:
    split, language = words_of(asked.name, asked.part, SPLITS, tuple(LANGUAGES))

    def make(where: str, row: Row) -> Task:
        return task_of(row, where=where, language=language)

    protocol = f"{PROTOCOL} chat {language}"
    return load_split(asked, Row, make, split=split, address=ADDRESS, official=FILES, protocol=protocol)


def files(part: str) -> tuple[OfficialFile, ...]:
    """The training problems, which nobody is measured on, are fetched by hand."""
    split, _ = words_of(f"codecontests:{part}", part, SPLITS, tuple(LANGUAGES))
    return (FILES[split],) if split in FILES else ()


def task_of(row: Row, *, language: str = "python", where: str = "") -> Task:
    """One official row as a task: all its public, private and generated tests."""
    spoken, path, number = LANGUAGES[language]
    tests: list[tuple[str, str]] = []
    for part in (row.public_tests, row.private_tests, row.generated_tests):
        if len(part.input) != len(part.output):
            raise UserError(f"{where}: {row.name} has {len(part.input)} inputs and {len(part.output)} outputs")
        tests += zip(part.input, part.output, strict=True)
    if not tests:
        raise UserError(f"{where}: {row.name} has no tests")
    return Task(
        id=row.name,
        language=language,
        category="generation",
        difficulty=_difficulty(row.difficulty),
        title=row.name,
        ask=Ask(messages=(Message("user", _question(row.description, spoken)),)),
        extract=Extract(path=path),
        grading={"harness": "codecontests", "path": path, "tests": msgspec.json.encode(tests).decode()},
        limits=_limits(row),
        solution=_first(row.solutions, number, path),
        mutants=tuple(filter(None, (_first(row.incorrect_solutions, number, path),))),
        origin=f"{ADDRESS} {_SOURCES[row.source] if 0 <= row.source < len(_SOURCES) else ''} {row.name}",
        licence="CC-BY-4.0",
    )


def _question(description: str, spoken: str) -> str:
    """In words of ours: the benchmark has none for chats."""
    return (
        f"{description.strip()}\n\n"
        f"Write a complete program in {spoken} that solves this problem: it reads standard input and writes standard "
        "output, and nothing else. Reply with the program in one fenced code block."
    )


def _difficulty(number: int) -> str:
    """Words, or the letter of a Codeforces problem."""
    if not 0 <= number <= 29 or number == 18:
        return ""
    if number < len(_DIFFICULTIES):
        return _DIFFICULTIES[number]
    return chr(ord("A") + number - (7 if number < 18 else 8))


def _limits(row: Row) -> Limits:
    """The problem's own seconds, at least one of processor time, and thirty times that on the clock, as official."""
    told = row.time_limit
    seconds = told.seconds + told.nanos / 1e9 if told is not None else 0.0
    seconds = seconds if seconds > 0 else _SECONDS
    memory = (row.memory_limit_bytes if row.memory_limit_bytes > 0 else _MEMORY) + _FOR_THE_INTERPRETER
    return Limits(cpu=max(1.0, float(int(seconds))), wall=30 * seconds, memory=memory >> 20, output=16384)


def _first(solutions: Solutions, number: int, path: str) -> dict[str, str]:
    found: Any = next(
        (text for kind, text in zip(solutions.language, solutions.solution, strict=False) if kind == number), None
    )
    return {} if found is None else {path: found}
