"""Grading many answers at once, and tasks made up for tests in the benchmarks' own form."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable
from pathlib import Path
from textwrap import dedent

import pytest

from assay.core.judging import Attempt, Verdict
from assay.core.ports import Judge
from assay.core.task import Task
from assay.graders.in_process import InProcessGrader
from assay.suites import humaneval, mbpp


def public_data(path: str) -> Path:
    """A real official file; skips visibly where it is absent."""
    named = os.environ.get("ASSAY_TEST_DATA")
    folder = Path(named) if named else Path(__file__).parents[3] / "shared" / "data"
    if not (folder / path).is_file():
        pytest.skip(f"no {path} in {folder}: set ASSAY_TEST_DATA to a folder that holds it")
    return folder / path


async def grade(task: Task, answer: str, judge: Judge, *, strict: bool = False) -> Verdict:
    attempt = Attempt(completion=answer, files={"answer.py": answer})
    return await InProcessGrader(strict=strict).grade(task, attempt, judge)


async def grade_all(pairs: Iterable[tuple[Task, str]], judge: Judge, *, strict: bool) -> dict[str, Verdict]:
    """Verdicts by task id."""
    grader, at_once = InProcessGrader(strict=strict), asyncio.Semaphore(4)
    verdicts: dict[str, Verdict] = {}

    async def one(task: Task, answer: str) -> None:
        async with at_once:
            verdicts[task.id] = await grader.grade(task, Attempt(files={"answer.py": answer}), judge)

    async with asyncio.TaskGroup() as group:
        for task, answer in pairs:
            group.create_task(one(task, answer))
    return verdicts


def function_task(solution: str, test: str, *, entry: str = "f", support: str = "") -> Task:
    """A task in HumanEval's form; `solution` is the whole function, `test` the body of its `check`."""
    check = "def check(candidate):\n" + "".join(f"    {line}\n" for line in dedent(test).strip().splitlines())
    row = {
        "task_id": "made/0",
        "prompt": dedent(support),
        "entry_point": entry,
        "canonical_solution": dedent(solution),
        "test": f"\n\nMETADATA = {{}}\n\n\n{check}",
    }
    return humaneval.task_of(row)


def assertion_task(solution: str, *tests: str, setup: str = "") -> Task:
    """A task in MBPP's form."""
    row = {
        "task_id": 0,
        "text": "made up",
        "code": dedent(solution),
        "test_setup_code": setup,
        "test_list": list(tests),
    }
    return mbpp.task_of(row)
