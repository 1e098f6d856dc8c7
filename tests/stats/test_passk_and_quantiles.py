"""pass@k against its closed form, and order-statistic limits against the binomial."""

from __future__ import annotations

from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.special import betaln

from assay.stats.effective import interval
from assay.stats.passk import pass_at_k, pass_at_k_interval, pass_hat_k, pass_hat_k_interval
from assay.stats.quantiles import quantile_interval


@pytest.mark.parametrize(
    ("n", "c", "k", "expected"), [(10, 3, 5, 0.916667), (5, 1, 3, 0.6), (200, 10, 100, 0.999229), (10, 8, 5, 1.0)]
)
def test_published_values(n: int, c: int, k: int, expected: float) -> None:
    """The estimator of Chen et al. 2021."""
    assert float(pass_at_k(n, c, k)) == pytest.approx(expected, abs=1e-6)


@given(st.integers(1, 60).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n), st.integers(1, n))))
def test_both_are_ratios_of_binomial_coefficients(drawn: tuple[int, int, int]) -> None:
    """1 − C(n−c,k)/C(n,k), and C(c,k)/C(n,k)."""
    n, c, k = drawn
    assert float(pass_at_k(n, c, k)) == pytest.approx(1 - comb(n - c, k) / comb(n, k), abs=1e-12)
    assert float(pass_hat_k(n, c, k)) == pytest.approx(comb(c, k) / comb(n, k), abs=1e-12)


def test_it_is_unbiased() -> None:
    """Averaged over simulated samples, pass@5 of ten is the chance of five."""
    rng = np.random.default_rng(4)
    p = 0.15
    found = pass_at_k(10, rng.binomial(10, p, size=40_000), 5).mean()
    assert found == pytest.approx(1 - (1 - p) ** 5, abs=0.006)


def test_intervals_and_refusals() -> None:
    """pass@1 has the pass rate's own interval; too few samples are refused, never extrapolated."""
    correct = [0, 3, 5, 10, 7, 10, 0, 1]
    one = pass_at_k_interval([10] * 8, correct, 1)
    assert one == interval(np.array(correct) / 10, runs=10)
    five = pass_at_k_interval([10] * 8, correct, 5)
    assert one.value < five.value < 1
    assert five.low < five.value < five.high
    assert pass_hat_k_interval([10] * 8, correct, 1) == one
    every = pass_hat_k_interval([10] * 8, correct, 5)
    assert every.low < every.value < one.value
    with pytest.raises(ValueError, match="at least 5 samples"):
        pass_at_k([10, 4], [1, 1], 5)
    with pytest.raises(ValueError, match="between 0 and n"):
        pass_at_k(5, 6, 1)


@pytest.mark.parametrize("n", [10, 30, 100])
def test_their_intervals_cover(n: int) -> None:
    """What tasks like these would give, of five runs in a design that is all or nothing and one that is not."""
    rng = np.random.default_rng(14)
    for a, b in ((0.6, 0.33), (3.0, 2.0)):
        correct = rng.binomial(5, rng.beta(a, b, (250, n)))
        some = 1 - np.exp(betaln(a, b + 3) - betaln(a, b))
        every = np.exp(betaln(a + 3, b) - betaln(a, b))
        for found, truth in (
            ([pass_at_k_interval([5] * n, row, 3) for row in correct], some),
            ([pass_hat_k_interval([5] * n, row, 3) for row in correct], every),
        ):
            assert np.mean([one.low <= truth <= one.high for one in found]) >= 0.92


@pytest.mark.parametrize("q", [0.5, 0.9, 0.95])
@pytest.mark.parametrize("n", [1, 5, 28, 29, 58, 59, 300])
def test_limits_are_the_order_statistics_of_the_binomial(n: int, q: float) -> None:
    """X at the ranks that the binomial gives; open-ended where there are too few values."""
    values = np.arange(1.0, n + 1)
    found = quantile_interval(values[::-1], q)
    low, high = stats.binom.ppf(0.025, n, q), stats.binom.ppf(0.975, n, q) + 1
    assert found.low == (low if low >= 1 else -np.inf)
    assert found.high == (high if high <= n else np.inf)


def test_quantile_limits_cover_heavy_tails() -> None:
    """Of log-normal times, at 95 % the limits hold the true quantile at least that often."""
    rng = np.random.default_rng(8)
    truth = float(stats.lognorm.ppf(0.9, 1.5))
    found = [quantile_interval(rng.lognormal(0, 1.5, 60), 0.9) for _ in range(600)]
    assert np.mean([one.low <= truth <= one.high for one in found]) >= 0.94
    assert np.isnan(quantile_interval([], 0.5).value)


def test_values_at_a_cap_are_at_least_the_cap() -> None:
    """Limits that reach it are open and say so; those below are as without; above it nothing is quoted."""
    values = [*range(90), *[90] * 6, *[97] * 4]
    for q, censored in ((0.5, False), (0.85, True), (0.95, True)):
        plain, capped = quantile_interval(values, q), quantile_interval(values, q, cap=90)
        assert capped.censored is censored
        assert capped.low == min(plain.low, 90)
        assert capped.value == min(plain.value, 90)
        assert capped.high == (np.inf if censored else plain.high)
    assert quantile_interval(values, 0.95, cap=98) == quantile_interval(values, 0.95)
    assert quantile_interval([5.0, 5.0], 0.5, cap=5)[2:] == (np.inf, True)
    assert not quantile_interval([1.0, 2.0], 0.99, cap=5).censored
    for bad in ([float("nan")], [1.0, float("nan")]):
        with pytest.raises(ValueError, match="not a number"):
            quantile_interval(bad, 0.5)
