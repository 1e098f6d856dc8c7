"""One entrant's score on a suite or a slice, with the interval that answers the question asked. Pure: counts
per task in, the fields of a standing out."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from assay.reports.facts import Cells
from assay.reports.standing import Rate
from assay.stats.binomial import Limits
from assay.stats.effective import Estimate, interval
from assay.stats.estimands import Estimand
from assay.stats.missing import range_with_missing
from assay.stats.passk import pass_at_k_interval
from assay.stats.same_tasks import same_tasks_interval

KS = (1, 5, 10, 100)
"""pass@k is given for those of these that every judged task has samples enough for."""


def scores(cells: Cells, *, level: float, about: Estimand, limits: Limits, population: int) -> dict[str, Any]:
    """`population` is how many tasks the whole benchmark has."""
    worst, best = range_with_missing(cells.score, cells.judged, cells.missing)
    fields: dict[str, Any] = {"worst": _number(worst), "best": _number(best)}
    seen = cells.judged > 0
    if not seen.any():
        return fields
    runs = cells.judged[seen]
    of_task = np.clip(cells.score[seen] / runs, 0.0, 1.0)
    if cells.whole.any():  # nobody knows the spread between its tasks: each counts as one trial
        low, high = limits.of(cells.score.sum(), cells.judged.sum(), level)
        fields |= {"accuracy": interval(of_task, runs=runs).value, "ci_low": float(low), "ci_high": float(high)}
    else:
        found = _estimate(of_task, runs, level=level, about=about, limits=limits, population=population)
        fields |= {"accuracy": found.value, "ci_low": _number(found.low), "ci_high": _number(found.high)}
    return {
        **fields,
        "accuracy_unflagged": _unflagged(cells),
        "pass_at": {} if cells.graded.any() else _pass_at(runs, cells.passed[seen], level=level),
        **_bounties(cells, level=level),
    }


def _estimate(
    of_task: NDArray[np.float64],
    runs: NDArray[np.float64],
    *,
    level: float,
    about: Estimand,
    limits: Limits,
    population: int,
) -> Estimate:
    if about is Estimand.WHOLE_BENCHMARK and bool((runs == 1).all()):
        return interval(of_task, runs=runs, population=max(population, of_task.size), level=level, limits=limits)
    if about is Estimand.SAME_TASKS and bool((runs >= 2).any()):
        return same_tasks_interval(of_task, runs=runs, level=level, limits=limits)
    found = interval(of_task, runs=runs, level=level, limits=limits)
    # From one run of each task nobody knows its luck; with several, one run of all tasks is another question.
    return found if about is Estimand.TASKS_LIKE_THESE else found._replace(low=np.nan, high=np.nan)


def _unflagged(cells: Cells) -> float | None:
    seen = cells.clean > 0
    return float((cells.clean_score[seen] / cells.clean[seen]).mean()) if seen.any() else None


def _pass_at(runs: NDArray[np.float64], passed: NDArray[np.float64], *, level: float) -> dict[int, Rate]:
    rates: dict[int, Rate] = {}
    for k in KS:
        if runs.min() >= k:
            rate = pass_at_k_interval(runs, passed, k, level=level)
            rates[k] = Rate(rate.value, rate.low, rate.high)
    return rates


def _bounties(cells: Cells, *, level: float) -> dict[str, Any]:
    """Dollars earned of those offered. A few dear tasks make most of the sum, so its limits are far apart."""
    offered = np.isfinite(cells.bounty) & (cells.judged > 0)
    total = float(cells.bounty[np.isfinite(cells.bounty)].sum())
    if not offered.any() or not total > 0:
        return {}
    share = np.clip(cells.score[offered] / cells.judged[offered], 0.0, 1.0)
    found = interval(share, runs=cells.judged[offered], weights=cells.bounty[offered], level=level)
    reached = float(cells.bounty[offered].sum())
    return {
        "earned_usd": float(cells.bounty[offered] @ share),
        "earned_low_usd": found.low * reached,
        "earned_high_usd": found.high * reached,
        "offered_usd": total,
    }


def _number(value: Any) -> float | None:
    number = float(value)
    return number if np.isfinite(number) else None
