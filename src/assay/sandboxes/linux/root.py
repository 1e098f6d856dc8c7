"""The file system that answers see: given paths read-only, a minimal /dev, and scratch space.

It knows mounts and nothing of processes. Standard library only: the workers run it.
"""

from __future__ import annotations

import errno
import os
import stat
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from assay.sandboxes.linux import syscalls as sc

DEVICES = ("null", "zero", "full", "random", "urandom")
WORK, TEMPORARY, SHARED = "/box", "/tmp", "/dev/shm"  # names inside the box
SCRATCH = (WORK, TEMPORARY, SHARED)
INODES = 32768

_STAGE, _OLD, _NEW = "/tmp", "/old", "/new"  # the stage is covered before anything is put there
_HOLD = "/.scratch"
_READ_ONLY = sc.ATTR_RDONLY | sc.ATTR_NOSUID | sc.ATTR_NODEV
_LINKS_AT_MOST = 40
_OUT_OF_THE_WAY = 20
_ETC = {
    "passwd": f"root:x:0:0::/:/bin/sh\nbox:x:65534:65534::{WORK}:/bin/sh\n",
    "group": "root:x:0:\nbox:x:65534:\n",
    "hosts": "127.0.0.1 localhost\n::1 localhost\n",
}


class _Bind(NamedTuple):
    target: str
    source: str


class Within(NamedTuple):
    """What is to be shown at a place inside the scratch space, each time that this is new."""

    trees: dict[str, int]
    """Held open, because the scratch space will cover them."""
    links: dict[str, str]


def build(mounts: Sequence[tuple[str, str]], *, hidden: Sequence[str]) -> Within:
    """Leaves the calling process, alone in fresh namespaces, in a root that holds `mounts` and no more;
    folders in `hidden` are shown empty."""
    binds, links = _plan(mounts)
    sc.mount(None, "/", flags=sc.MS_REC | sc.MS_PRIVATE)
    sc.mount("tmpfs", _STAGE, kind="tmpfs", data="size=64k,mode=755")
    for folder in (_OLD, _NEW):
        Path(_STAGE + folder).mkdir()
    sc.pivot_root(_STAGE, _STAGE + _OLD)
    os.chdir("/")
    sc.mount("tmpfs", _NEW, kind="tmpfs", flags=sc.MS_NOSUID, data="size=4m,mode=755")
    for bind in binds:
        _bind(bind)
    for folder in hidden:
        if Path(_NEW + folder).is_dir():
            flags = sc.MS_RDONLY | sc.MS_NOSUID | sc.MS_NODEV
            sc.mount("tmpfs", _NEW + folder, kind="tmpfs", flags=flags, data="size=4k,mode=755")
    for place, text in links.items():
        if not os.path.lexists(_NEW + place):
            Path(_NEW + place).parent.mkdir(parents=True, exist_ok=True)
            Path(_NEW + place).symlink_to(text)
    _furnish()
    os.chdir(_NEW)
    sc.pivot_root(".", ".")
    sc.unmount(".")
    os.chdir("/")
    trees = {bind.target: _hold(bind.target) for bind in binds if _in_scratch(bind.target)}
    return Within(trees, {place: text for place, text in links.items() if _in_scratch(place)})


def seal() -> None:
    """Makes the root itself read-only, when all mount points are there."""
    flags = sc.MS_REMOUNT | sc.MS_BIND | sc.MS_RDONLY | sc.MS_NOSUID | sc.MS_NODEV
    sc.mount(None, "/", flags=flags)


def fresh_proc() -> None:
    """A /proc of the caller's own PID namespace, over the one that was there."""
    sc.mount("proc", "/proc", kind="proc", flags=sc.MS_NOSUID | sc.MS_NODEV | sc.MS_NOEXEC | sc.MS_RDONLY)


