"""The grader `image`: a script works in a container of the task's own image, and tests that are put there afterwards
write a reward, as Harbor has it.

What the tests run on is what the answer left, so a verdict could be forged: each is flagged so.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import msgspec

from assay.core.errors import SandboxError, TaskError
from assay.core.judging import Attempt, Ended, Job, Outcome, Program, Ran, Verdict
from assay.core.ports import Judge
from assay.core.task import Task
from assay.core.trial import Status, TestCounts
from assay.formats.shown import plain
from assay.formats.test_output import shortened

RECIPE = "image"
REWARDS = ("reward.json", "reward.txt")
"""Where tests may leave their verdict; the first that is there holds."""


class Imaged(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`Task.grading`, as the reader of folders writes it."""

    judge: str
    image: str
    workdir: str
    tests: dict[str, str]


class ImageGrader:
    """The reward is the score; passed is 1."""

    async def grade(self, task: Task, attempt: Attempt, judge: Judge) -> Verdict:
        """Raises SandboxError, TaskError or Unsupported where it is not the answer's fault."""
        try:
            owed = msgspec.convert(task.grading, Imaged)
        except msgspec.ValidationError as error:
            raise TaskError(f"{task.id}: its grading cannot be read: {error}") from error
        if attempt.problem:
            status = Status.REFUSED if attempt.problem == "refused" else Status.INVALID
            return Verdict(status=status, score=0.0, reason=attempt.reason, tests=TestCounts(errors=1))
        return _verdict(await judge.run(_job(task, owed, attempt.files)))


def _job(task: Task, owed: Imaged, answer: Mapping[str, str]) -> Job:
    parts = (("environment", task.files), ("solution", answer), ("tests", owed.tests))
    return Job(
        language=task.language,
        recipe=RECIPE,
        files={f"{folder}/{path}": text for folder, files in parts for path, text in files.items()},
        entry=task.extract.path,
        programs=(Program(argv=(owed.image, owed.workdir), collect=REWARDS),),
        limits=task.limits,
    )


def _verdict(outcome: Outcome) -> Verdict:
    flags = tuple(dict.fromkeys((*outcome.flags, "in_process")))
    detail = {"log": shortened(outcome.log)}
    if outcome.ended is Ended.EXCEEDED:
        return Verdict(
            status=Status.EXCEEDED, score=0.0, reason=outcome.limit, tests=TestCounts(failed=1), flags=flags,
            detail=detail,
        )  # fmt: skip
    if outcome.ended is Ended.DONE and not outcome.programs:
        raise SandboxError("the judge observed no run of the tests")
    reward = _reward(outcome.programs[-1]) if outcome.programs else None
    score, last = reward or 0.0, plain(outcome.log.strip().rpartition("\n")[2], 300)
    reason = f"the tests left no reward: {last}" if reward is None else f"reward {reward:g}"
    if not 0 <= score <= 1:
        score, reason = 0.0, f"{reason}, and a score lies between 0 and 1"
    if score == 1:
        return Verdict(status=Status.PASSED, score=1.0, tests=TestCounts(passed=1), flags=flags)
    return Verdict(
        status=Status.FAILED, score=score, reason=reason, tests=TestCounts(failed=1), flags=flags, detail=detail
    )


def _reward(ran: Ran) -> float | None:
    """One number: the one called `reward`, or the mean of all of them; None where nothing can be read. An answer could
    see to that, or to any number, so it is held against it."""
    held = next((ran.files[name] for name in REWARDS if name in ran.files), None)
    if held is None:
        return None
    try:
        told = msgspec.json.decode(held.strip(), type=float | dict[str, float])
    except msgspec.DecodeError:
        return None
    if isinstance(told, dict):
        told = told["reward"] if "reward" in told else math.fsum(told.values()) / len(told) if told else math.nan
    return float(told) if math.isfinite(told) else None
