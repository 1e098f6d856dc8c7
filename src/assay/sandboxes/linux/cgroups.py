"""One cgroup per worker, version 2 where it is delegated or version 1 where it is writable.

It makes, reads and removes groups below the caller's own; it never moves a process that is not a worker.
Names carry the maker's process id and start time, so that groups of the dead are known and swept.
"""

from __future__ import annotations

import os
import re
import signal
from contextlib import suppress
from pathlib import Path, PurePosixPath

import msgspec

_NEEDED = ("memory", "pids")
_UNIFIED = ""
"""Version 2 names no controller where it says in which group a process is."""
_PREFIX = "assay-"
_NAME = re.compile(r"assay-(?P<pid>\d+)-(?P<started>\d*)-\d+")


class Home(msgspec.Struct, frozen=True):
    """Where groups can be made."""

    version: int
    folders: dict[str, str]
    """By controller; in version 2 all are one folder."""


class Unavailable(Exception):
    """Raised with the reason, when this process may not make groups that bound memory and processes."""


class _Mount(msgspec.Struct, frozen=True):
    place: str
    root: str
    """The group that is seen there: in a container, its own rather than the topmost."""

    def folder_of(self, group: str) -> Path | None:
        """Where a group is seen; None for one that lies elsewhere."""
        inside = PurePosixPath(group)
        if ".." in inside.parts or not inside.is_relative_to(self.root):
            return None
        return Path(self.place, inside.relative_to(self.root))


def find() -> Home:
    """The home for this process's groups."""
    return located(Path("/proc/self/cgroup").read_text(), Path("/proc/self/mountinfo").read_text())


def located(own: str, mounts: str) -> Home:
    """The home, as the kernel's two texts of these names tell it: the groups that a process is in, and the mounts."""
    groups, mounted = _groups(own), _mounted(mounts)
    seen = {name: mounted[name].folder_of(group) for name, group in groups.items() if name in mounted}
    if all(name in seen for name in _NEEDED):
        wanted = {name: folder for name in (*_NEEDED, "cpuacct") if (folder := seen.get(name)) is not None}
        for name in _NEEDED:
            if name not in wanted or not os.access(wanted[name], os.W_OK):
                raise Unavailable(f"the {name} cgroup {wanted.get(name, groups[name])} is not writable")
        return Home(version=1, folders={name: str(folder) for name, folder in wanted.items()})
    here = seen.get(_UNIFIED)
    if here is None:
        raise Unavailable("no cgroup file system that shows this process's group is mounted")
    return _find_unified(Path(mounted[_UNIFIED].place), here)


def _find_unified(top: Path, here: Path) -> Home:
    """A group with processes in it cannot hand controllers down, so a sibling of ours is as good as a child."""
    for place in (here, here.parent):
        handed_down = place / "cgroup.subtree_control"
        if not place.is_relative_to(top) or not handed_down.exists():
            continue
        given = handed_down.read_text().split()
        writable = os.access(place, os.W_OK) and os.access(place / "cgroup.procs", os.W_OK)
        if writable and all(name in given for name in _NEEDED):
            return Home(version=2, folders=dict.fromkeys((*_NEEDED, "cpuacct"), str(place)))
    raise Unavailable(f"memory and pids are not delegated at {here} (start under systemd-run --user --scope)")


def _groups(text: str) -> dict[str, str]:
    """By controller."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        _, names, path = line.split(":", 2)
        found |= dict.fromkeys(names.split(","), path)
    return found


def _mounted(text: str) -> dict[str, _Mount]:
    """By controller, where it is mounted first."""
    found: dict[str, _Mount] = {}
    for line in text.splitlines():
        before, _, after = line.partition(" - ")
        kind, _, options = after.split(" ", 2)
        root, place = map(_plain, before.split(" ")[3:5])
        names = {"cgroup2": [_UNIFIED], "cgroup": options.split(",")}.get(kind, [])
        for name in names:
            found.setdefault(name, _Mount(place, root))
    return found


def _plain(path: str) -> str:
    """The kernel writes white space in paths as octal numbers."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), path)


def start_time(pid: int) -> str:
    """Tells a process from a later one of the same number; empty when there is none, or a dead one that nobody has
    waited for."""
    try:
        facts = Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if facts[0] in "ZX" else facts[19]


def sweep(home: Home) -> None:
    """Removes the groups of pools that died without saying goodbye."""
    for folder in set(home.folders.values()):
        for group in Path(folder).glob(f"{_PREFIX}*"):
            ours = _NAME.fullmatch(group.name)
            if ours and start_time(int(ours["pid"])) != ours["started"]:
                _empty(group)


