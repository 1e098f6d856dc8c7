"""The interval of the other question: what would these same tasks give, run again? Only the noise between
runs counts, so it is narrower than that for tasks like these, and says nothing about other tasks."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from assay.stats.binomial import Limits
from assay.stats.bounds import normal_quantile
from assay.stats.effective import Estimate


def same_tasks_interval(
    scores_by_task: ArrayLike,
    *,
    runs: ArrayLike,
    weights: ArrayLike | None = None,
    level: float = 0.95,
    limits: Limits = Limits.WILSON,
) -> Estimate:
    """The interval on the number of runs that would be as noisy as these: at least all of them
    pooled, more where tasks are surely right or surely wrong.

    A task with one run shows no noise, and gets the average of the others'; at least one needs two runs.
    Runs that agreed everywhere are still no certainty: to the variance seen, that of what would have gone
    unseen is added, (z / runs)². A graded score counts as if its runs had been right or wrong, which is
    the most that they can scatter.
    """
    x = np.asarray(scores_by_task, np.float64).ravel()
    if x.size == 0:
        return Estimate(float("nan"), 0.0, 1.0, 0.0)
    if not (np.all(x >= 0) and np.all(x <= 1)):
        raise ValueError("scores lie between 0 and 1")
    k = np.broadcast_to(np.asarray(runs, np.float64), x.shape)
    w = np.ones_like(x) if weights is None else np.asarray(weights, np.float64).ravel()
    if w.shape != x.shape or not np.all(np.isfinite(w)) or np.any(w < 0) or w.sum() <= 0:
        raise ValueError("weights are not negative, and not all 0")
    again = k >= 2
    if np.any(k < 1) or not np.any(again):
        raise ValueError("the noise between runs needs two runs of a task")
    noise = np.where(again, x * (1 - x) / np.where(again, k - 1, 1.0), 0.0)
    within = float((noise * k)[again].mean())
    noise = np.where(again, noise, within)
    mean = float(np.clip(w @ x / w.sum(), 0.0, 1.0))
    pooled = float(w.sum() ** 2 / (w**2 / k).sum())
    variance = float((w**2 @ noise) / w.sum() ** 2) + (normal_quantile(level) / pooled) ** 2
    size = max(pooled, mean * (1 - mean) / variance)
    low, high = limits.of(mean * size, size, level)
    return Estimate(mean, min(mean, float(low)), max(mean, float(high)), size)
