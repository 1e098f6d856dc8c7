"""Two tries in one conversation: edits to files, then, if the tests fail, their output and edits once more.

The order of things is that of Aider's benchmark: a reply that cannot be read is sent back, three times at most a try,
with the reason; a reply that was cut off is not followed; the tests then judge the files as they are.
"""

from __future__ import annotations

from typing import Any

import msgspec

from assay.core.entrant import Entrant
from assay.core.judging import Attempt, Verdict
from assay.core.messages import Message, Reply, Request, Subject
from assay.core.ports import JudgeAttempt, Model
from assay.core.task import Task
from assay.core.trial import Status
from assay.formats.edits.talk import Talk
from assay.formats.fences import read_blocks
from assay.solvers.one_shot import REFUSALS

TRIES = 2
_SENT_BACK = 3
TIMED_OUT = "Tests timed out!"
_FAILURES = (
    "\n####\n\nSee the testing errors above.\nThe tests are correct, don't try and change them.\n"
    "Fix the code in {files} to resolve the errors.\n"
)
"""The benchmark's own words."""


class Counted(msgspec.Struct):
    """What the benchmark counts besides its outcomes, under its names."""

    edit_format: str
    tests_outcomes: list[bool] = []
    test_timeouts: int = 0
    num_malformed_responses: int = 0
    num_exhausted_context_windows: int = 0
    syntax_errors: int = 0
    indentation_errors: int = 0
    lazy_comments: int = 0


class TwoTries:
    """Asks until the tests pass, twice at most. The edit format is the task's `extract.form`."""

    def __init__(self, *, suite: str) -> None:
        self.suite = suite

    async def solve(self, task: Task, model: Model, entrant: Entrant, sample: int, judge: JudgeAttempt) -> Attempt:
        """Raises what the model or the judge raises."""
        return await _Session(task, model, entrant, Subject(self.suite, task.id, sample)).solve(judge)


class _Session:
    def __init__(self, task: Task, model: Model, entrant: Entrant, subject: Subject) -> None:
        self._task = task
        self._model = model
        self._entrant = entrant
        self._subject = subject
        self._talk = Talk(task.extract.form, task.files)
        self._counted = Counted(edit_format=task.extract.form)
        self._edited = False
        self._turns = 0
        self._last = Reply("")

    async def solve(self, judge: JudgeAttempt) -> Attempt:
        question = "\n".join(message.content for message in self._task.ask.messages)
        for number in range(TRIES):
            await self._edit(question)
            verdict = await judge(self._attempt())
            passed = verdict.status is Status.PASSED
            self._counted.tests_outcomes.append(passed)
            said = self._count(verdict)
            if passed or number == TRIES - 1:
                break
            names = " ".join(path.rpartition("/")[2] for path in self._task.files)
            question = said + _FAILURES.format(files=names)
        return self._handed_in()

    async def _edit(self, question: str) -> None:
        """One try: a reply, and others for as long as they cannot be followed."""
        for _ in range(1 + _SENT_BACK):
            reply = await self._ask(self._talk.ask(question))
            if reply.finish_reason == "length":
                self._counted.num_exhausted_context_windows += 1
                self._talk.said(reply.text)
                return
            applied = self._talk.answer(read_blocks(reply.text).prose)
            self._edited = self._edited or bool(applied.edited)
            if not applied.problem:
                break
            self._counted.num_malformed_responses += 1
            question = applied.problem
        self._counted.lazy_comments += sum(map(_is_lazy, self._last.text.splitlines()))

    async def _ask(self, messages: tuple[Message, ...]) -> Reply:
        own = (Message("system", f"{self._entrant.system}\n\n{messages[0].content}"), *messages[1:])
        request = Request(
            messages=own if self._entrant.system else messages, sampling=self._entrant.sampling, subject=self._subject
        )
        self._last = await self._model.reply(request)
        self._turns += 1
        return self._last

    def _count(self, verdict: Verdict) -> str:
        """What the tests printed, as the model is shown it."""
        if verdict.status is Status.EXCEEDED and verdict.reason in ("wall", "cpu"):
            self._counted.test_timeouts += 1
            return TIMED_OUT
        said = str((verdict.detail or {}).get("log", ""))
        if verdict.status is not Status.PASSED:
            lines = said.splitlines()
            self._counted.syntax_errors += sum(line.startswith("SyntaxError") for line in lines)
            self._counted.indentation_errors += sum(line.startswith("IndentationError") for line in lines)
        return said or verdict.reason

    def _attempt(self) -> Attempt:
        return Attempt(completion=self._last.text, files=self._talk.files)

    def _handed_in(self) -> Attempt:
        """The files after the last edit; no answer where there was never one, and the tests want one."""
        finish, facts = self._last.finish_reason, _plain(self._counted)
        attempt = msgspec.structs.replace(self._attempt(), turns=self._turns, finish_reason=finish, facts=facts)
        if self._edited or self._counted.tests_outcomes[-1]:
            return attempt
        refused = finish in REFUSALS
        reason = f"the model would not answer ({finish})" if refused else "no reply changed a file"
        return msgspec.structs.replace(attempt, files={}, problem="refused" if refused else "invalid", reason=reason)


def _plain(counted: Counted) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(counted)
    return plain


def _is_lazy(line: str) -> bool:
    """A comment that stands for code that was left out."""
    code = line.removeprefix("+").lstrip(" ")
    return code.startswith("#") and " ... " in code[1:]
