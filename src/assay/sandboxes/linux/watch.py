"""Holds one command to its limits from outside its namespace: time on the clock, time of the processors over
the whole tree, and, where no cgroup does it, memory and processes.

Processor time comes from the worker's cgroup where there is one, else, like all else, from the worker's own
/proc, whose processes are the worker and the command's tree. Standard library only.
"""

from __future__ import annotations

import os
import select
import socket
import time
from contextlib import suppress
from typing import Protocol

from assay.sandboxes.linux import child, seccomp, uncounted, wire
from assay.sandboxes.linux.births import Child
from assay.sandboxes.linux.notices import Notices

_TICK = 1 / os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_FIRST_MOMENTS = 5  # milliseconds
_CLOSE_LOOK = 0.02
_SHORTEST = 0.005
_SPARE = 2  # a command's first process, and one that is on its way out
_LOOK_FOR_LOCKS = 0.25
_LOCKS = 20_000
"""A file may be locked piece by piece; nobody honest needs a tenth of so many pieces."""


def metered(meter: int | None) -> float:
    """Seconds of processor time that a cgroup has used: cpuacct.usage, or version 2's cpu.stat."""
    if meter is None:
        return 0.0
    text = os.pread(meter, 64, 0)
    if text.startswith(b"usage_usec"):
        return int(text.split()[1]) / 1e6
    return int(text) / 1e9


def _facts(place: str) -> list[bytes]:
    """Of proc_pid_stat(5), from its third field on: the state at 0, own times and those of buried children at 11 to 14,
    the number of threads at 17, bytes mapped at 20, resident pages at 21."""
    with open(f"/proc/{place}/stat", "rb") as file:  # noqa: PTH123
        return file.read().rpartition(b")")[2].split()


def _another_thread(pid: int) -> str:
    others = (name for name in os.listdir(f"/proc/{pid}/task") if name != str(pid))  # noqa: PTH208
    return f"{pid}/task/{next(others, pid)}"


class Ground(Protocol):
    """What a worker stands on: how commands are set apart here, and how everything of one is ended."""

    user: int
    places: child.Places
    network: seccomp.Network
    close_look: bool
    """The kernel bounds neither processes nor disk of one command: they have to be watched."""

    def rules(self) -> int | None:
        """A Landlock rule set for the next commands."""

    def enter(self) -> None:
        """Makes the next child the first of its command."""

    def others(self) -> list[int]:
        """Processes besides the worker."""

    def beside(self) -> int:
        """How many processes the kernel may count for the answer's user that are no command's of this worker."""

    def sweep(self) -> float:
        """Ends what the first process has left; returns the processor time of who was buried."""

    def leave_room(self, room: int) -> None:
        """So many bytes can be added to the scratch space."""

    def used(self) -> tuple[int, bool]:
        """Bytes of scratch space in use, and whether it is full."""

    def clean(self) -> tuple[bool, bool]:
        """Whether nothing is left of the last stay, and whether rules must be made anew."""


