"""What waits outside the box for an escape to find or to break, and the machine as it was before."""

from __future__ import annotations

import ctypes
import mmap
import os
import resource
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import NamedTuple

from assay.sandboxes.linux import cgroups, syscalls

_MORE_NUMBERS = {
    "rt_sigqueueinfo": (129, 138), "tkill": (200, 130), "tgkill": (234, 131),
    "eventfd2": (290, 19), "setfsuid": (122, 151), "setfsgid": (123, 152),
    "timer_create": (222, 107), "process_mrelease": (448, 448),
    "exit": (60, 93), "linkat": (265, 37), "execveat": (322, 281), "inotify_add_watch": (254, 27),
}  # fmt: skip
_NOBODY = 65534
_KEY_OF_ESCAPES = "77"
_CLOCKS_AGREE_WITHIN = 2.0


class Machine(NamedTuple):
    """All of it that a sandbox could leave something in."""

    descendants: frozenset[int]
    descriptors: int
    groups: frozenset[str]
    mounts: tuple[str, ...]
    queues: tuple[str, ...]
    name: str
    priority: int
    limits: tuple[tuple[int, int], ...]

    @classmethod
    def now(cls) -> Machine:
        return cls(
            descendants=frozenset(_descendants()),
            descriptors=sum(1 for _ in Path("/proc/self/fd").iterdir()),
            groups=frozenset(_groups()),
            mounts=tuple(sorted(filter(_could_be_ours, Path("/proc/self/mounts").read_text().splitlines()))),
            queues=tuple(_left_by_us(Path("/proc/sysvipc", kind).read_text()) for kind in ("shm", "sem", "msg")),
            name=socket.gethostname(),
            priority=os.getpriority(os.PRIO_PROCESS, 0),
            limits=tuple(resource.getrlimit(what) for what in (resource.RLIMIT_CPU, resource.RLIMIT_NOFILE)),
        )

    def alike(self, other: Machine) -> bool:
        """The same but for workers that took the place of others."""
        count = len(self.descendants) == len(other.descendants) and len(self.groups) == len(other.groups)
        return count and self._replace(descendants=other.descendants, groups=other.groups) == other


def _could_be_ours(mount: str) -> bool:
    """The box's own places, and file systems as it makes them; other programs of the machine mount too."""
    _, place, kind, options, *_ = mount.split()
    return place.startswith(("/box", "/.scratch", "/old", "/new")) or (kind == "tmpfs" and "nr_inodes=32768" in options)


def _left_by_us(table: str) -> str:
    """Objects under the one key that an escape uses; other programs of the machine have queues too."""
    return "\n".join(line for line in table.splitlines() if line.split()[0] == _KEY_OF_ESCAPES)


def _descendants() -> set[int]:
    found, pending = set(), [os.getpid()]
    while pending:
        try:
            children = Path(f"/proc/{pending[0]}/task/{pending.pop(0)}/children").read_text().split()
        except OSError:
            continue
        pending += map(int, children)
        found |= set(map(int, children))
    return found


def outside() -> list[str]:
    """What a program of this user does not get of what all have together."""
    missing, libc = [], ctypes.CDLL(None, use_errno=True)
    timers = [ctypes.c_void_p() for _ in range(4)]
    if any(libc.timer_create(time.CLOCK_MONOTONIC, None, ctypes.byref(timer)) for timer in timers):
        missing.append(f"timers: {os.strerror(ctypes.get_errno())}")
    for timer in filter(None, timers):
        libc.timer_delete(timer)
    return missing


