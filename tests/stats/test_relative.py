"""How many times as much: closed forms, ends, and simulated coverage on costs with a heavy tail."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import t

from assay.stats.relative import multiple


def test_twice_as_much_everywhere_is_twice_as_much_for_certain() -> None:
    """What both share cancels: a constant ratio has no width, whatever the costs."""
    cost = np.random.default_rng(1).lognormal(sigma=1.5, size=50)
    assert multiple(2 * cost, cost) == pytest.approx((2.0, 2.0, 2.0))


def test_the_limits_are_those_of_the_linearised_logarithm() -> None:
    """Against the formula written out by hand, with and without a sum to divide by."""
    over, under = np.array([1.0, 3.0, 2.0, 6.0]), np.array([2.0, 2.0, 1.0, 3.0])
    influence = over / over.mean() - under / under.mean()
    half = t.ppf(0.975, 3) * influence.std(ddof=1) / 2
    assert multiple(over, under) == pytest.approx((1.5, 1.5 * np.exp(-half), 1.5 * np.exp(half)))
    solved = np.array([1.0, 1.0, 0.0, 1.0])
    assert multiple(over, under, per_over=solved, per_under=np.ones(4)).value == pytest.approx((12 / 3) / (8 / 4))


@pytest.mark.parametrize(("over", "under"), [([], []), ([0.0, 0.0], [1.0, 1.0]), ([1.0, 1.0], [0.0, 0.0])])
def test_a_sum_of_nothing_says_nothing(over: list[float], under: list[float]) -> None:
    """Limits of 0 and infinity around no value."""
    found = multiple(over, under)
    assert np.isnan(found.value)
    assert (found.low, found.high) == (0.0, float("inf"))


@pytest.mark.parametrize(("tasks", "least"), [(10, 0.88), (30, 0.91), (100, 0.925), (500, 0.935)])
def test_the_truth_is_within(tasks: int, least: float) -> None:
    """Paired costs with a heavy tail and a common part: few tasks cover a little less than the level."""
    rng = np.random.default_rng(7)
    draws, hits = 1_000, 0
    for _ in range(draws):
        hard = rng.lognormal(sigma=0.8, size=tasks)
        first, second = hard * rng.lognormal(sigma=0.5, size=(2, tasks))
        found = multiple(3 * second, first)
        hits += found.low <= 3.0 <= found.high
    assert hits / draws >= least
