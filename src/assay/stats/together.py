"""All entrants' means over the same tasks, what drawing other tasks makes of them together, and the max-T
stepdown that this gives. Knows no ranks; `ranks` reads them off."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri, stdtr

from assay.stats.bounds import Numbers
from assay.stats.paired import mcnemar_mid_p
from assay.stats.resample import Units, drawn, units

_SAME = 1e-12
"""Of the variances of two entrants, a share that their difference can only owe to rounding."""

_MANY = 5_000
"""Units from which on their means are normal to within what the draws themselves show."""

_NO_WEIGHT = np.float32(1e-30)
"""A draw of units that all weigh nothing moves no mean."""


class Together(NamedTuple):
    """Each entrant (row) against each other (column): difference, its standard error, its own p; and how
    far each entrant's mean is from itself in each draw (entrants × draws). `units` is how many equal ones
    the tasks or clusters are worth: (Σw)²/Σw²."""

    difference: Numbers
    error: Numbers
    p: Numbers
    deviations: NDArray[np.float32]
    units: float


def together(
    scores: ArrayLike, *, draws: int, seed: int, weights: ArrayLike | None = None, clusters: ArrayLike | None = None
) -> Together:
    """From scores in [0, 1], entrants × tasks; with weights, or clusters drawn whole."""
    of = units(scores, weights, clusters)
    entrants, number = of.sums.shape
    if number == 0:
        nothing = np.zeros((entrants, entrants))
        return Together(nothing, nothing, nothing + 1, np.zeros((entrants, 0), np.float32), 0.0)
    total = of.weights.sum()
    mean = of.sums.sum(axis=1) / total
    residuals = of.sums - mean[:, None] * of.weights
    worth = float(total**2 / (of.weights @ of.weights))
    difference, error = _differences(mean, residuals / total)
    plain = weights is None and clusters is None and bool(np.all((of.sums == 0) | (of.sums == 1)))
    p = _mid_p(of.sums) if plain else _t_test(difference, error, worth)
    np.fill_diagonal(p, 1.0)
    return Together(difference, error, p, _deviations(of, residuals, draws, seed), worth)


def step_down(
    sample: Together, first: NDArray[np.intp], second: NDArray[np.intp], *, one_sided: bool = False
) -> Numbers:
    """p values of pairs, corrected for all the pairs given; `one_sided` asks only whether `first` is better.
    What draws of few tasks do not show is that the standard errors are themselves estimates: t goes in as
    the normal score that is as rare. And no p is smaller than the pair's own."""
    difference, error = sample.difference[first, second], sample.error[first, second]
    own = sample.p[first, second]
    if one_sided:
        own = np.where(difference > 0, own / 2, 1.0)
    known = error > 0
    t = np.divide(difference if one_sided else np.abs(difference), error, out=np.zeros_like(error), where=known)
    freedom = max(sample.units - 1, 1.0)
    statistic = -ndtri(stdtr(freedom, -t))
    spread = math.sqrt(sample.units / freedom)
    scale = np.divide(spread, error, out=np.zeros_like(error), where=known).astype(np.float32)
    draws = sample.deviations.shape[1]
    largest = np.full(draws, -np.inf, np.float32)
    reached = np.zeros(statistic.size, np.int64)
    order = np.argsort(-statistic, kind="stable")
    for pair in order[::-1]:
        drawn_at = (sample.deviations[first[pair]] - sample.deviations[second[pair]]) * scale[pair]
        np.maximum(largest, drawn_at if one_sided else np.abs(drawn_at), out=largest)
        reached[pair] = np.count_nonzero(largest >= statistic[pair])
    corrected = np.empty(order.size)
    corrected[order] = np.maximum.accumulate((reached[order] + 1) / (draws + 1))
    return np.maximum(corrected, own)


def _deviations(of: Units, residuals: Numbers, draws: int, seed: int) -> NDArray[np.float32]:
    """Single precision is enough for distances from the mean, and halves what is held."""
    if of.weights.size > _MANY:
        return _normal_deviations(residuals / of.weights.sum(), draws, seed)
    shares, weights = residuals.T.astype(np.float32), (of.weights / of.weights.sum()).astype(np.float32)
    shares /= np.float32(of.weights.sum())
    parts = [
        (counts @ shares) / np.maximum(counts @ weights, _NO_WEIGHT)[:, None]
        for counts in drawn(of.weights.size, draws, seed)
    ]
    return np.ascontiguousarray(np.concatenate(parts).T)


def _normal_deviations(shares: Numbers, draws: int, seed: int) -> NDArray[np.float32]:
    """The limit of what drawing gives: normal, with the covariance that the units show."""
    spread, directions = np.linalg.eigh(shares @ shares.T)
    drawn_at = np.random.default_rng(seed).standard_normal((spread.size, draws), np.float32)
    return np.asarray((directions * np.sqrt(np.maximum(spread, 0.0))) @ drawn_at, np.float32)


def _differences(mean: Numbers, shares: Numbers) -> tuple[Numbers, Numbers]:
    """Differences and their standard errors, from what each unit adds to each entrant's deviation."""
    number = shares.shape[1]
    covariance = shares @ shares.T * (number / max(number - 1, 1))
    own = np.diag(covariance)
    both = own[:, None] + own
    squared = both - 2 * covariance
    same = squared <= _SAME * both
    difference = mean[:, None] - mean
    difference[same & (np.abs(difference) < _SAME)] = 0.0
    constant = same & (difference != 0)
    return difference, np.sqrt(np.where(constant, _unseen_spread(number), np.where(same, 0.0, squared)))


def _unseen_spread(number: int) -> float:
    """The squared error of a difference that was the same in each task: as if one more task had gone
    entirely one way and one the other (Bonett and Price). Few tasks that agree do not prove that all do."""
    return (1 - (number / (number + 2)) ** 2) / (number + 2)


def _mid_p(solved: Numbers) -> Numbers:
    alone = solved @ (1 - solved).T
    return mcnemar_mid_p(np.rint(alone), np.rint(alone.T))


def _t_test(difference: Numbers, error: Numbers, units: float) -> Numbers:
    if units <= 1:
        return np.ones_like(difference)
    t = np.divide(np.abs(difference), error, out=np.zeros_like(error), where=error > 0)
    return np.asarray(2 * stdtr(units - 1, -t), np.float64)
