"""What the pool and its workers say to each other: small fixed messages, with descriptors beside them.

Nothing of an answer is in these messages: what to run, its input and its files travel as descriptors,
which only the forked child reads. A worker can so hold no trace of an earlier answer.
"""

from __future__ import annotations

import enum
import marshal
import struct
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

RUN, KILL, CLEAN, MAPPED = b"R", b"K", b"C", b"M"
UNSHARED, CHILD, READY, FAILED, NO_SPACES = b"u", b"c", b"r", b"f", b"n"
FINISHED, CLEANED = b"F", b"D"

STARTED = b"S"
"""Written to the status pipe when a child is locked in and hands over to foreign code."""
SETUP_FAILED = 71
NO_SPACE = 72
NOTHING_THERE = 73
NOT_ASKED = 2


class With(enum.IntFlag):
    """Which optional descriptors stand, in this order, between those for stdin, stdout and stderr and the orders."""

    CHANNEL = 1
    FILES = 2


class Limit(enum.IntEnum):
    """The limits that a worker watches."""

    NONE = 0
    CPU = 1
    WALL = 2
    MEMORY = 3
    PROCESSES = 4
    DISK = 5


class Attempt(enum.IntFlag):
    """What a command tried that no honest one tries, as far as the kernel asked the worker about it."""

    NETWORK = 1
    """Made a socket that could only be for the network."""
    PTRACE = 2
    """Reached for another process's memory or descriptors."""
    MOUNT = 4
    NAMESPACE = 8
    KERNEL = 16
    """Knocked at a door into the kernel: bpf, modules, reboot."""
    SIGNALS = 32
    """Sent a signal to everybody."""
    KEYS = 64
    CLOCK = 128


class Order(NamedTuple):
    """One command, as far as the worker has to know it."""

    parts: int
    cpu: float
    wall: float
    memory: int
    """Bytes that the worker must watch; 0 where a cgroup does."""
    processes: int
    disk: int
    """Bytes that may be added to the scratch space."""
    last: bool
    """Of its stay: the worker proves at once that nothing is left of it."""


class Ending(NamedTuple):
    """How the child ended, and what it used."""

    wait_status: int
    """Of the first process."""
    reported: int
    """The wait status of the program that it ran; -1 if none was reported."""
    started: bool
    limit: int
    cpu: float
    wall: float
    max_rss: int
    peak: int
    """The largest sum seen over the tree; 0 where nobody looked."""
    scratch_used: int
    scratch_full: bool
    attempts: int
    """Of `Attempt`."""
    clean: int
    """Whether nothing is left of the stay; `NOT_ASKED` where it goes on."""


FILE = struct.Struct("=IQ")
"""Before each file of an archive: the lengths of its name and of its content, which follow."""

_ORDER = struct.Struct("=BddQIQ?")
_ENDING = struct.Struct("=ii?BddQQQ?BB")


def pack_order(order: Order) -> bytes:
    return RUN + _ORDER.pack(*order)


def unpack_order(message: bytes) -> Order:
    return Order(*_ORDER.unpack(message[1:]))


def pack_ending(ending: Ending) -> bytes:
    return FINISHED + _ENDING.pack(*ending)


def unpack_ending(message: bytes) -> Ending:
    return Ending(*_ENDING.unpack(message[1:]))


def pack_orders(orders: dict[str, Any]) -> bytes:
    """What a child is to do, in the form that costs it least to read: pool and worker are the same interpreter."""
    return marshal.dumps(orders)


def unpack_orders(data: bytes) -> dict[str, Any]:
    found: dict[str, Any] = marshal.loads(data)
    return found


def archive(files: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """The form in which files travel."""
    for path, data in files:
        name = path.encode(errors="surrogateescape")
        yield FILE.pack(len(name), len(data)) + name
        yield data
