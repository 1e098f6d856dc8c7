"""One pool of connections for all models of a process, and the clock of each call.

Knows sockets, time limits and sizes; knows no wire format, no key and no retry. Whatever goes wrong down
here leaves as a ProviderError that says what kind of thing it was.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any

import aiohttp
from yarl import URL

from assay.core.errors import Fault, ProviderError

LARGEST = 64 * 1024 * 1024
"""Bytes of one answer; more are not read."""
SILENCE = 300.0
"""Seconds between two pieces of an answer that has begun. Long, as models think in silence."""


class Clock:
    """When the request had left; the connection's own set-up is over by then."""

    __slots__ = ("reused", "sent")

    def __init__(self) -> None:
        self.sent = 0.0
        self.reused = False
        """It left on a connection that an earlier answer had come by."""


class Exchange:
    """One answer on its way in: its head, and then piece by piece."""

    def __init__(
        self, response: aiohttp.ClientResponse, scope: asyncio.Timeout, *, silence: float, deadline: float, clock: Clock
    ) -> None:
        self.status = response.status
        self.headers: Mapping[str, str] = response.headers
        self.content_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        self.sent = clock.sent
        self._response = response
        self._scope = scope
        self._silence = silence
        self._deadline = deadline
        self._now = asyncio.get_running_loop().time
        self._size = 0

    async def piece(self) -> bytes:
        """The next bytes as they come; empty at the end."""
        self._scope.reschedule(min(self._deadline, self._now() + self._silence))
        data = await self._response.content.readany()
        self._size += len(data)
        if self._size > LARGEST:
            raise ProviderError(
                f"the answer is larger than {LARGEST // 2**20} MiB", fault=Fault.TOO_LARGE, http_status=self.status
            )
        return data

    async def whole(self, *, at_most: int | None = None) -> bytes:
        """All bytes, or the first so many of an answer that is only looked at."""
        pieces: list[bytes] = []
        size = 0
        while data := await self.piece():
            pieces.append(data)
            size += len(data)
            if at_most is not None and size >= at_most:
                break
        return b"".join(pieces) if len(pieces) != 1 else pieces[0]

    async def trailing(self, *, until: float) -> bytes:
        """What still comes behind an answer that is whole: its bookkeeping, and the end that lets the
        connection be used again. Not waited for past `until`, and no fault if it never comes."""
        try:
            async with asyncio.timeout_at(until):
                return await self.piece()
        except (TimeoutError, aiohttp.ClientError):
            self._response.close()
            return b""


class Transport:
    """Sends and receives. Made outside a loop, opened on the first call, bound to that call's loop."""

    def __init__(self, *, connect: float = 15.0, silence: float = SILENCE, verify: bool = True) -> None:
        self._connect = connect
        self._silence = silence
        self._verify = verify
        self._session: aiohttp.ClientSession | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    @asynccontextmanager
    async def open(
        self,
        method: str,
        url: URL,
        *,
        timeout: float,
        headers: Mapping[str, str],
        body: bytes | None = None,
        proxy: str | None = None,
    ) -> AsyncIterator[Exchange]:
        """One request; what the caller does inside is under the same limits. `timeout` covers all of it."""
        session = self._opened()
        clock = Clock()
        deadline = asyncio.get_running_loop().time() + timeout
        scope = asyncio.timeout_at(deadline)
        begun = False

        def ask() -> Awaitable[aiohttp.ClientResponse]:
            return session.request(
                method, url, data=body, headers=headers, proxy=proxy, allow_redirects=False, trace_request_ctx=clock
            )

        try:
            async with scope, await _answered(ask, clock) as response:
                begun = True
                yield Exchange(response, scope, silence=self._silence, deadline=deadline, clock=clock)
        except TimeoutError as error:
            if not scope.expired():
                raise _fault(error, begun=begun) from error
            raise self._ran_out(deadline, timeout=timeout) from error
        except (aiohttp.ClientError, OSError) as error:
            raise _fault(error, begun=begun) from error

    async def close(self) -> None:
        if self._session is not None and not self._session.closed:
            await self._session.close()
        self._session = self._loop = None

    def _ran_out(self, deadline: float, *, timeout: float) -> ProviderError:
        if asyncio.get_running_loop().time() >= deadline - 0.001:
            return ProviderError(f"no whole answer within {timeout:g} s", fault=Fault.TIMEOUT)
        return ProviderError(f"the stream fell silent for {self._silence:g} s", fault=Fault.SILENT)

    def _opened(self) -> aiohttp.ClientSession:
        loop = asyncio.get_running_loop()
        if self._session is None or self._session.closed or self._loop is not loop:
            self._loop = loop
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0, ttl_dns_cache=300, keepalive_timeout=4.0, ssl=self._verify),
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=self._connect),
                trace_configs=[_tracing()],
                max_line_size=32_768,
                max_field_size=32_768,
                raise_for_status=False,
                trust_env=False,
            )
        return self._session


