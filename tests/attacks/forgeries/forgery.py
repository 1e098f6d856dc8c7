"""A forgery as a file: what it tries, what must come of it, and the small tasks that wrong answers must fail.

The first lines of a file are comments: one that says what is tried, then `Key: value` lines, all optional.

    Task:    calls (default), values, checker, program or shape (the calls, by functions that decide twice at most)
    Status:  what it must come to, one word or several; `failed` by default
    Flags:   those of `core.flags` that must be raised; no other of them is allowed
    Says:    words of the verdict's reason, which show that the attempt got as far as it was meant to
    Quick    it is judged in every run of the tests, not only in a full one

A line `--- path` in a comment begins another of the answer's files. Python's are called `.answer`, as our own
checkers and test runners would take them for ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from assay.core.task import Ask, Limits, Task
from assay.core.trial import Status

FOLDER = Path(__file__).parent
ENTRIES = {
    "python": "answer.py", "javascript": "answer.js", "typescript": "answer.ts", "go": "answer.go",
    "rust": "answer.rs", "java": "Answer.java", "cpp": "answer.cpp",
}  # fmt: skip

_CHECKER = """
def check(args, got):
    return sorted(number * 2 for number in got) == [2, 4, 6]
"""
_PRICES = [
    {"call": "price", "args": [2], "returns": 11},
    {"call": "price", "args": [5], "returns": 38},
    {"call": "price", "args": [7], "returns": 66},
    {"call": "price", "args": [-1], "raises": True},
]
_GRADINGS: dict[str, dict[str, Any]] = {
    "calls": {"cases": _PRICES},
    "values": {"cases": [{"call": "spread", "args": [2], "returns": {"$set": [1, 2, 3]}}] * 2},
    "checker": {"cases": [{"call": "roots", "args": [2], "match": "checker"}] * 2, "checker": _CHECKER},
    "shape": {"cases": _PRICES, "shape": {"most_decisions": 2}},
    "program": {
        "cases": [
            {"run": {"stdin": "2\n"}, "stdout": "11\n"},
            {"run": {"stdin": "5\n"}, "stdout": "38\n"},
            {"run": {"stdin": "7\n"}, "stdout": "66\n"},
        ]
    },
}
_APIS = {"rust": ("fn price(n: i64) -> Result<i64, String>",), "cpp": ("long price(long n)",)}
_LIMITS = Limits(cpu=6.0, wall=12.0, memory=512)


class Forgery(msgspec.Struct, frozen=True, kw_only=True):
    """One file of the corpus."""

    language: str
    name: str
    files: dict[str, str]
    task: str
    statuses: frozenset[Status]
    flags: frozenset[str]
    says: str
    quick: bool

    @property
    def problem(self) -> Task:
        grading = {"entry": ENTRIES[self.language], "api": _APIS.get(self.language, ()), **_GRADINGS[self.task]}
        return Task(
            id=f"forgeries/{self.task}", language=self.language, ask=Ask(), grading=grading, limits=_LIMITS
        )  # fmt: skip


def forgeries(language: str) -> Iterator[Forgery]:
    """The corpus of one language."""
    for path in sorted((FOLDER / language).iterdir()):
        if path.is_file():
            yield _read(language, path)


def _read(language: str, path: Path) -> Forgery:
    comment = "#" if language == "python" else "//"
    text = path.read_text("utf-8")
    head: dict[str, str] = {}
    for line in text.splitlines():
        if not line.startswith(f"{comment} "):
            break
        key, _, value = line.removeprefix(comment).strip().partition(":")
        head[key] = value.strip()
    first, *rest = re.split(rf"^{comment}--- (\S+)\n", text, flags=re.MULTILINE)
    return Forgery(
        language=language,
        name=path.stem,
        files={ENTRIES[language]: first} | dict(zip(rest[::2], rest[1::2], strict=True)),
        task=head.get("Task", "calls"),
        statuses=frozenset(Status(word) for word in head.get("Status", "failed").split()),
        flags=frozenset(head.get("Flags", "").split()),
        says=head.get("Says", ""),
        quick="Quick" in head,
    )
