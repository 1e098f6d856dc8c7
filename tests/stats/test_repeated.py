"""The paired t and the sign-flip test against SciPy's, brute force and each other."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from assay.stats.paired import mcnemar_exact, mcnemar_mid_p
from assay.stats.repeated import paired_t, sign_flip


def test_paired_t_is_scipys() -> None:
    """Value, limits and p of the plain test."""
    rng = np.random.default_rng(3)
    x, y = rng.random((2, 25))
    found, expected = paired_t(x - y, level=0.9), stats.ttest_rel(x, y)
    interval = expected.confidence_interval(0.9)
    assert found == pytest.approx(((x - y).mean(), interval.low, interval.high, expected.pvalue))


def test_weights_and_clusters_in_the_t() -> None:
    """Weights are linearised; tasks of a cluster are one observation, so that copies add nothing."""
    d, w = np.array([0.2, -0.1, 0.5, 0.0]), np.array([1.0, 2.0, 1.0, 4.0])
    mean = w @ d / w.sum()
    error = np.sqrt(4 / 3 * ((w * (d - mean)) ** 2).sum()) / w.sum()
    found = paired_t(d, weights=w)
    assert found.value == pytest.approx(mean)
    assert (found.high - found.low) / 2 == pytest.approx(error * stats.t.ppf(0.975, 3))
    copied = paired_t(np.repeat(d, 5), clusters=np.repeat(np.arange(4), 5))
    assert copied == pytest.approx(tuple(paired_t(d)))


@pytest.mark.parametrize("d", [[], [0.3], [0.2] * 8, [0.0] * 5])
def test_no_spread_is_no_certainty(d: list[float]) -> None:
    """One task, or none, or the same difference in all: no limits, and nothing is shown."""
    found = paired_t(d)
    assert (found.low, found.high, found.p) == (-np.inf, np.inf, 1.0)


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 5))
def test_flipping_single_runs_is_mcnemar(first: int, second: int, ties: int) -> None:
    """Exact and mid-p, in one: the general test holds the special one."""
    found = sign_flip([1] * first + [-1] * second + [0] * ties)
    if found.enumerated:
        assert found.p == pytest.approx(float(mcnemar_exact(first, second)))
        assert found.p_mid == pytest.approx(float(mcnemar_mid_p(first, second)))
    else:
        assert found.p == pytest.approx(float(mcnemar_exact(first, second)), abs=0.02)


def test_few_differences_are_gone_through() -> None:
    """Every pattern of signs counts, as by brute force and by SciPy, and copies of a pattern none twice."""
    d = np.array([0.4, -0.2, 0.6, 0.2, 0.2, -0.1, 0.0, 0.35, 0.2])
    sums = np.array([abs(np.dot(signs, d)) for signs in product((1, -1), repeat=d.size)])
    found = sign_flip(d)
    assert found.enumerated
    assert found.p == pytest.approx((sums > abs(d.sum()) - 1e-9).mean())
    scipys = stats.permutation_test((d,), np.sum, permutation_type="samples", n_resamples=np.inf)
    assert found.p == pytest.approx(scipys.pvalue)


def test_many_differences_are_drawn_by_seed() -> None:
    """The same seed gives the same p, another hardly another; a p of 0 there is not."""
    rng = np.random.default_rng(5)
    d = rng.normal(0.05, 0.3, 200)
    once, again, other = sign_flip(d, seed=1), sign_flip(d, seed=1), sign_flip(d, seed=2)
    assert once == again
    assert not once.enumerated
    assert other.p == pytest.approx(once.p, abs=0.02)
    assert once.p == pytest.approx(paired_t(d).p, abs=0.02)
    assert sign_flip(d + 5).p == pytest.approx(1 / 10_000)


def test_clusters_are_flipped_whole() -> None:
    """Five copies of each task are as good as one."""
    d = np.array([0.5, 0.25, -0.25, 0.75, 0.5])
    assert sign_flip(np.repeat(d, 5), clusters=np.repeat(list("abcde"), 5)) == sign_flip(d)
    assert sign_flip([0.5] * 30, clusters=["one"] * 30).p == 1.0
    assert sign_flip([], clusters=[]).p == 1.0


def test_refusals() -> None:
    """What is not a number, and weights that weigh nothing or do not match."""
    with pytest.raises(ValueError, match="not a number"):
        sign_flip([0.1, float("nan")])
    for weights in ([1.0], [0.0, 0.0], [1.0, -1.0], [1.0, float("inf")]):
        with pytest.raises(ValueError, match="weights"):
            paired_t([0.1, 0.2], weights=weights)
    with pytest.raises(ValueError, match="one cluster name per task"):
        sign_flip([0.1, 0.2], clusters=["a"])


@pytest.mark.parametrize("n", [10, 30, 100, 500])
def test_equals_are_told_apart_at_the_stated_rate(n: int) -> None:
    """Of simulated equals with five runs each, at most about 5 % differ at 5 %, in the mid-p too."""
    rng = np.random.default_rng(n)
    draws = 400
    p = rng.beta(0.6, 0.4, (draws, n))
    other = np.where(rng.random((draws, n)) < 0.7, p, rng.beta(0.6, 0.4, (draws, n)))
    d = (rng.binomial(5, p) - rng.binomial(5, other)) / 5
    found = [sign_flip(row, draws=999) for row in d]
    assert np.mean([one.p <= 0.05 for one in found]) <= 0.075
    assert 0.02 <= np.mean([one.p_mid <= 0.05 for one in found]) <= 0.085
