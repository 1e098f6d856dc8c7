"""A full score estimated from part of the tasks, sharper than the part's own mean: how often others solved
each task says which part was drawn. Valid for tasks drawn at random (a prefix of the committed order), however
bad the history is as a forecast; a bad one only helps less. Knows a history of past entrants × all tasks."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import stdtrit

from assay.stats.binomial import wilson
from assay.stats.bounds import Numbers, normal_quantile
from assay.stats.effective import Estimate

Places = NDArray[np.intp]

_LEAST_DRAWN = 4
"""Fewer tasks say too little of the spread among themselves."""

_MOST_GAIN = 20.0
"""A task of the part counts for at most so many."""

_NO_SPREAD = 1e-12
"""Less than this is rounding: scores that are all the same have not been seen to spread."""


def regression_estimate(history: ArrayLike, scores: ArrayLike, sampled: ArrayLike, *, level: float = 0.95) -> Estimate:
    """The mean of the tasks drawn, moved along the line of score on past pass rate to the mean pass rate of
    all tasks. `sampled` are the columns of the history that `scores`, each in [0, 1], belong to."""
    rate, y, places = _checked(history, scores, sampled)
    n, x = y.size, rate[places]
    spread = float(((x - x.mean()) ** 2).sum()) if n else 0.0
    if n < _LEAST_DRAWN or spread <= _NO_SPREAD:
        variance = float(y.var(ddof=1)) / n if n > 1 else 0.0
        return _estimate(y, rate.size, value=float(y.mean()) if n else 0.0, variance=variance, lost=1, level=level)
    slope = float(((x - x.mean()) * y).sum()) / spread
    residuals = y - y.mean() - slope * (x - x.mean())
    value = float(y.mean()) + slope * float(rate.mean() - x.mean())
    variance = float(residuals @ residuals) / (n - 2) / n
    return _estimate(y, rate.size, value=value, variance=variance, lost=2, level=level)


def stratified_estimate(
    history: ArrayLike, scores: ArrayLike, sampled: ArrayLike, *, strata: int = 5, level: float = 0.95
) -> Estimate:
    """The means of strata of equally many tasks, from those that hardly anybody solved to those that nearly
    all did, each weighted by its size in the whole. Strata of which too few tasks were drawn are joined."""
    rate, y, places = _checked(history, scores, sampled)
    total = rate.size
    if y.size < 2 * _LEAST_DRAWN:
        return regression_estimate(history, scores, sampled, level=level)
    stratum = _strata(rate, places, strata)
    size, drawn = np.bincount(stratum), np.bincount(stratum[places])
    sums, squares = np.bincount(stratum[places], weights=y), np.bincount(stratum[places], weights=y**2)
    mean = sums / drawn
    seen = (squares - drawn * mean**2) / (drawn - 1)
    smooth = (sums + 0.5) / (drawn + 1)
    within = np.where(seen > _NO_SPREAD, seen, smooth * (1 - smooth))
    share = size / total
    variance = float((share**2 * within / drawn).sum())
    return _estimate(y, total, value=float(share @ mean), variance=variance, lost=size.size, level=level)


def _checked(history: ArrayLike, scores: ArrayLike, sampled: ArrayLike) -> tuple[Numbers, Numbers, Places]:
    """Each task's past pass rate (of those who tried it; the mean of all where nobody did), and the rest."""
    past = np.asarray(history, np.float64)
    y, places = np.asarray(scores, np.float64).ravel(), np.asarray(sampled, np.intp).ravel()
    if past.ndim != 2 or np.any(past < 0) or np.any(past > 1) or not np.all((y >= 0) & (y <= 1)):
        raise ValueError("a history is entrants × tasks; scores lie between 0 and 1, and none of the part is missing")
    total = past.shape[1]
    if y.shape != places.shape or np.unique(places).size != y.size or np.any((places < 0) | (places >= total)):
        raise ValueError("each score belongs to a task of its own, a column of the history")
    known = ~np.isnan(past)
    tried = known.sum(axis=0)
    rate = np.where(known, past, 0.0).sum(axis=0) / np.maximum(tried, 1)
    rate[tried == 0] = rate[tried > 0].mean() if np.any(tried) else 0.0
    return rate, y, places


def _strata(rate: Numbers, places: Places, strata: int) -> Places:
    """Which stratum each task belongs to, numbered without gaps."""
    rank = np.empty(rate.size, np.intp)
    rank[np.argsort(rate, kind="stable")] = np.arange(rate.size)
    stratum = rank * strata // rate.size
    drawn = np.bincount(stratum[places], minlength=strata)
    joined = np.zeros(strata, np.intp)
    number, held = 0, 0
    for one in range(strata):
        joined[one] = number
        held += drawn[one]
        if held >= _LEAST_DRAWN and drawn[one + 1 :].sum() >= _LEAST_DRAWN:
            number, held = number + 1, 0
    return joined[stratum]


def _estimate(y: Numbers, total: int, *, value: float, variance: float, lost: int, level: float) -> Estimate:
    """Wilson's limits at the size that a plain part would need for the same variance, for a benchmark of
    `total` tasks of which the part is known; `lost` are the means that the spread was measured around."""
    normal_quantile(level)
    n = y.size
    if n == 0:
        return Estimate(float("nan"), 0.0, 1.0, 0.0)
    least, most = float(y.sum()) / total, float(y.sum() + total - n) / total
    value = float(np.clip(value, least, most))
    if n >= total:
        return Estimate(value, value, value, float("inf"))
    if n <= lost:
        return Estimate(value, least, most, 0.0)
    spread = value * (1 - value)
    told = spread > _NO_SPREAD and variance > _NO_SPREAD
    size = float(np.clip(spread / variance, n, _MOST_GAIN * n)) if told else float(n)
    size *= (normal_quantile(level) / float(stdtrit(n - lost, 0.5 + level / 2))) ** 2 * (total - 1) / (total - n)
    low, high = wilson(value * size, size, level)
    return Estimate(value, float(np.clip(low, least, value)), float(np.clip(high, value, most)), size)
