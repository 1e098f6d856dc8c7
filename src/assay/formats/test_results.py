"""What became of each test, read from what a test command printed. Only ever words: an answer may have forged them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

PASSED, FAILED = "passed", "failed"

Found = Iterator[tuple[str, str]]
"""Names of tests, each with what became of it."""

_PYTEST = re.compile(r"^(?:(PASSED) (\S.*)|(XPASS|FAILED|ERROR) (\S.*?)(?: - .*)?)$")
_ENDS = ("ok", "FAIL", "ERROR")
_TAP = re.compile(r"^( *)(not ok|ok) \d+ - (.*?)( # (?:SKIP|TODO).*)?$")
_CARGO = re.compile(r"^test (\S.*?) \.\.\. (ok|FAILED)$")
_CARGO_TARGET = re.compile(r"^ +(?:Running (?:unittests )?(\S+)|Doc-tests (\S+))")


def _pytest(text: str) -> Found:
    """The lines of its short summary, which `-rA` has for each test."""
    for line in text[text.rfind("short test summary info") :].split("\n"):
        if found := _PYTEST.match(line):
            yield found[2] or found[4], FAILED if found[3] in ("FAILED", "ERROR") else PASSED


def _unittest(text: str) -> Found:
    """With `-v`. What a test prints may stand between its name and its end."""
    name = ""
    for line in text.split("\n"):
        if begun := re.match(r"(\w+) \(([\w.]+)\)", line):
            name = begun[2] if begun[2].endswith(f".{begun[1]}") else f"{begun[2]}.{begun[1]}"
        if not name or not line.endswith(_ENDS):
            continue
        word = next(word for word in _ENDS if line.endswith(word))
        if line == word or "... " in line:
            yield name, PASSED if word == "ok" else FAILED
            name = ""


def _tap(text: str) -> Found:
    """TAP as Node.js writes it: the line of a test that holds others stands below them."""
    inner: dict[int, list[tuple[str, str]]] = {}
    for line in text.split("\n"):
        found = _TAP.match(line)
        if found is None or (found[4] and "SKIP" in found[4]):
            continue
        depth, state = len(found[1]) // 4, PASSED if found[2] == "ok" else FAILED
        below = [(f"{found[3]} > {name}", became) for name, became in inner.pop(depth + 1, [])]
        inner.setdefault(depth, []).extend([*below, (found[3], state)])
    yield from inner.get(0, [])


def _jest(text: str) -> Found:
    """The one line of `--json`, which Vitest's reporter of that name has too."""
    for line in text.split("\n"):
        if line.startswith('{"num'):
            for suite in _listed(_parsed(line), "testResults"):
                file = str(suite.get("name")).rpartition("/")[2]
                for test in _listed(suite, "assertionResults"):
                    if test.get("status") in ("passed", "failed"):
                        yield f"{file} > {test.get('fullName')}", PASSED if test["status"] == "passed" else FAILED


def _parsed(line: str) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _listed(value: dict[str, Any], key: str) -> list[dict[str, Any]]:
    found = value.get(key)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _go(text: str) -> Found:
    """The events of `-json`."""
    for line in text.split("\n"):
        event = _parsed(line) if line.startswith("{") else {}
        if event.get("Test") and event.get("Action") in ("pass", "fail"):
            yield f"{event.get('Package')} {event['Test']}", PASSED if event["Action"] == "pass" else FAILED


def _cargo(text: str) -> Found:
    target = ""
    for line in text.split("\n"):
        if begun := _CARGO_TARGET.match(line):
            target = begun[1] or f"doc {begun[2]}"
        elif found := _CARGO.match(line):
            yield f"{target} {found[1]}", PASSED if found[2] == "ok" else FAILED


_READERS: dict[str, tuple[re.Pattern[str], Callable[[str], Found]]] = {
    "pytest": (re.compile(r"\bpytest\b|\bpy\.test\b"), _pytest),
    "unittest": (re.compile(r"\bunittest\b"), _unittest),
    "node": (re.compile(r"\bnode\b.* --test\b"), _tap),
    "jest": (re.compile(r"\bjest\b.* --json\b|\bvitest\b.* --reporter=json\b"), _jest),
    "go": (re.compile(r"\bgo test\b.* -json\b"), _go),
    "cargo": (re.compile(r"\bcargo test\b"), _cargo),
}
"""Runners: how a command shows that it is one, and how what it prints is read."""


def runner_of(command: str) -> str:
    """The runner whose words a command prints; empty when none of those is known by it."""
    return next((name for name, (sign, _) in _READERS.items() if sign.search(command)), "")


def read_results(command: str, printed: str) -> dict[str, str]:
    """Each test by name, `passed` or `failed`; one that is there twice, as in two runs, passed only if it did in both.
    Skipped ones are left out."""
    runner = runner_of(command)
    results: dict[str, str] = {}
    for name, became in _READERS[runner][1](printed.replace("\r\n", "\n")) if runner else ():
        results[name] = FAILED if FAILED in (became, results.get(name)) else PASSED
    return results
