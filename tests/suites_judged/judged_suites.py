"""Suites over the real official files, and many answers judged at once."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from assay.core.judging import Attempt, Verdict
from assay.core.ports import Grader, Judge
from assay.core.task import Suite, Task
from assay.graders.in_process import InProcessGrader
from assay.suites import load


def data_at(path: str) -> Path:
    """A real official file or folder; skips visibly where it is absent."""
    named = os.environ.get("ASSAY_TEST_DATA")
    folder = Path(named) if named else Path(__file__).parents[3] / "shared" / "data"
    if not (folder / path).exists():
        pytest.skip(f"no {path} in {folder}: set ASSAY_TEST_DATA to a folder that holds it")
    return folder / path


def suite_of(name: str) -> Suite:
    return load(name, data=data_at(name.partition(":")[0]))


async def verdicts(
    answers: Iterable[tuple[Task, str]], judge: Judge, *, strict: bool = False, grader: Grader | None = None
) -> list[Verdict]:
    """In the order of the answers."""
    grader, at_once = grader or InProcessGrader(strict=strict), asyncio.Semaphore(4)

    async def one(task: Task, answer: str) -> Verdict:
        async with at_once:
            return await grader.grade(task, Attempt(completion=answer, files={task.extract.path: answer}), judge)

    return await asyncio.gather(*(one(task, answer) for task, answer in answers))