class Scratch:
    """The only writable places: three folders of one tmpfs, so that one size bounds them all."""

    def __init__(self, within: Within, *, owner: int, size: int) -> None:
        self._within = within
        self._folders: list[str] = list(SCRATCH)
        self._owner = owner
        self._size = size
        self._mounted = False
        self._blank: tuple[object, ...] = ()

    def renew(self) -> None:
        """Throws away all that is there."""
        if self._mounted:
            for place in SCRATCH:
                sc.unmount(place)
        data = f"size={self._size},nr_inodes={INODES},mode=755"
        sc.mount("tmpfs", _HOLD, kind="tmpfs", flags=sc.MS_NOSUID | sc.MS_NODEV, data=data)
        for place in SCRATCH:
            folder = f"{_HOLD}/{Path(place).name}"
            os.mkdir(folder)  # noqa: PTH102
            os.chown(folder, self._owner, self._owner)
            os.chmod(folder, 0o755 if place == WORK else 0o777)  # noqa: PTH101
            sc.mount(folder, place, flags=sc.MS_BIND)
        sc.unmount(_HOLD)
        self._show()
        self._mounted = True
        self._blank = self._state()

    def _show(self) -> None:
        made = []
        for target, tree in self._within.trees.items():
            made += self._enter(Path(target).parent)
            if stat.S_ISDIR(os.fstat(tree).st_mode):
                Path(target).mkdir(exist_ok=True)
            else:
                Path(target).touch()
            sc.mount(f"/proc/self/fd/{tree}", target, flags=sc.MS_BIND | sc.MS_REC)
        for place, text in self._within.links.items():
            if not os.path.lexists(place):
                made += self._enter(Path(place).parent)
                Path(place).symlink_to(text)
        self._folders = [*SCRATCH, *made]

    @staticmethod
    def _enter(folder: Path) -> list[str]:
        missing = [one for one in (folder, *folder.parents) if not one.exists()]
        folder.mkdir(parents=True, exist_ok=True)
        return [str(one) for one in missing]

    def leave_room(self, room: int) -> None:
        """So many bytes can be added to what is there."""
        size = self.used()[0] + room
        if size != self._size:
            sc.mount(None, WORK, flags=sc.MS_REMOUNT | sc.MS_NOSUID | sc.MS_NODEV, data=f"size={size}")
            self._size = size
            self._blank = (size, *self._blank[1:])

    def blank(self) -> bool:
        """Nothing was written since `renew`, not even to be removed again."""
        try:
            return self._state() == self._blank
        except FileNotFoundError:  # a folder on the way to something shown is gone
            return False

    def used(self) -> tuple[int, bool]:
        """Bytes in use, and whether there is no room left for a page or a name."""
        room = os.statvfs(WORK)
        return (room.f_blocks - room.f_bfree) * room.f_frsize, room.f_bfree == 0 or room.f_ffree == 0

    def _state(self) -> tuple[object, ...]:
        room = os.statvfs(WORK)
        folders = [os.stat(place) for place in self._folders]  # noqa: PTH116
        changed = tuple((one.st_ino, one.st_mode, one.st_ctime_ns) for one in folders)
        return (self._size, room.f_blocks - room.f_bfree, room.f_files - room.f_ffree, changed)


def _in_scratch(path: str) -> bool:
    return path.startswith(tuple(f"{place}/" for place in SCRATCH))


def _hold(path: str) -> int:
    """Opens a place in a way that outlasts its being covered, out of the range that programs are given."""
    import fcntl

    found = os.open(path, os.O_PATH | os.O_CLOEXEC)
    held = fcntl.fcntl(found, fcntl.F_DUPFD_CLOEXEC, _OUT_OF_THE_WAY)
    os.close(found)
    return held


def _plan(mounts: Sequence[tuple[str, str]]) -> tuple[list[_Bind], dict[str, str]]:
    binds: dict[str, str] = {}
    links: dict[str, str] = {}
    for source, target in mounts:
        real, passed = _resolve(source)
        if target and target != source:
            binds[target] = real
        else:
            binds[real] = real
            links |= passed
    ordered = [_Bind(target, binds[target]) for target in sorted(binds)]
    return [bind for bind in ordered if not _covered(bind, binds)], links


