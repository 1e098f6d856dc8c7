"""The front of cost and quality: who is on it, how sure that is, and who has no known cost."""

from __future__ import annotations

import numpy as np
import pytest
from agent_board import agents
from hypothesis import given
from hypothesis import strategies as st

from assay.stats.pareto import front, membership

point = st.tuples(st.integers(0, 4), st.integers(0, 4))


@given(st.lists(point, max_size=12))
def test_on_the_front_is_not_beaten_in_both(points: list[tuple[int, int]]) -> None:
    """By definition, equals included: nobody is as good and as cheap and better in one."""
    beaten = [
        any(c <= cost and q >= quality and (c, q) != (cost, quality) for c, q in points) for cost, quality in points
    ]
    cost, quality = np.array(points, float).reshape(-1, 2).T
    assert front(cost, quality).tolist() == [not one for one in beaten]


def test_an_unknown_cost_is_on_no_front_and_keeps_nobody_off() -> None:
    """And it is said whose it is."""
    assert front([np.nan, 2.0, 1.0], [0.9, 0.8, np.nan]).tolist() == [False, True, False]
    found = membership([[1.0, np.nan], [2.0, 2.0]], [[1.0, 1.0], [1.0, 0.0]], draws=50)
    assert found.unknown.tolist() == [True, False]
    assert np.isnan(found.probability[0])
    assert found.probability[1] == 1.0
    nothing = membership(np.zeros((2, 0)), np.zeros((2, 0)))
    assert nothing.unknown.all()
    with pytest.raises(ValueError, match="negative"):
        membership([[-1.0]], [[1.0]])
    with pytest.raises(ValueError, match="missing"):
        membership([[1.0]], [[np.nan]])


def test_membership_on_a_real_board() -> None:
    """The known probabilities, to what 2,000 draws allow."""
    scores, cost = agents()
    found = membership(cost, scores)
    likely = np.flatnonzero(found.probability > 0.1)
    assert likely.tolist() == [0, 1, 5, 6, 7, 9, 10]
    assert found.probability[likely] == pytest.approx([0.53, 1.0, 0.73, 0.97, 0.17, 1.0, 0.44], abs=0.04)
    assert found.on_front[likely].tolist() == [True, True, True, True, False, True, False]
