"""The pool's ends of a command's input and output: sealed memory going in, bounded pipes coming out."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterable
from contextlib import suppress

_PIECE = 1 << 16


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
        self._reading, self.writing = os.pipe()
        os.set_blocking(self._reading, False)
        if owner is not None:  # or a program could not open its own /dev/stdout
            os.fchown(self.writing, owner, owner)
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
        self._loop.remove_reader(self._reading)
        with suppress(BlockingIOError):
            while self._read():
                pass
        os.close(self._reading)
        return b"".join(self._pieces)

    def abandon(self) -> None:
        self._loop.remove_reader(self._reading)
        os.close(self._reading)
