"""Harmony, the format of gpt-oss: an answer is several messages, each with a header that says what it is for.

Knows channels and recipients. A message to a tool is a call, `analysis` is reasoning, all else is text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assay.formats.tools.base import Call
from assay.formats.tools.dialect import Dialect
from assay.formats.tools.layout import TURN_ENDS
from assay.formats.tools.marks import Marks
from assay.formats.tools.named_json import is_name
from assay.formats.tools.objects import read_arguments, written_arguments
from assay.formats.tools.sink import Broken, NoCall
from assay.formats.tools.source import Source, Step

_MESSAGE, _CALL_END = "<|message|>", "<|call|>"
_ENDS = ("<|end|>", _CALL_END, "<|return|>")
_WORDS = Marks("<|start|>", "<|channel|>", *_ENDS, *TURN_ENDS)
_HEADER_ENDS = Marks(_MESSAGE, *_ENDS)
_LONGEST_HEADER = 400
"""Characters: each beginning of a header that has no end is looked at for as long."""
_MESSAGE_ENDS = Marks(*_ENDS)
_STOPS = Marks("<|start|>", "<|channel|>", *_ENDS)
_FIRST_HEADER = Marks(" to=", "to=")
_LOST_NAME = Marks("commentary<|channel|>")
_RECIPIENT = re.compile(r"\bto=([^\s<]+)")
_CHANNEL = re.compile(r"\b(analysis|commentary|final)\b")


def _grammar(source: Source) -> Step:
    source.mark()
    if (yield from source.accept(_FIRST_HEADER)):
        source.at -= len("to=")
        yield from _attempt(source)
    source.unmark()
    while word := (yield from source.say_until(_WORDS)):
        if word in ("<|start|>", "<|channel|>"):
            yield from _attempt(source)
            while source.text[source.at : source.at + 1] in ("", "c") and (yield from source.accept(_LOST_NAME)):
                source.mark()
                source.forgive("the name of a channel outside of its header")
                yield from _attempt(source)
        else:
            source.sink.think(False)
        source.unmark()


def _attempt(source: Source) -> Step:
    source.sink.think(False)
    try:
        yield from _message(source)
    except Broken as broken:
        source.give_back(broken)


def _message(source: Source) -> Step:
    header, word = yield from source.take_name(_HEADER_ENDS, _LONGEST_HEADER)
    if word != _MESSAGE:
        raise NoCall("a header without a message")
    recipient = _RECIPIENT.search(header)
    if recipient and recipient[1] != "assistant":
        name = recipient[1].removeprefix("functions.")
        if not is_name(name):
            raise Broken("a recipient that is no name")
        yield from source.skip_blank()
        if (yield from source.stands(_STOPS)):
            source.forgive("a call without arguments")
            source.sink.open(name)
            source.sink.end(source.place)
        else:
            yield from read_arguments(source, name, stop=_STOPS)
        source.unmark()
        yield from source.skip_blank()
        if not (yield from source.accept(_MESSAGE_ENDS)):
            source.forgive(f"{_CALL_END} is missing")
    elif _CHANNEL.findall(header)[-1:] == ["analysis"]:
        source.sink.think(True)


def _write(calls: Sequence[Call]) -> str:
    return "<|start|>assistant".join(
        f"<|channel|>commentary to=functions.{call.name} <|constrain|>json"
        f"{_MESSAGE}{written_arguments(call)}{_CALL_END}"
        for call in calls
    )


HARMONY = Dialect(
    name="harmony",
    summary="<|channel|>commentary to=functions.name <|constrain|>json<|message|>{…}<|call|>",
    grammar=_grammar,
    writer=_write,
)
