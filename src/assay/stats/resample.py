"""Tasks drawn again with replacement, the same ones for all entrants: what else could have been asked.
Knows a matrix of scores, entrants × tasks; refuses to know what is done with the draws."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from assay.stats.bounds import Numbers

Counts = NDArray[np.float32]
"""Whole numbers far below where single precision would round them."""

_BLOCK = 2_000_000
"""Counts held at once: 8 MB, and while they are made some times as much."""


class Units(NamedTuple):
    """What is drawn: tasks, or whole clusters of them. Each entrant's sum of weighted scores in each
    (entrants × units), and the weight of each."""

    sums: Numbers
    weights: Numbers


def units(scores: ArrayLike, weights: ArrayLike | None = None, clusters: ArrayLike | None = None) -> Units:
    """The units of a matrix of scores, each in [0, 1], without gaps."""
    x = np.asarray(scores, np.float64)
    if x.ndim != 2 or not np.all((x >= 0) & (x <= 1)):
        raise ValueError("scores are entrants × tasks, between 0 and 1, none missing")
    return totals(x, weights, clusters)


def totals(values: Numbers, weights: ArrayLike | None = None, clusters: ArrayLike | None = None) -> Units:
    """The same for values of any size: costs, times."""
    tasks = values.shape[1]
    w = np.ones(tasks) if weights is None else np.asarray(weights, np.float64).ravel()
    if w.shape != (tasks,) or not np.all(np.isfinite(w) & (w >= 0)) or (tasks and w.sum() <= 0):
        raise ValueError("weights are not negative, and not all 0")
    if clusters is None:
        return Units(values * w, w)
    names, member = np.unique(np.asarray(clusters).ravel(), return_inverse=True)
    if member.size != tasks:
        raise ValueError("there is one cluster name per task")
    belongs = np.zeros((tasks, names.size))
    belongs[np.arange(tasks), member] = 1.0
    return Units((values * w) @ belongs, w @ belongs)


def drawn(number: int, draws: int, seed: int) -> Iterator[Counts]:
    """How often each of `number` units comes in each draw (draws × units), some draws at a time."""
    if draws < 1:
        raise ValueError("at least one draw is needed")
    rng = np.random.default_rng(seed)
    rows = max(1, min(draws, _BLOCK // max(number, 1)))
    for done in range(0, draws, rows):
        size = min(rows, draws - done)
        picked = rng.integers(0, number, (size, number), dtype=np.int32)
        picked += number * np.arange(size, dtype=np.int32)[:, None]
        counts = np.bincount(picked.ravel(), minlength=size * number)
        yield counts.reshape(size, number).astype(np.float32)
