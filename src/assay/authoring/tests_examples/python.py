"""In Python: plain functions with `assert`."""

from __future__ import annotations

from assay.authoring.tests_examples.form import TestsExample

_HEAD = "def keep_between(numbers: list[int], low: int, high: int) -> list[int]:\n"
_TESTS = """\
from between import keep_between


def test_both_bounds_are_included():
    assert keep_between([1, 2, 3, 4, 5], 2, 4) == [2, 3, 4]


def test_order_and_repetitions_stay():
    assert keep_between([5, -1, 3, 5, 0], 0, 5) == [5, 3, 5, 0]


def test_one_value():
    try:
        kept = keep_between([6, 7, 8], 7, 7)
    except ValueError:
        kept = None
    assert kept == [7]


def test_nothing():
    assert keep_between([], 0, 1) == []
    assert keep_between([1, 9], 4, 6) == []


def test_bounds_the_wrong_way_round():
    try:
        keep_between([1, 2, 3], 3, 1)
    except ValueError:
        return
    raise AssertionError("no error")
"""

PYTHON = TestsExample(
    entry="test_between.py",
    tests=_TESTS,
    mutants={
        "one-example": ("\n\n\ndef test_order" + _TESTS.partition("\n\n\ndef test_order")[2], "\n"),
        "asserts-nothing": ("    assert ", "    _ = "),
        "more-than-is-said": (
            "except ValueError:\n        return",
            'except ValueError as error:\n        assert "low" in str(error)\n        return',
        ),
    },
    right={
        "a-loop": f"""{_HEAD}    if high < low:
        raise ValueError((low, high))
    kept = []
    for number in numbers:
        if number < low or number > high:
            continue
        kept.append(number)
    return kept
""",
        "a-filter": f"""{_HEAD}    if low > high:
        raise ValueError
    return list(filter(lambda number: min(max(number, low), high) == number, numbers))
""",
    },
    wrong={
        "sorted": ("", "for number in numbers", "for number in sorted(numbers)"),
        "each-once": ("a-filter", "high) == number, numbers", "high) == number, dict.fromkeys(numbers)"),
        "one-value-refused": ("a-loop", "high < low", "high <= low"),
    },
)
