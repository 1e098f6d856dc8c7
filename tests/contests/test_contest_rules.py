"""What counts as right in each benchmark: their own rules, as tables."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.graders.contest_rules import (
    apps_printed,
    apps_returned,
    codecontests_match,
    equal,
    livecodebench_printed,
)


@pytest.mark.parametrize(
    ("expected", "got", "right"),
    [
        ("YES\n", "yes", True),
        ("1 2\n3\n", "1\n2 3", True),
        ("1 2 3", "1 2", False),
        ("0.5", "0.500009", True),
        ("0.5", "0.50002", False),
        ("1", "1.0", True),
        ("1", "0.999995", True),
        ("1", "0.99998", False),
        ("1000000000000000001", "1000000000000000000", True),  # as doubles
        ("abc", "abd", False),
        ("", " \n", True),
        ("inf", "inf", True),
        ("inf 1", "inf 1.0", False),  # an infinity is no number apart from itself
        ("1_0", "10", False),
        ("a\fb", "a b", False),
        ("nan", "NaN", True),
    ],
)
def test_codecontests_compares_words(expected: str, got: str, right: bool) -> None:
    """White space and capitals do not matter; numbers are met within 1e-5."""
    assert codecontests_match(expected.encode(), got.encode()) is right


@pytest.mark.parametrize(
    ("expected", "got", "right"),
    [
        ("1\n2\n", "1\n2", True),
        ("1\n2\n", " 1 \n\t2  \n\n", True),
        ("1\n2", "1 2", False),
        ("1\n\n2", "1\n2", False),
        ("YES", "yes", False),
        ("1 2", "1.0 2.00", True),
        ("1 2", "1  2", True),
        ("a 2", "a  2", False),
        ("50000000000000000", "50000000000000001", False),
        ("0.1", "0.10000000001", False),
        ("1e2", "100", True),
        ("nan", "NaN", False),
        ("snan 1", "snan 1.0", False),
        ("", "", True),
    ],
)
def test_livecodebench_compares_lines(expected: str, got: str, right: bool) -> None:
    """Line by line; only a line that is numbers alone may be written in another way, and then exactly."""
    assert livecodebench_printed(expected, got) is right


@pytest.mark.parametrize(
    ("expected", "got", "right"),
    [
        ("1\n2\n", "1\n2", True),
        ("1\n2\n", "1  \n2", True),
        ("1\n2\n", "2\n1", True),  # at last the lines are a set
        ("1 2\n", "2 1", True),  # and so are the words of each
        ("1 2\n", "1 2 2", True),
        ("1 2\n", "1 3", False),
        ("1\n2\n", "1\n\n2", True),
        ("0.1\n", "0.1000001", True),
        ("0.1 2\n", "0.1001 2", True),
        ("0.1 2\n", "0.11 2", False),
        ("YES", "yes", False),
        ("", "", True),
        ("", "1", False),
        ("nan", "nan", True),
        ("inf 1", "1.0 inf", True),
        ("nan 1", "nan 1.0", False),
    ],
)
def test_apps_compares_in_many_ways(expected: str, got: str, right: bool) -> None:
    """Whichever of its comparisons holds first."""
    assert apps_printed(expected, got) is right


@pytest.mark.parametrize(
    ("expected", "got", "right"),
    [
        ([1, 2], [1, 2], True),
        ([1, 2], [1.0, True and 2], True),
        ([1, 2], [1, "2"], False),
        ([[1], [2]], [[1], [2]], True),
        ([[1]], [{"t": [1]}], False),
        ({"a": 1}, {"d": [["a", 1]]}, True),
        ({"a": 1}, {"d": [["a", 1], ["b", 2]]}, False),
        ({"a": 1}, {"d": [["b", 1]]}, False),
        ({"a": 1, "b": 2}, {"d": [["a", 1], ["a", 1]]}, False),
        ({"1": 1}, {"d": [[1, 1]]}, False),
        (1, True, True),
        (True, 1, True),
        (None, None, True),
        (None, 0, False),
        ("a", {"o": "X"}, False),
        (1, {"o": "X"}, False),
        ([], {"t": []}, False),
        ({}, {"d": []}, True),
        ({"a": 1}, {"d": [[["a"], 1]]}, False),
        ({"a": 1}, {"d": "ab"}, False),
        ({"a": 1}, {"t": 5}, False),
    ],
)
def test_values_are_equal_as_in_python(expected: Any, got: Any, right: bool) -> None:
    """`==` between what JSON holds and what the driver says of a value; nothing else is equal to anything."""
    assert equal(expected, got) is right


def test_apps_takes_the_first_of_what_is_expected() -> None:
    """A value may stand in a list of one, and tuples in it are lists."""
    assert apps_returned([[1, 2]], [1, 2])
    assert apps_returned([1], 1)
    assert apps_returned([[[1, 2], [3, 4]]], [{"t": [1, 2]}, {"t": [3, 4]}])
    assert not apps_returned([[[1, 2], [3, 4]]], [[1, 2], {"t": [3, 4]}])
    assert not apps_returned([2, 1], 1)
    assert not apps_returned([], [0])


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4),
    max_leaves=20,
)


@given(json_values, json_values)
def test_equal_agrees_with_python(one: Any, other: Any) -> None:
    """Without maps and tuples it is `==` of what comes back from JSON."""
    one, other = json.loads(json.dumps(one)), json.loads(json.dumps(other))
    assert equal(one, one) is True
    assert equal(one, other) is (one == other)


def test_hostile_output_costs_no_more_than_its_length() -> None:
    """Numbers that share one hash, and long ones, are compared in no time."""
    shared = "\n".join(str(float(number * ((1 << 61) - 1))) for number in range(1, 40_000))
    assert not apps_printed("1 2\n3", shared)
    assert not livecodebench_printed("1", "9" * 1_000_000)
    assert not codecontests_match(b"1", b"9" * 1_000_000)
