"""The three standard streams as an interpreter that was just started has them. Standard library only; it runs inside a
box."""

from __future__ import annotations

import io
import sys

_MODES = {"stdin": ("r", "surrogateescape"), "stdout": ("w", "surrogateescape"), "stderr": ("w", "backslashreplace")}


def renew(*names: str) -> None:
    """Makes these streams anew, of the descriptors as they are now: a stream knows for ever whether there was anything
    to seek in when it was made. A second name keeps each of them from being closed by whoever takes its place."""
    for name in names:
        mode, errors = _MODES[name]
        raw = io.FileIO(list(_MODES).index(name), mode, closefd=False)
        raw.name = f"<{name}>"
        binary = io.BufferedReader(raw) if mode == "r" else io.BufferedWriter(raw)
        stream = io.TextIOWrapper(binary, "utf-8", errors, line_buffering=name == "stderr")
        stream.mode = mode  # type: ignore[misc]  # as `open` sets it
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
