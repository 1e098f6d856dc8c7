"""Dollars per solved task: limits that hold the truth with heavy-tailed costs and few solved, and open
ones where nothing was solved."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.stats.binomial import wilson
from assay.stats.compare import compare
from assay.stats.quantiles import quantile_interval
from assay.stats.ratios import ratio_interval


def _board() -> dict[str, dict[str, dict[str, Any]]]:
    """Per-instance rows of SWE-bench's bash-only board. Skips visibly where it is absent."""
    named = os.environ.get("ASSAY_TEST_DATA")
    folder = Path(named) if named else Path(__file__).parents[3] / "shared" / "data"
    path = folder / "boards" / "swebench_2025-12.json"
    if not path.exists():
        pytest.skip(f"no boards/swebench_2025-12.json in {folder}: set ASSAY_TEST_DATA to a folder that holds it")
    boards = json.loads(path.read_text())["leaderboards"]
    bash = next(board for board in boards if board["name"] == "bash-only")["results"]
    return {one["name"]: one["per_instance_details"] for one in bash if one.get("per_instance_details")}


@given(
    st.lists(st.tuples(st.floats(0, 1e4), st.integers(0, 5)), min_size=0, max_size=30),
    st.floats(0.5, 0.9999),
)
def test_limits_enclose_the_ratio(rows: list[tuple[float, int]], level: float) -> None:
    """0 ≤ low ≤ ratio ≤ high for any costs and counts, without a warning."""
    cost, solved = [row[0] for row in rows], [row[1] for row in rows]
    found = ratio_interval(cost, solved, level=level)
    if sum(solved) == 0:
        assert found.high == np.inf
        assert np.isinf(found.value) or sum(cost) == 0
    else:
        assert found.value == pytest.approx(sum(cost) / sum(solved))
    assert np.isnan(found.value) or 0 <= found.low <= found.value <= found.high


def test_units_and_order_do_not_matter() -> None:
    """Cents for dollars, twice the runs of every task, tasks the other way round."""
    rng = np.random.default_rng(2)
    cost, solved = rng.lognormal(0, 1, 40), rng.integers(0, 2, 40)
    found = ratio_interval(cost, solved)
    assert tuple(ratio_interval(100 * cost, solved))[:3] == pytest.approx([100 * one for one in found[:3]])
    assert tuple(ratio_interval(2 * cost, 2 * solved))[:3] == pytest.approx(found[:3])
    assert tuple(ratio_interval(cost[::-1], solved[::-1])) == pytest.approx(found)


def test_at_the_ends() -> None:
    """Nothing solved is open upwards and bounded below; one task says nothing; free is free; the same cost
    everywhere leaves the doubt about the solved only."""
    rng = np.random.default_rng(6)
    cost = rng.lognormal(0, 1, 30)
    none = ratio_interval(cost, np.zeros(30))
    assert (none.value, none.high) == (np.inf, np.inf)
    assert none.low > 30 * cost.mean() / 5
    assert ratio_interval([2.0], [1])[:3] == (2.0, 0.0, np.inf)
    assert ratio_interval([0.0] * 9, [1] * 9)[:3] == (0, 0, 0)
    assert ratio_interval([], []).high == np.inf
    even, rate = ratio_interval([1.0] * 50, [1] * 20 + [0] * 30), wilson(20, 50)
    assert (even.low, even.high) == pytest.approx((1 / float(rate.high), 1 / float(rate.low)))


def test_refusals() -> None:
    """Negative or unknown costs are no costs, and each task has both."""
    for cost in ([-1.0, 1.0], [float("nan"), 1.0], [float("inf"), 1.0]):
        with pytest.raises(ValueError, match="not negative"):
            ratio_interval(cost, [1, 1])
    with pytest.raises(ValueError, match="per task"):
        ratio_interval([1.0], [1, 0])


DESIGNS = [(n, p, tail) for n in (10, 30, 100, 500) for p in (0.02, 0.5, 0.95) for tail in (0.5, 1.0)]


@pytest.mark.parametrize(("n", "p", "tail"), [*DESIGNS, (2000, 0.02, 1.5), (2000, 0.95, 1.5)])
def test_limits_cover_with_heavy_tails(n: int, p: float, tail: float) -> None:
    """Log-normal costs, twice as much for what fails: 91 % and more, 89 % for ten tasks with the heavy tail."""
    rng = np.random.default_rng(19)
    draws = 300
    solved = rng.random((draws, n)) < p
    cost = rng.lognormal(-(tail**2) / 2, tail, (draws, n)) * np.where(solved, 1, 2)
    truth = (p + 2 * (1 - p)) / p
    found = [ratio_interval(*row) for row in zip(cost, solved, strict=True)]
    covered = np.mean([one.low <= truth <= one.high for one in found])
    assert covered >= (0.89 if n == 10 and tail == 1 else 0.91)
    if n >= 500 and p > 0.1:
        assert np.mean([one.high / one.low for one in found]) < 1.8


def test_limits_cover_on_real_costs() -> None:
    """Of 30 tasks drawn from each of the board's models, 93 % hold what all of its tasks give."""
    rng = np.random.default_rng(21)
    inside = []
    for rows in _board().values():
        cost = np.array([row["cost"] for row in rows.values()])
        solved = np.array([float(row["resolved"]) for row in rows.values()])
        for _ in range(20):
            drawn = rng.integers(0, cost.size, 30)
            found = ratio_interval(cost[drawn], solved[drawn])
            inside.append(found.low <= cost.sum() / solved.sum() <= found.high)
    assert np.mean(inside) >= 0.93


def test_the_published_board() -> None:
    """Opus 4.5: $.72 a task at .744; Kimi K2: its 95 % quantile is where the harness stops, and said so; and
    the two first cannot be told apart while the first and the fourth can."""
    board = _board()
    names = list(board)
    opus, kimi = board[names[0]], board["Kimi K2 Instruct"]
    cost, solved = [row["cost"] for row in opus.values()], [row["resolved"] for row in opus.values()]
    found = ratio_interval(cost, solved)
    assert found.value == pytest.approx(0.7212 / 0.744, abs=1e-4)
    assert 0.85 < found.low < found.value < found.high < 1.1
    costs = [row["cost"] for row in kimi.values()]
    assert quantile_interval(costs, 0.95).value == pytest.approx(3.009, abs=5e-4)
    capped = quantile_interval(costs, 0.95, cap=3.0)
    assert (capped.value, capped.high, capped.censored) == (3.0, np.inf, True)
    passed = [[float(board[name][task]["resolved"]) for task in opus] for name in names[:4]]
    assert compare(passed[0], passed[1]).p > 0.5
    assert compare(passed[0], passed[3]).p_exact == pytest.approx(9.6e-5, abs=1e-6)
