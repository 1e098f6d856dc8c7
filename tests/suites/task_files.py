"""A small, right task as files: what the tests of suites bend and break."""

from __future__ import annotations

from pathlib import Path

SUITE = 'name = "mine"\nversion = "3"\nlicence = "MIT"\n'

TASK_TOML = """\
title = "Double"
language = "python"
category = "bugfix"
difficulty = "easy"
entry = "double.py"
api = ["def double(x: int) -> int"]
judge = "cases"
origin = "original"
"""

FILES: dict[str, str] = {
    "task.toml": TASK_TOML,
    "prompt.md": "Mend `double`: it returns its argument twice as large.\n",
    "files/double.py": "def double(x):\n    return x\n",
    "tests/cases.jsonl": (
        '{"name": "two", "call": "double", "args": [2], "returns": 4}\n'
        '{"call": "double", "args": ["a"], "raises": "TypeError"}\n'
    ),
    "solution/double.py": "def double(x):\n    return 2 * (x + 0)\n",
    "mutants/same/double.py": "def double(x):\n    return x + 0\n",
    "mutants/square/double.py": "def double(x):\n    return (x + 0) ** 2\n",
    "mutants/text/double.py": "def double(x):\n    return 2 * x\n",
}


def write_files(root: Path, files: dict[str, str | bytes | None]) -> Path:
    """Writes `files` below `root`; None leaves a file out."""
    for path, content in files.items():
        if content is not None:
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def write_task(root: Path, changes: dict[str, str | bytes | None] | None = None) -> Path:
    """The small task in `root`, with some of its files changed, added or (None) left out."""
    return write_files(root, {**FILES, **(changes or {})})


def write_suite(root: Path, changes: dict[str, str | bytes | None] | None = None) -> Path:
    """A suite of that one task."""
    write_files(root, {"suite.toml": SUITE})
    write_task(root / "tasks" / "python" / "double", changes)
    return root
