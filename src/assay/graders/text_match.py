"""The grader `text_match`: a reply in words, compared with stored answers; any of them will do. No program runs."""

from __future__ import annotations

from typing import Any

import msgspec

from assay.core.errors import TaskError
from assay.core.judging import Attempt, Verdict
from assay.core.ports import Judge
from assay.core.task import Task
from assay.core.trial import Status, TestCounts
from assay.formats.shown import plain
from assay.graders.text_rules import RULES, f1_score


class Wanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`Task.grading`, as suites of questions write it."""

    rule: str
    ideals: list[str]


class TextMatchGrader:
    """Compares; asks no judge."""

    async def grade(self, task: Task, attempt: Attempt, judge: Judge) -> Verdict:
        """Raises TaskError when the task's grading is not of this form."""
        try:
            wanted = msgspec.convert(task.grading, Wanted)
            rule = RULES[wanted.rule]
        except (msgspec.ValidationError, KeyError) as error:
            raise TaskError(f"{task.id}: its grading cannot be read: {error}") from error
        if attempt.problem:
            status = Status.REFUSED if attempt.problem == "refused" else Status.INVALID
            return Verdict(status=status, score=0.0, reason=attempt.reason, tests=TestCounts(errors=1))
        reply = attempt.files.get(task.extract.path, attempt.text)
        detail: dict[str, Any] = {}
        if wanted.rule == "fuzzy_match":
            detail["f1_score"] = f1_score(reply, wanted.ideals)
        if any(rule(reply, ideal) for ideal in wanted.ideals):
            return Verdict(status=Status.PASSED, score=1.0, tests=TestCounts(passed=1), detail=detail or None)
        expected = " or ".join(f"“{plain(ideal, 200)}”" for ideal in wanted.ideals[:5])
        return Verdict(
            status=Status.FAILED,
            score=0.0,
            reason=f"it is no {wanted.rule.replace('_', ' ')} of {expected}",
            tests=TestCounts(failed=1),
            detail={"expected": expected, "got": plain(reply, 500), **detail},
        )
