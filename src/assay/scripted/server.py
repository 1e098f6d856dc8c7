"""The scripted server: takes a request, asks the script, sends the reply as well or as badly as it says.

Knows sockets, clocks and who is connected; refuses to know wire formats. It binds to loopback, and
what it has seen, keys among it, stays in memory.
"""

from __future__ import annotations

import asyncio
import socket
import struct
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

import msgspec
from aiohttp import web

from assay.core.errors import UserError
from assay.scripted.engine_play import Played, play, readable
from assay.scripted.engine_words import has_route, page
from assay.scripted.reply import CALM, Reply, compose, json_reply, torn
from assay.scripted.routes import Route, count_tokens, find_route, key_problem, list_models, small_answer
from assay.scripted.script import Director, Script, Trouble
from assay.scripted.spoiled import spoiled
from assay.scripted.talk import Asked, BadRequest, Problem

BACKLOG = 4096


@dataclass
class Seen:
    """One request as it was seen. Kept in memory only: the headers hold the caller's key."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    """Names in lower case."""
    at: float
    """When it came, on the monotonic clock."""
    body: Any = None
    """The JSON body; bytes where it was none."""
    call: bool = False
    """It asked a model for an answer, and the request itself was in order."""
    model: str = ""
    text: str = ""
    """What was last said to the model."""
    asked: Asked | None = None
    trouble: Trouble | None = None
    status: int = 0
    """What was answered; 0: nothing."""
    finished: bool = False
    """The reply went out to its end."""
    closed_at: float | None = None


@dataclass
class Tally:
    """Counts that are kept even where the requests are not."""

    requests: int = 0
    calls: int = 0
    finished: int = 0
    in_flight: int = 0
    peak: int = 0
    """The most requests that were in work at once."""
    by_model: dict[str, int] = field(default_factory=dict)


class ScriptedServer:
    """A model endpoint for tests and demonstrations.

    `async with ScriptedServer(script) as server:` listens on a free port of 127.0.0.1 until the block ends.
    """

    def __init__(
        self,
        script: Script | None = None,
        *,
        key: str = "",
        host: str = "127.0.0.1",
        port: int = 0,
        record: bool = True,
    ) -> None:
        self.script = script or Script()
        self.requests: list[Seen] = []
        self.tally = Tally()
        self._key, self._host, self._port, self._record = key, host, port, record
        self._director = Director(self.script)
        self._runner: web.ServerRunner | None = None
        self._site: web.TCPSite | None = None

    @property
    def root(self) -> str:
        """`http://127.0.0.1:<port>`, where Anthropic's, Google's and Ollama's clients begin."""
        return f"http://{self._host}:{self._port}"

    @property
    def url(self) -> str:
        """The same with `/v1`, where OpenAI's clients begin."""
        return f"{self.root}/v1"

    @property
    def calls(self) -> list[Seen]:
        """The requests that asked a model for an answer."""
        return [seen for seen in self.requests if seen.call]

    def count(self, *, model: str | None = None, text: str | None = None) -> int:
        """How many calls there were, for one model or one text if given."""
        return sum(
            1 for seen in self.calls if (model is None or seen.model == model) and (text is None or seen.text == text)
        )

    async def start(self) -> None:
        """Begins to listen; UserError where the address cannot be had."""
        server = web.Server(self._handle, handler_cancellation=True, access_log=None)
        self._runner = web.ServerRunner(server, shutdown_timeout=0.1)
        await self._runner.setup()
        await self.accept()

    async def stop(self) -> None:
        """Hangs up on everybody and lets the port go."""
        if self._runner is not None:
            self._hang_up()
            await self._runner.cleanup()
            self._runner = self._site = None

    async def refuse(self) -> None:
        """From now on connections are refused, and those that stand are cut."""
        if self._site is not None:
            await self._site.stop()
            self._site = None
            self._hang_up()

    async def accept(self) -> None:
        """Listens (again), on the same port."""
        assert self._runner is not None, "start the server first"
        # A shorter backlog makes the kernel drop connections of a burst, which then come a second late.
        self._site = web.TCPSite(self._runner, self._host, self._port, reuse_address=True, backlog=BACKLOG)
        try:
            await self._site.start()
        except OSError as error:
            self._site = None
            raise UserError(f"cannot listen on {self._host}:{self._port}: {error.strerror or error}") from error
        self._port = self._runner.addresses[0][1]

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    def _hang_up(self) -> None:
        server = self._runner.server if self._runner is not None else None
        for connection in server.connections if server is not None else []:
            if connection.transport is not None:
                connection.transport.abort()

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        seen = Seen(
            request.method,
            request.path,
            dict(request.query),
            {name.lower(): value for name, value in request.headers.items()},
            time.monotonic(),
        )
        self._opened(seen)
        try:
            return await self._answer(request, seen)
        finally:
            seen.closed_at = time.monotonic()
            self.tally.in_flight -= 1
            self.tally.finished += seen.finished

    def _opened(self, seen: Seen) -> None:
        tally = self.tally
        tally.requests += 1
        tally.in_flight += 1
        tally.peak = max(tally.peak, tally.in_flight)
        if self._record:
            self.requests.append(seen)

    async def _answer(self, request: web.BaseRequest, seen: Seen) -> web.StreamResponse:
        raw = await request.content.read()
        seen.body = raw
        models = self.script.models
        told = self._page(seen, raw)
        if told is not None:
            return await _send(request, told, CALM, seen)
        route = find_route(
            seen.method, seen.path, query=seen.query, headers=seen.headers, first_model=models[0] if models else ""
        )
        if route is not None and self.script.engine is not None and not has_route(self.script.engine, route.what):
            route = None
        if route is None:
            text = f"Unknown request URL: {seen.method} {seen.path}. Please check the URL for typos."
            error = {"message": text, "type": "invalid_request_error", "param": None, "code": "unknown_url"}
            return await _send(request, json_reply(404, {"error": error}), CALM, seen)
        problem = key_problem(route, self._key) if self._key else None
        if problem is not None:
            return await _send(request, json_reply(*route.wire.problem(problem)), CALM, seen)
        if route.what in ("list", "tags", "health", "version"):
            status, value = (200, small_answer(route, models)) if route.what != "list" else list_models(route, models)
            return await _send(request, json_reply(status, value), CALM, seen)
        try:
            seen.body = _object(raw)
            if route.what == "count":
                return await _send(request, json_reply(200, count_tokens(route, seen.body)), CALM, seen)
            if self.script.engine is not None:
                seen.body = readable(seen.body)
            asked = route.wire.asked(seen.body, route.given)
        except BadRequest as error:
            refused = Problem(kind="bad_request", message=str(error), param=error.param)
            return await _send(request, json_reply(*route.wire.problem(refused)), CALM, seen)
        return await self._perform(request, seen, route, asked)

    async def _perform(self, request: web.BaseRequest, seen: Seen, route: Route, asked: Asked) -> web.StreamResponse:
        """Answers a call that was understood, in the way that the script says."""
        tally = self.tally
        tally.calls += 1
        tally.by_model[asked.model] = tally.by_model.get(asked.model, 0) + 1
        seen.call, seen.model, seen.text, seen.asked = True, asked.model, asked.last, asked
        if self.script.known_only and asked.model not in self.script.models:
            unknown = route.wire.problem(Problem(kind="no_model", model=asked.model))
            return await _send(request, json_reply(*unknown), CALM, seen)
        number = tally.calls
        answer, trouble = self._director.choose(model=asked.model, text=asked.last)
        seen.trouble, trouble = trouble, trouble or CALM
        if trouble.echo_headers:
            said = f"{trouble.message or 'Request failed'}; headers: {seen.headers}"
            trouble = msgspec.structs.replace(trouble, message=said)
        await asyncio.sleep(trouble.latency + (0 if asked.stream else trouble.ttft))
        if trouble.does == "hang":
            await asyncio.Event().wait()
        if trouble.does in ("close", "reset"):
            return _drop(request, reset=trouble.does == "reset")
        engine = self.script.engine
        if engine is None or answer is not self.script.default:
            return await _send(request, compose(route.wire, asked, answer, trouble, number=number), trouble, seen)
        played = play(engine, asked, seen.body, number=number)
        if not isinstance(played, Played):
            return await _send(request, json_reply(played.status, played.body), CALM, seen)
        reply = compose(route.wire, played.asked, played.answer, trouble, number=number)
        if reply.streamed:
            reply = msgspec.structs.replace(reply, parts=spoiled(reply.parts, engine.lies))
        return await _send(request, reply, trouble, seen)

    def _page(self, seen: Seen, raw: bytes) -> Reply | None:
        """What an engine tells of itself at addresses of its own."""
        if self.script.engine is None:
            return None
        told = page(self.script.engine, seen.method, seen.path, raw, models=self.script.models)
        return None if told is None else json_reply(told.status, told.body)


