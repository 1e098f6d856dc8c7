"""Gemma 4 and FunctionGemma: `call:name{key:value,…}`, keys bare, strings between quotes that are tokens.

Knows both kinds of quotes. What stands between FunctionGemma's is typed by the schema, for it quotes numbers too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Generator, Sequence
from typing import Any, NamedTuple

from assay.formats.tools.base import Call, Carries, Unrepresentable
from assay.formats.tools.dialect import Dialect
from assay.formats.tools.json_text import read_string
from assay.formats.tools.layout import Reader, Thinking, marked
from assay.formats.tools.marks import Marks, in_steps, letters
from assay.formats.tools.named_json import is_name
from assay.formats.tools.sink import Broken, NoCall
from assay.formats.tools.source import Source, Step
from assay.formats.tools.typed import allowed_types, json_or_text, property_schema, raw, typed

_Container = dict[str, Any] | list[Any]

_DEEPEST = 50
_NAME = re.compile(r"[^\s{}:,<]++")
_KEY = re.compile(r"[^\s:,{}\[\]<>\"'|]++")
_BARE = re.compile(r"[^,\]}{\[<]++")
_COMMAS = re.compile(r"[ \t\r\n,]++")
_HALF_NUMBER = re.compile(r"-?[0-9]{1,300}\.")
_CHANNEL_END = "<channel|>"
_CHANNEL_NAME = Marks("thought\n", f"thought{_CHANNEL_END}")
_CALL, _ANOTHER = Marks("call:", ":"), Marks("call:")
"""The word is at times left out, or the colon written twice."""
_UNCLOSED = "a closing quote or brace is missing"


class _Kind(NamedTuple):
    quote: Marks
    end: Marks
    closing: Marks
    """What ends a text: its quote, or, behind a brace, the call's end."""
    unopened: re.Pattern[str]
    """A text that has only its closing quote."""
    unopened_item: re.Pattern[str]
    """The same in a list, where a comma ends it."""
    plain: re.Pattern[str]
    """A member that is plain, key and value, or what begins or ends an object, a list or a text."""
    begun: re.Pattern[str]
    """What may become one with the next piece, all of it."""
    by_schema: bool


def _kind(quote: str, end: str, *, by_schema: bool) -> _Kind:
    mark = re.escape(quote)
    gap, key = r"[ \t\r\n,]{0,64}+", r"[^\s:,{}\[\]<>\"'|]{1,200}+"
    plain = rf"""{gap}(?:(?P<key>{key}):[ ]?+)?+
        (?:{mark}(?P<text>[^<]*+){mark}|(?P<quote>{mark})
        |(?P<opening>[{{\[])|(?P<closing>[}}\]])
        |(?P<number>-?(?:0|[1-9][0-9]{{0,15}}))(?=[,}}\]])
        |(?P<word>true|false|null)(?=[,}}\]]))"""
    text = in_steps((*letters(quote), "[^<]{0,400}+", *letters(quote)), "")
    begun = rf"{gap}(?:{key}(?::[ ]?+)?+)?+(?:{text}|-?+[0-9]{{0,16}}+|[a-z]{{0,5}}+)\Z"
    return _Kind(
        Marks(quote),
        Marks(end),
        Marks(quote, end),
        _unopened(quote, ""),
        _unopened(quote, ","),
        re.compile(plain, re.VERBOSE),
        re.compile(begun),
        by_schema,
    )


def _unopened(quote: str, ends: str) -> re.Pattern[str]:
    return re.compile(in_steps((rf"([^<:{{}}\[\]\"'{ends}]{{1,400}}+)", *letters(quote)), "(?P<whole>)"))


_OPENED: dict[str, type[_Container]] = {"{": dict, "[": list}
_CLOSED: dict[type[_Container], str] = {dict: "}", list: "]"}
_WORDS = {"true": True, "false": False, "null": None}
_PLAIN: dict[str, Callable[[str], Any]] = {"text": str, "number": int, "word": _WORDS.__getitem__}
"""What the plain values are, by their group in the pattern."""


