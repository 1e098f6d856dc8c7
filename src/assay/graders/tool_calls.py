"""The grader `tool_calls`: whether an answer makes the calls that are wanted, or none where none is. No program runs.

The rules of the leaderboard (`simple`, `multiple`, `parallel`, `none`, `some`) read answers as it does; `exact`
compares names, values and types as they are, in any order, and reads a text by a dialect where the task names one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from assay.core.errors import TaskError, UserError
from assay.core.judging import Attempt, Verdict
from assay.core.messages import Tool
from assay.core.ports import Judge
from assay.core.task import Task
from assay.core.trial import Status, TestCounts
from assay.formats.official_calls import PROMPTED, READINGS, decode
from assay.formats.official_calls.base import Decoded, Undecodable
from assay.formats.said import Said, read, shown
from assay.formats.shown import plain
from assay.formats.tools import dialect
from assay.graders.call_rules import FINE, Fault, Rules
from assay.graders.exact_calls import exact


class Wanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`Task.grading`, as suites of tool calls write it."""

    rule: str
    functions: list[dict[str, Any]]
    answers: list[dict[str, Any]] = []
    """A map from a function's name to its arguments for each call; for the leaderboard's rules, to lists of values."""
    reading: str = "native"
    """How calls stand in an answer, where the answer itself does not say."""
    language: str = "python"
    """In which the leaderboard's values are spelled."""
    dialect: str = ""
    """For `exact`: the dialect of the text; empty: the server's own calls count."""


class ToolCallsGrader:
    """Compares; asks no judge."""

    async def grade(self, task: Task, attempt: Attempt, judge: Judge) -> Verdict:
        """Raises TaskError when the task's grading is not of this form."""
        try:
            wanted = msgspec.convert(task.grading, Wanted)
            rule = _RULES[wanted.rule]
        except (msgspec.ValidationError, KeyError) as error:
            raise TaskError(f"{task.id}: its grading cannot be read: {error}") from error
        if attempt.problem:
            status = Status.REFUSED if attempt.problem == "refused" else Status.INVALID
            return _verdict(task, status, attempt.problem, attempt.reason)
        try:
            said = read(attempt.files.get(task.extract.path, "{}"))
        except (ValueError, RecursionError):
            return _verdict(task, Status.INVALID, "ast_decoder:decoder_failed", "the answer is no reply as it is kept")
        if said.declined and not said.calls and wanted.rule != "none":
            return _verdict(task, Status.REFUSED, "refused", f"the model would not answer ({said.declined})")
        try:
            word, reason = rule(said, wanted)
        except Undecodable as error:
            return _verdict(task, Status.INVALID, error.word, f"no calls can be read: {error}", said)
        except (KeyError, IndexError, TypeError, AttributeError, UserError) as error:
            raise TaskError(f"{task.id}: its functions and answers do not fit each other: {error!r}") from error
        if not word:
            return _verdict(task, Status.PASSED, "", "")
        return _verdict(task, Status.FAILED, word, reason, said)


def _verdict(task: Task, status: Status, word: str, reason: str, said: Said | None = None) -> Verdict:
    """`parts` has a word for what was wrong, by category: what `assay grade` counts."""
    detail: dict[str, Any] = {"parts": {task.category: word or "pass"}}
    if said is not None:
        detail["got"] = plain(shown(said), 500)
    right = status is Status.PASSED
    return Verdict(
        status=status,
        score=float(right),
        reason=reason,
        tests=TestCounts(passed=int(right), failed=int(status is Status.FAILED), errors=int(status is Status.INVALID)),
        detail=detail,
    )


# --- the leaderboard's rules ------------------------------------------------------------------------


def _read(said: Said, wanted: Wanted) -> tuple[Decoded, bool]:
    reading = said.reading or wanted.reading
    known = READINGS[wanted.language if reading == PROMPTED else reading]
    return decode(said, known), known.dotted


def _single(said: Said, wanted: Wanted) -> Fault:
    calls, dotted = _read(said, wanted)
    rules = Rules(wanted.functions, language=wanted.language, dotted=dotted)
    return rules.single(calls, wanted.answers, checker=f"{wanted.rule}_function_checker")


def _parallel(said: Said, wanted: Wanted) -> Fault:
    calls, dotted = _read(said, wanted)
    return Rules(wanted.functions, language=wanted.language, dotted=dotted).parallel(calls, wanted.answers)


def _calls_at_all(said: Said, wanted: Wanted) -> bool:
    """What cannot be read is no call."""
    try:
        return bool(_read(said, wanted)[0])
    except Undecodable:
        return False


def _none(said: Said, wanted: Wanted) -> Fault:
    return (
        ("irrelevance_error:decoder_success", "a call, where no function fits") if _calls_at_all(said, wanted) else FINE
    )


def _some(said: Said, wanted: Wanted) -> Fault:
    return FINE if _calls_at_all(said, wanted) else ("relevance_error:decoder_failed", "no call, where a function fits")


# --- as it is ---------------------------------------------------------------------------------------


def _exact(said: Said, wanted: Wanted) -> Fault:
    if not wanted.dialect:
        return exact(decode(said, READINGS["native"]) if said.calls else [], wanted.answers)
    tools = [msgspec.convert(function, Tool) for function in wanted.functions]
    parsed = dialect(wanted.dialect).parse(said.text, tools)
    return exact([{call.name: call.arguments} for call in parsed.calls], wanted.answers)


_RULES: dict[str, Callable[[Said, Wanted], Fault]] = {
    "simple": _single,
    "multiple": _single,
    "parallel": _parallel,
    "none": _none,
    "some": _some,
    "exact": _exact,
}
