"""What exactly goes out for one call: status, headers, parts, and how it ends.

Knows every trouble; decides and does nothing: no socket, no clock.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any, Literal

import msgspec

from assay.scripted.script import Answer, Trouble
from assay.scripted.talk import Asked, Problem, Wire, encode, input_tokens, settle
from assay.scripted.wire_gemini import Gemini

JSON = "application/json"
PAGE = (
    b"<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body><h1>Sign in to the network</h1></body></html>\n"
)
CALM = Trouble()

_MARK = "@@scripted-filling@@"
_BLOCK = b"x" * (1 << 20)


class Reply(msgspec.Struct, frozen=True):
    """One reply as it leaves the server."""

    status: int
    content_type: str
    parts: Iterator[bytes]
    length: int | None = None
    """The promised Content-Length; `None`: sent in chunks."""
    ending: Literal["end", "cut", "silent"] = "end"
    headers: dict[str, str] = {}
    streamed: bool = False


def json_reply(status: int, value: Any, *, headers: dict[str, str] | None = None) -> Reply:
    """A whole JSON body."""
    body = encode(value)
    return Reply(status, JSON, iter([body]), length=len(body), headers=headers or {})


def compose(wire: Wire, asked: Asked, answer: Answer, trouble: Trouble, *, number: int) -> Reply:
    """The reply to a call that was understood."""
    if trouble.does == "html":
        return Reply(200, "text/html; charset=utf-8", iter([PAGE]), length=len(PAGE), headers=trouble.headers)
    if trouble.does == "overflow" or trouble.status:
        return _failure(wire, asked, trouble)
    if trouble.does == "huge":
        return _huge(wire, asked, answer, trouble, number=number)
    said = settle(answer, asked, number=number, empty=trouble.does == "empty")
    if not asked.stream:
        return _whole(wire, encode(wire.whole(said, asked)), asked, trouble)
    events = wire.events(said, asked)
    ending: Literal["end", "cut", "silent"] = "end"
    if trouble.does in ("cut", "silent"):
        events, ending = islice(events, trouble.after), "cut" if trouble.does == "cut" else "silent"
    elif trouble.does == "malformed":
        events = _broken(events, trouble.after)
    elif trouble.does == "error":
        events = _failing(events, wire, trouble)
    return Reply(200, wire.stream_type, events, ending=ending, headers=trouble.headers, streamed=True)


def _failure(wire: Wire, asked: Asked, trouble: Trouble) -> Reply:
    problem = Problem(
        kind="overflow" if trouble.does == "overflow" else "status",
        status=trouble.status,
        message=trouble.message,
        retry_after=trouble.retry_after,
        tokens=input_tokens(asked),
    )
    status, body = wire.problem(problem)
    headers = dict(trouble.headers)
    if trouble.retry_after is not None and not isinstance(wire, Gemini):
        headers["Retry-After"] = f"{trouble.retry_after:g}"
    return json_reply(status, body, headers=headers)


def _whole(wire: Wire, body: bytes, asked: Asked, trouble: Trouble) -> Reply:
    half, length = body[: len(body) // 2], len(body)
    if trouble.does == "error":
        return _failure(wire, asked, msgspec.structs.replace(trouble, status=500))
    if trouble.does == "malformed":
        return Reply(200, JSON, iter([half]), length=len(half), headers=trouble.headers)
    if trouble.does == "cut":
        return Reply(200, JSON, iter([half]), length=length, ending="cut", headers=trouble.headers)
    if trouble.does == "silent":
        return Reply(200, JSON, iter([]), length=length, ending="silent", headers=trouble.headers)
    return Reply(200, JSON, iter([body]), length=length, headers=trouble.headers)


def _broken(events: Iterator[bytes], after: int) -> Iterator[bytes]:
    """Whole events, then one whose JSON stops in the middle, well framed."""
    yield from islice(events, after)
    event = next(events, b"data: {}\n\n")
    content = event.rstrip()
    yield content[: len(content) * 2 // 3] + event[len(content) :]


def _failing(events: Iterator[bytes], wire: Wire, trouble: Trouble) -> Iterator[bytes]:
    sent = 0
    for event in islice(events, trouble.after):
        sent += 1
        yield event
    _, body = wire.problem(Problem(kind="status", status=500, message=trouble.message))
    yield wire.stream_error(body, sent)


def _huge(wire: Wire, asked: Asked, answer: Answer, trouble: Trouble, *, number: int) -> Reply:
    filled = msgspec.structs.replace(
        answer, text=_MARK, echo=False, reasoning="", refusal="", tool_calls=(), finish=None, chunk=len(_MARK)
    )
    free = msgspec.structs.replace(asked, max_tokens=None, stop=(), logprobs=None, echo=False)
    said = settle(filled, free, number=number)
    if asked.stream:
        parts, kind = wire.events(said, free), wire.stream_type
    else:
        parts, kind = iter([encode(wire.whole(said, free))]), JSON
    return Reply(200, kind, _fill(parts, trouble.size), headers=trouble.headers, streamed=asked.stream)


def _fill(parts: Iterator[bytes], size: int) -> Iterator[bytes]:
    """Puts `size` bytes where the mark stands first, a block at a time."""
    mark, owed = _MARK.encode(), size
    for part in parts:
        head, found, tail = part.partition(mark)
        yield head
        while found and owed > 0:
            yield _BLOCK[:owed]
            owed -= len(_BLOCK)
        if tail:
            yield tail.replace(mark, b"")


def torn(parts: Iterator[bytes], size: int) -> Iterator[bytes]:
    """The same bytes in pieces of `size`, whatever they tear apart."""
    held = b""
    for part in parts:
        held += part
        while len(held) >= size:
            yield held[:size]
            held = held[size:]
    if held:
        yield held
