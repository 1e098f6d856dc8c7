"""What a test command said of why it could not run, in one line. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

_CAUSE = re.compile(
    r"\b\w*(?:Error|Exception)(?: \[\w+\])?: \S|\berror(?:\[\w+\])?: \S|\bfatal: |\bno required module\b"
    r"|\bmissing go\.sum entry\b|\bmodule lookup disabled\b|\bnot found\b"
    r"|\b(?:cannot|could not|couldn't|unable to) (?:find|load|import|resolve)\b",
    re.IGNORECASE,
)
_NO_CAUSE = re.compile(r"Failed to import test module|could not compile|aborting due to|To force a run|console\.error")
"""Says that something failed, where another line says why."""
_LEADS = re.compile(r"^(?:E {2,}|npm ERR! |# )")
_LONGEST = 200


def last_words(said: str) -> str:
    """The first line that tells a cause: later ones follow from it. Else the last line, whatever it says."""
    lines = [_LEADS.sub("", line).strip() for line in _lines(said)]
    spoken = [line for line in lines if line]
    telling = (line for line in spoken if _CAUSE.search(line) and not _NO_CAUSE.search(line))
    return next(telling, spoken[-1] if spoken else "")[:_LONGEST]


def _lines(said: str) -> Iterator[str]:
    for line in said.split("\n"):
        if not line.startswith("{"):
            yield line
            continue
        for text in _texts(line):
            yield from text.split("\n")


def _texts(line: str) -> Iterator[str]:
    """What an event of Go's says, or a report of Jest's of its files; the line itself where it is neither."""
    try:
        value: Any = json.loads(line)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        yield line
        return
    if isinstance(value.get("Output"), str):
        about = value.get("ImportPath")
        yield f"{about}: {value['Output']}" if isinstance(about, str) else value["Output"]
    suites = value.get("testResults")
    for part in suites if isinstance(suites, list) else ():
        if isinstance(part, dict) and isinstance(part.get("message"), str):
            yield part["message"]
