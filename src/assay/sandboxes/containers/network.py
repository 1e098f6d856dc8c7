"""The one way out of a workspace: a proxy that admits only the endpoints that the user named.

The workspace's container has no network but its own loopback. A second container of the same image joins that
loopback and holds a relay, which speaks to us over its standard input and output: so there is no bridge, no gateway
address and no name service that an answer could try, and it works with any engine, wherever it runs. What is
admitted is decided here, outside; names are resolved here.
"""

from __future__ import annotations

import asyncio
import os
from asyncio.subprocess import Process
from collections.abc import Sequence
from contextlib import suppress
from importlib import resources
from urllib.parse import urlsplit

from assay.core.errors import SandboxError, UserError
from assay.sandboxes.containers import owners
from assay.sandboxes.containers.engine import Engine, put_down
from assay.sandboxes.containers.relay import FRAME, PIECE, PORT, TAKEN, Window

_LONGEST_HEAD = 16 << 10
_END_OF_HEAD = b"\r\n\r\n"
_MOST_AT_ONCE = 256
_START_WITHIN = 60.0
_CONNECT_WITHIN = 30.0

Endpoint = tuple[str, int]


def endpoints(named: Sequence[str]) -> frozenset[Endpoint]:
    """`host:port`, one by one; an IPv6 address stands in brackets."""
    found = set()
    for text in named:
        host, _, port = text.rpartition(":")
        if not host or not port.isdigit() or not 0 < int(port) < 65536 or "/" in host or "*" in host:
            raise UserError(f"an allowed endpoint is written host:port, not {text!r}")
        found.add((host.strip("[]").lower().rstrip("."), int(port)))
    return frozenset(found)


class Gate:
    """Opened and closed with its workspace."""

    def __init__(self, engine: Engine, beside: str, image: str, allowed: frozenset[Endpoint]) -> None:
        self._engine = engine
        self._beside = beside
        self._image = image
        self._allowed = allowed
        self._relay: Process | None = None
        self._connections: dict[int, _Connection] = {}
        self._newest = 0
        self._pump: asyncio.Task[None] | None = None
        self.refused: list[str] = []
        """What was asked for and not allowed, in order: worth a flag."""

    @property
    def env(self) -> dict[str, str]:
        proxy = f"http://127.0.0.1:{PORT}"
        names = ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy")
        return dict.fromkeys(names, proxy) | {"NO_PROXY": "localhost,127.0.0.1", "no_proxy": "localhost,127.0.0.1"}

    async def open(self) -> None:
        text = resources.files(__package__).joinpath("relay.py").read_text(encoding="utf-8")
        relay = await self._engine.start(
            "run", "--rm", "--interactive", "--init", "--pull=never", f"--label={owners.LABEL}={owners.label()}",
            f"--network=container:{self._beside}", "--cap-drop=ALL", "--security-opt=no-new-privileges",
            "--read-only", "--user=65532:65532", "--entrypoint=", "--log-driver=none", "--memory=128m",
            "--pids-limit=32", "--ulimit=nofile=4096:4096", *self._engine.own_limits(),
            f"--name={self._beside}-gate-{os.urandom(2).hex()}", self._image,
            "python3", "-E", "-s", "-S", "-B", "-c", text,
        )  # fmt: skip
        self._relay = relay
        assert relay.stdout is not None
        assert relay.stderr is not None
        try:
            async with asyncio.timeout(_START_WITHIN):
                first = await relay.stdout.readline()
                said = b"" if first else await relay.stderr.read(4096)
        except TimeoutError as error:
            raise SandboxError("a workspace's proxy did not start") from error
        if first != b"ready\n":
            words = self._engine.complaint(said.decode(errors="replace"))
            raise SandboxError(f"a workspace's proxy did not start; the image needs python3 for it: {words}")
        self._pump = asyncio.create_task(self._serve(relay.stdout))

    async def _serve(self, frames: asyncio.StreamReader) -> None:
        with suppress(asyncio.IncompleteReadError, OSError):  # the workspace is gone
            while True:
                number, size = FRAME.unpack(await frames.readexactly(FRAME.size))
                data = b"" if size & TAKEN else await frames.readexactly(size)
                self._pass(number, size, data)

    def _pass(self, number: int, size: int, data: bytes) -> None:
        connection = self._connections.get(number)
        if connection is None:
            if number > self._newest:  # and not what comes late for one that has ended
                self._newest = number
                if data and len(self._connections) < _MOST_AT_ONCE:
                    self._connections[number] = _Connection(self, number, data)
                else:
                    self.tell(number)
        elif size & TAKEN:
            connection.window.grow(size ^ TAKEN)
        elif data:
            connection.inbox.feed_data(data)
        else:
            connection.inbox.feed_eof()

    def admits(self, host: str, port: int) -> bool:
        if (host.lower().rstrip("."), port) in self._allowed:
            return True
        self.refused.append(f"{host}:{port}"[:300])
        del self.refused[1000:]
        return False

    def tell(self, number: int, data: bytes = b"", *, taken: int = 0) -> None:
        """Bytes; how many of theirs were taken; or, with neither, the end."""
        if not data and not taken:
            self._connections.pop(number, None)
        relay = self._relay
        if relay is not None and relay.stdin is not None and not relay.stdin.is_closing():
            relay.stdin.write(FRAME.pack(number, TAKEN | taken if taken else len(data)) + data)

    async def settle(self) -> None:
        """Waits until the relay has taken what was told: no endless queue here."""
        if self._relay is not None and self._relay.stdin is not None:
            await self._relay.stdin.drain()

    async def close(self) -> None:
        if self._pump is not None:
            self._pump.cancel()
            with suppress(asyncio.CancelledError):
                await self._pump
        for connection in list(self._connections.values()):
            connection.work.cancel()
            with suppress(asyncio.CancelledError):
                await connection.work
        relay = self._relay
        if relay is None or relay.stdin is None:
            return
        relay.stdin.close()
        with suppress(TimeoutError):
            async with asyncio.timeout(5.0):
                await relay.communicate()  # what it still says has to be read, or its end is not heard of
        await put_down(relay)


