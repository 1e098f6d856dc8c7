"""What this process and its workers hold: read from /proc and the cgroup folders."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple


class Held(NamedTuple):
    """Counts at one moment; memory in KiB."""

    own_memory_kib: int
    own_descriptors: int
    own_mounts: int
    workers: int
    """Processes below this one, workers and their starters."""
    largest_worker_kib: int
    most_worker_descriptors: int
    most_worker_mounts: int
    cgroups: int


def held() -> Held:
    workers = list(_below(os.getpid()))
    own = _of("self")
    theirs = [_of(str(number)) for number in workers]
    memory, descriptors, mounts = (max((one[kind] for one in theirs), default=0) for kind in range(3))
    return Held(*own, len(workers), memory, descriptors, mounts, sum(1 for _ in _cgroups()))


def _of(process: str) -> tuple[int, int, int]:
    """Resident memory, open descriptors, mounts it sees."""
    folder = Path("/proc", process)
    try:
        memory = int((folder / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1024
        return memory, sum(1 for _ in (folder / "fd").iterdir()), (folder / "mountinfo").read_text().count("\n")
    except OSError:
        return 0, 0, 0


def _below(process: int) -> Iterator[int]:
    with suppress(OSError):
        for thread in Path(f"/proc/{process}/task").iterdir():
            for number in map(int, (thread / "children").read_text().split()):
                yield number
                yield from _below(number)


def _cgroups() -> Iterator[Path]:
    """Folders that are named after this process."""
    for folder, names, _ in os.walk("/sys/fs/cgroup"):
        yield from (Path(folder, name) for name in names if name.startswith(f"assay-{os.getpid()}-"))
