"""Tries, in a throw-away process, what the kernel lets this user do. Standard library only."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable

from assay.sandboxes.linux import landlock, seccomp
from assay.sandboxes.linux import syscalls as sc

_NAMESPACES = {
    "user": 0,
    "mount": sc.CLONE_NEWNS,
    "pid": sc.CLONE_NEWPID,
    "ipc": sc.CLONE_NEWIPC,
    "uts": sc.CLONE_NEWUTS,
    "network": sc.CLONE_NEWNET,
    "cgroup": sc.CLONE_NEWCGROUP,
}


def main() -> None:
    """Prints one JSON object: each name with an empty text, or the kernel's words."""
    found = {}
    for name, flag in _NAMESPACES.items():
        found[name] = _try(lambda flag=flag: sc.unshare(sc.CLONE_NEWUSER | flag))  # type: ignore[misc]
    found["mount_setattr"] = _try(_mount_setattr)
    found["openat2"] = _try(lambda: os.close(sc.open_beneath(os.open("/", os.O_RDONLY), "proc", flags=os.O_RDONLY)))
    found["seccomp"] = _try(_seccomp)
    found["landlock"] = str(landlock.abi())
    json.dump(found, sys.stdout)


def _try(action: Callable[[], object]) -> str:
    """In a child of its own, because namespaces and filters cannot be left again."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            action()
        except OSError as error:
            os.write(writing, str(error.strerror).encode())
        finally:
            os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading) as words:
        return words.read()


def _mount_setattr() -> None:
    sc.unshare(sc.CLONE_NEWUSER | sc.CLONE_NEWNS)
    sc.set_mount_flags("/", attributes=sc.ATTR_NOSUID, recursive=True)


def _seccomp() -> None:
    sc.prctl(sc.PR_SET_NO_NEW_PRIVS, 1)
    seccomp.install(seccomp.program(cgroup=True, notice=False, network=seccomp.Network.EMPTY))
