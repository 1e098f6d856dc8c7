"""A conversation of several turns with tools: the calls of each reply are made, and their results told, until a reply
calls nothing; then the next turn begins.

The order of things is that of the Berkeley Function-Calling Leaderboard, its limit of steps included: who goes beyond
it is not asked on. What a call results in says whoever judges. With tools the calls are the server's own; without, they
stand in the text, and results go back as a message of the user.
"""

from __future__ import annotations

import msgspec

from assay.core.entrant import Entrant
from assay.core.errors import TaskError
from assay.core.judging import Attempt
from assay.core.messages import Message, Reply, Request, Subject, Tool
from assay.core.ports import JudgeAttempt, Model
from assay.core.task import Task, Turn
from assay.formats.said import said_of, shown
from assay.formats.said_turns import RESULTS, calls_of, written
from assay.formats.said_turns import Turns as Said
from assay.solvers.one_shot import REFUSALS

STEPS = 20
"""Steps of one turn that are answered; the one after them is the last."""


class Turns:
    """Asks turn by turn."""

    def __init__(self, *, suite: str) -> None:
        self.suite = suite

    async def solve(self, task: Task, model: Model, entrant: Entrant, sample: int, judge: JudgeAttempt) -> Attempt:
        """Raises what the model or the judge raises."""
        return await _Session(task, model, entrant, Subject(self.suite, task.id, sample), judge).solve()


class _Session:
    def __init__(self, task: Task, model: Model, entrant: Entrant, subject: Subject, judge: JudgeAttempt) -> None:
        self._task = task
        self._model = model
        self._entrant = entrant
        self._subject = subject
        self._judge = judge
        self._native = bool(task.ask.tools)
        self._messages: list[Message] = [Message("system", entrant.system)] if entrant.system else []
        self._tools: list[Tool] = []
        self._said: Said = []
        self._last = Reply("")

    async def solve(self) -> Attempt:
        for turn in (Turn(self._task.ask.messages, self._task.ask.tools), *self._task.ask.later):
            self._messages += turn.messages
            self._tools += turn.tools
            if not await self._turn():
                break
        return msgspec.structs.replace(
            self._attempt(), turns=sum(map(len, self._said)), finish_reason=self._last.finish_reason
        )

    async def _turn(self) -> bool:
        """Whether it came to an end by itself."""
        self._said.append([])
        for step in range(STEPS + 1):
            reply = self._last = await self._ask()
            self._said[-1].append(said_of(reply, declined=_declined(reply)))
            self._messages.append(
                Message(
                    "assistant", reply.text, tool_calls=reply.tool_calls, reasoning=reply.reasoning,
                    reasoning_state=reply.reasoning_state,
                )
            )  # fmt: skip
            calls = calls_of(self._said[-1][-1], "native" if self._native else "python")
            if not calls or step == STEPS:  # nobody will hear what the last ones result in
                return not calls
            self._messages += self._told(reply, calls, await self._results(len(calls)))
        return False

    async def _ask(self) -> Reply:
        return await self._model.reply(
            Request(
                messages=tuple(self._messages),
                tools=tuple(self._tools),
                sampling=self._entrant.sampling,
                subject=self._subject,
            )
        )

    async def _results(self, wanted: int) -> list[str]:
        verdict = await self._judge(msgspec.structs.replace(self._attempt(), facts=RESULTS))
        results = (verdict.detail or {}).get("results", [])
        if len(results) != wanted:
            raise TaskError(f"{self._task.id}: {wanted} calls were made and {len(results)} results came back")
        return [str(one) for one in results]

    def _told(self, reply: Reply, calls: list[str], results: list[str]) -> list[Message]:
        if self._native:
            return [
                Message("tool", result, tool_call_id=call.id)
                for call, result in zip(reply.tool_calls, results, strict=True)
            ]
        told = [{"role": "tool", "name": call, "content": said} for call, said in zip(calls, results, strict=True)]
        return [Message("user", repr(told))]

    def _attempt(self) -> Attempt:
        last = self._said[-1][-1]
        return Attempt(completion=shown(last), files={self._task.extract.path: written(self._said)})


def _declined(reply: Reply) -> str:
    return reply.finish_reason or "" if reply.finish_reason in REFUSALS else ""
