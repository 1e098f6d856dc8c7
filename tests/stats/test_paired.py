"""Two entrants right or wrong on the same tasks: reference values, oracles, and rates counted out exactly."""

from __future__ import annotations

from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import optimize, stats

from assay.stats.paired import bonett_price, mcnemar_exact, mcnemar_mid_p, probability_better, tango

PAIRS = st.integers(0, 60).flatmap(
    lambda n: st.integers(0, n).flatmap(lambda b: st.tuples(st.just(b), st.integers(0, n - b), st.just(n)))
)


@pytest.mark.parametrize(
    ("first", "second", "p"), [(29, 20, 0.2529), (41, 21, 0.0151), (61, 17, 6e-7), (98, 14, 1e-16), (202, 9, 1e-48)]
)
def test_mcnemar_of_the_published_pairs(first: int, second: int, p: float) -> None:
    """The first of SWE-bench Verified against the 5th, 10th, 30th, 50th and 100th."""
    assert float(mcnemar_exact(first, second)) == pytest.approx(p, abs=5.1e-5 if p > 1e-3 else 0, rel=0.6)


def test_mcnemar_is_the_binomial_test() -> None:
    """Exact as SciPy's for every split; the mid-p has half of the seen split's chance, on both sides."""
    for both in range(17):
        for first in range(both + 1):
            exact = stats.binomtest(first, both, 0.5).pvalue if both else 1.0
            assert float(mcnemar_exact(first, both - first)) == pytest.approx(exact)
            fewer = min(first, both - first)
            coin = stats.binom(both, 0.5)
            mid = 1.0 if 2 * fewer == both else 2 * (coin.cdf(fewer - 1) + coin.pmf(fewer) / 2)
            assert float(mcnemar_mid_p(first, both - first)) == pytest.approx(mid)


def test_reference_limits() -> None:
    """41 against 21 of 500, to the last published place."""
    score, closed = tango(41, 21, 500), bonett_price(41, 21, 500)
    assert (float(score.low), float(score.high)) == pytest.approx((0.0094, 0.07205), abs=1e-5)
    assert (float(closed.low), float(closed.high)) == pytest.approx((0.0088, 0.07088), abs=1e-5)


def _score(b: int, c: int, n: int, difference: float) -> float:
    """Tango's statistic with the likelihood maximised by search rather than in closed form."""

    def unlikely(share: float) -> float:
        chances = (share + difference, share, 1 - 2 * share - difference)
        return -sum(k * log(max(p, 1e-300)) for k, p in zip((b, c, n - b - c), chances, strict=True))

    found = optimize.minimize_scalar(
        unlikely, bounds=(max(0.0, -difference), (1 - difference) / 2), method="bounded", options={"xatol": 1e-12}
    )
    share = float(found.x)
    return (b - c - n * difference) / float(np.sqrt(n * (2 * share + difference * (1 - difference))))


@pytest.mark.parametrize(("b", "c", "n"), [(41, 21, 500), (3, 1, 10), (5, 0, 30), (1, 7, 9), (0, 2, 200)])
def test_tango_inverts_the_score_test(b: int, c: int, n: int) -> None:
    """At its limits the statistic is the normal quantile."""
    found = tango(b, c, n)
    assert _score(b, c, n, float(found.low)) == pytest.approx(1.95996, abs=2e-3)
    assert _score(b, c, n, float(found.high)) == pytest.approx(-1.95996, abs=2e-3)


@given(PAIRS, st.floats(0.5, 0.999))
def test_limits_mirror_enclose_and_have_a_width(pair: tuple[int, int, int], level: float) -> None:
    """Whoever is named first; always within [−1, 1]; and with no task at all all of it."""
    b, c, n = pair
    for method in (tango, bonett_price):
        low, high = method(b, c, n, level)
        assert -1 <= low < high <= 1
        other = method(c, b, n, level)
        assert (float(low), float(high)) == pytest.approx((-float(other.high), -float(other.low)))
        if method is tango and n:
            assert low - 1e-12 <= (b - c) / n <= high + 1e-12
    assert 0 <= float(mcnemar_mid_p(b, c)) <= float(mcnemar_exact(b, c)) <= 1


