"""Memory that the kernel holds for a command and shows in no process's resident pages. Standard library only."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress

_SOCKETS_UNNOTICED = 64
_DESCRIPTORS_UNNOTICED = 6
_SOCKET_HOLDS = 425984  # twice the usual net.core.wmem_max


def in_sockets() -> int:
    """Bytes that could lie in sockets, which count for no process: only a crowd of them can hold much."""
    try:
        with open("/proc/net/sockstat", "rb") as file:  # noqa: PTH123
            used = int(file.readline().split()[2])
    except (OSError, IndexError, ValueError):
        return 0
    return _held_by(used)


def in_sockets_of(places: Iterable[str]) -> int:
    """The same where the count is the whole machine's: of those that these processes have open, each counted once."""
    found = set()
    for place in places:
        with suppress(OSError):  # it has ended
            names = os.listdir(f"/proc/{place}/fd")  # noqa: PTH208
            for name in names if len(names) > _DESCRIPTORS_UNNOTICED else ():
                with suppress(FileNotFoundError):
                    found.add(os.readlink(f"/proc/{place}/fd/{name}"))  # noqa: PTH115
    return _held_by(sum(name.startswith("socket:") for name in found))


def _held_by(sockets: int) -> int:
    return max(0, sockets - _SOCKETS_UNNOTICED) * _SOCKET_HOLDS


def beside_the_pages(places: Iterable[str]) -> int:
    """Bytes that the processes which /proc shows there have besides their resident pages."""
    shared: dict[bytes, int] = {}
    total = 0
    for place in places:
        total += _tables_and_swap(place)
        shared |= _shared_by_nobody(place)
    return total + sum(shared.values())


def _tables_and_swap(place: str) -> int:
    try:
        with open(f"/proc/{place}/status", "rb") as file:  # noqa: PTH123
            rows = dict(line.split(b":", 1) for line in file.read().splitlines())
    except OSError:
        return 0
    return sum(int(rows[name].split()[0]) << 10 for name in (b"VmPTE", b"VmSwap") if name in rows)


def _shared_by_nobody(place: str) -> dict[bytes, int]:
    """Anonymous shared memory by inode, in full: it stays when no process has it in its page tables any more."""
    found: dict[bytes, int] = {}
    try:
        with open(f"/proc/{place}/maps", "rb") as file:  # noqa: PTH123
            rows = [line.split(None, 5) for line in file.read().splitlines() if b"/dev/zero" in line]
    except OSError:
        return found
    for row in rows:
        start, end = (int(place, 16) for place in row[0].split(b"-"))
        found[row[4]] = max(found.get(row[4], 0), end - start)
    return found


def record_locks(holders: Sequence[int], *, most: int) -> int:
    """How many of them these processes hold, counted up to `most`: the kernel counts their memory for nobody, and
    lists them the more slowly the more there are."""
    held, names = 0, {b"%d" % pid for pid in holders}
    try:
        with open("/proc/locks", "rb") as file:  # noqa: PTH123
            for row in file:
                fields = row.split(None, 5)
                held += fields[4] in names
                if held >= most:
                    break
    except OSError:
        return 0
    return held
