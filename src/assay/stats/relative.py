"""How many times as much: one entrant's cost, time or cost per solved task over another's, on the same tasks.

On the log scale, linearised task by task, so that what both share cancels; Student's t for the number of
tasks. Nothing is known where one of the sums is 0: the limits are 0 and infinity."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtrit

from assay.stats.bounds import Numbers, normal_quantile


class Multiple(NamedTuple):
    """A ratio and its limits; NaN where a sum is 0 or nothing was measured."""

    value: float
    low: float
    high: float


UNKNOWN = Multiple(float("nan"), 0.0, float("inf"))


def multiple(
    over: ArrayLike,
    under: ArrayLike,
    *,
    per_over: ArrayLike | None = None,
    per_under: ArrayLike | None = None,
    level: float = 0.95,
) -> Multiple:
    """`over` ÷ `under`, each the sum over the same tasks; or each first divided by its own `per_…` sum (cost per
    solved task over cost per solved task)."""
    normal_quantile(level)
    ones = np.ones_like(np.asarray(over, np.float64))
    parts = [
        (1.0, np.asarray(over, np.float64)),
        (-1.0, np.asarray(under, np.float64)),
        (-1.0, ones if per_over is None else np.asarray(per_over, np.float64)),
        (1.0, ones if per_under is None else np.asarray(per_under, np.float64)),
    ]
    n = ones.size
    sums = [float(values.sum()) for _, values in parts]
    if n == 0 or not all(np.isfinite(total) and total > 0 for total in sums):
        return UNKNOWN
    log = sum(sign * np.log(total) for (sign, _), total in zip(parts, sums, strict=True))
    value = float(np.exp(log))
    if n == 1:
        return Multiple(value, 0.0, float("inf"))
    influence: Numbers = np.zeros(n)
    for (sign, values), total in zip(parts, sums, strict=True):
        influence = influence + sign * (values * n / total - 1.0)
    half = float(stdtrit(n - 1, 0.5 + level / 2)) * float(np.std(influence, ddof=1)) / np.sqrt(n)
    return Multiple(value, value * float(np.exp(-half)), value * float(np.exp(half)))
