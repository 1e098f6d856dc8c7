"""The grader `findings`: a review, as a list of places and kinds, against the defects that were planted.

No program runs: a review is data. A finding is right when there is a defect of its kind in its file, so many lines
away at most; each other one is a false alarm. All defects found, with no more false alarms than the task allows, is a
pass; anything less scores the harmonic mean of precision and recall.
"""

from __future__ import annotations

from typing import Any

import msgspec

from assay.core.errors import TaskError
from assay.core.judging import Attempt, Verdict
from assay.core.ports import Judge
from assay.core.task import Task
from assay.core.trial import Status, TestCounts
from assay.formats.shown import plain

_MOST = 500
"""Findings in one review."""


class Found(msgspec.Struct, frozen=True):
    """One finding, as a model gives it; what else it says is for people."""

    file: str
    line: int
    kind: str

    def __str__(self) -> str:
        return plain(f"{self.file}:{self.line} {self.kind}", 120)


class Planted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A defect, or (without kinds) what only looks like one."""

    file: str
    lines: tuple[int, ...]
    kinds: tuple[str, ...] = ()
    why: str = ""

    def near(self, found: Found, tolerance: int) -> bool:
        return found.file == self.file and any(abs(found.line - line) <= tolerance for line in self.lines)

    def __str__(self) -> str:
        return f"{self.file}:{self.lines[0]} {' or '.join(self.kinds)}".rstrip()


class Review(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`Task.grading` of a review."""

    judge: str
    tolerance: int
    false_alarms: int
    kinds: dict[str, str]
    """All that a finding may be of, as the prompt explains them."""
    defects: tuple[Planted, ...]
    decoys: tuple[Planted, ...] = ()


class FindingsGrader:
    """Compares; asks no judge."""

    async def grade(self, task: Task, attempt: Attempt, judge: Judge) -> Verdict:
        """Raises TaskError when the task's grading is not of this form."""
        try:
            review = msgspec.convert(task.grading, Review)
        except msgspec.ValidationError as error:
            raise TaskError(f"{task.id}: its grading cannot be read: {error}") from error
        if attempt.problem:
            status = Status.REFUSED if attempt.problem == "refused" else Status.INVALID
            return Verdict(status=status, score=0.0, reason=attempt.reason, tests=TestCounts(errors=1))
        try:
            findings = read_findings(attempt.files.get(task.extract.path, ""))
        except ValueError as error:
            owed = TestCounts(errors=len(review.defects))
            return Verdict(status=Status.FAILED, score=0.0, reason=plain(str(error), 500), tests=owed)
        return _verdict(review, findings)


def read_findings(text: str) -> list[Found]:
    """Each finding once; ValueError says what is wrong with a text that is no list of them."""
    try:
        told = msgspec.json.decode(text.strip().encode(), type=list[Found], strict=False)
    except (msgspec.DecodeError, RecursionError) as error:
        raise ValueError(f"no list of findings: {error}") from error
    if len(told) > _MOST:
        raise ValueError(f"{len(told)} findings; {_MOST} are the most that are read")
    return list(dict.fromkeys(_tidied(one) for one in told))


def _tidied(found: Found) -> Found:
    """A path as diffs and shells write it, and a kind however it is spelt, are the same path and kind."""
    file = found.file.strip()
    for start in ("./", "a/", "b/"):
        file = file.removeprefix(start)
    return Found(file, found.line, "-".join(found.kind.lower().replace("_", " ").replace("-", " ").split()))


def _verdict(review: Review, findings: list[Found]) -> Verdict:
    found: set[int] = set()
    alarms: list[Found] = []
    for one in findings:
        met = {at for at, defect in enumerate(review.defects) if _meets(one, defect, review.tolerance)}
        found |= met
        if not met:
            alarms.append(one)
    missed = [defect for at, defect in enumerate(review.defects) if at not in found]
    tests = TestCounts(passed=len(found), failed=len(missed) + len(alarms))
    detail = _detail(review, missed, alarms)
    if not missed and len(alarms) <= review.false_alarms:
        return Verdict(status=Status.PASSED, score=1.0, tests=tests, detail=detail if alarms else None)
    score = 2 * len(found) / (len(review.defects) + len(found) + len(alarms))
    reason = f"{len(found)} of {len(review.defects)} defects found, {len(alarms)} false alarms"
    for what, which in (("missed", missed), ("false alarm", alarms)):
        reason += f"; {what}: {which[0]}" if which else ""
    return Verdict(status=Status.FAILED, score=score, reason=reason, tests=tests, detail=detail)


def _meets(found: Found, defect: Planted, tolerance: int) -> bool:
    return found.kind in defect.kinds and defect.near(found, tolerance)


def _detail(review: Review, missed: list[Planted], alarms: list[Found]) -> dict[str, Any]:
    """What a person wants to know: what was missed and why it is one, and which decoys were taken for defects."""
    taken = [decoy for decoy in review.decoys if any(decoy.near(one, review.tolerance) for one in alarms)]
    return {
        "expected": "; ".join(f"{defect}: {defect.why}" for defect in missed) or "no more false alarms",
        "got": "; ".join(map(str, alarms[:20])) or "no false alarm",
        "log": "".join(f"no defect: {decoy}: {decoy.why}\n" for decoy in taken),
    }
