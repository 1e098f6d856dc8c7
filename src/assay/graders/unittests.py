"""The grader `unittests`: BigCodeBench's protocol, where unit tests and answer are one module in one process.

Nothing outside can tell what such tests would have said of an answer, as they patch what it calls: a trial that
passes carries the flag that its verdict could have been forged.
"""

from __future__ import annotations

import asyncio

import msgspec

from assay.core.errors import SandboxError, TaskError
from assay.core.judging import Attempt, Ended, Job, Outcome, Step, Verdict
from assay.core.ports import Judge
from assay.core.task import Task
from assay.core.trial import Status, TestCounts
from assay.formats.shown import plain
from assay.graders.official import HALVES

RECIPE = "bigcodebench"


class UnitTests(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`Task.grading`, as the suite writes it."""

    before: str
    """What stands before every answer: the official harness puts the imports and the empty function there."""
    tests: str
    """The class `TestCases`."""
    prompt: str
    """What a bare completion goes on with."""


class UnitTestsGrader:
    """One module per answer. Some tests want a network, a clock or a library as it was when they were written: before
    an answer is said to be wrong, the task's own solution is tried, once, and where that fails the task is at fault."""

    def __init__(self) -> None:
        self._own: dict[str, asyncio.Future[Verdict]] = {}

    async def grade(self, task: Task, attempt: Attempt, judge: Judge) -> Verdict:
        """Raises SandboxError or TaskError when the apparatus or the task is at fault."""
        try:
            wanted = msgspec.convert(task.grading, UnitTests)
        except msgspec.ValidationError as error:
            raise TaskError(f"{task.id}: its grading cannot be read: {error}") from error
        if attempt.problem:
            status = Status.REFUSED if attempt.problem == "refused" else Status.INVALID
            return Verdict(status=status, score=0.0, reason=attempt.reason, tests=TestCounts(errors=1))
        verdict = await _judged(task, wanted, attempt.files, judge)
        if verdict.status is not Status.PASSED:
            own = self._own.get(task.task_hash)
            if own is None:
                own = self._own[task.task_hash] = asyncio.ensure_future(_judged(task, wanted, task.solution, judge))
            truth = await asyncio.shield(own)
            if truth.status is not Status.PASSED:
                raise TaskError(f"{task.id}: here its own solution fails as well: {truth.reason}")
        return verdict


async def _judged(task: Task, wanted: UnitTests, files: dict[str, str], judge: Judge) -> Verdict:
    answer = HALVES.sub("\0", files.get(task.extract.path, ""))
    program = f"{wanted.before}{answer}\n{wanted.tests}"
    outcome = await judge.run(
        Job(
            language=task.language,
            files={},
            entry="",
            driver="unittests",
            recipe=RECIPE,
            cases=((Step("call", "run", (program, task.limits.cpu)),),),
            limits=task.limits,
        )
    )
    return _verdict(outcome)


def _verdict(outcome: Outcome) -> Verdict:
    if outcome.ended is Ended.EXCEEDED:
        return _lost(Status.EXCEEDED, outcome.limit, outcome)
    if outcome.ended is not Ended.DONE:
        last = outcome.log.strip().rpartition("\n")[2]
        return _lost(Status.FAILED, f"it ended its process: {last}", outcome)
    match [case[0].returned for case in outcome.cases]:
        case [["slow"]]:
            return _lost(Status.EXCEEDED, "wall", outcome)
        case [["failed", str(text)]]:
            return _lost(Status.FAILED, text, outcome, details={"ALL": text})
        case [["ran", int(count), []]]:
            flags = dict.fromkeys((*outcome.flags, "in_process"))
            return Verdict(status=Status.PASSED, score=1.0, tests=TestCounts(passed=count), flags=tuple(flags))
        case [["ran", int(count), [_, *_] as wrong]] if all(map(_is_trace, wrong)):
            details = {name: plain(trace, 4000) for name, trace in wrong}
            last = wrong[0][1].strip().rpartition("\n")[2]
            tests = TestCounts(passed=max(count - len(wrong), 0), failed=len(wrong))
            return _lost(Status.FAILED, f"{wrong[0][0]}: {last}", outcome, tests=tests, details=details)
        case []:
            raise SandboxError("the judge observed no end of tests that are done")
    forged = msgspec.structs.replace(outcome, flags=(*outcome.flags, "wrote_channel"))
    return _lost(Status.FAILED, "it wrote to the channel on which its result is reported", forged)


def _is_trace(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(isinstance(part, str) for part in value)


def _lost(
    status: Status,
    reason: str,
    outcome: Outcome,
    *,
    tests: TestCounts = TestCounts(failed=1),  # noqa: B008 - a frozen value
    details: dict[str, str] | None = None,
) -> Verdict:
    """`details` are the official ones: test by test what was wrong."""
    short = plain(reason, 500)
    return Verdict(
        status=status,
        score=0.0,
        reason=short,
        tests=tests,
        flags=tuple(dict.fromkeys(outcome.flags)),
        detail={"got": short, "log": plain(outcome.log[-2000:], 2000), "details": details or {}},
    )
