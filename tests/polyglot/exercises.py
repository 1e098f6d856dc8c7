"""Exercises of our own in the benchmark's form, and models that answer them by a list."""

from __future__ import annotations

import json
from pathlib import Path

from assay.core.messages import Reply, Request

STUB = "def twice(number):\n    pass\n"
RIGHT = "def twice(number):\n    return 2 * number\n"
WRONG = "def twice(number):\n    return 3 * number\n"
TESTS = "from twice import twice\n\n\ndef test_twice():\n    assert twice(2) == 4\n"


def write_exercise(root: Path, name: str = "python/twice", **more: str) -> Path:
    """A checkout with this exercise; `more` are further files, with `__` for slashes and dots after it."""
    language, _, exercise = name.partition("/")
    folder = root / language / "exercises" / "practice" / exercise
    files = {
        "twice.py": STUB,
        "twice_test.py": TESTS,
        "Cargo.toml": "[package]\n",
        ".docs/introduction.md": "# Twice\n\n",
        ".docs/instructions.md": "Double a number.\n",
        ".docs/instructions.append.md": "\nQuickly.\n",
        ".meta/example.py": RIGHT,
        ".approaches/hint.md": "2 * number\n",
        ".meta/config.json": json.dumps(
            {
                "files": {
                    "solution": ["twice.py", "Cargo.toml"],
                    "test": ["twice_test.py"],
                    "example": [".meta/example.py"],
                }
            }
        ),
        **{path.replace("__", "/"): text for path, text in more.items()},
    }
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


class Answers:
    """Gives these replies in turn, and keeps what it was asked."""

    def __init__(self, *replies: str | Reply) -> None:
        self.replies = [Reply(one, finish_reason="stop") if isinstance(one, str) else one for one in replies]
        self.asked: list[Request] = []

    async def reply(self, request: Request) -> Reply:
        self.asked.append(request)
        return self.replies[len(self.asked) - 1]

    async def close(self) -> None:
        return None


def whole(text: str) -> str:
    return f"twice.py\n```python\n{text}```\n"
