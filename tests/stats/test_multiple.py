"""Adjusted p values against SciPy, published ones, and their promise in simulation."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from assay.stats.multiple import benjamini_hochberg, holm

FAMILY = st.lists(st.floats(0, 1), max_size=25)


def test_known_values() -> None:
    """Worked by hand, ties and order included."""
    p = [0.01, 0.04, 0.03, 0.005]
    assert holm(p) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert benjamini_hochberg(p) == pytest.approx([0.02, 0.04, 0.04, 0.02])
    assert holm([0.3, 0.3, 0.9]) == pytest.approx([0.9, 0.9, 0.9])


@given(FAMILY)
def test_holm_steps_down(p: list[float]) -> None:
    """The i-th smallest times what is left, never below an earlier one, at most 1."""
    found = holm(p)
    worst = 0.0
    for rank, at in enumerate(np.argsort(p, kind="stable")):
        worst = max(worst, min(1.0, p[at] * (len(p) - rank)))
        assert found[at] == pytest.approx(worst)


@given(FAMILY.filter(bool))
def test_false_discovery_is_scipys(p: list[float]) -> None:
    """Never more than Holm's, and never less than p."""
    found = benjamini_hochberg(p)
    assert found == pytest.approx(stats.false_discovery_control(p))
    assert np.all(found <= holm(p) + 1e-12)
    assert np.all(found >= np.array(p) - 1e-12)


@given(FAMILY, st.integers(0, 5))
def test_what_was_not_asked_does_not_count(p: list[float], gaps: int) -> None:
    """NaN stays NaN and changes no other; the shape is kept."""
    wide = np.array(p + [np.nan] * gaps)
    for method in (holm, benjamini_hochberg):
        assert np.array_equal(method(wide)[: len(p)], method(p))
        assert np.all(np.isnan(method(wide)[len(p) :]))
        assert method(wide.reshape(1, -1)).shape == (1, wide.size)
        with pytest.raises(ValueError, match="between 0 and 1"):
            method([1.1])


def test_families_keep_their_promise() -> None:
    """Of 20 true nulls and 20 effects: Holm makes any false claim in 5 % of families at most, and of what
    the other claims 5 % at most is false on average."""
    rng = np.random.default_rng(40)
    wrong = share = 0.0
    for _ in range(500):
        p = 2 * stats.norm.sf(np.abs(rng.normal(np.repeat([0, 3], 20))))
        wrong += bool(np.any(holm(p)[:20] <= 0.05)) / 500
        claimed = benjamini_hochberg(p) <= 0.05
        share += claimed[:20].sum() / max(claimed.sum(), 1) / 500
    assert wrong <= 0.07
    assert share <= 0.05
