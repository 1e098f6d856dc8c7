"""Answers by an interval: never yes or no while the limit lies inside, and seldom wrong."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from assay.stats.compare import Difference, compare
from assay.stats.gates import Answer, at_least, at_most, equivalence, non_inferiority, tasks_to_decide

YES, NO, UNDECIDED = Answer.YES, Answer.NO, Answer.UNDECIDED


def _difference(low: float, high: float) -> Difference:
    return compare([1, 0], [1, 0])._replace(value=(low + high) / 2, low=low, high=high)


@cache
def _compared(n: int, first: int, second: int, level: float = 0.95) -> Difference:
    x, y = np.zeros(n), np.zeros(n)
    x[:first] = y[first : first + second] = 1
    return compare(x, y, level=level)


@pytest.mark.parametrize(
    ("low", "high", "equal", "no_worse"),
    [
        (-0.02, 0.02, YES, YES), (-0.02, 0.04, UNDECIDED, YES), (0.04, 0.09, NO, YES), (-0.09, -0.04, NO, NO),
        (-0.04, 0.01, UNDECIDED, UNDECIDED), (-1.0, 1.0, UNDECIDED, UNDECIDED), (-0.03, 0.03, UNDECIDED, UNDECIDED),
        (0.01, 0.02, YES, YES),
    ],
)  # fmt: skip
def test_margins(low: float, high: float, equal: Answer, no_worse: Answer) -> None:
    """Against three points; a difference that is sure but small is still "as good as equal"."""
    assert equivalence(_difference(low, high), 0.03) is equal
    assert non_inferiority(_difference(low, high), 0.03) is no_worse


def test_limits_on_values() -> None:
    """A score of at least, a price of at most; infinite and unknown limits decide nothing."""
    assert at_least(0.91, 0.99, 0.9) is YES
    assert at_least(0.80, 0.89, 0.9) is NO
    assert at_least(0.85, 0.95, 0.9) is UNDECIDED
    assert at_most(0.2, 0.4, 0.5) is YES
    assert at_most(0.6, np.inf, 0.5) is NO
    assert at_most(0.2, np.inf, 0.5) is UNDECIDED
    assert at_least(float("nan"), float("nan"), 0.5) is UNDECIDED
    for margin in (0.0, -0.1, float("nan")):
        with pytest.raises(ValueError, match="above 0"):
            equivalence(_difference(0, 0.1), margin)


def test_what_it_would_take() -> None:
    """Half the distance takes four times the tasks and something for luck; what is decided takes no more."""
    reach = tasks_to_decide(0.04, -0.04, 0.12, n=100, limit=0.0, power=0.5)
    assert reach == 400
    sure = tasks_to_decide(0.04, -0.04, 0.12, n=100, limit=0.0)
    assert sure == pytest.approx(400 * ((1.96 + 0.8416) / 1.96) ** 2, abs=1)
    assert tasks_to_decide(0.04, 0.01, 0.07, n=100, limit=0.0) == 100
    assert tasks_to_decide(0.04, -0.04, 0.12, n=100, limit=0.04) is None
    assert tasks_to_decide(2.0, 1.0, np.inf, n=100, limit=3.0) is None
    assert tasks_to_decide(float("nan"), -1.0, 1.0, n=0, limit=0.0) is None


def test_the_estimate_of_what_it_takes_holds() -> None:
    """With the tasks that it asks for, four simulated questions in five are decided."""
    rng = np.random.default_rng(60)
    chances = [0.18, 0.70, 0.12]
    seen = _compared(100, 18, 12)
    needed = tasks_to_decide(seen.value, seen.low, seen.high, n=100, limit=0.0)
    assert needed is not None
    counts = rng.multinomial(needed, chances, 250)
    decided = [at_least(*_compared(needed, int(b), int(c))[1:3], 0.0) is YES for b, _, c in counts]
    assert 0.7 <= np.mean(decided) <= 0.9


@pytest.mark.parametrize("n", [30, 100, 500])
def test_wrong_answers_are_as_seldom_as_said(n: int) -> None:
    """At the very margin, of differences at level 0.90, 5 % and little more are said to be within."""
    rng = np.random.default_rng(61)
    counts = rng.multinomial(n, [0.20, 0.70, 0.10], 400)
    found = [_compared(n, int(b), int(c), level=0.90) for b, _, c in counts]
    assert np.mean([equivalence(one, 0.1) is YES for one in found]) <= 0.08
    turned = [one._replace(low=-one.high, high=-one.low) for one in found]
    assert np.mean([non_inferiority(one, 0.1) is YES for one in turned]) <= 0.08
