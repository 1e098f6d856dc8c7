"""A task's own checker: asked about what an answer returned, in a box of its own.

The checker is code of a suite, and what it looks at comes from an answer: neither is trusted here.
"""

from __future__ import annotations

from typing import Any

import msgspec

from assay.core.errors import TaskError
from assay.core.judging import Ended, Job, Opaque, Outcome, Seen, Step
from assay.core.ports import Judge
from assay.core.task import Task
from assay.formats.shown import render
from assay.graders.compare import shown_error


class Question(msgspec.Struct, frozen=True):
    """One thing for the checker to decide."""

    case: int
    args: tuple[Any, ...]
    """What `check` is called with."""


async def ask_checker(task: Task, source: str, questions: list[Question], judge: Judge) -> list[str]:
    """For each question nothing when it is right, else why not. A checker that cannot be built is the
    task's fault (TaskError); one that fails on what it is shown counts against the answer."""
    plain = [not _holds_opaque(question.args) for question in questions]
    askable = [question for question, asked in zip(questions, plain, strict=True) if asked]
    faults = iter(await _ask(task, source, askable, judge) if askable else [])
    return [next(faults) if asked else _unreadable(question) for question, asked in zip(questions, plain, strict=True)]


async def _ask(task: Task, source: str, questions: list[Question], judge: Judge) -> list[str]:
    job = Job(
        language="python",
        files={"checker.py": source},
        entry="checker.py",
        cases=tuple((Step("call", "check", question.args),) for question in questions),
        limits=task.limits,
    )
    outcome = await judge.run(job)
    if outcome.ended is Ended.BUILD_FAILED:
        raise TaskError(f"{task.id}: tests/checker.py cannot be loaded: {outcome.log[-300:].strip()}")
    answered = [_fault(case[0]) for case in outcome.cases[: len(questions)] if case]
    return answered + [_silence(outcome)] * (len(questions) - len(answered))


def _fault(seen: Seen) -> str:
    if seen.raised is not None:
        return f"the checker could make nothing of it ({shown_error(seen.raised)})"
    if seen.returned is True:
        return ""
    return f"the checker says: {seen.returned[:300]}" if isinstance(seen.returned, str) else "the checker says no"


def _silence(outcome: Outcome) -> str:
    over = f" (it ran over its {outcome.limit} limit)" if outcome.limit else ""
    return f"the checker came to no answer{over}"


def _unreadable(question: Question) -> str:
    return f"returned {render(question.args[-1])}, which is no plain value"


def _holds_opaque(value: Any) -> bool:
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, Opaque):
            return True
        if isinstance(item, dict):
            waiting += [*item.keys(), *item.values()]
        elif isinstance(item, (list, tuple, set, frozenset)):
            waiting += item
    return False
