"""The endpoint under examination: asks it, streamed or whole, and counts what that takes.

Everything goes through the transport and the wire formats that runs use, so that what is found out holds for them.
Each call has a time limit; a call that comes to nothing is heard as such and raises nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import msgspec
from yarl import URL

from assay.catalog.prices import Prices
from assay.core.entrant import Entrant
from assay.core.errors import Fault, ProviderError
from assay.core.messages import Message, Reply, Request, Sampling, Tool, Usage
from assay.doctor.endpoint.findings import Identity, Spent
from assay.formats.tools import dialect
from assay.formats.wire import Events, wire_for
from assay.formats.wire.openai_chunks import usage_of
from assay.models.addresses import TYPES, endpoint, split
from assay.models.http import HttpModel, proxy_for
from assay.models.tool_reading import read_calls
from assay.models.transport import Transport

_LARGEST_PAGE = 4 * 1024 * 1024
_AGAIN = {Fault.CONNECT: 0.0, Fault.CUT: 0.0, Fault.RATE: 5.0}
"""Faults after which a question is put once more, and how many seconds later."""
_LONGEST_WAIT = 30.0
_ROOM, _SHORT = 1024, 60
_LONGEST_STREAM = 4 * 1024 * 1024
GONE = frozenset({Fault.CONNECT, Fault.TIMEOUT, Fault.SILENT})
"""What a server does that has died, or hangs."""
FATAL = GONE | {Fault.AUTH, Fault.NOT_FOUND, Fault.TOO_LARGE}
"""What makes further questions pointless, when it happens to a plain one."""


class Heard(msgspec.Struct, frozen=True):
    """What came of one call: a reply, or an error."""

    reply: Reply | None = None
    error: ProviderError | None = None

    @property
    def words(self) -> str:
        """The answer's text; empty for an error."""
        return self.reply.text if self.reply else ""

    @property
    def said(self) -> str:
        """The error in one line; empty for a reply."""
        return str(self.error) if self.error else ""

    @property
    def read(self) -> int | None:
        """Tokens of the prompt, those that the server still held from before as well; `None`: it counts none."""
        usage = self.reply.usage if self.reply else Usage()
        return None if usage.input is None else usage.input + (usage.cache_read or 0) + (usage.cache_write or 0)


