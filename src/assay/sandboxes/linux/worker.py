"""A worker: a small process that sits in its own namespaces and forks one child per command.

It is started with the pool's own interpreter but imports only the standard library, holds nothing of the
host's environment, and learns nothing of what its children do but how they ended. Two processes: a starter,
outside, which the pool can wait for, and the worker, first process of a PID namespace, so that its end is
the end of everything in it.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import resource
import select
import signal
import socket
import struct
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from assay.sandboxes.linux import child, landlock, root, seccomp, watch, wire
from assay.sandboxes.linux import syscalls as sc

_NAMESPACES = (
    sc.CLONE_NEWUSER | sc.CLONE_NEWNS | sc.CLONE_NEWPID | sc.CLONE_NEWIPC | sc.CLONE_NEWUTS
    | sc.CLONE_NEWNET | sc.CLONE_NEWCGROUP
)  # fmt: skip
_USER = 65534
_LONGEST = 1 << 16
_SHORT = 4000
_DESCRIPTORS = 8
_OUT_OF_THE_WAY = 20

COMMON_MODULES = (
    "abc", "argparse", "array", "ast", "base64", "bisect", "calendar", "cmath", "collections.abc", "contextlib",
    "copy", "csv", "dataclasses", "datetime", "decimal", "enum", "fractions", "functools", "hashlib", "heapq",
    "inspect", "io", "itertools", "json", "math", "numbers", "operator", "os", "pathlib", "queue", "random", "re",
    "statistics", "string", "struct", "textwrap", "threading", "time", "traceback", "types", "typing", "unittest",
    "uuid", "warnings",
)  # fmt: skip
"""What answers import most: found loaded, it costs them nothing."""


def main() -> NoReturn:
    """Started by the pool with a socket on descriptor 0 and its own process id as argument."""
    sc.prctl(sc.PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != int(sys.argv[1]):
        os._exit(0)  # the pool died before the line above could hold
    os.environ.clear()
    del sys.argv[1:]  # nothing for answers that are forked from here
    link = _own_socket()
    try:
        message, meters, _, _ = socket.recv_fds(link, _LONGEST, 1, socket.MSG_CMSG_CLOEXEC)
        setup = json.loads(message)
        entries = _preload(setup["preload"], setup["library"])
        _separate(link, privileged=setup["privileged"])
    except BaseException as error:
        _fail(link, error)
    worker = os.fork()
    if worker:
        socket.send_fds(link, [wire.CHILD], [os.pidfd_open(worker)])
        link.close()
        os.waitpid(worker, 0)
        os._exit(0)
    try:
        sc.prctl(sc.PR_SET_PDEATHSIG, signal.SIGKILL)
        served = _Worker(link, setup, entries, meter=meters[0] if meters else None)
    except BaseException as error:
        _fail(link, error)
    served.serve()


def _own_socket() -> socket.socket:
    """Takes the pool's socket off descriptor 0 and leaves null devices on 0 to 2."""
    import fcntl

    link = socket.socket(fileno=fcntl.fcntl(0, fcntl.F_DUPFD_CLOEXEC, _OUT_OF_THE_WAY))
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(nothing, number)
    if nothing > 2:
        os.close(nothing)
    return link


def _fail(link: socket.socket, error: BaseException) -> NoReturn:
    with suppress(OSError):
        link.send(wire.FAILED + f"{type(error).__name__}: {error}".encode(errors="replace")[:_SHORT])
    os._exit(1)


def _preload(names: list[str], library: list[str]) -> dict[str, child.Entry]:
    sys.path += library
    for module in COMMON_MODULES:
        importlib.import_module(module)
    entries = {}
    for name in names:
        module, _, function = name.partition(":")
        entries[name] = getattr(importlib.import_module(module), function)
    sys.path[:] = [folder for folder in sys.path if folder not in library]
    return entries


def _separate(link: socket.socket, *, privileged: bool) -> None:
    """New namespaces for this process (and, for PIDs, for its next child)."""
    user, group = os.geteuid(), os.getegid()
    sc.unshare(_NAMESPACES)
    if privileged:
        link.send(wire.UNSHARED)
        if link.recv(16) != wire.MAPPED:
            os._exit(0)
        os.setgroups([])
        os.setresgid(0, 0, 0)
        os.setresuid(0, 0, 0)
    else:
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{_USER} {user} 1")
        Path("/proc/self/gid_map").write_text(f"{_USER} {group} 1")
    sc.prctl(sc.PR_SET_DUMPABLE, 1)


