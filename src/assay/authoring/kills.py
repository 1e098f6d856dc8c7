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
    made = [(task, mutant) for task in tasks for mutant in mechanical_mutants(task.solution)]
    done = 0

    async def survives(one: tuple[Task, Mechanical]) -> bool | None:
        nonlocal done
        task, mutant = one
        try:
            verdict = await grader.grade(task, Attempt(files={**task.solution, mutant.path: mutant.text}), judge)
        except AssayError:
            return None
        finally:
            done += 1
            if on_judged is not None:
                on_judged(done, len(made))
        return verdict.status is Status.PASSED

    said = await side_by_side(survives, made, parallel=parallel)
    results: dict[str, list[tuple[Mechanical, bool | None]]] = {task.id: [] for task in tasks}
    for (task, mutant), survived in zip(made, said, strict=True):
        results[task.id].append((mutant, survived))
    return [_rate(task_id, of_task) for task_id, of_task in results.items()]


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
