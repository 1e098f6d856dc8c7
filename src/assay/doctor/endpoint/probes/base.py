"""The seam of a probe, and the words that several need."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

import msgspec

from assay.doctor.endpoint.findings import Fault, Finding
from assay.doctor.endpoint.patient import GONE, Heard, Patient

Run = Callable[[Patient], Awaitable[Sequence[Finding]]]


class Probe(msgspec.Struct, frozen=True):
    """One question, or a few that belong together."""

    name: str
    about: str
    """What is sent, in one line."""
    capabilities: tuple[str, ...]
    run: Run
    chats: bool = False
    """It needs a conversation; an endpoint that only goes on with a text is not asked."""


def works(capability: str, detail: str) -> Finding:
    return Finding(capability, "works", detail)


def broken(capability: str, detail: str, fault: Fault | None = None) -> Finding:
    return Finding(capability, "broken", detail, fault)


def absent(capability: str, detail: str, fault: Fault | None = None) -> Finding:
    return Finding(capability, "absent", detail, fault)


def untried(capability: str, detail: str) -> Finding:
    return Finding(capability, "untried", detail)


def rate(good: int, of: int) -> str:
    return f"{good} of {of}"


def first_error(heards: Sequence[Heard]) -> str:
    return next((heard.said for heard in heards if heard.error), "")


def refusal(heard: Heard, cause: str) -> str:
    """Why a request came to nothing: `cause` if it was refused, which a server that does not answer did not do."""
    return "no answer came" if heard.error is not None and heard.error.fault in GONE else cause


def late(capability: str, heard: Heard) -> Finding | None:
    """No answer in time is no refusal, and says nothing of what was asked for; `None` where one came."""
    gone = heard.error is not None and heard.error.fault in GONE
    return untried(capability, f"no answer came: {brief(heard.said, 120)}") if gone else None


def brief(text: str, limit: int = 60) -> str:
    """A text on one line, cut, and without what a terminal would obey."""
    line = "".join(one if one.isprintable() else "\ufffd" for one in " ".join(text[: limit * 20].split()))
    return line if len(line) <= limit else f"{line[: limit - 1]}…"


def thoughts_alone(heard: Heard) -> bool:
    """The model ended within its reasoning: what has to come behind it, a schema's object or a call, never could."""
    reply = heard.reply
    return reply is not None and bool(reply.reasoning) and not reply.tool_calls and not heard.words.strip()


def words_or_thoughts(heard: Heard) -> str:
    """What there is to be shown of an answer: its text, or else its thoughts."""
    thoughts = heard.reply.reasoning if heard.reply and not heard.words.strip() else ""
    return f"thoughts alone, {brief(thoughts)!r}" if thoughts else f"{brief(heard.words)!r}"
