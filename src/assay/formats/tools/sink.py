"""What a reader has found, as deltas: text and reasoning in their channels, calls under their indexes.

Knows what has been said and which call is open. Refuses to know any dialect.
White space alone between calls, or around the reasoning, is the dialect's layout and no text.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from functools import partial
from json.encoder import encode_basestring
from typing import Any

from assay.formats.tools.base import (
    ArgumentText,
    Call,
    CallDropped,
    CallEnd,
    CallStart,
    Delta,
    Parsed,
    Problem,
    Text,
    Thought,
)


class Broken(Exception):
    """Raised by a grammar where what looked like a call is none; the text is the reason."""


class NoCall(Broken):
    """Raised where it hardly looked like a call: nothing to report."""


def decoded(text: str) -> Any:
    """As `json.loads` for a text with nothing around its value: that takes three times as long for a short one."""
    value, end = _decode(text)
    if end < len(text):
        raise ValueError("more than one value")
    return value


class Sink:
    """Gathers one answer."""

    def __init__(self, tools: Collection[str], *, thinking: bool) -> None:
        self._deltas: list[Delta] = []
        self._texts: list[str] = []
        self._thoughts: list[str] = []
        self.arguments: list[str] = []
        """The text of the open call's arguments, or of the last one's; who reads arguments that are JSON adds to it."""
        self.parts = self._texts
        """Which of these is told at present."""
        self.make: Callable[[str], Delta] = Text
        """As what."""
        self.told = 0
        """How many of the parts were handed out."""
        self.problems: list[Problem] = []
        self.calls: list[Call] = []
        self.thinking = thinking
        self._tools = tools
        self.blank = True
        """No text was said yet that more may be added to as it is."""
        self._layout = False
        self._gap: list[str] = []
        self._name = ""
        """Of the call that is open; empty where none is."""
        self._id = ""
        self.values: dict[str, Any] = {}
        """The arguments that were put into the open call."""
        self._whole: dict[str, Any] | None = None

    @property
    def thought(self) -> bool:
        """Whether there is any reasoning so far."""
        return bool(self._thoughts)

    def handed_out(self) -> list[Delta]:
        """What was found since this was last asked."""
        parts, told, deltas = self.parts, self.told, self._deltas
        self._deltas = []
        if told < (known := len(parts)):
            self.told = known
            deltas.append(self.make(parts[told] if told + 1 == known else "".join(parts[told:])))
        return deltas

    def _turn(self, parts: list[str], make: Callable[[str], Delta]) -> None:
        """From here on `parts` are told; what was said before goes out first."""
        self._deltas = self.handed_out()
        self.parts, self.make, self.told = parts, make, len(parts)

    def say(self, text: str) -> None:
        if self.blank:
            if self._layout:
                text = text.lstrip()
            if not text:
                return
            if text.isspace():
                self._gap.append(text)
                return
            self.blank = False
            if self._gap:
                text = "".join(self._gap) + text
                self._gap.clear()
        if self.parts is not (parts := self._thoughts if self.thinking else self._texts):
            self._turn(parts, Thought if self.thinking else Text)
        parts.append(text)

    def think(self, on: bool) -> None:
        """What is said from here on is reasoning, or is no longer."""
        self.thinking = on
        self.rest(layout=True)

    def rest(self, *, layout: bool) -> None:
        """White space that comes now waits to be followed by text; as `layout` it is dropped even then."""
        self._gap.clear()
        self.blank = True
        self._layout = layout

    def open(self, name: str, id: str = "") -> None:
        if not name:
            raise Broken("a call without a name")
        if len(self.calls) >= _MOST_CALLS:
            raise Broken(f"more than {_MOST_CALLS} calls")
        self._name, self._id = name, id
        self.arguments = []
        self.values = {}
        self._whole = None
        index = len(self.calls)
        self._turn(self.arguments, partial(ArgumentText, index))
        self._deltas.append(CallStart(index, name, id))

    def argue_all(self, text: str, values: dict[str, Any]) -> None:
        """All arguments at once, as text and as values."""
        self.arguments.append(text)
        self._whole = values

    def put(self, key: str, value: Any) -> None:
        """One argument more, for a dialect that has them one by one."""
        arguments = self.arguments
        if len(arguments) >= _MOST_ARGUMENTS:
            raise Broken(f"more than {_MOST_ARGUMENTS} arguments")
        self.values[key] = value
        spelled = _SPELLED.get(type(value), _as_json)(value)
        arguments.append(f"{', ' if arguments else '{'}{encode_basestring(key)}: {spelled}")

    def end(self, at: int) -> None:
        """The open call, whose arguments were put, is whole."""
        self.arguments.append("}" if self.arguments else "{}")
        self._end(self.values, at, self._id)

    def close(self, at: int, id: str = "") -> None:
        """The open call, whose arguments came as JSON, is whole. Raises Broken where they are no object after all."""
        if not self._name:
            raise Broken("the end of a call that did not begin")
        self._end(self._read(), at, self._id or id)

    def _read(self) -> dict[str, Any]:
        if self._whole is not None:
            return self._whole
        try:
            arguments = decoded("".join(self.arguments))
        except (ValueError, RecursionError):
            raise Broken("the arguments cannot be read") from None
        if not isinstance(arguments, dict):
            raise Broken("the arguments are no object")
        return arguments

    def _end(self, arguments: dict[str, Any], at: int, id: str) -> None:
        if self._tools and self._name not in self._tools:
            self.note(f"no tool is called “{self._name[:100]}”", at)
        self._turn(self._texts, Text)
        self._deltas.append(CallEnd(len(self.calls), id))
        self.calls.append(Call(self._name, arguments, id))
        self._name = ""
        self.rest(layout=False)

    def drop(self, why: Broken, at: int) -> None:
        """What stood from `at` on is no call; the caller says it again as text."""
        if self._name:
            self._name = ""
            self._turn(self._texts, Text)
            self._deltas.append(CallDropped(len(self.calls)))
        if not isinstance(why, NoCall):
            self.note(str(why), at, lost=True)

    def note(self, what: str, at: int, *, lost: bool = False) -> None:
        if len(self.problems) < _MOST_PROBLEMS:
            self.problems.append(Problem(what, at, lost))

    def finish(self) -> None:
        """White space alone is an answer only where there is nothing else."""
        if self._gap and not self.calls and not self.thinking and not self._thoughts:
            self.blank = False
            self.say("".join(self._gap))
        self.rest(layout=False)

    def parsed(self) -> Parsed:
        return Parsed(tuple(self.calls), "".join(self._texts), tuple(self.problems), "".join(self._thoughts))


_MOST_CALLS = 10_000
_MOST_ARGUMENTS = 1000
_MOST_PROBLEMS = 1000
"""More than an answer holds, or a person reads: hostile text is not to fill the memory with them."""

_decode = json.JSONDecoder().raw_decode
_as_json = json.JSONEncoder(ensure_ascii=False).encode
_SPELLED: dict[type, Callable[[Any], str]] = {
    str: encode_basestring,
    int: int.__repr__,
    bool: ("false", "true").__getitem__,
}
"""How short values are written at once: for the rest Python makes an encoder anew each time."""
