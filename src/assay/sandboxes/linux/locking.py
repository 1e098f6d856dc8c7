"""How a forked child locks itself in, between the last thing that it does for us and the first foreign instruction.

The order of the locks is the point of this module: what needs a privilege comes first, and the last lock (seccomp)
is closed before anything foreign runs. There are two ways to the same end: step by step, and at one blow by a small
library of C, where a C compiler has made one. Standard library only.
"""

from __future__ import annotations

import ctypes
import math
import os
import resource
import socket
import sys
from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

from assay.sandboxes.linux import landlock, root, seccomp, wire
from assay.sandboxes.linux import syscalls as sc

STATUS = 5
"""The descriptor that the worker hears of the child on; those that programs are given come before it."""
_OUT_OF_THE_WAY = 20
_FILES_OPEN = 1024
_STACK = 64 << 20

ALIKE = {
    # One byte, not none: the kernel then starts no core-dump helper of the host either.
    resource.RLIMIT_CORE: (1, 1),
    resource.RLIMIT_STACK: (_STACK, _STACK),
    resource.RLIMIT_MEMLOCK: (8 << 20, 8 << 20),
    # What a namespace's users have queued counts for who made the namespace too, and for every timer of his.
    resource.RLIMIT_SIGPENDING: (1024, 1024),
    resource.RLIMIT_MSGQUEUE: (0, 0),
    resource.RLIMIT_NICE: (0, 0),
    resource.RLIMIT_RTPRIO: (0, 0),
}
"""Limits that are the same for every command: the worker sets them on itself, and its children inherit them."""

OPEN = (resource.RLIMIT_NOFILE, _FILES_OPEN, _FILES_OPEN)
"""The last limit, for when the worker knows of the child: the kernel lets nobody send a descriptor whose user has more
of them under way than he may have open, and other answers, of the same user, may have sent theirs nowhere."""


class Given(NamedTuple):
    """The descriptors of one command, all above `STATUS`."""

    stdin: int
    stdout: int
    stderr: int
    channel_in: int | None
    channel_out: int | None
    files: int
    """Below 0: none."""
    orders: int


class Measures(NamedTuple):
    """What every child of a worker is held by."""

    user: int | None
    """The answer's own, where the worker is the namespace's root."""
    cgroup: bool
    """A cgroup bounds memory and processes; no rlimit has to."""
    filter: bytes
    """The system calls, where the worker answers for some of them."""
    silent_filter: bytes
    """The same, where somebody further out listens already, so that the worker cannot."""


class Locks(Protocol):
    """One way of closing them, for a child."""

    def leave_open(self) -> None:
        """In the child, which stays as it is, for what is ours: it has its streams, and the worker knows it."""

    def close(self, *, fresh_proc: bool, dumpable: bool) -> None:
        """In the child: it is locked in, and the worker knows it. With `fresh_proc` it sees a /proc of its own; a
        program that runs in the child itself is `dumpable`: its own /proc belongs to it, and shows it to the worker."""


class Locksmith(Locks, Protocol):
    """The same, for the worker."""

    def lay_out(self, order: wire.Order, given: Given, *, beside: int) -> None:
        """Before it forks: whatever a child does not have to do is cheaper here."""

    def restrict_by(self, rules: int | None) -> None:
        """Landlock's rules from now on."""


def keep(descriptor: int) -> int:
    """Moves a descriptor out of the range that a child arranges for its program."""
    import fcntl

    kept = fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, _OUT_OF_THE_WAY)
    os.close(descriptor)
    return kept


def status_ends() -> tuple[socket.socket, socket.socket]:
    """The worker's end of what its children tell it, and theirs, at its place; the places before it are taken, so
    that no descriptor that is received later has to make way there."""
    ours, theirs = (keep(end.detach()) for end in socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET))
    for number in range(3, STATUS):
        os.dup2(0, number, inheritable=False)
    os.dup2(theirs, STATUS, inheritable=False)
    os.close(theirs)
    heard = socket.socket(fileno=ours)
    heard.setblocking(False)
    return heard, socket.socket(fileno=STATUS)


def bounds(order: wire.Order, *, cgroup: bool, beside: int) -> list[tuple[int, int, int]]:
    """The limits of one command: which, and its soft and hard value. `beside` are processes of the same user that
    are none of the command's, and count all the same."""
    # For what the watcher would miss. The kernel counts this limit in ticks, of which a busy machine gives some to the
    # wrong program: the watcher's own meter is exact.
    seconds = 2 * math.ceil(order.cpu) + 1
    found = [
        (resource.RLIMIT_CPU, seconds, seconds + 1),
        (resource.RLIMIT_FSIZE, order.disk, order.disk),
        (resource.RLIMIT_NPROC, order.processes + beside, order.processes + beside),
    ]
    if not cgroup:
        # The watcher holds the sum over the tree to the limit; this stops what is quicker than it. The
        # stacks of threads count here although hardly any of one is ever touched.
        most = 2 * order.memory + order.processes * _STACK
        found.append((resource.RLIMIT_DATA, most, most))
    return found


def set_limit(what: int, soft: int, hard: int) -> None:
    """As far as what this process inherited allows."""
    _, ceiling = resource.getrlimit(what)
    most = ceiling if ceiling != resource.RLIM_INFINITY else hard
    resource.setrlimit(what, (min(soft, most), min(hard, most)))