class _Connection:
    """One connection from inside: its request's head, and then bytes both ways."""

    def __init__(self, gate: Gate, number: int, data: bytes) -> None:
        self._gate = gate
        self._number = number
        self.window = Window()
        self.inbox = asyncio.StreamReader(limit=_LONGEST_HEAD)
        self.inbox.feed_data(data)
        self.work = asyncio.create_task(self._serve())

    async def _serve(self) -> None:
        with suppress(OSError):  # either end was cut
            if refused := await self._served():
                await self._bring(f"HTTP/1.1 {refused}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
        self._gate.tell(self._number)

    async def _served(self) -> str:
        """Until the endpoint has no more to say; or why it was not asked."""
        try:
            head = await self.inbox.readuntil(_END_OF_HEAD)
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            return "400 Bad Request"
        self._gate.tell(self._number, taken=len(head))
        request, *fields = head.removesuffix(_END_OF_HEAD).decode("latin-1").split("\r\n")
        method, _, words = request.partition(" ")
        target, _, version = words.rpartition(" ")
        try:
            where = urlsplit(f"//{target}" if method == "CONNECT" else target)
            host, port = where.hostname or "", where.port or 80
        except ValueError:
            host, port = "", 0
        if not host or (method != "CONNECT" and where.scheme != "http"):
            return "400 Bad Request"
        if not self._gate.admits(host, port):
            return "403 Forbidden"
        try:
            async with asyncio.timeout(_CONNECT_WITHIN):
                reader, writer = await asyncio.open_connection(host, port)
        except (OSError, TimeoutError):
            return "502 Bad Gateway"
        if method == "CONNECT":
            await self._bring(b"HTTP/1.1 200 Connection established\r\n\r\n")
        else:
            # One request for each connection, or a later one could name another host.
            kept = [field for field in fields if not field.lower().startswith(("proxy-", "connection:"))]
            path = where.path or "/"
            first = f"{method} {path}{'?' + where.query if where.query else ''} {version}"
            writer.write("\r\n".join([first, *kept, "Connection: close", "", ""]).encode("latin-1"))
        sending = asyncio.create_task(self._send(writer))
        try:
            while data := await reader.read(PIECE):
                await self._bring(data)
        finally:
            sending.cancel()
            writer.close()
        return ""

    async def _send(self, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await self.inbox.read(PIECE):
                writer.write(data)
                await writer.drain()
                self._gate.tell(self._number, taken=len(data))
            if writer.can_write_eof():
                writer.write_eof()

    async def _bring(self, data: bytes) -> None:
        await self.window.spend(len(data))
        self._gate.tell(self._number, data)
        await self._gate.settle()
