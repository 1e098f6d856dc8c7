"""Calls that are JSON objects with a name and arguments: one, several in a row, or an array of them.

Knows which keys hold what, in any order. Refuses to know what stands around the objects.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

import msgspec

from assay.formats.tools.base import Call
from assay.formats.tools.json_text import copy_string, copy_value, read_string, read_text, stands
from assay.formats.tools.marks import Marks
from assay.formats.tools.sink import Broken
from assay.formats.tools.source import Source, Step


class Shape(msgspec.Struct, frozen=True, kw_only=True):
    """Which keys of an object hold what. The first of each is the one that is written."""

    names: tuple[str, ...] = ("name",)
    arguments: tuple[str, ...] = ("arguments", "parameters")
    ids: tuple[str, ...] = ("id",)
    id_first: bool = False
    with_id: bool = False
    """An id is written where the call has one."""
    around: tuple[str, ...] = ("function",)
    """Keys whose value is the call itself."""


_HEAD = re.compile(
    r'\{[ \t\r\n]*+"(\w++)"[ \t\r\n]*+:[ \t\r\n]*+"([^"\\\x00-\x1f]++)"[ \t\r\n]*+,'
    r'[ \t\r\n]*+"(\w++)"[ \t\r\n]*+:[ \t\r\n]*+(?=\{)'
)
"""How nearly every call begins, where all of that is there."""
_WORD = re.compile(r"[\w$-]++")


class _Found:
    """What an object has shown so far."""

    def __init__(self) -> None:
        self.name = ""
        self.id = ""
        self.told = False
        self.early: str | None = None
        """Arguments that came before the name."""


def read_object(source: Source, shape: Shape, *, stop: Marks | None = None) -> Step:
    """Reads the object that begins here as one call. Raises Broken where it is none."""
    found = _Found()
    yield from _read_members(source, shape, found, stop)
    if not found.name:
        raise Broken("an object without a name for the call")
    if not found.told:
        if found.early is None:
            source.forgive("a call without arguments")
        source.sink.open(found.name, found.id)
        source.sink.argue(found.early or "{}")
    source.sink.close(source.place, found.id)


def _read_members(source: Source, shape: Shape, found: _Found, stop: Marks | None) -> Step:
    head = _HEAD.match(source.text, source.at)
    if head and head[1] in shape.names and head[3] in shape.arguments and not found.name:
        source.at = head.end()
        found.name = head[2]
        yield from _arguments(source, found, stop)
    elif (yield from source.peek()) == "{":
        source.at += 1
    else:
        raise Broken("no object where a call should be")
    comma = True
    while True:
        letter = yield from source.skip_blank()
        if letter == "}":
            source.at += 1
            return
        if letter == ",":
            source.at += 1
            comma = True
        elif letter and comma and (letter in "\"'" or letter.isalpha()):
            yield from _member(source, shape, found, stop)
            comma = False
        elif letter and letter in "\"'":
            source.forgive("a comma is missing")
            comma = True
        elif found.told or found.early is not None:
            # The arguments are whole; only the wrapper's own end is missing.
            if letter and not (stop and (yield from stands(source, stop))):
                raise Broken(f"“{letter}” within a call")
            source.forgive("the call's closing brace is missing")
            return
        else:
            raise Broken(f"“{letter}” within a call" if letter else "the answer ends within a call")


def _member(source: Source, shape: Shape, found: _Found, stop: Marks | None) -> Step:
    if source.text[source.at] in "\"'":
        key = yield from read_string(source)
    else:
        key = yield from source.run(_WORD)
        source.forgive("a key without quotes")
    if (yield from source.skip_blank()) != ":":
        raise Broken("a key without a value")
    source.at += 1
    letter = yield from source.skip_blank()
    if key in shape.names and not found.name:
        if not letter or letter not in "\"'":
            raise Broken("the call's name is no string")
        found.name = yield from read_string(source)
        if found.early is not None:
            _tell(source, found)
    elif key in shape.arguments and not found.told and found.early is None:
        yield from _arguments(source, found, stop)
    elif key in shape.ids and not found.id:
        parts: list[str] = []
        yield from copy_value(source, parts.append, stop=stop)
        text = "".join(parts)
        found.id = json.loads(text) if text.startswith('"') else text
    elif key in shape.around and letter == "{":
        yield from _read_members(source, shape, found, stop)
    else:
        yield from copy_value(source, _nowhere, stop=stop)


def _nowhere(_text: str) -> None:
    """What a call's other keys hold is not wanted."""


def _tell(source: Source, found: _Found) -> None:
    source.sink.open(found.name, found.id)
    source.sink.argue(found.early or "{}")
    found.told = True


def _arguments(source: Source, found: _Found, stop: Marks | None) -> Step:
    letter = yield from source.skip_blank()
    if letter == "{" and found.name:
        source.sink.open(found.name, found.id)
        found.told = True
        yield from copy_value(source, source.sink.argue, stop=stop)
        return
    parts: list[str] = []
    if letter and letter in "\"'":
        yield from copy_string(source, parts.append)
        text = json.loads("".join(parts))
        found.early = json.dumps(read_text(text), ensure_ascii=False) if text.strip() else "{}"
        source.forgive("the arguments are a string that holds JSON")
    else:
        yield from copy_value(source, parts.append, stop=stop)
        found.early = "".join(parts)
        if found.early == "null":
            source.forgive("null instead of arguments")
            found.early = "{}"
    if found.name:
        _tell(source, found)


def read_objects(source: Source, shape: Shape, *, stop: Marks | None = None) -> Step:
    """Reads one object, several with `,`, `;` or nothing between them, or an array. What comes after is unread."""
    if (yield from source.skip_blank()) == "[":
        source.at += 1
        yield from _read_array(source, shape, stop)
        return
    yield from read_object(source, shape, stop=stop)
    while True:
        source.mark()
        letter = yield from source.skip_blank()
        if letter and letter in ",;":
            source.at += 1
            letter = yield from source.skip_blank()
        if letter != "{":
            return
        yield from read_object(source, shape, stop=stop)


def _read_array(source: Source, shape: Shape, stop: Marks | None) -> Step:
    while True:
        letter = yield from source.skip_blank()
        if letter == "]":
            source.at += 1
            return
        if letter == ",":
            source.at += 1
        elif letter == "{":
            yield from read_object(source, shape, stop=stop)
            source.mark()
        elif (not letter and source.sink.calls) or (stop and (yield from stands(source, stop))):
            source.forgive("the list's closing bracket is missing")
            return
        else:
            raise Broken(f"“{letter}” in a list of calls" if letter else "the answer ends within a list of calls")


def written(call: Call, shape: Shape) -> str:
    """The call as an object."""
    members: list[tuple[str, object]] = [(shape.names[0], call.name), (shape.arguments[0], call.arguments)]
    if shape.with_id and call.id:
        members.insert(0 if shape.id_first else 2, (shape.ids[0], call.id))
    return json.dumps(dict(members), ensure_ascii=False)


def written_list(calls: Sequence[Call], shape: Shape) -> str:
    return "[" + ", ".join(written(call, shape) for call in calls) + "]"
