"""One small module per language: where its tools are, and how an answer in it is built and driven."""

from __future__ import annotations

import functools
import importlib

from assay.sandboxes.box import Mount
from assay.sandboxes.toolchains.base import Toolchain

MODULES = {
    "python": "assay.sandboxes.toolchains.python",
    "javascript": "assay.sandboxes.toolchains.javascript",
    "typescript": "assay.sandboxes.toolchains.typescript",
    "go": "assay.sandboxes.toolchains.golang",
    "rust": "assay.sandboxes.toolchains.rust",
    "java": "assay.sandboxes.toolchains.java",
    "cpp": "assay.sandboxes.toolchains.cpp",
}
LANGUAGES = tuple(MODULES)


@functools.cache
def find(language: str) -> Toolchain | str:
    """The language's toolchain on this machine, or the reason why there is none, with what to install."""
    if language not in MODULES:
        return f"no language called {language!r} is known; known are {', '.join(MODULES)}"
    found: Toolchain | str = importlib.import_module(MODULES[language]).find()
    return found


def all_mounts() -> tuple[Mount, ...]:
    """What of the host a box must show, read-only, for every language that is here; nothing twice."""
    found = (find(language) for language in LANGUAGES)
    mounts = {
        mount.source: mount for toolchain in found if not isinstance(toolchain, str) for mount in toolchain.mounts
    }
    return tuple(mounts.values())
