"""The macro mean: groups count the same, and the small one is what makes it unsure."""

from __future__ import annotations

import numpy as np
import pytest

from assay.stats.binomial import wilson
from assay.stats.effective import interval
from assay.stats.groups import macro_interval


def test_the_small_group_decides_how_sure_it_is() -> None:
    """20 tasks at .5 and 1000 at .8: .65 ± .0577, where pooling by size would give .0126."""
    found = macro_interval([1] * 10 + [0] * 10 + [1] * 800 + [0] * 200, ["small"] * 20 + ["large"] * 1000)
    assert (found.value, found.error) == pytest.approx((0.65, 0.0577), abs=5e-5)
    assert (found.high - found.low) / 2 == pytest.approx(1.96 * found.error, rel=0.15)


def test_one_group_is_its_own_interval() -> None:
    """And a group that counts for nothing changes nothing."""
    x = [1.0] * 7 + [0.0] * 3
    low, high = wilson(7, 10)
    assert macro_interval(x, ["a"] * 10)[:3] == pytest.approx((0.7, float(low), float(high)))
    both = macro_interval([*x, 0.0, 0.0], ["a"] * 10 + ["b"] * 2, weights={"a": 2.0, "b": 0.0})
    assert both[:3] == pytest.approx((0.7, float(low), float(high)))
    repeated = macro_interval([0.2, 0.4, 1.0], ["a"] * 3, runs=5)
    assert repeated[:3] == pytest.approx(tuple(interval([0.2, 0.4, 1.0], runs=5))[:3])


def test_ends_and_refusals() -> None:
    """All right has a width; one task in a group has no standard error; names and weights must fit."""
    found = macro_interval([1.0] * 12, list("aaabbbcccddd"))
    assert (found.value, found.high, found.error) == (1.0, 1.0, 0.0)
    assert found.low < 0.8
    assert np.isnan(macro_interval([1.0, 0.0, 1.0], list("aab")).error)
    assert macro_interval([], [])[1:3] == (0.0, 1.0)
    with pytest.raises(ValueError, match="one group name per task"):
        macro_interval([1.0], ["a", "b"])
    with pytest.raises(ValueError, match="not all 0"):
        macro_interval([1.0], ["a"], weights={"a": 0.0})
    with pytest.raises(ValueError, match="weigh"):
        macro_interval([1.0], ["a"], weights={"b": 1.0})


@pytest.mark.parametrize(
    ("sizes", "rates"), [((20, 300), (0.5, 0.8)), ((5, 10, 30), (0.95, 0.5, 0.02)), ((10, 10, 10), (0.98, 1.0, 0.9))]
)
def test_it_covers_the_mean_of_the_groups(sizes: tuple[int, ...], rates: tuple[float, ...]) -> None:
    """In 92 % and more of simulated benchmarks, with unequal groups and rates at the ends."""
    rng = np.random.default_rng(70)
    groups, p = np.repeat(np.arange(len(sizes)), sizes), np.repeat(rates, sizes)
    found = [macro_interval(rng.random(p.size) < p, groups) for _ in range(300)]
    assert np.mean([one.low <= np.mean(rates) <= one.high for one in found]) >= 0.92
