"""The grader `tests`: tests that an answer holds, judged by what they say of implementations whose worth is known.

They must hold on the one that the model saw and on others that are right as well, and must catch most of the wrong
ones by a failed assertion. Which is which is known on this side only: the box runs one after the other, in an order
that the answer cannot foresee, and reports how the tests ended. Tests that lie about that could as well have said so.
"""

from __future__ import annotations

import random
import re
from typing import Any

import msgspec

from assay.core.errors import SandboxError, TaskError
from assay.core.ids import content_hash
from assay.core.judging import Attempt, Ended, Job, Outcome, Program, Ran, Verdict
from assay.core.ports import Judge
from assay.core.task import Task
from assay.core.trial import Status, TestCounts
from assay.formats.shown import plain
from assay.graders.cases import LOG

RECIPE = "written-tests"
HELD, ASSERTED, NOT_BUILT = 0, 10, 13
_ENDS = {
    ASSERTED: "an assertion fails",
    11: "an error that is no failed assertion",
    12: "no test was found",
    NOT_BUILT: "the tests do not compile",
}
"""Exit codes of what runs tests, in each language."""
_TELLING = re.compile(r"^(?!\s).*(?:Error|\berror\b|[Aa]ssert|panic)|^\s+\S+_test\.go:\d+: ")
"""Lines of a log that say what was wrong."""


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """One implementation."""

    name: str
    files: dict[str, str]
    right: bool


class WrittenTests(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`Task.grading` of a task that asks for tests."""

    judge: str
    entry: str
    """The file that the answer's tests are in."""
    percent: int
    """How many of the wrong implementations must be caught, at least."""
    right: dict[str, dict[str, str]]
    """Implementations by name: the files that are others than those the model saw."""
    wrong: dict[str, dict[str, str]]

    def subjects(self, task: Task) -> list[Subject]:
        """All of them; the one that the model saw is the first."""
        seen = [Subject(name="the implementation as given", files=task.files, right=True)]
        right = [Subject(name=name, files={**task.files, **files}, right=True) for name, files in self.right.items()]
        wrong = [Subject(name=name, files={**task.files, **files}, right=False) for name, files in self.wrong.items()]
        return seen + right + wrong


class WrittenTestsGrader:
    """One job builds the tests with each implementation, where there is something to build, and runs them."""

    async def grade(self, task: Task, attempt: Attempt, judge: Judge) -> Verdict:
        """Raises SandboxError or TaskError when the apparatus or the task is at fault."""
        try:
            wanted = msgspec.convert(task.grading, WrittenTests)
        except msgspec.ValidationError as error:
            raise TaskError(f"{task.id}: its grading cannot be read: {error}") from error
        subjects = wanted.subjects(task)
        if attempt.problem:
            status = Status.REFUSED if attempt.problem == "refused" else Status.INVALID
            return Verdict(status=status, score=0.0, reason=attempt.reason, tests=TestCounts(errors=len(subjects)))
        tests = attempt.files.get(wanted.entry, "").encode("utf-8", "replace").decode()
        order = list(range(len(subjects)))
        random.Random(content_hash(task.task_hash, tests)).shuffle(order)
        programs = tuple(Program(files={**subjects[at].files, wanted.entry: tests}) for at in order)
        outcome = await judge.run(
            Job(
                language=task.language,
                files={},
                entry=wanted.entry,
                programs=programs,
                driver="written_tests",
                recipe=RECIPE,
                limits=task.limits,
            )
        )
        if outcome.ended is Ended.BUILD_FAILED:
            counts = TestCounts(errors=len(subjects))
            detail = {"call": "building the tests", "got": plain(outcome.log, 300), "log": outcome.log[-LOG:]}
            return _lost("the tests cannot be built", counts, outcome.flags, detail)
        if outcome.ended is Ended.EXCEEDED:
            return _over(subjects[order[max(len(outcome.programs) - 1, 0)]], outcome, len(subjects))
        if outcome.ended is not Ended.DONE or len(outcome.programs) != len(subjects):
            raise SandboxError(f"the judge observed {len(outcome.programs)} of {len(subjects)} runs of the tests")
        ran = dict(zip(order, outcome.programs, strict=True))
        return _verdict(wanted, [(subject, ran[at]) for at, subject in enumerate(subjects)], outcome.flags)


def _verdict(wanted: WrittenTests, seen: list[tuple[Subject, Ran]], flags: tuple[str, ...]) -> Verdict:
    refused = [(subject, ran) for subject, ran in seen if subject.right and ran.exit_code != HELD]
    caught = [subject for subject, ran in seen if not subject.right and ran.exit_code == ASSERTED]
    missed = [(subject, ran) for subject, ran in seen if not subject.right and ran.exit_code != ASSERTED]
    held = sum(subject.right for subject, _ in seen) - len(refused)
    tests = TestCounts(passed=held + len(caught), failed=len(refused) + len(missed))
    if refused:
        subject, ran = refused[0]
        which = subject.name if subject is seen[0][0] else f"another right implementation ({subject.name})"
        detail = _detail(which, "the tests hold", ran)
        return _lost(f"on {which}: {detail['got']}", tests, flags, detail)
    needed = -(-wanted.percent * len(wanted.wrong) // 100)
    names = ", ".join(subject.name for subject, _ in missed[:10])
    if len(caught) >= needed:
        left = {"got": plain(f"not caught: {names}", 500)} if missed else None
        return Verdict(status=Status.PASSED, score=1.0, tests=tests, flags=flags, detail=left)
    subject, ran = missed[0]
    reason = f"{len(caught)} of {len(wanted.wrong)} wrong implementations are caught, {needed} are needed"
    detail = _detail(subject.name, "an assertion fails", ran)
    return _lost(f"{reason}; not caught: {names}", tests, flags, detail, score=len(caught) / len(wanted.wrong))


def _detail(name: str, expected: str, ran: Ran) -> dict[str, Any]:
    log = ran.stderr.decode("utf-8", "replace")
    ended = f"signal {ran.signal}" if ran.exit_code is None else f"exit code {ran.exit_code}"
    got = "the tests hold" if ran.exit_code == HELD else _ENDS.get(ran.exit_code or -1, f"they end with {ended}")
    lines = [line for line in log.split("\n") if line.strip()]
    said = [line.strip() for line in lines if _TELLING.search(line)]
    if ran.exit_code == NOT_BUILT:  # further errors may only follow from the first
        said = (said or lines)[:1]
    return {
        "call": f"the tests on {name}",
        "expected": expected,
        "got": plain(f"{got} ({said[-1]})" if said else got, 300),
        "log": log[-LOG:],
    }


def _over(subject: Subject, outcome: Outcome, owed: int) -> Verdict:
    detail = {
        "call": f"the tests on {subject.name}",
        "got": f"over the {outcome.limit} limit",
        "log": outcome.log[-LOG:],
    }
    counts = TestCounts(errors=owed)
    return Verdict(
        status=Status.EXCEEDED, score=0.0, reason=outcome.limit, tests=counts, flags=outcome.flags, detail=detail
    )


def _lost(
    reason: str, tests: TestCounts, flags: tuple[str, ...], detail: dict[str, Any], *, score: float = 0.0
) -> Verdict:
    return Verdict(
        status=Status.FAILED, score=score, reason=plain(reason, 500), tests=tests, flags=flags, detail=detail
    )
