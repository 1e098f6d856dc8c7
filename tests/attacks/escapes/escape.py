"""What an escape is: a program, a line on what it tries, and what every one of them may count on."""

from __future__ import annotations

from typing import NamedTuple

from assay.core.task import Limits

TIGHT = Limits(cpu=1.0, wall=2.0, memory=96, processes=16, disk=8, output=64)
BUSY = Limits(cpu=0.5, wall=20.0, memory=96, processes=16, disk=8, output=64)
"""For what must be stopped by its processor time, however slow the machine."""


class Escape(NamedTuple):
    """One attempt. A Python program says `GOT` when it has what it must not have."""

    tries: str
    code: str
    language: str = "python"
    """Or `c`, compiled in the box, or `shell`."""
    modes: tuple[str, ...] = ("argv", "warm")
    limits: Limits = Limits(cpu=5.0, wall=8.0, memory=512)
    flag: str = ""
    """What the sandbox must have noticed."""
    limit: str = ""
    """The limit that must have ended it, if the kernel counts for us."""


PRELUDE = """
import ctypes, os, signal, socket, struct, sys, time
libc = ctypes.CDLL(None, use_errno=True)

def call(name, *args):
    words = [ctypes.c_long(a) if isinstance(a, int) else a for a in args]
    result = libc.syscall(ctypes.c_long(NUMBERS[name]), *words)
    if result < 0:
        raise OSError(ctypes.get_errno(), name)
    return result or True

def got(loot):
    print("GOT", repr(loot)[:300], flush=True)

def steal(action, *args):
    try:
        loot = action(*args)
    except (OSError, ValueError, OverflowError, KeyError, MemoryError, UnicodeError):
        return
    if loot not in (None, False, -1, b"", "", [], ()):
        got(loot)

def read(path, most=4096):
    with open(path, "rb") as file:
        return file.read(most)

def write(path, data=b"x"):
    descriptor = os.open(path, os.O_WRONLY)
    return os.write(descriptor, data)
"""
