"""Two entrants on one suite, on the tasks that both were judged on: how far apart, how sure, at what price,
and what the missing trials could change. Pure: values in, values out. Refuses to know how it is shown."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from assay.reports.matrix import Matrix, Numbers
from assay.stats.compare import Difference, compare, compare_unpaired
from assay.stats.ratios import ratio_interval
from assay.stats.relative import Multiple, multiple

SLICED_BY = ("language", "category", "difficulty")

_TELLING = 200
"""Tasks that tell two entrants apart are listed up to this many."""


class Times(msgspec.Struct, frozen=True):
    """How many times as much the second takes as the first; `None` where it is unknown."""

    value: float
    low: float
    high: float


class PerSolved(msgspec.Struct, frozen=True):
    """Dollars for each solved task on tasks like these; `high` is infinite where nothing may be solved."""

    value: float
    low: float
    high: float


class Apart(msgspec.Struct, frozen=True, kw_only=True):
    """The second's mean score less the first's, on a suite or a slice of it."""

    slice: str = ""
    value: str = ""
    tasks: int
    first: float
    second: float
    difference: float
    low: float
    high: float
    p: float
    """Mid-p for single runs that are right or wrong, else by sign flips."""
    p_exact: float
    method: str
    first_only: int
    """Tasks that the first solves oftener than the second."""
    second_only: int
    p_adjusted: float | None = None
    """For how many slices, or pairs, were looked at."""

    @property
    def decided(self) -> bool:
        """The interval leaves one direction only."""
        return self.low > 0 or self.high < 0


class Telling(msgspec.Struct, frozen=True):
    """A task that one of the two does better at."""

    task: str
    first: float
    second: float


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """Everything about two entrants on one suite."""

    suite: str
    first: str
    second: str
    apart: Apart
    paired: bool
    """On the same tasks; else on whatever each was judged on, which says much less."""
    missing: int
    """Trials of either that were lost to the apparatus."""
    worst: float
    """The difference had all missing trials gone against the second; `best`: for it."""
    best: float
    cost_first: float | None
    """Dollars on the common tasks; `None` where one is unknown."""
    cost_second: float | None
    per_solved_first: PerSolved | None
    """Dollars per solved task, failed and repeated calls included; `None` where a cost is unknown."""
    per_solved_second: PerSolved | None
    cost: Times | None
    cost_per_solved: Times | None
    seconds: Times | None
    earned: Apart | None
    """The same with each task counted in the dollars that it is worth; `None` where they are worth none."""
    slices: tuple[Apart, ...]
    telling: tuple[Telling, ...]
    """The largest differences first."""
    level: float


def compare_two(matrix: Matrix, first: int, second: int, *, level: float = 0.95) -> Pair | None:
    """Rows `first` and `second` of `matrix`; `None` when one of them was judged on nothing."""
    both = matrix.rows([first, second])
    seen = np.isfinite(both.score)
    if not seen.any(axis=1).all():
        return None
    common = both.common()
    paired = bool(common.tasks)
    apart = apart_on(common, level=level) if paired else _unpaired(both, level=level)
    worst, best = _with_missing(both)
    return Pair(
        suite=matrix.suite,
        first=both.labels[0],
        second=both.labels[1],
        apart=apart,
        paired=paired,
        missing=int(both.missing.sum()),
        worst=worst,
        best=best,
        cost_first=_total(common.cost[0]),
        cost_second=_total(common.cost[1]),
        per_solved_first=_per_solved(common, 0, level=level),
        per_solved_second=_per_solved(common, 1, level=level),
        cost=times_on(common, "cost", level=level),
        cost_per_solved=times_on(common, "cost_per_solved", level=level),
        seconds=times_on(common, "seconds", level=level),
        earned=_earned(common, level=level),
        slices=_slices(common, level=level),
        telling=_telling(common),
        level=level,
    )


def apart_on(common: Matrix, *, level: float, by: str = "", value: str = "") -> Apart:
    """The two rows of `common`, whose tasks both were judged on."""
    first, second = common.score
    found = compare(second, first, runs_x=common.runs[1], runs_y=common.runs[0], level=level)
    return _as_apart(found, first, second, tasks=len(common.tasks), by=by, value=value)


def _unpaired(both: Matrix, *, level: float) -> Apart:
    first, second = (row[np.isfinite(row)] for row in both.score)
    found = compare_unpaired(second, first, level=level)
    return _as_apart(found, first, second, tasks=min(first.size, second.size), by="", value="")


def _as_apart(found: Difference, first: Numbers, second: Numbers, *, tasks: int, by: str, value: str) -> Apart:
    return Apart(
        slice=by,
        value=value,
        tasks=tasks,
        first=float(first.mean()),
        second=float(second.mean()),
        difference=found.value,
        low=found.low,
        high=found.high,
        p=found.p,
        p_exact=found.p_exact,
        method=found.method,
        first_only=int(found.second_only),
        second_only=int(found.first_only),
    )


def _earned(common: Matrix, *, level: float) -> Apart | None:
    worth = np.asarray(np.isfinite(common.bounty) & (common.bounty > 0), np.bool_)
    if not worth.any():
        return None
    common = common.columns(worth)
    first, second = common.score
    found = compare(second, first, runs_x=common.runs[1], runs_y=common.runs[0], weights=common.bounty, level=level)
    one = _as_apart(found, first, second, tasks=len(common.tasks), by="", value="")
    shares = (float(common.bounty @ row / common.bounty.sum()) for row in (first, second))
    return msgspec.structs.replace(one, **dict(zip(("first", "second"), shares, strict=True)))


def _slices(common: Matrix, *, level: float) -> tuple[Apart, ...]:
    """Each slice of the common tasks, where a suite has more than one of its kind."""
    from assay.stats.multiple import holm

    found: list[Apart] = []
    for by in SLICED_BY:
        of_task = np.array(getattr(common, by), dtype=object)
        values = sorted(set(of_task.tolist()) - {""})
        if len(values) > 1:
            found += [apart_on(common.columns(of_task == value), level=level, by=by, value=value) for value in values]
    adjusted = holm(np.array([one.p for one in found])) if found else ()
    return tuple(msgspec.structs.replace(one, p_adjusted=float(p)) for one, p in zip(found, adjusted, strict=True))


def _telling(common: Matrix) -> tuple[Telling, ...]:
    first, second = common.score
    apart = np.flatnonzero(first != second)
    order = sorted(apart.tolist(), key=lambda at: (-abs(second[at] - first[at]), common.tasks[at]))
    return tuple(Telling(common.tasks[at], float(first[at]), float(second[at])) for at in order[:_TELLING])


def _with_missing(both: Matrix) -> tuple[float, float]:
    """Over the tasks that both have judged or lost trials of."""
    owed = both.runs + both.missing
    reached = (owed > 0).all(axis=0)
    if not reached.any():
        return -1.0, 1.0
    right = np.nan_to_num(both.score) * both.runs
    low = (right / np.maximum(owed, 1))[:, reached]
    high = ((right + both.missing) / np.maximum(owed, 1))[:, reached]
    return float((low[1] - high[0]).mean()), float((high[1] - low[0]).mean())


def _total(values: Numbers) -> float | None:
    total = float(values.sum())
    return total if values.size and np.isfinite(total) else None


def times_on(common: Matrix, metric: str, *, level: float) -> Times | None:
    """`cost`, `cost_per_solved` or `seconds` of the second row over the first's."""
    values = common.seconds if metric == "seconds" else common.cost
    if not (values.size and np.isfinite(values).all()):
        return None
    solved = common.score * common.runs if metric == "cost_per_solved" else np.ones_like(values)
    found: Multiple = multiple(values[1], values[0], per_over=solved[1], per_under=solved[0], level=level)
    return Times(*found) if np.isfinite(found.value) else None


def _per_solved(common: Matrix, row: int, *, level: float) -> PerSolved | None:
    cost = common.cost[row]
    if not (cost.size and np.isfinite(cost).all() and cost.sum() > 0):
        return None
    found = ratio_interval(cost, common.score[row] * common.runs[row], level=level)
    return PerSolved(found.value, found.low, found.high)


def order_by_score(matrix: Matrix) -> NDArray[np.int64]:
    """Rows, best mean score first; equal ones by name."""
    means = [float(row[np.isfinite(row)].mean()) if np.isfinite(row).any() else -1.0 for row in matrix.score]
    order = sorted(range(len(matrix.entries)), key=lambda at: (-means[at], matrix.labels[at]))
    return np.array(order, np.int64)


def rows_of(matrix: Matrix, wanted: Sequence[tuple[str, str]]) -> list[int]:
    """The rows of these (run, model) pairs, in that order, as far as they are in the matrix."""
    at = {(entry.run, entry.model): row for row, entry in enumerate(matrix.entries)}
    return [at[key] for key in wanted if key in at]
