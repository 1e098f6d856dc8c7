"""The grader `program`: official protocols that judge by how one program of prompt, answer and tests ends.

Exit code 0, and no sign of failure in what it printed, is the official verdict. Tests and answer share the process,
so that verdict can be forged, above all by leaving early; where tests can say that they ran to their end, they say so
with a word that is made anew each time, and an answer that passed without it is flagged. An answer that passed is run
once more with tests of which one expects another value: who passes those, too, has replaced what compares, caught what
it throws, or read what is expected, and is flagged.
"""

from __future__ import annotations

import re
import secrets
from typing import Any

import msgspec

from assay.core.errors import SandboxError, TaskError
from assay.core.judging import Attempt, Ended, Job, Outcome, Program, Ran, Verdict
from assay.core.ports import Judge
from assay.core.task import Task
from assay.core.trial import Status, TestCounts
from assay.formats.altered import altered
from assay.formats.completions import as_completed
from assay.formats.shown import plain
from assay.graders.cases import LOG, first_error

JOINED = "joined"
"""The folder of an attempt's one file that holds prompt and completion joined already. Other folders: `completion`, as
a model gave it; `reply`, code from a conversation."""


class OneProgram(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`Task.grading`, as suites of such benchmarks write it."""

    name: str
    """The program's file."""
    entry: str
    """The function that is asked for."""
    prompt: str
    tests: str
    """They begin on a line of their own."""
    stop: tuple[str, ...] = ()
    """Where a completion ends, at the first of them that it holds."""
    recipe: str = ""
    """The harness whose commands build and run it."""
    ending: str = ""
    """A statement that prints `{word}`."""
    ending_before: str = ""
    """It stands before the last place of this text in the tests; empty: after them."""
    spoiling: str = ""
    """A statement that makes tests fail, for the same place, where they cannot print to anybody."""
    failing: tuple[str, ...] = ()
    """Texts of which each, printed, means failure, whatever the exit code."""

    def joined(self, attempt: Attempt, language: str) -> str:
        """Everything before the tests, as the official harness would join it."""
        path, text = next(iter(attempt.files.items()), ("completion/", ""))
        code = text.encode("utf-8", "replace").decode()
        form = path.partition("/")[0]
        if form == JOINED:
            return code
        if form == "reply":
            return as_completed(code, prompt=self.prompt, name=self.entry, language=language)
        return self.prompt + cut(code, self.stop)

    def program(self, joined: str, last: str = "") -> str:
        """The official program; with `last`, a statement at the end of its tests."""
        tests = self.tests
        if last:
            at = tests.rindex(self.ending_before) if self.ending_before else len(tests)
            tests = f"{tests[:at]}\n{last}\n{tests[at:]}"
        return f"{joined}\n{tests}"


def cut(text: str, stop: tuple[str, ...]) -> str:
    """A completion up to the first of the words that end it."""
    return text[: min((at for word in stop if (at := text.find(word)) >= 0), default=len(text))]


def read_one_program(task: Task) -> OneProgram:
    """Raises TaskError when the task's grading is not of this form."""
    try:
        return msgspec.convert(task.grading, OneProgram)
    except msgspec.ValidationError as error:
        raise TaskError(f"{task.id}: its grading cannot be read: {error}") from error


class ProgramGrader:
    """One program per answer."""

    async def grade(self, task: Task, attempt: Attempt, judge: Judge) -> Verdict:
        """Raises SandboxError or TaskError when the apparatus or the task is at fault."""
        if attempt.problem:
            status = Status.REFUSED if attempt.problem == "refused" else Status.INVALID
            return Verdict(status=status, score=0.0, reason=attempt.reason, tests=TestCounts(errors=1))
        form = read_one_program(task)
        word, joined = secrets.token_hex(16), form.joined(attempt, task.language)
        ending = form.ending.replace("{word}", word)
        verdict = _verdict(form, await _run(task, form, joined, ending, judge), word)
        if verdict.status is not Status.PASSED or verdict.strict is False:
            return verdict
        otherwise = altered(form.tests, calls=("candidate", form.entry))
        if otherwise and not await _passes(task, msgspec.structs.replace(form, tests=otherwise), joined, ending, judge):
            return verdict
        if form.spoiling and await _passes(task, form, joined, form.spoiling, judge):
            return _left_early(verdict.flags)
        return _undecided(verdict.flags) if otherwise else verdict


async def _passes(task: Task, form: OneProgram, joined: str, last: str, judge: Judge) -> bool:
    return _verdict(form, await _run(task, form, joined, last, judge), "").status is Status.PASSED


async def _run(task: Task, form: OneProgram, joined: str, last: str, judge: Judge) -> Outcome:
    return await judge.run(
        Job(
            language=task.language,
            files={form.name: form.program(joined, last)},
            entry=form.name,
            programs=(Program(),),
            recipe=form.recipe,
            limits=task.limits,
        )
    )


def _verdict(form: OneProgram, outcome: Outcome, word: str) -> Verdict:
    flags = (*outcome.flags, "in_process")
    if outcome.ended is Ended.BUILD_FAILED:
        line = first_error(outcome.log)
        return _lost(f"does not compile: {line}" if line else "does not compile", flags, {"log": outcome.log[:LOG]})
    if outcome.ended is Ended.EXCEEDED:
        return _lost(outcome.limit, flags, {"log": outcome.log[-LOG:]}, status=Status.EXCEEDED)
    if outcome.ended is not Ended.DONE or not outcome.programs:
        raise SandboxError(f"the judge observed no end of a program and says “{outcome.ended}”")
    ran = outcome.programs[-1]
    fault = _fault(form, ran)
    if fault:
        log = _text(ran.stdout) + _text(ran.stderr)
        return _lost(fault, flags, {"got": fault, "log": log[-LOG:]})
    if form.ending and word.encode() not in ran.stdout:
        return _left_early(flags)
    return Verdict(status=Status.PASSED, score=1.0, tests=TestCounts(passed=1), flags=flags)


def _left_early(flags: tuple[str, ...]) -> Verdict:
    return _forged("it ended its process before its tests were done", (*flags, "early_exit", "disagree"))


def _undecided(flags: tuple[str, ...]) -> Verdict:
    return _forged("it passes as well when its tests expect another value", (*flags, "disagree"))


def _forged(why: str, flags: tuple[str, ...]) -> Verdict:
    return Verdict(
        status=Status.PASSED,
        score=1.0,
        tests=TestCounts(passed=1),
        strict=False,
        strict_reason=why,
        flags=flags,
    )


def _fault(form: OneProgram, ran: Ran) -> str:
    said = _text(ran.stdout), _text(ran.stderr)
    sign = next((sign for sign in form.failing if any(sign in text for text in said)), "")
    if ran.exit_code == 0 and not sign:
        return ""
    line = _last_words(said[1]) or _last_words(said[0])
    if ran.exit_code == 0:
        return f"its tests failed: {line}"
    ended = f"exit code {ran.exit_code}" if ran.exit_code is not None else f"signal {ran.signal}"
    return f"{ended}: {line}" if line else ended


_NOTHING_SAID = re.compile(r"at |\^|\s|#\d|node:|Node\.js|note: |FAIL\b|exit status|goroutine ")


def _last_words(text: str) -> str:
    """The line that says what went wrong, as far as that can be told in any language."""
    lines = [line for line in text.split("\n") if line.strip()]
    telling = [line for line in lines if re.search(r"[Ee]rror|[Ee]xception|[Aa]ssert|panicked|Fail|expected", line)]
    for line in (*telling[:2], *reversed(lines)):
        if not _NOTHING_SAID.match(line) and not line.endswith(":"):
            return line.strip()[:300]
    return lines[-1].strip()[:300] if lines else ""


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _lost(reason: str, flags: tuple[str, ...], detail: dict[str, Any], *, status: Status = Status.FAILED) -> Verdict:
    return Verdict(
        status=status, score=0.0, reason=plain(reason, 500), tests=TestCounts(failed=1), flags=flags, detail=detail
    )
