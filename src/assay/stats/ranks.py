"""Ranks with the uncertainty that they have: which places an entrant could hold among tasks like these
(Mogstad, Romano, Shaikh and Wilhelm 2024), and which entrants could be the best.

A pair is told apart where its difference is larger than the largest that drawing other tasks makes of any
pair in question (max-T), pairs told apart before left out (stepdown). Entrants rise and fall together on
hard tasks, and so this sees more than a correction that takes pairs for independent. Knows scores of
entrants × tasks, the same tasks for all."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from assay.stats.bounds import Numbers, normal_quantile
from assay.stats.multiple import benjamini_hochberg, holm
from assay.stats.together import Together, step_down, together

Flags = NDArray[np.bool_]
Places = NDArray[np.int64]


class RankSets(NamedTuple):
    """The best and the worst place that each entrant could hold; 1 is the best."""

    low: Places
    high: Places


class Pairs(NamedTuple):
    """Every entrant (row) against every other (column).

    `difference` is row minus column; `p` is McNemar's mid-p where each task was right or wrong once, and
    the paired t test's otherwise; `holm`, `fdr` and `max_t` are corrected for all pairs at once."""

    difference: Numbers
    error: Numbers
    p: Numbers
    holm: Numbers
    fdr: Numbers
    max_t: Numbers


class Ranked(NamedTuple):
    """All that is asked about a board, from the same draws."""

    sets: RankSets
    pairs: Pairs
    best: Flags


def rank_sets(
    scores: ArrayLike,
    *,
    draws: int = 10_000,
    level: float = 0.95,
    seed: int = 0,
    simultaneous: bool = False,
    weights: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
) -> RankSets:
    """Which places each entrant could hold: right with the chance `level` for each one by itself, or, if
    `simultaneous`, for all of them together. Where nothing is known, any place."""
    normal_quantile(level)
    sample = together(scores, draws=draws, seed=seed, weights=weights, clusters=clusters)
    return _rank_sets(sample, (_all_pairs(sample) if simultaneous else _row_by_row(sample)) <= 1 - level)


def all_pairs(
    scores: ArrayLike,
    *,
    draws: int = 10_000,
    seed: int = 0,
    weights: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
) -> Pairs:
    """All differences, and how sure each is, alone and among all the others."""
    return _pairs(together(scores, draws=draws, seed=seed, weights=weights, clusters=clusters))


def best_set(
    scores: ArrayLike,
    *,
    draws: int = 10_000,
    level: float = 0.95,
    seed: int = 0,
    weights: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
) -> Flags:
    """Who could be the best: with the chance `level` the best one is among them. Somebody always could."""
    normal_quantile(level)
    return _best_set(together(scores, draws=draws, seed=seed, weights=weights, clusters=clusters), level)


def ranked(
    scores: ArrayLike,
    *,
    draws: int = 10_000,
    level: float = 0.95,
    seed: int = 0,
    weights: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
) -> Ranked:
    """What `rank_sets` for all entrants together, `all_pairs` and `best_set` say, drawn once."""
    normal_quantile(level)
    sample = together(scores, draws=draws, seed=seed, weights=weights, clusters=clusters)
    pairs = _pairs(sample)
    return Ranked(_rank_sets(sample, pairs.max_t <= 1 - level), pairs, _best_set(sample, level))


def _rank_sets(sample: Together, told: Flags) -> RankSets:
    ahead = sample.difference > 0
    return RankSets(1 + (told & ahead.T).sum(axis=1), len(told) - (told & ahead).sum(axis=1))


def _pairs(sample: Together) -> Pairs:
    upper = np.triu_indices(sample.p.shape[0], 1)
    claims, finds = (_mirrored(how(sample.p[upper]), sample) for how in (holm, benjamini_hochberg))
    return Pairs(sample.difference, sample.error, sample.p, claims, finds, _all_pairs(sample))


def _best_set(sample: Together, level: float) -> Flags:
    told = _row_by_row(sample, behind_only=True) <= 1 - level
    return np.asarray(~told.any(axis=1))


def _all_pairs(sample: Together) -> Numbers:
    return _mirrored(step_down(sample, *np.triu_indices(sample.p.shape[0], 1)), sample)


def _row_by_row(sample: Together, *, behind_only: bool = False) -> Numbers:
    entrants = sample.p.shape[0]
    corrected = np.ones((entrants, entrants))
    for row in range(entrants):
        others = np.flatnonzero(np.arange(entrants) != row)
        corrected[row, others] = step_down(sample, others, np.full_like(others, row), one_sided=behind_only)
    return corrected


def _mirrored(upper: Numbers, sample: Together) -> Numbers:
    """The upper triangle on both sides of a diagonal of ones: nobody differs from itself."""
    whole = np.ones_like(sample.p)
    first, second = np.triu_indices(whole.shape[0], 1)
    whole[first, second] = whole[second, first] = upper
    return whole
