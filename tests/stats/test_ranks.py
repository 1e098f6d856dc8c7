"""Rank sets, pairs and the set of the best: simulated error rates, ties, few tasks, and letters for a board."""

from __future__ import annotations

import numpy as np
import pytest
from agent_board import agents
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy import stats

from assay.stats.letters import groups, letters
from assay.stats.multiple import holm
from assay.stats.paired import mcnemar_mid_p
from assay.stats.ranks import all_pairs, best_set, rank_sets, ranked

Scores = NDArray[np.float64]

TRUTHS = [
    (10, [0.5] * 5, 0.0), (30, [0.5] * 5, 0.0), (100, [0.5] * 5, 0.0), (30, [0.95] * 5, 0.6), (100, [0.5] * 5, 0.6),
    (10, [0.0, 0.0, 1.0], 0.0), (100, [0.9, 0.8, 0.8, 0.6], 0.6), (500, [0.9, 0.9], 0.6),
]  # fmt: skip


def drawn(rng: np.random.Generator, tasks: int, rates: list[float], shared: float) -> Scores:
    """Right or wrong, with so large a share of tasks that are as hard for all."""
    own = rng.random((len(rates), tasks))
    common = np.where(rng.random(tasks) < shared, rng.random(tasks), own)
    return (common < np.array(rates)[:, None]).astype(float)


@pytest.mark.parametrize(("tasks", "rates", "shared"), TRUTHS)
def test_sets_hold_the_truth(tasks: int, rates: list[float], shared: float) -> None:
    """Each set in 95 % of samples, all together where that is promised; equals may hold any of their places."""
    rng = np.random.default_rng(17)
    truth = np.array(rates)
    first = 1 + (truth > truth[:, None]).sum(axis=1)
    last = len(rates) - (truth < truth[:, None]).sum(axis=1)
    samples = 100
    each, together, best = 0.0, 0, 0
    for sample in range(samples):
        x = drawn(rng, tasks, rates, shared)
        alone = rank_sets(x, draws=200, seed=sample)
        joint = rank_sets(x, draws=200, seed=sample, simultaneous=True)
        each += float(np.mean((alone.low > first) | (alone.high < last))) / samples
        together += bool(np.any((joint.low > first) | (joint.high < last)))
        best += not best_set(x, draws=200, seed=sample)[truth.argmax()]
    allowed = 0.05 + 2.5 * np.sqrt(0.05 * 0.95 / samples)
    assert max(each, together / samples, best / samples) <= allowed


def test_the_same_answers_are_the_same_place() -> None:
    """Identical rows are ties: difference 0, p 1, no NaN, equal places."""
    x = np.array([[1.0, 0, 1, 1, 0] * 20] * 3 + [[0.0] * 100])
    pairs = all_pairs(x, draws=500)
    assert all(np.all(np.isfinite(table)) for table in pairs)
    assert np.all(pairs.p[:3, :3] == 1)
    assert np.all(pairs.max_t[:3, :3] == 1)
    found = rank_sets(x, draws=500)
    assert found.low.tolist() == [1, 1, 1, 4]
    assert found.high.tolist() == [3, 3, 3, 4]
    assert best_set(x, draws=500).tolist() == [True, True, True, False]


@pytest.mark.parametrize("shape", [(1, 0), (3, 0), (3, 1), (1, 10), (0, 5)])
def test_knowing_nothing_is_any_place(shape: tuple[int, int]) -> None:
    """No task, one task, one entrant, none."""
    x = np.zeros(shape)
    if shape[1] == 1:
        x[0] = 1.0
    found = rank_sets(x, draws=100)
    assert found.low.tolist() == [1] * shape[0]
    assert found.high.tolist() == [shape[0]] * shape[0]
    assert best_set(x, draws=100).all()


def test_always_right_against_always_wrong() -> None:
    """A difference that never varied is told apart from seven tasks on, and not from three."""
    assert all_pairs([[1.0] * 7, [0.0] * 7], draws=500).max_t[0, 1] <= 0.05
    assert all_pairs([[1.0] * 3, [0.0] * 3], draws=500).max_t[0, 1] > 0.05


def test_all_that_is_asked_about_a_board_is_drawn_once() -> None:
    """And is what each question gets by itself."""
    x = np.random.default_rng(1).random((5, 40))
    found = ranked(x, draws=300, level=0.9, seed=2)
    sets, pairs = rank_sets(x, draws=300, level=0.9, seed=2, simultaneous=True), all_pairs(x, draws=300, seed=2)
    assert all(map(np.array_equal, found.sets, sets))
    assert all(map(np.array_equal, found.pairs, pairs))
    assert np.array_equal(found.best, best_set(x, draws=300, level=0.9, seed=2))


