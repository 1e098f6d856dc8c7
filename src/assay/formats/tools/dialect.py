"""A dialect: a grammar that reads calls, a writer that writes them, and what it can carry.

Knows how the two are held together: what is written is read again before it is handed out.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from assay.core.messages import Tool
from assay.formats.tools.base import PLAIN, Call, Carries, Parsed, Stream, Unrepresentable
from assay.formats.tools.source import Grammar
from assay.formats.tools.stream import AnswerStream


class Dialect(msgspec.Struct, frozen=True, kw_only=True):
    """One way of writing calls into an answer."""

    name: str
    summary: str
    """How it looks, on one line."""
    grammar: Grammar
    writer: Callable[[Sequence[Call]], str]
    carries: Carries = PLAIN

    def parse(self, text: str, tools: Sequence[Tool] = (), *, thinking: bool = False) -> Parsed:
        """The whole answer. `thinking`: the prompt had opened the reasoning already. Never raises."""
        stream = self.stream(tools, thinking=thinking)
        stream.feed(text)
        stream.finish()
        return stream.parsed()

    def stream(self, tools: Sequence[Tool] = (), *, thinking: bool = False) -> Stream:
        """Reads an answer in pieces of any size."""
        return AnswerStream(self.grammar, tools, thinking=thinking)

    def render(self, calls: Sequence[Call], tools: Sequence[Tool] | None = None) -> str:
        """The calls as the dialect writes them; raises Unrepresentable.

        `tools` are those that the reader will know; left out, they are taken to fit the values.
        """
        if len(calls) > 1 and not self.carries.several:
            raise Unrepresentable(f"{self.name} holds one call")
        if not calls:
            return ""
        _speakable(calls)
        text = self.writer(calls)
        found = self.parse(text, fitting_tools(calls) if tools is None else tools)
        if len(found.calls) != len(calls) or found.text:
            cannot = f" (it cannot say {'; '.join(self.carries.limits)})" if self.carries.limits else ""
            raise Unrepresentable(f"{self.name}: a name or a value would be taken for markup{cannot}")
        for call, heard in zip(calls, found.calls, strict=True):
            _same(self, call, heard)
        return text


def _speakable(calls: Sequence[Call]) -> None:
    try:
        for call in calls:
            json.dumps(call.arguments, allow_nan=False, ensure_ascii=False).encode()
            call.name.encode()
    except (ValueError, TypeError, RecursionError) as wrong:
        raise Unrepresentable(f"{call.name[:100]!a}: no JSON can hold the arguments ({wrong})") from None


def _same(dialect: Dialect, call: Call, heard: Call) -> None:
    if call.name != heard.name:
        raise Unrepresentable(f"{dialect.name}: the name {call.name!r} would be read as {heard.name!r}")
    for key in (*call.arguments, *heard.arguments):
        said, read = call.arguments.get(key), heard.arguments.get(key)
        if key not in heard.arguments or key not in call.arguments or not _equal(said, read):
            raise Unrepresentable(f"{dialect.name}: {call.name}({key}={said!r:.100}) would be read as {read!r:.100}")
    if dialect.carries.ids and call.id and heard.id != call.id:
        raise Unrepresentable(f"{dialect.name}: the id {call.id!r} would be read as {heard.id!r}")


def _equal(one: Any, other: Any) -> bool:
    """The same value and the same type all the way down: 1, 1.0 and true are three things."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(_equal(value, other[key]) for key, value in one.items())
    if isinstance(one, list):
        return len(one) == len(other) and all(map(_equal, one, other))
    return bool(one == other)


_TYPES = {dict: "object", list: "array", str: "string", bool: "boolean", int: "integer", float: "number"}


def fitting_tools(calls: Sequence[Call]) -> list[Tool]:
    """Tools whose schemas say of each value just what it is."""
    schemas: dict[str, dict[str, Any]] = {}
    for call in calls:
        properties = schemas.setdefault(call.name, {})
        for key, value in call.arguments.items():
            properties.setdefault(key, []).append(_schema(value))
    return [
        Tool(
            name=name,
            parameters={
                "type": "object",
                "properties": {key: found[0] if len(found) == 1 else {"anyOf": found} for key, found in keys.items()},
            },
        )
        for name, keys in schemas.items()
    ]


def _schema(value: Any) -> dict[str, Any]:
    if isinstance(value, dict):
        return {"type": "object", "properties": {key: _schema(item) for key, item in value.items()}}
    if isinstance(value, list):
        kinds = [_schema(item) for item in value]
        return {"type": "array", "items": kinds[0] if len(kinds) == 1 else {"anyOf": kinds} if kinds else {}}
    return {"type": _TYPES.get(type(value), "null")}
