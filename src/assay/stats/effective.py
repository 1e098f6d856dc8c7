"""The default interval: what tasks like these would give.

One formula for one run per task, repeats, clusters, weights, and 0 % and 100 %: Wilson on an effective
number of trials, which is read off the spread between tasks and corrected for how few there are. With
one run per task that is right or wrong it is Wilson's interval itself."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtrit

from assay.stats.binomial import Limits
from assay.stats.bounds import Numbers, normal_quantile

GRADED_CEILING = 20.0
"""A task with a graded score may count for at most so many trials: scores that agree are no certainty."""


class Estimate(NamedTuple):
    """A mean over tasks, its interval, and how many independent trials it is worth."""

    value: float
    low: float
    high: float
    n_effective: float


def interval(
    scores_by_task: ArrayLike,
    *,
    runs: ArrayLike = 1,
    weights: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
    ceiling: float | None = None,
    population: int | None = None,
    level: float = 0.95,
    limits: Limits = Limits.WILSON,
) -> Estimate:
    """The mean of the tasks' own means, each in [0, 1], over `runs` runs of each.

    `weights` are dollars or strata; `clusters` name what each task belongs to; `ceiling` is the most
    trials that a task may count for (by default its runs); `population` is the size of the whole
    benchmark when the question is what all of it would give; `limits` are taken at the effective number
    of trials. No task at all is [0, 1] around NaN.
    """
    x = np.asarray(scores_by_task, np.float64).ravel()
    if x.size == 0:
        return Estimate(float("nan"), 0.0, 1.0, 0.0)
    if np.any(~np.isfinite(x)) or np.any(x < 0) or np.any(x > 1):
        raise ValueError("scores lie between 0 and 1")
    k = np.broadcast_to(np.asarray(runs, np.float64), x.shape)
    w = np.ones_like(x) if weights is None else np.asarray(weights, np.float64).ravel()
    if w.shape != x.shape or np.any(~np.isfinite(w)) or np.any(w < 0) or w.sum() <= 0:
        raise ValueError("weights are not negative, and not all 0")
    mean = float(np.clip(w @ x / w.sum(), 0.0, 1.0))
    sums, groups = cluster_sums(w * (x - mean), clusters)
    if population is not None and x.size >= population:
        return Estimate(mean, mean, mean, float("inf"))
    weighted = bool(np.any(w != w[0]))
    if weighted:
        size = kish(w)
    else:
        ceil = float(k.sum()) if ceiling is None else ceiling * x.size
        size = size_from_spread(mean * (1 - mean), sums, total=float(w.sum()), floor=float(groups), ceiling=ceil)
    plain = not weighted and clusters is None and bool(np.all(k == 1)) and bool(np.all((x == 0) | (x == 1)))
    if not plain:
        size *= price_of_few(groups, level)
    if population is not None:
        size *= (population - 1) / (population - x.size)
    low, high = limits.of(mean * size, size, level)
    return Estimate(mean, min(mean, float(low)), max(mean, float(high)), size)


def kish(weights: ArrayLike) -> float:
    """How many tasks that count the same these are worth: (Σw)² / Σw²."""
    w = np.asarray(weights, np.float64)
    return float(w.sum() ** 2 / (w @ w))


def cluster_sums(deviations: Numbers, clusters: ArrayLike | None) -> tuple[Numbers, int]:
    """The sum of each cluster, and how many there are; without clusters each task is its own."""
    if clusters is None:
        return deviations, deviations.size
    names, member = np.unique(np.asarray(clusters).ravel(), return_inverse=True)
    if member.size != deviations.size:
        raise ValueError("there is one cluster name per task")
    return np.bincount(member, weights=deviations).astype(np.float64), names.size


def size_from_spread(spread: float, sums: Numbers, *, total: float, floor: float, ceiling: float) -> float:
    """The n at which trials of variance `spread` would have the standard error that the tasks show."""
    floor = min(floor, ceiling)
    if sums.size < 2 or spread <= 0:
        return floor
    variance = sums.size / (sums.size - 1) * float(sums @ sums) / total**2
    return ceiling if variance <= 0 else float(np.clip(spread / variance, floor, ceiling))


def price_of_few(groups: int, level: float) -> float:
    """(z / t)²: the price of having estimated the spread from so few groups; 0 from a single one."""
    if groups < 2:
        return 0.0
    t = float(stdtrit(groups - 1, 0.5 + level / 2))
    return (normal_quantile(level) / t) ** 2
