"""What benchmark scripts share: a process measured from outside, and a peer in an environment of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import venv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

PEERS = Path(__file__).parent / ".peers"


class Measured(NamedTuple):
    """One process and its children, start to end."""

    wall: float
    cpu: float
    peak_mb: float
    exit_code: int
    output: str


def measure(command: Sequence[str], *, env: Mapping[str, str] | None = None, cwd: Path | None = None) -> Measured:
    """Wall and processor seconds, and the largest resident set of any process in it."""
    begun = time.perf_counter()
    with subprocess.Popen(
        command, env={**os.environ, **(env or {})}, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        assert process.stdout is not None
        output = process.stdout.read().decode(errors="replace")
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return Measured(
        time.perf_counter() - begun, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, process.returncode, output
    )


def peer(name: str, *packages: str) -> Path:
    """The bin folder of an environment with `packages`, made on first use."""
    place = PEERS / name
    if not (place / ".installed").exists():
        print(f"installing {', '.join(packages)} into {place} …", file=sys.stderr)
        venv.create(place, with_pip=True, clear=True)
        pip = [str(place / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "-q", "install", *packages]
        subprocess.run(pip, check=True)
        (place / ".installed").touch()
    return place / "bin"


def line(name: str, measured: Measured, *, count: int) -> str:
    rate = count / measured.wall
    return (
        f"{name:<28} {count:>8,} trials  {measured.wall:8.1f} s wall  {measured.cpu:8.1f} s CPU"
        f"  {measured.peak_mb:6.0f} MB peak  {rate:8.0f}/s"
    )
