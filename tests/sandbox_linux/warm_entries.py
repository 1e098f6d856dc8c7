"""Entry points that the tests preload: what a driver looks like to the sandbox."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path


def echo(reading: int = 3, writing: int = 4) -> None:
    """Sends everything back."""
    with os.fdopen(reading, "rb") as incoming, os.fdopen(writing, "wb") as outgoing:
        outgoing.write(incoming.read())


def work(reading: int = 3, writing: int = 4) -> None:
    """Executes what it reads, as a driver executes an answer."""
    with os.fdopen(reading) as incoming:
        code = incoming.read()
    exec(code, {"reply": lambda text: os.write(writing, str(text).encode())})


def environment() -> None:
    """Says what it finds around it."""
    print(repr(sorted(os.environ.items())), end="")


def processes() -> None:
    """Says which processes it sees, one of them started here, and whether it is what /proc takes it for."""
    child = os.fork()
    if child == 0:
        signal.pause()
    seen = sorted(entry.name for entry in Path("/proc").iterdir() if entry.name.isdigit())
    sys.stdout.write(f"{seen} {Path('/proc/self').readlink().name == str(os.getpid())}")
    os.kill(child, signal.SIGKILL)
