"""A small server for the transport's tests: each test hands in what it does with a connection."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from assay.core.entrant import Entrant
from assay.core.messages import Message, Request, Sampling
from assay.models.http import HttpModel
from assay.models.transport import Transport

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
KEY = "sk-live-4f9a8b7c6d5e4f3a2b1c"

DELTA = b'data: {"model":"m","choices":[{"index":0,"delta":{"content":"%s"},"finish_reason":null}]}\n\n'
END = b'data: {"model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\n'
USAGE = b'data: {"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2}}\n\n'
DONE = b"data: [DONE]\n\n"
GOOD = DELTA % b"Hel" + DELTA % b"lo" + END + USAGE + DONE


@asynccontextmanager
async def served(handler: Handler) -> AsyncIterator[str]:
    """Serves every path with `handler`; gives the server's address."""
    app = web.Application(client_max_size=2**26)
    app.router.add_route("*", "/{path:.*}", handler)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def raw(answer: bytes, *, linger: float = 0.0) -> AsyncIterator[str]:
    """Serves bytes as they are, and hangs up."""

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        await writer.drain()
        await asyncio.sleep(linger)
        writer.close()

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        await server.wait_closed()


def ask(text: str = "hi", **settings: Any) -> Request:
    return Request(messages=(Message(role="user", content=text),), sampling=Sampling(**settings))


@asynccontextmanager
async def model_at(
    base: str, *, silence: float = 5.0, headers: dict[str, str] | None = None, **fields: Any
) -> AsyncIterator[HttpModel]:
    entrant = Entrant(**{"name": "x", "type": "openai", "model_id": "m", "api_base": base, "timeout": 5.0, **fields})
    transport = Transport(connect=1.0, silence=silence)
    model = HttpModel(entrant, key=KEY, headers=headers, transport=transport)
    try:
        yield model
    finally:
        await model.close()
        await transport.close()


async def stream(request: web.Request, *pieces: bytes | float, kind: str = "text/event-stream") -> web.StreamResponse:
    """Writes the pieces; a number is a pause in seconds."""
    response = web.StreamResponse(headers={"Content-Type": kind})
    await response.prepare(request)
    for piece in pieces:
        if isinstance(piece, float):
            await asyncio.sleep(piece)
        else:
            await response.write(piece)
    return response
