"""The grader `tool_states`: calls over several turns, judged by what they do to simulated systems. The leaderboard's
rules of several turns: after each, the systems are as they would be after the right calls, and what those would have
told has been told.

The systems are the benchmark's own programs, and run in the sandbox. Nothing of an answer does: its calls are made one
by one, with plain values.
"""

from __future__ import annotations

from typing import Any

import msgspec

from assay.core.errors import SandboxError, TaskError
from assay.core.judging import Attempt, Ended, Job, Outcome, Step, Verdict
from assay.core.ports import Judge
from assay.core.task import Task
from assay.core.trial import Status, TestCounts
from assay.formats.said_turns import RESULTS, Turns, calls_of, read
from assay.formats.shown import plain

RECIPE = "bigcodebench"
DRIVER = "tool_states"


class Wanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`Task.grading`, as the suite writes it."""

    systems: dict[str, str]
    """Names of the systems' classes, each with its module."""
    config: dict[str, Any]
    long_context: bool
    sources: dict[str, str]
    """The modules' files, by path."""
    truth: list[list[str]]
    """The right calls of each turn."""
    reading: str


class Turn(msgspec.Struct, frozen=True, array_like=True):
    """What came of one turn."""

    made: list[list[str]]
    truth: list[str]
    differences: list[str]


class ToolStatesGrader:
    """Replays the whole conversation. Asked for results, it gives those of the last step."""

    async def grade(self, task: Task, attempt: Attempt, judge: Judge) -> Verdict:
        """Raises SandboxError or TaskError where it is not the answer's fault."""
        try:
            wanted = msgspec.convert(task.grading, Wanted)
        except msgspec.ValidationError as error:
            raise TaskError(f"{task.id}: its grading cannot be read: {error}") from error
        if attempt.problem:
            status = Status.REFUSED if attempt.problem == "refused" else Status.INVALID
            return _verdict(task, status, attempt.problem, attempt.reason)
        try:
            said = read(attempt.files.get(task.extract.path, "[]"))
        except (ValueError, RecursionError):
            return _verdict(task, Status.INVALID, "multi_turn:inference_error", "the answer is no list of turns")
        calls = [[made for step in turn if (made := calls_of(step, wanted.reading))] for turn in said]
        turns = await _replay(task, wanted, calls, judge)
        if isinstance(turns, Outcome):
            await _replay(task, wanted, [[] for _ in wanted.truth], judge, ours=True)
            return _ended(task, turns, calls)
        if attempt.facts == RESULTS:
            return Verdict(status=Status.FAILED, score=0.0, detail={"results": turns[len(calls) - 1].made[-1]})
        if len(said) != len(wanted.truth):
            reason = f"stopped after {len(said)} of {len(wanted.truth)} turns"
            return _verdict(task, Status.FAILED, "multi_turn:force_terminated", reason)
        return _judged(task, wanted, said, turns)


async def _replay(
    task: Task, wanted: Wanted, calls: list[list[list[str]]], judge: Judge, *, ours: bool = False
) -> list[Turn] | Outcome:
    """The outcome where these calls ended the systems' process: `ours` are none of an answer's, and are the task's
    fault then."""
    asked = {
        "systems": wanted.systems, "config": wanted.config, "long_context": wanted.long_context, "calls": calls,
        "truth": wanted.truth,
    }  # fmt: skip
    outcome = await judge.run(
        Job(
            language="python",
            recipe=RECIPE,
            driver=DRIVER,
            files=wanted.sources,
            entry="",
            cases=((Step("call", "replay", (msgspec.json.encode(asked).decode(),)),),),
            limits=task.limits,
        )
    )
    if outcome.ended is not Ended.DONE:
        if not ours:
            return outcome
        raise TaskError(f"{task.id}: its simulated systems cannot be run here: {plain(_how(outcome), 300)}")
    told = outcome.cases[0][0].returned if outcome.cases else None
    if isinstance(told, str):
        raise TaskError(f"{task.id}: its simulated systems cannot be run here: {plain(told, 300)}")
    try:
        return msgspec.convert(told, list[Turn])
    except msgspec.ValidationError as error:
        raise SandboxError("what came of the calls cannot be read") from error


def _how(outcome: Outcome) -> str:
    return outcome.limit or outcome.log.strip().rpartition("\n")[2]


def _ended(task: Task, outcome: Outcome, calls: list[list[list[str]]]) -> Verdict:
    """Its calls ask more of the systems than any that is right. What they told last is an error, then."""
    status = Status.EXCEEDED if outcome.limit else Status.FAILED
    verdict = _verdict(task, status, "multi_turn:inference_error", _how(outcome))
    last = calls[-1][-1] if calls and calls[-1] else []
    results = [f"Error during execution: {plain(_how(outcome), 300)}"] * len(last)
    return msgspec.structs.replace(verdict, detail={**(verdict.detail or {}), "results": results})


def _judged(task: Task, wanted: Wanted, said: Turns, turns: list[Turn]) -> Verdict:
    told: list[str] = []
    for number, (turn, truth) in enumerate(zip(turns, wanted.truth, strict=True), start=1):
        told += [result for step in turn.made for result in step]
        if not truth:
            continue
        if not turn.made:
            return _verdict(task, Status.FAILED, "multi_turn:empty_turn_model_response", f"no call in turn {number}")
        if turn.differences:
            reason = f"after turn {number}, {turn.differences[0]}"
            return _verdict(task, Status.FAILED, "multi_turn:instance_state_mismatch", reason)
        owed = list(told)
        for result in turn.truth:
            if result not in owed:
                reason = f"by turn {number}, nothing has told {result}"
                return _verdict(task, Status.FAILED, "multi_turn:execution_response_mismatch", reason)
            owed.remove(result)
    return _verdict(task, Status.PASSED, "", "")


def _verdict(task: Task, status: Status, word: str, reason: str) -> Verdict:
    """`parts` has a word for what was wrong, by category: what `assay grade` counts."""
    right = status is Status.PASSED
    return Verdict(
        status=status,
        score=float(right),
        reason=plain(reason, 500),
        tests=TestCounts(
            passed=int(right),
            failed=int(status in (Status.FAILED, Status.EXCEEDED)),
            errors=int(status is Status.INVALID),
        ),
        detail={"parts": {task.category: word or "pass"}},
    )
