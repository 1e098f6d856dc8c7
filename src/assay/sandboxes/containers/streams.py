"""The ends of one call's pipes: what goes in is fed, what comes out is kept within a budget."""

from __future__ import annotations

import asyncio
from asyncio.subprocess import Process
from collections.abc import Callable
from contextlib import suppress

_PIECE = 1 << 16

Hear = Callable[[str, bytes], None]


class Streams:
    """Feeds and drains a process until all of its pipes have ended."""

    def __init__(self, process: Process, *, stdin: bytes, most: int, hear: Hear | None = None) -> None:
        self._process = process
        self._left = most
        self._hear = hear
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
            await asyncio.gather(self._drain("stdout", process.stdout), self._drain("stderr", process.stderr))
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

    async def _drain(self, name: str, pipe: asyncio.StreamReader) -> None:
        while piece := await pipe.read(_PIECE):
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
        with suppress(ProcessLookupError):
            self._process.kill()
        await self.work
        return False
