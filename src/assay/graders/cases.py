"""The grader `cases`: runs an answer on a task's cases and compares on this side of the wall.

The judge is told what to call and never what should come of it; what it saw is compared here. In the
order of the cases, the first thing wrong decides the verdict and is what a person is told.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import msgspec

from assay.core.errors import SandboxError
from assay.core.judging import Attempt, Ended, Job, Outcome, Ran, Seen, Verdict
from assay.core.ports import Judge
from assay.core.task import Task
from assay.core.trial import Status, TestCounts
from assay.formats.altered import altered_assertion
from assay.formats.shapes.asked import Shape
from assay.formats.shapes.look import shape_fault
from assay.formats.shown import plain, render
from assay.graders.checker import Question, ask_checker
from assay.graders.compare import left_early, run_fault, shown_error, step_fault
from assay.graders.decided import decided_by_tests
from assay.graders.grading import (
    Expectation,
    Grading,
    Printed,
    Sequence,
    build_job,
    read_calls,
    read_grading,
    read_programs,
)

LOG = 4000
"""Characters of a log that go into a verdict: its end, where the error is."""


class Finding(msgspec.Struct, frozen=True):
    """What one observed case came to."""

    fault: str = ""
    """Empty when it is right."""
    limit: str = ""
    detail: dict[str, Any] = {}
    questions: tuple[Question, ...] = ()
    """What is left for the checker to decide, if nothing else is wrong."""


class CasesGrader:
    """Judges all cases of a task in one job."""

    async def grade(self, task: Task, attempt: Attempt, judge: Judge) -> Verdict:
        """Raises SandboxError or TaskError when the apparatus or the task is at fault."""
        grading = read_grading(task)
        cases = read_programs(task, grading) if grading.by_programs else read_calls(task, grading)
        if attempt.problem:
            status = Status.REFUSED if attempt.problem == "refused" else Status.INVALID
            return _lost(status, attempt.reason, TestCounts(errors=len(cases)), ())
        job = build_job(task, attempt, grading)
        outcome = await judge.run(job)
        flags = _flags(grading, cases, outcome)
        if outcome.ended is Ended.BUILD_FAILED:
            return _not_built(outcome, len(cases), flags)
        findings = _look(cases, outcome, job)
        findings = await _checked(task, grading, findings, judge)
        verdict = await _in_shape(task, attempt, grading, _conclude(cases, findings, outcome, flags))
        if grading.in_process and verdict.status is Status.PASSED:
            return await _decided_by_tests(task, attempt, grading, verdict, judge)
        return verdict


async def _decided_by_tests(task: Task, attempt: Attempt, grading: Grading, verdict: Verdict, judge: Judge) -> Verdict:
    """One who passed a test program in one process with it has to fail it when it expects something else."""
    tests = {path: altered_assertion(text) or text for path, text in grading.tests.items()}
    if tests == grading.tests:
        return verdict
    otherwise = msgspec.structs.replace(grading, tests=tests)
    cases = read_programs(task, otherwise)

    async def passes(files: Mapping[str, str]) -> bool:
        job = build_job(task, Attempt(files=dict(files)), otherwise)
        outcome = await judge.run(job)
        return _conclude(cases, _look(cases, outcome, job), outcome, ()).status is Status.PASSED

    return await decided_by_tests(verdict, passes, attempt.files, task.solution) or verdict


async def _in_shape(task: Task, attempt: Attempt, grading: Grading, verdict: Verdict) -> Verdict:
    """An answer that does what it should must also look as it should, where the task says how."""
    if verdict.status is not Status.PASSED or grading.shape == Shape():
        return verdict
    files = {**task.files, **attempt.files}  # a hostile one keeps the parser busy for seconds
    fault = await asyncio.to_thread(shape_fault, grading.shape, files, language=task.language)
    if not fault:
        return verdict
    detail = {"expected": "the shape that the prompt asks for", "got": plain(fault, 500)}
    return _lost(Status.FAILED, f"shape: {fault}", verdict.tests, verdict.flags, detail)


def _flags(grading: Grading, cases: tuple[Sequence, ...] | tuple[Printed, ...], outcome: Outcome) -> tuple[str, ...]:
    """What the judge noticed, and what only those know who know what was asked for."""
    flags = dict.fromkeys(outcome.flags)
    for case, seen in zip(cases, outcome.cases, strict=False):
        steps = zip(case.steps, seen, strict=False) if isinstance(case, Sequence) else ()
        if any(left_early(one) and not _asks_to_leave(step) for step, one in steps):
            flags["early_exit"] = None
    if grading.in_process:
        flags["in_process"] = None
    return tuple(flags)


def _asks_to_leave(step: Expectation) -> bool:
    wanted = step.raises.get("kind") if isinstance(step.raises, dict) else step.raises
    return wanted in ("SystemExit", "BaseException")


# --- looking ----------------------------------------------------------------------------------------


def _look(cases: tuple[Sequence, ...] | tuple[Printed, ...], outcome: Outcome, job: Job) -> list[Finding]:
    seen = outcome.programs if job.programs else outcome.cases
    if len(seen) > len(cases) or (outcome.ended is Ended.DONE and len(seen) < len(cases)):
        raise SandboxError(f"the judge observed {len(seen)} of {len(cases)} cases and says “{outcome.ended}”")
    findings = []
    for index, one in enumerate(seen):
        case = cases[index]
        if isinstance(case, Printed) and isinstance(one, Ran):
            findings.append(_look_at_run(index, case, one))
        elif isinstance(case, Sequence) and isinstance(one, tuple):
            findings.append(_look_at_steps(index, case, one))
    return findings


def _look_at_run(index: int, case: Printed, ran: Ran) -> Finding:
    detail = {
        "call": plain(f"program {' '.join(case.run.argv)}".strip()) + f" with stdin {render(case.run.stdin)}",
        "expected": render(case.stdout, 2000) if case.stdout is not None else f"exit code {case.exit}",
        "got": render(ran.stdout.decode("utf-8", "replace"), 2000),
        "log": _tail(ran.stderr.decode("utf-8", "replace")),
    }
    if ran.limit:
        return Finding(f"ran over the {ran.limit} limit", ran.limit, detail)
    fault = run_fault(case, ran)
    if not fault and case.match == "checker":
        run = {"argv": list(case.run.argv), "stdin": case.run.stdin, "files": dict(case.run.files)}
        return Finding("", "", detail, (Question(index, (run, ran.stdout.decode("utf-8", "replace"))),))
    return Finding(fault, "", detail)


def _look_at_steps(index: int, case: Sequence, seen: tuple[Seen, ...]) -> Finding:
    """The first step that is wrong decides; a checker is asked only where nothing else is."""
    questions: list[Question] = []
    detail: dict[str, Any] = {}
    for number, expected in enumerate(case.steps):
        if number >= len(seen):
            return Finding(f"{_shown_call(expected)} was not reached", detail=_step_detail(expected, None))
        if fault := step_fault(expected, seen[number]):
            return Finding(f"{_shown_call(expected)} {fault}", detail=_step_detail(expected, seen[number]))
        if expected.match == "checker" and expected.raises is msgspec.UNSET:
            questions.append(Question(index, (list(expected.step.args), seen[number].returned)))
            detail = detail or _step_detail(expected, seen[number])
    return Finding(detail=detail, questions=tuple(questions))


def _shown_call(step: Expectation) -> str:
    arguments = ", ".join(render(value, 60) for value in step.step.args)
    name = step.call or (f"new {step.new}" if step.new else f".{step.do}")
    return f"{name}({arguments if len(arguments) <= 160 else arguments[:160] + '…'})"


def _step_detail(step: Expectation, seen: Seen | None) -> dict[str, Any]:
    if step.raises is not msgspec.UNSET:
        expected = f"raises {render(step.raises, 400)}"
    elif step.match == "checker":
        expected = "what the checker accepts"
    else:
        wanted = step.after if step.returns is msgspec.UNSET else step.returns
        expected = "no error" if wanted is msgspec.UNSET else render(wanted, 2000)
    if seen is None:
        got = "nothing"
    elif seen.raised is not None:
        got = f"raised {shown_error(seen.raised)}"
    else:
        by_arguments = step.returns is msgspec.UNSET and step.after is not msgspec.UNSET
        got = render(list(seen.args_after) if by_arguments else seen.returned, 2000)
    return {"call": _shown_call(step), "expected": expected, "got": got}


async def _checked(task: Task, grading: Grading, findings: list[Finding], judge: Judge) -> list[Finding]:
    """The findings with the checker's word on what was left to it."""
    questions = [question for finding in findings for question in finding.questions]
    if not questions:
        return findings
    answers = await ask_checker(task, grading.checker, questions, judge)
    faults: dict[int, str] = {}
    for question, answer in zip(questions, answers, strict=True):
        if answer:
            faults.setdefault(question.case, answer)
    return [_with_answer(finding, faults.get(index, "")) for index, finding in enumerate(findings)]


