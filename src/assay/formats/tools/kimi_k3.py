"""Kimi K3: everything is an element between `<|open|>` and `<|close|>`; a call is one, each argument is one.

Knows which elements are calls, reasoning and layout. Only attributes are escaped; a value says its own type.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import Any

from assay.formats.tools.base import Call, Carries
from assay.formats.tools.dialect import Dialect
from assay.formats.tools.layout import marked
from assay.formats.tools.marks import BLANK, Marks, in_steps, letters
from assay.formats.tools.sink import Broken, NoCall
from assay.formats.tools.source import Source, Step
from assay.formats.tools.typed import marked_json, raw

_OPEN, _CLOSE, _SEP = "<|open|>", "<|close|>", "<|sep|>"
_SEPARATOR = Marks(_SEP)
_TAGS = Marks(_OPEN, _CLOSE)
_ARGUMENT_END = Marks(f"{_CLOSE}argument{_SEP}")
_WHOLE = re.compile(
    in_steps(
        (BLANK, *letters(f"{_OPEN}argument"), "([^<]{0,200}+)", *letters(_SEP)),
        f"(?:([^<]*+){re.escape(f'{_CLOSE}argument{_SEP}')})?(?P<whole>)",
    )
)
"""An argument's attributes and, where it is there and has no tag in it, the value."""
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
_THINKING = ("think", "thinking", "reasoning")
_LAYOUT = ("tools", "response", "message", *_THINKING)
_TYPES = {str: "string", bool: "boolean", int: "number", float: "number", dict: "object", list: "array"}


def _opened(source: Source) -> Step:
    header, _ = source.name(_SEPARATOR) or (yield from source.take_name(_SEPARATOR))
    tag, attributes = _read(header)
    if tag == "call" and attributes.get("tool"):
        yield from _call(source, attributes["tool"])
    elif tag in _LAYOUT:
        source.sink.think(tag in _THINKING)
    else:
        raise NoCall("no call")


def _closed(source: Source) -> Step:
    header, _ = source.name(_SEPARATOR) or (yield from source.take_name(_SEPARATOR))
    if header.strip() not in _LAYOUT:
        raise NoCall("no call")
    source.sink.think(False)


def _read(header: str) -> tuple[str, dict[str, str]]:
    tag, _, rest = header.strip().partition(" ")
    return tag, {key: html.unescape(value) for key, value in _ATTRIBUTE.findall(rest)}


def _call(source: Source, name: str) -> Step:
    source.sink.open(name)
    while True:
        argument = _WHOLE.match(source.text, source.at)
        if argument and argument.lastgroup != "whole":
            argument = yield from source.rest(argument)
        if argument:
            word, header, text = _OPEN, f"argument{argument[1]}", argument[2]
            source.at = argument.end()
        else:
            text = None
            word = source.over(_TAGS) or (yield from source.reach(_TAGS))
            if not word:
                raise Broken("something else than an argument within a call")
            header, _ = source.name(_SEPARATOR) or (yield from source.take_name(_SEPARATOR))
        tag, attributes = _read(header)
        if word == _CLOSE and tag == "call":
            break
        if word == _CLOSE or tag != "argument" or "key" not in attributes:
            raise Broken("something else than an argument within a call")
        if text is None:
            text, ended = yield from source.take_until(_ARGUMENT_END)
            if not ended:
                raise Broken("the answer ends within an argument")
        is_text = attributes.get("type") == "string"
        source.sink.put(attributes["key"], text if is_text else marked_json(text, source.forgive))
    source.sink.end(source.place)


def _write(calls: Sequence[Call]) -> str:
    inner = "".join(
        f'{_OPEN}call tool="{_escaped(call.name)}" index="{index}"{_SEP}'
        f"{''.join(_argument(key, value) for key, value in call.arguments.items())}{_CLOSE}call{_SEP}"
        for index, call in enumerate(calls, 1)
    )
    return f"{_OPEN}tools{_SEP}{inner}{_CLOSE}tools{_SEP}"


def _argument(key: str, value: Any) -> str:
    kind = _TYPES.get(type(value), "null")
    return f'{_OPEN}argument key="{_escaped(key)}" type="{kind}"{_SEP}{raw(value)}{_CLOSE}argument{_SEP}'


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;")


KIMI_K3 = Dialect(
    name="kimi_k3",
    summary=f'{_OPEN}call tool="…" index="1"{_SEP}{_OPEN}argument key="…" type="…"{_SEP}value{_CLOSE}argument{_SEP}…',
    grammar=marked({_OPEN: _opened, _CLOSE: _closed}, None, silent=("<|end_of_msg|>",)),
    writer=_write,
    carries=Carries(types="marked", limits=(f"a text that holds {_CLOSE}argument{_SEP}",)),
)
