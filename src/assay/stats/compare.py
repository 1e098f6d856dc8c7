"""The front door to a difference of two entrants: what it is, where the true one lies, how likely it is
chance. Paired where both did the same tasks, which is always better; unpaired where they did not.

One formula, as for a single rate: Tango's score interval on an effective number of tasks, read off the
spread of the differences and corrected for how few there are. With one run per task that is right or
wrong it is Tango's interval itself, and the p values are McNemar's. It has a width at no difference at
all, where the paired t has none. Speaks of tasks like these."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaln, ndtr

from assay.stats.bounds import Numbers, normal_quantile
from assay.stats.effective import (
    GRADED_CEILING,
    Estimate,
    cluster_sums,
    interval,
    kish,
    price_of_few,
    size_from_spread,
)
from assay.stats.paired import mcnemar_exact, mcnemar_mid_p, probability_better, tango
from assay.stats.repeated import sign_flip, weighted_differences

EQUAL_CEILING = 100.0
"""A task whose scores are graded may count for at most so many: equal differences are no certainty."""

_SAME = 1e-9
"""Means of the same results that were added up in another order are the same."""

PAIRED = "paired: score interval, McNemar's mid-p and exact p"
PAIRED_EFFECTIVE = "paired: score interval on the effective number of tasks, sign-flip p"
UNPAIRED = "unpaired: Newcombe's interval, Fisher's mid-p and exact p"
UNPAIRED_EFFECTIVE = "unpaired: Newcombe's interval and score test on the effective numbers of tasks"


class Difference(NamedTuple):
    """First minus second. `p` is for display, `p_exact` for guarantees; the two counts are tasks where one
    did better than the other; `better` is the chance that the first is the better one."""

    value: float
    low: float
    high: float
    p: float
    p_exact: float
    n: int
    first_only: int
    second_only: int
    method: str
    better: float


def compare(
    x: ArrayLike,
    y: ArrayLike,
    *,
    runs_x: ArrayLike = 1,
    runs_y: ArrayLike = 1,
    weights: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
    level: float = 0.95,
    seed: int = 0,
) -> Difference:
    """The mean scores of two entrants on the same tasks, in the same order, each in [0, 1].

    `runs_x` and `runs_y` say how many runs each mean is of, `weights` what a task counts, `clusters` what
    it belongs to, and `seed` draws the sign flips where there are too many to go through. No task at all
    is [−1, 1] around NaN, p = 1.
    """
    normal_quantile(level)
    first, second = _scores(x), _scores(y)
    if first.shape != second.shape:
        raise ValueError(f"a paired difference needs the same tasks: {first.size} scores against {second.size}")
    d, w = weighted_differences(first - second, weights)
    wins, losses = int((d > _SAME).sum()), int((d < -_SAME).sum())
    if d.size == 0:
        return Difference(float("nan"), -1.0, 1.0, 1.0, 1.0, 0, 0, 0, PAIRED, 0.5)
    kx, ky = (np.broadcast_to(np.asarray(one, np.float64), d.shape) for one in (runs_x, runs_y))
    even = bool(np.all(w == w[0]))
    if even and clusters is None and _binary(first, kx) and _binary(second, ky):
        low, high = tango(wins, losses, d.size, level)
        p, exact = float(mcnemar_mid_p(wins, losses)), float(mcnemar_exact(wins, losses))
        better = float(probability_better(wins, losses))
        value = (wins - losses) / d.size
        return Difference(value, float(low), float(high), p, exact, d.size, wins, losses, PAIRED, better)
    graded = _graded(first, kx) or _graded(second, ky)
    ceiling = EQUAL_CEILING if graded else float(np.maximum(kx, ky).mean())
    gain, loss, size = _effective(d, w, clusters, ceiling=ceiling, level=level)
    low, high = tango(gain * size, loss * size, size, level)
    flips = sign_flip(d, weights=w, clusters=clusters, seed=seed)
    better = float(probability_better(gain * size, loss * size))
    return Difference(
        gain - loss, float(low), float(high), flips.p_mid, flips.p, d.size, wins, losses, PAIRED_EFFECTIVE, better
    )


def compare_unpaired(
    x: ArrayLike,
    y: ArrayLike,
    *,
    runs_x: ArrayLike = 1,
    runs_y: ArrayLike = 1,
    weights_x: ArrayLike | None = None,
    weights_y: ArrayLike | None = None,
    clusters_x: ArrayLike | None = None,
    clusters_y: ArrayLike | None = None,
    level: float = 0.95,
) -> Difference:
    """The same of different tasks: Newcombe's limits from the two intervals. The counts of tasks where one
    did better are 0, as there are none; `n` is the tasks of both."""
    first, second = _scores(x), _scores(y)
    kx, ky = (np.broadcast_to(np.asarray(k, np.float64), one.shape) for k, one in ((runs_x, first), (runs_y, second)))
    a = _alone(first, kx, weights_x, clusters_x, level)
    b = _alone(second, ky, weights_y, clusters_y, level)
    n = first.size + second.size
    value = a.value - b.value
    if not (a.n_effective > 0 and b.n_effective > 0):
        return Difference(value, -1.0, 1.0, 1.0, 1.0, n, 0, 0, UNPAIRED, 0.5)
    low = max(value - float(np.hypot(a.value - a.low, b.high - b.value)), -1.0)
    high = min(value + float(np.hypot(a.high - a.value, b.value - b.low)), 1.0)
    p, better = _score_test(a, b)
    plain = all(one is None for one in (weights_x, weights_y, clusters_x, clusters_y))
    if not (plain and _binary(first, kx) and _binary(second, ky)):
        return Difference(value, low, high, p, p, n, 0, 0, UNPAIRED_EFFECTIVE, better)
    exact, mid = _fisher(int(first.sum()), first.size, int(second.sum()), second.size)
    return Difference(value, low, high, mid, exact, n, 0, 0, UNPAIRED, better)


def _effective(
    d: Numbers, w: Numbers, clusters: ArrayLike | None, *, ceiling: float, level: float
) -> tuple[float, float, float]:
    """What the first gains, what it loses, and the number of plain tasks that would show it as surely."""
    total = float(w.sum())
    gain, loss = float(w @ np.maximum(d, 0) / total), float(w @ np.maximum(-d, 0) / total)
    mean = gain - loss
    sums, groups = cluster_sums(w * (d - mean), clusters)
    spread = gain + loss - mean**2
    even_tasks = kish(w)
    even = bool(np.all(w == w[0]))
    if spread <= 0:
        size = min(even_tasks, float(groups))
    else:
        floor = float(groups) if even else 1.0
        size = size_from_spread(spread, sums, total=total, floor=floor, ceiling=ceiling * even_tasks)
    return gain, loss, size * price_of_few(groups, level)


def _alone(x: Numbers, k: Numbers, weights: ArrayLike | None, clusters: ArrayLike | None, level: float) -> Estimate:
    ceiling = GRADED_CEILING if _graded(x, k) else None
    return interval(x, runs=k, weights=weights, clusters=clusters, ceiling=ceiling, level=level)


def _score_test(a: Estimate, b: Estimate) -> tuple[float, float]:
    """Two-sided p under a common rate, and the chance that the first is better."""
    na, nb = a.n_effective, b.n_effective
    common = (a.value * na + b.value * nb) / (na + nb)
    variance = common * (1 - common) * (1 / na + 1 / nb)
    if variance <= 0:
        return 1.0, 0.5
    z = (a.value - b.value) / variance**0.5
    return 2 * float(ndtr(-abs(z))), float(ndtr(z))


def _fisher(k: int, m: int, j: int, n: int) -> tuple[float, float]:
    """Fisher's exact p for k of m against j of n, and its mid-p: all splits as unlikely as this or more."""
    total = k + j
    cell = np.arange(max(0, total - n), min(m, total) + 1, dtype=np.float64)
    log = -gammaln(cell + 1) - gammaln(m - cell + 1) - gammaln(total - cell + 1) - gammaln(n - total + cell + 1)
    chance = np.exp(log - log.max())
    chance /= chance.sum()
    seen = float(chance[int(k - cell[0])])
    within = seen * (1 + 1e-7)
    exact = float(chance[chance <= within].sum())
    tied = float(chance[(chance <= within) & (chance >= seen * (1 - 1e-7))].sum())
    return min(exact, 1.0), min(exact - tied / 2, 1.0) if seen < chance.max() * (1 - 1e-7) else 1.0


def _scores(values: ArrayLike) -> Numbers:
    x = np.asarray(values, np.float64).ravel()
    if not (np.all(x >= 0) and np.all(x <= 1)):
        raise ValueError("scores lie between 0 and 1")
    return x


def _binary(x: Numbers, k: Numbers) -> bool:
    return bool(np.all(k == 1) and np.all((x == 0) | (x == 1)))


def _graded(x: Numbers, k: Numbers) -> bool:
    """True where some mean is none of k results that are right or wrong."""
    return bool(np.any(np.abs(x * k - np.round(x * k)) > 1e-6))
