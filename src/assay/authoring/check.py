"""Whether tasks prove themselves: the solution passes, and everything that must not pass does not."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import Literal

import msgspec

from assay.core.errors import SandboxError, TaskError, Unsupported
from assay.core.judging import Attempt, Verdict
from assay.core.ports import Grader, Judge
from assay.core.task import Suite, Task
from assay.core.trial import Status


class Finding(msgspec.Struct, frozen=True):
    """One thing to say of one task; as text it is one line."""

    task_id: str
    kind: Literal["fault", "apparatus", "unsupported"]
    """The task's own fault; this machine's; or nothing could be tried here."""
    text: str

    def __str__(self) -> str:
        return f"{self.task_id}: {self.text}"


class _Trial(msgspec.Struct, frozen=True):
    """An answer to be judged, and what must come of it."""

    what: str
    files: dict[str, str]
    passes: bool


async def check_tasks(
    suite: Suite,
    judge: Judge,
    grader: Grader,
    *,
    parallel: int = 4,
    repeats: int = 2,
    on_task: Callable[[str], None] | None = None,
) -> list[Finding]:
    """All findings, in the order of the tasks; none means that all is well.

    Each task's solution is judged `repeats` times and its wrong answers once. `on_task` hears the id of
    each task when it is done."""
    slots = asyncio.Semaphore(parallel)

    async def check(task: Task) -> list[Finding]:
        reason = judge.supports(task.language)
        found = (
            [Finding(task.id, "unsupported", reason)] if reason else await _check(task, judge, grader, slots, repeats)
        )
        if on_task is not None:
            on_task(task.id)
        return found

    async with asyncio.TaskGroup() as group:
        checks = [group.create_task(check(task)) for task in suite.tasks]
    return [finding for done in checks for finding in done.result()]


async def _check(task: Task, judge: Judge, grader: Grader, slots: asyncio.Semaphore, repeats: int) -> list[Finding]:
    async def one(trial: _Trial) -> Finding | None:
        async with slots:
            return await _try(task, trial, judge, grader)

    trials = list(_trials(task, repeats))
    findings = await asyncio.gather(*(one(trial) for trial in trials))
    unique = {str(finding): finding for finding in findings if finding is not None}
    return list(unique.values())


def _trials(task: Task, repeats: int) -> Iterator[_Trial]:
    """The right answer, several times, and all that is wrong by design."""
    for _ in range(repeats):
        yield _Trial("its solution", task.solution, True)
    yield _Trial("an empty answer", dict.fromkeys(task.solution, ""), False)
    if task.files:
        yield _Trial("leaving the starting files as they are", task.files, False)
    for number, files in enumerate(task.mutants, start=1):
        yield _Trial(f"mutant {number} of {len(task.mutants)} (in the order of their names)", files, False)


async def _try(task: Task, trial: _Trial, judge: Judge, grader: Grader) -> Finding | None:
    try:
        verdict = await grader.grade(task, Attempt(files=trial.files), judge)
    except TaskError as error:
        return Finding(task.id, "fault", f"{trial.what} cannot be judged: {error}")
    except SandboxError as error:
        return Finding(task.id, "apparatus", f"{trial.what} could not be judged here: {error}")
    except Unsupported as error:
        return Finding(task.id, "unsupported", str(error))
    return _judge_verdict(task, trial, verdict)


def _judge_verdict(task: Task, trial: _Trial, verdict: Verdict) -> Finding | None:
    passed = verdict.status is Status.PASSED
    if passed == trial.passes:
        return None
    if passed:
        return Finding(task.id, "fault", f"{trial.what} passes; add a case that it fails")
    reason = f"{verdict.status}: {verdict.reason}" if verdict.reason else str(verdict.status)
    return Finding(task.id, "fault", f"{trial.what} does not pass ({reason})")