class _Worker:
    """Serves one command at a time, and cleans up when asked."""

    def __init__(
        self,
        link: socket.socket,
        setup: Mapping[str, Any],
        entries: dict[str, child.Entry],
        *,
        meter: int | None,
    ) -> None:
        self._link = link
        self._meter = None if meter is None else self._keep(meter)
        within = root.build([(source, target) for source, target in setup["mounts"]], hidden=setup["hidden"])
        socket.sethostname("box")
        if setup["loopback"]:
            _raise_loopback()
        self._loopback = setup["loopback"]
        self._scratch = root.Scratch(within, owner=_USER, size=setup["disk"])
        self._scratch.renew()
        root.seal()
        sc.drop_bounding_set()
        sc.prctl(sc.PR_SET_NO_NEW_PRIVS, 1)
        self._network = seccomp.Network.LOOPBACK if setup["loopback"] else seccomp.Network.EMPTY
        cgroup = setup["cgroup"]
        self._kit = child.Kit(
            privileged=setup["privileged"], user=_USER,
            filter=seccomp.program(cgroup=cgroup, notice=True, network=self._network),
            silent_filter=seccomp.program(cgroup=cgroup, notice=False, network=self._network),
            rules=self._rules(), entries=entries, cgroup=cgroup,
        )  # fmt: skip
        self._namespace = self._keep(os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC))
        self._mounts = self._keep(os.open("/proc/self/mountinfo", os.O_RDONLY | os.O_CLOEXEC))
        self._queues = [
            self._keep(os.open(f"/proc/sysvipc/{kind}", os.O_RDONLY | os.O_CLOEXEC)) for kind in ("shm", "sem", "msg")
        ]
        self._poll_mounts = select.poll()
        self._poll_mounts.register(self._mounts, select.POLLPRI)
        self._mounts_changed()
        self._strange = False
        self._processors = len(os.sched_getaffinity(0))
        resource.setrlimit(resource.RLIMIT_NOFILE, (4096, 4096))
        gc.collect()
        gc.freeze()
        link.send(wire.READY)

    def serve(self) -> NoReturn:
        while True:
            message, descriptors, _, _ = socket.recv_fds(self._link, _LONGEST, _DESCRIPTORS, socket.MSG_CMSG_CLOEXEC)
            kind = message[:1]
            if kind == wire.RUN:
                self._link.send(wire.pack_ending(self._run(wire.unpack_order(message), descriptors)))
            elif kind == wire.CLEAN:
                self._link.send(wire.CLEANED + bytes([self._clean()]))
            elif not message:
                os._exit(0)

    def _run(self, order: wire.Order, descriptors: list[int]) -> wire.Ending:
        self._leave_room(order.disk)
        status, status_end = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        began, used_before = time.monotonic(), watch.metered(self._meter)
        sc.setns(self._namespace, sc.CLONE_NEWPID)
        sc.unshare(sc.CLONE_NEWPID)
        pid = os.fork()
        if pid == 0:
            child.live(self._kit, _given(order.parts, descriptors, status_end.fileno()))
        status_end.close()
        for descriptor in descriptors:
            os.close(descriptor)
        watcher = watch.Watcher(
            order, pid, link=self._link.fileno(), status=status, network=self._network,
            processors=self._processors, meter=self._meter,
        )  # fmt: skip
        with status:
            limit = watcher.wait()
        _, wait_status, usage = os.wait4(pid, 0)
        used, full = self._scratch.used()
        return wire.Ending(
            wait_status=wait_status,
            reported=watcher.reported,
            started=watcher.started,
            limit=limit,
            cpu=max(usage.ru_utime + usage.ru_stime, watcher.cpu, watch.metered(self._meter) - used_before),
            wall=time.monotonic() - began,
            max_rss=usage.ru_maxrss << 10,
            peak=watcher.peak,
            scratch_used=used,
            scratch_full=full,
            attempts=watcher.attempts,
        )

    def _leave_room(self, room: int) -> None:
        """The kernel counts our own change of the scratch space's size; what came before it is not forgotten."""
        self._strange = self._strange or self._mounts_changed()
        self._scratch.leave_room(room)
        self._mounts_changed()

    def _clean(self) -> bool:
        """Proves that nothing of the last stay is left, having emptied the scratch space if need be."""
        if self._strange or watch.others() or self._mounts_changed():
            return False
        if any(os.pread(queue, 512, 0).count(b"\n") > 1 for queue in self._queues):
            return False
        if not self._scratch.blank():
            self._scratch.renew()
            if self._kit.rules is not None:
                os.close(self._kit.rules)
            self._kit = self._kit._replace(rules=self._rules())
            self._mounts_changed()
        return True

    def _mounts_changed(self) -> bool:
        """Since the last time it was asked: the kernel counts."""
        changed = bool(self._poll_mounts.poll(0))
        if changed:
            os.pread(self._mounts, 1, 0)
        return changed

    def _rules(self) -> int | None:
        devices = [f"/dev/{name}" for name in root.DEVICES]
        rules = landlock.ruleset(writable=root.SCRATCH, devices=devices, network=self._loopback)
        return None if rules is None else self._keep(rules)

    @staticmethod
    def _keep(descriptor: int) -> int:
        """Moves a descriptor out of the range that a child arranges for its program."""
        import fcntl

        kept = fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, _OUT_OF_THE_WAY)
        os.close(descriptor)
        return kept


def _given(parts: int, descriptors: list[int], status: int) -> child.Given:
    rest = iter(descriptors)
    orders, stdin, stdout, stderr = (next(rest) for _ in range(4))
    channel_in = next(rest) if parts & wire.With.CHANNEL else None
    channel_out = next(rest) if parts & wire.With.CHANNEL else None
    files = next(rest) if parts & wire.With.FILES else None
    return child.Given(orders, stdin, stdout, stderr, channel_in, channel_out, files, status)


def _raise_loopback() -> None:
    """SIOCSIFFLAGS: the namespace's own loopback, which reaches nothing else."""
    import fcntl

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        request = struct.pack("=16sH14x", b"lo", 1)
        fcntl.ioctl(any_socket, 0x8914, request)