def test_only_ties_and_nothing_but_wins() -> None:
    """Ties only: ± z² / (n + z²). One-sided sweeps reach the end. Nothing known: all of [−1, 1]."""
    z2 = stats.norm.ppf(0.975) ** 2
    assert float(tango(0, 0, 30).high) == pytest.approx(z2 / (30 + z2))
    assert float(tango(0, 0, 30).low) == pytest.approx(-z2 / (30 + z2))
    assert float(tango(10, 0, 10).high) == 1.0
    for method in (tango, bonett_price):
        assert tuple(map(float, method(0, 0, 0))) == (-1.0, 1.0)
        with pytest.raises(ValueError, match="at most all tasks"):
            method(3, 3, 5)
    with pytest.raises(ValueError, match="whole tasks"):
        mcnemar_exact(1.5, 2)
    with pytest.raises(ValueError, match="0 or more"):
        mcnemar_mid_p(-1, 2)


def test_the_chance_of_being_better() -> None:
    """That of a Beta above one half: the published 0.901 for 29 against 20, and one half at a tie."""
    assert float(probability_better(29, 20)) == pytest.approx(0.901, abs=5e-4)
    assert np.allclose(probability_better([0, 18], [0, 18]), 0.5)
    b, c = np.array([3, 40, 0]), np.array([1, 22, 5])
    assert np.allclose(probability_better(b, c), stats.beta.sf(0.5, b + 0.5, c + 0.5))


def _outcomes(n: int, first: float, second: float) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Every pair of counts and its chance; for thousands of tasks a seeded sample in their place."""
    rest = max(1 - first - second, 0.0)
    if n > 300:
        drawn = np.random.default_rng(11).multinomial(n, [first, second, rest], 4_000)
        return drawn[:, 0], drawn[:, 1], np.full(4_000, 1 / 4_000)
    b, c = np.divmod(np.arange((n + 1) ** 2), n + 1)
    b, c = b[b + c <= n], c[b + c <= n]
    return b, c, stats.multinomial.pmf(np.stack([b, c, n - b - c], axis=1), n, [first, second, rest])


RATES = [(0.0, 0.0), (0.02, 0.0), (0.0, 0.05), (0.02, 0.02), (0.066, 0.066), (0.1, 0.03), (0.25, 0.25), (0.5, 0.1),
         (0.95, 0.02), (0.95, 0.0), (1.0, 0.0)]  # fmt: skip


@pytest.mark.parametrize("n", [10, 30, 100, 500, 2000])
def test_limits_cover_the_true_difference(n: int) -> None:
    """Tango's in 91 % and more, Bonett and Price's in 93.5 %, at any rates, none and all included."""
    for first, second in RATES:
        b, c, chance = _outcomes(n, first, second)
        truth = first - second
        for method, least in ((tango, 0.91), (bonett_price, 0.935)):
            low, high = method(b, c, n)
            covered = float(chance[(low <= truth + 1e-9) & (truth - 1e-9 <= high)].sum())
            assert covered >= least, (method.__name__, first, second)


@pytest.mark.parametrize("n", [10, 30, 100, 500, 2000])
def test_equals_are_seldom_told_apart(n: int) -> None:
    """At 5 % the exact test errs in 5 % at most, the mid-p in hardly more, and it is never the blunter one."""
    for rate in (0.0, 0.01, 0.066, 0.2, 0.45):
        b, c, chance = _outcomes(n, rate, rate)
        exact = float(chance[mcnemar_exact(b, c) <= 0.05].sum())
        mid = float(chance[mcnemar_mid_p(b, c) <= 0.05].sum())
        assert exact <= (0.05 if n <= 300 else 0.06)
        assert exact <= mid <= (0.055 if n <= 300 else 0.06)
