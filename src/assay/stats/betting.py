"""Bets against "the mean over the whole benchmark is at most m", paid out task by task.

The tasks come in an order drawn at random beforehand, from a benchmark of known size, none twice. Were
the statement true, no bet would win on average: hence wealth that ever exceeds 1/α refutes it, at any
time and however often one looks, with a chance of error of at most α (Waudby-Smith and Ramdas 2020).
Knows values in [−1, 1] in that order; refuses to know what they measure."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from assay.stats.bounds import Bounds, Numbers, normal_quantile

BETS = (0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.65, 0.8)
"""Wealth is spread evenly over these stakes: which is best depends on a difference that nobody knows yet."""

_MOST_LOST = 0.9
"""No single task may cost more than this share of the wealth: what is left can win it back."""

_ENOUGH = 700.0
"""Evidence beyond the largest double is told as that much."""

ROUNDING = 1e-9
"""An impossible remainder is impossible by more than sums of doubles are wrong. At equality it is possible:
in an exact tie all tasks that are left may well go one way, and calling that a refutation errs in one tie of eight."""

_GRID = 801
"""Limits of whole sequences are rounded outwards to one of so many values between −1 and 1."""


def log_wealth(values_in_order: ArrayLike, population: int, nulls: ArrayLike) -> Numbers:
    """After each task (row), against each of the statements (column) "the mean is at most so much".
    Infinite from where the tasks that are left can no longer make it true."""
    x = checked(values_in_order, population)
    null = np.asarray(nulls, np.float64).ravel()
    wealth = np.zeros((x.size, null.size))
    before = np.cumsum(x) - x
    left = population - np.arange(x.size, dtype=np.float64)
    rest = fair(population * null - before[:, None], left[:, None])
    for bet in BETS:
        gain = np.log1p(stake(bet, rest) * (x[:, None] - rest))
        wealth += np.exp(np.minimum(np.cumsum(gain, axis=0), _ENOUGH))
    with np.errstate(divide="ignore"):
        total = np.log(wealth / len(BETS))
    out_of_reach = before + x - (left - 1)
    refuted = np.logical_or.accumulate(out_of_reach[:, None] > population * null + ROUNDING, axis=0)
    total[refuted] = np.inf
    return total


def fair(owed: Numbers, left: Numbers) -> Numbers:
    """The mean that the statement leaves for the tasks to come, never below what values can be."""
    return np.maximum(owed / left, -1.0)


def stake(bet: float, rest: Numbers) -> Numbers:
    """The bet, less where the worst value would cost more than what may be lost at once."""
    return np.minimum(bet, _MOST_LOST / np.maximum(1.0 + rest, 1e-12))


def first_refuted(values_in_order: ArrayLike, population: int, nulls: ArrayLike, alpha: float) -> Numbers:
    """After how many tasks each statement "the mean is at most so much" was refuted; infinity for never."""
    null = np.asarray(nulls, np.float64).ravel()
    if np.asarray(values_in_order).size == 0:
        return np.full(null.size, np.inf)
    over = log_wealth(values_in_order, population, null) >= -math.log(alpha)
    return np.where(over.any(axis=0), over.argmax(axis=0) + 1.0, np.inf)


def limits(lowest: ArrayLike, highest: ArrayLike, population: int, *, level: float = 0.95) -> Bounds:
    """Limits of the mean over the whole benchmark, after all tasks given. `lowest` and `highest` differ
    where a value is missing. They hold at `level` for all numbers of tasks at once."""
    normal_quantile(level)
    tail = (1 - level) / 2
    low, high = checked(lowest, population), checked(highest, population)
    below = np.asarray(_lower_limit(low, population, tail))
    above = np.asarray(-_lower_limit(-high, population, tail))
    return _within_reach(below, above, np.asarray(low.sum()), np.asarray(high.sum()), low.size, population)


def sequence(lowest: ArrayLike, highest: ArrayLike, population: int, *, level: float = 0.95) -> Bounds:
    """The same after each task, for a picture: `level` holds for all of them together."""
    normal_quantile(level)
    tail = (1 - level) / 2
    low, high = checked(lowest, population), checked(highest, population)
    below, above = _lower_sequence(low, population, tail), -_lower_sequence(-high, population, tail)
    return _within_reach(below, above, np.cumsum(low), np.cumsum(high), np.arange(1, low.size + 1), population)


def score_sequence(scores_in_order: ArrayLike, population: int, *, level: float = 0.95) -> Bounds:
    """One entrant's mean score, each in [0, 1], NaN where missing, after each task of the order."""
    x = np.asarray(scores_in_order, np.float64).ravel()
    missing = np.isnan(x)
    found = sequence(2 * np.where(missing, 0.0, x) - 1, 2 * np.where(missing, 1.0, x) - 1, population, level=level)
    return Bounds((found.low + 1) / 2, (found.high + 1) / 2)


def checked(values: ArrayLike, population: int) -> Numbers:
    """The values as an array, refused where they are none."""
    x = np.asarray(values, np.float64).ravel()
    if not np.all(np.abs(x) <= 1):
        raise ValueError("values lie between -1 and 1")
    if x.size > population:
        raise ValueError(f"there are more values ({x.size}) than tasks in the benchmark ({population})")
    return x


def _lower_limit(x: Numbers, population: int, alpha: float) -> float:
    """The highest mean that is refuted, to a few millionths: what is refuted ends at one point, from below."""
    if x.size == 0:
        return -1.0
    low, high = -1.0, 1.0
    for _ in range(5):
        nulls = np.linspace(low, high, 17)
        refuted = int(np.isfinite(first_refuted(x, population, nulls, alpha)).sum())
        low, high = nulls[max(refuted - 1, 0)], nulls[min(refuted, nulls.size - 1)]
    return float(low)


def _lower_sequence(x: Numbers, population: int, alpha: float) -> Numbers:
    nulls = np.linspace(-1.0, 1.0, _GRID)
    columns = max(1, 2_000_000 // max(x.size, 1))
    parts = [nulls[at : at + columns] for at in range(0, _GRID, columns)]
    refuted = np.concatenate([first_refuted(x, population, part, alpha) for part in parts])
    low = np.full(x.size + 1, -1.0)
    known = np.isfinite(refuted)
    np.maximum.at(low, refuted[known].astype(np.intp), nulls[known])
    return np.asarray(np.maximum.accumulate(low)[1:])


def _within_reach(
    below: Numbers, above: Numbers, least: Numbers, most: Numbers, seen: ArrayLike, population: int
) -> Bounds:
    """Limits that what was seen does not contradict: where it does, they were among those that miss."""
    left = population - np.asarray(seen, np.float64)
    size = max(population, 1)
    low, high = (limit.clip((least - left) / size, (most + left) / size) for limit in (below, above))
    return Bounds(np.minimum(low, high), np.maximum(low, high))
