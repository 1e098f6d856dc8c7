"""Names of files that a stranger chose: which of them may be used at all."""

from __future__ import annotations


def stays_below(path: str) -> bool:
    """A plain path below some folder, of parts that every file system takes."""
    parts = path.split("/")
    return path.isprintable() and all(part not in ("", ".", "..") and len(part.encode()) < 200 for part in parts)
