"""Stopping early: reference values, a bet counted by hand, error rates where they are worst, and what is certain."""

from __future__ import annotations

import math

import numpy as np
import pytest
from agent_board import agents
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.stats.anytime import log_e_mcnemar
from assay.stats.betting import BETS, first_refuted, limits, log_wealth, score_sequence, sequence
from assay.stats.bounds import Bounds
from assay.stats.sequential import Decision, complete_prefix, decide, differences

FIRST, SECOND, WITHIN = Decision.FIRST, Decision.SECOND, Decision.WITHIN


def test_evidence_for_tasks_like_these() -> None:
    """The reference e-values, to four places; both directions count the same."""
    found = np.exp(log_e_mcnemar([29, 41, 61, 8], [20, 21, 17, 0]))
    assert found == pytest.approx([0.26036, 2.6926, 47182, 50.27], rel=1e-4)
    assert log_e_mcnemar(17, 61) == pytest.approx(log_e_mcnemar(61, 17))
    assert float(log_e_mcnemar(0, 0)) == 0.0


@pytest.mark.parametrize("null", [-0.2, 0.0, 0.1])
def test_wealth_is_that_of_bets_placed_one_by_one(null: float) -> None:
    """The same as a plain loop over tasks and stakes."""
    rng = np.random.default_rng(1)
    x = rng.choice([-1.0, -0.5, 0.0, 1.0], 40)
    wealth = []
    for bet in BETS:
        money = 1.0
        for seen in range(40):
            fair = (200 * null - x[:seen].sum()) / (200 - seen)
            money *= 1 + min(bet, 0.9 / (1 + fair)) * (x[seen] - fair)
        wealth.append(money)
    assert log_wealth(x, 200, [null])[-1, 0] == pytest.approx(math.log(np.mean(wealth)))


def test_an_exact_tie_is_not_refuted_by_arithmetic() -> None:
    """Where only the worst remainder keeps the statement true, it is still possible; one task more, and not."""
    assert first_refuted([1.0, 1.0, -1.0, -1.0], 4, [0.0], 0.025)[0] == math.inf
    assert first_refuted([1.0, 1.0, 0.0, -1.0], 4, [0.0], 0.025)[0] == 3


TRUE_DIFFERENCES = [(31, 31, 500, 0.0), (6, 6, 60, 0.0), (25, 10, 500, 0.03), (4, 1, 60, 0.05)]


@pytest.mark.parametrize(("first", "second", "tasks", "margin"), TRUE_DIFFERENCES)
def test_a_difference_of_just_the_margin_is_hardly_ever_called_more(
    first: int, second: int, tasks: int, margin: float
) -> None:
    """Looking after every task errs in at most 5 % of orders, on the very edge of the statement."""
    rng = np.random.default_rng(7)
    x = np.r_[np.ones(first), -np.ones(second), np.zeros(tasks - first - second)]
    orders = 300
    wrong = 0
    for _ in range(orders):
        order = rng.permutation(x)
        above = first_refuted(order, tasks, [margin], 0.025)[0]
        below = first_refuted(-order, tasks, [-margin], 0.025)[0]
        wrong += min(above, below) < tasks
    assert wrong / orders <= 0.05


@pytest.mark.parametrize("mean", [0.0, 0.02, 0.5, 0.95, 1.0])
def test_limits_hold_at_all_times_at_once(mean: float) -> None:
    """Graded scores too: the truth is inside after every number of tasks, in at least 95 % of orders; at
    the end the limits are the truth."""
    rng = np.random.default_rng(3)
    tasks, missed = 30, 0
    orders = 1 if mean in (0, 1) else 40
    x = np.full(tasks, mean) if mean in (0, 1) else rng.beta(mean, 1 - mean, tasks).round(2)
    for _ in range(orders):
        found = score_sequence(rng.permutation(x), tasks)
        missed += bool(np.any((found.low > x.mean() + 1e-9) | (found.high < x.mean() - 1e-9)))
        assert (found.low[-1], found.high[-1]) == pytest.approx((x.mean(), x.mean()))
    assert missed / orders <= 0.05


quick = settings(max_examples=30, deadline=None)
values = st.lists(st.sampled_from([-1.0, -0.5, 0.0, 0.25, 1.0]), min_size=1, max_size=25)


@quick
@given(values, st.integers(0, 20), st.data())
def test_a_missing_result_never_makes_anything_more_certain(x: list[float], unseen: int, data: st.DataObject) -> None:
    """With some of the differences gone, the limits hold what they held before."""
    gone = data.draw(st.lists(st.booleans(), min_size=len(x), max_size=len(x)))
    full = limits(x, x, len(x) + unseen)
    holed = decide(np.where(gone, np.nan, x), len(x) + unseen)
    assert holed.low <= float(full.low) + 1e-6
    assert holed.high >= float(full.high) - 1e-6