def _empty(group: Path) -> None:
    """Kills who is in it, and removes it if they are gone by then."""
    with suppress(OSError):
        for pid in (group / "cgroup.procs").read_text().split():
            with suppress(ProcessLookupError):
                os.kill(int(pid), signal.SIGKILL)
        group.rmdir()


class Counts(msgspec.Struct, frozen=True):
    """What the kernel has counted for a group."""

    kills: int = 0
    """Processes killed because memory ran out."""
    refusals: int = 0
    """Processes and threads refused."""
    usage: int | None = None
    peak: int | None = None
    """Highest usage since the last `bound`, where that can be told."""


class Group:
    """The cgroup of one worker and of all that it ever starts."""

    def __init__(self, home: Home, number: int) -> None:
        name = f"{_PREFIX}{os.getpid()}-{start_time(os.getpid())}-{number}"
        self._version = home.version
        self._folders = {controller: Path(folder, name) for controller, folder in home.folders.items()}
        for folder in set(self._folders.values()):
            folder.mkdir(exist_ok=True)
        memory, pids = self._folders["memory"], self._folders["pids"]
        one = home.version == 1
        self._limit = _File(memory / ("memory.limit_in_bytes" if one else "memory.max"))
        self._kills = _File(memory / ("memory.oom_control" if one else "memory.events"))
        self._peak = _File(memory / ("memory.max_usage_in_bytes" if one else "memory.peak"))
        self._usage = _File(memory / ("memory.usage_in_bytes" if one else "memory.current"))
        self._peak_resets = True
        self._pids = _File(pids / "pids.max")
        self._refusals = _File(pids / "pids.events")
        self._stat = memory / "memory.stat"
        no_swap = memory / ("memory.swappiness" if one else "memory.swap.max")
        with suppress(OSError):  # a kernel without swap has no such file
            no_swap.write_text("0")
        self._bounds = (0, 0)
        self._base = 0

    def join(self, pid: int) -> None:
        for folder in set(self._folders.values()):
            (folder / "cgroup.procs").write_text(str(pid))

    def settle(self) -> None:
        """Notes what the worker itself holds, so that it does not count against its commands."""
        names = ("total_rss", "total_shmem") if self._version == 1 else ("anon", "shmem", "kernel")
        figures = dict(line.split() for line in self._stat.read_text().splitlines())
        self._base = sum(int(figures.get(name, 0)) for name in names) + (4 << 20)

    def bound(self, *, memory: int, processes: int) -> None:
        """Sets the limits for the next command (written only when they change) and forgets the last peak."""
        if self._bounds != (memory, processes):
            self._limit.write(str(self._base + memory))
            self._pids.write(str(processes))
            self._bounds = (memory, processes)
        try:
            self._peak.write("0")
        except OSError:
            self._peak_resets = False  # version 2 before Linux 6.12

    def meter(self) -> int | None:
        """A descriptor from which processor time can be read."""
        folder = self._folders.get("cpuacct")
        if folder is None:
            return None
        path = folder / ("cpuacct.usage" if self._version == 1 else "cpu.stat")
        return os.open(path, os.O_RDONLY | os.O_CLOEXEC) if path.exists() else None

    def counts(self) -> Counts:
        return Counts(
            kills=self._kills.figure("oom_kill"),
            refusals=self._refusals.figure("max"),
            usage=self._usage.number(),
            peak=self._peak.number() if self._peak_resets else None,
        )

    def remove(self) -> bool:
        """True when it is gone; a process that is still dying holds it for a moment. Who outlived the worker, in a
        fence whose starter was killed, is killed now."""
        for file in (self._limit, self._kills, self._usage, self._peak, self._pids, self._refusals):
            file.close()
        for folder in set(self._folders.values()):
            try:
                folder.rmdir()
            except FileNotFoundError:
                continue
            except OSError:
                _empty(folder)
                return False
        return True


class _File:
    """A control file held open; absent ones read as nothing."""

    def __init__(self, path: Path) -> None:
        self._descriptor = -1
        for flags in (os.O_RDWR, os.O_RDONLY):
            with suppress(OSError):
                self._descriptor = os.open(path, flags | os.O_CLOEXEC)
                break

    def _read(self) -> bytes:
        return os.pread(self._descriptor, 4096, 0) if self._descriptor >= 0 else b""

    def number(self) -> int | None:
        text = self._read().strip()
        return int(text) if text.isdigit() else None

    def figure(self, name: str) -> int:
        for line in self._read().splitlines():
            key, _, value = line.partition(b" ")
            if key == name.encode():
                return int(value)
        return 0

    def write(self, text: str) -> None:
        os.pwrite(self._descriptor, text.encode(), 0)

    def close(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
