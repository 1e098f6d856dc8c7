"""Tasks made up for tests in EvalPlus' own form, graded; and its real files, where this machine has them."""

from __future__ import annotations

import os
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from assay.core.judging import Attempt, Verdict
from assay.core.ports import Judge
from assay.core.task import Suite, Task
from assay.graders.evalplus import EvalPlusGrader
from assay.suites.evalplus import HUMANEVAL, MBPP, task_of


def shared(path: str) -> Path:
    """Skips visibly where it is absent."""
    named = os.environ.get("ASSAY_TEST_DATA")
    folder = Path(named) if named else Path(__file__).parents[3] / "shared" / "data"
    if not (folder / path).exists():
        pytest.skip(f"no {path} in {folder}: set ASSAY_TEST_DATA to a folder that holds it")
    return folder / path


def made(
    solution: str,
    base: list[Any],
    plus: list[Any] = [],  # noqa: B006 - never changed
    *,
    task_id: str = "HumanEval/999",
    entry: str = "f",
    atol: float = 0,
) -> Task:
    """A task whose stored solution is the text given."""
    row = {
        "task_id": task_id,
        "prompt": "",
        "entry_point": entry,
        "canonical_solution": dedent(solution),
        "base_input": base,
        "plus_input": plus or base,
        "atol": atol,
    }
    dataset, file = ("mbpp", MBPP["v0.2.0"]) if task_id.startswith("Mbpp") else ("humaneval", HUMANEVAL["v0.1.10"])
    return task_of(row, file, dataset=dataset)


def suite(*tasks: Task) -> Suite:
    return Suite(name="humaneval+", version="0.1.10", protocol="evalplus/1 chat", tasks=tasks, grader="evalplus")


async def grade(task: Task, answer: str, judge: Judge) -> Verdict:
    text = dedent(answer)
    return await EvalPlusGrader().grade(task, Attempt(completion=text, files={"answer.py": text}), judge)


def parts(verdict: Verdict) -> tuple[str, str]:
    said = (verdict.detail or {})["parts"]
    return said["base"], said["plus"]
