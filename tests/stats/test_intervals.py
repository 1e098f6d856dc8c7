"""Intervals for a proportion: reference values, SciPy's own, and coverage counted out exactly."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from assay.stats.binomial import clopper_pearson, jeffreys, wilson
from assay.stats.bounds import Bounds, normal_quantile

METHODS = {"wilson": wilson, "clopper_pearson": clopper_pearson, "jeffreys": jeffreys}

VERIFIED = [
    (396, 0.7543, 0.8253), (394, 0.7500, 0.8216), (388, 0.7374, 0.8104), (387, 0.7353, 0.8085),
    (384, 0.7290, 0.8029), (382, 0.7249, 0.7991), (362, 0.6832, 0.7614),
]  # fmt: skip


@pytest.mark.parametrize(("solved", "low", "high"), VERIFIED)
def test_wilson_gives_the_published_limits(solved: int, low: float, high: float) -> None:
    """Of 500 tasks, to four places."""
    found = wilson(solved, 500)
    assert float(found.low) == pytest.approx(low, abs=5.1e-5)
    assert float(found.high) == pytest.approx(high, abs=5.1e-5)


@pytest.mark.parametrize("level", [0.8, 0.95, 0.99])
@pytest.mark.parametrize("n", [1, 7, 100])
def test_wilson_and_clopper_pearson_agree_with_scipy(n: int, level: float) -> None:
    """For every possible count, ends included."""
    for method, name in ((wilson, "wilson"), (clopper_pearson, "exact")):
        found = method(np.arange(n + 1), n, level)
        for k in range(n + 1):
            expected = stats.binomtest(k, n).proportion_ci(level, method=name)
            assert float(found.low[k]) == pytest.approx(expected.low, abs=1e-10)
            assert float(found.high[k]) == pytest.approx(expected.high, abs=1e-10)


def test_jeffreys_is_the_posterior_with_closed_ends() -> None:
    """Quantiles of Beta(k + 1/2, n − k + 1/2); 0 and 1 where nothing or everything was right."""
    found = jeffreys(np.arange(11), 10)
    assert np.allclose(found.low[1:], stats.beta.ppf(0.025, np.arange(1, 11) + 0.5, 10 - np.arange(1, 11) + 0.5))
    assert np.allclose(found.high[:-1], stats.beta.ppf(0.975, np.arange(10) + 0.5, 10 - np.arange(10) + 0.5))
    assert (found.low[0], found.high[-1]) == (0.0, 1.0)


COVERAGE = [
    (0.792, 30, 0.958, 0.979, 0.931), (0.95, 30, 0.939, 0.984, 0.984), (0.95, 100, 0.966, 0.983, 0.935),
    (0.99, 30, 0.964, 0.997, 0.964), (0.99, 100, 0.921, 0.982, 0.982), (0.99, 300, 0.967, 0.989, 0.918),
]  # fmt: skip


@pytest.mark.parametrize(("p", "n", "score", "exact", "posterior"), COVERAGE)
def test_coverage_is_what_enumeration_gives(p: float, n: int, score: float, exact: float, posterior: float) -> None:
    """The chance that the interval holds the truth, summed over all counts."""
    k = np.arange(n + 1)
    chance = stats.binom.pmf(k, n, p)
    for method, expected in ((wilson, score), (clopper_pearson, exact), (jeffreys, posterior)):
        found: Bounds = method(k, n)
        covered = float(chance[(found.low <= p) & (p <= found.high)].sum())
        assert covered == pytest.approx(expected, abs=6e-4)


@given(
    st.sampled_from(["wilson", "clopper_pearson"]),
    st.floats(0.5, 1e6),
    st.floats(0, 1),
    st.floats(0.5, 0.999),
)
def test_limits_enclose_the_rate_and_stay_inside(name: str, n: float, share: float, level: float) -> None:
    """0 ≤ low ≤ k/n ≤ high ≤ 1 for fractional sizes too, and never of no width."""
    found = METHODS[name](share * n, n, level)
    assert 0 <= found.low <= share + 1e-9
    assert share - 1e-9 <= found.high <= 1
    assert found.high > found.low


def test_knowing_nothing_is_the_whole_range() -> None:
    """With no trial at all the interval is [0, 1]; impossible counts are refused."""
    for method in METHODS.values():
        assert tuple(map(float, method(0, 0))) == (0.0, 1.0)
        with pytest.raises(ValueError, match="between 0 and n"):
            method(3, 2)
        with pytest.raises(ValueError, match="level"):
            method(1, 2, 1.0)
    assert normal_quantile(0.95) == pytest.approx(1.959964, abs=1e-6)
