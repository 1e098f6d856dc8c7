"""What `assay compare` found, suite by suite, and the same as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from assay.reports.comparison import Apart, Pair
from assay.reports.comparison_words import (
    answer,
    costs,
    grounds,
    p_value,
    per_solved,
    points,
    slice_line,
    standing_out,
    telling_lines,
    times,
)
from assay.reports.gating import Checked, FalseAlarms
from assay.reports.ranking import Ranking
from assay.reports.wording import counted, percent
from assay.stats.gates import Answer

_MOST_PAIRS = 40
"""Pairs that are printed: the JSON has them all."""

_SIGNS = {Answer.YES: "pass     ", Answer.NO: "FAIL     ", Answer.UNDECIDED: "undecided"}


class OnSuite(msgspec.Struct, frozen=True, kw_only=True):
    """One suite: all pairs, and of more than two entrants who may be the best."""

    suite: str
    pairs: tuple[Pair, ...]
    ranking: Ranking | None = None
    checked: tuple[Checked, ...] = ()
    false_alarms: FalseAlarms | None = None


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a comparison says."""

    suites: tuple[OnSuite, ...]
    notes: tuple[str, ...]
    """What differs in how they were asked and judged, what is unknown, and what was left out."""
    gate: Answer | None = None
    """Whether the candidate passes; `None` without a gate."""
    level: float = 0.95


def lines(found: Compared) -> Iterator[str]:
    """The answer first, then what it rests on."""
    for one in found.suites:
        if one.ranking is not None and len(one.ranking.ranks) > 2:
            yield from _many(one, one.ranking, level=found.level)
        else:
            for pair in one.pairs:
                yield from _two(pair)
        yield from _gate(one)
        yield ""
    yield from (f"note: {note}" for note in found.notes)
    if found.gate is not None:
        yield f"gate: {_SIGNS[found.gate].strip()}"


def _two(pair: Pair) -> Iterator[str]:
    yield f"{pair.suite}: {answer(pair)}"
    yield ""
    first, second = costs(pair)
    rows = [
        ("", pair.first, pair.second, "the second against the first"),
        ("solved", percent(pair.apart.first), percent(pair.apart.second), _apart(pair.apart)),
        *(
            [("earned", percent(pair.earned.first), percent(pair.earned.second), _apart(pair.earned))]
            if pair.earned
            else []
        ),
        ("cost", first, second, times(pair.cost)),
        (
            "per solved",
            per_solved(pair.per_solved_first),
            per_solved(pair.per_solved_second),
            times(pair.cost_per_solved),
        ),
        ("waiting", "", "", times(pair.seconds)),
    ]
    yield from _table(rows)
    yield ""
    yield from (f"  {line}" for line in grounds(pair))
    if pair.slices:
        yield f"  by slice, the second less the first (* told apart, corrected for all {len(pair.slices)}):"
        yield from (f"    {slice_line(one)}" for one in pair.slices)
    yield from (f"  {line}" for line in telling_lines(pair))


def _many(one: OnSuite, ranking: Ranking, *, level: float) -> Iterator[str]:
    for line in standing_out(ranking):
        yield f"{one.suite}: {line}"
    yield ""
    told = sum(pair.apart.p_adjusted is not None and pair.apart.p_adjusted <= 1 - level for pair in one.pairs)
    yield (
        f"  {told} of {counted(len(one.pairs), 'pair')} told apart on {counted(ranking.tasks, 'common task')},"
        " corrected for all of them at once; models that share a letter are not:"
    )
    rows = [("", "ranks", "letters", "")]
    rows += [
        (rank.label, f"{rank.low}–{rank.high}", rank.letters, "may be the best" if rank.maybe_best else "")
        for rank in ranking.ranks
    ]
    yield from _table(rows)
    yield ""
    rows = [("second less first", "points", "between", "corrected")]
    rows += [
        (
            f"{pair.first} → {pair.second}",
            points(pair.apart.difference),
            f"{points(pair.apart.low)} to {points(pair.apart.high)}",
            p_value(pair.apart.p if pair.apart.p_adjusted is None else pair.apart.p_adjusted),
        )
        for pair in one.pairs[:_MOST_PAIRS]
    ]
    yield from _table(rows)
    if len(one.pairs) > _MOST_PAIRS:
        yield f"  … and {len(one.pairs) - _MOST_PAIRS} more pairs: --json prints them all"


def _gate(one: OnSuite) -> Iterator[str]:
    for checked in one.checked:
        wanted = "" if checked.tasks_wanted is None else f"; about {checked.tasks_wanted:,} tasks would decide it"
        yield f"  {_SIGNS[checked.passes]} {checked.metric}: {checked.said}{wanted}"
    found = one.false_alarms
    if found is not None and found.checks:
        yield (
            f"  of {found.checks} pairs of equals made from this data the gate fails {found.failed}"
            f" ({percent(found.failed / found.checks)}) and leaves {found.undecided} undecided"
        )


def _apart(one: Apart) -> str:
    return f"{points(one.difference)} points ({points(one.low)} to {points(one.high)})"


def _table(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Columns as wide as their widest cell; lines that say nothing are left out."""
    told = [row for row in rows if any(row[1:])]
    widths = [max(len(row[at]) for row in told) for at in range(len(told[0]))]
    for row in told:
        yield "  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
