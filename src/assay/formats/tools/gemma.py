"""Gemma 4 and FunctionGemma: `call:name{key:value,…}`, keys bare, strings between quotes that are tokens.

Knows both kinds of quotes. What stands between FunctionGemma's is typed by the schema, for it quotes numbers too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Generator, Sequence
from typing import Any

import msgspec

from assay.formats.tools.base import Call, Carries, Unrepresentable
from assay.formats.tools.dialect import Dialect
from assay.formats.tools.json_text import read_string
from assay.formats.tools.layout import Reader, Thinking, marked
from assay.formats.tools.marks import Marks
from assay.formats.tools.named_json import is_name
from assay.formats.tools.sink import Broken
from assay.formats.tools.source import Source, Step
from assay.formats.tools.typed import allowed_types, json_or_text, property_schema, raw, typed

_DEEPEST = 50
_NAME = re.compile(r"[^\s{}:,<]++")
_KEY = re.compile(r"[^\s:,{}\[\]<>\"'|]++")
_BARE = re.compile(r"[^,\]}{\[<]++")
_HALF_NUMBER = re.compile(r"-?[0-9]{1,300}\.")
_CHANNEL_END = "<channel|>"
_CHANNEL_NAME = Marks("thought\n", f"thought{_CHANNEL_END}")
_CALL = Marks("call:", ":")
"""The word is at times left out."""


class _Kind(msgspec.Struct, frozen=True):
    quote: Marks
    end: Marks
    by_schema: bool


def _reader(kind: _Kind) -> Reader:
    def read(source: Source) -> Step:
        yield from source.skip_blank()
        yield from source.accept(_CALL)
        name = yield from source.run(_NAME, limit=200)
        if not is_name(name) or (yield from source.skip_blank()) != "{":
            raise Broken("no call where one should be")
        source.at += 1
        parameters = source.schema(name)
        source.sink.open(name)
        while (yield from _more(source)):
            key = yield from _key(source, kind)
            quoted, value = yield from _value(source, kind, 0)
            if quoted and kind.by_schema:
                types = allowed_types(property_schema(parameters, key), parameters)
                value = typed(value, types, source.forgive) if types else json_or_text(value)
            source.sink.put(key, value)
        source.sink.end(source.place)
        source.unmark()
        yield from source.skip_blank()
        if not (yield from source.accept(kind.end)):
            source.forgive(f"{kind.end.words[0]} is missing")

    return read


def _more(source: Source) -> Generator[None, None, bool]:
    """Whether the braces hold another key. Their end is read over, as commas are."""
    while (letter := (yield from source.skip_blank())) == ",":
        source.at += 1
    if letter == "}":
        source.at += 1
    return letter != "}"


def _key(source: Source, kind: _Kind) -> Generator[None, None, str]:
    if (yield from source.accept(kind.quote)):
        key, _ = yield from source.take_name(kind.quote)
    elif (letter := (yield from source.peek())) and letter in "\"'":
        key = yield from read_string(source)
    else:
        key = yield from source.run(_KEY)
    if not key or (yield from source.skip_blank()) != ":":
        raise Broken("no key where one should be")
    source.at += 1
    return key


def _value(source: Source, kind: _Kind, depth: int) -> Generator[None, None, tuple[bool, Any]]:
    """Whether a value stood between quotes, and the value."""
    if depth > _DEEPEST:
        raise Broken(f"a value nested deeper than {_DEEPEST} levels")
    letter = yield from source.skip_blank()
    if (yield from source.accept(kind.quote)):
        text, ended = yield from source.take_until(kind.quote)
        if not ended:
            raise Broken("the answer ends within a string")
        return True, text
    if letter == "{":
        source.at += 1
        members: dict[str, Any] = {}
        while (yield from _more(source)):
            key = yield from _key(source, kind)
            members[key] = (yield from _value(source, kind, depth + 1))[1]
        return False, members
    if letter == "[":
        source.at += 1
        items: list[Any] = []
        while (letter := (yield from source.skip_blank())) != "]":
            if letter == ",":
                source.at += 1
            elif letter == "}":
                raise Broken("a list that does not end")
            else:
                items.append((yield from _value(source, kind, depth + 1))[1])
        source.at += 1
        return False, items
    return False, (yield from _bare(source, letter))


def _bare(source: Source, letter: str) -> Generator[None, None, Any]:
    if letter and letter in "\"'":
        source.forgive("quotes that are no tokens")
        return (yield from read_string(source))
    text = (yield from source.run(_BARE)).strip()
    if not text and (yield from source.peek()) not in (",", "}"):
        raise Broken("a value is missing")
    if _HALF_NUMBER.fullmatch(text):
        source.forgive("a number that ends with its point")
        return float(text)
    value = json_or_text(text)
    if isinstance(value, str):
        source.forgive("text without quotes")
    return value


def _channel(source: Source) -> Step:
    """A channel is for reasoning; its name may be said."""
    if (yield from source.accept(_CHANNEL_NAME)).endswith(_CHANNEL_END):
        source.at -= len(_CHANNEL_END)
    source.sink.think(True)


def _gemma4(calls: Sequence[Call]) -> str:
    return "".join(f"<|tool_call>call:{call.name}{_written(call.arguments)}<tool_call|>" for call in calls)


def _written(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ",".join(f"{_written_key(key)}:{_written(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_written, value)) + "]"
    return f'<|"|>{value}<|"|>' if isinstance(value, str) else json.dumps(value)


def _written_key(key: str) -> str:
    return key if _KEY.fullmatch(key) else f'<|"|>{key}<|"|>'


def _functiongemma(calls: Sequence[Call]) -> str:
    return "".join(
        f"<start_function_call>call:{call.name}{{{_escaped(call.arguments)}}}<end_function_call>" for call in calls
    )


def _escaped(arguments: dict[str, Any]) -> str:
    for key in arguments:
        if not _KEY.fullmatch(key):
            raise Unrepresentable(f"functiongemma: the key {key!r} would need quotes")
    return ",".join(f"{key}:<escape>{raw(value)}<escape>" for key, value in arguments.items())


GEMMA4 = Dialect(
    name="gemma4",
    summary='<|tool_call>call:name{key:<|"|>text<|"|>,key:3}<tool_call|>',
    grammar=marked(
        {
            "<|tool_call>": _reader(_Kind(Marks('<|"|>'), Marks("<tool_call|>"), by_schema=False)),
            "<|channel>": _channel,
        },
        Thinking("<|think|>", _CHANNEL_END, opened=True),
        silent=("<turn|>", "<|tool_response>"),
    ),
    writer=_gemma4,
    carries=Carries(types="marked", limits=('a text that holds <|"|>',)),
)
FUNCTIONGEMMA = Dialect(
    name="functiongemma",
    summary="<start_function_call>call:name{key:<escape>value<escape>}<end_function_call>",
    grammar=marked(
        {"<start_function_call>": _reader(_Kind(Marks("<escape>"), Marks("<end_function_call>"), by_schema=True))},
        silent=("<end_of_turn>", "<start_function_response>"),
    ),
    writer=_functiongemma,
    carries=Carries(types="schema", limits=("a text that holds <escape>", "keys that would need quotes")),
)