def _with_answer(finding: Finding, fault: str) -> Finding:
    if not fault:
        return finding
    call, got = finding.detail.get("call", ""), finding.detail.get("got", "")
    text = f"{call} gave {plain(str(got), 120)}: {plain(fault)}"
    return msgspec.structs.replace(finding, fault=text)


# --- concluding -------------------------------------------------------------------------------------


def _conclude(
    cases: tuple[Sequence, ...] | tuple[Printed, ...],
    findings: list[Finding],
    outcome: Outcome,
    flags: tuple[str, ...],
) -> Verdict:
    failed = [index for index, finding in enumerate(findings) if finding.fault]
    counts = TestCounts(passed=len(findings) - len(failed), failed=len(failed), errors=len(cases) - len(findings))
    if failed:
        index = failed[0]
        first = findings[index]
        name = _case_name(cases, index)
        detail = {"case": name, "log": _tail(outcome.log), **first.detail}
        if first.limit:
            return _lost(Status.EXCEEDED, first.limit, counts, flags, detail)
        return _lost(Status.FAILED, f"{name}: {first.fault}", counts, flags, detail)
    if outcome.ended is Ended.DONE:
        return Verdict(status=Status.PASSED, score=1.0, tests=counts, flags=flags)
    return _ended_early(cases, len(findings), outcome, counts, flags)


