"""A model behind an address: the one transport, any wire format. One `reply` is one request.

Streams, so that the first token is timed; what a server answers in one piece although a stream was asked
for is read as such, with no time to first token, because none was seen. Errors leave as one line each,
free of keys, header values and queries.
"""

from __future__ import annotations

import asyncio
import codecs
import difflib
import http
import time
import urllib.request
from collections.abc import Mapping

import msgspec
from yarl import URL

from assay import __version__
from assay.core.entrant import Entrant
from assay.core.errors import Fault, ProviderError, UserError
from assay.core.messages import Reply, Request
from assay.formats.wire import (
    Call,
    Events,
    Framing,
    JsonLines,
    Reader,
    WireError,
    blocked,
    cut_at,
    fault_of,
    read_problem,
    wire_for,
)
from assay.models.addresses import COMPLETION_APIS, TYPES, endpoint, shown, split
from assay.models.listing import list_models
from assay.models.pace import rate_hint, retry_after
from assay.models.scrub import Scrubber
from assay.models.transport import Exchange, Transport

_JSON = ("application/json", "text/json", "application/problem+json", "")
"""What a whole answer may call itself; no name at all is let through, and what it holds decides."""
_FRAMES: dict[str, type[Events] | type[JsonLines]] = {
    "text/event-stream": Events,
    "application/x-ndjson": JsonLines,
    "application/ndjson": JsonLines,
    "application/jsonl": JsonLines,
}
_ERROR_BYTES = 256 * 1024
_LINGER = 2.0
"""Seconds that usage and the stream's end are waited for once the answer is whole."""


