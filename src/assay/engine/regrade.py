"""Judging again what was answered, asking no model: to mend a record, or to check it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping

import msgspec

from assay.core.events import TrialDecided
from assay.core.judging import Verdict
from assay.core.ports import Journal, Listener
from assay.core.run import PlannedSuite
from assay.core.task import Task
from assay.core.trial import Decision
from assay.engine.judging import Bench, Judged, kept_answer
from assay.engine.trials import STATUS_OF_ERROR, regraded

_AT_ONCE = 16


class Difference(msgspec.Struct, frozen=True):
    """One trial whose verdict is not the recorded one."""

    was: Decision
    now: Decision


class Regraded(msgspec.Struct, frozen=True):
    judged: int
    without_answer: int
    """Trials that never had an answer: there is nothing to judge."""
    differences: tuple[Difference, ...]
    kept: int = 0
    """Of those judged: verdicts that stay, as no other could be had now."""
    kept_because: str = ""
    """Of one of them."""


async def regrade(
    decisions: Iterable[Decision],
    *,
    journal: Journal,
    bench: Bench,
    suites: Mapping[str, PlannedSuite],
    tasks: Mapping[tuple[str, str], Task],
    listen: Listener,
    record: bool,
    verdicts_only: bool = False,
) -> Regraded:
    """With `record`, each new verdict is a new line; without, the record stays as it is. With `verdicts_only`, what
    cannot be judged now keeps the verdict that it has."""
    at_once = asyncio.Semaphore(_AT_ONCE)
    differences: list[Difference] = []
    counted = {"judged": 0, "without": 0}
    kept: list[str] = []

    async def one(was: Decision) -> None:
        try:
            judged = await _judge_again(was, journal, bench, suites[was.suite], tasks[was.suite, was.task_id])
        finally:
            at_once.release()
        now = regraded(was, suites[was.suite], judged)
        counted["judged"] += 1
        if verdicts_only and now.score is None and was.score is not None:
            kept.append(now.reason)
            return
        if (now.status, now.score) != (was.status, was.score):
            differences.append(Difference(was, now))
        if record:
            journal.decide(now)
        listen(TrialDecided(now))

    async with asyncio.TaskGroup() as group:
        for was in decisions:
            if not was.answer_hash:
                counted["without"] += 1
                continue
            await at_once.acquire()
            group.create_task(one(was))
    return Regraded(counted["judged"], counted["without"], tuple(differences), len(kept), next(iter(kept), ""))


async def _judge_again(was: Decision, journal: Journal, bench: Bench, suite: PlannedSuite, task: Task) -> Judged:
    attempt = kept_answer(journal, was.answer_hash)
    try:
        return await bench.verdict(suite, task, attempt, trial_id=was.trial_id)
    except tuple(STATUS_OF_ERROR) as error:
        status = STATUS_OF_ERROR[type(error)]
        return Judged(Verdict(status=status, score=None, reason=str(error)), was.answer_hash, was.judge_hash)
