"""A pair of limits, for one value or for many at once, and the level that they hold at."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

Numbers = NDArray[np.float64]


class Bounds(NamedTuple):
    """Lower and upper limit, element by element."""

    low: Numbers
    high: Numbers


def normal_quantile(level: float) -> float:
    """z for a two-sided interval: 1.96 at 0.95."""
    if not 0 < level < 1:
        raise ValueError(f"a level lies between 0 and 1, not {level}")
    return float(ndtri(0.5 + level / 2))
