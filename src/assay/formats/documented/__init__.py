"""Documented files, language by language: names, what is said of them, and the examples in it."""

from __future__ import annotations

import functools
import importlib

from assay.formats.documented.base import Documented, Example, Reader

_MODULES = {
    "python": "python",
    "javascript": "script",
    "typescript": "script",
    "go": "golang",
    "rust": "rust",
    "java": "java",
    "cpp": "cpp",
}
LANGUAGES = tuple(_MODULES)
"""Those whose documentation can be read."""

__all__ = ["LANGUAGES", "Documented", "Example", "Reader", "reader_of"]


@functools.cache
def reader_of(language: str) -> Reader:
    """What reads files of one of `LANGUAGES`."""
    reader: Reader = importlib.import_module(f"{__name__}.{_MODULES[language]}").reader(language)
    return reader
