"""The entry point by which escapes run in a fork of the worker's own interpreter."""

from __future__ import annotations

import os


def run(reading: int = 3, writing: int = 4) -> None:
    """Executes what it reads, as a driver executes an answer, with the channel left open."""
    pieces = []
    while piece := os.read(reading, 1 << 16):
        pieces.append(piece)
    exec(compile(b"".join(pieces), "answer.py", "exec"), {"__name__": "__main__"})
