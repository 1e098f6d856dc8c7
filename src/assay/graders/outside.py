"""Strict judging: the answer in a process of its own, the official tests in another, typed calls between them.

No process ever holds both. First the tests run on the benchmark's own solution, behind the same border, which
tells the calls that they make. The answer, alone, is given these calls. Then the tests run again with what it
did: results, errors, changes of its arguments. Where their calls depend on results, they stop at the first
one that was not made, and the answer is driven once more, with that one added.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from typing import Any

import msgspec

from assay.core.errors import SandboxError, TaskError
from assay.core.judging import Ended, Job, Outcome, Step
from assay.core.ports import Judge
from assay.core.task import Limits, Task
from assay.formats.shown import plain
from assay.graders.official import OneProcess

_ROUNDS = 24
"""How often calls may turn out to depend on results before it is given up."""
_REMEMBERED = 4000
_OURS = Limits(cpu=20.0, wall=60.0, memory=2048, processes=8)
"""For runs without a line of the answer's."""


class Strictly(msgspec.Struct, frozen=True, kw_only=True):
    """What strict judging came to."""

    passed: bool | None
    """`None`: it cannot express this task."""
    reason: str = ""
    flags: tuple[str, ...] = ()


class Recording(msgspec.Struct, frozen=True, kw_only=True):
    """What a task's tests do, learnt from its own solution."""

    names: tuple[str, ...] = ()
    """The functions that they call."""
    modules: tuple[str, ...] = ()
    """Modules that they expect to find in the answer's namespace."""
    imports: str = ""
    """Import statements that they leave in the answer's namespace."""
    calls: tuple[bytes, ...] = ()
    obstacle: str = ""
    """Why this task cannot be judged so; empty when it can."""


class Outside:
    """Strict judging, with the recordings of tasks kept."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, asyncio.Future[Recording]] = OrderedDict()

    async def judged(self, task: Task, form: OneProcess, answer: str, *, judge: Judge) -> Strictly:
        recording = await self.recording(task, form, judge=judge)
        if recording.obstacle:
            return Strictly(passed=None, reason=recording.obstacle)
        calls = recording.calls
        for _ in range(_ROUNDS):
            outcome = await _apart(task, form, answer, recording, calls, judge)
            alone = _alone(outcome, len(calls))
            if isinstance(alone, Strictly):
                return alone
            end = await _replay(task, form, recording, calls, alone, judge)
            if end[0] != "more":
                text = "" if end[0] == "passed" else plain(str(end[1]), 500)
                return Strictly(passed=end[0] == "passed", reason=text, flags=outcome.flags)
            calls = (*calls[: end[1]], end[2])
        return Strictly(passed=None, reason=f"its tests' calls depend on results more than {_ROUNDS} times")

    async def recording(self, task: Task, form: OneProcess, *, judge: Judge) -> Recording:
        """The recording of this task, made once; TaskError where that cannot be."""
        key = task.task_hash
        known = self._kept.get(key)
        if known is not None:
            return await asyncio.shield(known)
        place: asyncio.Future[Recording] = asyncio.get_running_loop().create_future()
        self._kept[key] = place
        if len(self._kept) > _REMEMBERED:
            self._kept.popitem(last=False)
        try:
            made = await _record(task, form, judge)
        except BaseException as error:
            self._kept.pop(key, None)
            place.set_exception(error if isinstance(error, Exception) else SandboxError("judging was interrupted"))
            place.exception()  # read here, so that an error nobody else waits for is not reported as forgotten
            raise
        place.set_result(made)
        return made


class _Alone(msgspec.Struct, frozen=True):
    """What the answer did, alone; results are bytes that nobody on this side looks into."""

    states: tuple[str, ...]
    results: tuple[bytes, ...]


def _job(task: Task, driver: str, steps: tuple[Step, ...], limits: Limits) -> Job:
    cases = tuple((step,) for step in steps)
    return Job(language=task.language, files={}, entry="", driver=driver, cases=cases, limits=limits)


async def _ours(task: Task, step: Step, judge: Judge) -> list[Any]:
    """A run of the benchmark's own text: what it said."""
    outcome = await judge.run(_job(task, "replay", (step,), _OURS))
    if outcome.ended is Ended.EXCEEDED:
        return ["exceeded", f"the tests ran over the {outcome.limit} limit"]
    said = outcome.cases[0][0].returned if outcome.ended is Ended.DONE else None
    if not isinstance(said, list) or not said:
        raise TaskError(f"{task.id}: its own tests cannot be run: {plain(outcome.log[-300:])}")
    return said


async def _record(task: Task, form: OneProcess, judge: Judge) -> Recording:
    said = await _ours(task, Step("call", "record", (form.solution, form.after, list(form.names))), judge)
    if said[0] != "recorded":
        return Recording(obstacle=plain(str(said[1]), 300))
    _, names, modules, imports, calls = said
    return Recording(names=tuple(names), modules=tuple(modules), imports=imports, calls=tuple(calls))


async def _apart(
    task: Task, form: OneProcess, answer: str, recording: Recording, calls: tuple[bytes, ...], judge: Judge
) -> Outcome:
    names = [*recording.names, *recording.modules]
    load = Step("call", "load", (form.together(answer) + "\n", recording.imports, names, task.limits.cpu))
    steps = (load, *(Step("call", "call", (call,)) for call in calls))
    return await judge.run(_job(task, "apart", steps, task.limits))


def _alone(outcome: Outcome, owed: int) -> _Alone | Strictly:
    """What the answer's process said, taken for no more than it is."""
    said = [case[0].returned for case in outcome.cases]
    match said[:1]:
        case [["failed", str(text)]]:
            return Strictly(passed=False, reason=plain(f"alone: {text}", 500), flags=outcome.flags)
        case [["loaded", *states]] if all(isinstance(state, str) for state in states):
            pass
        case _ if outcome.ended is Ended.DONE:
            return Strictly(passed=False, reason="alone: it did not load as it was asked to", flags=outcome.flags)
        case _:
            states = []
    if outcome.ended is not Ended.DONE:
        how = f"ran over the {outcome.limit} limit" if outcome.ended is Ended.EXCEEDED else "ended its process"
        text = f"alone: it {how} after {max(len(said) - 1, 0)} of {owed} calls"
        return Strictly(passed=False, reason=text, flags=outcome.flags)
    results = [item if isinstance(item, bytes) else b"" for item in said[1:]]
    return _Alone(tuple(states), tuple(results))


async def _replay(
    task: Task, form: OneProcess, recording: Recording, calls: tuple[bytes, ...], alone: _Alone, judge: Judge
) -> list[Any]:
    names = [*recording.names, *recording.modules]
    absent = [name for name, state in zip(names, alone.states, strict=False) if state == "absent"]
    given = (form.solution, form.after, list(recording.names), absent, list(calls), list(alone.results))
    said = await _ours(task, Step("call", "replay", given), judge)
    if said[0] == "more" and not (isinstance(said[1], int) and isinstance(said[2], bytes)):
        raise TaskError(f"{task.id}: its own tests made a call that cannot be read")
    return said
