"""How Aider's benchmark tests an exercise in each of its languages: a folder, and the command run in it.

What a command needs beyond the language's own tools (pytest, jest, JUnit, crates, CMake) is looked for on this machine
and never fetched; where it is not here, the reason says what to install.
"""

from __future__ import annotations

import importlib

from assay.sandboxes.toolchains.base import Toolchain

MODULES = {
    "cpp": "assay.sandboxes.toolchains.exercises.cpp",
    "go": "assay.sandboxes.toolchains.exercises.golang",
    "java": "assay.sandboxes.toolchains.exercises.java",
    "javascript": "assay.sandboxes.toolchains.exercises.javascript",
    "python": "assay.sandboxes.toolchains.exercises.python",
    "rust": "assay.sandboxes.toolchains.exercises.rust",
}


def find(language: str) -> Toolchain | str:
    """The language's test command on this machine, or the reason why there is none."""
    from assay.sandboxes.toolchains import find as find_own

    if language not in MODULES:
        return f"exercises in {language!r} are not known; known are {', '.join(MODULES)}"
    base = find_own(language)
    if isinstance(base, str):
        return base
    found: Toolchain | str = importlib.import_module(MODULES[language]).find(base)
    return found
