"""Nobody who is merely right or merely wrong is flagged."""

from __future__ import annotations

import asyncio
import datetime
from collections.abc import AsyncIterator
from functools import cache
from importlib import resources
from pathlib import Path

import pytest
import pytest_asyncio

from assay.core.flags import FLAGS
from assay.core.judging import Attempt, Verdict
from assay.core.task import Suite, Task
from assay.core.trial import Status
from assay.graders.by_task import ByTaskGrader
from assay.sandboxes import drivers
from assay.sandboxes.judge import BoxJudge
from assay.sandboxes.linux.pool import LinuxBoxes
from assay.sandboxes.linux.serving import LinuxServices
from assay.sandboxes.toolchains import LANGUAGES, all_mounts, find
from assay.suites.folder import load_folder
from assay.suites.parts import Part

_QUICK = ("python", "javascript")
PARTS = 12
_TRULY = {
    "typescript/form-dirty": {"patched_builtins"},
    "javascript/refactor-poll-result": {"patched_builtins"},
    "python/docs-billing-periods": {"looks_aside"},
    "python/docs-content-negotiation": {"looks_aside"},
}
"""What is noticed and is so: wrong answers there write to the prototype of all objects, and show code by its code."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def judge() -> AsyncIterator[BoxJudge]:
    boxes = LinuxBoxes(2, all_mounts(), drivers.PRELOADED)
    made = BoxJudge(boxes, services=LinuxServices(2, all_mounts()))
    yield made
    await made.close()


@cache
def _core() -> Suite:
    return load_folder(Path(str(resources.files("assay.suites"))) / "core")


async def _verdicts(judge: BoxJudge, task: Task, answers: list[dict[str, str]]) -> list[Verdict]:
    grader = ByTaskGrader()
    return list(await asyncio.gather(*(grader.grade(task, Attempt(files=files), judge) for files in answers)))


def _of(language: str, part: Part | None) -> list[Task]:
    found = find(language)
    if isinstance(found, str):
        pytest.skip(found)
    tasks = [task for task in _core().tasks if task.language == language and not task.judge_in_process]
    return [task for task in tasks if part is None or part.holds(task.id)]


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize(
    "language", [pytest.param(name, marks=() if name in _QUICK else pytest.mark.slow) for name in LANGUAGES]
)
async def test_solutions_and_mutants_raise_no_flag(judge: BoxJudge, language: str) -> None:
    """Stored right answers pass, stored wrong ones do not, and none is flagged: each day's in another part of core."""
    await _raise_no_flag(judge, _of(language, Part(datetime.date.today().toordinal() % PARTS + 1, PARTS)))


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("language", LANGUAGES)
async def test_no_solution_and_no_mutant_raises_a_flag(judge: BoxJudge, language: str) -> None:
    """The same for all of it."""
    await _raise_no_flag(judge, _of(language, None))


async def _raise_no_flag(judge: BoxJudge, tasks: list[Task]) -> None:
    for task in tasks:
        right, *wrong = await _verdicts(judge, task, [task.solution, *task.mutants])
        assert (right.status, right.reason) == (Status.PASSED, ""), task.id
        assert all(verdict.status in (Status.FAILED, Status.EXCEEDED) for verdict in wrong), task.id
        flags = {flag for verdict in (right, *wrong) for flag in verdict.flags} & FLAGS.keys()
        assert flags == _TRULY.get(task.id, set()), task.id