async def _answered(ask: Callable[[], Awaitable[aiohttp.ClientResponse]], clock: Clock) -> aiohttp.ClientResponse:
    """The head of the answer. A connection that was kept may be dropped while the next request is on its way (llama.cpp
    drops each behind a stream, and says that it keeps it): that is no fault of anybody's, and another is taken at once.
    """
    while True:
        clock.reused = False
        try:
            return await ask()
        except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError):
            if not clock.reused:
                raise


def _tracing() -> aiohttp.TraceConfig:
    async def sent(
        session: aiohttp.ClientSession, context: SimpleNamespace, params: aiohttp.TraceRequestHeadersSentParams
    ) -> None:
        clock: Any = context.trace_request_ctx
        clock.sent = asyncio.get_running_loop().time()

    async def reused(
        session: aiohttp.ClientSession, context: SimpleNamespace, params: aiohttp.TraceConnectionReuseconnParams
    ) -> None:
        clock: Any = context.trace_request_ctx
        clock.reused = True

    config = aiohttp.TraceConfig()
    config.on_request_headers_sent.append(sent)
    config.on_connection_reuseconn.append(reused)
    return config


_FAULTS: tuple[tuple[type[Exception], Fault, str], ...] = (
    (aiohttp.ClientConnectorCertificateError, Fault.CONNECT, "the server's certificate cannot be trusted"),
    (aiohttp.ClientConnectorSSLError, Fault.CONNECT, "no secure connection could be made"),
    (aiohttp.ClientConnectorDNSError, Fault.CONNECT, "the host's name cannot be resolved"),
    (aiohttp.ConnectionTimeoutError, Fault.CONNECT, "nobody answered the connection in time"),
    (aiohttp.ClientProxyConnectionError, Fault.CONNECT, "the proxy cannot be reached"),
    (aiohttp.ClientHttpProxyError, Fault.CONNECT, "the proxy refused the connection"),
    (aiohttp.ClientConnectorError, Fault.CONNECT, "the connection was refused"),
    (aiohttp.ClientPayloadError, Fault.CUT, "the answer was cut off on its way"),
    (aiohttp.ServerDisconnectedError, Fault.CONNECT, "the server hung up without an answer"),
    (aiohttp.ClientResponseError, Fault.MALFORMED, "the server did not speak HTTP"),
    (aiohttp.ClientOSError, Fault.CONNECT, "the connection broke"),
)
"""The first type that fits; after the head has come, a broken connection is a cut answer."""


def _fault(error: Exception, *, begun: bool) -> ProviderError:
    if isinstance(error, aiohttp.ClientError) and "content-encoding" in str(error):
        # Its type says only that the head or the body was wrong.
        return ProviderError(
            "the answer is not compressed as it says, or in a way not asked for", fault=Fault.MALFORMED
        )
    for kind, fault, words in _FAULTS:
        if isinstance(error, kind):
            if begun and fault is Fault.CONNECT:
                return ProviderError("the answer was cut off on its way", fault=Fault.CUT)
            detail = error.os_error.strerror if isinstance(error, aiohttp.ClientConnectorError) else None
            return ProviderError(f"{words} ({detail})" if detail else words, fault=fault)
    if isinstance(error, OSError):
        return ProviderError("the connection broke", fault=Fault.CUT if begun else Fault.CONNECT)
    return ProviderError(f"the request could not be sent ({type(error).__name__})", fault=Fault.REJECTED)
