"""Two entrants on the same tasks, each task right or wrong once: what the tasks that only one of them
solved say. `first` and `second` count these; tasks that both or neither solved tell nothing apart.

All is element by element: arrays of pairs go through at once. The limits take fractional counts, as an
effective number of tasks is one."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import bdtr, betainc, gammaln

from assay.stats.bounds import Bounds, Numbers, normal_quantile

_HALVINGS = 44
"""To 1e-13: limits are shown to 1e-3."""


def mcnemar_exact(first: ArrayLike, second: ArrayLike) -> Numbers:
    """Two-sided p: as many tasks of one kind or more, were each a fair coin. For guarantees."""
    fewer, both = _discordant(first, second)
    return np.minimum(1.0, 2 * _cumulative(fewer, both))


def mcnemar_mid_p(first: ArrayLike, second: ArrayLike) -> Numbers:
    """The same with half of the chance of exactly this split. For display: nearer the stated level."""
    fewer, both = _discordant(first, second)
    split = np.exp(gammaln(both + 1) - gammaln(fewer + 1) - gammaln(both - fewer + 1) - both * np.log(2))
    return np.clip(np.where(2 * fewer == both, 1.0, 2 * _cumulative(fewer, both) - split), 0.0, 1.0)


def probability_better(first: ArrayLike, second: ArrayLike) -> Numbers:
    """The posterior chance that the first is the better one, under Jeffreys' prior."""
    b, c, _ = _counts(first, second, np.inf)
    return np.asarray(betainc(c + 0.5, b + 0.5, 0.5), np.float64)


def tango(first: ArrayLike, second: ArrayLike, n: ArrayLike, level: float = 0.95) -> Bounds:
    """Tango's score limits of the difference of the two rates: never empty, ties only included. With no
    task at all they are [−1, 1]."""
    b, c, size = _counts(first, second, n)
    # The lower limit is the upper one of the opposite difference: both at once.
    high, low = _furthest(np.stack([b, c]), np.stack([c, b]), size, normal_quantile(level) ** 2)
    return Bounds(-low, high)


def bonett_price(first: ArrayLike, second: ArrayLike, n: ArrayLike, level: float = 0.95) -> Bounds:
    """Bonett and Price's limits of the same difference, in closed form: a task added to each count."""
    b, c, size = _counts(first, second, n)
    up, down = (b + 1) / (size + 2), (c + 1) / (size + 2)
    half = normal_quantile(level) * np.sqrt((up + down - (up - down) ** 2) / (size + 2))
    none = size <= 0
    low, high = np.maximum(up - down - half, -1.0), np.minimum(up - down + half, 1.0)
    return Bounds(np.where(none, -1.0, low), np.where(none, 1.0, high))


def _furthest(b: Numbers, c: Numbers, n: Numbers, z2: float) -> Numbers:
    """The largest difference that the score test does not refuse, by halving from the estimate to 1."""
    known = n > 0
    n = np.where(known, n, 1.0)
    estimate = np.clip((b - c) / n, -1.0, 1.0)
    inside, outside = estimate, np.ones_like(estimate)
    for _ in range(_HALVINGS):
        middle = (inside + outside) / 2
        refused = n * (estimate - middle) ** 2 > z2 * _variance(middle, b, c, n)
        inside, outside = np.where(refused, inside, middle), np.where(refused, middle, outside)
    return np.where(known, outside, 1.0)


def _variance(difference: Numbers, b: Numbers, c: Numbers, n: Numbers) -> Numbers:
    """Of one task, at the likeliest share of tasks that only the second solves, given the difference."""
    linear = (2 * n - b + c) * difference - b - c
    constant = -c * difference * (1 - difference)
    root = np.sqrt(np.maximum(linear**2 - 8 * n * constant, 0.0))
    share = (root - linear) / (4 * n)
    return np.maximum(2 * share + difference * (1 - difference), 0.0)


def _cumulative(k: Numbers, n: Numbers) -> Numbers:
    return np.asarray(bdtr(k, n.astype(np.int64), 0.5), np.float64)


def _discordant(first: ArrayLike, second: ArrayLike) -> tuple[Numbers, Numbers]:
    b, c, _ = _counts(first, second, np.inf)
    if np.any(b != np.floor(b)) or np.any(c != np.floor(c)):
        raise ValueError("McNemar's test counts whole tasks")
    return np.minimum(b, c), b + c


def _counts(first: ArrayLike, second: ArrayLike, n: ArrayLike) -> tuple[Numbers, Numbers, Numbers]:
    arrays: list[NDArray[np.float64]] = [np.asarray(one, np.float64) for one in (first, second, n)]
    b, c, size = np.broadcast_arrays(*arrays)
    if not (np.all(b >= 0) and np.all(c >= 0) and np.all(b + c <= size * (1 + 1e-12))):
        raise ValueError("tasks solved by one alone are 0 or more, and at most all tasks")
    return b, c, size
