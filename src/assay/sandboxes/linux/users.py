"""Which of the host's users answers are, where root here may choose. Standard library only."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path

INSIDE = 65534
"""The user that an answer is in its own namespace, and, where there is none, on the host too."""
_FREE, _EACH, _PROCESSES = 1_900_000_000, 50, 4_194_304
"""Numbers that no account has, nor anything that hands out accounts by ranges; so many for each process here."""


def may_map_two() -> bool:
    """Root here can give answers a user of their own, apart from the one that sets boxes up."""
    return os.geteuid() == 0 and _is_mapped(INSIDE)


def of_worker(number: int) -> int:
    """Who a worker's answers are to the host. The kernel counts much by user alone, whatever namespaces he is in: what
    epoll watches, say, or what pipes hold. One answer's hoard of it must not be what the one next door lacks."""
    own = _FREE + os.getpid() % _PROCESSES * _EACH + number % _EACH
    return own if _is_mapped(own) else INSIDE


def has_another(mounts: Iterable[str], *, privileged: bool) -> bool:
    """Whether, without namespaces, answers are another user than their worker: one that can get to the toolchains."""
    return privileged and all(map(_is_open_to_all, mounts))


def _is_open_to_all(path: str) -> bool:
    real = Path(path).resolve()
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in real.parents)


def _is_mapped(user: int) -> bool:
    for line in Path("/proc/self/uid_map").read_text().splitlines():
        inside, _, count = map(int, line.split())
        if inside <= user < inside + count:
            return True
    return False
