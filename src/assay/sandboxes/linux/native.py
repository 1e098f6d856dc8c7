"""What the worker has of C, as a library: compiled once on this machine, where it has a C compiler, and kept in the
user's cache.

Without one everything works the same, only slower: `locking.py` and `births.py` know both ways.
"""

from __future__ import annotations

import ctypes
import functools
import platform
from importlib import resources
from pathlib import Path

from assay.core.errors import SandboxError
from assay.sandboxes.toolchains.base import BOX_ENV, cache_folder, host_run, prepared, short_hash, tool

_SOURCES = ("locks.c", "births.c")
_OPTIONS = ("-O2", "-shared", "-fPIC")


@functools.cache
def library() -> str:
    """Its path; empty where it cannot be made or used."""
    compiler = tool("cc")
    if compiler is None:
        return ""
    here = resources.files(__package__)
    sources = {name: here.joinpath(name).read_text(encoding="utf-8") for name in _SOURCES}
    name = short_hash(f"{platform.machine()} {_OPTIONS} {sources}")

    def make(folder: Path) -> None:
        for source, text in sources.items():
            (folder / source).write_text(text, encoding="utf-8")
        argv = (compiler, *_OPTIONS, "-o", folder / "worker.so", *(folder / source for source in sources))
        host_run(argv, cwd=folder, env=BOX_ENV, what="compiling the sandbox's library")

    try:
        made = str(prepared(cache_folder("sandbox", name), make) / "worker.so")
        ctypes.PyDLL(made)  # a cache may lie where nothing can be executed
    except (SandboxError, OSError):
        return ""
    return made
