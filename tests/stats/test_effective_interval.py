"""The default interval over tasks: its degenerate cases, its parts by hand, and simulated coverage."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from assay.stats.binomial import Limits, clopper_pearson, jeffreys, wilson
from assay.stats.effective import interval, kish
from assay.stats.missing import range_with_missing


@pytest.mark.parametrize(("solved", "n"), [(0, 20), (20, 20), (396, 500), (1, 1), (7, 10)])
def test_one_run_per_task_is_wilson(solved: int, n: int) -> None:
    """With tasks that are right or wrong once, it is the score interval and nothing else."""
    found = interval([1] * solved + [0] * (n - solved))
    expected = wilson(solved, n)
    assert (found.low, found.high) == pytest.approx((float(expected.low), float(expected.high)))


def test_the_formula_by_hand() -> None:
    """Effective size from the spread between tasks, times (z/t)², into Wilson."""
    x = np.array([0.2, 0.4, 0.4, 1.0, 0.8, 0.6])
    mean = x.mean()
    squared_error = 6 / 5 * ((x - mean) ** 2).sum() / 36
    size = np.clip(mean * (1 - mean) / squared_error, 6, 30)
    size *= (stats.norm.ppf(0.975) / stats.t.ppf(0.975, 5)) ** 2
    found = interval(x, runs=5)
    expected = wilson(mean * size, size)
    assert found.n_effective == pytest.approx(size)
    assert (found.low, found.high) == pytest.approx((float(expected.low), float(expected.high)))
    for limits, method in ((Limits.EXACT, clopper_pearson), (Limits.JEFFREYS, jeffreys)):
        other = interval(x, runs=5, limits=limits)
        assert (other.low, other.high) == pytest.approx(tuple(map(float, method(mean * size, size))))


def test_repeats_of_the_same_result_are_no_further_tasks() -> None:
    """Ten runs that agree in every task say what one run said, and not ten times as much."""
    x = [1.0] * 12 + [0.0] * 8
    repeated = interval(x, runs=10)
    assert repeated.n_effective <= 20
    assert repeated.high - repeated.low >= interval(x).high - interval(x).low


@pytest.mark.parametrize("value", [0.0, 1.0])
@pytest.mark.parametrize("runs", [1, 5])
def test_all_wrong_or_all_right_still_has_a_width(value: float, runs: int) -> None:
    """At 0 % and 100 % one limit is the rate itself and the other says how little was seen."""
    found = interval([value] * 30, runs=runs)
    assert {found.low, found.high} >= {value}
    assert 0.1 < found.high - found.low < 0.2


def test_dollar_weights_count_by_their_own_effective_size() -> None:
    """One task with most of the money makes the interval wide: Kish's size, (Σw)²/Σw²."""
    w = np.array([16.0] + [1.0] * 16)
    found = interval([1.0] + [0.0, 1.0] * 8, weights=w)
    few = (stats.norm.ppf(0.975) / stats.t.ppf(0.975, 16)) ** 2
    assert found.n_effective == pytest.approx(kish(w) * few)
    assert kish(w) == pytest.approx(32**2 / 272)
    assert found.value == pytest.approx(24 / 32)


def test_clusters_widen_and_are_the_degrees_of_freedom() -> None:
    """Tasks of one repository stand and fall together; many copies of one cluster are one observation."""
    x = [1.0] * 10 + [0.0] * 10 + [1.0] * 10 + [0.0] * 10
    clusters = ["a"] * 10 + ["b"] * 10 + ["c"] * 10 + ["d"] * 10
    alone, together = interval(x), interval(x, clusters=clusters)
    assert together.n_effective < 5 < alone.n_effective
    assert (together.low, together.high) < (alone.low, alone.high) or together.high > alone.high
    assert interval(x, clusters=["one"] * 40)[1:3] == (0.0, 1.0)


def test_a_known_population_narrows_it_to_nothing() -> None:
    """Nearer the whole benchmark less is left to chance; with all of it, nothing."""
    x = [1.0] * 60 + [0.0] * 40
    widths = [interval(x, population=size).high - interval(x, population=size).low for size in (10**6, 200, 101, 100)]
    assert widths == sorted(widths, reverse=True)
    assert widths[-1] == 0


def test_no_task_and_one_task() -> None:
    """Nothing known is [0, 1]; so is one task with several runs, whose spread nobody has seen."""
    assert np.isnan(interval([]).value)
    assert interval([])[1:3] == (0.0, 1.0)
    assert interval([0.4], runs=5)[1:3] == (0.0, 1.0)
    for bad in ([1.5], [float("nan")]):
        with pytest.raises(ValueError, match="between 0 and 1"):
            interval(bad)
    with pytest.raises(ValueError, match="weights"):
        interval([1.0, 0.0], weights=[0.0, 0.0])


@given(
    st.lists(st.floats(0, 1), min_size=1, max_size=40),
    st.integers(1, 10),
    st.floats(0.5, 0.999),
)
def test_the_mean_lies_between_the_limits(x: list[float], runs: int, level: float) -> None:
    """Always, and the limits stay in [0, 1]."""
    found = interval(x, runs=runs, level=level)
    assert 0 <= found.low <= found.value <= found.high <= 1


DESIGNS = [
    (10, 5, 0.5, 2.0), (20, 5, 0.5, 0.3), (50, 5, 0.5, 0.3), (88, 5, 0.6455, 0.64), (30, 5, 0.9, 0.64),
    (30, 1, 0.8, 1.0), (100, 1, 0.95, 1.0), (200, 3, 0.02, 1.0),
]  # fmt: skip


@pytest.mark.parametrize(("tasks", "runs", "mean", "concentration"), DESIGNS)
def test_it_covers_what_tasks_like_these_would_give(tasks: int, runs: int, mean: float, concentration: float) -> None:
    """At least 92 % of simulated benchmarks have the truth inside; pooling all runs would have 60 to 80 %."""
    rng = np.random.default_rng(20)
    draws = 800
    p = rng.beta(mean * concentration, (1 - mean) * concentration, size=(draws, tasks))
    x = rng.binomial(runs, p) / runs
    inside = sum(found.low <= mean <= found.high for found in (interval(row, runs=runs) for row in x))
    assert inside / draws >= 0.92


def test_missing_trials_span_from_all_wrong_to_all_right() -> None:
    """Per task, over the trials that were reached; tasks that were not reached have no part."""
    low, high = range_with_missing([1.0, 0.0, 2.0, 0.0], [1, 1, 2, 0], [1, 0, 0, 0])
    assert (float(low), float(high)) == pytest.approx((1.5 / 3, 2 / 3))
    assert np.isnan(range_with_missing([], [], []).low)
    weighted = range_with_missing([1.0, 0.0], [1, 0], [0, 1], weights=[3.0, 1.0])
    assert (float(weighted.low), float(weighted.high)) == (0.75, 1.0)