def _reader(kind: _Kind) -> Reader:
    def read(source: Source) -> Step:
        while True:
            if (source.over(_CALL) or (yield from source.reach(_CALL))) == ":":
                yield from source.accept(_CALL)
            name = yield from source.run(_NAME, limit=200)
            if not is_name(name) or (source.letter() or (yield from source.skip_blank())) != "{":
                raise Broken("no call where one should be")
            yield from _call(source, kind, name)
            if source.over(kind.end) or (yield from source.accept(kind.end)):
                break
            if not (yield from source.stands(_ANOTHER)):
                source.forgive(f"{kind.end.words[0]} is missing")
                break
            source.forgive("another call between the same markers")
            source.mark()
        while (yield from source.accept(kind.end)):
            source.forgive(f"{kind.end.words[0]} more than once")

    return read


def _unmarked(kind: _Kind) -> Reader:
    """A call of a tool that there is, where the marker before `call:` was left out."""

    def read(source: Source) -> Step:
        name = yield from source.run(_NAME, limit=200)
        if source.sink.thinking or name not in source.tools or (yield from source.peek()) != "{":
            raise NoCall("no call")
        yield from _call(source, kind, name)
        source.forgive("the call was not opened")
        yield from source.accept(kind.end)

    return read


def _call(source: Source, kind: _Kind, name: str) -> Step:
    """The arguments, up to the call's end."""
    source.at += 1
    parameters = source.schema(name)
    source.sink.open(name)
    while True:
        found = kind.plain.match(source.text, source.at)
        if not found:
            yield from _awaited(source, kind)
            found = kind.plain.match(source.text, source.at)
        key, group = (found["key"], found.lastgroup or "") if found else ("", "")
        quoted = group == "text"
        if found and key and group in _PLAIN:
            source.at = found.end()
            value = _PLAIN[group](found[group])
        elif found and key and group == "opening":
            source.at = found.end()
            value = yield from _nested(source, kind, found[group])
        elif found and key and group == "quote":
            source.at = found.end()
            quoted, value = True, (yield from _text(source, kind, outermost=True))
        elif found and not key and found[0].endswith("}"):
            source.at = found.end()
            break
        elif (yield from source.stands(kind.end)):
            source.forgive(_UNCLOSED)
            break
        elif not (yield from _more(source)):
            break
        else:
            key = yield from _key(source, kind)
            quoted, value = yield from _value(source, kind)
        if quoted and kind.by_schema:
            types = allowed_types(property_schema(parameters, key), parameters)
            value = typed(value, types, source.forgive) if types else json_or_text(value)
        source.sink.put(key, value)
    source.sink.end(source.place)
    source.unmark()
    yield from source.skip_blank()


def _more(source: Source) -> Generator[None, None, bool]:
    """Whether the braces hold another key. Their end is read over, as commas are."""
    while (letter := source.letter() or (yield from source.skip_blank())) == ",":
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


def _value(source: Source, kind: _Kind, within: _Container | None = None) -> Generator[None, None, tuple[bool, Any]]:
    """Whether a value stood between quotes, and the value. `within` is the object or the list that it stands in, where
    that is not the arguments."""
    letter = source.letter() or (yield from source.skip_blank())
    if letter in _OPENED:
        source.at += 1
        return False, (yield from _nested(source, kind, letter))
    if (yield from source.accept(kind.quote)):
        return True, (yield from _text(source, kind, outermost=within is None))
    unopened = yield from source.whole(kind.unopened_item if isinstance(within, list) else kind.unopened)
    if unopened and not unopened[1].rstrip().endswith(","):
        source.at = unopened.end()
        source.forgive("an opening quote is missing")
        return True, unopened[1]
    return False, (yield from _bare(source, kind, letter))


def _text(source: Source, kind: _Kind, *, outermost: bool) -> Generator[None, None, str]:
    """A text whose opening quote was read. Where the last brace and the end of the call come first, its closing quote
    is missing."""
    parts: list[str] = []
    while True:
        part, word = yield from source.take_until(kind.closing)
        if word in kind.quote.words:
            return "".join((*parts, part))
        if not word:
            raise Broken("the answer ends within a string")
        if outermost and part.rstrip().endswith("}"):
            source.at -= len(word)
            source.forgive(_UNCLOSED)
            return "".join((*parts, part.rstrip()[:-1]))
        parts += (part, word)


