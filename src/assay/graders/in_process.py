"""The grader `in_process`: official protocols that execute tests and answer as one program, in one process.

What the program came to in that process is `passed`, as the official harness would say. It could have been
forged, so an answer that passed and names more than plain means is judged strictly as well, and so is one that
stands in the assertion itself, as it needs no name there: `1 or True`. With `strict`, every answer is. Where the two
differ, the trial is flagged.
"""

from __future__ import annotations

import secrets

import msgspec

from assay.core.errors import SandboxError
from assay.core.judging import Attempt, Ended, Job, Outcome, Step, Verdict
from assay.core.ports import Judge
from assay.core.task import Task
from assay.core.trial import Status, TestCounts
from assay.formats.shown import plain
from assay.graders.official import OneProcess, read_one_process
from assay.graders.outside import Outside, Strictly

_FRAME_WALK = frozenset(
    [
        "_getframe", "_current_frames", "currentframe", "f_back", "f_locals", "f_globals", "tb_frame", "gi_frame",
        "cr_frame", "get_objects", "get_referrers", "get_referents",
    ]
)  # fmt: skip
_NOTICED = {"patched_builtins": "patched_builtins", "traced": "patched_builtins"}
_FAILED, _PASSED = TestCounts(failed=1), TestCounts(passed=1)


class Together(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one program in one process."""

    status: Status
    reason: str = ""
    findings: tuple[str, ...] = ()
    """What means its code names beyond plain ones."""
    flags: tuple[str, ...] = ()


class InProcessGrader:
    """One program per answer. `strict` judges every answer from outside as well."""

    def __init__(self, *, strict: bool = False) -> None:
        self._always = strict
        self._outside = Outside()

    async def grade(self, task: Task, attempt: Attempt, judge: Judge) -> Verdict:
        """Raises SandboxError or TaskError when the apparatus or the task is at fault."""
        if attempt.problem:
            status = Status.REFUSED if attempt.problem == "refused" else Status.INVALID
            return Verdict(status=status, score=0.0, reason=attempt.reason, tests=TestCounts(errors=1))
        form = read_one_process(task)
        answer = form.answer_of(attempt)
        if why := form.wrong_unrun(answer):
            return Verdict(status=Status.FAILED, score=0.0, reason=plain(why, 500), tests=_FAILED, detail={"got": why})
        together = await _run(task, form, answer, judge)
        strictly = None
        is_suspect = bool(together.findings) or form.apart is not None
        if self._always or (together.status is Status.PASSED and is_suspect):
            strictly = await self._strictly(task, form, answer, together, judge)
        return _verdict(together, strictly)

    async def _strictly(self, task: Task, form: OneProcess, answer: str, together: Together, judge: Judge) -> Strictly:
        """An answer over its time limit together with the tests would be over it alone."""
        if together.status is Status.EXCEEDED:
            return Strictly(passed=False, reason=f"{together.reason} limit, with its tests")
        return await self._outside.judged(task, form.apart or form, answer, judge=judge)


class StrictGrader(InProcessGrader):
    """The grader `strict`: `in_process`, with every answer judged from outside as well."""

    def __init__(self) -> None:
        super().__init__(strict=True)


async def _run(task: Task, form: OneProcess, answer: str, judge: Judge) -> Together:
    token = secrets.token_hex(16)
    program, tests_from = form.program(answer)
    asked = (program, tests_from, list(form.names), task.limits.cpu, token)
    outcome = await judge.run(
        Job(
            language=task.language,
            files={},
            entry="",
            driver="official",
            cases=((Step("call", "screen", asked),), (Step("call", "run"),)),
            limits=task.limits,
        )
    )
    together = _together(outcome, token)
    if form.runs_on(answer):
        return msgspec.structs.replace(together, findings=(*together.findings, "goes on into the tests"))
    return together


def _together(outcome: Outcome, token: str) -> Together:
    said = [case[0].returned for case in outcome.cases]
    findings = tuple(str(item) for item in said[0]) if said and isinstance(said[0], list) else ()
    flags = list(outcome.flags)
    if _FRAME_WALK.intersection(findings):
        flags.append("frame_walk")
    status, reason = Status.FAILED, ""
    if outcome.ended is Ended.EXCEEDED:
        status, reason = Status.EXCEEDED, outcome.limit
    elif outcome.ended is not Ended.DONE:
        reason = f"it ended its process: {outcome.log.strip().rpartition(chr(10))[2]}"
    else:
        match said[1:]:
            case [["passed", str(mark), str(noticed)]] if secrets.compare_digest(mark.encode(), token.encode()):
                status = Status.PASSED
                flags += [_NOTICED[noticed]] if noticed in _NOTICED else []
            case [["slow", _]]:
                status, reason = Status.EXCEEDED, "wall"
            case [["failed", str(text)]]:
                reason = text
            case []:
                raise SandboxError("the judge observed no end of a program that is done")
            case _:
                flags.append("wrote_channel")
                reason = "it wrote to the channel on which its result is reported"
    return Together(status=status, reason=plain(reason, 500), findings=findings, flags=tuple(dict.fromkeys(flags)))


def _verdict(together: Together, strictly: Strictly | None) -> Verdict:
    passed = together.status is Status.PASSED
    flags = [*together.flags]
    strict, strict_reason = None, ""
    if strictly is not None:
        strict, strict_reason = strictly.passed, strictly.reason
        flags += strictly.flags
        if strict is None and passed and together.findings:
            flags.append("unchecked")
        elif strict is not None and strict != passed:
            flags.append("disagree")
    findings = {"names": list(together.findings)} if together.findings else None
    return Verdict(
        status=together.status,
        score=1.0 if passed else 0.0,
        reason=together.reason,
        tests=_PASSED if passed else _FAILED,
        strict=strict,
        strict_reason=strict_reason,
        flags=tuple(dict.fromkeys(flags)),
        detail=findings if passed else {"got": together.reason, **(findings or {})},
    )