class HttpModel:
    """`core.ports.Model` over HTTP. Options: `api` (see `COMPLETION_APIS`), `stream: false`."""

    def __init__(
        self,
        entrant: Entrant,
        *,
        key: str | None = None,
        headers: Mapping[str, str] | None = None,
        transport: Transport | None = None,
    ) -> None:
        spoken = TYPES.get(entrant.type)
        if spoken is None:
            raise UserError(f"'{entrant.name}': type {entrant.type} has no address; known: {', '.join(TYPES)}")
        self._base = entrant.api_base or spoken.base
        host = split(self._base).hostname or ""
        self._wire = wire_for(_wire_name(entrant, spoken.wire), host=host)
        self._entrant = entrant
        self._stream = bool(entrant.options.get("stream", True))
        self._transport = transport or Transport()
        self._owns_transport = transport is None
        self._headers = _sound_headers(entrant, {**(self._wire.auth(key) if key else {}), **(headers or {})})
        self._scrub = Scrubber((key, *self._headers.values()))
        self._proxy = proxy_for(self._base)
        self._urls: dict[tuple[str, str], URL] = {}
        self._nearest: asyncio.Task[str] | None = None

    async def reply(self, request: Request) -> Reply:
        try:
            call = self._wire.call(request, model_id=self._entrant.model_id, stream=self._stream)
            body = msgspec.json.encode(call.body)
        except WireError as error:
            raise ProviderError(str(error), fault=error.fault) from error
        except (TypeError, ValueError) as error:
            raise ProviderError(f"the request cannot be written as JSON: {error}", fault=Fault.REJECTED) from error
        try:
            reply = await self._exchange(call, body)
        except ProviderError as error:
            raise await self._said(error) from None  # what it came from may hold the server's words unscrubbed
        if request.sampling.stop and not self._wire.takes_stops:
            reply = msgspec.structs.replace(reply, text=cut_at(reply.text, request.sampling.stop))
        return reply

    async def listed(self, *, timeout: float = 5.0) -> tuple[str, ...]:
        """The ids that the server lists; asks no model. Raises ProviderError."""
        return await list_models(
            self._transport,
            wire=self._wire.name,
            base=self._base,
            headers=self._headers,
            timeout=min(timeout, self._entrant.timeout),
            proxy=self._proxy,
        )

    async def close(self) -> None:
        if self._nearest is not None:
            self._nearest.cancel()
        if self._owns_transport:
            await self._transport.close()

    async def _exchange(self, call: Call, body: bytes) -> Reply:
        headers = {
            "Content-Type": "application/json",
            "Accept": "text/event-stream, application/json" if self._stream else "application/json",
            "Accept-Encoding": "identity",  # a compressed stream comes in blocks, and its first token late
            "User-Agent": f"assay/{__version__}",
            **call.headers,
            **self._headers,
        }
        async with self._transport.open(
            "POST", self._url(call), timeout=self._entrant.timeout, headers=headers, body=body, proxy=self._proxy
        ) as exchange:
            if not 200 <= exchange.status < 300:
                return await self._refused(exchange)
            try:
                return await self._read(exchange)
            except WireError as error:
                raise ProviderError(
                    str(error), fault=error.fault, http_status=exchange.status, retry_after=error.retry_after
                ) from error
            except (AttributeError, IndexError, KeyError, TypeError, ValueError, RecursionError) as error:
                raise ProviderError(
                    "the answer does not have the shape of its format",
                    fault=Fault.MALFORMED,
                    http_status=exchange.status,
                ) from error

    async def _read(self, exchange: Exchange) -> Reply:
        frames = _FRAMES.get(exchange.content_type)
        if frames is not None and (self._stream or frames is Events):
            return await self._read_stream(exchange, frames())
        if exchange.content_type not in _JSON and not exchange.content_type.endswith("+json") and frames is None:
            raise WireError(f"the answer is {exchange.content_type}, not JSON", fault=Fault.MALFORMED)
        body = (await exchange.whole()).removeprefix(codecs.BOM_UTF8)
        if not body.strip():
            raise WireError("the answer is empty", fault=Fault.CUT)
        return self._timed(self._wire.whole(body), exchange, first=None, last=_now())

    async def _read_stream(self, exchange: Exchange, frames: Framing) -> Reply:
        reader = self._wire.reader()
        first: float | None = None
        last = over = _now()
        heard = False
        data = b"-"
        while data:
            data = await (exchange.trailing(until=over + _LINGER) if reader.ended else exchange.piece())
            pieces = frames.feed(data) if data else frames.close()
            heard = heard or bool(pieces)
            _feed(reader, pieces, closing=not data)
            if data:
                last = _now()
            if not reader.ended:
                over = last
            if first is None and reader.started:
                first = last
        if not heard:
            raise WireError("the stream ended without a single event", fault=Fault.CUT)
        return self._timed(reader.reply(), exchange, first=first, last=last)

    def _timed(self, reply: Reply, exchange: Exchange, *, first: float | None, last: float) -> Reply:
        within = self._scrub.within
        return msgspec.structs.replace(
            reply,
            text=within(reply.text),
            reasoning=within(reply.reasoning) if reply.reasoning else "",
            ttft=None if first is None else max(0.0, first - exchange.sent),
            latency=max(0.0, last - exchange.sent),
            http_status=exchange.status,
            rate_hint=rate_hint(exchange.headers, now=time.time()),
        )

    async def _refused(self, exchange: Exchange) -> Reply:
        """An error, in the server's own words; a prompt that its filter blocked is an answer of a kind."""
        status = exchange.status
        if 300 <= status < 400:
            raise ProviderError(
                "the server sends the request elsewhere; set api_base to where it lives now",
                fault=Fault.REJECTED,
                http_status=status,
            )
        problem = read_problem(await exchange.whole(at_most=_ERROR_BYTES))
        fault = fault_of(status, problem)
        if fault is Fault.REJECTED and blocked(status, problem):
            reply = Reply(text="", finish_reason="content_filter")
            return self._timed(reply, exchange, first=None, last=_now())
        now = time.time()
        wait = retry_after(exchange.headers, now=now)
        if wait is None:
            wait = problem.retry_after if problem.retry_after is not None else rate_hint(exchange.headers, now=now)
        raise ProviderError(problem.message, fault=fault, http_status=status, retry_after=wait or None)

    async def _said(self, error: ProviderError) -> ProviderError:
        """The error as a person may read it: where, which status, the server's words, and for an unknown
        model the nearest that the server has."""
        status = f"HTTP {error.http_status}: " if (error.http_status or 0) >= 300 else ""
        words = self._scrub.line(str(error)) or _PHRASES.get(error.http_status or 0, "no reason given")
        hint = await self._nearest_ids() if error.fault is Fault.NOT_FOUND else ""
        return ProviderError(
            f"{shown(self._base)}: {status}{words}{hint}",
            fault=error.fault,
            http_status=error.http_status,
            retry_after=error.retry_after,
        )

    async def _nearest_ids(self) -> str:
        """Asked once for all calls that meet the same 404."""
        if self._nearest is None:
            self._nearest = asyncio.ensure_future(self._find_nearest())
        return await asyncio.shield(self._nearest)

    async def _find_nearest(self) -> str:
        try:
            ids = await self.listed()
        except ProviderError:
            return ""
        if self._entrant.model_id in ids:
            return "; the server does list this model, so it is the path or a feature that is not there"
        near = nearest_ids(self._entrant.model_id, ids)
        return f"; nearest ids that it lists: {', '.join(self._scrub.line(i) for i in near)}" if near else ""

    def _url(self, call: Call) -> URL:
        url = self._urls.get((call.path, call.query))
        if url is None:
            text = endpoint(self._base, self._wire.root, call.path, query=call.query)
            url = self._urls[call.path, call.query] = URL(text, encoded=True)
        return url


