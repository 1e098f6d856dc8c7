"""What end-to-end tests share: a small suite on disk, and the command run as a process of its own."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any, NamedTuple

TASK_TOML = """title = "Add {n}"
language = "python"
category = "generation"
difficulty = "easy"
entry = "answer.py"
api = ["def add(a: int, b: int) -> int"]
judge = "cases"
origin = "original"
licence = "Apache-2.0"
"""
RIGHT = "```python\ndef add(a: int, b: int) -> int:\n    return a + b\n```\n"
WRONG = RIGHT.replace("a + b", "a - b")
_MUTANTS = {"minus": "a - b", "first": "a", "times": "a * b"}


def prompt_mark(number: int) -> str:
    """What only the prompt of this task holds."""
    return f"(No. {number:04})"


def task_id(number: int) -> str:
    return f"python/add-{number:04}"


def write_suite(folder: Path, count: int) -> Path:
    """`count` tasks that all have the same right answer."""
    (folder / "tasks").mkdir(parents=True)
    (folder / "suite.toml").write_text('name = "adding"\nversion = "1"\ntitle = "Adding"\nlicence = "Apache-2.0"\n')
    body = "def add(a: int, b: int) -> int:\n    return a + b\n"
    for n in range(count):
        files = {
            "task.toml": TASK_TOML.format(n=n),
            "prompt.md": f"Write `def add(a: int, b: int) -> int`, which returns the sum. {prompt_mark(n)}\n",
            "tests/cases.jsonl": json.dumps({"call": "add", "args": [n, 2], "returns": n + 2}) + "\n",
            "solution/answer.py": body,
        }
        files |= {f"mutants/{name}/answer.py": body.replace("a + b", wrong) for name, wrong in _MUTANTS.items()}
        for name, text in files.items():
            path = folder / "tasks" / task_id(n) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
    return folder


class Done(NamedTuple):
    """How a command ended."""

    code: int | None
    out: str
    err: str

    @property
    def object(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.out.splitlines()[-1])
        return found


def environment(**more: str) -> dict[str, str]:
    """No key of the developer's, no colours, no run of theirs."""
    kept = {
        name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR", "ASSAY_TOOLCHAINS") if name in os.environ
    }
    return {**kept, "PYTHONDONTWRITEBYTECODE": "1", "NO_COLOR": "1", **more}


async def start(*arguments: object, cwd: Path, **env: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "assay", *map(str, arguments), cwd=cwd, env=environment(**env),
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip


async def assay(*arguments: object, cwd: Path, **env: str) -> Done:
    """The command as a user has it, to its end."""
    process = await start(*arguments, cwd=cwd, **env)
    out, err = await process.communicate()
    return Done(process.returncode, out.decode(), err.decode())


def decisions(run: Path) -> list[dict[str, Any]]:
    """trials.jsonl as it stands: whole lines only."""
    return _lines(run / "trials.jsonl")


def calls(run: Path) -> list[dict[str, Any]]:
    return _lines(run / "replies.jsonl")


def _lines(path: Path) -> list[dict[str, Any]]:
    if not path.exists():
        return []
    whole, _, _torn = path.read_bytes().rpartition(b"\n")
    return [json.loads(line) for line in whole.splitlines()]


def latest(run: Path) -> dict[str, dict[str, Any]]:
    """By task id, the decision that holds."""
    return {line["task_id"]: line for line in decisions(run)}
