"""The decisions of a run that hold, one at a time, and the little that every form wants to know of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from assay.core.errors import UserError
from assay.core.messages import Message
from assay.core.trial import JUDGED, CallEvent, Decision
from assay.store.journal import RunFolder


class Pair(NamedTuple):
    """What has a log of its own: one model on one suite."""

    model: str
    suite: str


def held(folder: RunFolder) -> Iterator[Decision]:
    """Of each trial the latest line, in the order of the file; nothing is kept in memory but where those lie."""
    last: dict[bytes, int] = {}
    for number, decision in enumerate(folder.decisions()):
        last[decision.trial_id.encode()] = number
    if not last:
        raise UserError(f"{folder.path}: nothing is decided yet, so there is nothing to write")
    for number, decision in enumerate(folder.decisions()):
        if last[decision.trial_id.encode()] == number:
            yield decision


def pairs(folder: RunFolder) -> list[Pair]:
    return sorted({Pair(decision.model, decision.suite) for decision in held(folder)})


def _asked(folder: RunFolder) -> dict[str, list[tuple[str, str]]]:
    """For each trial the kinds and the blobs of what it was asked first."""
    known: dict[str, list[tuple[str, str]]] = {}
    for event in folder.calls():
        if event.trial_id not in known and event.request:
            known[event.trial_id] = list(_parts(event))
    return known


def _parts(event: CallEvent) -> Iterator[tuple[str, str]]:
    request = event.request or {}
    for digest in request.get("messages") or ():
        yield "message", str(digest)
    for part in ("prompt", "suffix"):
        if request.get(part):
            yield part, str(request[part])


class Prompts:
    """What was asked in a trial, as turns of (role, text). Use it in a `with`."""

    def __init__(self, folder: RunFolder) -> None:
        self._asked = _asked(folder)
        self._blobs = folder.blobs()

    def of(self, trial_id: str) -> list[tuple[str, str]]:
        return [self._turn(kind, digest) for kind, digest in self._asked.get(trial_id, ())]

    def _turn(self, kind: str, digest: str) -> tuple[str, str]:
        data = self._blobs.get(digest)
        if kind != "message":
            return "user", data.decode("utf-8", "replace")
        message = msgspec.json.decode(data, type=Message)
        return message.role, message.content

    def __enter__(self) -> Prompts:
        return self

    def __exit__(self, *_: object) -> None:
        self._blobs.close()


def is_judged(decision: Decision) -> bool:
    return decision.status in JUDGED and decision.score is not None


def file_name(*parts: str) -> str:
    """A name that every file system takes."""
    return "_".join(re.sub(r"[^\w.+-]+", "-", part).strip("-.")[:80] or "x" for part in parts)


def unique(folder: Path, stem: str, suffix: str) -> Path:
    """Two models may differ in letters only that no file name has."""
    names = (f"{stem}{more}{suffix}" for more in ("", *(f"-{n}" for n in range(2, 10_000))))
    return next(path for name in names if not (path := folder / name).exists())
