"""How many tasks: the published numbers, the way back, and simulated pilots and power."""

from __future__ import annotations

from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.stats.compare import compare
from assay.stats.planning import Components, best_samples, components, detectable, plan, tasks_needed

BENCH = Components(0.0907, 0.088, 0.088)


def _needed(delta: float, samples: float, scatter: Components = BENCH, population: int | None = None) -> int:
    omega2, a, b, _ = scatter
    return tasks_needed(delta, omega2=omega2, sigma2_a=a, sigma2_b=b, samples=samples, population=population)


def _shown(n: int, samples: float, scatter: Components = BENCH, population: int | None = None) -> float:
    omega2, a, b, _ = scatter
    return detectable(n, omega2=omega2, sigma2_a=a, sigma2_b=b, samples=samples, population=population)


def _best(per_task: float = 0.0) -> int:
    return best_samples(omega2=0.0907, sigma2_a=0.088, sigma2_b=0.088, per_task=per_task)


@pytest.mark.parametrize(("sigma2", "samples", "expected"), [(1 / 6, inf, 969), (1 / 6, 1, 3876), (1 / 6, 10, 1260)])
def test_millers_example(sigma2: float, samples: float, expected: int) -> None:
    """Three points at 80 % power, with ω² = 1/9."""
    assert _needed(0.03, samples, Components(1 / 9, sigma2, sigma2)) == expected


@pytest.mark.parametrize(
    ("delta", "samples", "tasks"),
    [(0.05, 1, 837), (0.05, 5, 395), (0.03, 1, 2325), (0.03, 5, 1098), (0.1, 1, 209), (0.1, 5, 99)],
)
def test_terminal_bench(delta: float, samples: int, tasks: int) -> None:
    """The published table, which rounds where a plan rounds up."""
    assert _needed(delta, samples) - tasks in (0, 1)


def test_what_tasks_can_show() -> None:
    """88 tasks: 15.4, 10.6 and 9.8 points with one, five and ten samples; 500 of Verified: 4.5."""
    found = [100 * _shown(88, samples) for samples in (1, 5, 10)]
    assert found == pytest.approx([15.4, 10.6, 9.8], abs=0.05)
    assert 100 * detectable(500, omega2=0.130) == pytest.approx(4.5, abs=0.05)
    needed = [tasks_needed(delta, omega2=0.13022) for delta in (0.01, 0.02, 0.03, 0.05, 0.1)]
    assert needed == pytest.approx([10221, 2555, 1136, 409, 102], abs=1)


@given(st.floats(0.01, 0.3), st.floats(0.01, 0.5), st.floats(0, 0.25), st.integers(1, 9), st.booleans())
def test_there_and_back(delta: float, omega2: float, sigma2: float, samples: int, finite: bool) -> None:
    """The tasks that a difference needs can show it, and one task fewer cannot; a whole benchmark always."""
    population = 500 if finite else None
    scatter = Components(omega2, sigma2, sigma2)
    n = _needed(delta, samples, scatter, population)
    assert _shown(n, samples, scatter, population) <= delta * (1 + 1e-6)
    assert n == 1 or _shown(n - 1, samples, scatter, population) >= delta * (1 - 1e-6)
    assert not finite or n <= 500


def test_samples_are_worth_their_price() -> None:
    """With no cost of setting up one sample is best; with a dear one √(c₁/c₂ · σ²/ω²), to the whole number
    that is cheapest."""
    assert _best() == 1
    for per_task in (1.0, 10.0, 100.0):
        found = _best(per_task)
        costs = {k: (0.0907 + 0.176 / k) * (per_task + k) for k in range(1, 60)}
        assert costs[found] == min(costs.values())
    assert best_samples(omega2=0.0, sigma2_a=0.1, per_task=1.0) > 100
    assert best_samples(omega2=0.0) == 1


def test_a_plan_says_what_it_costs() -> None:
    """Tasks while there are any; then samples in their place; then nothing helps, which is said."""
    free = plan(0.05, BENCH)
    assert free is not None
    assert (free.tasks, free.samples, free.trials) == (838, 1, 838)
    assert np.isnan(free.dollars)
    assert np.isnan(free.minutes)
    short = plan(0.05, BENCH, available=500, dollars_per_run=0.5, seconds_per_run=60, at_once=8)
    assert short is not None
    assert (short.tasks, short.samples) == (500, 3)
    assert (short.dollars, short.minutes) == (750, 188)
    assert _shown(500, 3) <= 0.05 < _shown(500, 2)
    assert plan(0.05, BENCH, available=200) is None
    dear = plan(0.05, BENCH, dollars_per_run=1, dollars_per_task=10)
    assert dear is not None
    assert dear.samples == _best(10)
    assert dear.dollars == dear.tasks * (10 + dear.samples)


def test_a_pilot_that_saw_no_difference_promises_nothing() -> None:
    """Runs that are right or wrong and differ by five points scatter, whatever three tied tasks showed."""
    found = plan(0.05, components([1, 1, 0], [1, 1, 0]))
    assert found is not None
    assert found.tasks == tasks_needed(0.05, omega2=0.05 * 0.95)


def test_components_are_unbiased() -> None:
    """Over simulated pilots with three runs, each part is that of the tasks; with one run all is in one."""
    rng = np.random.default_rng(50)
    p = rng.beta(0.6, 0.4, 400)
    q = np.clip(p + rng.normal(0, 0.25, 400), 0, 1)
    drawn = [(rng.binomial(3, p) / 3, rng.binomial(3, q) / 3) for _ in range(200)]
    found = np.mean([components(x, y, runs_x=3, runs_y=3) for x, y in drawn], axis=0)
    assert found[:3] == pytest.approx([np.var(p - q), (p * (1 - p)).mean(), (q * (1 - q)).mean()], abs=0.003)
    single = components([1, 0, 1, 0], [0, 0, 1, 1])
    assert single == (0.5, 0.0, 0.0, False)


def test_planned_power_is_reached() -> None:
    """Simulated comparisons of the planned size find the difference about as often as planned."""
    rng = np.random.default_rng(51)
    n = tasks_needed(0.15, omega2=0.35 - 0.15**2)
    d = rng.choice([1, 0, -1], (200, n), p=[0.25, 0.65, 0.10])
    found = np.mean([compare(np.maximum(row, 0), np.maximum(-row, 0)).p <= 0.05 for row in d])
    assert 0.72 <= found <= 0.88


def test_refusals() -> None:
    """Nothing to find, impossible chances, negative variances, pilots of other tasks."""
    with pytest.raises(ValueError, match="above 0"):
        tasks_needed(0.0, omega2=0.1)
    for power, alpha in ((1.0, 0.05), (0.8, 0.0), (0.01, 0.05)):
        with pytest.raises(ValueError, match="power"):
            tasks_needed(0.1, power=power, alpha=alpha, omega2=0.1)
    with pytest.raises(ValueError, match="variances"):
        detectable(10, omega2=-0.1)
    with pytest.raises(ValueError, match="costs"):
        best_samples(omega2=0.1, per_run=0.0)
    with pytest.raises(ValueError, match="same tasks"):
        components([], [])
    assert detectable(0, omega2=0.1) == inf
