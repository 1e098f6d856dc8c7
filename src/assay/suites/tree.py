"""A folder's files, read whole and with care: a suite may come from anybody.

Links that lead out of the folder, pipes and devices, and files beyond bounds are faults, not surprises.
"""

from __future__ import annotations

import os

from assay.suites.faults import Faults

LARGEST_FILE = 4 * 1024 * 1024
"""Bytes of one file of a task."""

MOST_FILES = 2000
"""Files of one task."""

_SKIPPED = frozenset({"__pycache__", ".DS_Store", "Thumbs.db", ".git", ".mypy_cache", ".ruff_cache", ".pytest_cache"})
_SKIPPED_ENDINGS = (".pyc", "~", ".swp")


def read_tree(root: str, *, place: str, faults: Faults) -> dict[str, bytes]:
    """All files below `root`, by their path in it; what cannot be taken is a fault under `place`."""
    files: dict[str, bytes] = {}
    waiting = [""]
    while waiting:
        below = waiting.pop()
        with os.scandir(f"{root}/{below}") as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if is_skipped(entry.name):
                    continue
                path = f"{below}/{entry.name}" if below else entry.name
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(path)
                    continue
                content = _read(entry, root, f"{place}/{path}", faults)
                if content is not None:
                    files[path] = content
        if len(files) > MOST_FILES:
            faults.add(place, f"more than {MOST_FILES} files; a task is a small folder")
            break
    return files


def is_skipped(name: str) -> bool:
    """Left behind by tools, and no part of a task."""
    return name in _SKIPPED or name.endswith(_SKIPPED_ENDINGS)


def _read(entry: os.DirEntry[str], root: str, place: str, faults: Faults) -> bytes | None:
    if entry.is_symlink():
        target = os.path.realpath(entry.path)
        if not target.startswith(os.path.realpath(root) + os.sep):
            faults.add(place, "a link that leaves the task's folder; put the file itself there")
            return None
    if not entry.is_file():
        faults.add(place, "neither a file nor a folder; remove it")
        return None
    try:
        with open(entry.path, "rb") as file:  # noqa: PTH123 – thousands of files: a Path for each costs more than reading it
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        faults.add(place, f"cannot be read: {error.strerror}")
        return None
    if len(content) > LARGEST_FILE:
        faults.add(place, f"larger than {LARGEST_FILE >> 20} MiB; make it smaller")
        return None
    return content


def as_text(content: bytes, *, place: str, faults: Faults) -> str:
    """`content` as UTF-8; empty, and a fault, when it is none."""
    try:
        return content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        faults.add(place, f"line {line} is not UTF-8 (byte 0x{content[error.start]:02x}); save the file as UTF-8")
        return ""
