"""The grader `evalplus`: an answer called on a task's base and plus inputs, its results compared from outside.

Both parts are run, each in a process of its own, as the official evaluator does; passed is what passes both. No
expected value is in the answer's process: it tells digests of its results, and those that are not the expected ones
to the byte are compared elsewhere, beside the benchmark's own solution. Only results that cannot cross (an object of
numpy's, of the answer's own class) are compared in its process, as officially; that is flagged, and not strict.
"""

from __future__ import annotations

import json
from typing import Any

import msgspec

from assay.core.errors import TaskError
from assay.core.judging import Attempt, Ended, Job, Outcome, Step, Verdict
from assay.core.ports import Judge
from assay.core.task import Limits, Task
from assay.core.trial import Status, TestCounts
from assay.formats.shown import plain, render
from assay.graders.expected import DIGEST, OURS, Expected, Inputs, Oracle

PARTS = ("base", "plus")
LEAST_SECONDS, TIMES_OWN, IN_ALL, SLACK = 4.0, 4.0, 60.0, 2.0
"""Each input: four seconds, or four times what the benchmark's own solution takes; all: a minute and two seconds."""

TOLD = ("done", "fail", "slow", "timeout", "broken")
"""How an answer's process says that it came to its end: all called; an error; too long for one input; for all; an
error before the first call."""
LIMITS = {
    "slow": "wall", "timeout": "wall", "cpu": "cpu", "wall": "wall", "memory": "memory", "processes": "processes",
    "disk": "disk", "output": "output",
}  # fmt: skip
"""Ends that are a limit's."""
FAILED_HERE = ("fail", "slow", "wrong")
"""Ends that one input is to blame for: the official evaluator counts it among those that it ran."""
TIMED_OUT = ("timeout", "ended", "cpu", "wall")
"""Ends that the official evaluator calls a timeout: it heard nothing. One input over its time is a failure there."""


