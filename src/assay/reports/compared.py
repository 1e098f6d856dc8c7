"""What `assay compare` found, suite by suite, and the same as lines for a terminal or as a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

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
from assay.reports.markdown import escaped, table
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


class Said(NamedTuple):
    """A sentence, and how deep it stands below the answer."""

    text: str
    depth: int = 0


class Rows(NamedTuple):
    """A table, its head first."""

    rows: Sequence[tuple[str, ...]]


def lines(found: Compared) -> Iterator[str]:
    """For a terminal: the answer first, then what it rests on."""
    for one in found.suites:
        for part in _parts(one, level=found.level):
            if isinstance(part, Rows):
                yield ""
                yield from _aligned(part.rows)
                yield ""
            else:
                yield f"{'  ' * part.depth}{part.text}"
        yield ""
    yield from (f"note: {note}" for note in found.notes)
    if found.gate is not None:
        yield f"gate: {_SIGNS[found.gate].strip()}"


def document(found: Compared) -> str:
    """The same in Markdown, whole. What was compared although it was not judged alike stands in it as well."""
    blocks = ["# Comparison"]
    if found.gate is not None:
        blocks.append(f"Gate: **{_SIGNS[found.gate].strip()}**")
    for one in found.suites:
        blocks.append(f"## {escaped(one.suite)}")
        for part in _parts(one, level=found.level):
            if isinstance(part, Rows):
                blocks.append(table(*_told(part.rows)))
            elif part.depth == 0:
                blocks.append(escaped(part.text))
            else:
                line = f"{'  ' * (part.depth - 1)}- {escaped(part.text)}"
                blocks[-1:] = [f"{blocks[-1]}\n{line}"] if blocks[-1].lstrip().startswith("- ") else [blocks[-1], line]
    blocks.append("\n".join(f"- {escaped(note)}" for note in found.notes))
    return "\n\n".join(block for block in blocks if block) + "\n"


def _parts(one: OnSuite, *, level: float) -> Iterator[Said | Rows]:
    if one.ranking is not None and len(one.ranking.ranks) > 2:
        yield from _many(one, one.ranking, level=level)
    else:
        for pair in one.pairs:
            yield from _two(pair)
    yield from _gate(one)


def _two(pair: Pair) -> Iterator[Said | Rows]:
    yield Said(f"{pair.suite}: {answer(pair)}")
    first, second = costs(pair)
    rows = [
        ("", pair.first, pair.second, "the second against the first"),
        ("solved", percent(pair.apart.first), percent(pair.apart.second), _apart(pair.apart)),
        *(
            [("earned", percent(pair.earned.first), percent(pair.earned.second), _apart(pair.earned))]
            if pair.earned
            else []
        ),
        ("cost", first, second, times(pair.cost) if pair.cost_first or pair.cost_second else ""),
        (
            "per solved",
            per_solved(pair.per_solved_first),
            per_solved(pair.per_solved_second),
            times(pair.cost_per_solved),
        ),
        ("waiting", "", "", times(pair.seconds)),
    ]
    yield Rows(rows)
    yield from (Said(line, 1) for line in grounds(pair))
    if pair.slices:
        yield Said(f"by slice, the second less the first (* told apart, corrected for all {len(pair.slices)}):", 1)
        yield from (Said(slice_line(one), 2) for one in pair.slices)
    yield from (Said(line, 1) for line in telling_lines(pair))


def _many(one: OnSuite, ranking: Ranking, *, level: float) -> Iterator[Said | Rows]:
    yield from (Said(f"{one.suite}: {line}") for line in standing_out(ranking))
    told = sum(pair.apart.p_adjusted is not None and pair.apart.p_adjusted <= 1 - level for pair in one.pairs)
    yield Said(
        f"{told} of {counted(len(one.pairs), 'pair')} told apart on {counted(ranking.tasks, 'common task')},"
        " corrected for all of them at once; models that share a letter are not:"
    )
    rows = [("", "ranks", "letters", "")]
    rows += [
        (rank.label, f"{rank.low}–{rank.high}", rank.letters, "may be the best" if rank.maybe_best else "")
        for rank in ranking.ranks
    ]
    yield Rows(rows)
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
    yield Rows(rows)
    if len(one.pairs) > _MOST_PAIRS:
        yield Said(f"… and {len(one.pairs) - _MOST_PAIRS} more pairs: --json prints them all", 1)


def _gate(one: OnSuite) -> Iterator[Said]:
    for checked in one.checked:
        wanted = "" if checked.tasks_wanted is None else f"; about {checked.tasks_wanted:,} tasks would decide it"
        yield Said(f"{_SIGNS[checked.passes]} {checked.metric}: {checked.said}{wanted}", 1)
    found = one.false_alarms
    if found is not None and found.checks:
        yield Said(
            f"of {found.checks} pairs of equals made from this data the gate fails {found.failed}"
            f" ({percent(found.failed / found.checks)}) and leaves {found.undecided} undecided",
            1,
        )


def _apart(one: Apart) -> str:
    return f"{points(one.difference)} points ({points(one.low)} to {points(one.high)})"


def _told(rows: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], Sequence[tuple[str, ...]]]:
    """The head, and the lines that say something."""
    head, *rest = rows
    return head, [row for row in rest if any(row[1:])]


def _aligned(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Columns as wide as their widest cell."""
    head, rest = _told(rows)
    widths = [max(len(row[at]) for row in (head, *rest)) for at in range(len(head))]
    for row in (head, *rest):
        yield "  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