_PHRASES = {status.value: status.phrase for status in http.HTTPStatus}
"""For errors that come without a word."""


def nearest_ids(wanted: str, ids: tuple[str, ...]) -> list[str]:
    """Up to three ids that look like `wanted`, by the whole or by the part after the last slash."""
    by_tail = {known.rpartition("/")[2].lower(): known for known in reversed(ids)}
    near = difflib.get_close_matches(wanted, ids, n=3, cutoff=0.5)
    near += [by_tail[t] for t in difflib.get_close_matches(wanted.rpartition("/")[2].lower(), by_tail, n=3, cutoff=0.5)]
    return list(dict.fromkeys(near))[:3]


def proxy_for(base: str) -> str | None:
    """The proxy that the system's settings name for this host; loopback is never sent through one."""
    parts = split(base)
    host = parts.hostname or ""
    if host in ("localhost", "::1") or host.startswith("127."):
        return None
    proxy = urllib.request.getproxies().get(parts.scheme)
    return None if not proxy or urllib.request.proxy_bypass(host) else proxy


def _feed(reader: Reader, pieces: list[bytes], *, closing: bool) -> None:
    """Half a piece at a stream's end is a cut, not a malformed answer; behind an answer's end it is nothing."""
    for piece in pieces:
        try:
            reader.feed(piece)
        except WireError as error:
            if closing and error.fault is Fault.MALFORMED:
                if reader.ended:
                    return
                raise WireError("the stream ended in the middle of an event", fault=Fault.CUT) from error
            raise


def _wire_name(entrant: Entrant, default: str) -> str:
    if entrant.type != "completions":
        return default
    api = str(entrant.options.get("api", ""))
    if api not in COMPLETION_APIS:
        raise UserError(f"'{entrant.name}': unknown api '{api}'; known: {', '.join(filter(None, COMPLETION_APIS))}")
    return COMPLETION_APIS[api]


def _sound_headers(entrant: Entrant, headers: Mapping[str, str]) -> dict[str, str]:
    """Raises UserError for a value that no header can hold, without showing it."""
    for name, value in headers.items():
        if any(ord(ch) < 32 or ord(ch) == 127 for ch in name + value):
            raise UserError(
                f"'{entrant.name}': the header {name!r} holds a line break or another control character;"
                " look at the variable that it comes from"
            )
    return dict(headers)


def _now() -> float:
    return asyncio.get_running_loop().time()
