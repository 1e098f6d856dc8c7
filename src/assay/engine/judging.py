"""From an attempt to a verdict: identical answers to one task are judged once, and now and then again.

Judging twice what is the same is waste; never judging twice would hide a task whose verdict wavers.
So a copy takes the first one's verdict, and one copy in a hundred is judged all the same.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import OrderedDict
from collections.abc import Mapping

import msgspec

from assay.core.errors import TaskError
from assay.core.ids import content_hash
from assay.core.judging import Attempt, Job, Outcome, Verdict
from assay.core.ports import Grader, Journal, Judge, OnRun
from assay.core.run import PlannedSuite
from assay.core.task import Task
from assay.core.trial import Status
from assay.formats.extract import edition

REJUDGED = 0.01
_REMEMBERED = 20_000
"""Verdicts kept for copies: copies of one task come close together, so memory need not grow with the run."""


class Judged(msgspec.Struct, frozen=True):
    """A verdict and how it came about."""

    verdict: Verdict
    answer_hash: str
    judge_hash: str
    seconds: float = 0.0
    """Without the waiting for a sandbox that others use."""
    same_as: str = ""


class Bench:
    """Where attempts are judged."""

    def __init__(self, *, judge: Judge, graders: Mapping[str, Grader], journal: Journal, chance: random.Random) -> None:
        self._judge = judge
        self._graders = graders
        self._journal = journal
        self._chance = chance
        self._known: OrderedDict[tuple[str, str, str], asyncio.Future[tuple[str, Verdict]]] = OrderedDict()

    async def verdict(self, suite: PlannedSuite, task: Task, attempt: Attempt, *, trial_id: str) -> Judged:
        """Raises SandboxError or TaskError when it is not the answer's fault."""
        judge_hash = judge_hash_of(suite, task)
        answer_hash = keep_answer(self._journal, attempt)
        if attempt.problem:
            status = Status.REFUSED if attempt.problem == "refused" else Status.INVALID
            return Judged(Verdict(status=status, score=0.0, reason=attempt.reason), answer_hash, judge_hash)
        key = (task.task_hash, answer_hash, judge_hash)
        known = self._known.get(key)
        if known is None:
            verdict, seconds = await self._first(key, suite, task, attempt, trial_id)
            return Judged(verdict, answer_hash, judge_hash, seconds)
        first_trial, first = await asyncio.shield(known)
        if self._chance.random() < REJUDGED:
            again, seconds = await self._grade(suite, task, attempt)
            if again.status is not first.status:
                self._known.pop(key, None)
                raise TaskError(
                    f"task {task.id} does not judge the same answer the same way: {first.status.value}"
                    f" ({first.reason or 'no reason'}), then {again.status.value} ({again.reason or 'no reason'})"
                )
            return Judged(again, answer_hash, judge_hash, seconds)
        return Judged(first, answer_hash, judge_hash, 0.0, same_as="" if first_trial == trial_id else first_trial)

    async def _first(
        self, key: tuple[str, str, str], suite: PlannedSuite, task: Task, attempt: Attempt, trial_id: str
    ) -> tuple[Verdict, float]:
        place: asyncio.Future[tuple[str, Verdict]] = asyncio.get_running_loop().create_future()
        self._known[key] = place
        if len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        try:
            verdict, seconds = await self._grade(suite, task, attempt)
        except BaseException as error:
            self._known.pop(key, None)
            place.set_exception(error if isinstance(error, Exception) else TaskError("judging was interrupted"))
            place.exception()  # read here, so that an error nobody else waits for is not reported as forgotten
            raise
        place.set_result((trial_id, verdict))
        return verdict, seconds

    async def _grade(self, suite: PlannedSuite, task: Task, attempt: Attempt) -> tuple[Verdict, float]:
        judge, begun = _Timed(self._judge), time.monotonic()
        verdict = await self._graders[suite.grader].grade(task, attempt, judge)
        return verdict, time.monotonic() - begun - judge.waited


class _Timed:
    """A judge, and how long it let one answer wait."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self.supports = judge.supports
        self.fingerprint = judge.fingerprint
        self.close = judge.close
        self.waited = 0.0

    async def run(self, job: Job, *, on_run: OnRun | None = None) -> Outcome:
        begun = time.monotonic()
        outcome = await self._judge.run(job, on_run=on_run)
        self.waited += max(0.0, time.monotonic() - begun - outcome.wall_seconds)
        return outcome


def judge_hash_of(suite: PlannedSuite, task: Task) -> str:
    """Everything but task and answer that can change a verdict."""
    taken = edition(task.extract.form)
    return content_hash(suite.judge_hashes.get(task.language, ""), task.limits, *([taken] if taken else ()))


def keep_answer(journal: Journal, attempt: Attempt) -> str:
    """What was taken from the reply, as a blob: judging again needs neither the model nor the extraction."""
    kept = {"files": attempt.files, "text": attempt.text, "problem": attempt.problem, "reason": attempt.reason}
    return journal.blob(msgspec.json.encode(kept, order="sorted"))


def kept_answer(journal: Journal, answer_hash: str) -> Attempt:
    return msgspec.json.decode(journal.read_blob(answer_hash), type=Attempt)
