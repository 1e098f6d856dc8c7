"""The value form of tasks: there and back, sameness with its reason, and rendering within bounds."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.core.judging import Opaque
from assay.formats.shown import plain, render
from assay.formats.values import from_json, match_fault, same, to_json

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.binary(max_size=8)
KEYS = st.none() | st.text(max_size=6) | st.binary(max_size=4) | st.integers(2, 99)
HASHABLE = st.recursive(KEYS, lambda inner: st.tuples(inner, inner) | st.frozensets(inner, max_size=3), max_leaves=4)
VALUES: st.SearchStrategy[Any] = st.recursive(
    SCALARS | st.sets(HASHABLE, max_size=4),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.tuples(inner, inner)
        | st.dictionaries(HASHABLE, inner, max_size=4)
        | st.dictionaries(st.sampled_from(["$bytes", "$map", "a", "b"]), inner, max_size=2)
    ),
    max_leaves=12,
)


@given(VALUES)
@settings(max_examples=300)
def test_values_come_back_from_json(value: Any) -> None:
    """What a task can say survives being written as JSON, tuples and bytes and odd keys included."""
    text = json.dumps(to_json(value), allow_nan=False)
    back = from_json(json.loads(text))
    assert same(value, back, match="strict") == ""
    assert type(back) is type(value)


@given(VALUES, VALUES)
@settings(max_examples=300)
def test_sameness_is_symmetric_and_says_why(one: Any, other: Any) -> None:
    """Two values differ for a stated reason or not at all, whichever of them was expected."""
    assert same(one, one) == same(one, one, match="strict") == same(one, one, match="unordered") == ""
    assert bool(same(one, other, match={"close": 1e-9})) == bool(same(other, one, match={"close": 1e-9}))
    for match in ("exact", "strict", "unordered"):
        reason = same(one, other, match=match)
        assert len(reason) < 2000
        assert reason.isprintable()


@given(VALUES, st.integers(1, 300))
def test_rendering_is_bounded(value: Any, limit: int) -> None:
    """Whatever it is, it is shown on one printable line of about the length asked for."""
    text = render(value, limit)
    assert len(text) <= limit + 1
    assert text.isprintable()


@pytest.mark.parametrize(
    ("expected", "got", "match"),
    [
        (3, 3.0, "exact"),
        (3.0, 3, "strict"),
        (0.3, 0.1 + 0.2, "exact"),
        (1e20, 1e20 * (1 + 1e-12), "exact"),
        (math.nan, math.nan, "strict"),
        (math.inf, math.inf, "exact"),
        (-0.0, 0.0, "strict"),
        ([1, 2], (1, 2), "strict"),
        ((1, 2), [1, 2], "exact"),
        ({"a": [1]}, {"a": (1.0,)}, "exact"),
        ({(1, 2): "x"}, {(1.0, 2): "x"}, "exact"),
        ({1, 2}, frozenset({2.0, 1}), "exact"),
        ([3, 1, 2, 1], [1, 1, 2, 3], "unordered"),
        ([[1], {"a": 2}], [{"a": 2.0}, (1,)], "unordered"),
        ([0.3, 1.0], [1.0, 0.1 + 0.2], "unordered"),
        ([float(n) for n in range(999)], [n + 1e-13 for n in range(998, -1, -1)], "unordered"),
        (100, 100.4, {"close": 0.01}),
        ([1.0, {"x": 2}], [1.001, {"x": 2.001}], {"close": 0.01}),
        (10**400, 10**400, "exact"),
        (b"\x00", b"\x00", "exact"),
        ("", "", "exact"),
        (None, None, "exact"),
    ],
)
def test_the_same(expected: Any, got: Any, match: Any) -> None:
    """Differences that languages make, and that tasks do not mean, are none."""
    assert same(expected, got, match=match) == ""


@pytest.mark.parametrize(
    ("expected", "got", "match", "reason"),
    [
        (3, 4, "exact", "expected 3, got 4"),
        (1, True, "exact", "expected 1, got true"),
        (False, 0, "exact", "expected false, got 0"),
        (None, 0, "exact", "expected null, got 0"),
        ("3", 3, "exact", 'expected "3", got 3'),
        ("a", b"a", "exact", "expected \"a\", got b'a'"),
        (0.3, 0.1 + 0.2, "strict", "expected 0.3, got 0.30000000000000004"),
        (3, 3.0000000001, "exact", "expected 3, got 3.0000000001"),
        (1.0, math.nan, "exact", "expected 1.0, got NaN"),
        (1.0, 10**400, "exact", None),
        ([1, 2, {"name": 3}], [1, 2, {"name": 4}], "exact", "at [2].name: expected 3, got 4"),
        ([1, 2], [1, 2, 3], "exact", "expected [1, 2], got [1, 2, 3]"),
        ({"a b": [1]}, {"a b": [2]}, "exact", 'at ["a b"][0]: expected 1, got 2'),
        ({"a": 1}, {"b": 1}, "exact", "at .a: expected 1, got nothing there"),
        ({"a": 1}, {"a": 1, "b": 2}, "exact", "at .b: expected nothing there, got 2"),
        ({1: "x"}, {True: "x"}, "exact", 'at [1]: expected "x", got nothing there'),
        ((1, 2), [1, 2], "strict", "expected the tuple (1, 2), got the list [1, 2]"),
        ({1, 2}, {1, 3}, "exact", "expected 2 in the set, got {1, 3}"),
        ({1}, {1, 3}, "exact", "did not expect 3 in the set {1, 3}"),
        ({1}, [1], "exact", "expected {1}, got [1]"),
        ([1, 2, 2], [1, 1, 2], "unordered", "expected 2 among the items, got 1 instead"),
        ([1], 1, "unordered", "expected [1], got 1"),
        (100, 102, {"close": 0.01}, "expected 100, got 102"),
        (1, Opaque("Foo"), "exact", "expected 1, got <Foo>"),
        ([Opaque("Foo")], [Opaque("Foo")], "exact", "at [0]: expected <Foo>, got <Foo>"),
    ],
)
def test_not_the_same(expected: Any, got: Any, match: Any, reason: str | None) -> None:
    """The reason names the place and both values, the way a person would say it."""
    said = same(expected, got, match=match)
    assert said
    assert reason is None or said == reason


def test_long_texts_are_shown_where_they_part() -> None:
    """Of two long texts the neighbourhood of the first difference is shown, and its place."""
    said = same("x" * 500 + "left", "x" * 500 + "right")
    assert "left" in said
    assert "right" in said
    assert "at character 501 of 504 and 505" in said
    assert len(said) < 300


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ({"$byte": "x"}, "did you mean “$bytes”?"),
        ({"$bytes": 3}, "base64"),
        ({"$float": "NaN"}, '"nan", "inf" or "-inf"'),
        ({"$set": [1, 1.0]}, "twice"),
        ({"$set": [{"a": 1}]}, "cannot be an element"),
        ({"$map": [[1]]}, "pairs"),
        ({"$map": [["a", 1], ["a", 2]]}, "twice"),
        ({"$tuple": 1}, "$tuple needs a list"),
    ],
)
def test_malformed_tags(value: Any, fault: str) -> None:
    """A slip in a tag is named, not taken for a map."""
    with pytest.raises(ValueError, match=fault.replace("$", r"\$").replace("?", r"\?")):
        from_json(value)


def test_a_tag_with_company_is_a_map() -> None:
    """Only an object of one key can be a tag."""
    assert from_json({"$bytes": "eA==", "n": 1}) == {"$bytes": "eA==", "n": 1}


@pytest.mark.parametrize("match", ["exact", "strict", "unordered", "tokens", "checker", {"close": 1e-6}])
def test_known_matches(match: Any) -> None:
    """Every documented way to compare is one."""
    assert match_fault(match) == ""


@pytest.mark.parametrize("match", ["", "exakt", None, 3, {}, {"close": 0}, {"close": True}, {"far": 1}, ["exact"]])
def test_unknown_matches(match: Any) -> None:
    """Anything else is refused in words."""
    assert match_fault(match)


def _nested(depth: int) -> Any:
    value: Any = []
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.timeout(60)  # what is not linear takes minutes, and fails by this
def test_hostile_values_cost_little() -> None:
    """Deep, wide and huge values are compared and shown, and nothing overflows."""
    deep = _nested(100_000)
    assert same([[1]], deep)
    assert same([[[1]]], [deep], match="unordered")
    assert same({(1,): 1}, {(1, 2): deep})
    assert len(render(deep)) <= 201
    assert same(1, 1 << 10_000_000)
    assert same("a" * 5_000_000, "a" * 4_999_999 + "b")
    assert same(list(range(100_000)), list(range(1, 100_001)), match="unordered")
    assert same([float(n) for n in range(5_000)], [n + 0.5 for n in range(5_000)], match="unordered")
    colliding = [n * (2**61 - 1) for n in range(20_000)]
    assert same([0], colliding, match="unordered")
    assert same(list(range(20_000)), colliding, match="unordered")
    with pytest.raises(ValueError, match="nested deeper"):
        from_json(_nested(300))


def test_foreign_prose_is_made_harmless() -> None:
    """Log lines of an answer cannot move a cursor, break a line or be longer than allowed."""
    assert plain("a\n\tb  \x1b[2Jc\u202e\ud800") == "a b \ufffd[2Jc\ufffd\ufffd"
    assert plain("x" * 999, 10) == "x" * 10 + "…"
