"""A run as it goes: a live table on a terminal, plain lines elsewhere, JSON lines when asked."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Mapping
from types import TracebackType
from typing import Any

import msgspec

from assay.core.events import CallRetried, EntrantStopped, RunStarted, Spent, TrialDecided
from assay.core.trial import JUDGED, MISSING

_PLAIN_SECONDS = 10.0
_REASON = 240
_SHOWN = 8
_encoder = msgspec.json.Encoder()


class _Score:
    """One entrant so far."""

    def __init__(self) -> None:
        self.judged = 0
        self.points = 0.0
        self.missing = 0
        self.decided = 0
        self.usd = 0.0


class Progress:
    """A listener of core.events."""

    def __init__(self, owed: Mapping[str, int], *, jsonl: bool) -> None:
        """`owed`: per entrant's name, how many trials are to be run."""
        self._owed = owed
        self._scores = {name: _Score() for name in owed}
        self._jsonl = jsonl
        self._expected = 0
        self._decided = 0
        self._spent = 0.0
        self._begun = time.monotonic()
        self._last_line = self._begun
        self._live: Any = None
        self._told: set[str] = set()
        self._reasons: Counter[tuple[str, str]] = Counter()

    def __enter__(self) -> Progress:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.live import Live

            self._live = Live(
                get_renderable=self._table, console=Console(stderr=True), refresh_per_second=4, transient=True
            )
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live is not None:
            self._live.stop()

    def __call__(self, event: Any) -> None:
        if isinstance(event, TrialDecided):
            self._on_decided(event)
        elif isinstance(event, Spent):
            self._spent = event.usd
        elif isinstance(event, RunStarted):
            self._expected, self._begun = event.owed, time.monotonic()
        elif isinstance(event, EntrantStopped) and event.model not in self._told:
            self._told.add(event.model)
            self._say(f"{event.model}: given up, its remaining trials are not asked: {event.reason}")
        elif isinstance(event, CallRetried) and event.reason not in self._told:
            self._told.add(event.reason)
            self._say(f"{event.model}: {event.reason}; trying again in {event.wait:.1f} s (said once per reason)")

    def _on_decided(self, event: TrialDecided) -> None:
        decision = event.decision
        self._decided += 1
        score = self._scores.setdefault(decision.model, _Score())
        score.decided += 1
        score.usd += decision.cost_usd or 0.0
        if decision.status in JUDGED:
            score.judged += 1
            score.points += decision.score or 0.0
        if decision.status in MISSING:
            score.missing += 1
            self._reasons[decision.model, f"{decision.status.value}: {decision.reason[:_REASON]}"] += 1
        if self._jsonl:
            sys.stdout.buffer.write(_encoder.encode(decision) + b"\n")
            sys.stdout.flush()
        if self._live is None and time.monotonic() - self._last_line > _PLAIN_SECONDS:
            self._last_line = time.monotonic()
            self._say(self._line())

    def why_missing(self) -> list[str]:
        """The commonest reasons why trials of this session are missing, a line each."""
        return [f"{count:,} × {model}: {reason}" for (model, reason), count in self._reasons.most_common(_SHOWN)]

    def _say(self, text: str) -> None:
        if self._live is not None:
            self._live.console.print(text, markup=False, highlight=False)
        else:
            print(text, file=sys.stderr)

    def _line(self) -> str:
        seconds = max(time.monotonic() - self._begun, 1e-6)
        rate = self._decided / seconds
        left = (self._expected - self._decided) / rate if rate else 0.0
        money = ""
        if self._spent:
            to_come = sum(
                score.usd / score.decided * (self._owed[name] - score.decided)
                for name, score in self._scores.items()
                if score.decided
            )
            money = f", ${self._spent:.2f} spent, about ${self._spent + to_come:.2f} in the end"
        return f"{self._decided:,} of {self._expected:,} trials, {rate:.1f}/s, {_duration(left)} left{money}"

    def _table(self) -> Any:
        from rich.console import Group
        from rich.table import Table
        from rich.text import Text

        from assay.stats.binomial import wilson

        table = Table.grid(padding=(0, 2))
        for name, score in self._scores.items():
            if not score.judged:
                table.add_row(Text(name), "–", "")
                continue
            low, high = wilson(score.points, score.judged)
            missing = f"{score.missing} missing" if score.missing else ""
            table.add_row(
                Text(name),
                f"{score.points / score.judged:.1%}",
                f"[{low:.1%}, {high:.1%}] of {score.judged:,}",
                missing,
            )
        return Group(table, Text(self._line()))


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
