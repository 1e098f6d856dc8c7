"""Tests that an answer holds, run on several implementations: one small module per language, for how they are built
and how an end is told. Python's need nothing beyond its toolchain.
"""

from __future__ import annotations

import importlib

from assay.sandboxes.toolchains.base import Toolchain

MODULES = {
    "javascript": "assay.sandboxes.toolchains.written_tests.javascript",
    "typescript": "assay.sandboxes.toolchains.written_tests.typescript",
    "go": "assay.sandboxes.toolchains.written_tests.golang",
    "rust": "assay.sandboxes.toolchains.written_tests.rust",
    "java": "assay.sandboxes.toolchains.written_tests.java",
    "cpp": "assay.sandboxes.toolchains.written_tests.cpp",
}


def find(language: str) -> Toolchain | str:
    """What runs tests in the language on this machine, or the reason why nothing does."""
    from assay.sandboxes.toolchains import find as find_own

    base = find_own(language)
    if isinstance(base, str) or language not in MODULES:
        return base
    found: Toolchain = importlib.import_module(MODULES[language]).find(base)
    return found
