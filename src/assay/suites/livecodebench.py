"""LiveCodeBench, code generation: contest problems with the day on which each was set, so that a window of dates can
leave out what a model may have seen.

`release_v5` is everything up to that release, `v5` what came with it, `v4_v6` these releases; all but the last are
the names that its makers use. Without one it is all six.
"""

from __future__ import annotations

import datetime
import json
import re
from typing import Any

import msgspec

from assay.core.errors import UserError
from assay.core.messages import Message
from assay.core.names import did_you_mean
from assay.core.task import Ask, Extract, Limits, Suite, Task
from assay.formats.pickled_text import looks_packed
from assay.suites.asked import Asked, Asking
from assay.suites.contest_rows import digest_of, files_of, refuse_doubles, rows
from assay.suites.official_data import OfficialFile, rows_of

ADDRESS = "https://huggingface.co/datasets/livecodebench/code_generation_lite"
_SHOTS = "https://github.com/LiveCodeBench/LiveCodeBench/raw/main/lcb_runner/prompts/few_shot_examples/generation/"
FUNC = OfficialFile(
    suite="livecodebench",
    name="func.json",
    address=f"{_SHOTS}func.json",
    sha256="75b50ffef185c71aa702499b015da50b03d7732195332186c759dfa0304bf1aa",
    size=2880,
    rows=2,
    key="question",
)
STDIN = OfficialFile(
    suite="livecodebench",
    name="stdin.json",
    address=f"{_SHOTS}stdin.json",
    sha256="28a3a50b79869aa9cc5cc2e3c611c8b39e1ab2d192f6b2b9ce0f6a4b014ee726",
    size=5330,
    rows=2,
    key="question",
)
_ROWS = f"{ADDRESS}/resolve/0fe84c3912ea0c4d4a78037083943e8f0c4dd505/"


def _file(number: int, rows: int, size: int, sha256: str) -> OfficialFile:
    name = f"{_stem(number)}.jsonl"
    return OfficialFile(
        suite="livecodebench", name=name, address=_ROWS + name, sha256=sha256, size=size, rows=rows, key="question_id"
    )


def _stem(number: int) -> str:
    return "test" if number == 1 else f"test{number}"


FILES = (
    _file(1, 400, 1252609773, "2bd02b38beb48e8c46b5b9987095d999ff38cd8efc255ea5d58974317c48f63f"),
    _file(2, 111, 713377060, "095df7c5daf15f882c51a9deb84085cff1e073495a5dbcf95015a564d485f3a3"),
    _file(3, 101, 623360766, "28ed26cc83363ce3f1fe2d5fad9f8393077beb1907b167a31bd3b32f80801b79"),
    _file(4, 101, 1204644685, "d711138ddaebfcf5f8ec6a4283ee677298c0f5c5d374a235af92aaf0584510da"),
    _file(5, 167, 557699297, "7f77571c2a6df0c2a72a3277650309f67e01e0008e18117e624633df53f81214"),
    _file(6, 175, 134303240, "bb4c364f71921c4495a6ad15abe1a927350b720009f4933e2e71f8af0f6fd1f5"),
)
"""What each release added: four gigabytes in all."""
PROTOCOL = "livecodebench/1"
"""Bumped by hand when the joining, the judging or a limit can change a verdict."""

LATEST = f"release_v{len(FILES)}"
STOP = ("###",)
"""For base models; chats are not stopped."""
LIMITS = Limits(cpu=6.0, wall=60.0, memory=4096, output=4096)
_PATH = "answer.py"


class Row(msgspec.Struct, frozen=True):
    """What is needed of an official row."""

    question_title: str
    question_content: str
    platform: str
    question_id: str
    contest_date: str
    starter_code: str
    difficulty: str
    public_test_cases: str
    private_test_cases: str
    metadata: str


def load(asked: Asked) -> Suite:
    release, asking = _parts(asked.part)
    numbers = _releases(asked.name, release)
    since, until = (_day(asked, text) for text in (asked.since, asked.until))
    paths = files_of(asked, [*map(_stem, numbers)], address=ADDRESS, official=FILES)
    digest = digest_of(paths, FILES)
    shots = {file.name: rows_of(file, asked.data) for file in (FUNC, STDIN)} if asking == "base" else {}
    tasks, count = [], 0
    for where, row in rows(paths, Row):
        count += 1
        if since <= (day := row.contest_date[:10]) and (not until or day <= until):
            tasks.append(task_of(row, where=where, shots=shots))
    if not tasks:
        raise UserError(f"{asked.name}: none of {count} problems is of {since or 'the beginning'} to {until or 'now'}")
    wanted = sum(FILES[number - 1].rows for number in numbers)
    is_release = bool(release) or len(paths) == len(numbers)
    if is_release and count != wanted:
        raise UserError(f"{asked.name}: {', '.join(map(str, paths))}: {count} problems where {wanted} are official")
    tasks.sort(key=lambda task: task.id)
    refuse_doubles(asked.name, [task.id for task in tasks])
    return Suite(
        name=asked.name,
        version=f"{(release or LATEST) if is_release else 'rows'} {digest}",
        protocol=f"{PROTOCOL} {asking}",
        tasks=tuple(tasks),
        grader="stdio",
        pinned=is_release,
    )


