"""Tools that stay: each locked into a worker of its own, and asked one thing at a time.

A request goes in on a tool's standard input and its reply comes out on its standard output, each after its length
in four bytes. What they say is nobody's business here. A tool that does anything else than reply is ended, and a
fresh one is started for the next request.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from contextlib import suppress

from assay.core.errors import SandboxError
from assay.sandboxes.box import Command, Finished, Mount
from assay.sandboxes.linux.handle import Orders, Plan, Worker
from assay.sandboxes.linux.launch import new_worker, plan_for

_LEAVE_WITHIN = 2.0
_BOXES_FOR_EACH = 4
"""Answers take longer to run than such a tool takes to build them."""
_TRIES = 3
"""So many tools of a kind may end before their first reply; from then on it is done without them."""


class LinuxServices:
    """`box.Services` beside a pool of so many boxes."""

    def __init__(self, boxes: int, mounts: Sequence[Mount] = (), *, reply_within: float = 30.0) -> None:
        self._plan = plan_for(mounts)
        self._reply_within = reply_within
        self._free = asyncio.Semaphore(max(1, boxes // _BOXES_FOR_EACH))
        self._tools: set[_Tool] = set()
        self._idle: dict[tuple[str, ...], list[_Tool]] = {}
        self._failures: dict[tuple[str, ...], int] = {}
        self._leaving: list[asyncio.Task[None]] = []

    async def ask(self, tool: Command, request: bytes) -> bytes | None:
        async with self._free:
            if self._failures.setdefault(tool.argv, 0) >= _TRIES:
                return None
            idle = self._idle.setdefault(tool.argv, [])
            asked = self._sound(idle) or self._fresh(tool)
            reply = None
            try:
                with suppress(SandboxError, OSError):
                    reply = await asked.ask(request, within=self._reply_within)
            finally:
                if reply is None or asked.is_worn:
                    self._end(asked)
                else:
                    idle.append(asked)
            if reply is not None:
                self._failures[tool.argv] = 0
            elif not asked.has_replied:
                self._failures[tool.argv] += 1
            return reply

    def _sound(self, idle: list[_Tool]) -> _Tool | None:
        while idle:
            found = idle.pop()
            if not found.is_worn:
                return found
            self._end(found)
        return None

    def _fresh(self, tool: Command) -> _Tool:
        made = _Tool(self._plan, tool)
        self._tools.add(made)
        return made

    def _end(self, tool: _Tool) -> None:
        """Nobody who asks waits for it."""
        if tool in self._tools:
            self._tools.remove(tool)
            self._leaving.append(asyncio.ensure_future(tool.end()))

    async def close(self) -> None:
        """Ends every tool; who still waits for a reply gets none."""
        for tool in list(self._tools):
            self._end(tool)
        await asyncio.gather(*self._leaving)


class _Tool:
    """One of them; it starts with its first request."""

    def __init__(self, plan: Plan, command: Command) -> None:
        self._plan = plan
        self._command = command
        self._room = command.limits.output << 10
        self._worker: Worker | None = None
        self._running: asyncio.Future[Finished] | None = None
        self._input: asyncio.WriteTransport | None = None
        self._heard = bytearray()
        self._reply: asyncio.Future[bytes] | None = None
        self.has_replied = False

    async def ask(self, request: bytes, *, within: float) -> bytes | None:
        """Raises SandboxError or OSError where it cannot be started."""
        running, pipe = self._running, self._input
        if running is None or pipe is None:
            running, pipe = await self._start()
        reply: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._reply = reply
        pipe.write(len(request).to_bytes(4, "big") + request)
        await asyncio.wait((reply, running), timeout=within, return_when=asyncio.FIRST_COMPLETED)
        if not reply.done():
            return None
        self._reply, self.has_replied = None, True
        return reply.result()

    async def _start(self) -> tuple[asyncio.Future[Finished], asyncio.WriteTransport]:
        self._worker = worker = new_worker(self._plan)
        await worker.start()
        theirs, ours = os.pipe()
        loop = asyncio.get_running_loop()
        self._input, _ = await loop.connect_write_pipe(asyncio.BaseProtocol, os.fdopen(ours, "wb", buffering=0))
        command = self._command
        orders = Orders(kind="command", argv=command.argv, env=command.env, limits=command.limits)
        run = worker.run(orders, stdin=theirs, output=self._room, on_output=self._hear)
        self._running = asyncio.ensure_future(run)
        return self._running, self._input

    def _hear(self, name: str, piece: bytes) -> None:
        self._room -= len(piece)
        if name != "stdout":
            return
        self._heard += piece
        size = 4 + int.from_bytes(self._heard[:4], "big")
        if len(self._heard) == size and self._reply is not None and not self._reply.done():
            self._reply.set_result(bytes(self._heard[4:]))
            self._heard.clear()

    @property
    def is_worn(self) -> bool:
        """It has used up half of what it may say, or has said what nobody asked for, or is no more."""
        if self._running is None or self._running.done():
            return True
        return bool(self._heard) or self._room < self._command.limits.output << 9

    async def end(self) -> None:
        """At the end of its input it leaves by itself, unless it still owes a reply."""
        if self._input is not None:
            self._input.close()
        if self._running is not None:
            await asyncio.wait((self._running,), timeout=_LEAVE_WITHIN if self._reply is None else 0.0)
            self._running.cancel()
            with suppress(SandboxError, asyncio.CancelledError):
                await self._running
        if self._worker is not None:
            await self._worker.end()
