"""Cost against quality: who is not beaten in both, and how sure that is. Knows costs and scores; what is
a cost (dollars, seconds) is the caller's word. An unknown cost is not 0: its owner is on no front."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from assay.stats.bounds import Numbers
from assay.stats.resample import drawn

_DIGITS = 10
"""Means that agree to so many places are equal: the order of a sum shall not decide who beats whom."""


class Membership(NamedTuple):
    """`on_front` as measured; `probability` of being on it for other tasks like these, NaN where the cost
    is `unknown`."""

    on_front: NDArray[np.bool_]
    probability: Numbers
    unknown: NDArray[np.bool_]


def front(cost: ArrayLike, quality: ArrayLike) -> NDArray[np.bool_]:
    """Who is on it: nobody is at least as good and as cheap, and better in one. Entrants in the last
    dimension. NaN, in either, is never on the front and keeps nobody else off it."""
    price, worth = np.broadcast_arrays(np.asarray(cost, np.float64), np.asarray(quality, np.float64))
    beaten = np.isnan(price) | np.isnan(worth)
    known = ~beaten
    for rival in range(price.shape[-1]):
        its_price, its_worth = price[..., rival, None], worth[..., rival, None]
        no_worse = (its_price <= price) & (its_worth >= worth) & known[..., rival, None]
        beaten |= no_worse & ((its_price < price) | (its_worth > worth))
    return np.asarray(~beaten)


def membership(cost_by_task: ArrayLike, score_by_task: ArrayLike, *, draws: int = 2000, seed: int = 0) -> Membership:
    """From costs and scores of entrants × tasks, tasks drawn again with replacement, the same for all.
    One unknown cost (NaN) makes an entrant's cost unknown; costs below 0 and missing scores are refused."""
    cost, score = np.asarray(cost_by_task, np.float64), np.asarray(score_by_task, np.float64)
    if cost.ndim != 2 or cost.shape != score.shape or not np.all(np.isfinite(score)):
        raise ValueError("costs and scores are entrants × tasks, and no score is missing")
    if np.any(cost < 0):
        raise ValueError("a cost is not negative")
    entrants, tasks = cost.shape
    unknown = np.isnan(cost).any(axis=1) | (tasks == 0)
    both = np.concatenate([np.where(unknown[:, None], np.nan, cost), score]).T
    measured = np.round(both.sum(axis=0) / max(tasks, 1), _DIGITS)
    on_front = front(np.where(unknown, np.nan, measured[:entrants]), measured[entrants:])
    times = np.zeros(entrants)
    if tasks:
        for counts in drawn(tasks, draws, seed):
            means = np.round(counts @ both / tasks, _DIGITS)
            times += front(means[:, :entrants], means[:, entrants:]).sum(axis=0)
    return Membership(on_front, np.where(unknown, np.nan, times / draws), unknown)
