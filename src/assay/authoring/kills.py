"""How many mechanical mutants of its solution a task's cases notice, and which they do not."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from assay.authoring.mechanical import Mechanical, mechanical_mutants
from assay.authoring.side_by_side import side_by_side
from assay.core.errors import AssayError
from assay.core.judging import Attempt
from assay.core.ports import Grader, Judge
from assay.core.task import Suite, Task
from assay.core.trial import Status

_BY_CASES = ("cases", "in-process")
_ENDLESS = 1.0
"""Seconds of processor time, for each program, after which a mutant is taken to run without end."""


class Survivor(msgspec.Struct, frozen=True):
    """A change that no case notices: a case is missing, or it changes nothing that matters."""

    path: str
    line: int
    change: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.change}"


class KillRate(msgspec.Struct, frozen=True):
    """What came of the mechanical mutants of one task."""

    task_id: str
    killed: int
    judged: int
    unjudged: int
    """How many could not be judged here."""
    survivors: list[Survivor]


async def kill_rates(
    suite: Suite,
    judge: Judge,
    grader: Grader,
    *,
    parallel: int = 4,
    on_judged: Callable[[int, int], None] | None = None,
) -> list[KillRate]:
    """One for each task in Python that is judged by cases, in their order."""
    tasks = [task for task in suite.tasks if task.language == "python" and task.grading.get("judge") in _BY_CASES]

    async def hurried(task: Task) -> Task:
        """With less time, if its solution can do with it."""
        limits = msgspec.structs.replace(task.limits, cpu=min(task.limits.cpu, _ENDLESS))
        quick = msgspec.structs.replace(task, limits=limits)
        return quick if await _passes(quick, task.solution, judge, grader) else task

    tasks = await side_by_side(hurried, tasks, parallel=parallel)
    made = [(task, mutant) for task in tasks for mutant in mechanical_mutants(task.solution)]
    done = 0

    async def survives(one: tuple[Task, Mechanical]) -> bool | None:
        nonlocal done
        task, mutant = one
        survived = await _passes(task, {**task.solution, mutant.path: mutant.text}, judge, grader)
        done += 1
        if on_judged is not None:
            on_judged(done, len(made))
        return survived

    said = await side_by_side(survives, made, parallel=parallel)
    results: dict[str, list[tuple[Mechanical, bool | None]]] = {task.id: [] for task in tasks}
    for (task, mutant), survived in zip(made, said, strict=True):
        results[task.id].append((mutant, survived))
    return [_rate(task_id, of_task) for task_id, of_task in results.items()]


async def _passes(task: Task, files: dict[str, str], judge: Judge, grader: Grader) -> bool | None:
    """`None` where it could not be judged."""
    try:
        verdict = await grader.grade(task, Attempt(files=files), judge)
    except AssayError:
        return None
    return verdict.status is Status.PASSED


def _rate(task_id: str, results: list[tuple[Mechanical, bool | None]]) -> KillRate:
    judged = [(mutant, survived) for mutant, survived in results if survived is not None]
    survivors = [Survivor(mutant.path, mutant.line, mutant.change) for mutant, survived in judged if survived]
    return KillRate(
        task_id=task_id,
        killed=len(judged) - len(survivors),
        judged=len(judged),
        unjudged=len(results) - len(judged),
        survivors=survivors,
    )
