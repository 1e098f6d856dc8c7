"""A worker's ground where the kernel allows no namespaces: Landlock and seccomp alone, on the host's own root.

Files are fenced by Landlock, the network by refusing every socket but pairs, other processes by Landlock's
scope of signals, and what a command leaves behind is found because nobody in the fence can leave it: the
worker kills all that it can reach, which is exactly that. What is weaker than namespaces stands in
`support.WEAKER`. Standard library only.
"""

from __future__ import annotations

import os
import signal
import socket
import stat
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from assay.sandboxes.linux import child, folders, landlock, root, seccomp, users
from assay.sandboxes.linux import syscalls as sc
from assay.sandboxes.linux.locking import keep

_FIRST = 1
_LOOK_AGAIN_AFTER = 0.1
_COUNT_AGAIN_AFTER = 1.0
_NEXT_DOOR = 32
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_MACHINE_FACTS = ("/proc/meminfo", "/proc/cpuinfo", "/proc/stat", "/proc/version", "/etc/localtime")


class Fenced:
    """See `worker.Ground`."""

    network = seccomp.Network.NONE
    close_look = True

    def __init__(self, setup: Mapping[str, Any]) -> None:
        self._mounts = [source for source, _ in setup["mounts"]]
        self.user = users.INSIDE if users.has_another(self._mounts, privileged=setup["privileged"]) else os.geteuid()
        folder = setup["folder"]
        self._folders = {root.WORK: f"{folder}/work", root.TEMPORARY: f"{folder}/tmp"}
        for place in self._folders.values():
            Path(place).mkdir(exist_ok=True)
        self.places = child.Places(self._folders[root.WORK], self._folders, own_proc=False, shown=tuple(self._mounts))
        self._hidden = setup["hidden"]
        self._size = setup["disk"]
        self._looked, self._seen = 0.0, (0, False)
        self._counted, self._beside = -_COUNT_AGAIN_AFTER, 0
        self._starter = os.getppid()
        sc.prctl(sc.PR_SET_CHILD_SUBREAPER, 1)
        _fence()
        sc.drop_bounding_set()
        self._reset()

    @staticmethod
    def separate(_link: socket.socket, *, privileged: bool) -> None:
        """The starter takes over the children of a worker that was killed."""
        if landlock.abi() < landlock.SCOPES_SINCE:
            raise OSError(f"no namespaces, and Landlock of version {landlock.abi()} does not scope signals")
        if privileged:
            os.setgroups([])
        pool = os.getppid()
        sc.prctl(sc.PR_SET_CHILD_SUBREAPER, 1)
        # The pool's end must reach the starter in a way that leaves it time to sweep.
        sc.prctl(sc.PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != pool:
            os._exit(0)
        _fence()

    @staticmethod
    def attend(worker: int) -> NoReturn:
        pool = os.getppid()
        signal.signal(signal.SIGTERM, lambda *_: os.kill(worker, signal.SIGKILL))
        os.waitpid(worker, 0)
        _sweep(pool)
        os._exit(0)

    def rules(self) -> int | None:
        readable = [path for path in (*self._mounts, *_MACHINE_FACTS) if Path(path).exists()]
        devices = [f"/dev/{name}" for name in root.DEVICES]
        writable = list(self._folders.values())
        hidden = [path for path in self._hidden if Path(path).exists()]
        rules = landlock.ruleset(writable=writable, devices=devices, network=False, readable=readable, hidden=hidden)
        return None if rules is None else keep(rules)

    def enter(self) -> None:
        pass

    def others(self) -> list[int]:
        """All descendants; orphans among them, because the worker is who takes them in."""
        found: list[int] = []
        pending = [os.getpid()]
        while pending:
            with suppress(OSError, ValueError):
                names = Path(f"/proc/{pending.pop()}/task").iterdir()
                fresh = [int(pid) for task in names for pid in (task / "children").read_text().split()]
                pending += fresh
                found += fresh
        return found

    def beside(self) -> int:
        """Those that the user has, and some for the answers next door, which come and go: their number must decide
        no verdict. The bound only breaks what would be quicker than the watcher."""
        now = time.monotonic()
        if now - self._counted > _COUNT_AGAIN_AFTER:
            self._beside, self._counted = _threads_of(self.user) + _NEXT_DOOR, now
        return self._beside

    def sweep(self) -> float:
        self._looked = 0.0  # what lies there at the end is to be measured anew
        return _sweep(self._starter)

    def leave_room(self, room: int) -> None:
        self._looked = 0.0
        self._size = self._measured()[0] + room

    def used(self) -> tuple[int, bool]:
        now = time.monotonic()
        if now - self._looked > _LOOK_AGAIN_AFTER:
            self._seen = self._measured()
            self._looked = time.monotonic()
        return self._seen

    def clean(self) -> tuple[bool, bool]:
        if self.others():
            return False, False
        self._reset()
        return not any(os.listdir(place) for place in self._folders.values()), False  # noqa: PTH208

    def _measured(self) -> tuple[int, bool]:
        """Bytes of disk in use; full as well when a folder cannot be looked into."""
        total = count = 0
        pending = [os.open(place, _FOLDER) for place in self._folders.values()]
        try:
            while pending:
                here = pending.pop()
                with os.scandir(here) as entries:
                    for entry in entries:
                        with suppress(FileNotFoundError):
                            facts = entry.stat(follow_symlinks=False)
                            total, count = total + facts.st_blocks * 512, count + 1
                            if stat.S_ISDIR(facts.st_mode):
                                pending.append(os.open(entry.name, _FOLDER, dir_fd=here))
                os.close(here)
                if total >= self._size or count > root.INODES:
                    return total, True
        except OSError:
            return total, True
        finally:
            for descriptor in pending:
                os.close(descriptor)
        return total, False

    def _reset(self) -> None:
        for name, place in self._folders.items():
            folders.empty(place)
            os.chown(place, self.user, -1)
            os.chmod(place, 0o755 if name == root.WORK else 0o777)  # noqa: PTH101


def _threads_of(user: int) -> int:
    count = 0
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            with suppress(OSError, KeyError, ValueError, IndexError):
                text = Path(entry.path, "status").read_text()
                facts = dict(line.split(":", 1) for line in text.splitlines() if line.startswith(("Uid", "Threads")))
                count += int(facts["Threads"]) if int(facts["Uid"].split()[0]) == user else 0
    return count


def _fence() -> None:
    """From here on, this process and its children can signal only one another."""
    sc.prctl(sc.PR_SET_NO_NEW_PRIVS, 1)
    rules = landlock.scopes_only()
    landlock.restricter(rules)()
    os.close(rules)


def _sweep(outsider: int) -> float:
    """Kills all that is inside the fence, at one blow, and buries it; returns its processor time. A process
    outside must be out of reach: otherwise there is no fence, and the blow would hit the machine."""
    for pid in (outsider, _FIRST):
        try:
            os.kill(pid, 0)
        except (PermissionError, ProcessLookupError):
            continue
        os._exit(1)
    with suppress(ProcessLookupError):
        os.kill(-1, signal.SIGKILL)
    used = 0.0
    with suppress(ChildProcessError):  # orphans come to whoever sweeps, so no child means nobody at all
        while True:
            _, _, usage = os.wait4(-1, 0)
            used += usage.ru_utime + usage.ru_stime
    return used
