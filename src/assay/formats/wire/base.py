"""The seam that every wire format implements: a request into a call, bytes into a reply.

Knows the shapes that all formats share. Refuses to know sockets, clocks, keys of its own and retries:
whoever sends the call measures it, adds the key, and says what to do about an error.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Protocol

import msgspec

from assay.core.errors import Fault
from assay.core.messages import Message, Reply, Request


class WireError(Exception):
    """Raised when what came back is an error, or is no answer; the sender translates it."""

    def __init__(self, message: str, *, fault: Fault, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.fault = fault
        self.retry_after = retry_after


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be sent, the key apart."""

    path: str
    """Below the format's root, with a leading slash."""
    body: dict[str, Any]
    query: str = ""
    headers: Mapping[str, str] = {}
    """What the format always wants; never a secret."""


class Root(msgspec.Struct, frozen=True):
    """Where a format's paths begin, given the address that a user typed."""

    segment: str
    """`/v1`, `/v1beta`, or empty."""
    rule: Literal["if_bare", "always", "strip"]
    """`if_bare`: added to an address without a path; `always`: added unless the address ends in a version;
    `strip`: a version that the address ends in is taken away."""


class Reader(Protocol):
    """One answer as it comes in. Fed with the data of one event (or one line) at a time."""

    @property
    def started(self) -> bool:
        """The first token of text, reasoning or a call has arrived."""
        ...

    @property
    def ended(self) -> bool:
        """All of the answer is here: nothing that may still come can change its words."""
        ...

    def feed(self, data: bytes) -> None:
        """Raises WireError for an error in the stream, and for what cannot be read."""
        ...

    def reply(self) -> Reply:
        """What was gathered. Raises WireError when it ended early or held no answer."""
        ...


class Wire(Protocol):
    """One format. Stateless; `reader` makes what holds the state of one answer."""

    name: str
    root: Root
    framing: Literal["sse", "lines"]
    """How a stream is cut into pieces: server-sent events, or one JSON value a line."""
    takes_stops: bool
    """Stop strings can be sent; otherwise whoever reads the reply cuts it at the first of them."""

    def call(self, request: Request, *, model_id: str, stream: bool) -> Call: ...

    def auth(self, key: str) -> dict[str, str]: ...

    def reader(self) -> Reader: ...

    def whole(self, body: bytes) -> Reply:
        """Reads an answer that came in one piece. Raises WireError."""
        ...


def merged(body: dict[str, Any], extra: Mapping[str, Any]) -> dict[str, Any]:
    """The user's own keys last; a null takes a key of ours out."""
    if not extra:
        return body
    return {key: value for key, value in {**body, **extra}.items() if not (key in extra and value is None)}


def put(body: dict[str, Any], **settings: Any) -> None:
    """Adds what was set; what was not is left to the server."""
    for key, value in settings.items():
        if value is not None and value != ():
            body[key] = value


def conversation(request: Request) -> tuple[Message, ...]:
    """The request as turns. A format of turns has no place for a suffix, and says so."""
    if request.suffix is not None:
        raise WireError(
            "this model's type holds conversations and cannot fill in between a prefix and a suffix; "
            "use type: completions",
            fault=Fault.REJECTED,
        )
    if request.prompt is not None and not request.messages:
        return (Message(role="user", content=request.prompt),)
    return request.messages


def continuation(request: Request) -> str:
    """The request as one text to go on with."""
    if request.tools:
        raise WireError(
            "this model's type continues text and cannot be given tools; use type: openai", fault=Fault.REJECTED
        )
    if request.prompt is not None:
        return request.prompt
    return "\n\n".join(message.content for message in request.messages if message.content)


def arguments_object(arguments: str) -> dict[str, Any]:
    """A call's arguments for the formats that want an object: what is none is kept under its own name."""
    try:
        value = msgspec.json.decode(arguments or "{}")
    except (msgspec.DecodeError, RecursionError):
        value = arguments
    return value if isinstance(value, dict) else {"arguments": value}


def count(value: Any) -> int | None:
    """A number of tokens, or `None` for anything else."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def uncached(total: int | None, *parts: int | None) -> int | None:
    """What is left of a prompt's tokens when those read from or written to a cache are taken out."""
    return None if total is None else max(0, total - sum(part or 0 for part in parts))


def cut_at(text: str, stops: tuple[str, ...]) -> str:
    """`text` up to the first stop string in it."""
    ends = [at for stop in stops if stop and (at := text.find(stop)) >= 0]
    return text[: min(ends)] if ends else text


def malformed(error: Exception) -> WireError:
    return WireError(f"the answer cannot be read: {error}", fault=Fault.MALFORMED)


def cut_short() -> WireError:
    return WireError("the stream ended before the answer did", fault=Fault.CUT)
