"""What a worker is to be like on this machine: users, cgroup, mounts; and a clear word where it cannot be."""

from __future__ import annotations

import itertools
import os
import sys
from collections.abc import Callable, Mapping, Sequence

import msgspec

from assay.core.errors import SandboxError
from assay.sandboxes.box import Mount
from assay.sandboxes.linux import cgroups, homes, syscalls, users
from assay.sandboxes.linux.handle import NoNamespaces, Plan, Worker
from assay.sandboxes.linux.mounts import python_hidden, python_mounts
from assay.sandboxes.linux.native import library

_numbers = itertools.count(1)
_homes: dict[int, cgroups.Home | None] = {}


def plan_for(
    mounts: Sequence[Mount],
    *,
    preload: Sequence[str] = (),
    preload_from: Sequence[str] = (),
    loopback: bool = False,
    disk: int = 64,
    fenced: bool = False,
    native: bool = True,
    warm_env: Mapping[str, str] | None = None,
) -> Plan:
    """`native`: with the compiled locks, where they can be had. Raises SandboxError where no worker can ever start."""
    if sys.platform != "linux":
        raise SandboxError("the built-in sandbox needs Linux; here, use the container sandbox (docker or podman)")
    if syscalls.machine() not in syscalls.MACHINES:
        raise SandboxError(f"the built-in sandbox knows no system calls of {syscalls.machine()}")
    shown = (*python_mounts(), *mounts)
    return Plan(
        mounts=tuple((mount.source, mount.target or mount.source) for mount in shown),
        hidden=python_hidden(),
        preload=tuple(preload),
        library=tuple(preload_from),
        loopback=loopback,
        disk=disk << 20,
        privileged=users.may_map_two(),
        fenced=fenced,
        native=library() if native else "",
        warm_env=dict(warm_env or {}),
    )


def new_worker(plan: Plan) -> Worker:
    """A worker process, in a cgroup of its own where one can be had; it still has to be started."""
    _be_let_send()
    home = _home()
    try:
        number = next(_numbers)
        group = None if home is None else cgroups.Group(home, number)
        return Worker(plan, group=group, user=users.INSIDE if plan.fenced else users.of_worker(number))
    except OSError as error:
        raise SandboxError(f"a sandbox worker cannot be started: {error}") from error


def _be_let_send() -> None:
    """The kernel lets nobody send a descriptor whose user has more of them under way than he may have open. Answers
    that are the same user can have as many under way as most users may have open, unless these ask for more."""
    import resource  # absent on Windows

    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


async def started(plan: Plan, *, keep: Callable[[Worker], None]) -> tuple[Worker, Plan]:
    """A worker that has started, and the plan that it is like: where the kernel allows no namespaces, Landlock
    and seccomp stand in. `keep` learns of the worker before it starts, and again of the one in its place."""
    worker = new_worker(plan)
    keep(worker)
    try:
        await worker.start()
    except NoNamespaces:
        await worker.end()
        if plan.loopback:
            raise  # a session of many commands, with a network of its own, has no stand-in
        plan = msgspec.structs.replace(plan, fenced=True)
        worker = new_worker(plan)
        keep(worker)
        await worker.start()
    return worker, plan


def _home() -> cgroups.Home | None:
    """Looked for, and swept, once in a process."""
    process, home = os.getpid(), None
    if process not in _homes:
        homes.sweep()
        try:
            home = cgroups.find()
            cgroups.sweep(home)
        except (cgroups.Unavailable, OSError):
            home = None
        _homes[process] = home
    return _homes[process]
