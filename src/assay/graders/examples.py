"""The grader `examples`: documentation, judged by its examples.

The code must be what it was. Each name's documentation must hold an example that calls it; all examples must come to
what they show, on the code as given and on other right implementations; and each name's own must tell at least one
wrong implementation of it from the right one. Examples are taken out of the answer on this side, and what runs in the
box is our implementations beside them, so that nothing there knows which is right.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

import msgspec

from assay.core.errors import SandboxError, TaskError
from assay.core.ids import content_hash
from assay.core.judging import Attempt, Ended, Job, Ran, Verdict
from assay.core.ports import Judge
from assay.core.task import Task
from assay.core.trial import Status, TestCounts
from assay.formats.documented import reader_of
from assay.formats.shown import plain
from assay.graders.cases import LOG
from assay.graders.example_jobs import FAILED, HELD, WORK, Asked, Run, ends
from assay.graders.example_jobs.aside import looks_aside


class Documented(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`Task.grading` of a task that asks for documentation."""

    judge: str
    entry: str
    """The module."""
    right: dict[str, str]
    """Other right implementations of the whole module, by name."""
    wrong: dict[str, dict[str, str]]
    """By the name that is to be documented: wrong implementations, by name."""


class ExamplesGrader:
    """One job runs all examples on all implementations."""

    async def grade(self, task: Task, attempt: Attempt, judge: Judge) -> Verdict:
        """Raises SandboxError or TaskError when the apparatus or the task is at fault."""
        try:
            wanted = msgspec.convert(task.grading, Documented)
        except msgspec.ValidationError as error:
            raise TaskError(f"{task.id}: its grading cannot be read: {error}") from error
        owed = TestCounts(errors=len(wanted.wrong))
        if attempt.problem:
            status = Status.REFUSED if attempt.problem == "refused" else Status.INVALID
            return Verdict(status=status, score=0.0, reason=attempt.reason, tests=owed)
        try:
            asked = _asked(task, wanted, attempt.files)
            work = WORK[task.language](asked)
        except ValueError as error:
            return _lost(plain(f"{error}", 500), owed)
        order = list(range(len(work.programs)))
        _chance(task, attempt.files).shuffle(order)
        outcome = await judge.run(
            Job(
                language=task.language,
                files=work.files,
                entry=work.entry,
                programs=tuple(work.programs[at] for at in order),
                driver=work.driver,
                recipe=work.recipe,
                limits=task.limits,
            )
        )
        flags = outcome.flags
        if looks_aside(task.language, asked):
            flags = (*flags, "looks_aside")
        if outcome.ended is Ended.EXCEEDED:
            return _lost(outcome.limit, owed, flags=flags, log=outcome.log, status=Status.EXCEEDED)
        if outcome.ended is Ended.BUILD_FAILED:
            reason = "the examples do not compile on all implementations"
            return _lost(reason, owed, flags=flags, log=outcome.log)
        if outcome.ended is not Ended.DONE or len(outcome.programs) != len(order):
            raise SandboxError(f"the judge observed {len(outcome.programs)} of {len(order)} runs of the examples")
        ran = dict(zip(order, outcome.programs, strict=True))
        seen = ends(asked, work, [ran[at] for at in range(len(order))])
        return _verdict(wanted, list(zip(asked.runs, seen, strict=True)), flags)


def _chance(task: Task, answer: Mapping[str, str]) -> random.Random:
    """The same for the same answer, and nothing that the answer could foresee."""
    return random.Random(content_hash(task.task_hash, dict(answer)))


def _asked(task: Task, wanted: Documented, answer: Mapping[str, str]) -> Asked:
    """What is to be run; ValueError says what is wrong with the answer."""
    reader, entry, given = reader_of(task.language), wanted.entry, task.files[wanted.entry]
    files = {path: answer.get(path, "") for path in reader.files(entry)}
    try:
        if reader.read(files[entry]).code != reader.read(given).code:
            raise ValueError("its code was changed; only what documents it may be")
        examples = reader.examples(files, entry, tuple(wanted.wrong))
    except ValueError as error:
        raise ValueError(f"{entry}: {error}") from error
    runs = _runs(given, wanted)
    chance = _chance(task, answer)
    keys = [f"p{chance.getrandbits(48):012x}" for _ in runs]
    return Asked(entry=entry, runs=runs, keys=keys, examples=examples, answer=files)


def _runs(given: str, wanted: Documented) -> list[Run]:
    """Those of right implementations are one for each name too: an answer that counts names learns nothing."""
    right = {"the code as given": given} | {f"another right implementation ({n})": c for n, c in wanted.right.items()}
    return [Run(what, code, (name,)) for what, code in right.items() for name in wanted.wrong] + [
        Run(what, code, (name,), name) for name, wrong in wanted.wrong.items() for what, code in wrong.items()
    ]


def _verdict(wanted: Documented, seen: list[tuple[Run, Ran]], flags: tuple[str, ...]) -> Verdict:
    for run, ran in seen:
        if not run.wrong and ran.exit_code != HELD:
            failed = TestCounts(failed=len(wanted.wrong))
            log = ran.stderr.decode("utf-8", "replace")
            return _lost(_not_held(run, ran), failed, flags=flags, log=log)
    telling = {run.wrong for run, ran in seen if run.wrong and ran.exit_code == FAILED}
    idle = [name for name in wanted.wrong if name not in telling]
    tests = TestCounts(passed=len(telling), failed=len(idle))
    if not idle:
        return Verdict(status=Status.PASSED, score=1.0, tests=tests, flags=flags)
    reason = f"the examples of {', '.join(idle[:5])} hold on every wrong implementation too"
    return _lost(reason, tests, flags=flags, score=len(telling) / len(wanted.wrong))


def _not_held(run: Run, ran: Ran) -> str:
    """Which name's example it was, as far as the program came to say it."""
    number = (ran.exit_code or 0) - FAILED
    if 0 <= number < len(run.names):
        return f"an example of {run.names[number]} does not hold on {run.what}"
    ended = f"signal {ran.signal}" if ran.exit_code is None else f"exit code {ran.exit_code}"
    return f"the examples end with {ended} on {run.what}"


def _lost(
    reason: str,
    tests: TestCounts,
    *,
    flags: tuple[str, ...] = (),
    log: str = "",
    score: float = 0.0,
    status: Status = Status.FAILED,
) -> Verdict:
    detail: dict[str, Any] = {
        "expected": "examples that hold, and that tell",
        "got": plain(reason, 500),
        "log": log[-LOG:],
    }
    return Verdict(status=status, score=score, reason=plain(reason, 500), tests=tests, flags=flags, detail=detail)
