"""`locks.c` as a library: compiled once on this machine, where it has a C compiler, and kept in the user's cache.

Without one everything works the same, only slower: `locking.py` knows both ways.
"""

from __future__ import annotations

import ctypes
import functools
import platform
from importlib import resources
from pathlib import Path

from assay.core.errors import SandboxError
from assay.sandboxes.toolchains.base import BOX_ENV, cache_folder, host_run, prepared, short_hash, tool

_SOURCE = "locks.c"
_OPTIONS = ("-O2", "-shared", "-fPIC")


@functools.cache
def library() -> str:
    """Its path; empty where it cannot be made or used."""
    compiler = tool("cc")
    if compiler is None:
        return ""
    source = resources.files(__package__).joinpath(_SOURCE).read_text(encoding="utf-8")
    name = short_hash(f"{platform.machine()} {_OPTIONS} {source}")

    def make(folder: Path) -> None:
        (folder / _SOURCE).write_text(source, encoding="utf-8")
        argv = (compiler, *_OPTIONS, "-o", folder / "locks.so", folder / _SOURCE)
        host_run(argv, cwd=folder, env=BOX_ENV, what="compiling the sandbox's locks")

    try:
        made = str(prepared(cache_folder("sandbox", name), make) / "locks.so")
        ctypes.PyDLL(made)  # a cache may lie where nothing can be executed
    except (SandboxError, OSError):
        return ""
    return made