class Watcher:
    """Waits for one command's end, and brings it about when a limit is passed."""

    def __init__(
        self,
        order: wire.Order,
        *,
        link: int,
        status: socket.socket,
        ground: Ground,
        processors: int,
        meter: int | None,
    ) -> None:
        self._order = order
        self._link = link
        self._status = status
        self._ground = ground
        self._notices: Notices | None = None
        self._processors = processors
        self._meter = meter
        self._began = metered(meter)
        self._deadline = time.monotonic() + order.wall
        self._locks_next = time.monotonic() + _LOOK_FOR_LOCKS
        self._crowd = 0
        self.cpu = 0.0
        self.peak = 0
        self.started = False
        self.reported = -1
        """The wait status of the command's program, where its first process has told one."""

    @property
    def attempts(self) -> int:
        return 0 if self._notices is None else int(self._notices.attempts)

    def wait(self, born: Child) -> wire.Limit:
        """Returns when the first process is dead (not yet buried): which limit was passed, if any.

        It sleeps through the first moments, in which most commands end and nothing has to be heard."""
        limit = wire.Limit.NONE
        poller = select.poll()
        for end in born.ends:
            poller.register(end, select.POLLIN)
        poller.register(self._link, select.POLLIN)
        if not poller.poll(_FIRST_MOMENTS):
            poller.register(self._status, select.POLLIN)
        while True:
            ready = dict(poller.poll(None if limit else self._patience()))
            if any(end in ready for end in born.ends):
                break
            if self._link in ready:
                self._hear(born)
            if self._status.fileno() in ready:
                self._begin()
                poller.unregister(self._status)  # the rest can wait for the end
                if self._notices is not None:
                    poller.register(self._notices.descriptor, select.POLLIN)
                continue
            notices = self._notices
            if notices is not None and notices.descriptor in ready and not notices.hear():
                poller.unregister(notices.descriptor)
            # Also where there was something else to do: questions without end must not stop the clock.
            if not limit and (limit := self._look()):
                born.kill()
        self._finish()
        if not limit and self._crowd >= self._order.processes:
            return wire.Limit.PROCESSES
        return limit

    def _begin(self) -> None:
        message, descriptors, _, _ = socket.recv_fds(self._status, 16, 1, socket.MSG_CMSG_CLOEXEC)
        self.started = message == wire.STARTED
        if descriptors:
            self._notices = Notices(descriptors[0], network=self._ground.network)

    def _finish(self) -> None:
        """To be called when every process that could write is dead."""
        with suppress(BlockingIOError):
            if not self.started:
                message, descriptors, _, _ = socket.recv_fds(self._status, 16, 1, socket.MSG_CMSG_CLOEXEC)
                self.started = message == wire.STARTED
                for descriptor in descriptors:  # nobody has asked anything
                    os.close(descriptor)
            self.reported = int.from_bytes(self._status.recv(16), "little")
        if self._notices is not None:
            self._notices.close()

    def _hear(self, born: Child) -> None:
        """The pool says one thing only while a command runs: kill it. If it is gone, so are we."""
        if not os.read(self._link, 16):
            os._exit(0)
        born.kill()

    def _patience(self) -> int:
        """Milliseconds until a limit can be passed at the earliest."""
        left = (self._order.cpu - self.cpu) / self._processors
        soonest = min(max(_SHORTEST, left), max(0.0, self._deadline - time.monotonic()))
        if self._ground.close_look or self._order.memory or (self._meter is None and self.cpu):
            soonest = min(soonest, _CLOSE_LOOK)
        soonest = min(soonest, _LOOK_FOR_LOCKS)
        return int(soonest * 1000) + 1

    def _look(self) -> wire.Limit:
        order, memory = self._order, 0
        if self._meter is not None:
            self.cpu = metered(self._meter) - self._began
        if self._meter is None or order.memory or self._ground.close_look:
            memory = self._walk()
        if self.cpu >= order.cpu:
            return wire.Limit.CPU
        if order.memory and memory > order.memory:
            return wire.Limit.MEMORY
        if self._has_too_many_locks():
            return wire.Limit.MEMORY
        if self._ground.close_look:
            if self._crowd > order.processes + _SPARE:
                return wire.Limit.PROCESSES
            if self._ground.used()[1]:
                return wire.Limit.DISK
        if time.monotonic() >= self._deadline:
            return wire.Limit.WALL
        return wire.Limit.NONE

    def _has_too_many_locks(self) -> bool:
        now = time.monotonic()
        if now < self._locks_next:
            return False
        self._locks_next = now + _LOOK_FOR_LOCKS
        return uncounted.record_locks(self._ground.others(), most=_LOCKS) >= _LOCKS

    def _walk(self) -> int:
        """One pass over the tree: bytes resident now; processor time and threads are noted."""
        cpu = 0.0
        memory, threads, mapped, places = 0, 0, 0, []
        for pid in self._ground.others():
            try:
                fields = _facts(place := str(pid))
                threads += int(fields[17])
                cpu += sum(map(int, fields[11:15])) * _TICK
                if fields[0] == b"Z":  # of what its other threads have, an ended first one shows nothing
                    fields = _facts(place := _another_thread(pid))
            except OSError:
                continue
            memory += int(fields[21]) * _PAGE
            mapped += int(fields[20])
            places.append(place)
        if not self._ground.close_look:
            memory += uncounted.in_sockets()
        elif self._order.memory:
            memory += uncounted.in_sockets_of(places)
        if mapped > self._order.memory > 0:  # or there is no room for more than is seen
            memory += uncounted.beside_the_pages(places)
        if self._meter is None:
            self.cpu = max(self.cpu, cpu)
        self._crowd = max(self._crowd, threads)
        self.peak = max(self.peak, memory)
        return memory
