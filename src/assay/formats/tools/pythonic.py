"""Dialects whose calls are Python calls: bare lists, and lists or lines behind a marker."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Generator, Sequence
from functools import partial
from typing import Any

from assay.formats.tools.base import Call, Carries, Unrepresentable
from assay.formats.tools.dialect import Dialect
from assay.formats.tools.layout import Reader, marked
from assay.formats.tools.marks import BLANK, Head, Marks
from assay.formats.tools.objects import Shape, read_list, read_objects
from assay.formats.tools.python_text import KEY, NAME, literal, read_call
from assay.formats.tools.sink import Broken, NoCall
from assay.formats.tools.source import Grammar, Source, Step

_CALL_END = Marks(")")
_QUOTES = {quote: Marks(quote) for quote in "\"'"}
_NAMED = re.compile(rf"{BLANK}([\w.-]++)")
_WORD = re.compile(r"\w++")
_CARRIES = Carries(types="python", limits=("names that are no Python names",))


def _list(source: Source) -> Step:
    """The calls of a list whose bracket was read."""
    first, any_ = True, False
    while True:
        letter = source.letter() or (yield from source.skip_blank())
        if letter == "]" and any_:
            source.at += 1
            source.mark()
            return
        if letter == "," and not first:
            source.at += 1
        elif letter:
            try:
                yield from (_quoted(source, letter) if letter in _QUOTES else read_call(source))
                any_ = True
            except NoCall as none:
                if not any_:
                    raise
                raise Broken("a list of calls that goes on with something else") from none
            except Broken as broken:
                source.give_back(broken)
                if not (yield from _passed(source)):
                    return
            first = False
        elif first:
            raise NoCall("no call")
        else:
            source.forgive("the list's closing bracket is missing")
            return


def _quoted(source: Source, quote: str) -> Step:
    """A call within quotes, where a list of texts was asked for or understood."""
    source.at += 1
    yield from read_call(source, known=True)
    source.forgive("a call within quotes")
    yield from source.accept(_QUOTES[quote])


def _passed(source: Source) -> Generator[None, None, bool]:
    """Says the rest of a broken call. Whether another may stand beside it."""
    if not (yield from source.say_until(_CALL_END)):
        return False
    while (letter := (yield from source.skip_blank())) == ")":
        source.at += 1
    source.say_read()
    return letter in (",", "]")


def _block(*ends: str) -> Reader:
    """A list, or calls one after another, up to an end marker."""
    marks = Marks(*ends)

    def read(source: Source) -> Step:
        any_, known = False, len(source.sink.calls)
        while not (yield from _over(source, marks)):
            letter = source.text[source.at : source.at + 1]
            if letter == "[" and not any_:
                source.at += 1
                yield from _list(source)
            elif letter and letter in ",;" and any_:
                source.at += 1
            elif letter:
                yield from _salvaged(source)
            elif any_:
                source.forgive(f"{ends[0]} is missing")
                return
            else:
                raise Broken("the answer ends before a call")
            any_ = True
        if known == len(source.sink.calls):
            source.say_read()

    return read


def _salvaged(source: Source) -> Step:
    """Reads a call; says a broken one, and goes on behind it."""
    try:
        yield from read_call(source)
    except NoCall:
        raise
    except Broken as broken:
        source.give_back(broken)
        yield from _passed(source)


def _over(source: Source, marks: Marks) -> Generator[None, None, str]:
    yield from source.skip_blank()
    return (yield from source.accept(marks))


def _write(before: str, after: str, between: str, spell: Callable[[Any], str]) -> Callable[[Sequence[Call]], str]:
    def write(calls: Sequence[Call]) -> str:
        return before + between.join(_written(call, spell) for call in calls) + after

    return write


def _written(call: Call, spell: Callable[[Any], str]) -> str:
    if not NAME.fullmatch(call.name):
        raise Unrepresentable(f"{call.name!r} is no name of a Python function")
    for key in call.arguments:
        if not KEY.fullmatch(key):
            raise Unrepresentable(f"{key!r} is no name of a Python argument")
    return f"{call.name}({', '.join(f'{key}={spell(value)}' for key, value in call.arguments.items())})"


def _alone(source: Source) -> Step:
    """Calls without the list around them, which models write at the beginning of an answer."""
    letter = yield from source.skip_blank()
    if not letter.isalpha() and letter != "_":
        source.say_read()
        return
    yield from read_call(source, known=True)
    while (letter := (yield from source.skip_blank())) and (letter in ",;_" or letter.isalpha()):
        if letter in ",;":
            source.at += 1
            yield from source.skip_blank()
        yield from read_call(source, known=letter not in ",;")


def _python_or_json(start: str, end: str) -> Reader:
    """LFM2 writes Python; told to, JSON."""
    again, marks, python = Marks(start), Marks(end), _block(end)

    def read(source: Source) -> Step:
        source.loose_quotes = True
        while (yield from source.accept(again)):
            source.forgive(f"{start} more than once")
        letter = yield from source.skip_blank()
        if letter == "[":
            source.at += 1
            if (yield from source.skip_blank()) != "{":
                yield from _list(source)
            else:
                yield from read_list(source, Shape(), stop=marks)
        elif letter == "{":
            yield from read_objects(source, Shape(), stop=marks)
        else:
            yield from python(source)
            return
        source.unmark()
        yield from source.skip_blank()
        if not (yield from source.accept(marks)):
            source.forgive(f"{end} is missing")
        while (yield from source.accept(marks)):
            source.forgive(f"{end} more than once")

    return read


def _unmarked(end: str) -> Reader:
    """A list that begins with a call of a tool that there is, where the marker before it was left out."""
    marks = Marks(end)

    def read(source: Source) -> Step:
        named = _NAMED.match(source.text, source.at)
        if source.sink.thinking or not named or named[1] not in source.tools:
            raise NoCall("no call")
        source.loose_quotes = True
        yield from _list(source)
        source.forgive("the call was not opened")
        source.unmark()
        yield from source.reach(marks)

    return read


def _fence(source: Source) -> Step:
    """Gemma 3's fence, with or without the list's brackets."""
    if (yield from source.run(_WORD, limit=40)) not in ("tool_code", "python", ""):
        raise NoCall("no call")
    try:
        yield from _block("```")(source)
    except Broken as broken:
        raise NoCall(str(broken)) from None


def _dialect(
    name: str,
    summary: str,
    grammar: Grammar,
    before: str,
    after: str,
    between: str = ", ",
    spell: Callable[[Any], str] = literal,
) -> Dialect:
    return Dialect(
        name=name, summary=summary, grammar=grammar, writer=_write(before, after, between, spell), carries=_CARRIES
    )


_FENCED: dict[str, Reader] = {"```": _fence}

_HEADS = {"[": Head("[", BLANK, "[\"']?+", r"[^\W\d][\w.-]{0,200}+", BLANK, r"\(")}

PYTHONIC = _dialect(
    "pythonic",
    "[f(a=1, b='x'), g()]",
    marked({"[": _list, **_FENCED}, heads=_HEADS, first=_alone, silent=("<|python_start|>", "<|python_end|>")),
    "[",
    "]",
)
LLAMA4_PYTHONIC = _dialect(
    "llama4_pythonic",
    "<|python_start|>[f(a=1)]<|python_end|>, both markers optional",
    marked({"<|python_start|>": _block("<|python_end|>"), "[": _list}, heads=_HEADS),
    "<|python_start|>[",
    "]<|python_end|>",
)
GEMMA3_PYTHONIC_FENCE = _dialect(
    "gemma3_pythonic_fence",
    "a ```tool_code fence around [f(a=1)]",
    marked({"[": _list, **_FENCED}, heads=_HEADS),
    "```tool_code\n[",
    "]\n```",
)
LFM2 = _dialect(
    "lfm2",
    "<|tool_call_start|>[f(a=1)]<|tool_call_end|>",
    marked(
        {
            "<|tool_call_start|>": _python_or_json("<|tool_call_start|>", "<|tool_call_end|>"),
            "[": _unmarked("<|tool_call_end|>"),
        },
        heads=_HEADS,
    ),
    "<|tool_call_start|>[",
    "]<|tool_call_end|>",
)
OLMO3 = _dialect(
    "olmo3",
    "<function_calls>, a call a line, </function_calls>",
    marked({"<function_calls>": _block("</function_calls>")}),
    "<function_calls>",
    "</function_calls>",
    "\n",
    partial(json.dumps, ensure_ascii=False),
)
