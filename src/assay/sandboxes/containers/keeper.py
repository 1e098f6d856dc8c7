"""Our side of a container's keeper: the first program in it, and the one call that holds it.

It asks, and believes what the keeper answers: no command can reach it. It knows neither commands nor limits.
"""

from __future__ import annotations

import asyncio
import itertools
from asyncio.subprocess import Process
from collections.abc import Sequence
from contextlib import suppress

import msgspec

from assay.core.errors import SandboxError
from assay.sandboxes.containers import scripts
from assay.sandboxes.containers.engine import Engine, put_down

START_WITHIN = 120.0
ANSWER_WITHIN = 30.0
_READY = b"ready\n"
_SILENT = "a container's keeper does not answer"


class Seen(msgspec.Struct, frozen=True):
    """What the keeper read at one moment."""

    cpu: float
    """Seconds of processor time that the container has used."""
    scratch: int
    """Bytes in memory-backed folders."""
    kills: int
    """How often the kernel ended a process for want of memory."""
    refusals: int
    """How often it refused a new process."""
    peak: int
    alive: int
    """Processes that are neither the keeper's nor dead; counted after a kill only."""
    marks: frozenset[bytes]


class Keeper:
    """Started with its container; the container ends with it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._client: Process | None = None
        self._orders = itertools.count(1)
        self._lost = ""

    async def start(self, settings: Sequence[str]) -> None:
        """Raises SandboxError with one clear line."""
        client = await self._engine.start("run", *settings, "sh", "-c", scripts.KEEPER)
        self._client = client
        assert client.stdout is not None
        try:
            async with asyncio.timeout(START_WITHIN):
                first = await client.stdout.readexactly(len(_READY))
        except TimeoutError as error:
            raise SandboxError(f"{self._engine.kind}: a container did not start in {START_WITHIN:.0f} s") from error
        except asyncio.IncompleteReadError as error:
            raise SandboxError(await self._last_words()) from error
        if first != _READY:
            raise SandboxError(await self._last_words())

    async def order(self, word: str) -> Seen:
        """`begin`: forget the last command; `look`; `kill`: all that commands started, and count what is left."""
        numbers, marks = await self._answer(word, 0, count=6)
        cpu, scratch, kills, refusals, peak, alive = numbers
        return Seen(max(0, cpu) / 1e9, scratch, kills, refusals, peak, alive, marks)

    async def channel(self) -> bytes:
        """What the last command wrote on descriptor 4. All who could write are dead."""
        (size,), _ = await self._answer("out", scripts.CHANNEL_MOST, count=1)
        client = self._live()
        assert client.stdout is not None
        try:
            async with asyncio.timeout(ANSWER_WITHIN):
                return await client.stdout.readexactly(min(size, scripts.CHANNEL_MOST))
        except (TimeoutError, asyncio.IncompleteReadError) as error:
            self._lost = _SILENT
            raise SandboxError(_SILENT) from error

    async def _answer(self, word: str, most: int, *, count: int) -> tuple[list[int], frozenset[bytes]]:
        """The answer to this very order, so many numbers and then words: who asked before may have been cancelled while
        waiting."""
        client = self._live()
        assert client.stdin is not None
        assert client.stdout is not None
        number = b"%d" % next(self._orders)
        try:
            client.stdin.write(b"%s %s %d\n" % (word.encode(), number, most))
            async with asyncio.timeout(ANSWER_WITHIN):
                while (answer := (await client.stdout.readline()).split()) and answer[0] != number:
                    continue
            numbers, marks = [int(part) for part in answer[1 : count + 1]], frozenset(answer[count + 1 :])
        except (TimeoutError, OSError, ValueError) as error:
            self._lost = _SILENT
            raise SandboxError(_SILENT) from error
        if len(numbers) < count:
            raise SandboxError(await self._last_words())
        return numbers, marks

    def _live(self) -> Process:
        if self._lost or self._client is None:
            raise SandboxError(self._lost or "the container is closed")
        return self._client

    async def _last_words(self) -> str:
        """Why a container is gone."""
        client = self._client
        said = b""
        if client is not None and client.stderr is not None:
            with suppress(TimeoutError):
                async with asyncio.timeout(5.0):
                    said = await client.stderr.read(4096)
        self._lost = self._engine.complaint(said.decode(errors="replace") or "a container ended unasked")
        return self._lost

    async def end(self, name: str) -> None:
        """Ends the container with all that lives in it."""
        client, self._client = self._client, None
        if client is None:
            return
        assert client.stdin is not None
        client.stdin.close()
        with suppress(TimeoutError):
            async with asyncio.timeout(5.0):
                await client.wait()
        if client.returncode is None:
            try:
                await self._engine.call("rm", "--force", "--volumes", name)
            finally:
                await put_down(client)
