"""The grader `stdio`: contest tasks, judged by what an answer prints, or returns, for each of many inputs.

Every expected value stays on this side. CodeContests runs the answer as a program, once a test, and looks at each
run as it ends, so that the first wrong one is the last. LiveCodeBench and APPS run all tests in one process, which
is told the inputs; what it did is compared afterwards, in their order.
"""

from __future__ import annotations

import asyncio
import json
from collections import OrderedDict
from typing import Any

import msgspec

from assay.core.errors import SandboxError
from assay.core.judging import Attempt, Ended, Job, Outcome, Program, Ran, Step, Verdict
from assay.core.ports import Judge
from assay.core.task import Limits, Task
from assay.core.trial import Status, TestCounts
from assay.formats.shown import plain, render
from assay.graders.contest_rules import (
    apps_printed,
    apps_returned,
    codecontests_match,
    equal,
    livecodebench_printed,
)
from assay.graders.contest_tests import Contest, Probe, read_contest

_REMEMBERED = 1 << 26
"""Characters of inputs of tasks whose tests are kept unpacked: samples of one task often follow one another."""
_SHOWN = 2000
_STOPPED = 3
"""Runs that have to be stopped although all that is asked for was printed. Officially each of them is right, if nothing
else is wrong; but an answer that never ends holds its place for its limit times its tests, which may be hours."""

_PRINTED = {"livecodebench": livecodebench_printed, "apps": apps_printed}
_RETURNED = {"livecodebench": equal, "apps": apps_returned}


def _whole_livecodebench(seconds: float, tests: int) -> float:
    return (seconds + 1) * tests + 5


def _whole_apps(_seconds: float, _tests: int) -> float:
    return 11.0


_WHOLE = {"livecodebench": _whole_livecodebench, "apps": _whole_apps}
"""Seconds that all tests of an answer may take together, from those that one may take and their number."""


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """Why a test was not passed."""

    text: str
    got: str = ""
    limit: str = ""
    log: str = ""


class StdioGrader:
    """Judges all tests of a task in one job."""

    def __init__(self) -> None:
        self._kept: OrderedDict[int, tuple[Task, Contest, tuple[Probe, ...]]] = OrderedDict()

    async def grade(self, task: Task, attempt: Attempt, judge: Judge) -> Verdict:
        """Raises SandboxError or TaskError when the apparatus or the task is at fault."""
        form, probes = await self._tests(task)
        if attempt.problem:
            status = Status.REFUSED if attempt.problem == "refused" else Status.INVALID
            counts = TestCounts(errors=len(probes))
            return Verdict(status=status, score=0.0, reason=attempt.reason, tests=counts)
        if form.harness == "codecontests":
            return await _as_program(task, form, probes, attempt, judge)
        return await _in_one_process(task, form, probes, attempt, judge)

    async def _tests(self, task: Task) -> tuple[Contest, tuple[Probe, ...]]:
        """Unpacked in a thread, as other answers must not wait for it; kept for the next sample."""
        known = self._kept.get(id(task))
        if known is None or known[0] is not task:
            known = (task, *await asyncio.to_thread(read_contest, task))
            self._kept[id(task)] = known
            while len(self._kept) > 1 and sum(map(_size, self._kept.values())) > _REMEMBERED:
                self._kept.popitem(last=False)
        return known[1], known[2]


def _size(kept: tuple[Task, Contest, tuple[Probe, ...]]) -> int:
    return sum(len(probe.given) for probe in kept[2]) + 4096


# --- one program a test -------------------------------------------------------------------------------------


class _Looking:
    """Compares each run as it ends."""

    def __init__(self, probes: tuple[Probe, ...]) -> None:
        self._probes = probes
        self.passed = 0
        self.fault: Fault | None = None
        self._stopped = 0

    def __call__(self, number: int, ran: Ran) -> bool:
        self.passed = number
        self.fault = _run_fault(self._probes[number], ran)
        self._stopped += bool(ran.limit)
        if self.fault is None and self._stopped > _STOPPED:
            self.fault = Fault(text="did not end by itself, again and again", limit=ran.limit)
        self.passed += self.fault is None
        return self.fault is None


def _run_fault(probe: Probe, ran: Ran) -> Fault | None:
    """Right output is right, however the program ended: so says the official harness."""
    if codecontests_match(probe.expected.encode("utf-8", "surrogatepass"), ran.stdout):
        return None
    got, log = ran.stdout.decode("utf-8", "replace"), ran.stderr.decode("utf-8", "replace")
    if ran.limit:
        return Fault(text=f"ran over the {ran.limit} limit", got=got, limit=ran.limit, log=log)
    if ran.exit_code != 0:
        last = log.strip().rpartition("\n")[2]
        how = f"exit code {ran.exit_code}" if ran.exit_code is not None else f"signal {ran.signal}"
        return Fault(text=f"ended with {how}{f' ({last})' if last else ''}", got=got, log=log)
    return Fault(text="printed the wrong thing", got=got, log=log)