def files(part: str) -> tuple[OfficialFile, ...]:
    """The problems, and the examples that base models are shown."""
    release, asking = _parts(part)
    problems = (FILES[number - 1] for number in _releases(f"livecodebench:{part}", release))
    return (*problems, *((FUNC, STDIN) if asking == "base" else ()))


def _parts(part: str) -> tuple[str, Asking]:
    words = part.split(":") if part else []
    if words and words[-1] == "base":
        return ":".join(words[:-1]), "base"
    return part, "chat"


def _releases(suite: str, release: str) -> list[int]:
    """The numbers of the releases meant."""
    last = len(FILES)
    if not release or release == "release_latest":
        return list(range(1, last + 1))
    named = re.fullmatch(r"(release_)?v([1-9])(?:_v([1-9]))?", release)
    first, to = (int(named[2]), int(named[3] or named[2])) if named else (0, 0)
    if not named or not 1 <= first <= to <= last or (named[1] and named[3]):
        known = ("base", *PARTS)
        raise UserError(f"{suite}: no part “{release}”; {did_you_mean(release, known)}")
    return list(range(1 if named[1] else first, to + 1))


PARTS = (
    *(f"release_v{number}" for number in range(1, len(FILES) + 1)),
    *(f"v{number}" for number in range(1, len(FILES) + 1)),
)


def _day(asked: Asked, text: str) -> str:
    try:
        return datetime.date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise UserError(f"{asked.name}: “{text}” is no day; write it as 2024-08-31") from None


def task_of(row: Row, *, where: str = "", shots: dict[str, list[dict[str, Any]]] | None = None) -> Task:
    """One official row as a task; with `shots` to go on with the official few-shot prompt."""
    if not re.match(r"\d{4}-\d\d-\d\d", row.contest_date):
        raise UserError(f"{where}: contest_date “{row.contest_date[:40]}” is no day")
    private = row.private_test_cases
    if not private.lstrip().startswith("[") and not looks_packed(private):
        raise UserError(f"{where}: the private tests of {row.question_id} are no packed text; nothing of them was run")
    return Task(
        id=row.question_id,
        language="python",
        category="generation",
        difficulty=row.difficulty,
        date=row.contest_date[:10],
        title=row.question_title,
        ask=Ask(prompt=_few_shot(row, shots), stop=STOP) if shots else Ask(messages=_chat(row)),
        extract=Extract(form="stripped" if shots else "last_block", path=_PATH),
        grading={
            "harness": "livecodebench",
            "path": _PATH,
            "function": _function(row, where),
            "tests": row.public_test_cases,
            "private": private,
        },
        limits=LIMITS,
        origin=f"{ADDRESS} {row.platform} {row.question_id}",
    )


def _function(row: Row, where: str) -> str:
    try:
        metadata = json.loads(row.metadata or "{}")
        return str(metadata.get("func_name") or "")
    except (ValueError, AttributeError, RecursionError) as error:
        raise UserError(f"{where}: the metadata of {row.question_id} is no JSON object") from error


_SYSTEM = (
    "You are an expert Python programmer. You will be given a question (problem specification) and will generate a "
    "correct Python program that matches the specification and passes all tests."
)
_WITH_STARTER = (
    "You will use the following starter code to write the solution to the problem and enclose your code within "
    "delimiters."
)
_WITHOUT_STARTER = (
    "Read the inputs from stdin solve the problem and write the answer to stdout (do not directly test on the sample "
    "inputs). Enclose your code within delimiters as follows. Ensure that when the python program runs, it reads the "
    "inputs, runs the algorithm and writes output to STDOUT."
)


def _chat(row: Row) -> tuple[Message, ...]:
    """The official words for chats."""
    said = _WITH_STARTER if row.starter_code else _WITHOUT_STARTER
    text = (
        f"### Question:\n{row.question_content}\n\n"
        f"### Format: {said}\n```python\n{row.starter_code or '# YOUR CODE HERE'}\n```\n\n"
        "### Answer: (use the provided format with backticks)\n\n"
    )
    return Message("system", _SYSTEM), Message("user", text)


def _few_shot(row: Row, shots: dict[str, list[dict[str, Any]]]) -> str:
    """One solved problem of the same kind, and then this one."""
    solved = shots[FUNC.name if row.starter_code else STDIN.name][0]
    shown = _shot(row, str(solved["question"]), str(solved.get("sample_code", "")), str(solved["answer"]))
    return shown + _shot(row, row.question_content, row.starter_code, "")


def _shot(row: Row, question: str, starter: str, answer: str) -> str:
    given = f"### Starter Code\n{starter}\n\n" if row.starter_code else ""
    return f"### Question\n{question}\n\n{given}### Answer\n\n{answer}" + ("\n\n" if answer else "")
