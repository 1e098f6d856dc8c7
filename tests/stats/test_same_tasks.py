"""The same tasks run again: narrower than tasks like these, and true of these tasks."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from assay.stats.binomial import wilson
from assay.stats.effective import interval
from assay.stats.estimands import DEFAULT, Estimand
from assay.stats.same_tasks import same_tasks_interval


def test_each_question_has_a_name_and_a_plain_sentence() -> None:
    """The three of them, with tasks like these as the default."""
    assert [str(one) for one in Estimand] == ["these tasks, run again", "tasks like these", "the whole benchmark"]
    assert DEFAULT is Estimand.TASKS_LIKE_THESE
    assert all(one.sentence.endswith(".") for one in Estimand)


def test_the_formula_by_hand() -> None:
    """The variance within tasks without bias, and what would have gone unseen, into Wilson's interval."""
    x, w = np.array([0.2, 1.0, 0.0, 0.6] * 20), np.array([1.0, 2.0, 1.0, 1.0] * 20)
    found = same_tasks_interval(x, runs=5, weights=w)
    mean, runs = w @ x / w.sum(), 5 * w.sum() ** 2 / (w @ w)
    variance = (w**2 * x * (1 - x) / 4).sum() / w.sum() ** 2 + (1.959964 / runs) ** 2
    size = mean * (1 - mean) / variance
    low, high = wilson(mean * size, size)
    assert found == pytest.approx((mean, float(low), float(high), size), abs=1e-5)


def test_it_is_narrower_where_tasks_differ_and_not_where_they_do_not() -> None:
    """Tasks that are surely right or wrong leave little to luck; tasks that are all alike are one pool."""
    rng = np.random.default_rng(1)
    x = rng.binomial(5, rng.beta(0.3, 0.2, 88)) / 5
    again, others = same_tasks_interval(x, runs=5), interval(x, runs=5)
    assert again.high - again.low < 0.6 * (others.high - others.low)
    coins = rng.binomial(5, 0.5, 200) / 5
    pooled = wilson(5 * coins.sum(), 1000)
    found = same_tasks_interval(coins, runs=5)
    assert found.high - found.low == pytest.approx(float(pooled.high - pooled.low), rel=0.05)


def test_runs_that_all_agreed_are_no_certainty() -> None:
    """At 0 %, at 100 %, and half and half there is a width, and twice the runs make it half."""
    for x in ([0.0] * 40, [1.0] * 40, [0.0, 1.0] * 20):
        few, many = (same_tasks_interval(x, runs=runs) for runs in (5, 10))
        assert few.low <= few.value <= few.high
        assert 0.01 < few.high - few.low < 0.05
        assert (few.high - few.low) / (many.high - many.low) == pytest.approx(2, abs=0.1)


def test_refusals_and_nothing() -> None:
    """One run of each task shows no noise; a task with one among others borrows theirs; no task is [0, 1]."""
    assert same_tasks_interval([], runs=5)[1:3] == (0.0, 1.0)
    with pytest.raises(ValueError, match="two runs"):
        same_tasks_interval([1.0, 0.0], runs=1)
    with pytest.raises(ValueError, match="between 0 and 1"):
        same_tasks_interval([float("nan")], runs=2)
    with pytest.raises(ValueError, match="weights"):
        same_tasks_interval([1.0], runs=2, weights=[-1.0])
    x = [0.5, 0.5, 1.0, 0.0] * 10
    some = same_tasks_interval(x, runs=[4, 4, 1, 1] * 10)
    assert some.high - some.low > same_tasks_interval(x, runs=4).high - same_tasks_interval(x, runs=4).low


@given(st.lists(st.tuples(st.integers(0, 4), st.floats(0.1, 9)), min_size=1, max_size=40), st.floats(0.5, 0.999))
def test_the_mean_lies_between_the_limits(rows: list[tuple[int, float]], level: float) -> None:
    """Always, and the limits stay in [0, 1]."""
    found = same_tasks_interval([row[0] / 4 for row in rows], runs=4, weights=[row[1] for row in rows], level=level)
    assert 0 <= found.low <= found.value <= found.high <= 1


def _benchmarks(n: int) -> list[NDArray[np.float64]]:
    """Tasks that are all alike, that differ, that are all but certain."""
    rng = np.random.default_rng(n)
    even = [np.full(n, p) for p in (0.0, 0.02, 0.5, 0.95, 1.0)]
    return [*even, rng.beta(0.3, 0.2, n), rng.beta(0.06, 0.05, n), np.where(np.arange(n) % 2, 0.99, 0.0)]


@pytest.mark.parametrize(("n", "runs"), [(10, 2), (30, 5), (100, 2), (500, 5), (2000, 2)])
def test_it_covers_what_the_same_tasks_would_give(n: int, runs: int) -> None:
    """The true mean of these very tasks lies inside in 90 % and more of the times that they are run, with
    Wilson's own ups and downs at few runs."""
    rng = np.random.default_rng(30)
    draws = 300 if n <= 100 else 150
    for p in _benchmarks(n):
        x = rng.binomial(runs, p, (draws, n)) / runs
        found = [same_tasks_interval(row, runs=runs) for row in x]
        assert np.mean([one.low - 1e-12 <= p.mean() <= one.high + 1e-12 for one in found]) >= 0.90