def _nested(source: Source, kind: _Kind, letter: str) -> Generator[None, None, _Container]:
    """The object or the list that began with `letter`, and all that is nested in it."""
    whole = _OPENED[letter]()
    open_ = [whole]
    _read_plain(source, kind, open_)
    while open_:
        yield from _awaited(source, kind, open_)
        if not open_:
            break
        inner, key = open_[-1], ""
        if isinstance(inner, dict):
            if not (yield from _more(source)):
                open_.pop()
                continue
            key = yield from _key(source, kind)
        elif commas := _COMMAS.match(source.text, source.at):
            source.at = commas.end()
            continue
        elif (letter := (yield from source.skip_blank())) == "]":
            source.at += 1
            open_.pop()
            continue
        elif letter == "}":
            raise Broken("a list that does not end")
        if len(open_) > _DEEPEST:
            raise Broken(f"a value nested deeper than {_DEEPEST} levels")
        letter = yield from source.skip_blank()
        if letter in _OPENED:
            source.at += 1
            open_.append(_add(inner, key, _OPENED[letter]()))
        else:
            _add(inner, key, (yield from _value(source, kind, inner))[1])
    return whole


def _awaited(source: Source, kind: _Kind, open_: list[_Container] | None = None) -> Step:
    """Waits while what is there may yet become plain; what is within the objects and lists that are open is read."""

    def more() -> bool:
        if open_ is not None:
            _read_plain(source, kind, open_)
        return open_ != [] and kind.begun.match(source.text, source.at) is not None

    while more() and not source.ended:
        source.more = more
        yield


def _read_plain(source: Source, kind: _Kind, open_: list[_Container]) -> None:
    """Reads members and ends of what is open, as long as they are plain and all there."""
    while open_ and (found := kind.plain.match(source.text, source.at)):
        inner, key, group = open_[-1], found["key"] or "", found.lastgroup or ""
        if group == "closing":
            if key or found[group] != _CLOSED[type(inner)]:
                break
            open_.pop()
        elif group == "quote" or bool(key) != isinstance(inner, dict) or len(open_) > _DEEPEST:
            break
        elif group == "opening":
            open_.append(_add(inner, key, _OPENED[found[group]]()))
        else:
            _add(inner, key, _PLAIN[group](found[group]))
        source.at = found.end()


def _add(inner: _Container, key: str, value: Any) -> Any:
    """Puts a value where it belongs, and gives it back."""
    if isinstance(inner, dict):
        inner[key] = value
    else:
        inner.append(value)
    return value


def _bare(source: Source, kind: _Kind, letter: str) -> Generator[None, None, Any]:
    if letter and letter in "\"'":
        source.forgive("quotes that are no tokens")
        text = yield from read_string(source)
        yield from source.accept(kind.quote)
        return text
    text = (yield from source.run(_BARE)).strip()
    if not text and (yield from source.peek()) not in (",", "}"):
        raise Broken("a value is missing")
    if _HALF_NUMBER.fullmatch(text):
        source.forgive("a number that ends with its point")
        return float(text)
    value = json_or_text(text)
    if isinstance(value, str):
        source.excuse("text without quotes")
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


_GEMMA4 = _kind('<|"|>', "<tool_call|>", by_schema=False)

GEMMA4 = Dialect(
    name="gemma4",
    summary='<|tool_call>call:name{key:<|"|>text<|"|>,key:3}<tool_call|>',
    grammar=marked(
        {"<|tool_call>": _reader(_GEMMA4), "call:": _unmarked(_GEMMA4), "<|channel>": _channel},
        Thinking("<|think|>", _CHANNEL_END, opened=True),
        silent=("<turn|>", "<|tool_response>"),
    ),
    writer=_gemma4,
    carries=Carries(types="marked", limits=('a text that holds <|"|> or }<tool_call|>',)),
)
FUNCTIONGEMMA = Dialect(
    name="functiongemma",
    summary="<start_function_call>call:name{key:<escape>value<escape>}<end_function_call>",
    grammar=marked(
        {"<start_function_call>": _reader(_kind("<escape>", "<end_function_call>", by_schema=True))},
        silent=("<end_of_turn>", "<start_function_response>"),
    ),
    writer=_functiongemma,
    carries=Carries(
        types="schema", limits=("a text that holds <escape> or }<end_function_call>", "keys that would need quotes")
    ),
)
