"""What the tests of the dialects share: the public samples, two tools, and deltas put together again."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from assay.core.messages import Tool
from assay.formats.tools import DIALECTS, dialect
from assay.formats.tools.base import ArgumentText, Call, CallDropped, CallEnd, CallStart, Delta, Text, Thought
from assay.formats.tools.dialect import Dialect

TOOLS = (
    Tool(
        name="get_weather",
        parameters={"type": "object", "properties": {"city": {"type": "string"}, "days": {"type": "integer"}}},
    ),
    Tool(
        name="search",
        parameters={
            "type": "object",
            "properties": {
                "q": {"type": "string"},
                "opts": {"type": "object", "properties": {"n": {"type": "integer"}}},
                "tags": {"type": "array", "items": {"type": "string"}},
                "exact": {"type": "boolean"},
            },
        },
    ),
)
WEATHER = Call("get_weather", {"city": "Paris", "days": 3})
SEARCH = Call("search", {"q": "cats", "opts": {"n": 1}, "tags": ["a", "b"], "exact": True})
NAMES = sorted(DIALECTS)

_TOKEN = re.compile(r"<[^>\s]*>?|\[/?[A-Z_]+\]|✿\w+✿|\w+|\s+|.", re.DOTALL)


def public_data(path: str) -> Path:
    """A real file; skips visibly where it is absent."""
    named = os.environ.get("ASSAY_TEST_DATA")
    folder = Path(named) if named else Path(__file__).parents[3] / "shared" / "data"
    if not (folder / path).is_file():
        pytest.skip(f"no {path} in {folder}: set ASSAY_TEST_DATA to a folder that holds it")
    return folder / path


def bare(calls: Iterable[Call]) -> list[tuple[str, dict[str, Any]]]:
    """Calls without their ids."""
    return [(call.name, call.arguments) for call in calls]


def usual_calls(found: Dialect) -> list[Call]:
    """Two calls, or one where the dialect holds no more."""
    return [WEATHER, SEARCH] if found.carries.several else [WEATHER]


@cache
def sample(name: str) -> str:
    """Those calls as the dialect writes them."""
    found = dialect(name)
    return found.render(usual_calls(found), TOOLS)


def tokens(text: str) -> list[str]:
    return _TOKEN.findall(text)


class Heard(NamedTuple):
    """What a client makes of the deltas."""

    text: str
    reasoning: str
    calls: list[Call]


def heard(deltas: Iterable[Delta]) -> Heard:
    """Puts deltas together, and checks on the way that they keep their order."""
    text, reasoning = "", ""
    calls: list[Call] = []
    begun: CallStart | None = None
    arguments = ""
    for delta in deltas:
        match delta:
            case Text(piece):
                text += piece
            case Thought(piece):
                reasoning += piece
            case CallStart(index):
                assert begun is None
                assert index == len(calls)
                begun, arguments = delta, ""
            case ArgumentText(index, piece):
                assert begun is not None
                assert index == len(calls)
                arguments += piece
            case CallEnd(index, id):
                assert begun is not None
                assert index == len(calls)
                calls.append(Call(begun.name, json.loads(arguments), begun.id or id))
                begun = None
            case CallDropped(index):
                assert begun is not None
                assert index == len(calls)
                begun = None
    assert begun is None
    return Heard(text, reasoning, calls)