def test_pairs_are_what_the_single_tests_give() -> None:
    """McNemar's mid-p for right and wrong, SciPy's paired t for grades; corrected in the order of the p values."""
    rng = np.random.default_rng(2)
    x = drawn(rng, 200, [0.8, 0.75, 0.6, 0.5], 0.6)
    pairs = all_pairs(x, draws=2000)
    alone = [np.sum((x[0] == 1) & (x[2] == 0)), np.sum((x[0] == 0) & (x[2] == 1))]
    assert pairs.p[0, 2] == pytest.approx(float(mcnemar_mid_p(*alone)))
    upper = np.triu_indices(4, 1)
    assert pairs.holm[upper] == pytest.approx(holm(pairs.p[upper]))
    assert np.all(pairs.max_t[upper] >= pairs.p[upper])
    assert np.all(pairs.fdr[upper] <= pairs.holm[upper] + 1e-12)
    graded = rng.beta(2, 2, (3, 40))
    found = all_pairs(graded, draws=500)
    expected = stats.ttest_rel(graded[0], graded[1])
    assert found.p[0, 1] == pytest.approx(expected.pvalue)
    assert found.difference[0, 1] / found.error[0, 1] == pytest.approx(expected.statistic)


def test_weights_and_clusters() -> None:
    """A task that weighs nothing has no say; clusters of one task are tasks; repeats of a cluster prove nothing."""
    rng = np.random.default_rng(4)
    x = drawn(rng, 60, [0.9, 0.6, 0.5], 0.3)
    noise = np.c_[x, rng.integers(0, 2, (3, 20))]
    weighed = all_pairs(noise, weights=[1.0] * 60 + [0.0] * 20, draws=300)
    plain = all_pairs(x, draws=300, clusters=range(60))
    assert weighed.difference == pytest.approx(plain.difference)
    assert plain.error == pytest.approx(all_pairs(x, draws=300).error)
    few = x[:, :8]
    repeated = all_pairs(np.repeat(few, 50, axis=1), clusters=np.repeat(range(8), 50), draws=300)
    assert repeated.error == pytest.approx(all_pairs(few, draws=300).error)
    for bad in ({"weights": [0.0] * 60}, {"clusters": [1, 2]}):
        with pytest.raises(ValueError, match=r"weight|cluster"):
            all_pairs(x, **bad)
    with pytest.raises(ValueError, match="missing"):
        rank_sets([[float("nan"), 1.0]])


def test_the_same_seed_gives_the_same_places() -> None:
    """And another seed hardly different ones: within two, on a real board."""
    scores, _ = agents()
    found = [rank_sets(scores, seed=seed) for seed in (0, 0, 1)]
    assert np.array_equal(found[0].low, found[1].low)
    assert np.array_equal(found[0].high, found[1].high)
    assert np.abs(found[0].low - found[2].low).max() <= 2
    assert np.all(found[0].low <= np.arange(1, 25))
    assert np.all(np.arange(1, 25) <= found[0].high)
    assert best_set(scores).sum() < 5


@given(st.integers(1, 9), st.data())
def test_sharing_a_letter_is_not_being_told_apart(size: int, data: st.DataObject) -> None:
    """For any pattern of who differs from whom; no letter is there in vain."""
    flags = data.draw(st.lists(st.booleans(), min_size=size * size, max_size=size * size))
    upper = np.triu(np.array(flags).reshape(size, size), 1)
    differ = upper | upper.T
    found = groups(differ)
    share = np.zeros((size, size), int)
    for members in found:
        share[np.ix_(members, members)] += 1
    assert np.array_equal(share > 0, ~differ)
    for members in found:
        assert np.any(share[np.ix_(members, members)] == 1)


def test_letters_of_a_board() -> None:
    """Overlapping groups, best first; more than 26 of them go on with a number."""
    differ = np.abs(np.subtract.outer(range(5), range(5))) > 1
    assert letters(differ) == ("a", "ab", "bc", "cd", "d")
    assert letters(~np.eye(28, dtype=bool))[25:] == ("z", "a2", "b2")
    assert letters(np.zeros((0, 0), bool)) == ()
    with pytest.raises(ValueError, match="square"):
        groups([[False, True], [False, False]])


def test_very_many_tasks_are_drawn_from_the_limit() -> None:
    """Beyond 5,000 tasks the draws are normal, with the same answers as drawing tasks gives just below."""
    rng = np.random.default_rng(3)
    chances = np.array([0.5, 0.515, 0.55, 0.7])
    hard = rng.random(5_200)
    scores = (hard * 0.6 + rng.random((4, 5_200)) * 0.4 < chances[:, None]).astype(float)
    below, above = all_pairs(scores[:, :4_990]), all_pairs(scores[:, :5_001])
    assert np.abs(below.max_t - above.max_t).max() < 0.03
    assert (rank_sets(scores[:, :4_990]).low == rank_sets(scores[:, :5_001]).low).all()
