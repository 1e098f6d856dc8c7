"""The ends of one call's pipes: what goes in is fed, what comes out is kept within a budget."""

from __future__ import annotations

import asyncio
from asyncio.subprocess import Process
from collections.abc import Callable
from contextlib import suppress

from assay.sandboxes.containers.engine import kill

_PIECE = 1 << 16

Hear = Callable[[str, bytes], None]


class Streams:
    """Feeds and drains a process until all of its pipes have ended."""

    def __init__(
        self, process: Process, *, stdin: bytes, most: int, head: bytes = b"", hear: Hear | None = None
    ) -> None:
        """`head`: what standard error starts with when all is well; it is kept apart."""
        self._process = process
        self._left = most
        self._head = head
        self._hear = hear
        self.headed = False
        self._kept: dict[str, list[bytes]] = {"stdout": [], "stderr": []}
        self.flooded = False
        self.stirred = asyncio.Event()
        """Set when all has ended, or too much has come."""
        self.ended = False
        self.work = asyncio.create_task(self._serve(stdin))

    async def _serve(self, stdin: bytes) -> None:
        process = self._process
        assert process.stdout is not None
        assert process.stderr is not None
        feeding = asyncio.create_task(self._feed(stdin))
        try:
            await asyncio.gather(self._drain("stdout", process.stdout), self._complaints(process.stderr))
            await process.wait()
        finally:
            feeding.cancel()
            with suppress(asyncio.CancelledError):
                await feeding
            self.ended = True
            self.stirred.set()

    async def _feed(self, data: bytes) -> None:
        pipe = self._process.stdin
        assert pipe is not None
        with suppress(BrokenPipeError, ConnectionResetError):
            pipe.write(data)
            await pipe.drain()
        pipe.close()

    async def _complaints(self, pipe: asyncio.StreamReader) -> None:
        try:
            first = await pipe.readexactly(len(self._head))
        except asyncio.IncompleteReadError as error:
            first = error.partial
        self.headed = first == self._head
        if not self.headed:
            self._keep("stderr", first)
        await self._drain("stderr", pipe)

    async def _drain(self, name: str, pipe: asyncio.StreamReader) -> None:
        while piece := await pipe.read(_PIECE):
            self._keep(name, piece)

    def _keep(self, name: str, piece: bytes) -> None:
        kept = piece[: max(0, self._left)]
        self._left -= len(piece)
        if kept:
            self._kept[name].append(kept)
            if self._hear is not None:
                self._hear(name, kept)
        if self._left < 0 and not self.flooded:
            self.flooded = True
            self.stirred.set()

    def came(self, name: str) -> bytes:
        return b"".join(self._kept[name])

    @property
    def code(self) -> int:
        return self._process.returncode or 0

    async def finish(self, within: float) -> bool:
        """Waits for the end; if it does not come, ends the calling command here. True when it came by itself."""
        done, _ = await asyncio.wait({self.work}, timeout=within)
        if done:
            self.work.result()
            return True
        kill(self._process)
        await self.work
        return False
