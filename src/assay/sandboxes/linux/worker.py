"""A worker: a small process that sits in its own namespaces and has one child per command.

It is started with the pool's own interpreter but imports only the standard library, holds nothing of the
host's environment, and learns nothing of what its children do but how they ended. Two processes: a starter,
outside, which the pool can wait for, and the worker, first process of a PID namespace, so that its end is
the end of everything in it; most have a third, which forks for the worker (see `births.py`).
"""

from __future__ import annotations

import ctypes
import functools
import gc
import importlib
import json
import os
import signal
import socket
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, NoReturn

from assay.sandboxes.drivers import streams
from assay.sandboxes.linux import births, child, locking, seccomp, watch, wire
from assay.sandboxes.linux import syscalls as sc
from assay.sandboxes.linux.fenced import Fenced
from assay.sandboxes.linux.spaces import Spaces

_LONGEST = 1 << 16
_SHORT = 4000
_DESCRIPTORS = 8
_OUT_OF_THE_WAY = 20

COMMON_MODULES = (
    "abc", "array", "ast", "base64", "bisect", "calendar", "cmath", "collections.abc", "contextlib", "copy",
    "dataclasses", "datetime", "decimal", "enum", "fractions", "functools", "hashlib", "heapq", "inspect", "io",
    "itertools", "json", "math", "numbers", "operator", "os", "pathlib", "random", "re", "statistics", "string",
    "struct", "textwrap", "threading", "time", "traceback", "types", "typing", "warnings",
)  # fmt: skip
"""What answers import most: found loaded, it costs them nothing. Each costs every answer a little, though, because a
fork takes longer the more there is."""


