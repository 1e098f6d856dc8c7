"""Intervals for a proportion from independent trials. Counts may be fractional: an effective sample
size is one. Where n is 0 nothing is known, and the interval is [0, 1]."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betaincinv

from assay.stats.bounds import Bounds, Numbers, normal_quantile


def wilson(successes: ArrayLike, n: ArrayLike, level: float = 0.95) -> Bounds:
    """The score interval, for display: right on average, never empty, at 0 % and 100 % too."""
    k, size, known = _counts(successes, n)
    z2 = normal_quantile(level) ** 2
    p = k / size
    centre = (p + z2 / (2 * size)) / (1 + z2 / size)
    half = np.sqrt(z2 * (p * (1 - p) / size + z2 / (4 * size**2))) / (1 + z2 / size)
    low = np.where(k <= 0, 0.0, np.maximum(centre - half, 0.0))
    high = np.where(k >= size, 1.0, np.minimum(centre + half, 1.0))
    return _where(known, low, high)


def clopper_pearson(successes: ArrayLike, n: ArrayLike, level: float = 0.95) -> Bounds:
    """The exact interval, for gates: covers at least `level`, whatever the true proportion."""
    k, size, known = _counts(successes, n)
    tail = _tail(level)
    low = np.where(k <= 0, 0.0, betaincinv(np.maximum(k, 1e-300), size - k + 1, tail))
    high = np.where(k >= size, 1.0, betaincinv(k + 1, np.maximum(size - k, 1e-300), 1 - tail))
    return _where(known, low, high)


def jeffreys(successes: ArrayLike, n: ArrayLike, level: float = 0.95) -> Bounds:
    """The equal-tailed posterior under Beta(1/2, 1/2), with the ends 0 and 1 at no and all successes."""
    k, size, known = _counts(successes, n)
    tail = _tail(level)
    low = np.where(k <= 0, 0.0, betaincinv(k + 0.5, size - k + 0.5, tail))
    high = np.where(k >= size, 1.0, betaincinv(k + 0.5, size - k + 0.5, 1 - tail))
    return _where(known, low, high)


class Limits(StrEnum):
    """Which interval, by the name that is shown."""

    WILSON = "Wilson"
    EXACT = "Clopper and Pearson"
    JEFFREYS = "Jeffreys"

    def of(self, successes: ArrayLike, n: ArrayLike, level: float = 0.95) -> Bounds:
        return {Limits.WILSON: wilson, Limits.EXACT: clopper_pearson, Limits.JEFFREYS: jeffreys}[self](
            successes, n, level
        )


def _tail(level: float) -> float:
    normal_quantile(level)
    return (1 - level) / 2


def _counts(successes: ArrayLike, n: ArrayLike) -> tuple[Numbers, Numbers, NDArray[np.bool_]]:
    k, size = np.broadcast_arrays(np.asarray(successes, np.float64), np.asarray(n, np.float64))
    if np.any(k < 0) or np.any(k > size * (1 + 1e-12)):
        raise ValueError("successes lie between 0 and n")
    known = size > 0
    size = np.where(known, size, 1.0)
    return np.minimum(k, size), size, known


def _where(known: NDArray[np.bool_], low: Numbers, high: Numbers) -> Bounds:
    return Bounds(np.where(known, low, 0.0), np.where(known, high, 1.0))
