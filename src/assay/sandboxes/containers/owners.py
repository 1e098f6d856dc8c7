"""Whose containers these are: the label that each carries, and the sweep of those whose owner is dead.

A container of ours ends by itself when its owner does, as its keeper's standard input closes; the sweep is for
what was in the middle of starting, or whose engine was not there at the time.
"""

from __future__ import annotations

import os
import platform
import subprocess
from pathlib import Path

from assay.sandboxes.containers.engine import Engine
from assay.sandboxes.linux.cgroups import start_time

LABEL = "assay.owner"
_swept: set[tuple[int, Engine]] = set()


def label() -> str:
    """This machine since its start, this process and since when: nothing that another process can be."""
    return "/".join([_machine(), _room(), str(os.getpid()), started(os.getpid())])


def started(pid: int) -> str:
    """When a process was started, in the system's own words; empty when there is none."""
    if Path("/proc/self/stat").exists():
        return start_time(pid)
    done = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return "-".join(done.stdout.split())


def dead(owner: str) -> bool:
    """True only where this process can know it: the same machine and the same view of its processes."""
    machine, room, pid, since = (owner.split("/") + [""] * 4)[:4]
    if machine.partition("@")[0] != _machine().partition("@")[0]:
        return False
    if machine != _machine():
        return True  # the machine was started anew since
    return room == _room() and pid.isdigit() and started(int(pid)) != since


async def sweep(engine: Engine) -> int:
    """Removes what dead owners left, once in a process; returns how many containers that were."""
    once = (os.getpid(), engine)
    if once in _swept:
        return 0
    found = (await engine.ask("ps", "--all", "--quiet", "--filter", f"label={LABEL}")).split()
    _swept.add(once)
    orphans = []
    for container in found:
        code, owner, _ = await engine.call("inspect", "--format", f'{{{{index .Config.Labels "{LABEL}"}}}}', container)
        if code == 0 and dead(owner.strip()):
            orphans.append(container)
    if orphans:
        await engine.call("rm", "--force", "--volumes", *orphans)
    return len(orphans)


def _machine() -> str:
    """`name@start`: an engine may be shared by machines that share a host name."""
    name, boot = Path("/etc/machine-id"), Path("/proc/sys/kernel/random/boot_id")
    word = name.read_text().strip() if name.exists() else platform.node()
    since = boot.read_text().strip() if boot.exists() else ""
    return f"{word.replace('/', '-').replace('@', '-')}@{since}"


def _room() -> str:
    try:
        return str(Path("/proc/self/ns/pid").readlink()).replace("/", "-")
    except OSError:
        return "-"