def _remembers(path: Path) -> bool:
    """Whether the kernel holds anything of a file that was read."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY) as mapped:
        pages = (ctypes.c_ubyte * -(-len(mapped) // mmap.PAGESIZE))()
        view = ctypes.c_char.from_buffer(mapped)
        asked = ctypes.CDLL(None).mincore(ctypes.c_void_p(ctypes.addressof(view)), ctypes.c_size_t(len(mapped)), pages)
        del view
    return asked != 0 or any(pages)


def _groups() -> set[str]:
    try:
        home = cgroups.find()
    except (cgroups.Unavailable, OSError):
        return set()
    return {str(g) for folder in set(home.folders.values()) for g in Path(folder).glob(f"assay-{os.getpid()}-*")}


class World:
    """A server, sockets, files, shared memory and a neighbour, each with the secret in it."""

    def __init__(self) -> None:
        self.secret = secrets.token_hex(12)
        self._stack = ExitStack()
        folder = self._stack.enter_context(tempfile.TemporaryDirectory(prefix="canary-"))
        Path(folder).chmod(0o755)
        self._file = self._canary(Path(folder, "secret"))
        self._files = {self._file: self.secret}
        home = Path.home()
        if os.access(home, os.W_OK):
            hidden = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix=".canary-", dir=home)))
            hidden.chmod(0o755)
            self._files[self._canary(hidden / "id_rsa")] = self.secret
        self._home_file = list(self._files)[-1]
        self._tcp = self._stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        self._tcp.setblocking(False)
        self._udp = self._stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        self._udp.bind(("127.0.0.1", 0))
        self._abstract = f"canary-{secrets.token_hex(8)}"
        self._named = str(Path(folder, "canary.sock"))
        self._listeners = [self._tcp, self._listen("\0" + self._abstract), self._listen(self._named)]
        Path(self._named).chmod(0o777)
        self._datagrams = self._stack.enter_context(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM))
        self._datagrams.bind(f"{self._named}.datagrams")
        Path(f"{self._named}.datagrams").chmod(0o777)
        self._key = secrets.randbits(30) | 1
        self._segment = self._shared()
        self._victim = self._neighbour()
        self._standing = self._posture()
        self._library = Path(os.path.realpath(os.__file__))
        self._clock = time.time() - time.monotonic()

    def _canary(self, path: Path) -> Path:
        path.write_text(self.secret)
        path.chmod(0o644)
        with suppress(OSError):  # not every file system keeps such notes
            os.setxattr(path, "user.note", self.secret.encode())
        return path

    def _listen(self, name: str) -> socket.socket:
        one = self._stack.enter_context(socket.socket(socket.AF_UNIX))
        one.bind(name)
        one.listen()
        one.setblocking(False)
        return one

    def _shared(self) -> int:
        """A segment with the secret, which whoever has the key may read."""
        libc = ctypes.CDLL(None)
        libc.shmat.restype = ctypes.c_void_p
        segment: int = libc.shmget(self._key, 4096, 0o1666)
        if segment >= 0:
            place = libc.shmat(segment, None, 0)
            ctypes.memmove(place, self.secret.encode(), len(self.secret))
            libc.shmdt(ctypes.c_void_p(place))
        return segment

    def _neighbour(self) -> subprocess.Popen[bytes]:
        """Another process of the user that answers run as."""
        user = _NOBODY if os.geteuid() == 0 else None
        return subprocess.Popen(
            ["/bin/sleep", "3600"], env={"CANARY": self.secret}, stdin=subprocess.DEVNULL, user=user
        )

    def _posture(self) -> tuple[int, int, str]:
        pid = self._victim.pid
        limits = Path(f"/proc/{pid}/limits").read_text()
        return os.getpriority(os.PRIO_PROCESS, pid), len(os.sched_getaffinity(pid)), limits

    def constants(self) -> str:
        """What an attacker may know: where things are, but not what they hold."""
        self._library.read_bytes()  # from now on the machine remembers it
        column = syscalls.MACHINES[syscalls.machine()]
        numbers = {name: row[column] for name, row in (syscalls.NUMBERS | _MORE_NUMBERS).items()}
        known = {
            "PORT": self._tcp.getsockname()[1], "UDP_PORT": self._udp.getsockname()[1], "ABSTRACT": self._abstract,
            "SOCKET": self._named, "DATAGRAM": f"{self._named}.datagrams", "SECRET": str(self._file), "HOME_SECRET": str(self._home_file),
            "REPOSITORY": str(Path(__file__).parents[3]), "POOL": str(os.getpid()), "VICTIM": str(self._victim.pid),
            "KEY": self._key, "NUMBERS": numbers, "NEEDLE": ("EARLIER-", "STAY-"), "PYTHON": sys.version_info[:2],
        }  # fmt: skip
        return "\n".join(f"{name} = {value!r}" for name, value in known.items())

    def faults(self) -> list[str]:
        """What is not as it was."""
        found = []
        for listener in self._listeners:
            with suppress(BlockingIOError):
                listener.accept()[0].close()
                found.append(f"somebody called at {listener.getsockname()!r}")
        for one in (self._udp, self._datagrams):
            with suppress(BlockingIOError):
                while True:
                    found.append(f"a datagram came: {one.recv(100, socket.MSG_DONTWAIT)!r}")
        state = Path(f"/proc/{self._victim.pid}/stat").read_text().rpartition(")")[2].split()[0]
        if self._victim.poll() is not None or state not in "SR":
            found.append(f"the neighbour is {state}")
        if self._posture() != self._standing:
            found.append("the neighbour has other limits")
        found += [f"{path} is changed" for path, text in self._files.items() if path.read_text() != text]
        found += [f"{path} has other rights" for path in self._files if path.stat().st_mode & 0o7777 != 0o644]
        if not _remembers(self._library):
            found.append(f"the machine has forgotten {self._library}")
        if abs(time.time() - time.monotonic() - self._clock) > _CLOCKS_AGREE_WITHIN:
            found.append("the clock was set")
        return found

    def close(self) -> None:
        self._victim.kill()
        self._victim.wait()
        if self._segment >= 0:
            ctypes.CDLL(None).shmctl(self._segment, 0, None)
        self._stack.close()
