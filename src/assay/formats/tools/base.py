"""The values of the seam that every tool-call dialect implements: what a reader hands out.

Knows what a call is, whole and in pieces. Refuses to know any dialect, and which of them a model speaks.
"""

from __future__ import annotations

import json
from typing import Any, Literal, Protocol

import msgspec

from assay.core.messages import ToolCall


class Call(msgspec.Struct, frozen=True, omit_defaults=True):
    """One call, its arguments as values."""

    name: str
    arguments: dict[str, Any] = {}
    id: str = ""
    """As the model wrote it; empty where the dialect has none."""

    def spoken(self, *, id: str = "") -> ToolCall:
        """As a turn of a conversation holds it; `id` is for a dialect that has none."""
        return ToolCall(id=self.id or id, name=self.name, arguments=json.dumps(self.arguments, ensure_ascii=False))


class Problem(msgspec.Struct, frozen=True):
    """What was forgiven, or could not be."""

    what: str
    at: int
    """How many characters of the answer came before."""
    lost: bool = False
    """No call came of it: what stood there is in the text."""


class Parsed(msgspec.Struct, frozen=True):
    """A whole answer, taken apart. Nothing is lost: what is no call is text or reasoning."""

    calls: tuple[Call, ...] = ()
    text: str = ""
    problems: tuple[Problem, ...] = ()
    reasoning: str = ""


class Text(msgspec.Struct, frozen=True, gc=False):
    """A piece of what is said to the user."""

    text: str


class Thought(msgspec.Struct, frozen=True, gc=False):
    """A piece of the reasoning."""

    text: str


class CallStart(msgspec.Struct, frozen=True, gc=False):
    """A call begins. `id` may come with its end only."""

    index: int
    name: str
    id: str = ""


class ArgumentText(msgspec.Struct, frozen=True, gc=False):
    """A piece of the arguments' JSON text; the pieces joined are one object."""

    index: int
    text: str


class CallEnd(msgspec.Struct, frozen=True, gc=False):
    """The call is whole."""

    index: int
    id: str = ""


class CallDropped(msgspec.Struct, frozen=True, gc=False):
    """What had begun as a call is none after all; it follows as text, and its index is free again."""

    index: int


Delta = Text | Thought | CallStart | ArgumentText | CallEnd | CallDropped


class Stream(Protocol):
    """One answer as it comes in. Never raises on what is fed."""

    def feed(self, piece: str) -> list[Delta]: ...

    def finish(self) -> list[Delta]:
        """What was held back, now that nothing more will come."""
        ...

    def parsed(self) -> Parsed:
        """What was gathered so far; after `finish`, what `parse` would say of the whole."""
        ...


class Unrepresentable(Exception):
    """Raised for calls that a dialect cannot say; the text is the reason."""


class Carries(msgspec.Struct, frozen=True, kw_only=True):
    """What a dialect can say."""

    several: bool = True
    """More than one call in an answer."""
    ids: bool = False
    """Calls have ids of their own."""
    text_before: bool = True
    text_after: bool = True
    types: Literal["json", "python", "marked", "schema"] = "json"
    """How a value's type is told: as JSON, as a Python literal, by a mark at the value, or not at all: then
    the tool's schema says what it is, and what has no schema is a string."""
    limits: tuple[str, ...] = ()
    """What else cannot be said, one phrase each."""


PLAIN = Carries()
"""JSON's types, several calls, text around them, no ids."""