def _arrange(given: Sequence[int | None]) -> None:
    """Descriptors 0 to 4, as far as there is one for them."""
    for number, descriptor in enumerate(given):
        if descriptor is not None and descriptor >= 0:
            os.dup2(descriptor, number)
        else:
            os.closerange(number, number + 1)


def _announce(status: socket.socket, listener: int | None = None) -> None:
    """Tells the worker that foreign code, or a chore, follows."""
    if listener is None:
        status.send(wire.STARTED)
        return
    rights = listener.to_bytes(4, sys.byteorder)
    status.sendmsg([wire.STARTED], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, rights)])
    os.close(listener)


class Steps:
    """One lock after the other."""

    def __init__(self, measures: Measures, status: socket.socket) -> None:
        self._measures = measures
        self._status = status
        self._drop_capabilities = sc.capability_dropper()
        self._set_dumpable = [sc.laid_out("prctl", sc.PR_SET_DUMPABLE, value) for value in (0, 1)]
        self._filter = seccomp.installer(measures.filter, listen=True)
        self._filter_silently = seccomp.installer(measures.silent_filter)
        self._restrict: Callable[[], int] | None = None
        self._order: wire.Order | None = None
        self._given: Given | None = None
        self._beside = 0

    def restrict_by(self, rules: int | None) -> None:
        self._restrict = None if rules is None else landlock.restricter(rules)

    def lay_out(self, order: wire.Order, given: Given, *, beside: int) -> None:
        self._order, self._given, self._beside = order, given, beside

    def leave_open(self) -> None:
        assert self._given is not None
        _arrange(self._given[:3])
        _announce(self._status)

    def close(self, *, fresh_proc: bool, dumpable: bool) -> None:
        assert self._order is not None
        assert self._given is not None
        _be_first_to_go()
        if fresh_proc:
            sc.unshare(sc.CLONE_NEWNS)
            root.fresh_proc()
        os.setsid()
        os.umask(0o022)
        _arrange(self._given[:STATUS])
        for bound in bounds(self._order, cgroup=self._measures.cgroup, beside=self._beside):
            set_limit(*bound)
        user = self._measures.user
        if user is not None:
            os.setresgid(user, user, user)
            os.setresuid(user, user, user)
        self._drop_capabilities()
        self._set_dumpable[dumpable]()
        if self._restrict is not None:
            self._restrict()
        os.closerange(STATUS + 1, 1 << 20)
        _announce(self._status, self._last())
        set_limit(*OPEN)

    def _last(self) -> int | None:
        """The descriptor at which the worker has to listen."""
        try:
            return self._filter()
        except OSError:
            self._filter_silently()
            return None


def _be_first_to_go() -> None:
    """When memory runs out, the kernel is to take the answer before the worker."""
    score = os.open("/proc/self/oom_score_adj", os.O_WRONLY | os.O_CLOEXEC)
    os.write(score, b"1000")
    os.close(score)


class _Bound(ctypes.Structure):
    _fields_ = [("what", ctypes.c_long), ("soft", ctypes.c_ulong), ("hard", ctypes.c_ulong)]


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("lines", ctypes.c_void_p)]


class Layout(ctypes.Structure):
    """`struct locks` of locks.c."""

    _fields_ = [
        ("user", ctypes.c_long), ("rules", ctypes.c_long), ("quiet", ctypes.c_long), ("given", ctypes.c_long * 5),
        ("bounds", _Bound * 4), ("open", _Bound),
        ("listening", _Program), ("silent", _Program), ("failed", ctypes.c_char_p),
    ]  # fmt: skip


class AtOneBlow:
    """All of them by `locks.c`, compiled."""

    def __init__(self, measures: Measures, status: socket.socket, *, library: ctypes.PyDLL, layout: Layout) -> None:
        self._cgroup = measures.cgroup
        self._status = status
        self._close = library.assay_lock_in
        self._kept = [
            ctypes.create_string_buffer(code, len(code)) for code in (measures.filter, measures.silent_filter)
        ]
        listening, silent = (_Program(len(code) // 8, ctypes.addressof(code)) for code in self._kept)
        self._locks = layout
        self._locks.user, self._locks.rules = -1 if measures.user is None else measures.user, -1
        self._locks.quiet = landlock.quiet()
        self._locks.listening, self._locks.silent = listening, silent
        self._locks.open = OPEN
        self._argument = ctypes.byref(self._locks)

    def restrict_by(self, rules: int | None) -> None:
        self._locks.rules = -1 if rules is None else rules

    def lay_out(self, order: wire.Order, given: Given, *, beside: int) -> None:
        ours = (given.stdin, given.stdout, given.stderr, given.channel_in, given.channel_out)
        for number, descriptor in enumerate(ours):
            self._locks.given[number] = -1 if descriptor is None else descriptor
        wanted = bounds(order, cgroup=self._cgroup, beside=beside)
        for number in range(4):
            self._locks.bounds[number] = wanted[number] if number < len(wanted) else (-1, 0, 0)

    def leave_open(self) -> None:
        _arrange(self._locks.given[:3])
        _announce(self._status)

    def close(self, *, fresh_proc: bool, dumpable: bool) -> None:
        failed = self._close(self._argument, fresh_proc, dumpable)
        if failed:
            raise OSError(-failed, f"{self._locks.failed.decode()}: {os.strerror(-failed)}")
