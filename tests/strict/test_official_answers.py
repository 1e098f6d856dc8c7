"""Real answers and solutions of public benchmarks: the official harness's verdict, and the strict one beside it."""

from __future__ import annotations

import asyncio
import json
from functools import cache
from typing import Any

import msgspec
import pytest
from strict_bench import grade_all, public_data

from assay.core.task import Limits, Task
from assay.core.trial import Status
from assay.graders.official import read_one_process
from assay.graders.outside import Outside
from assay.sandboxes.judge import BoxJudge
from assay.suites import humaneval, mbpp
from assay.suites.official_data import read_official

pytestmark = pytest.mark.asyncio(loop_scope="session")

INEXPRESSIBLE = {
    "Mbpp/367": "the tests make objects of the answer's own class Node",
    "Mbpp/601": "the tests make objects of the answer's own class Pair",
    "Mbpp/927": "the tests make objects of the answer's own class Node",
}
"""All tasks of the three files that strict judging cannot express."""

EXPLAINED: dict[str, str] = {}
"""Real answers whose strict verdict is not the official one, each with the reason."""


@cache
def humaneval_tasks() -> dict[str, Task]:
    rows = read_official(humaneval.FILE, at=public_data("humaneval/HumanEval.jsonl.gz"))
    return {task.id: task for task in map(humaneval.task_of, rows)}


@cache
def mbpp_tasks(path: str) -> dict[str, Task]:
    file = mbpp.FILE if path == "mbpp/mbpp.jsonl" else mbpp.SANITIZED
    return {task.id: task for task in map(mbpp.task_of, read_official(file, at=public_data(path)))}


def answers(path: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in public_data(path).read_text(encoding="utf-8").splitlines()]


async def test_every_humaneval_solution_passes_both_ways(python_judge: BoxJudge) -> None:
    """164 of 164 canonical solutions, given as completions, pass officially and from outside."""
    pairs = [
        (task, task.solution["answer.py"].removeprefix(task.grading["before"])) for task in humaneval_tasks().values()
    ]
    verdicts = await grade_all(pairs, python_judge, strict=True)
    assert {(verdict.status, verdict.strict, verdict.flags) for verdict in verdicts.values()} == {
        (Status.PASSED, True, ())
    }


@pytest.mark.parametrize(("path", "count"), [("mbpp/mbpp.jsonl", 974), ("mbpp/sanitized-mbpp.json", 427)])
async def test_every_mbpp_solution_passes_officially(path: str, count: int, python_judge: BoxJudge) -> None:
    """All reference solutions of both files pass, as they do in the official form. One computes for about as long as
    the limit allows; where the machine is too slow for it, it passes with more time."""
    tasks = mbpp_tasks(path)
    pairs = [(task, task.solution["answer.py"]) for task in tasks.values()]
    verdicts = await grade_all(pairs, python_judge, strict=False)
    late = [tasks[task_id] for task_id, verdict in verdicts.items() if verdict.reason == "cpu"]
    assert {task.id for task in late} <= {"Mbpp/123"}
    patient = [msgspec.structs.replace(task, limits=Limits(cpu=30.0, wall=90.0, memory=4096)) for task in late]
    pairs = [(task, task.solution["answer.py"]) for task in patient]
    verdicts |= await grade_all(pairs, python_judge, strict=False)
    assert {
        task_id: verdict.reason for task_id, verdict in verdicts.items() if verdict.status is not Status.PASSED
    } == {}
    assert len(verdicts) == count
    assert {task_id for task_id, verdict in verdicts.items() if verdict.flags} <= set(INEXPRESSIBLE)


async def test_strict_judging_expresses_the_benchmarks(python_judge: BoxJudge) -> None:
    """Every HumanEval task and at least 95 % of MBPP; what is left out is known by name and reason."""
    outside = Outside()
    tasks = [*humaneval_tasks().values(), *mbpp_tasks("mbpp/mbpp.jsonl").values()]
    left_out = {}

    async def look(task: Task) -> None:
        recording = await outside.recording(task, read_one_process(task), judge=python_judge)
        if recording.obstacle:
            left_out[task.id] = recording.obstacle

    async with asyncio.TaskGroup() as group:
        for task in tasks:
            group.create_task(look(task))
    for task_id, reason in left_out.items():
        print(f"{task_id}: {reason}")
    assert not any(task_id.startswith("HumanEval/") for task_id in left_out)
    assert len(left_out) <= 0.05 * len(mbpp_tasks("mbpp/mbpp.jsonl"))
    assert left_out == INEXPRESSIBLE


async def test_mbpp_solutions_pass_from_outside(python_judge: BoxJudge) -> None:
    """Of the sanitized tasks, every fifth: the reference solution's strict verdict is the official one."""
    tasks = list(mbpp_tasks("mbpp/sanitized-mbpp.json").values())[::5]
    verdicts = await grade_all(((task, task.solution["answer.py"]) for task in tasks), python_judge, strict=True)
    assert {task_id: verdict.strict_reason for task_id, verdict in verdicts.items() if not verdict.strict} == {}


async def test_the_published_score_of_a_model(python_judge: BoxJudge) -> None:
    """WizardCoder-15B: 98 of 164, each answer's strict verdict the same as its official one."""
    tasks = humaneval_tasks()
    rows = answers("answers/wizardcoder-15b/humaneval.jsonl")
    verdicts = await grade_all(((tasks[row["task_id"]], row["completion"]) for row in rows), python_judge, strict=True)
    assert sum(verdict.status is Status.PASSED for verdict in verdicts.values()) == 98
    assert differing(verdicts) == EXPLAINED


async def test_the_known_truth_of_each_answer(python_judge: BoxJudge) -> None:
    """GPT-4o with a debugger: the stored truth of every answer, 161 of 164, officially and from outside."""
    tasks = humaneval_tasks()
    rows = answers("answers/gpt-4o-debugged/humaneval.jsonl")
    verdicts = await grade_all(((tasks[row["task_id"]], row["solution"]) for row in rows), python_judge, strict=True)
    truth = {row["task_id"]: row["is_solved"] for row in rows}
    assert {task_id: verdict.status is Status.PASSED for task_id, verdict in verdicts.items()} == truth
    assert sum(truth.values()) == 161
    assert differing(verdicts) == EXPLAINED


def differing(verdicts: dict[str, Any]) -> dict[str, str]:
    return {
        task_id: verdict.strict_reason
        for task_id, verdict in verdicts.items()
        if verdict.strict is not (verdict.status is Status.PASSED) or "disagree" in verdict.flags
    }
