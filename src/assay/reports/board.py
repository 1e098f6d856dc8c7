"""The terminal board: a line per entrant and suite, its interval drawn to one scale, and the ranks that the
data allow. It says what cannot be told apart. Knows rich; refuses to know where the numbers come from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from io import StringIO
from itertools import groupby
from typing import TYPE_CHECKING

from assay.reports.standing import Standing, Summary
from assay.reports.variants import said
from assay.reports.wording import cost, count, named, percent, seconds, span
from assay.stats.binomial import Limits
from assay.stats.estimands import DEFAULT

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderableType, RenderResult

_BAR = 20
_NAMED = 8
"""Models that may be the best, before the line says how many more there are."""
_COLUMNS = (
    "model",
    "solved",
    "interval",
    "rank",
    "0 ───── 50 ──── 100",
    "n of N",
    "missing",
    "per solved",
    "latency p50",
)
_ROOM = {"latency p50": 92, "0 ───── 50 ──── 100": 112, "per solved": 72}
"""On a terminal narrower than this many characters, a column gives way to what says more."""


def board(summary: Summary) -> list[RenderableType]:
    """What a rich console prints: notes, a table per run and suite, and what the intervals mean."""
    from rich.text import Text

    parts: list[RenderableType] = [Text(note, style="dim") for note in summary.notes]
    for (suite, runs), standings in _by_suite(summary.standings):
        parts.append(_Table(_title(summary, suite, runs), standings))
        parts.append(Text(reading(standings, summary)))
    parts += [Text(line) for line in said(summary.gaps)]
    return parts


class _Table:
    """One suite's table: rich asks it for lines when the width of the terminal is known."""

    def __init__(self, title: str, standings: Sequence[Standing]) -> None:
        self._title = title
        self._standings = standings

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        from rich.table import Table
        from rich.text import Text

        ranked = any(one.rank_low is not None for one in self._standings)
        shown = [name for name in _COLUMNS if options.max_width >= _ROOM.get(name, 0) and (ranked or name != "rank")]
        table = Table(title=self._title, title_justify="left", title_style="bold", box=None, padding=(0, 2, 0, 0))
        for name in shown:
            if name == "model":
                table.add_column(name, overflow="fold", min_width=12)
            else:
                table.add_column(name, justify="left" if "─" in name else "right", no_wrap=True)
        for one, name in zip(self._standings, names(self._standings), strict=True):
            cells = dict(zip(_COLUMNS, _row(one, name), strict=True))
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


def reading(standings: Sequence[Standing], summary: Summary) -> str:
    """What may be said of those of one board together: who may be the best."""
    about, where = summary.about, percent(summary.level, places=0)
    models = [one for one in standings if not one.built_in and one.accuracy is not None]
    made = "" if summary.limits is Limits.WILSON else f" ({summary.limits})"
    each = f"Each interval{made} holds the true rate on {about} at {where}"
    if len(models) < 2:
        return f"{each}."
    if not any(one.rank_low is not None for one in models):
        return f"{each}, by itself; there are no tasks in common to rank by."
    if about is DEFAULT:
        rest = f"At {where} on {DEFAULT}; ranks and letters hold together, intervals{made} each by itself."
    else:
        rest = f"At {where}; intervals{made} are about {about}, ranks and letters about {DEFAULT}."
    return f"{_best(standings)}. {rest}"


def names(standings: Sequence[Standing]) -> list[str]:
    """The models' names, with the run in front where one table holds the same of several."""
    often = Counter(one.model for one in standings)
    return [one.model if often[one.model] == 1 else f"{one.run}:{one.model}" for one in standings]


def _best(standings: Sequence[Standing]) -> str:
    models = [(name, one) for name, one in zip(names(standings), standings, strict=True) if not one.built_in]
    best = [name for name, one in models if one.maybe_best]
    ranked = sum(one.rank_low is not None for _, one in models)
    among = "" if ranked == len(models) else f"Of the {ranked} that have tasks in common: "
    if len(best) == 1:
        return f"{among}{best[0]} is the best on tasks like these"
    return f"{among}{'may' if among else 'May'} be the best: {named(best, most=_NAMED)}"


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
    for key, group in groupby(standings, key=lambda one: (one.suite, one.table)):
        yield key, list(group)


def _title(summary: Summary, suite: str, runs: str) -> str:
    if len(summary.runs) == 1:
        return suite
    return f"{suite}   (run{'s' * (',' in runs)} {runs})"


def _rank(one: Standing) -> str:
    if one.rank_low is None or one.rank_high is None:
        return ""
    places = f"{one.rank_low}" if one.rank_low == one.rank_high else f"{one.rank_low}–{one.rank_high}"
    return f"{places} {one.letters}"


def _row(one: Standing, name: str) -> tuple[str, ...]:
    missing = "0"
    if one.missing:
        missing = f"{one.missing} [{span(one.worst, one.best)}]"
    return (
        f"{name} (not a model)" if one.built_in else name,
        percent(one.accuracy),
        span(one.ci_low, one.ci_high),
        _rank(one),
        bar(one.ci_low, one.accuracy, one.ci_high),
        f"{count(one.judged)} of {count(one.trials)}",
        missing,
        cost(one.cost_per_solved, one.cost_source) if one.passed else "–",
        seconds(one.latency_p50),
    )