def _object(raw: bytes) -> dict[str, Any]:
    """The JSON object in a body. Raises BadRequest."""
    try:
        value = msgspec.json.decode(raw)
    except msgspec.DecodeError as error:
        raise BadRequest(f"We could not parse the JSON body of your request: {error}") from error
    if not isinstance(value, dict):
        raise BadRequest("The body of your request must be a JSON object.")
    return value


async def _send(request: web.BaseRequest, reply: Reply, trouble: Trouble, seen: Seen) -> web.StreamResponse:
    """Sends a reply at the pace and to the end that it names."""
    response = web.StreamResponse(status=reply.status, headers=_headers(reply))
    response.content_length = reply.length
    seen.status = reply.status
    await response.prepare(request)
    comment = b": keep-alive\n\n" * trouble.comments if reply.content_type.startswith("text/event-stream") else b""
    parts = torn(reply.parts, trouble.piece) if trouble.piece else reply.parts
    for index, part in enumerate(parts):
        if comment and not trouble.piece:
            await response.write(comment)
        pause = trouble.drip if index else trouble.ttft if reply.streamed else 0.0
        if pause:
            await asyncio.sleep(pause)
        await response.write(part)
    if reply.ending == "silent":
        await asyncio.Event().wait()
    if reply.ending == "cut":
        return _drop(request, reset=False, response=response)
    await response.write_eof()
    seen.finished = True
    return response


def _headers(reply: Reply) -> Mapping[str, str]:
    headers = {"Content-Type": reply.content_type, "x-request-id": "req_scripted", "request-id": "req_scripted"}
    if reply.streamed:
        headers["Cache-Control"] = "no-cache"
    return {**headers, **reply.headers}


def _drop(request: web.BaseRequest, *, reset: bool, response: web.StreamResponse | None = None) -> web.StreamResponse:
    """Hangs up. What is returned is never sent: the connection is gone."""
    transport = request.transport
    if transport is not None and reset:
        raw = transport.get_extra_info("socket")
        # Lingering for no time at all makes the kernel send a reset instead of an orderly end.
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()
    elif transport is not None:
        transport.close()
    return response or web.Response()
