"""Dialects whose calls are JSON without a marker of their own, or behind one that may be missing.

Knows how to tell a call from the JSON of an answer: by its keys. JSON that is no call is text, all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assay.formats.tools.base import Call
from assay.formats.tools.dialect import Dialect
from assay.formats.tools.layout import THINK, Reader, enter_fence, leave_fence, marked
from assay.formats.tools.marks import BLANK, Head
from assay.formats.tools.objects import (
    Shape,
    read_list,
    read_object,
    read_objects,
    written,
    written_list,
)
from assay.formats.tools.python_text import read_call
from assay.formats.tools.sink import NoCall
from assay.formats.tools.source import Source, Step

_FENCED = ("json", "", "tool_call", "tool_calls")
_CALL = Shape(strict=True)
_LLAMA = Shape(arguments=("parameters", "arguments"), strict=True)


def heads(shape: Shape) -> dict[str, Head]:
    """What objects and lists of them begin with."""
    keys = (*shape.names, *shape.arguments, *shape.ids, *shape.around, *shape.lists, "type")
    member = ("[\"']", BLANK, ":")
    return {
        "{": Head("{", BLANK, "[\"']", choices=keys, last=member),
        "[": Head("[", BLANK, r"\{", BLANK, "[\"']", choices=keys, last=member),
    }


def objects(shape: Shape) -> Reader:
    """Reads an object whose brace was the marker, and those that follow it."""

    def read(source: Source) -> Step:
        source.at -= 1
        letter: str = "{"
        while letter == "{":
            yield from read_object(source, shape)
            source.mark()
            letter = source.letter() or (yield from source.skip_blank())
            if letter and letter in ",;":
                source.at += 1
                letter = source.letter() or (yield from source.skip_blank())
        source.say_read()

    return read


def lists(shape: Shape) -> Reader:
    """Reads a list of objects whose bracket was the marker."""

    def read(source: Source) -> Step:
        yield from read_list(source, shape)

    return read


def instead(reader: Reader, what: str) -> Reader:
    """The same, for what is forgiven where calls come of it."""

    def read(source: Source) -> Step:
        known = len(source.sink.calls)
        yield from reader(source)
        if len(source.sink.calls) > known:
            source.forgive(what)

    return read


def fences(shape: Shape) -> Reader:
    """Reads what is in a code fence."""

    def read(source: Source) -> Step:
        source.at -= 3
        if (yield from enter_fence(source)) not in _FENCED or (yield from source.skip_blank()) not in ("{", "["):
            raise NoCall("no call")
        yield from read_objects(source, shape)
        source.unmark()
        yield from leave_fence(source)

    return read


def _python_tag(source: Source) -> Step:
    """Objects, or a call of one of the tools that Llama has built in."""
    if (yield from source.skip_blank()) in ("{", "["):
        yield from read_objects(source, _LLAMA)
    else:
        yield from read_call(source, method=".call")


def bare(shape: Shape) -> dict[str, Reader]:
    """Calls wherever they may stand by themselves."""
    return {"{": objects(shape), "[": lists(shape), "```": fences(shape)}


def _each(form: str, between: str, shape: Shape = _CALL) -> Callable[[Sequence[Call]], str]:
    return lambda calls: between.join(form.replace("%s", written(call, shape)) for call in calls)


_BARE = marked(bare(_CALL), THINK, heads=heads(_CALL))
_LLAMA_GRAMMAR = marked({**bare(_LLAMA), "<|python_tag|>": _python_tag}, None, heads=heads(_LLAMA))

BARE_JSON = Dialect(name="bare_json", summary='{"name": …, "arguments": {…}}', grammar=_BARE, writer=_each("%s", "\n"))
BARE_JSON_ARRAY = Dialect(
    name="bare_json_array",
    summary='[{"name": …, "arguments": {…}}, …]',
    grammar=_BARE,
    writer=lambda calls: written_list(calls, _CALL),
)
QWEN25CODER_FENCE = Dialect(
    name="qwen25coder_fence",
    summary="a ```json fence around each object",
    grammar=_BARE,
    writer=_each("```json\n%s\n```", "\n"),
)
LLAMA3_JSON = Dialect(
    name="llama3_json",
    summary='{"name": …, "parameters": {…}}, several with `; ` between them, perhaps behind <|python_tag|>',
    grammar=_LLAMA_GRAMMAR,
    writer=_each("%s", "; ", _LLAMA),
)
LLAMA3_JSON_TAG = Dialect(
    name="llama3_json_tag",
    summary="as llama3_json, behind <|python_tag|>",
    grammar=_LLAMA_GRAMMAR,
    writer=lambda calls: "<|python_tag|>" + "; ".join(written(call, _LLAMA) for call in calls),
)
LLAMA4_JSON = Dialect(
    name="llama4_json",
    summary="as llama3_json, with nothing between the objects",
    grammar=_LLAMA_GRAMMAR,
    writer=_each("%s", "", _LLAMA),
)
