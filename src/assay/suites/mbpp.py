"""MBPP (google-research): Python functions from one sentence and three assertions, which are the tests.

`mbpp` is the test split, tasks 11 to 510; `mbpp-sanitized` the 427 tasks that were checked by hand. The paper
shows the model three solved tasks first (2, 3 and 4); a conversation is asked in the same words without them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from assay.core.messages import Message
from assay.core.task import Ask, Extract, Limits, Suite, Task
from assay.suites.asked import Asked, Asking, asking_of
from assay.suites.official_data import OfficialFile, rows_of

_PLACE = "https://github.com/google-research/google-research/raw/master/mbpp/"
FILE = OfficialFile(
    suite="mbpp",
    name="mbpp.jsonl",
    address=f"{_PLACE}mbpp.jsonl",
    sha256="ccf64ceae9c5403bf50a044cb6d505bfd2a2963ee58338ba268fd65beab92a9f",
    size=563743,
    rows=974,
)
SANITIZED = OfficialFile(
    suite="mbpp",
    name="sanitized-mbpp.json",
    address=f"{_PLACE}sanitized-mbpp.json",
    sha256="8ac32b2799150228e2d745aed09c870b7e4444246d4727d1004576207ef40769",
    size=278372,
    rows=427,
)
PROTOCOL = "mbpp/3"
"""Bumped by hand when the joining, the judging or a limit can change a verdict."""

TEST_SPLIT = range(11, 511)
SHOWN = (2, 3, 4)
STOP = ("[DONE]",)
LIMITS = Limits(cpu=3.0, wall=30.0, memory=4096)
"""Three seconds of processor time; the driver holds what waits to three on the clock."""
_PATH = "answer.py"


def files(_part: str) -> tuple[OfficialFile, ...]:
    return (FILE,)


def files_sanitized(_part: str) -> tuple[OfficialFile, ...]:
    return (SANITIZED,)


def load(asked: Asked) -> Suite:
    """In a conversation; the part `base` shows three solved tasks first, and then text to go on with: the paper's
    own prompt."""
    return _suite(asked, FILE)


def load_sanitized(asked: Asked) -> Suite:
    return _suite(asked, SANITIZED)


def _suite(asked: Asked, file: OfficialFile) -> Suite:
    asking = asking_of(asked)
    rows = rows_of(file, asked.data)
    split = [row for row in rows if file is SANITIZED or row["task_id"] in TEST_SPLIT]
    shown = [row for row in rows if row["task_id"] in SHOWN] if asking == "base" else []
    return Suite(
        name=asked.name,
        version="1",
        protocol=f"{PROTOCOL} {asking}",
        tasks=tuple(task_of(row, shown=shown, asking=asking) for row in split),
        grader="in_process",
        pinned=True,
    )


def task_of(row: dict[str, Any], *, shown: Sequence[dict[str, Any]] = (), asking: Asking = "chat") -> Task:
    """One official row, of either file, as a task."""
    setup = "\n".join([*row.get("test_imports", ()), row.get("test_setup_code", "")])
    return Task(
        id=f"Mbpp/{row['task_id']}",
        language="python",
        category="generation",
        ask=_chat(row) if asking == "chat" else Ask(prompt=_few_shot(row, shown), stop=STOP),
        extract=_extract(row) if asking == "chat" else Extract(form="raw", path=_PATH),
        grading={"path": _PATH, "after": "\n".join([setup, *row["test_list"]]), "solution": row["code"]},
        limits=LIMITS,
        solution={_PATH: row["code"]},
        origin=f"{_PLACE} task {row['task_id']}",
        licence="CC-BY-4.0",
        judge_in_process=True,
    )


def _question(row: dict[str, Any]) -> str:
    task, tests = row.get("text") or row["prompt"], "\n".join(row["test_list"])
    return (
        f"You are an expert Python programmer, and here is your task: {task} "
        f"Your code should pass these tests:\n\n{tests}\n"
    )


def _few_shot(row: dict[str, Any], shown: Sequence[dict[str, Any]]) -> str:
    solved = [f"{_question(other)}[BEGIN]\n{other['code']}\n[DONE]\n" for other in shown]
    return "".join([*solved, f"{_question(row)}[BEGIN]\n"])


def _chat(row: dict[str, Any]) -> Ask:
    return Ask(messages=(Message("user", f"{_question(row)}\nReply with the code in one fenced code block."),))


def _extract(row: dict[str, Any]) -> Extract:
    """The names that its assertions call and its own solution defines."""
    called = dict.fromkeys(re.findall(r"\b([A-Za-z_]\w*)\s*\(", " ".join(row["test_list"])))
    defined = re.findall(r"^def +(\w+)|^class +(\w+)", row["code"], re.MULTILINE)
    own = {name for pair in defined for name in pair if name}
    return Extract(path=_PATH, api=tuple(name for name in called if name in own))
