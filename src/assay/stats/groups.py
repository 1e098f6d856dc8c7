"""The macro mean: groups of tasks (suites, languages) that count the same, or by given weights, however
many tasks they have. A small group makes it uncertain, and pooling all tasks would hide that."""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from assay.stats.bounds import Numbers
from assay.stats.effective import interval


class Macro(NamedTuple):
    """The mean of the groups' means, its limits, and its standard error; that is NaN where a group has
    one task only, and can be 0, where the limits still have a width."""

    value: float
    low: float
    high: float
    error: float


def macro_interval(
    scores_by_task: ArrayLike,
    groups: ArrayLike,
    *,
    runs: ArrayLike = 1,
    weights: Mapping[str, float] | None = None,
    level: float = 0.95,
) -> Macro:
    """Over tasks like these in each group: the groups' own intervals, joined as independent ones are
    (MOVER). `weights` are per group, by name. No task at all is [0, 1] around NaN."""
    x = np.asarray(scores_by_task, np.float64).ravel()
    names, member = np.unique(np.asarray(groups).ravel(), return_inverse=True)
    if member.size != x.size:
        raise ValueError("there is one group name per task")
    if x.size == 0:
        return Macro(float("nan"), 0.0, 1.0, float("nan"))
    share = np.array([1.0 if weights is None else weights.get(str(name), float("nan")) for name in names])
    if np.any(np.isnan(share)):
        raise ValueError("there is no weight for a group")
    if np.any(share < 0) or not share.sum() > 0:
        raise ValueError("weights are not negative, and not all 0")
    share = share / share.sum()
    k = np.broadcast_to(np.asarray(runs, np.float64), x.shape)
    each = [interval(x[member == at], runs=k[member == at], level=level) for at in range(names.size)]
    means, lows, highs = (np.array(column) for column in list(zip(*each, strict=True))[:3])
    value = float(share @ means)
    down, up = (sqrt(float((share**2) @ (limit - means) ** 2)) for limit in (lows, highs))
    return Macro(value, max(value - down, 0.0), min(value + up, 1.0), _error(x, member, share))


def _error(x: Numbers, member: NDArray[np.intp], share: Numbers) -> float:
    sizes = np.bincount(member)
    if np.any(sizes < 2):
        return float("nan")
    squares = np.bincount(member, weights=(x - (np.bincount(member, weights=x) / sizes)[member]) ** 2)
    return sqrt(float(share**2 @ (squares / (sizes - 1) / sizes)))