def _covered(bind: _Bind, binds: dict[str, str]) -> bool:
    """A parent folder is shown at its own path already, and this with it."""
    parents = (str(parent) for parent in Path(bind.target).parents)
    return bind.source == bind.target and any(binds.get(parent) == parent for parent in parents)


def _resolve(path: str) -> tuple[str, dict[str, str]]:
    """The real path, and the links passed on the way with their texts."""
    links: dict[str, str] = {}
    parts = deque(path.split("/"))
    here = "/"
    while parts:
        part = parts.popleft()
        if part in ("", "."):
            continue
        if part == "..":
            here = str(Path(here).parent)
            continue
        there = str(Path(here) / part)
        if not Path(there).is_symlink():
            here = there
            continue
        text = str(Path(there).readlink())
        links[there] = text
        if len(links) > _LINKS_AT_MOST:
            raise OSError(errno.ELOOP, f"too many links: {path}")
        parts.extendleft(reversed(text.split("/")))
        if text.startswith("/"):
            here = "/"
    return here, links


def _bind(bind: _Bind) -> None:
    source, target = Path(_OLD + bind.source), Path(_NEW + bind.target)
    if not source.exists():
        raise FileNotFoundError(errno.ENOENT, f"cannot show {bind.source} in the box: it is not there")
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            target.mkdir()
        else:
            target.touch()
    sc.mount(str(source), str(target), flags=sc.MS_BIND | sc.MS_REC)
    try:
        sc.set_mount_flags(str(target), attributes=_READ_ONLY, recursive=True)
    except OSError as error:
        if error.errno != errno.ENOSYS:
            raise
        _remount_each(str(target))


def _remount_each(target: str) -> None:
    """What `mount_setattr` does at once, for kernels before 5.12."""
    kept = {"noexec": sc.MS_NOEXEC, "noatime": 1024, "nodiratime": 2048, "relatime": 1 << 21}
    for line in Path("/old/proc/self/mountinfo").read_text().splitlines():
        fields = line.split(" ")
        place = fields[4].encode().decode("unicode_escape")
        if place == target or place.startswith(target + "/"):
            flags = sc.MS_REMOUNT | sc.MS_BIND | sc.MS_RDONLY | sc.MS_NOSUID | sc.MS_NODEV
            for option in fields[5].split(","):
                flags |= kept.get(option, 0)
            sc.mount(None, place, flags=flags)


def _furnish() -> None:
    for folder in ("/proc", "/etc", "/dev", _HOLD, *SCRATCH):
        Path(_NEW + folder).mkdir(parents=True, exist_ok=True)
    Path(_NEW + _HOLD).chmod(0o700)
    for name in DEVICES:
        node = Path(f"{_NEW}/dev/{name}")
        node.touch()
        sc.mount(f"{_OLD}/dev/{name}", str(node), flags=sc.MS_BIND)
        with suppress(OSError):  # kernels before 5.12: the node alone can be harmed by nobody
            flags = sc.ATTR_RDONLY | sc.ATTR_NOSUID | sc.ATTR_NOEXEC
            sc.set_mount_flags(str(node), attributes=flags, recursive=False)
    for name, to in (("fd", ""), ("stdin", "/0"), ("stdout", "/1"), ("stderr", "/2")):
        Path(f"{_NEW}/dev/{name}").symlink_to(f"/proc/self/fd{to}")
    for name, text in _ETC.items():
        if not Path(f"{_NEW}/etc/{name}").exists():
            Path(f"{_NEW}/etc/{name}").write_text(text)
    flags = sc.MS_NOSUID | sc.MS_NODEV | sc.MS_NOEXEC
    sc.mount("proc", f"{_NEW}/proc", kind="proc", flags=flags, data="hidepid=2")
