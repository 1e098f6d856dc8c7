"""How an answer is laid out: text, reasoning, and calls where a marker stands.

Knows the loop that all dialects with markers share. Refuses to know what stands behind a marker.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Mapping
from typing import NamedTuple

from assay.formats.tools.marks import Head, Marks
from assay.formats.tools.sink import Broken
from assay.formats.tools.source import Grammar, Source, Step

Reader = Callable[[Source], Step]
"""Reads what stands behind a marker; raises Broken where that is no call."""


class Thinking(NamedTuple):
    """How reasoning is marked. A call in the midst of it ends it, as engines have it, unless calls there are
    only talked about."""

    opening: str = "<think>"
    closing: str = "</think>"
    calls_inside: bool = True
    opened: bool = False
    """The prompt opens it, so that an end without a beginning is nothing to speak of."""
    others: tuple[tuple[str, str], ...] = ()
    """Further pairs of marks."""

    @property
    def openings(self) -> tuple[str, ...]:
        return (self.opening, *(opening for opening, _ in self.others))

    @property
    def closings(self) -> tuple[str, ...]:
        return (self.closing, *(closing for _, closing in self.others))


THINK = Thinking()


TURN_ENDS = ("<|im_end|>", "<|eot_id|>", "<|eom_id|>", "<|eot|>", "<|endoftext|>", "<|end_of_text|>")
"""What some servers leave at the end of an answer."""


_MOST_FAILURES = 1000
"""After so many markers in a row without a call behind them, no more are looked for."""


def marked(
    readers: Mapping[str, Reader],
    thinking: Thinking | None = THINK,
    *,
    silent: tuple[str, ...] = (),
    heads: Mapping[str, Head] = {},
    first: Reader | None = None,
) -> Grammar:
    """A grammar of text, reasoning, and what stands behind each of the markers.

    `silent` markers are layout; `heads` says which of the markers are the first characters of heads, and of which;
    `first` may find a call at the beginning of the answer.
    """
    turns = (*thinking.openings, *thinking.closings) if thinking else ()
    others = (*turns, *silent, *TURN_ENDS)
    marks = Marks(*(word for word in readers if word not in heads), *others, heads=heads.values())
    calm = Marks(*others)

    def grammar(source: Source) -> Step:
        failures = 0
        if first:
            source.mark()
            yield from _attempt(source, "", first, thinking)
        while word := (yield from source.say_until(marks if failures < _MOST_FAILURES else calm)):
            if word in readers:
                known = len(source.sink.calls)
                yield from _attempt(source, word, readers[word], thinking)
                failures = failures + 1 if known == len(source.sink.calls) else 0
            elif thinking and word in turns:
                _turn(source, word, thinking)
            else:
                source.sink.rest(layout=True)
                source.unmark()
        if source.sink.thinking:
            source.sink.note("the reasoning does not end", source.place)
        if failures >= _MOST_FAILURES:
            source.sink.note("too much that looks like a call: not all of it was read", source.place)

    return grammar


def _attempt(source: Source, word: str, reader: Reader, thinking: Thinking | None) -> Step:
    if source.sink.thinking:
        yield from _attempt_within(source, word, reader, thinking)
        return
    try:
        yield from reader(source)
    except Broken as why:
        source.give_back(why)
    source.unmark()


def _attempt_within(source: Source, word: str, reader: Reader, thinking: Thinking | None) -> Step:
    """As `_attempt`, in the midst of reasoning."""
    sink = source.sink
    if thinking and not thinking.calls_inside:
        sink.say(word)
        source.unmark()
        return
    known, broken = len(sink.calls), None
    try:
        yield from reader(source)
    except Broken as why:
        broken = why
    at = source.marked if broken else source.place
    interrupted = sink.thinking and len(sink.calls) > known
    if interrupted:
        sink.think(False)
    if broken:
        source.give_back(broken)
    source.unmark()
    if interrupted:
        sink.note("a call within the reasoning", at)


def _turn(source: Source, word: str, thinking: Thinking) -> None:
    opens = word in thinking.openings
    if opens == source.sink.thinking:
        if opens and source.sink.thought:
            source.sink.say(word)
        elif opens:
            source.sink.rest(layout=True)
        else:
            if not thinking.opened:
                source.forgive(f"{word} without {thinking.opening}: what came before is told as text")
            source.sink.rest(layout=True)
    else:
        source.sink.think(opens)
    source.unmark()


_FENCE = Marks("```")
_WORD = re.compile(r"\w++")
_FENCED = re.compile(r"```(\w{0,40}+)(?=\W)")


def enter_fence(source: Source) -> Generator[None, None, str | None]:
    """Reads over the opening of a code fence; its language, or None where there is none."""
    if found := _FENCED.match(source.text, source.at):
        source.at = found.end()
        return found[1]
    if not (yield from source.accept(_FENCE)):
        return None
    return (yield from source.run(_WORD, limit=40))


def leave_fence(source: Source) -> Step:
    """Reads over the end of a fence, where it stands next."""
    if not source.over(_FENCE):
        yield from source.reach(_FENCE)
