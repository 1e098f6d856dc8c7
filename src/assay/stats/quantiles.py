"""Quantiles of times and costs with limits that assume no distribution: two of the values themselves."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import bdtr

from assay.stats.bounds import Numbers, normal_quantile


class Quantile(NamedTuple):
    """A quantile and its limits; `high` is infinite where there are too few values to bound it."""

    value: float
    low: float
    high: float


def quantile_interval(values: ArrayLike, q: float, *, level: float = 0.95) -> Quantile:
    """Order-statistic limits of the `q` quantile; the lower one may be −∞, the upper one +∞. No value
    at all: NaN, unbounded."""
    normal_quantile(level)
    x = np.sort(np.asarray(values, np.float64).ravel())
    n = x.size
    if n == 0:
        return Quantile(float("nan"), -np.inf, np.inf)
    tail = (1 - level) / 2
    below = _least_successes(tail, n, q)
    above = _least_successes(1 - tail, n, q) + 1
    low = float(x[below - 1]) if below >= 1 else -np.inf
    high = float(x[above - 1]) if above <= n else np.inf
    return Quantile(float(np.quantile(x, q)), low, high)


def _least_successes(probability: float, n: int, q: float) -> int:
    """The smallest k with P(Binomial(n, q) ≤ k) ≥ probability."""
    cumulative: Numbers = bdtr(np.arange(n + 1, dtype=np.float64), n, q)
    return int(np.searchsorted(cumulative, probability * (1 - 1e-12)))