async def _as_program(task: Task, form: Contest, probes: tuple[Probe, ...], attempt: Attempt, judge: Judge) -> Verdict:
    looking = _Looking(probes)
    job = Job(
        language=task.language,
        files=attempt.files,
        entry=form.path,
        programs=tuple(Program(stdin=probe.given) for probe in probes),
        driver="script" if task.language == "python" else "",
        limits=task.limits,
    )
    outcome = await judge.run(job, on_run=looking)
    if outcome.ended is Ended.BUILD_FAILED:
        return _lost(probes, 0, Fault(text="does not compile", log=outcome.log), outcome)
    if looking.fault is None and outcome.ended is not Ended.DONE:
        return _lost(probes, looking.passed, _early_end(outcome), outcome)
    return _verdict(probes, looking.passed, looking.fault, outcome)


# --- all tests in one process ---------------------------------------------------------------------------------


async def _in_one_process(
    task: Task, form: Contest, probes: tuple[Probe, ...], attempt: Attempt, judge: Judge
) -> Verdict:
    answer = attempt.files.get(form.path, "").encode("utf-8", "replace").decode()
    whole = _WHOLE[form.harness](task.limits.cpu, len(probes))
    load = Step("call", "load", (answer, form.harness, form.function, task.limits.cpu, whole))
    steps = (load, *(Step("call", "test", (probe.given,)) for probe in probes))
    job = Job(
        language=task.language,
        files={},
        entry="",
        driver="contest",
        cases=tuple((step,) for step in steps),
        limits=_of_all(task.limits, whole),
    )
    outcome = await judge.run(job)
    said = [case[0].returned for case in outcome.cases]
    passed, fault = 0, _fault_of(["loaded"], said[0]) if said else None
    for probe, one in zip(probes, said[1:], strict=False):
        fault = await asyncio.to_thread(_said_fault, form, probe, one)
        if fault is not None:
            break
        passed += 1
    if fault is None and len(said) < len(steps):
        if outcome.ended is Ended.DONE:
            raise SandboxError(f"the judge observed {len(said)} of {len(steps)} steps of a job that is done")
        fault = _early_end(outcome)
    return _verdict(probes, passed, fault, outcome)


def _of_all(limits: Limits, whole: float) -> Limits:
    """The driver holds each test to its seconds; these stop what takes the driver's clock away."""
    return msgspec.structs.replace(limits, cpu=whole + 5, wall=max(limits.wall, 3 * whole + 30))


def _said_fault(form: Contest, probe: Probe, said: Any) -> Fault | None:
    match said:
        case ["printed", str(text)] if not form.function:
            right = _PRINTED[form.harness](probe.expected, text)
            return None if right else Fault(text="printed the wrong thing", got=text)
        case ["returned", str(text)] if form.function:
            right = _returned_right(form, probe, text)
            return None if right else Fault(text="returned a wrong value", got=text)
    return _fault_of([], said)


def _returned_right(form: Contest, probe: Probe, text: str) -> bool:
    if len(text) > 16 * len(json.dumps(probe.expected)) + 1000:
        return False  # nothing equal takes that many characters
    try:
        return _RETURNED[form.harness](probe.expected, json.loads(text))
    except (ValueError, RecursionError):
        return False


def _fault_of(fine: list[str], said: Any) -> Fault | None:
    match said:
        case ["failed", str(text)]:
            return Fault(text=f"raised {text}")
        case ["slow"]:
            return Fault(text="took too long", limit="cpu")
    return None if said == fine else Fault(text="what it wrote is no result of a test")


def _early_end(outcome: Outcome) -> Fault:
    if outcome.ended is Ended.EXCEEDED:
        return Fault(text=f"ran over the {outcome.limit} limit", limit=outcome.limit, log=outcome.log)
    last = outcome.log.strip().rpartition("\n")[2]
    return Fault(text=f"ended its process{f' ({last})' if last else ''}", log=outcome.log)


# --- concluding -----------------------------------------------------------------------------------------------


def _verdict(probes: tuple[Probe, ...], passed: int, fault: Fault | None, outcome: Outcome) -> Verdict:
    if fault is not None:
        return _lost(probes, passed, fault, outcome)
    return Verdict(status=Status.PASSED, score=1.0, tests=TestCounts(passed=passed), flags=outcome.flags)


def _lost(probes: tuple[Probe, ...], passed: int, fault: Fault, outcome: Outcome) -> Verdict:
    """The first test that was not passed is what a person is told; those after it were not judged."""
    probe, name = probes[passed], f"test {passed + 1} of {len(probes)}"
    detail = {
        "case": name,
        "call": f"with {render(probe.given, 400)}",
        "expected": render(probe.expected, _SHOWN),
        "got": render(fault.got, _SHOWN),
        "log": fault.log[-_SHOWN:],
    }
    return Verdict(
        status=Status.EXCEEDED if fault.limit else Status.FAILED,
        score=0.0,
        reason=fault.limit or plain(f"{name}: {fault.text}", 500),
        tests=TestCounts(passed=passed, failed=1, errors=len(probes) - passed - 1),
        flags=outcome.flags,
        detail=detail,
    )