class Patient:
    """One model at one address."""

    def __init__(
        self,
        entrant: Entrant,
        *,
        key: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float = 60.0,
        repeat: int = 5,
        context: int = 8192,
    ) -> None:
        self.entrant = msgspec.structs.replace(entrant, timeout=min(timeout, entrant.timeout))
        self.repeat = repeat
        self.context = context
        """Tokens up to which the context is tried."""
        self.identity = Identity(model=entrant.model_id)
        self.spent = Spent()
        self.gone = False
        """The last call came to nothing, as all do whose server has died or hangs."""
        self._key = key
        self._headers = dict(headers or {})
        self._transport = Transport(connect=min(15.0, timeout))
        self._models: dict[tuple[bool, str | None], HttpModel] = {}
        self._prices = Prices()
        self._cool = True
        """It takes a temperature."""
        self._dialect = dialect(entrant.tool_format) if entrant.tool_format else None

    @property
    def base(self) -> str:
        return self.entrant.api_base or TYPES[self.entrant.type].base

    @property
    def wire(self) -> str:
        """The format that it speaks."""
        return TYPES[self.entrant.type].wire

    @property
    def openai(self) -> bool:
        """It speaks OpenAI's chat format, with the fields that only that one has."""
        return self.entrant.type == "openai"

    @property
    def chats(self) -> bool:
        """It takes conversations, and so tools."""
        return self.entrant.type != "completions"

    @property
    def room(self) -> int:
        """Tokens for an answer: enough to think first; of a base model, which goes on and on, few."""
        return max(_ROOM, self.entrant.sampling.max_tokens or 0) if self.chats else _SHORT

    async def ask(self, request: Request, *, stream: bool = False, api: str | None = None) -> Heard:
        """One call. `api`: as a text to go on with, in that form (`openai`, `infill`, `generate`).

        A connection that broke is tried once more, as servers drop idle ones; who asks too often waits. A model
        that takes no temperature is asked again without, then and from then on.
        """
        heard = await self._once(request, stream, api)
        if heard.error is not None and heard.error.fault in _AGAIN:
            await asyncio.sleep(min(heard.error.retry_after or _AGAIN[heard.error.fault], _LONGEST_WAIT))
            heard = await self._once(request, stream, api)
        if heard.error is None or request.sampling.temperature is None or "temperature" not in heard.said:
            return heard
        if heard.error.fault is Fault.REJECTED:
            self._cool = False
            sampling = msgspec.structs.replace(request.sampling, temperature=None)
            heard = await self._once(msgspec.structs.replace(request, sampling=sampling), stream, api)
        return heard

    async def _once(self, request: Request, stream: bool, api: str | None) -> Heard:
        try:
            reply = await self._model(stream, api).reply(request)
        except ProviderError as error:
            self.spent = self.spent.plus(Spent(calls=1))
            self.gone = error.fault in GONE
            return Heard(error=error)
        self.gone = False
        self._count(reply)
        if self._dialect is not None and request.tools:
            reply = read_calls(reply, request, self._dialect)
        return Heard(reply=reply)

    def _count(self, reply: Reply) -> None:
        cost = self._prices.price(self.entrant, reply)
        self.spent = self.spent.plus(Spent(1, Heard(reply=reply).read or 0, reply.usage.output or 0, cost.usd))

    async def say(self, text: str, *, stream: bool = False, tools: tuple[Tool, ...] = (), **settings: Any) -> Heard:
        """One user turn. `tool_choice` and the fields of Sampling are `settings`."""
        choice = settings.pop("tool_choice", None)
        request = Request(
            messages=(Message(role="user", content=text),),
            tools=tools,
            tool_choice=choice,
            sampling=self.sampling(**settings),
        )
        return await self.ask(request, stream=stream)

    def sampling(self, **settings: Any) -> Sampling:
        """Temperature 0 and room for an answer, then `settings`, over what the entry cannot do without."""
        own = self.entrant.sampling
        extra = {**own.extra_body, **settings.pop("extra_body", {})}
        settings = {"temperature": 0.0, "max_tokens": self.room, **settings}
        if not self._cool:
            settings["temperature"] = None
        return msgspec.structs.replace(Sampling(reasoning_effort=own.reasoning_effort, extra_body=extra), **settings)

    def _model(self, stream: bool, api: str | None) -> HttpModel:
        found = self._models.get((stream, api))
        if found is None:
            changes: dict[str, Any] = {"options": {**self.entrant.options, "stream": stream}}
            if api is not None:
                changes = {"type": "completions", "api_base": self.base, "options": {"stream": stream, "api": api}}
            entrant = msgspec.structs.replace(self.entrant, **changes)
            found = HttpModel(entrant, key=self._key, headers=self._headers, transport=self._transport)
            self._models[stream, api] = found
        return found

    async def listed(self) -> tuple[str, ...]:
        """Ids of its models. Raises ProviderError."""
        return await self._model(False, None).listed(timeout=min(10.0, self.entrant.timeout))

    async def page(self, path: str, body: Any = None) -> Any:
        """A JSON page of the engine's own, below its root; `None` where there is none."""
        parts = split(self.base)
        stem = parts.path.rstrip("/").removesuffix("/v1")
        return await self.address(urlunsplit((parts.scheme, parts.netloc, stem + path, "", "")), body)

    async def address(self, url: str, body: Any = None) -> Any:
        """The JSON at an address, or `None`."""
        headers = {"Accept": "application/json", "Content-Type": "application/json", **self._auth()}
        try:
            async with self._transport.open(
                "GET" if body is None else "POST",
                URL(url, encoded=True),
                timeout=min(5.0, self.entrant.timeout),
                headers=headers,
                body=None if body is None else msgspec.json.encode(body),
                proxy=proxy_for(self.base),
            ) as exchange:
                if exchange.status != 200:
                    return None
                return msgspec.json.decode(await exchange.whole(at_most=_LARGEST_PAGE))
        except (ProviderError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return None

    async def chunks(self, request: Request) -> list[dict[str, Any]]:
        """A stream's events as they came, of a server that speaks OpenAI's chat format; empty where it does not."""
        wire = wire_for(self.wire, host=urlsplit(self.base).hostname or "")
        call = wire.call(request, model_id=self.entrant.model_id, stream=True)
        found: list[dict[str, Any]] = []
        frames = Events()
        size = 0
        try:
            async with self._transport.open(
                "POST",
                URL(endpoint(self.base, wire.root, call.path, query=call.query), encoded=True),
                timeout=self.entrant.timeout,
                headers={"Content-Type": "application/json", **call.headers, **self._auth()},
                body=msgspec.json.encode(call.body),
                proxy=proxy_for(self.base),
            ) as exchange:
                while exchange.status == 200 and size < _LONGEST_STREAM and (data := await exchange.piece()):
                    size += len(data)
                    found += [value for piece in frames.feed(data) if isinstance(value := _decoded(piece), dict)]
        except ProviderError:
            return found
        finally:
            self._count(Reply(text="", usage=_usage_in(found)))
        return found

    def _auth(self) -> dict[str, str]:
        wire = wire_for(self.wire, host=urlsplit(self.base).hostname or "")
        return {**(wire.auth(self._key) if self._key else {}), **self._headers}

    async def at_once(self, count: int, request: Request, *, stream: bool = True) -> list[Heard]:
        """The same call so many times, all together."""
        return list(await asyncio.gather(*(self.ask(request, stream=stream) for _ in range(count))))

    async def close(self) -> None:
        await self._transport.close()


def _usage_in(chunks: list[dict[str, Any]]) -> Usage:
    """The last count of tokens in a stream; unknown where it is none."""
    told = next((chunk["usage"] for chunk in reversed(chunks) if isinstance(chunk.get("usage"), dict)), None)
    try:
        return usage_of(told)
    except (AttributeError, TypeError, ValueError):
        return Usage()


def _decoded(data: bytes) -> Any:
    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
