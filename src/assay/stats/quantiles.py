"""Quantiles of times and costs with limits that assume no distribution: two of the values themselves."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import bdtr

from assay.stats.bounds import Numbers, normal_quantile


class Quantile(NamedTuple):
    """A quantile and its limits; `high` is infinite where there are too few values to bound it.
    `censored` says that a cap is why: then `high` is open, and a `value` at the cap is "at least"."""

    value: float
    low: float
    high: float
    censored: bool = False


def quantile_interval(values: ArrayLike, q: float, *, level: float = 0.95, cap: float | None = None) -> Quantile:
    """Order-statistic limits of the `q` quantile; the lower one may be −∞, the upper one +∞. No value
    at all: NaN, unbounded. Of values at the `cap` or above it is known only that they reach it."""
    normal_quantile(level)
    if not 0 <= q <= 1:
        raise ValueError(f"a quantile lies between 0 and 1, not {q}")
    x = np.sort(np.asarray(values, np.float64).ravel())
    if np.any(np.isnan(x)):
        raise ValueError("a value is not a number")
    if cap is not None:
        x = np.minimum(x, cap)
    n = x.size
    if n == 0:
        return Quantile(float("nan"), -np.inf, np.inf)
    tail = (1 - level) / 2
    below = _least_successes(tail, n, q)
    above = _least_successes(1 - tail, n, q) + 1
    low = float(x[below - 1]) if below >= 1 else -np.inf
    high = float(x[above - 1]) if above <= n else np.inf
    if cap is None or float(x[min(above, n) - 1]) < cap:
        return Quantile(float(np.quantile(x, q)), low, high)
    # Between a value and the cap nothing can be interpolated: the next value up is at least there.
    upper = float(np.quantile(x, q, method="higher"))
    return Quantile(float(cap) if upper >= cap else float(np.quantile(x, q)), low, np.inf, True)


def _least_successes(probability: float, n: int, q: float) -> int:
    """The smallest k with P(Binomial(n, q) ≤ k) ≥ probability."""
    cumulative: Numbers = bdtr(np.arange(n + 1, dtype=np.float64), n, q)
    return int(np.searchsorted(cumulative, probability * (1 - 1e-12)))
