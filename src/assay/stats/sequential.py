"""When to stop: what is already certain about a benchmark, tasks taken in an order drawn before the run.

The question is what all `population` tasks would say of two entrants, not what other tasks
like these would. Results are consumed as the longest complete prefix of the order, never as they come in:
quick tasks are easy ones. A missing result is never skipped; each statement must hold in the case that is
worst for it. Then each is right with the chance `level`, whenever and however often one looks."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from assay.stats.betting import ROUNDING, checked, first_refuted, limits, log_wealth
from assay.stats.bounds import Bounds, Numbers, normal_quantile
from assay.stats.projection import tasks_to_come


class Decision(StrEnum):
    """What is certain. `NOT_WORTH_IT`: whichever difference the limits still allow, the most favourable one
    too, the decision is not expected to save the share of the remaining tasks that was asked for. Whoever
    goes on pays for most of them; all of them tell exactly."""

    FIRST = "first is better by more than the margin"
    SECOND = "second is better by more than the margin"
    WITHIN = "the difference is within the margin"
    NOT_WORTH_IT = "only most of the remaining tasks would tell"
    UNDECIDED = "undecided so far"


class Sequential(NamedTuple):
    """What is certain after `seen` tasks, since when, and what is to come.

    `at` is after how many tasks it became certain (`seen`, where nothing is); `low` and `high` limit first
    minus second over the whole benchmark; the logarithms of e-values say how strongly each is refuted to
    be no better than by the margin; `further` is how many more tasks a decision is expected to take if the
    difference is as it now looks, at most all that are left."""

    decision: Decision
    at: int
    seen: int
    low: float
    high: float
    log_e_first: float
    log_e_second: float
    further: int


def complete_prefix(settled_in_order: ArrayLike) -> int:
    """How many tasks at the beginning of the order are all settled: judged, or given up as missing."""
    settled = np.asarray(settled_in_order, np.bool_).ravel()
    return settled.size if settled.all() else int(settled.argmin())


def differences(first: ArrayLike, second: ArrayLike) -> Bounds:
    """First minus second, task by task, from scores in [0, 1]; NaN is missing, and could be either end."""
    x, y = np.asarray(first, np.float64).ravel(), np.asarray(second, np.float64).ravel()
    if x.shape != y.shape:
        raise ValueError("both have a score for each task, NaN where it is missing")
    if np.any(x < 0) or np.any(x > 1) or np.any(y < 0) or np.any(y > 1):
        raise ValueError("scores lie between 0 and 1")
    return Bounds(
        np.where(np.isnan(x), 0.0, x) - np.where(np.isnan(y), 1.0, y),
        np.where(np.isnan(x), 1.0, x) - np.where(np.isnan(y), 0.0, y),
    )


def decide(
    differences_in_order: ArrayLike | Bounds,
    population: int,
    *,
    margin: float = 0.0,
    level: float = 0.95,
    saving: float = 0.25,
) -> Sequential:
    """What is certain of two entrants, from first minus second in [−1, 1] on the first tasks of the order.

    NaN is a missing difference, which could be anything; `differences` knows more where one score is there.
    At margin 0 the entrants are within it only in an exact tie, after all tasks. Going on is worth it while
    some difference that is still possible would save the share `saving` of the remaining tasks."""
    normal_quantile(level)
    if not 0 <= margin < 1:
        raise ValueError(f"a margin lies between 0 and 1, not {margin}")
    low, high = _ends(differences_in_order, population)
    seen, tail = low.size, (1 - level) / 2
    first, second, within = _certain_from(low, high, population, margin, tail)
    bounds = limits(low, high, population, level=level)
    wealth = [log_wealth(x, population, [margin])[-1, 0] if seen else 0.0 for x in (low, -high)]
    at = min(first, second, within)
    further = 0
    if np.isfinite(at):
        decision = {second: Decision.SECOND, first: Decision.FIRST}.get(at, Decision.WITHIN)
    else:
        ends = (float(bounds.low), float(bounds.high))
        decision, further = _outlook(low, high, population, margin, tail, ends, saving)
        at = seen
    return Sequential(
        decision,
        int(at),
        seen,
        float(bounds.low),
        float(bounds.high) + 0.0,
        float(wealth[0]),
        float(wealth[1]),
        further,
    )


def _ends(given: ArrayLike | Bounds, population: int) -> Bounds:
    if isinstance(given, Bounds):
        low, high = given
    else:
        x = np.asarray(given, np.float64).ravel()
        missing = np.isnan(x)
        low, high = np.where(missing, -1.0, x), np.where(missing, 1.0, x)
    ends = Bounds(checked(low, population), checked(high, population))
    if ends.low.shape != ends.high.shape or np.any(ends.low > ends.high):
        raise ValueError("the lowest difference of a task is at most its highest")
    return ends


def _certain_from(
    low: Numbers, high: Numbers, population: int, margin: float, tail: float
) -> tuple[float, float, float]:
    """After how many tasks each of FIRST, SECOND and WITHIN was certain. All follow from one pair of limits,
    so that the chance that any of them is wrong is at most twice the tail, whatever the margin. What the
    tasks seen by now rule out altogether is taken back."""
    above = first_refuted(low, population, [margin, -margin], tail)
    below = first_refuted(-high, population, [margin, -margin], tail)
    left, bar = population - low.size, population * margin + ROUNDING
    least, most = float(low.sum()) - left, float(high.sum()) + left
    within = max(float(above[1]), float(below[1])) if margin > 0 and least <= bar and -bar <= most else np.inf
    if low.size > 0 and -bar <= least and most <= bar:
        within = min(within, float(low.size))
    return float(above[0]) if most > bar else np.inf, float(below[0]) if least < -bar else np.inf, within


def _outlook(
    low: Numbers,
    high: Numbers,
    population: int,
    margin: float,
    tail: float,
    ends: tuple[float, float],
    saving: float,
) -> tuple[Decision, int]:
    left = population - low.size
    if left == 0 or low.size == 0:
        return Decision.UNDECIDED, left
    seen = float(np.clip((low + high).mean() / 2, *ends))
    favourable = (*ends, float(np.clip(0.0, *ends)))
    expected = [tasks_to_come(low, high, population, margin, tail, true) for true in (seen, *favourable)]
    hopeless = min(expected) > (1 - saving) * left
    return Decision.NOT_WORTH_IT if hopeless else Decision.UNDECIDED, int(min(expected[0], left))
