"""The grading form of `cases`: what a task says of its cases, as values; and the job made of them."""

from __future__ import annotations

from typing import Any

import msgspec

from assay.core.errors import TaskError
from assay.core.judging import Attempt, Job, Program, Step
from assay.core.task import Task
from assay.formats.shapes.asked import Shape
from assay.formats.shapes.look import may_be_there
from assay.formats.values import from_json


class Expectation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One step of a case: what to do, and what should come of it."""

    call: str = ""
    new: str = ""
    do: str = ""
    args: tuple[Any, ...] = ()
    returns: Any = msgspec.UNSET
    raises: Any = msgspec.UNSET
    after: Any = msgspec.UNSET
    match: Any = "exact"
    name: str = ""

    @property
    def step(self) -> Step:
        if self.call:
            return Step("call", self.call, self.args)
        return Step("new", self.new, self.args) if self.new else Step("do", self.do, self.args)


class Sequence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Steps that belong together."""

    steps: tuple[Expectation, ...]
    match: Any = "exact"
    name: str = ""


class Run(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a program is started."""

    argv: tuple[str, ...] = ()
    stdin: str = ""
    files: dict[str, str] = {}


class Printed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One run of a program, and what should come of it."""

    run: Run
    stdout: str | None = None
    exit: int = 0
    files: dict[str, str] = {}
    match: Any = "exact"
    name: str = ""


class Grading(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`Task.grading`, as suites write it."""

    entry: str
    api: tuple[str, ...] = ()
    records: dict[str, tuple[str, ...]] = {}
    cases: tuple[dict[str, Any], ...] = ()
    checker: str = ""
    judge: str = "cases"
    tests: dict[str, str] = {}
    shape: Shape = Shape()
    """What the answer must look like besides."""
    test_entry: str = ""
    """For `in-process`: the file of `tests` that is the test program."""

    @property
    def in_process(self) -> bool:
        return self.judge == "in-process"

    @property
    def by_programs(self) -> bool:
        return self.in_process or any("run" in case for case in self.cases)


def read_grading(task: Task) -> Grading:
    """Raises TaskError when the task's grading is not of this form."""
    try:
        return msgspec.convert(task.grading, Grading)
    except msgspec.ValidationError as error:
        raise TaskError(f"{task.id}: its grading cannot be read: {error}") from error


def read_calls(task: Task, grading: Grading) -> tuple[Sequence, ...]:
    """The cases as sequences of steps; a single call is a sequence of one."""
    try:
        return tuple(_sequence(case) for case in grading.cases)
    except (msgspec.ValidationError, ValueError) as error:
        raise TaskError(f"{task.id}: a case cannot be read: {error}") from error


def _sequence(case: dict[str, Any]) -> Sequence:
    if "steps" not in case:
        call = msgspec.convert(case, Expectation)
        return Sequence((_decoded(call, "exact"),), name=call.name)
    whole = msgspec.convert(case, Sequence)
    steps = tuple(_decoded(step, whole.match) for step in whole.steps)
    return msgspec.structs.replace(whole, steps=steps)


def _decoded(step: Expectation, match: Any) -> Expectation:
    """Its values as Python ones; a step without its own `match` takes the sequence's."""
    changes: dict[str, Any] = {"args": tuple(from_json(value) for value in step.args)}
    if step.match == "exact":
        changes["match"] = match
    if step.returns is not msgspec.UNSET:
        changes["returns"] = from_json(step.returns)
    if step.after is not msgspec.UNSET:
        changes["after"] = [from_json(value) for value in step.after]
    return msgspec.structs.replace(step, **changes)


def read_programs(task: Task, grading: Grading) -> tuple[Printed, ...]:
    """The runs; an in-process task without lines of its own is one run that must end well."""
    if grading.in_process and not grading.cases:
        return (Printed(Run()),)
    try:
        return tuple(msgspec.convert(case, Printed) for case in grading.cases)
    except msgspec.ValidationError as error:
        raise TaskError(f"{task.id}: a case cannot be read: {error}") from error


def _own(task: Task, attempt: Attempt, grading: Grading) -> dict[str, str]:
    """The answer's files; where they are held to a shape, without those in which nobody would look for code."""
    if grading.shape == Shape():
        return attempt.files
    return {
        path: text
        for path, text in attempt.files.items()
        if path in task.files or may_be_there(path, text, language=task.language)
    }


def build_job(task: Task, attempt: Attempt, grading: Grading) -> Job:
    """One job with all cases: the answer over the starting files, in-process tests over both."""
    tests = grading.tests if grading.in_process else {}  # else nothing of them is ever beside an answer
    files = {**task.files, **_own(task, attempt, grading), **tests}
    common = {
        "language": task.language,
        "files": files,
        "api": grading.api,
        "records": grading.records,
        "as_written": grading.shape != Shape(),
    }
    if not grading.by_programs:
        cases = tuple(tuple(step.step for step in case.steps) for case in read_calls(task, grading))
        return Job(entry=grading.entry, cases=cases, limits=task.limits, **common)  # type: ignore[arg-type]
    programs = tuple(
        Program(case.run.argv, case.run.stdin, case.run.files, tuple(case.files))
        for case in read_programs(task, grading)
    )
    entry = grading.test_entry if grading.in_process else grading.entry
    return Job(entry=entry, programs=programs, suite_files=tuple(tests), limits=task.limits, **common)  # type: ignore[arg-type]
