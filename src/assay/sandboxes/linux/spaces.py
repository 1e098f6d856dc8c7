"""A worker's ground in namespaces of its own: a root of given paths, scratch space, and for each command a new
PID namespace, whose end is the end of everything in it. Standard library only."""

from __future__ import annotations

import os
import select
import socket
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NoReturn

from assay.sandboxes.linux import child, landlock, root, seccomp, wire
from assay.sandboxes.linux import syscalls as sc
from assay.sandboxes.linux.locking import keep

_NAMESPACES = (
    sc.CLONE_NEWUSER | sc.CLONE_NEWNS | sc.CLONE_NEWPID | sc.CLONE_NEWIPC | sc.CLONE_NEWUTS
    | sc.CLONE_NEWNET | sc.CLONE_NEWCGROUP
)  # fmt: skip


class Spaces:
    """See `worker.Ground`."""

    user = 65534
    places = child.Places(root.WORK, {}, own_proc=True)
    close_look = False

    def __init__(self, setup: Mapping[str, Any]) -> None:
        self.network = seccomp.Network.LOOPBACK if setup["loopback"] else seccomp.Network.EMPTY
        within = root.build([(source, target) for source, target in setup["mounts"]], hidden=setup["hidden"])
        socket.sethostname("box")
        if setup["loopback"]:
            _raise_loopback()
        self._scratch = root.Scratch(within, owner=self.user, size=setup["disk"])
        self._scratch.renew()
        root.seal()
        sc.drop_bounding_set()
        sc.prctl(sc.PR_SET_NO_NEW_PRIVS, 1)
        self.namespace = keep(os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC))
        self._mounts = keep(os.open("/proc/self/mountinfo", os.O_RDONLY | os.O_CLOEXEC))
        self._queues = [
            keep(os.open(f"/proc/sysvipc/{kind}", os.O_RDONLY | os.O_CLOEXEC)) for kind in ("shm", "sem", "msg")
        ]
        self._poll_mounts = select.poll()
        self._poll_mounts.register(self._mounts, select.POLLPRI)
        self._strange = False
        self.own = {"1"}
        """Processes that are the worker's, by their numbers here."""
        self._mounts_changed()

    @staticmethod
    def separate(link: socket.socket, *, privileged: bool) -> None:
        """New namespaces for the starter (and, for PIDs, for its next child, the worker)."""
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
            Path("/proc/self/uid_map").write_text(f"{Spaces.user} {user} 1")
            Path("/proc/self/gid_map").write_text(f"{Spaces.user} {group} 1")
        sc.prctl(sc.PR_SET_DUMPABLE, 1)

    @staticmethod
    def attend(worker: int) -> NoReturn:
        """What the starter does: it leaves when all of the worker's namespace are dead."""
        os.waitpid(worker, 0)
        os._exit(0)

    def rules(self) -> int | None:
        devices = [f"/dev/{name}" for name in root.DEVICES]
        network = self.network is seccomp.Network.LOOPBACK
        rules = landlock.ruleset(writable=root.SCRATCH, devices=devices, network=network)
        return None if rules is None else keep(rules)

    def enter(self) -> None:
        sc.setns(self.namespace, sc.CLONE_NEWPID)
        sc.unshare(sc.CLONE_NEWPID)

    def beside(self) -> int:
        """Where one user is worker and answer, the worker's three; a user namespace counts for itself."""
        return 4

    def others(self) -> list[int]:
        names = os.listdir("/proc")  # noqa: PTH208 - asked often: paths would cost more than the answer
        return [int(name) for name in names if name.isdigit() and name not in self.own]

    def sweep(self) -> float:
        return 0.0

    def leave_room(self, room: int) -> None:
        # The kernel counts our own change of the scratch space's size; what came before it is not forgotten.
        self._strange = self._strange or self._mounts_changed()
        self._scratch.leave_room(room)
        self._mounts_changed()

    def used(self) -> tuple[int, bool]:
        return self._scratch.used()

    def clean(self) -> tuple[bool, bool]:
        if self._strange or self.others() or self._mounts_changed():
            return False, False
        if any(os.pread(queue, 512, 0).count(b"\n") > 1 for queue in self._queues):
            return False, False
        if self._scratch.blank():
            return True, False
        self._scratch.renew()
        self._mounts_changed()
        return True, True

    def _mounts_changed(self) -> bool:
        """Since the last time it was asked: the kernel counts."""
        changed = bool(self._poll_mounts.poll(0))
        if changed:
            os.pread(self._mounts, 1, 0)
        return changed


def _raise_loopback() -> None:
    """SIOCSIFFLAGS: the namespace's own loopback, which reaches nothing else."""
    import fcntl

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        request = struct.pack("=16sH14x", b"lo", 1)
        fcntl.ioctl(any_socket, 0x8914, request)
