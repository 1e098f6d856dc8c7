"""How many more tasks a decision is expected to take, were the difference over the whole benchmark a given
one: the growth of each bet on average, with no luck either way. A forecast; no statement rests on it."""

from __future__ import annotations

import math

import numpy as np

from assay.stats.betting import BETS, ROUNDING, fair, stake
from assay.stats.bounds import Numbers


def tasks_to_come(low: Numbers, high: Numbers, population: int, margin: float, tail: float, difference: float) -> float:
    """Until any of "first", "second" or "within the margin" is certain; infinity for not before the end."""
    first, second = (
        _until_refuted(x, population, margin, tail, d) for x, d in ((low, difference), (-high, -difference))
    )
    inside = [_until_refuted(x, population, -margin, tail, d) for x, d in ((low, difference), (-high, -difference))]
    return min(first, second, max(inside) if margin > 0 else math.inf)


def _until_refuted(x: Numbers, population: int, null: float, tail: float, mean: float) -> float:
    """How many further tasks refute "the mean is at most the null" if those left have what makes the mean
    over all of them the given one, and lose and win together as often as the tasks seen did."""
    seen = x.size
    left = np.arange(population - seen, 0, -1.0)
    drift = float(np.clip((population * mean - x.sum()) / left.size, -1.0, 1.0))
    telling = max(float(x @ x) / seen, abs(drift))
    chances = ((telling + drift) / 2, (telling - drift) / 2, 1 - telling)
    before = float(x.sum()) + drift * np.arange(left.size, dtype=np.float64)
    rest = fair(population * null - before, left)
    past_left = population - np.arange(seen, dtype=np.float64)
    past_rest = fair(population * null - (np.cumsum(x) - x), past_left)
    wealth = np.full(left.size, -np.inf)
    for bet in BETS:
        so_far = float(np.log1p(stake(bet, past_rest) * (x - past_rest)).sum())
        bets = stake(bet, rest)
        growth = sum(
            chance * np.log1p(bets * (value - rest)) for chance, value in zip(chances, (1.0, -1.0, 0.0), strict=True)
        )
        wealth = np.logaddexp(wealth, so_far + np.cumsum(growth))
    out_of_reach = before + drift - (left - 1) > population * null + ROUNDING
    done = (wealth - math.log(len(BETS)) >= -math.log(tail)) | out_of_reach
    return float(done.argmax() + 1) if done.any() else math.inf
