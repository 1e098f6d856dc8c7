"""One question, one answer: ask once, take the code, hand it in."""

from __future__ import annotations

import msgspec

from assay.core.entrant import Entrant
from assay.core.judging import Attempt
from assay.core.messages import Message, Reply, Request, Sampling, Subject
from assay.core.ports import JudgeAttempt, Model
from assay.core.task import Task
from assay.formats.extract import LARGEST, take_code
from assay.formats.fim import Fim, family
from assay.formats.said import said_of, shown, written

REFUSALS = ("content_filter", "refusal")
"""A vendor's own signal that it would not answer; words of the reply are none."""


class OneShot:
    """Asks a model once per sample. `suite` goes into the request's subject, which is never sent."""

    def __init__(self, *, suite: str) -> None:
        self.suite = suite

    async def solve(
        self,
        task: Task,
        model: Model,
        entrant: Entrant,
        sample: int,
        judge: JudgeAttempt,
    ) -> Attempt:
        """Raises only what the model raises: ProviderError."""
        reply = await model.reply(build_request(task, entrant, suite=self.suite, sample=sample))
        return read_reply(task, reply)


def build_request(task: Task, entrant: Entrant, *, suite: str, sample: int) -> Request:
    """What is asked: the task's material in the entrant's settings."""
    request = Request(
        messages=_messages(task, entrant),
        prompt=task.ask.prompt,
        suffix=task.ask.suffix,
        tools=task.ask.tools,
        sampling=_sampling(task, entrant),
        subject=Subject(suite, task.id, sample),
    )
    return _filling(request, family(entrant.options["fim"])) if "fim" in entrant.options else request


def _filling(request: Request, fim: Fim) -> Request:
    """A prefix and a suffix as one text, in the tokens of the entrant's family; anything else as it is."""
    if request.prompt is None or request.suffix is None:
        return request
    return msgspec.structs.replace(
        request,
        prompt=fim.prompt(request.prompt, request.suffix),
        suffix=None,
        sampling=msgspec.structs.replace(request.sampling, stop=(*request.sampling.stop, *fim.stop)),
    )


def _messages(task: Task, entrant: Entrant) -> tuple[Message, ...]:
    """The entrant's system prompt comes first; text to go on with has no place for one."""
    if not entrant.system or task.ask.prompt is not None:
        return task.ask.messages
    return (Message("system", entrant.system), *task.ask.messages)


def _sampling(task: Task, entrant: Entrant) -> Sampling:
    stop = tuple(dict.fromkeys((*entrant.sampling.stop, *task.ask.stop)))
    return msgspec.structs.replace(entrant.sampling, stop=stop)


def read_reply(task: Task, reply: Reply) -> Attempt:
    """The attempt that a reply amounts to. Whatever holds code is judged, however it ended."""
    if task.extract.form == "reply":
        return _whole_reply(task, reply)
    taken = take_code(reply.text, task.extract, language=task.language)
    if not taken.problem:
        return Attempt(completion=reply.text, files=taken.files, text=taken.text, finish_reason=reply.finish_reason)
    refused = reply.finish_reason in REFUSALS
    return Attempt(
        completion=reply.text,
        problem="refused" if refused else "invalid",
        reason=_reason(taken.problem, reply.finish_reason),
        finish_reason=reply.finish_reason,
    )


def _whole_reply(task: Task, reply: Reply) -> Attempt:
    """Where calls and words are judged themselves, all of it is the answer, and a vendor's refusal is part of it."""
    said = said_of(reply, declined=reply.finish_reason or "" if reply.finish_reason in REFUSALS else "")
    answer = written(said)
    if len(answer) > LARGEST:
        return Attempt(problem="invalid", reason=f"the reply is larger than {LARGEST >> 20} MiB")
    return Attempt(completion=shown(said), files={task.extract.path: answer}, finish_reason=reply.finish_reason)


def _reason(problem: str, finish_reason: str | None) -> str:
    if finish_reason in REFUSALS:
        return f"the model would not answer ({finish_reason})"
    return f"{problem} (cut off at the length limit)" if finish_reason == "length" else problem
