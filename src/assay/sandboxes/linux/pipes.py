"""The pool's ends of a command's input and output: sealed memory going in, bounded pipes coming out."""

from __future__ import annotations

import asyncio
import functools
import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress

from assay.sandboxes.linux import wire

CHANNEL_MOST = 64 << 20
"""Bytes that a command may send on its channel."""

_PIECE = 1 << 16
_FIRST_MOMENTS = 0.01
"""Seconds in which most commands end, and what they write fits into their pipes: nobody has to listen yet."""


def sealed(pieces: Iterable[bytes]) -> int:
    """A descriptor from which exactly these bytes can be read, and which nobody can change."""
    import fcntl  # absent on Windows, where this package may be imported but not used

    descriptor = os.memfd_create("", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    for piece in pieces:
        view = memoryview(piece)
        while view:
            view = view[os.write(descriptor, view) :]
    os.lseek(descriptor, 0, os.SEEK_SET)
    seals = fcntl.F_SEAL_WRITE | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_SEAL
    fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, seals)
    return descriptor


class Budget:
    """Bytes that several outlets may bring in together; once it is passed, `spent` is called, once."""

    def __init__(self, most: int, spent: Callable[[], None]) -> None:
        self._left = most
        self._spent = spent
        self.passed = False

    def take(self, piece: bytes) -> bytes:
        """As much of the piece as the budget still holds."""
        kept = piece[: max(0, self._left)]
        self._left -= len(piece)
        if self._left < 0 and not self.passed:
            self.passed = True
            self._spent()
        return kept


class Outlet:
    """Reads one pipe to its end without holding up the loop."""

    def __init__(self, budget: Budget, *, owner: int | None, hear: Callable[[bytes], None] | None) -> None:
        self._budget = budget
        self._hear = hear
        self._pieces: list[bytes] = []
        self._loop = asyncio.get_running_loop()
        self._listens = False
        self._reading, self.writing = os.pipe()
        os.set_blocking(self._reading, False)
        if owner is not None:  # or a program could not open its own /dev/stdout
            os.fchown(self.writing, owner, owner)

    def listen(self) -> None:
        """From now on it is read as it comes."""
        self._listens = True
        self._loop.add_reader(self._reading, self._readable)

    def _readable(self) -> None:
        with suppress(BlockingIOError):
            if not self._read():
                self._loop.remove_reader(self._reading)

    def _read(self) -> bool:
        piece = os.read(self._reading, _PIECE)
        kept = self._budget.take(piece)
        if kept:
            self._pieces.append(kept)
            if self._hear is not None:
                self._hear(kept)
        return bool(piece)

    def finish(self) -> bytes:
        """All that came; to be called when every writer is dead."""
        if self._listens:
            self._loop.remove_reader(self._reading)
        with suppress(BlockingIOError):
            while self._read():
                pass
        os.close(self._reading)
        return b"".join(self._pieces)


class Ends:
    """All ends of one command's pipes: those handed to the worker, and those read here."""

    def __init__(self, *, output: int, stop: Callable[[], None], owner: int | None) -> None:
        self._words = Budget(output, stop)
        self._channel = Budget(CHANNEL_MOST, stop)
        self._owner = owner
        self._outlets: list[Outlet] = []
        self._listening: asyncio.TimerHandle | None = None
        self.handed: list[int] = []

    def lay(
        self,
        orders: bytes,
        *,
        stdin: bytes | int,
        channel: bytes | None,
        put: Mapping[str, bytes] | None,
        hear: Callable[[str, bytes], None] | None,
    ) -> wire.With:
        """Fills `handed` in the order that the worker expects, and says which optional ones are there. A
        descriptor as `stdin` is handed over itself."""
        parts = wire.With(0)
        self.handed.append(stdin if isinstance(stdin, int) else sealed([stdin]))
        for name in ("stdout", "stderr"):
            self._outlet(self._words, None if hear is None else functools.partial(hear, name))
        if channel is not None:
            parts |= wire.With.CHANNEL
            self.handed.append(sealed([channel]))
            self._outlet(self._channel, None)
        if put:
            parts |= wire.With.FILES
            self.handed.append(sealed(wire.archive(put.items())))
        self.handed.append(sealed([orders]))
        self._listening = asyncio.get_running_loop().call_later(0 if hear else _FIRST_MOMENTS, self._listen)
        return parts

    def _listen(self) -> None:
        for outlet in self._outlets:
            outlet.listen()

    def _outlet(self, budget: Budget, hear: Callable[[bytes], None] | None) -> None:
        outlet = Outlet(budget, owner=self._owner, hear=hear)
        self._outlets.append(outlet)
        self.handed.append(outlet.writing)

    def let_go(self) -> None:
        """Closes what was handed over, so that the command's death is the end of each pipe."""
        for descriptor in self.handed:
            os.close(descriptor)
        self.handed.clear()

    def finish(self) -> list[bytes]:
        """What came on each pipe; to be called once, when every writer is dead or given up."""
        if self._listening is not None:
            self._listening.cancel()
        return [outlet.finish() for outlet in self._outlets]

    @property
    def flooded(self) -> bool:
        return self._words.passed or self._channel.passed