class Form(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`Task.grading`, as the suite writes it."""

    path: str = "answer.py"
    """An answer that is a whole program."""
    rest: str = "completion.py"
    """An answer that goes on where the prompt ends."""
    prompt: str
    entry: str
    solution: str
    base: str
    """The arguments of each call, in JSON."""
    plus: str
    atol: float = 0.0
    shape: str = ""
    """What the arguments are made of: a word of the driver's."""
    oracle: str = ""
    """What takes the place of equality: a word of the driver's."""

    def program(self, attempt: Attempt) -> str:
        text = attempt.files.get(self.path)
        if text is None:
            text = self.prompt + attempt.files.get(self.rest, "")
        return text.encode("utf-8", "replace").decode()

    def inputs(self, part: str) -> Inputs:
        text: str = getattr(self, part)
        return Inputs(solution=self.solution, entry=self.entry, inputs=text, shape=self.shape, oracle=self.oracle)


class Ending(msgspec.Struct, frozen=True, kw_only=True):
    """How one part came to its end."""

    how: str
    """One of TOLD, a limit, `wrong` result, or `ended` by itself."""
    right: int
    owed: int
    word: str = ""
    got: str = ""
    wanted: str = ""
    beside: str = ""
    """Why its verdict was reached, or would be another, outside of the answer's process; empty where it is the same."""
    flags: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        return self.how == "done"

    @property
    def official(self) -> str:
        return "pass" if self.passed else "timeout" if self.how in TIMED_OUT else "fail"


class EvalPlusGrader:
    """Remembers what is expected of each task."""

    def __init__(self) -> None:
        self._oracle = Oracle()

    async def grade(self, task: Task, attempt: Attempt, judge: Judge) -> Verdict:
        """Raises SandboxError or TaskError when the apparatus or the task is at fault."""
        if attempt.problem:
            status = Status.REFUSED if attempt.problem == "refused" else Status.INVALID
            return Verdict(status=status, score=0.0, reason=attempt.reason, tests=TestCounts(errors=2))
        try:
            form = msgspec.convert(task.grading, Form)
        except msgspec.ValidationError as error:
            raise TaskError(f"{task.id}: its grading cannot be read: {error}") from error
        program = form.program(attempt)
        endings = {}
        for part in PARTS:
            inputs = form.inputs(part)
            expected = await self._oracle.of(task, inputs, judge)
            endings[part] = await _Part(task, form, inputs, expected, program, judge).ending()
        return _verdict(form, endings, relation=_relation(program, attempt, form))


class _Part:
    """One answer on one part of a task's inputs."""

    def __init__(self, task: Task, form: Form, inputs: Inputs, expected: Expected, program: str, judge: Judge) -> None:
        self._task, self._form, self._inputs = task, form, inputs
        self._expected, self._program, self._judge = expected, program, judge
        seconds = [max(LEAST_SECONDS, TIMES_OWN * one) for one in expected.seconds]
        longer = [[place, one] for place, one in enumerate(seconds) if one > LEAST_SECONDS]
        self._asked = (form.entry, inputs.inputs.encode(), form.shape, form.oracle)
        self._limits = (LEAST_SECONDS, longer, min(IN_ALL, sum(seconds)) + SLACK, task.limits.memory << 20)
        self._whole = DIGEST * expected.count
        self._flags: dict[str, None] = {}

    async def ending(self) -> Ending:
        """The results to the byte, else compared, else compared where they are."""
        how, digests, _, word = await self._called(())
        unlike = self._expected.unlike(digests)
        if not unlike:
            return self._ending(how, len(digests) // DIGEST, word=word)
        again, _, results, why = await self._called(unlike)
        match await self._weighed(unlike, results):
            case ["foreign", int(), str(what)]:
                return await self._beside(unlike, what)
            case ["wrong", int(place), str(got), str(wanted)]:
                return self._ending("wrong", place, got=got, wanted=wanted)
            case ["right", str(but)] if len(results) == len(unlike):
                return self._ending(how, len(digests) // DIGEST, word=word, beside=but)
        return self._ending("fail" if again == "done" else again, unlike[len(results)], word=why)

    async def _called(self, wanted: tuple[int, ...]) -> tuple[str, bytes, list[bytes], str]:
        """The answer alone: how it ended, the digests of its results, those results that are wanted, a word."""
        outcome = await self._run("answer", (self._program, *self._asked, *self._limits, list(wanted)))
        match _said(outcome):
            case [str(how), bytes(digests), list(results), str(word)] if how in TOLD:
                results = [one for one in results if isinstance(one, bytes)][: len(wanted)]
                if len(digests) <= self._whole and (how != "done" or wanted or len(digests) == self._whole):
                    return how, digests, results, word
            case None:
                how, word = _stopped(outcome)
                return how, b"", [], word
        self._flags["wrote_channel"] = None
        return "fail", b"", [], "it wrote to the channel on which its results are told"

    async def _weighed(self, places: tuple[int, ...], results: list[bytes]) -> list[Any]:
        """The results beside the benchmark's own. What that can do for its own results in time, and not for these, is
        these results' doing."""
        if not results:
            return ["right", ""]
        given = (self._form.atol, self._expected.floats, list(places), results)
        outcome = await self._run("weigh", (self._inputs.solution, *self._asked, *given), limits=OURS)
        said = _said(outcome)
        if isinstance(said, list):
            return said
        if outcome.ended is Ended.EXCEEDED:
            return ["wrong", places[0], "what cannot be compared in time", "a result that can"]
        raise TaskError(f"{self._task.id}: results cannot be compared: {plain(outcome.log[-300:])}")

    async def _beside(self, places: tuple[int, ...], what: str) -> Ending:
        """As officially: in one process, which the answer could make say anything."""
        given = (self._form.atol, self._expected.floats, list(places), *self._limits)
        outcome = await self._run("beside", (self._inputs.solution, self._program, *self._asked, *given))
        self._flags["in_process"] = None
        why = f"returned a {plain(what, 80)}, compared in its own process"
        match _said(outcome):
            case ["right"]:
                return self._ending("done", self._expected.count, beside=why)
            case ["wrong", int(place), str(got), str(wanted)]:
                return self._ending("wrong", place, got=f"a {got}", wanted=wanted)
            case [str(how), int(place), str(word)] if how in TOLD[1:]:
                return self._ending(how, place, word=word)
            case None:
                how, word = _stopped(outcome)
                return self._ending(how, places[0], word=word)
        self._flags["wrote_channel"] = None
        return self._ending("fail", places[0], word="it wrote to the channel on which its results are told")

    async def _run(self, what: str, args: tuple[Any, ...], *, limits: Limits | None = None) -> Outcome:
        """Flags are of runs in which the answer was."""
        outcome = await self._judge.run(
            Job(
                language=self._task.language,
                files={},
                entry="",
                driver="evalplus",
                cases=((Step("call", what, args),),),
                limits=limits or self._task.limits,
            )
        )
        self._flags |= dict.fromkeys(outcome.flags if limits is None else ())
        return outcome

    def _ending(self, how: str, place: int, **said: str) -> Ending:
        owed = self._expected.count
        return Ending(how=how, right=min(max(place, 0), owed), owed=owed, flags=tuple(self._flags), **said)


def _said(outcome: Outcome) -> Any:
    """None where the process did not get to say anything."""
    return outcome.cases[0][0].returned if outcome.ended is Ended.DONE else None


def _stopped(outcome: Outcome) -> tuple[str, str]:
    """How, and a word."""
    last = outcome.log.strip().rpartition("\n")[2]
    return (
        (outcome.limit, f"over the {outcome.limit} limit") if outcome.limit else ("ended", f"it ended itself: {last}")
    )


# The verdict ----------------------------------------------------------------------------------------------


def _relation(program: str, attempt: Attempt, form: Form) -> str:
    """What the program is to the text of the answer: `whole`, `joined` behind the prompt, or `taken` from it."""
    if program == attempt.completion:
        return "whole"
    return "joined" if program == form.prompt + attempt.completion else "taken"


def _verdict(form: Form, endings: dict[str, Ending], *, relation: str) -> Verdict:
    failed = next((part for part, one in endings.items() if not one.passed), "")
    beside = next((one.beside for one in endings.values() if one.beside), "")
    flags = dict.fromkeys(flag for one in endings.values() for flag in one.flags)
    detail: dict[str, Any] = {
        "program": relation,
        "parts": {part: one.official for part, one in endings.items()},
        "ran": {part: one.right + (one.how in FAILED_HERE) for part, one in endings.items()},
    }
    status, reason = Status.PASSED, ""
    if failed:
        ending = endings[failed]
        detail |= _shown(form, failed, ending)
        limit = LIMITS.get(ending.how, "")
        status, reason = (Status.EXCEEDED, limit) if limit else (Status.FAILED, _reason(ending, detail))
    elif beside:
        flags["disagree"] = None
    return Verdict(
        status=status,
        score=0.0 if failed else 1.0,
        reason=plain(reason, 500),
        tests=_counts(endings),
        strict=not failed and not beside,
        strict_reason="" if failed else beside,
        flags=tuple(flags),
        detail=detail,
    )


def _counts(endings: dict[str, Ending]) -> TestCounts:
    right = sum(one.right for one in endings.values())
    failed = sum(not one.passed for one in endings.values())
    return TestCounts(
        passed=right, failed=failed, errors=max(sum(one.owed for one in endings.values()) - right - failed, 0)
    )


def _shown(form: Form, part: str, ending: Ending) -> dict[str, Any]:
    """The first input that does not hold."""
    given = json.loads(getattr(form, part))
    call = ""
    if ending.right < len(given):
        arguments = ", ".join(render(value, 60) for value in given[ending.right])
        call = f"{form.entry}({arguments if len(arguments) <= 300 else arguments[:300] + '…'})"
    return {
        "case": f"{part} input {ending.right + 1} of {ending.owed}",
        "call": call,
        "expected": plain(ending.wanted, 300),
        "got": plain(ending.got or ending.word, 300),
    }


def _reason(ending: Ending, detail: dict[str, Any]) -> str:
    if ending.how == "wrong":
        return f"{detail['case']}: {detail['call']} returned {detail['got']}, expected {detail['expected']}"
    return f"{detail['case']}: {detail['call']}: {ending.word}"
