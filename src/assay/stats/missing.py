"""What trials that are missing could make of a score: had all of them been wrong, had all been right."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from assay.stats.bounds import Bounds


def range_with_missing(
    score: ArrayLike, judged: ArrayLike, missing: ArrayLike, *, weights: ArrayLike | None = None
) -> Bounds:
    """Worst and best mean over tasks, from each task's sum of scores, judged and missing trials. Tasks
    that were not reached have neither, and no part in it. With no task at all: NaN."""
    total, seen, gone = np.broadcast_arrays(
        np.asarray(score, np.float64), np.asarray(judged, np.float64), np.asarray(missing, np.float64)
    )
    w = np.ones_like(total) if weights is None else np.asarray(weights, np.float64)
    owed = seen + gone
    reached = owed > 0
    w = np.where(reached, w, 0.0)
    size = np.where(reached, owed, 1.0)
    if not w.sum() > 0:
        return Bounds(np.asarray(np.nan), np.asarray(np.nan))
    return Bounds(np.asarray(w @ (total / size) / w.sum()), np.asarray(w @ ((total + gone) / size) / w.sum()))
