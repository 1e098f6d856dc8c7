"""What an obedient model would answer: it does what plain sentences ask for, and nothing else.

`Call NAME with {…}` (as often as it stands there), `Answer with exactly: WORDS`, `Count from 1 to N`, `What is the
secret word?`, `Write a random line`, JSON where a format is demanded, the middle between a prefix and a suffix, the
rest of a function that has begun, and the words of a tool's result. It knows no engine, no parser and no wire format.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from typing import Any

import msgspec

PROSE = "I would rather talk about the weather in general."
MIDDLE = "c = a + b"
THOUGHTS = "The user wants something. I can do that."


class Wanted(msgspec.Struct, frozen=True):
    """What is asked of the model."""

    prompt: str
    """All that it can see, as one text."""
    last: str
    """What was said to it last."""
    from_tool: bool = False
    """That was a tool's result."""
    tools: tuple[str, ...] = ()
    json_shape: bool = False
    between: bool = False
    """It goes on with a text, towards a suffix."""
    seed: int = 0
    """What chance hangs on; 0 is no chance at all."""


class Thought(msgspec.Struct, frozen=True):
    """What it says."""

    text: str = ""
    calls: tuple[tuple[str, dict[str, Any]], ...] = ()


_ORDER = re.compile(r"\b(?:[Cc]all|and) (\w+) with (?=\{)")
_EXACTLY = re.compile(r"[Aa]nswer with exactly: ([^\n]{1,200})")
_COUNT = re.compile(r"[Cc]ount from 1 to (\d{1,3})")
_BEGUN = re.compile(r"^def \w+\([^)]*\):\s*\Z")
_SECRET = re.compile(r"The secret word is (\w{1,40})")


def think(wanted: Wanted) -> Thought:
    """The first of its rules that fits decides."""
    if wanted.from_tool:
        return Thought(f"The tool says: {wanted.last}")
    calls = tuple(ordered(wanted.last, wanted.tools)) if wanted.tools else ()
    if calls:
        return Thought(calls=calls)
    if wanted.between:
        return Thought(MIDDLE)
    if _BEGUN.search(wanted.last):
        return Thought(f"{MIDDLE}\n    return c")
    if "What is the secret word?" in wanted.last:
        found = _SECRET.search(wanted.prompt)
        return Thought(found[1] if found else "I was not told.")
    if wanted.json_shape:
        return Thought('{"city": "Paris", "days": 3}')
    exactly, counted = _EXACTLY.search(wanted.last), _COUNT.search(wanted.last)
    if exactly:
        return Thought(exactly[1].strip())
    if counted:
        return Thought(" ".join(str(number) for number in range(1, int(counted[1]) + 1)))
    if "random" in wanted.last:
        return Thought(hashlib.sha256(f"{wanted.seed}".encode()).hexdigest()[:24])
    return Thought(PROSE)


def ordered(text: str, tools: Sequence[str] | None = None) -> list[tuple[str, dict[str, Any]]]:
    """The calls that a text demands, of tools that there are, or of any."""
    calls = []
    for found in _ORDER.finditer(text):
        try:
            arguments, _ = json.JSONDecoder().raw_decode(text, found.end())
        except ValueError:
            continue
        if tools is None or found[1] in tools:
            calls.append((found[1], arguments))
    return calls
