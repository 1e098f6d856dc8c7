"""A comparison in words: the answer first, then what it rests on. Refuses to compute."""

from __future__ import annotations

import math
from collections.abc import Iterator

from assay.reports.comparison import Apart, Pair, PerSolved, Times
from assay.reports.ranking import Ranking
from assay.reports.wording import cost, counted, dollars, named, percent

_TASKS = 5
"""How many a line names before it says how many more there are."""


def answer(pair: Pair) -> str:
    """The one sentence that was asked for."""
    return f"{_who_is_better(pair)}{_at_what_price(pair)}."


def points(value: float, *, sign: bool = True) -> str:
    """A share as points, with its sign, and never as `-0.0`."""
    said = f"{100 * value:+.1f}" if sign else f"{100 * value:.1f}"
    return said.replace("-", "−") if float(said) else "0.0"


def p_value(p: float) -> str:
    if not math.isfinite(p):
        return "–"
    return "p < 0.0001" if p < 1e-4 else f"p = {p:.2g}" if p < 0.1 else f"p = {p:.2f}"


def grounds(pair: Pair) -> Iterator[str]:
    """How the tasks fall, what is missing and what that could change, how it was computed."""
    one = pair.apart
    if pair.paired:
        same = one.tasks - one.first_only - one.second_only
        yield (
            f"{counted(one.tasks, 'common task')}: {pair.first} better at {one.first_only},"
            f" {pair.second} better at {one.second_only}, the same at {same}"
        )
    else:
        yield (
            f"no common task: {pair.first} and {pair.second} were judged on different ones, so this is no paired"
            " comparison and says much less"
        )
    exact = "" if one.p_exact == one.p else f" (exact: {p_value(one.p_exact)})"
    yield f"{p_value(one.p)}{exact}; {one.method}; on tasks like these"
    if pair.missing:
        yield (
            f"{counted(pair.missing, 'trial')} missing: they could make the difference anything from"
            f" {points(pair.worst)} to {points(pair.best)} points"
        )


def times(found: Times | None) -> str:
    """`0.21 × (0.18 to 0.25)`."""
    if found is None:
        return "unknown"
    high = "∞" if not math.isfinite(found.high) else f"{found.high:.2g}"
    return f"{found.value:.2g} × ({found.low:.2g} to {high})"


def per_solved(found: PerSolved | None) -> str:
    """`$0.48 ($0.45 to $0.52)`."""
    if found is None:
        return ""
    value, low, high = ("∞" if math.isinf(one) else dollars(one) for one in (found.value, found.low, found.high))
    return f"{value} ({low} to {high})"


def slice_line(one: Apart) -> str:
    sure = "" if not one.p_adjusted or one.p_adjusted > 0.05 else "  *"
    return (
        f"{one.slice} {one.value}: {points(one.difference)} ({points(one.low)} to {points(one.high)}),"
        f" {counted(one.tasks, 'task')}{sure}"
    )


def telling_lines(pair: Pair) -> Iterator[str]:
    """The tasks that tell the two apart, the first few of each side."""
    first = [one.task for one in pair.telling if one.first > one.second]
    second = [one.task for one in pair.telling if one.second > one.first]
    for name, tasks, total in (
        (pair.first, first, pair.apart.first_only),
        (pair.second, second, pair.apart.second_only),
    ):
        if tasks:
            yield f"better by {name}: {named(tasks, total=total, most=_TASKS)}"


def standing_out(ranking: Ranking) -> list[str]:
    """Who may be the best, and which of those to take."""
    best = [one.label for one in ranking.ranks if one.maybe_best]
    if len(best) == 1:
        lines = [f"{best[0]} is the best of {len(ranking.ranks)} on tasks like these."]
    else:
        lines = [f"Any of these {len(best)} may be the best of {len(ranking.ranks)}: {named(best)}."]
    picks = [
        (f"the cheapest of them is {ranking.cheapest}" if ranking.cheapest and len(best) > 1 else ""),
        (f"the fastest {ranking.fastest}" if ranking.fastest and len(best) > 1 else ""),
        (f"private {named(ranking.private)}" if ranking.private else ""),
    ]
    said = [pick for pick in picks if pick]
    if said:
        line = ", ".join(said)
        lines.append(f"{line[0].upper()}{line[1:]}.")
    if ranking.frontier:
        frontier = [f"{label} ({percent(chance, places=0)})" for label, chance in ranking.frontier]
        lines.append(
            f"Nobody is both better and cheaper than {named(frontier)}: in brackets, how likely among such tasks."
        )
    if ranking.left_out:
        lines.append(f"Not ranked, judged on too few of the same tasks: {named(ranking.left_out)}.")
    return lines


def _who_is_better(pair: Pair) -> str:
    one = pair.apart
    if not one.decided:
        side = "more" if one.difference > 0 else "fewer"
        seen = f"{points(abs(one.difference), sign=False)} points {side}" if one.difference else "as many"
        return (
            f"{pair.first} and {pair.second} cannot be told apart: the second solves {seen},"
            f" and the truth is between {points(one.low)} and {points(one.high)} at {percent(pair.level, places=0)}"
        )
    better, worse, low, high = (
        (pair.second, pair.first, one.low, one.high)
        if one.difference > 0
        else (pair.first, pair.second, -one.high, -one.low)
    )
    return (
        f"{better} solves {points(abs(one.difference), sign=False)} points more than {worse},"
        f" between {points(low, sign=False)} and {points(high, sign=False)} at {percent(pair.level, places=0)}"
    )


def _at_what_price(pair: Pair) -> str:
    if pair.cost is None:
        return ""
    if 0.95 < pair.cost.value < 1.05:
        return "; both cost the same"
    dearer, cheaper, ratio = (
        (pair.second, pair.first, pair.cost.value)
        if pair.cost.value > 1
        else (pair.first, pair.second, 1 / pair.cost.value)
    )
    return f"; {cheaper} costs {_fraction(ratio)} of {dearer}"


def _fraction(ratio: float) -> str:
    """1 ÷ ratio, as people say it."""
    if ratio >= 1000:
        return "less than a thousandth"
    whole = {2: "half", 3: "a third", 4: "a quarter", 5: "a fifth", 10: "a tenth"}.get(round(ratio))
    if whole and abs(ratio - round(ratio)) < 0.05 * ratio:
        return whole
    return f"{100 / ratio:.0f} %" if ratio < 100 else f"{100 / ratio:.1f} %"


def costs(pair: Pair) -> tuple[str, str]:
    """Of the first and of the second, on the common tasks."""
    return cost(pair.cost_first, ""), cost(pair.cost_second, "")
