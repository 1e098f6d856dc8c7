"""Dialects whose calls are JSON objects behind a marker: Hermes and its many relatives.

Knows their markers and keys. What is between the markers is read by `objects`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

import msgspec

from assay.formats.tools.base import PLAIN, Call, Carries
from assay.formats.tools.dialect import Dialect
from assay.formats.tools.layout import THINK, Reader, Thinking, marked
from assay.formats.tools.marks import Marks
from assay.formats.tools.objects import Shape, read_objects, written, written_list
from assay.formats.tools.source import Source, Step


class Tags(msgspec.Struct, frozen=True, kw_only=True):
    """What stands around the objects."""

    starts: tuple[str, ...]
    ends: tuple[str, ...] = ()
    """None: the objects end by themselves."""
    shape: Shape = Shape()
    form: str
    """As it is written, `%s` for what it holds."""
    holds: Literal["one", "lines", "list"] = "one"
    """An object each; all objects on lines of their own; a list of them."""
    between: str = "\n"
    unread: int = 0
    """How much of a start is the objects' own."""
    ends_itself: bool = False
    """A missing end is nothing to speak of."""


_FENCE = Marks("```json", "```")


def tagged(
    name: str,
    tags: Tags,
    *,
    summary: str,
    carries: Carries = PLAIN,
    thinking: Thinking | None = THINK,
    silent: tuple[str, ...] = (),
) -> Dialect:
    """A dialect with these markers."""
    return Dialect(
        name=name,
        summary=summary,
        grammar=marked(dict.fromkeys(tags.starts, _reader(tags)), thinking, silent=silent),
        writer=_writer(tags),
        carries=carries,
    )


def _reader(tags: Tags) -> Reader:
    ends = Marks(*tags.ends) if tags.ends else None
    stop = Marks(*tags.ends, "```")

    def read(source: Source) -> Step:
        source.at -= tags.unread
        yield from source.skip_blank()
        fence = yield from source.accept(_FENCE)
        if fence:
            source.forgive("a code fence within the markers")
        yield from read_objects(source, tags.shape, stop=stop)
        source.unmark()
        if fence:
            yield from source.skip_blank()
            yield from source.accept(_FENCE)
        if ends:
            yield from _leave(source, ends, quiet=tags.ends_itself)

    return read


def _leave(source: Source, ends: Marks, *, quiet: bool) -> Step:
    """Reads over the end marker, and over what models put before it."""
    while (yield from source.skip_blank()) == "}":
        source.forgive("a closing brace too many")
        source.at += 1
    if not (yield from source.accept(ends)) and not quiet:
        source.forgive(f"{ends.words[0]} is missing")


def _writer(tags: Tags) -> Callable[[Sequence[Call]], str]:
    def write(calls: Sequence[Call]) -> str:
        if tags.holds == "list":
            return tags.form.replace("%s", written_list(calls, tags.shape))
        objects = [written(call, tags.shape) for call in calls]
        if tags.holds == "lines":
            return tags.form.replace("%s", "\n".join(objects))
        return tags.between.join(tags.form.replace("%s", text) for text in objects)

    return write


HERMES = tagged(
    "hermes",
    Tags(starts=("<tool_call>",), ends=("</tool_call>",), form="<tool_call>\n%s\n</tool_call>"),
    summary='<tool_call>{"name": …, "arguments": {…}}</tool_call>, one pair a call',
)
