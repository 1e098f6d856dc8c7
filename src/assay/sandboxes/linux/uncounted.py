"""Memory that the kernel holds for a command and shows in no process's resident pages. Standard library only."""

from __future__ import annotations

from collections.abc import Sequence

_SOCKETS_UNNOTICED = 64
_SOCKET_HOLDS = 425984  # twice the usual net.core.wmem_max


def in_sockets() -> int:
    """Bytes that could lie in sockets, which count for no process: only a crowd of them can hold much."""
    try:
        with open("/proc/net/sockstat", "rb") as file:  # noqa: PTH123
            used = int(file.readline().split()[2])
    except (OSError, IndexError, ValueError):
        return 0
    return max(0, used - _SOCKETS_UNNOTICED) * _SOCKET_HOLDS


def beside_the_pages(shown: str) -> int:
    """Bytes of what /proc shows there that its resident pages do not: page tables, and what was swapped out."""
    try:
        with open(f"/proc/{shown}/status", "rb") as file:  # noqa: PTH123
            rows = dict(line.split(b":", 1) for line in file.read().splitlines())
    except OSError:
        return 0
    return sum(int(rows[name].split()[0]) << 10 for name in (b"VmPTE", b"VmSwap") if name in rows)


def shared_by_nobody(shown: str) -> dict[bytes, int]:
    """Anonymous shared memory by inode, in full: it stays when no process has it in its page tables any more."""
    found: dict[bytes, int] = {}
    try:
        with open(f"/proc/{shown}/maps", "rb") as file:  # noqa: PTH123
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