@quick
@given(values, st.integers(0, 20), st.sampled_from([0.0, 0.03, 0.2]))
def test_swapping_the_entrants_swaps_the_answer(x: list[float], unseen: int, margin: float) -> None:
    """First and second are treated alike, and the limits fit the decision."""
    one = decide(x, len(x) + unseen, margin=margin)
    other = decide(np.negative(x), len(x) + unseen, margin=margin)
    swapped = {FIRST: SECOND, SECOND: FIRST}
    assert other.decision == swapped.get(one.decision, one.decision)
    assert (other.low, other.high) == pytest.approx((-one.high, -one.low))
    assert other.at == one.at <= one.seen == len(x)
    if one.decision is FIRST:
        assert one.low >= margin - 1e-5
    if one.decision is WITHIN:
        assert -margin - 1e-5 <= one.low <= one.high <= margin + 1e-5


TABLE = [
    ([1.0] * 40, 500, 0.0, FIRST),
    ([-1.0] * 40, 500, 0.1, SECOND),
    ([0.0] * 400, 500, 0.1, WITHIN),
    ([0.0] * 500, 500, 0.0, WITHIN),
    ([1.0], 1, 0.0, FIRST),
    ([float("nan")] * 10, 10, 0.0, Decision.UNDECIDED),
    ([], 10, 0.0, Decision.UNDECIDED),
    ([], 0, 0.0, Decision.UNDECIDED),
    ([1.0, -1.0], 500, 0.0, Decision.UNDECIDED),
    ([1.0, -1.0] * 100 + [0.0] * 200, 500, 0.0, Decision.NOT_WORTH_IT),
]


@pytest.mark.parametrize(("x", "tasks", "margin", "expected"), TABLE)
def test_what_is_certain(x: list[float], tasks: int, margin: float, expected: Decision) -> None:
    """Plain cases, the empty and the hopeless among them."""
    found = decide(x, tasks, margin=margin)
    assert found.decision is expected
    assert -1 <= found.low <= found.high <= 1
    assert 0 <= found.further <= tasks - len(x)


def test_a_forecast_is_near_what_happens() -> None:
    """With a steady lead, the number of tasks to come is foreseen to within a factor of two."""
    rng = np.random.default_rng(0)
    x = rng.permutation(np.r_[np.ones(90), -np.ones(40), np.zeros(370)])
    above = first_refuted(x, 500, [0.0], 0.025)[0]
    early = decide(x[: int(above / 2)], 500)
    assert early.decision is Decision.UNDECIDED
    assert 0.5 <= early.further / (above - early.seen) <= 2


def test_only_the_complete_beginning_of_the_order_counts() -> None:
    """Whatever finished beyond the first gap waits."""
    assert complete_prefix([True, True, False, True]) == 2
    assert [complete_prefix(x) for x in ([], [False], [True, True])] == [0, 0, 2]


def test_half_a_pair_is_known_to_that_extent() -> None:
    """A missing score may be anything from 0 to 1, and no more."""
    found = differences([1.0, np.nan, np.nan, 0.5], [np.nan, 0.0, np.nan, 0.5])
    assert found.low.tolist() == [0.0, 0.0, -1.0, 0.0]
    assert found.high.tolist() == [1.0, 1.0, 1.0, 0.0]
    lead = differences([1.0] * 40, [0.0] * 35 + [np.nan] * 5)
    assert decide(lead, 60).decision is FIRST
    assert decide(Bounds(lead.low, lead.high), 60).low < decide([1.0] * 40, 60).low


def test_bad_input_is_refused() -> None:
    """Values beyond what they can be, more results than tasks, margins and levels that are none."""
    for bad in ([1.5], [1.0, 1.0, 1.0]):
        with pytest.raises(ValueError, match="values"):
            decide(bad, 2)
    with pytest.raises(ValueError, match="margin"):
        decide([1.0], 2, margin=-0.1)
    with pytest.raises(ValueError, match="level"):
        sequence([1.0], [1.0], 2, level=1.0)
    with pytest.raises(ValueError, match="scores"):
        differences([2.0], [0.0])


def test_what_it_saves_on_a_real_board() -> None:
    """On 274 pairs of agents it takes a third of the money and of the tasks, and names no wrong winner."""
    scores, cost = agents()
    rng = np.random.default_rng(1)
    tasks, shares, pairs, wrong = [], [], 0, 0
    for i in range(len(scores)):
        for j in range(i + 1, len(scores)):
            lead = scores[i].sum() - scores[j].sum()
            if lead == 0:
                continue
            pairs += 1
            for order in (rng.permutation(500) for _ in range(3)):
                x, paid = (scores[i] - scores[j])[order], (cost[i] + cost[j])[order]
                above, below = first_refuted(x, 500, [0.0], 0.025)[0], first_refuted(-x, 500, [0.0], 0.025)[0]
                at = int(min(above, below))
                tasks.append(at)
                shares.append(paid[:at].sum() / paid.sum())
                wrong += (above < below) != (lead > 0)
    assert pairs == 274
    assert np.mean(tasks) == pytest.approx(156, abs=6)
    assert np.mean(shares) == pytest.approx(0.31, abs=0.015)
    assert wrong <= 5
