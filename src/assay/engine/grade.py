"""Judging answers that exist already, as a run: what a file holds becomes decisions, and no model is asked."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Mapping

import msgspec

from assay.core.entrant import Entrant
from assay.core.events import TrialDecided
from assay.core.judging import Attempt, Verdict
from assay.core.ports import Journal, Listener
from assay.core.run import PlannedSuite, PlannedTask
from assay.core.task import Task
from assay.core.trial import Decision, Trial
from assay.engine.decided import of_task, of_verdict
from assay.engine.judging import Bench, Judged
from assay.engine.trials import STATUS_OF_ERROR

_AT_ONCE = 16


class Given(msgspec.Struct, frozen=True):
    """One answer of one entrant, to be judged as a trial of a run."""

    entrant: Entrant
    trial: Trial
    task: PlannedTask
    attempt: Attempt


async def grade(
    answers: Iterable[Given],
    *,
    suite: PlannedSuite,
    tasks: Mapping[str, Task],
    bench: Bench,
    journal: Journal,
    revisions: Mapping[str, int],
    listen: Listener,
) -> int:
    """The number of answers judged, each recorded as soon as it is."""
    at_once = asyncio.Semaphore(_AT_ONCE)
    judged = 0

    async def one(given: Given) -> None:
        nonlocal judged
        try:
            verdict = await _judged(given, suite, tasks[given.task.id], bench)
        finally:
            at_once.release()
        decision = _decision(given, suite, tasks[given.task.id], verdict, revisions.get(given.trial.trial_id, 0))
        journal.decide(decision)
        judged += 1
        listen(TrialDecided(decision))

    async with asyncio.TaskGroup() as group:
        for given in answers:
            await at_once.acquire()
            group.create_task(one(given))
    return judged


async def _judged(given: Given, suite: PlannedSuite, task: Task, bench: Bench) -> Judged:
    try:
        return await bench.verdict(suite, task, given.attempt, trial_id=given.trial.trial_id)
    except tuple(STATUS_OF_ERROR) as error:
        status = STATUS_OF_ERROR[type(error)]
        return Judged(Verdict(status=status, score=None, reason=str(error)), "", "")


def _decision(given: Given, suite: PlannedSuite, task: Task, judged: Judged, revision: int) -> Decision:
    """What nobody can know of an answer in a file (its price, its time) stays unknown."""
    entrant = given.entrant
    return Decision(
        **of_task(given.trial, given.task, task),
        **of_verdict(judged),
        model=entrant.name,
        completion=given.attempt.completion,
        latency=None,
        model_id=entrant.model_id,
        provider=entrant.type,
        solver="",
        protocol=suite.protocol,
        started_at=time.time(),
        answer_hash=judged.answer_hash,
        revision=revision,
        because="retried" if revision else "",
    )
