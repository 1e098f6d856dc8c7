"""Single trials out of the record: the newest that were not solved, and all that is known of one. Knows
the journal's files; refuses to know how a trial is shown."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from assay.core.errors import StorageError, UserError
from assay.core.messages import Message
from assay.core.task import Task
from assay.core.trial import JUDGED, MISSING, CallEvent, Decision, Status
from assay.store.journal import RunFolder
from assay.store.lines import raw_lines
from assay.store.tasks import read_tasks

T = TypeVar("T")

_GAP = "\n⟨to be filled in⟩\n"

TAIL_BYTES = 96 << 20
"""How far back from the end of a journal unsolved trials are looked for."""

_decisions = msgspec.json.Decoder(Decision)
_calls = msgspec.json.Decoder(CallEvent)
_messages = msgspec.json.Decoder(tuple[Message, ...] | Message)


class Unsolved(msgspec.Struct, frozen=True):
    """The newest trials that were not solved, newest first."""

    trials: tuple[Decision, ...]
    whole: bool
    """All there are; else only the newest."""


def newest_unsolved(folder: RunFolder, *, limit: int) -> Unsolved:
    """Wrong, over a limit, unusable, refused or lost: decisions that hold, read backwards."""
    seen: set[str] = set()
    found: list[Decision] = []
    tail = _Tail(folder.trials)
    for line in tail:
        try:
            decision = _decisions.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            continue
        if decision.trial_id in seen:
            continue
        seen.add(decision.trial_id)
        if not _solved(decision):
            if len(found) == limit:
                return Unsolved(tuple(found), whole=False)
            found.append(decision)
    return Unsolved(tuple(found), whole=tail.whole)


def newest_requests(folder: RunFolder, trial_ids: set[str]) -> dict[str, CallEvent]:
    """The calls, of those trials, that say what was asked: one pass back from the end of the record."""
    found: dict[str, CallEvent] = {}
    for line in _Tail(folder.replies):
        if b'"request":{' in line:
            for event in _try(_calls, line):
                if event.request and event.trial_id in trial_ids:
                    found[event.trial_id] = event
    return found


def find_trial(folder: RunFolder, task_id: str, *, model: str = "", sample: int | None = None) -> Decision:
    """The one trial that is meant: by default the first model's first sample that was not solved."""
    held: dict[str, Decision] = {}
    needle = msgspec.json.encode(task_id)
    for _, line in raw_lines(folder.trials):
        if needle in line:
            for decision in _try(_decisions, line):
                if decision.task_id == task_id:
                    held[decision.trial_id] = decision
    if not held:
        raise UserError(_no_such_task(folder, task_id))
    models = list(dict.fromkeys(decision.model for decision in held.values()))
    if model and model not in models:
        raise UserError(f"no trial of {model!r} on {task_id}; there are those of {', '.join(models)}")
    wanted = [d for d in held.values() if not model or d.model == model]
    if sample is not None:
        wanted = [d for d in wanted if d.sample == sample]
        if not wanted:
            raise UserError(f"no sample {sample} of {task_id} has been decided")
    return min(wanted, key=lambda d: (_solved(d), models.index(d.model), d.sample))


def calls_of(folder: RunFolder, trial_id: str) -> list[CallEvent]:
    """The model calls of one trial, in the order in which they happened."""
    needle = trial_id.encode()
    return [
        event
        for _, line in raw_lines(folder.replies)
        if needle in line
        for event in _try(_calls, line)
        if event.trial_id == trial_id
    ]


def prompt_of(folder: RunFolder, calls: Sequence[CallEvent], task: Task | None) -> str:
    """What was asked, in words: the recorded messages, or what the stored task asks."""
    for event in calls:
        request = event.request or {}
        hashes = request.get("messages")
        if isinstance(hashes, list) and hashes:
            return _recorded(folder, [str(digest) for digest in hashes])
        if request.get("prompt"):
            texts = [_blob_text(folder, str(request[part])) for part in ("prompt", "suffix") if request.get(part)]
            return _GAP.join(texts)
    if task is None:
        return ""
    if task.ask.prompt is not None:
        return _GAP.join(part for part in (task.ask.prompt, task.ask.suffix) if part)
    return _conversation(task.ask.messages)


def stored_tasks(folder: RunFolder) -> dict[tuple[str, str], Task]:
    """By suite and id; empty when the run kept no copy."""
    return {(stored.suite, stored.task.id): stored.task for stored in read_tasks(folder.path)}


def log_of(folder: RunFolder, detail: dict[str, Any] | None) -> str:
    """The bounded log: in the line itself, or a blob that the line names."""
    if not detail:
        return ""
    if isinstance(detail.get("log"), str):
        return str(detail["log"])
    digest = detail.get("log_blob")
    if not isinstance(digest, str):
        return ""
    return _blob_text(folder, digest)


def _solved(decision: Decision) -> bool:
    if decision.status in MISSING:
        return False
    if decision.status not in JUDGED:
        return True
    return decision.passed is True or decision.status is Status.PASSED or decision.status is Status.SCORED


def _recorded(folder: RunFolder, digests: Sequence[str]) -> str:
    messages: list[Message] = []
    for digest in digests:
        text = _blob_text(folder, digest)
        try:
            read = _messages.decode(text)
        except msgspec.DecodeError:
            messages.append(Message(role="user", content=text))
            continue
        messages += [read] if isinstance(read, Message) else read
    return _conversation(messages)


def _conversation(messages: Sequence[Message]) -> str:
    if len(messages) == 1:
        return messages[0].content
    return "\n\n".join(f"[{message.role}]\n{message.content}" for message in messages)


def _blob_text(folder: RunFolder, digest: str) -> str:
    blobs = folder.blobs()
    try:
        return blobs.get(digest).decode("utf-8", "replace")
    except (StorageError, ValueError) as error:
        return f"({error})"
    finally:
        blobs.close()


def _no_such_task(folder: RunFolder, task_id: str) -> str:
    import difflib

    known = [task.id for suite in folder.plan.suites for task in suite.owed_tasks]
    if task_id in known:
        return f"{task_id} has not been decided yet in {folder.path}"
    near = difflib.get_close_matches(task_id, known, n=1)
    hint = f"; did you mean {near[0]}?" if near else ""
    return f"{folder.path} has no task {task_id!r}{hint}"


def _try(decoder: msgspec.json.Decoder[T], line: bytes) -> Iterator[T]:
    try:
        yield decoder.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return


class _Tail:
    """The whole lines of a file from its end backwards, for at most `TAIL_BYTES`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.whole = True
        """Nothing lay before what was read."""

    def __iter__(self) -> Iterator[bytes]:
        if not self.path.exists():
            return
        with self.path.open("rb") as file:
            end = file.seek(0, os.SEEK_END)
            stop = max(0, end - TAIL_BYTES)
            self.whole = stop == 0
            read: Callable[[int], bytes] = file.read
            rest = b""
            first = True
            while end > stop:
                start = max(stop, end - (4 << 20))
                file.seek(start)
                lines = (read(end - start) + rest).split(b"\n")
                if first:
                    lines.pop()
                    first = not lines
                end = start
                if first:
                    continue
                rest = lines[0]
                yield from (line for line in reversed(lines[1:]) if line)
            if self.whole and rest:
                yield rest
