"""Many questions at once: p values adjusted so that the whole family can be believed. A p that is NaN was
not asked: it stays NaN and does not count. The shape is kept; all of an array is one family."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from assay.stats.bounds import Numbers


def holm(p: ArrayLike) -> Numbers:
    """At most `alpha` for one false claim or more among those with adjusted p ≤ alpha. For claims."""
    values, order, result = _ascending(p)
    m = values.size
    result[order] = np.minimum(np.maximum.accumulate(values * np.arange(m, 0, -1)), 1.0)
    return result.reshape(np.shape(p))


def benjamini_hochberg(p: ArrayLike) -> Numbers:
    """At most the share `alpha` of the claims with adjusted p ≤ alpha is false on average. To explore."""
    values, order, result = _ascending(p)
    m = values.size
    result[order] = np.minimum.accumulate((values * m / np.arange(1, m + 1))[::-1])[::-1]
    return result.reshape(np.shape(p))


def _ascending(p: ArrayLike) -> tuple[Numbers, np.ndarray[tuple[int], np.dtype[np.intp]], Numbers]:
    """Those that are numbers in ascending order, where they came from, and room for all."""
    flat = np.asarray(p, np.float64).ravel()
    if np.any(flat < 0) or np.any(flat > 1):
        raise ValueError("a p value lies between 0 and 1")
    order = np.argsort(flat, kind="stable")[: int(np.count_nonzero(~np.isnan(flat)))]
    return flat[order], order, np.full(flat.shape, np.nan)
