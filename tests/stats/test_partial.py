"""A full score from part of the tasks: coverage on a real board and at the ends, and what a history cannot spoil."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from agent_board import agents

from assay.stats.effective import Estimate, interval
from assay.stats.partial import regression_estimate, stratified_estimate

BOTH = [regression_estimate, stratified_estimate]
Estimator = Callable[..., Estimate]


@pytest.mark.parametrize("estimate", BOTH)
@pytest.mark.parametrize("drawn", [20, 50, 100, 200])
def test_agents_that_the_history_has_not_seen(estimate: Estimator, drawn: int) -> None:
    """The full score is inside in 93 % of draws and more, in a narrower interval than the part alone gives."""
    scores, _ = agents()
    rng = np.random.default_rng(6)
    inside, width, plain = [], [], []
    for _ in range(20):
        held = rng.permutation(24)[:8]
        history = np.delete(scores, held, axis=0)
        for row in scores[held]:
            part = rng.permutation(500)[:drawn]
            found = estimate(history, row[part], part)
            alone = interval(row[part], population=500)
            inside.append(found.low - 1e-9 <= row.mean() <= found.high + 1e-9)
            width.append(found.high - found.low)
            plain.append(alone.high - alone.low)
    assert np.mean(inside) >= 0.92
    assert np.mean(width) < (0.97 if drawn == 20 else 0.9) * np.mean(plain)


@pytest.mark.parametrize("estimate", BOTH)
@pytest.mark.parametrize("rate", [0.0, 0.02, 0.5, 0.98, 1.0])
def test_a_history_that_says_nothing_does_no_harm(estimate: Estimator, rate: float) -> None:
    """Valid at both ends, with scores that have nothing to do with the past."""
    rng = np.random.default_rng(8)
    inside = []
    for _ in range(150):
        history = rng.integers(0, 2, (5, 80)).astype(float)
        full = (rng.random(80) < rate).astype(float)
        part = rng.permutation(80)[:20]
        found = estimate(history, full[part], part)
        inside.append(found.low - 1e-9 <= full.mean() <= found.high + 1e-9)
        assert 0 < found.high - found.low < 0.6
    assert np.mean(inside) >= 0.92


@pytest.mark.parametrize("estimate", BOTH)
def test_the_ends(estimate: Estimator) -> None:
    """All tasks are the score itself, none is [0, 1], one leaves all that it does not rule out."""
    history = np.array([[1.0, 0, 1, 0], [1, np.nan, 0, 0]])
    assert estimate(history, [1.0, 0, 0, 1], [3, 2, 1, 0])[:3] == (0.5, 0.5, 0.5)
    assert np.isnan(estimate(history, [], []).value)
    assert estimate(history, [], [])[1:3] == (0.0, 1.0)
    assert estimate(history, [1.0], [2])[1:3] == (0.25, 1.0)
    unknown = estimate(np.full((2, 40), np.nan), [1.0] * 10 + [0.0] * 10, range(20))
    assert unknown.low <= unknown.value < unknown.high
    for scores, part in (([1.0, 1.0], [0, 0]), ([1.0], [9]), ([2.0], [0]), ([np.nan], [0])):
        with pytest.raises(ValueError, match=r"task of its own|between 0 and 1"):
            estimate(history, scores, part)
