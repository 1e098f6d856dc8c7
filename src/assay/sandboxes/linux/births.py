"""Where the children of a worker come from.

A process that forks shares its memory with the child, and whatever either of them touches next is copied. A worker
does much for each child, so that its own half of that costs nearly as much as the child's. Where a C compiler has made
`births.c`, another process forks instead, which knows what the worker knew when it began and does nothing else.
Standard library only.
"""

from __future__ import annotations

import ctypes
import os
import select
import signal
import socket
import struct
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NamedTuple, NoReturn, Protocol

from assay.sandboxes.linux import syscalls as sc
from assay.sandboxes.linux.locking import Given, Layout, keep

_PID = struct.Struct("=i")
_END = struct.Struct("@llll")

Live = Callable[[int, int], NoReturn]
"""A child's life, with the descriptors of the files that it is given (below 0: none) and of its orders."""


class Burial(NamedTuple):
    """What the kernel told of a dead child."""

    wait_status: int
    cpu: float
    max_rss: int
    """In bytes."""


class Child(Protocol):
    """A child, until it is buried."""

    @property
    def ends(self) -> Sequence[int]:
        """Descriptors of which one can be read from when it is dead."""

    def kill(self) -> None: ...

    def bury(self) -> Burial:
        """To be called once, when it is dead."""


class Births(Protocol):
    """One way of making children."""

    def give(self, given: Given) -> Child:
        """The next child. There is one at a time."""


class ByTheWorker:
    """It forks itself."""

    def __init__(self, live: Live, *, enter: Callable[[], None]) -> None:
        """`enter` makes the next child the first of its namespace."""
        self._live = live
        self._enter = enter

    def give(self, given: Given) -> Child:
        self._enter()
        pid = sc.fork()
        if pid == 0:
            self._live(given.files, given.orders)
        return _Own(pid)


class _Own:
    def __init__(self, pid: int) -> None:
        self._pid = pid
        self.ends = (os.pidfd_open(pid),)

    def kill(self) -> None:
        os.kill(self._pid, signal.SIGKILL)

    def bury(self) -> Burial:
        os.close(*self.ends)
        _, wait_status, usage = os.wait4(self._pid, 0)
        return Burial(wait_status, usage.ru_utime + usage.ru_stime, usage.ru_maxrss << 10)


class Wish(ctypes.Structure):
    """What the next child is to do, as it lies in `births.c`."""

    _fields_ = (("locks", Layout), ("files", ctypes.c_long), ("orders", ctypes.c_long))


class ByAnother:
    """A process beside the worker forks for it: its children find everything as it was when this was made."""

    def __init__(self, live: Live, *, library: ctypes.PyDLL, wish: Wish, namespace: int) -> None:
        """`wish` is the library's, its `locks` laid out by somebody else; the children's PID namespaces begin in
        `namespace`."""
        self._wish = wish
        link, theirs = (keep(end.detach()) for end in socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET))
        births, births_told = (keep(end) for end in os.pipe())
        self.pid = library.assay_bear(theirs, births_told, namespace)
        if self.pid == 0:
            live(wish.files, wish.orders)
        if self.pid < 0:
            raise OSError(-self.pid, f"clone: {os.strerror(-self.pid)}")
        os.set_blocking(link, False)
        self._link, self._births = link, births
        self._ends = (link, os.pidfd_open(self.pid))

    def give(self, given: Given) -> Child:
        wish = self._wish
        wish.files, wish.orders = given.files, given.orders
        os.write(self._link, wish)
        return _Anothers(self._link, self._births, self._ends)


class _Anothers:
    def __init__(self, link: int, births: int, ends: Sequence[int]) -> None:
        self._link = link
        self._births = births
        self._pid = 0
        self.ends = ends

    def kill(self) -> None:
        if not self._pid:
            told, _, _ = select.select([self._births, *self.ends], [], [])
            if self._births not in told:
                return  # it was never born
            self._learn()
        with suppress(ProcessLookupError):  # it is buried over there
            os.kill(self._pid, signal.SIGKILL)

    def _learn(self) -> None:
        (self._pid,) = _PID.unpack(os.read(self._births, _PID.size))

    def bury(self) -> Burial:
        failed, wait_status, microseconds, kilobytes = _END.unpack(os.read(self._link, _END.size))
        if failed:
            raise OSError(failed, f"fork: {os.strerror(failed)}")
        if not self._pid:
            self._learn()
        return Burial(wait_status, microseconds / 1e6, kilobytes << 10)
