"""A client that reads bare bytes, and how to ask the scripted server in each of its formats."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from assay.scripted.server import ScriptedServer

USER = [{"role": "user", "content": "hello"}]
CONTENTS = [{"role": "user", "parts": [{"text": "hello"}]}]
VERSION = {"anthropic-version": "2023-06-01"}


@dataclass(frozen=True)
class Format:
    """How to ask in one format, and where its answer's text stands."""

    path: str
    body: dict[str, Any]
    text: Callable[[Any], str]
    """Of an unstreamed answer."""
    piece: Callable[[Any], str]
    """Of one event."""
    stream_path: str = ""
    headers: dict[str, str] | None = None
    framing: str = "sse"


FORMATS = {
    "chat": Format(
        "/v1/chat/completions",
        {"model": "demo", "messages": USER},
        lambda reply: reply["choices"][0]["message"]["content"],
        lambda event: "".join(choice["delta"].get("content") or "" for choice in event["choices"]),
    ),
    "completions": Format(
        "/v1/completions",
        {"model": "demo", "prompt": "hello", "max_tokens": 99},
        lambda reply: reply["choices"][0]["text"],
        lambda event: "".join(choice["text"] for choice in event["choices"]),
    ),
    "responses": Format(
        "/v1/responses",
        {"model": "demo", "input": "hello"},
        lambda reply: reply["output"][0]["content"][0]["text"],
        lambda event: event["delta"] if event["type"] == "response.output_text.delta" else "",
    ),
    "messages": Format(
        "/v1/messages",
        {"model": "demo", "messages": USER, "max_tokens": 99},
        lambda reply: reply["content"][0]["text"],
        lambda event: event.get("delta", {}).get("text", ""),
        headers=VERSION,
    ),
    "gemini": Format(
        "/v1beta/models/demo:generateContent",
        {"contents": CONTENTS},
        lambda reply: reply["candidates"][0]["content"]["parts"][0]["text"],
        lambda event: event["candidates"][0]["content"]["parts"][0]["text"],
        stream_path="/v1beta/models/demo:streamGenerateContent?alt=sse",
    ),
    "gemini-array": Format(
        "/v1beta/models/demo:generateContent",
        {"contents": CONTENTS},
        lambda reply: reply["candidates"][0]["content"]["parts"][0]["text"],
        lambda event: event["candidates"][0]["content"]["parts"][0]["text"],
        stream_path="/v1beta/models/demo:streamGenerateContent",
        framing="array",
    ),
    "infill": Format(
        "/infill",
        {"input_prefix": "hello", "input_suffix": "bye"},
        lambda reply: reply["content"],
        lambda event: event["content"],
    ),
    "ollama-chat": Format(
        "/api/chat",
        {"model": "demo", "messages": USER},
        lambda reply: reply["message"]["content"],
        lambda event: event["message"]["content"],
        framing="lines",
    ),
    "ollama-generate": Format(
        "/api/generate",
        {"model": "demo", "prompt": "hello"},
        lambda reply: reply["response"],
        lambda event: event["response"],
        framing="lines",
    ),
}


@dataclass
class Heard:
    """What came over the wire."""

    raw: bytes
    closed: str
    """`` (still open when we stopped listening), `end` or `reset`."""
    seconds: float

    @property
    def status(self) -> int:
        return int(self.raw.split(b" ", 2)[1]) if self.raw else 0

    @property
    def headers(self) -> dict[str, str]:
        head = self.raw.partition(b"\r\n\r\n")[0].decode()
        return {name.lower(): value for name, _, value in (line.partition(": ") for line in head.split("\r\n")[1:])}

    @property
    def body(self) -> bytes:
        rest = self.raw.partition(b"\r\n\r\n")[2]
        return _unchunked(rest) if "chunked" in self.headers.get("transfer-encoding", "") else rest

    @property
    def whole(self) -> bool:
        """The reply is framed to its end: nothing that was promised is missing."""
        rest = self.raw.partition(b"\r\n\r\n")[2]
        if "chunked" in self.headers.get("transfer-encoding", ""):
            return rest.endswith(b"0\r\n\r\n")
        return bool(self.raw) and len(rest) == int(self.headers["content-length"])

    def events(self, framing: str = "sse") -> list[Any]:
        if framing == "lines":
            return [json.loads(line) for line in self.body.decode().splitlines()]
        if framing == "array":
            value = json.loads(self.body)
            assert isinstance(value, list)
            return value
        lines = self.body.decode().splitlines()
        return [json.loads(line[6:]) for line in lines if line.startswith("data: {")]


def _unchunked(rest: bytes) -> bytes:
    body = b""
    while rest:
        size, _, rest = rest.partition(b"\r\n")
        length = int(size or b"0", 16)
        body, rest = body + rest[:length], rest[length + 2 :]
    return body


async def ask(
    server: ScriptedServer, form: Format, *, stream: bool, patience: float = 5.0, headers: dict[str, str] | None = None
) -> Heard:
    """Asks once and listens until the reply is whole, the server hangs up, or patience ends."""
    where = urlsplit(server.root)
    body = form.body if form.stream_path else {**form.body, "stream": stream}
    data = json.dumps(body).encode()
    path = form.stream_path if stream and form.stream_path else form.path
    lines = {"Host": where.netloc, "Content-Length": str(len(data)), **(form.headers or {}), **(headers or {})}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    reader, writer = await asyncio.open_connection(where.hostname, where.port)
    began = time.monotonic()
    writer.write(f"POST {path} HTTP/1.1\r\n{head}\r\n".encode() + data)
    heard = Heard(b"", "", 0.0)
    try:
        async with asyncio.timeout(patience):
            while not (b"\r\n\r\n" in heard.raw and heard.whole):
                piece = await reader.read(1 << 20)
                if not piece:
                    heard.closed = "end"
                    break
                heard.raw += piece
    except ConnectionResetError:
        heard.closed = "reset"
    except TimeoutError:
        pass
    heard.seconds = time.monotonic() - began
    writer.close()
    return heard
