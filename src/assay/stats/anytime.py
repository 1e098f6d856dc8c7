"""Evidence about tasks like these, not only about the ones of this benchmark, valid at any time: the
companion of `sequential`, which speaks of this benchmark alone. Knows how many tasks only one of two solved."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betaln

from assay.stats.bounds import Numbers


def log_e_mcnemar(first_only: ArrayLike, second_only: ArrayLike) -> Numbers:
    """The logarithm of the e-value against "each of these tasks was as likely to go either way": the odds
    of a bet that learns the true share as it goes (Krichevsky and Trofimov). Beyond ln(1/α) it refutes the
    statement at level α, whenever and however often one looks. Counts so far, element by element."""
    b, c = np.broadcast_arrays(np.asarray(first_only, np.float64), np.asarray(second_only, np.float64))
    if not (np.all(b >= 0) and np.all(c >= 0)):
        raise ValueError("tasks solved by one alone are 0 or more")
    return np.asarray((b + c) * np.log(2) + betaln(b + 0.5, c + 0.5) - betaln(0.5, 0.5), np.float64)