def _ended_early(
    cases: tuple[Sequence, ...] | tuple[Printed, ...],
    observed: int,
    outcome: Outcome,
    counts: TestCounts,
    flags: tuple[str, ...],
) -> Verdict:
    """Nothing observed is wrong, but not all that is owed was observed."""
    where = _case_name(cases, observed) if observed < len(cases) else "after the last case"
    detail: dict[str, Any] = {"case": where, "got": "nothing", "log": _tail(outcome.log)}
    if observed < len(cases):
        case = cases[observed]
        if isinstance(case, Sequence):
            detail["call"] = _shown_call(case.steps[0])
    if outcome.ended is Ended.EXCEEDED:
        return _lost(Status.EXCEEDED, outcome.limit, counts, flags, detail)
    last = plain(outcome.log.strip().rpartition("\n")[2])
    return _lost(Status.FAILED, f"{where}: it crashed{f' ({last})' if last else ''}", counts, flags, detail)


def _case_name(cases: tuple[Sequence, ...] | tuple[Printed, ...], index: int) -> str:
    name = cases[index].name
    return f"case {index + 1} ‘{plain(name, 80)}’" if name else f"case {index + 1}"


def _lost(
    status: Status, reason: str, tests: TestCounts, flags: tuple[str, ...], detail: dict[str, Any] | None = None
) -> Verdict:
    return Verdict(status=status, score=0.0, reason=plain(reason, 500), tests=tests, flags=flags, detail=detail)


def _not_built(outcome: Outcome, owed: int, flags: tuple[str, ...]) -> Verdict:
    line = first_error(outcome.log)
    reason = f"does not compile: {line}" if line else "does not compile"
    detail = {"log": outcome.log[:LOG]}
    return _lost(Status.FAILED, reason, TestCounts(errors=owed), flags, detail)


def first_error(log: str) -> str:
    """The line of a compiler's output that says what is wrong."""
    lines = [line.strip() for line in log[: 64 * 1024].split("\n") if line.strip()]
    found = next((line for line in lines if "error" in line.lower()), lines[0] if lines else "")
    return plain(found, 300)


def _tail(log: str) -> str:
    return log[-LOG:]
