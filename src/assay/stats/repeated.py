"""Two entrants on the same tasks when a task has several runs, a graded score or a weight: the paired t
and the sign-flip test of the differences task by task. Clusters are one observation each: they are
flipped whole."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import stdtr, stdtrit

from assay.stats.bounds import Numbers, normal_quantile
from assay.stats.effective import cluster_sums

_ENUMERATED = 16
"""Up to so many groups that differ, all sign patterns are gone through; above, some are drawn."""


class PairedT(NamedTuple):
    """The weighted mean difference, its limits and p; without a spread the limits are infinite, p is 1."""

    value: float
    low: float
    high: float
    p: float


class SignFlip(NamedTuple):
    """Two-sided p: as far from 0 or farther, were each difference as likely the other way round. `p_mid`
    counts equally far patterns half; `enumerated` says that no pattern was left to chance."""

    p: float
    p_mid: float
    enumerated: bool


def paired_t(
    differences: ArrayLike,
    *,
    weights: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
    level: float = 0.95,
) -> PairedT:
    """Student's t of the differences; with weights linearised, with clusters on their sums."""
    normal_quantile(level)
    d, w = weighted_differences(differences, weights)
    if d.size == 0:
        return PairedT(float("nan"), -np.inf, np.inf, 1.0)
    mean = float(w @ d / w.sum())
    sums, groups = cluster_sums(w * (d - mean), clusters)
    error = float(np.sqrt(groups / max(groups - 1, 1) * (sums @ sums)) / w.sum())
    if groups < 2 or error <= 1e-12 * float(np.abs(d).max()):
        return PairedT(mean, -np.inf, np.inf, 1.0)
    half = float(stdtrit(groups - 1, 0.5 + level / 2)) * error
    return PairedT(mean, mean - half, mean + half, 2 * float(stdtr(groups - 1, -abs(mean) / error)))


def sign_flip(
    differences: ArrayLike,
    *,
    weights: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
    draws: int = 9_999,
    seed: int = 0,
) -> SignFlip:
    """The permutation test of pairs: assumes only that under no difference either sign is as likely."""
    d, w = weighted_differences(differences, weights)
    groups = np.abs(cluster_sums(w * d, clusters)[0])
    seen = abs(float((w * d).sum()))
    groups = groups[groups > 1e-12 * groups.max(initial=0.0)]
    slack = 1e-9 * float(groups.sum())
    if groups.size == 0 or seen <= slack:
        return SignFlip(1.0, 1.0, True)
    eights = np.pad(groups, (0, -groups.size % 8)).reshape(-1, 8)
    enumerated = groups.size <= _ENUMERATED
    if enumerated:
        every = np.arange(1 << groups.size, dtype="<u2").view(np.uint8).reshape(-1, 2)
        patterns = iter(every.T[: len(eights)])
    else:
        rng = np.random.default_rng(seed)
        patterns = (rng.integers(0, 256, draws, np.uint8) for _ in eights)
    sums = np.abs(sum(map(_flipped, eights, patterns)))
    farther = int((sums > seen + slack).sum())
    equal = int((np.abs(sums - seen) <= slack).sum())
    # Where patterns are drawn, the one that was seen is one of them.
    equal, total = (equal, sums.size) if enumerated else (equal + 1, sums.size + 1)
    return SignFlip((farther + equal) / total, (farther + equal / 2) / total, enumerated)


def weighted_differences(differences: ArrayLike, weights: ArrayLike | None) -> tuple[Numbers, Numbers]:
    """Both as flat arrays, refused where they are not finite, do not match, or weigh nothing."""
    d = np.asarray(differences, np.float64).ravel()
    w = np.ones_like(d) if weights is None else np.asarray(weights, np.float64).ravel()
    if not np.all(np.isfinite(d)):
        raise ValueError("a difference is not a number")
    if w.shape != d.shape or not np.all(np.isfinite(w)) or np.any(w < 0) or (w.size and w.sum() <= 0):
        raise ValueError("weights are not negative, not all 0, and one per task")
    return d, w


def _flipped(eight: Numbers, patterns: NDArray[np.uint8]) -> Numbers:
    """What eight groups come to under each pattern of signs, one bit a group: worked out once for all 256
    and looked up, many times faster than a product with the signs."""
    signs = 1.0 - 2.0 * np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1, bitorder="little")
    return np.asarray((signs @ eight)[patterns], np.float64)
