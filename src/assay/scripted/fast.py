"""A chat endpoint that costs its machine almost nothing, so that a benchmark measures the client.

Knows just enough HTTP/1.1 (keep-alive, Content-Length) and one canned answer; refuses to know anything else:
no script, no checks, no latency. The list of models and a count of requests are all it has besides.
"""

from __future__ import annotations

import asyncio

import msgspec

from assay.scripted.script import Answer
from assay.scripted.talk import Asked, Wire, encode, settle
from assay.scripted.wire_openai import Chat, model_list

_COUNTS = b"GET /stats "
_MODELS = b"/models "
_STREAM = (b'"stream":true', b'"stream": true')
_LENGTH = b"content-length:"


class Canned(msgspec.Struct, frozen=True):
    """The bytes that are ever sent."""

    streamed: bytes
    whole: bytes
    models: bytes
    failure: bytes


def can(text: str, *, model: str = "demo") -> Canned:
    """Renders every reply once."""
    wire: Wire = Chat()
    asked = Asked(model=model, texts=("question",), last="question", options={"usage": True})
    said = settle(Answer(text=text, chunk=max(4, len(text) // 32)), asked, number=1)
    failed = {"message": "The server had an error.", "type": "server_error", "param": None, "code": None}
    events = b"".join(b"%x\r\n%b\r\n" % (len(event), event) for event in wire.events(said, asked))
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
    return Canned(
        streamed=head + events + b"0\r\n\r\n",
        whole=_plain("200 OK", encode(wire.whole(said, asked))),
        models=_plain("200 OK", encode(model_list([model]))),
        failure=_plain("500 Internal Server Error", encode({"error": failed})),
    )


def _plain(status: str, body: bytes) -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


class Counter:
    """What all connections share: how much was asked, and which prompts always fail."""

    def __init__(self, *, fail_every: int = 0) -> None:
        self.requests = 0
        self.failed = 0
        self._every = fail_every
        self._order: dict[int, int] = {}

    def fails(self, body: bytes) -> bool:
        """Each `fail_every`th distinct request body fails, whenever and however often it comes."""
        self.requests += 1
        if not self._every:
            return False
        place = self._order.setdefault(hash(body), len(self._order) + 1)
        failed = place % self._every == 0
        self.failed += failed
        return failed


class FastProtocol(asyncio.Protocol):
    """One connection."""

    def __init__(self, canned: Canned, counter: Counter) -> None:
        self._canned, self._counter = canned, counter
        self._buffer = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        assert self._transport is not None
        self._buffer = self._buffer + data if self._buffer else data
        while self._buffer:
            end = self._buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            head = self._buffer[:end]
            size = _content_length(head)
            if size < 0:
                self._transport.close()
                return
            if len(self._buffer) < end + 4 + size:
                return
            body = self._buffer[end + 4 : end + 4 + size]
            self._buffer = self._buffer[end + 4 + size :]
            self._transport.write(self._reply(head, body))

    def _reply(self, head: bytes, body: bytes) -> bytes:
        if head.startswith(b"GET "):
            if head.startswith(_COUNTS):
                return _plain("200 OK", encode({"requests": self._counter.requests, "failed": self._counter.failed}))
            return self._canned.models if _MODELS in head else _plain("404 Not Found", b"{}")
        if self._counter.fails(body):
            return self._canned.failure
        return self._canned.streamed if any(mark in body for mark in _STREAM) else self._canned.whole


def _content_length(head: bytes) -> int:
    """The promised bytes of the body; 0 where there is none, -1 where the header is nonsense."""
    lower = head.lower()
    start = lower.find(_LENGTH)
    if start < 0:
        return 0
    digits = lower[start + len(_LENGTH) :].split(b"\r\n", 1)[0].strip()
    return int(digits) if digits.isdigit() else -1


async def serve_fast(*, host: str, port: int, text: str, model: str = "demo", fail_every: int = 0) -> asyncio.Server:
    """Listens; the caller closes what is returned."""
    canned, counter = can(text, model=model), Counter(fail_every=fail_every)
    loop = asyncio.get_running_loop()
    return await loop.create_server(lambda: FastProtocol(canned, counter), host, port, backlog=4096)
