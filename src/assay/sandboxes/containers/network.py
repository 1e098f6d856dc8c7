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
from assay.sandboxes.containers.engine import Engine
from assay.sandboxes.containers.relay import FRAME, PIECE, PORT

_LONGEST_HEAD = 16 << 10
_MOST_AT_ONCE = 256
_WAITING = 64
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
        try:
            while True:
                number, size = FRAME.unpack(await frames.readexactly(FRAME.size))
                data = await frames.readexactly(size)
                await self._pass(number, data)
        except (asyncio.IncompleteReadError, OSError):
            return  # the workspace is gone

    async def _pass(self, number: int, data: bytes) -> None:
        connection = self._connections.get(number)
        if connection is None:
            if not data:
                return
            if len(self._connections) >= _MOST_AT_ONCE:
                self.tell(number, b"")
                return
            connection = self._connections[number] = _Connection(self, number)
        await connection.inbox.put(data)

    def admits(self, host: str, port: int) -> bool:
        if (host.lower().rstrip("."), port) in self._allowed:
            return True
        self.refused.append(f"{host}:{port}"[:300])
        del self.refused[1000:]
        return False

    def tell(self, number: int, data: bytes) -> None:
        if not data:
            self._connections.pop(number, None)
        relay = self._relay
        if relay is not None and relay.stdin is not None and not relay.stdin.is_closing():
            relay.stdin.write(FRAME.pack(number, len(data)) + data)

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
            await connection.close()
        relay = self._relay
        if relay is None or relay.stdin is None:
            return
        relay.stdin.close()
        with suppress(TimeoutError):
            async with asyncio.timeout(5.0):
                await relay.wait()
        if relay.returncode is None:
            relay.kill()
            await relay.wait()


class _Connection:
    """One connection from inside: its request's head, and then bytes both ways."""

    def __init__(self, gate: Gate, number: int) -> None:
        self._gate = gate
        self._number = number
        self.inbox: asyncio.Queue[bytes] = asyncio.Queue(_WAITING)
        self._head = b""
        self._out: asyncio.StreamWriter | None = None
        self._work = [asyncio.create_task(self._serve())]

    async def _serve(self) -> None:
        while data := await self.inbox.get():
            await self._take(data)
        await self._take(b"")

    async def _take(self, data: bytes) -> None:
        if self._out is not None:
            with suppress(OSError):
                if data:
                    self._out.write(data)
                    await self._out.drain()
                elif self._out.can_write_eof():
                    self._out.write_eof()
            return
        self._head += data
        head, separator, rest = self._head.partition(b"\r\n\r\n")
        if not data or len(self._head) > _LONGEST_HEAD:
            self._refuse("400 Bad Request")
        elif separator:
            await self._connect(head.decode("latin-1"), rest)

    async def _connect(self, head: str, rest: bytes) -> None:
        request, *fields = head.split("\r\n")
        method, _, words = request.partition(" ")
        target, _, version = words.rpartition(" ")
        try:
            where = urlsplit(f"//{target}" if method == "CONNECT" else target)
            host, port = where.hostname or "", where.port or 80
        except ValueError:
            host, port = "", 0
        if not host or (method != "CONNECT" and where.scheme != "http"):
            self._refuse("400 Bad Request")
            return
        if not self._gate.admits(host, port):
            self._refuse("403 Forbidden")
            return
        try:
            async with asyncio.timeout(_CONNECT_WITHIN):
                reader, self._out = await asyncio.open_connection(host, port)
        except (OSError, TimeoutError):
            self._refuse("502 Bad Gateway")
            return
        if method == "CONNECT":
            self._gate.tell(self._number, b"HTTP/1.1 200 Connection established\r\n\r\n")
            self._out.write(rest)
        else:
            # One request for each connection, or a later one could name another host.
            kept = [field for field in fields if not field.lower().startswith(("proxy-", "connection:"))]
            path = where.path or "/"
            first = f"{method} {path}{'?' + where.query if where.query else ''} {version}"
            self._out.write("\r\n".join([first, *kept, "Connection: close", "", ""]).encode("latin-1") + rest)
        self._work.append(asyncio.create_task(self._bring(reader)))

    async def _bring(self, reader: asyncio.StreamReader) -> None:
        with suppress(OSError):
            while data := await reader.read(PIECE):
                self._gate.tell(self._number, data)
                await self._gate.settle()
        self._gate.tell(self._number, b"")
        if self._out is not None:
            self._out.close()

    def _refuse(self, why: str) -> None:
        self._gate.tell(self._number, f"HTTP/1.1 {why}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
        self._gate.tell(self._number, b"")

    async def close(self) -> None:
        for task in self._work:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        if self._out is not None:
            self._out.close()
