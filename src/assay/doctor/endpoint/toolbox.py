"""The tools that the probes hand to a model, what is asked of it, and what it should call."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from assay.core.messages import Reply, Tool, ToolCall

Wanted = tuple[tuple[str, dict[str, Any]], ...]

WEATHER = Tool(
    "get_weather",
    "The weather of a city for some days.",
    {
        "type": "object",
        "properties": {"city": {"type": "string"}, "days": {"type": "integer"}},
        "required": ["city", "days"],
    },
)
RECORD = Tool(
    "record",
    "Stores a record as it is given.",
    {
        "type": "object",
        "properties": {
            "code": {"type": "string"},
            "amount": {"type": "number"},
            "count": {"type": "integer"},
            "paid": {"type": "boolean"},
            "note": {"anyOf": [{"type": "string"}, {"type": "null"}]},
            "tags": {"type": "array", "items": {"type": "string"}},
            "place": {"$ref": "#/$defs/place"},
        },
        "required": ["code", "amount", "count", "paid", "note", "tags", "place"],
        "$defs": {
            "place": {
                "type": "object",
                "properties": {"x": {"type": "integer"}, "y": {"type": "integer"}},
                "required": ["x", "y"],
            }
        },
    },
)
NOTE = Tool(
    "save_note",
    "Stores a text as it is given.",
    {"type": "object", "properties": {"text": {"type": "string"}}, "required": ["text"]},
)

EVERY = (WEATHER, NOTE, RECORD)
"""All that a call may be of, whichever were handed over."""

ONE: Wanted = (("get_weather", {"city": "Paris", "days": 3}),)
TWO: Wanted = (*ONE, ("get_weather", {"city": "Oslo", "days": 1}))
TYPED: Wanted = (
    (
        "record",
        {
            "code": "02134",
            "amount": -1.5,
            "count": 3,
            "paid": True,
            "note": None,
            "tags": ["a", "b"],
            "place": {"x": 1, "y": 2},
        },
    ),
)
HOSTILE: Wanted = (
    ("save_note", {"text": 'He said "no" & left </tool_call> <b>early</b>\nthen {x: [1]} </parameter> — ☃'}),
)


def order(calls: Wanted) -> str:
    """Asks for exactly these calls."""
    said = " and ".join(f"{name} with {json.dumps(arguments, ensure_ascii=False)}" for name, arguments in calls)
    both = ", all in this one answer" if len(calls) > 1 else ""
    return f"Use your tools. Call {said}{both}. Do nothing else."


def arguments_of(call: ToolCall) -> dict[str, Any] | None:
    """The arguments as an object; `None` where they are none."""
    try:
        value = msgspec.json.decode(call.arguments or "{}")
    except (msgspec.DecodeError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def made(reply: Reply) -> list[tuple[str, dict[str, Any] | None]]:
    """The calls of a reply."""
    return [(call.name, arguments_of(call)) for call in reply.tool_calls]


def same(one: Any, other: Any) -> bool:
    """Equal values of equal kinds: true is no 1, and a number is a number."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


def right(reply: Reply | None, wanted: Wanted) -> bool:
    """Exactly these calls, in any order."""
    if reply is None:
        return False
    left = made(reply)
    for name, arguments in wanted:
        found = next((one for one in left if one[0] == name and same(one[1], arguments)), None)
        if found is None:
            return False
        left.remove(found)
    return not left
