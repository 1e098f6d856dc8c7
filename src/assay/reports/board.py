"""The terminal board: a line per entrant and suite, its interval drawn to one scale. It says what cannot
be told apart and gives no ranks. Knows rich; refuses to know where the numbers come from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import StringIO
from itertools import groupby
from typing import TYPE_CHECKING

from assay.reports.standing import Standing, Summary
from assay.reports.wording import cost, count, percent, seconds, span

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult

_BAR = 20
_COLUMNS = ("model", "solved", "interval", "0 ───── 50 ──── 100", "n of N", "missing", "per solved", "latency p50")
_ROOM = {"latency p50": 92, "0 ───── 50 ──── 100": 112, "per solved": 72}
"""On a terminal narrower than this many characters, a column gives way to what says more."""


def board(summary: Summary) -> list[RenderableType]:
    """What a rich console prints: notes, a table per run and suite, and what the intervals mean."""
    from rich.text import Text

    parts: list[RenderableType] = [Text(note, style="dim") for note in summary.notes]
    for (run, suite), standings in _by_suite(summary.standings):
        parts.append(_Table(_title(summary, run, suite), standings))
        parts.append(Text(reading(standings, level=summary.level)))
    return parts


class _Table:
    """One suite's table: rich asks it for lines when the width of the terminal is known."""

    def __init__(self, title: str, standings: Sequence[Standing]) -> None:
        self._title = title
        self._standings = standings

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        from rich.table import Table
        from rich.text import Text

        shown = [name for name in _COLUMNS if options.max_width >= _ROOM.get(name, 0)]
        table = Table(title=self._title, title_justify="left", title_style="bold", box=None, padding=(0, 2, 0, 0))
        for name in shown:
            if name == "model":
                table.add_column(name, overflow="fold", min_width=12)
            else:
                table.add_column(name, justify="left" if "─" in name else "right", no_wrap=True)
        for one in self._standings:
            cells = dict(zip(_COLUMNS, _row(one), strict=True))
            table.add_row(*(Text(cells[name]) for name in shown), style="dim" if one.built_in else "")
        yield table


def board_text(summary: Summary) -> str:
    """The same without colours and at its own width: for files, pipes and plain terminals."""
    from rich.console import Console

    out = StringIO()
    console = Console(file=out, width=160, color_system=None, highlight=False)
    for part in board(summary):
        console.print(part)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def reading(standings: Sequence[Standing], *, level: float) -> str:
    """What the intervals allow to be said: who overlaps with the highest score."""
    models = [one for one in standings if not one.built_in and one.accuracy is not None]
    if len(models) < 2:
        return f"Each interval holds the true rate on tasks like these at {percent(level, places=0)}."
    top = models[0]
    near = [one.model for one in models[1:] if (one.ci_high or 0.0) >= (top.ci_low or 0.0)]
    if not near:
        return f"The interval of {top.model} overlaps with no other; each is at {percent(level, places=0)} by itself."
    return (
        f"Not distinguishable from {top.model} by these intervals, which overlap: {', '.join(near)}. "
        f"The order of the lines is no ranking; each interval is at {percent(level, places=0)} by itself."
    )


def bar(low: float | None, value: float | None, high: float | None, *, width: int = _BAR) -> str:
    """An interval on a scale from 0 to 1: `├──●─┤`."""
    if low is None or value is None or high is None:
        return "·" * width
    first, dot, last = (min(width - 1, int(at * width)) for at in (low, value, high))
    cells = ["·"] * width
    cells[first : last + 1] = ["─"] * (last + 1 - first)
    cells[first], cells[last] = "├", "┤"
    cells[dot] = "●"
    return "".join(cells)


def _by_suite(standings: Iterable[Standing]) -> Iterable[tuple[tuple[str, str], list[Standing]]]:
    for key, group in groupby(standings, key=lambda one: (one.run, one.suite)):
        yield key, list(group)


def _title(summary: Summary, run: str, suite: str) -> str:
    return f"{suite}   (run {run})" if len(summary.runs) > 1 else suite


def _row(one: Standing) -> tuple[str, ...]:
    missing = "0"
    if one.missing:
        missing = f"{one.missing} [{span(one.worst, one.best)}]"
    return (
        f"{one.model} (not a model)" if one.built_in else one.model,
        percent(one.accuracy),
        span(one.ci_low, one.ci_high),
        bar(one.ci_low, one.accuracy, one.ci_high),
        f"{count(one.judged)} of {count(one.trials)}",
        missing,
        cost(one.cost_per_solved, one.cost_source) if one.passed else "–",
        seconds(one.latency_p50),
    )
