"""The built-in entrants: `reference` replies with a task's stored solution, `mutant` with its stored wrong
answers. They are no models: they prove that the tasks, the sandbox and the graders work.
"""

from __future__ import annotations

from collections.abc import Callable

from assay.core.errors import Fault, ProviderError
from assay.core.messages import Reply, Request
from assay.core.task import Task
from assay.formats.edits import MODULES
from assay.formats.edits import render as render_edits
from assay.formats.said import Said, read, reply_of
from assay.formats.said_turns import Turns
from assay.formats.said_turns import read as read_turns

Lookup = Callable[[str, str], Task]
"""A suite's name and a task's id to the task."""
Render = Callable[[dict[str, str], str], str]
"""Files and their language to the reply that would hold them."""


class ReferenceModel:
    """Replies with the stored right answer."""

    def __init__(self, lookup: Lookup, *, render: Render) -> None:
        self._lookup = lookup
        self._render = render

    async def reply(self, request: Request) -> Reply:
        task, _ = _task_of(request, self._lookup)
        if not task.solution:
            raise ProviderError(f"{task.id} has no stored solution", fault=Fault.REJECTED)
        return _said(task, task.solution, self._render, request)

    async def close(self) -> None:
        """Nothing is held open."""


class MutantModel:
    """Replies with stored wrong answers, one after the other: sample n is number n, counted round."""

    def __init__(self, lookup: Lookup, *, render: Render) -> None:
        self._lookup = lookup
        self._render = render

    async def reply(self, request: Request) -> Reply:
        task, sample = _task_of(request, self._lookup)
        if not task.mutants:
            raise ProviderError(f"{task.id} has no stored wrong answers", fault=Fault.REJECTED)
        mutant = task.mutants[sample % len(task.mutants)]
        return _said(task, {**task.solution, **mutant}, self._render, request)

    async def close(self) -> None:
        """Nothing is held open."""


def _task_of(request: Request, lookup: Lookup) -> tuple[Task, int]:
    subject = request.subject
    if subject is None:
        raise ProviderError(
            "the built-in entrants answer tasks, and this request belongs to none", fault=Fault.REJECTED
        )
    try:
        return lookup(subject.suite, subject.task_id), subject.sample
    except KeyError as error:
        raise ProviderError(f"no task {subject.task_id} in {subject.suite}", fault=Fault.REJECTED) from error


def _said(task: Task, files: dict[str, str], render: Render, request: Request) -> Reply:
    """As a model would put it, given how the task takes code from a reply."""
    wanted = task.extract.path
    if task.extract.form == "reply":
        return reply_of(read(files[wanted]))
    if task.extract.form == "turns":
        return _next_step(read_turns(files[wanted]), request)
    one = {wanted: files[wanted]} if wanted in files else files
    if task.extract.form in MODULES:
        text = render_edits(task.extract.form, files, task.files)
    elif task.extract.form == "files":
        text = render(files, task.language)
    elif task.extract.form in ("file", "span", "lines"):
        text = render(one, task.language)
    else:
        text = "\n".join(one.values())
    return Reply(text=text, finish_reason="stop")


def _next_step(turns: Turns, request: Request) -> Reply:
    """What comes next in the conversation as it stands: each turn's steps, then a word that ends it."""
    turn = step = 0
    for _ in (message for message in request.messages if message.role == "assistant"):
        over = turn >= len(turns) or step >= len(turns[turn])
        turn, step = (turn + 1, 0) if over else (turn, step + 1)
    ended = turn >= len(turns) or step >= len(turns[turn])
    return reply_of(Said(text="Done.") if ended else turns[turn][step])