def main() -> NoReturn:
    """Started by the pool with a socket on descriptor 0 and its own process id as argument."""
    sc.prctl(sc.PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != int(sys.argv[1]):
        os._exit(0)  # the pool died before the line above could hold
    os.environ.clear()
    del sys.argv[1:]  # nothing for answers that are forked from here
    link = _own_socket()
    _expect_pipes()
    try:
        message, meters, _, _ = socket.recv_fds(link, _LONGEST, 1, socket.MSG_CMSG_CLOEXEC)
        setup = json.loads(message)
        entries = _preload(setup["preload"], setup["library"])
        library = ctypes.PyDLL(setup["native"]) if setup["native"] else None  # from a path that the box does not show
        ground: type[Spaces] | type[Fenced] = Fenced if setup["folder"] else Spaces
        _separate(ground, link, privileged=setup["privileged"])
    except BaseException as error:
        _fail(link, error)
    worker = os.fork()
    if worker:
        socket.send_fds(link, [wire.CHILD], [os.pidfd_open(worker)])
        link.close()
        ground.attend(worker)
    try:
        sc.prctl(sc.PR_SET_PDEATHSIG, signal.SIGKILL)
        meter = meters[0] if meters else None
        served = _Worker(link, setup, entries, ground(setup), library=library, meter=meter)
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


def _expect_pipes() -> None:
    """The outputs of commands are pipes: what is forked from here has streams that know it."""
    nothing = [os.dup(number) for number in (1, 2)]
    pipe = os.pipe()
    for number in (1, 2):
        os.dup2(pipe[1], number)
    streams.renew("stdout", "stderr")
    for number, was in zip((1, 2), nothing, strict=True):
        os.dup2(was, number)
    for descriptor in (*nothing, *pipe):
        os.close(descriptor)


def _fail(link: socket.socket, error: BaseException, *, kind: bytes = wire.FAILED) -> NoReturn:
    with suppress(OSError):
        link.send(kind + f"{type(error).__name__}: {error}".encode(errors="replace")[:_SHORT])
    os._exit(1)


def _preload(names: list[str], library: list[str]) -> dict[str, child.Entry]:
    sys.path += library
    for module in COMMON_MODULES:
        importlib.import_module(module)
    modules = {name: importlib.import_module(name.partition(":")[0]) for name in names}
    sys.path[:] = [folder for folder in sys.path if folder not in library]
    for found in modules.values():  # when all are there
        getattr(found, "prepare", lambda: None)()
    return {name: getattr(found, name.partition(":")[2]) for name, found in modules.items()}


def _separate(ground: type[Spaces] | type[Fenced], link: socket.socket, *, privileged: bool) -> None:
    try:
        ground.separate(link, privileged=privileged)
    except OSError as error:
        if ground is Spaces:
            _fail(link, error, kind=wire.NO_SPACES)
        raise


class _Worker:
    """Serves one command at a time, and cleans up when asked."""

    def __init__(
        self,
        link: socket.socket,
        setup: Mapping[str, Any],
        entries: dict[str, child.Entry],
        ground: watch.Ground,
        *,
        library: ctypes.PyDLL | None,
        meter: int | None,
    ) -> None:
        self._link = link
        self._meter = None if meter is None else locking.keep(meter)
        self._ground = ground
        cgroup, network = setup["cgroup"], ground.network
        apart = ground.user != os.geteuid()
        owner = network is seccomp.Network.NONE and not apart
        self._status, status = locking.status_ends()
        measures = locking.Measures(
            user=ground.user if apart else None,
            cgroup=cgroup,
            filter=seccomp.program(cgroup=cgroup, notice=True, network=network, owner=owner),
            silent_filter=seccomp.program(cgroup=cgroup, notice=False, network=network, owner=owner),
        )
        wish = births.Wish.in_dll(library, "assay_wish") if library else None
        self._locks: locking.Locksmith = (
            locking.AtOneBlow(measures, status, library=library, layout=wish.locks)
            if library and wish
            else locking.Steps(measures, status)
        )
        self._rules = ground.rules()
        self._locks.restrict_by(self._rules)
        self._kit = child.Kit(user=ground.user, places=ground.places, locks=self._locks, entries=entries)
        self._processors = len(os.sched_getaffinity(0))
        for name, value in setup["warm_env"].items():
            os.environ[name] = ground.places.really(value)
        for what, limits in locking.ALIKE.items():
            locking.set_limit(what, *limits)
        child.rehearse(self._kit)
        gc.collect()
        gc.freeze()
        with suppress(AttributeError):  # GNU's alone has it
            ctypes.CDLL(None).malloc_trim(0)  # or each child would put the holes in its memory together
        live = functools.partial(child.live, self._kit)
        self._births: births.Births = births.ByTheWorker(live, enter=ground.enter)
        if library and wish and isinstance(ground, Spaces):
            self._births = another = births.ByAnother(live, library=library, wish=wish, namespace=ground.namespace)
            ground.own.add(str(another.pid))
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
        self._ground.leave_room(order.disk)
        began, used_before = time.monotonic(), watch.metered(self._meter)
        given = _given(order.parts, descriptors)
        watcher = watch.Watcher(
            order, link=self._link.fileno(), status=self._status, ground=self._ground, processors=self._processors,
            meter=self._meter,
        )  # fmt: skip
        self._locks.lay_out(order, given, beside=self._ground.beside())
        born = self._births.give(given)
        limit = watcher.wait(born)
        for descriptor in descriptors:
            os.close(descriptor)
        burial = born.bury()
        left_behind = self._ground.sweep()
        used, full = self._ground.used()
        return wire.Ending(
            wait_status=burial.wait_status,
            reported=watcher.reported,
            started=watcher.started,
            limit=limit,
            cpu=max(burial.cpu + left_behind, watcher.cpu, watch.metered(self._meter) - used_before),
            wall=time.monotonic() - began,
            max_rss=burial.max_rss,
            peak=watcher.peak,
            scratch_used=used,
            scratch_full=full,
            attempts=watcher.attempts,
            clean=self._clean() if order.last else wire.NOT_ASKED,
        )

    def _clean(self) -> bool:
        """Proves that nothing of the last stay is left, having emptied the scratch space if need be."""
        proved, renewed = self._ground.clean()
        if renewed and self._rules is not None:
            os.close(self._rules)
            self._rules = self._ground.rules()
            self._locks.restrict_by(self._rules)
        return proved


def _given(parts: int, descriptors: list[int]) -> locking.Given:
    rest = iter(descriptors)
    stdin, stdout, stderr = (next(rest) for _ in range(3))
    channel_in = next(rest) if parts & wire.With.CHANNEL else None
    channel_out = next(rest) if parts & wire.With.CHANNEL else None
    files = next(rest) if parts & wire.With.FILES else -1
    return locking.Given(stdin, stdout, stderr, channel_in, channel_out, files, orders=next(rest))
