"""A grammar at work on one answer."""

from __future__ import annotations

from collections.abc import Sequence

from assay.core.messages import Tool
from assay.formats.tools.base import Delta, Parsed
from assay.formats.tools.source import Grammar, Source


class AnswerStream:
    """Feeds a grammar and hands out what it finds."""

    def __init__(self, grammar: Grammar, tools: Sequence[Tool], *, thinking: bool) -> None:
        self._source = Source(tools, thinking=thinking)
        self._sink = self._source.sink
        self._run = grammar(self._source)
        self._go_on = self._run.__next__

    def feed(self, piece: str) -> list[Delta]:
        """Never raises; what comes after `finish` is ignored."""
        source = self._source
        if (plain := source.plain) and piece and plain(piece):
            source.parts.append(piece)
            return [source.make(piece)] if source.make else []
        if source.ended or not piece:
            return []
        source.add(piece)
        more = source.more
        if more is None or not more():
            source.more = None
            self._go_on()
        return self._sink.handed_out()

    def finish(self) -> list[Delta]:
        source = self._source
        if not source.ended:
            source.add("")
            source.ended, source.more = True, None
            for _ in self._run:
                pass
            self._sink.finish()
        return self._sink.handed_out()

    def parsed(self) -> Parsed:
        return self._sink.parsed()
