"""When what a contest answer printed or returned counts as right: each benchmark's own rule, oddities and all.

Pure, and safe on whatever an answer said: nothing here hashes, converts or recurses further than what was expected.
"""

from __future__ import annotations

import math
import re
from decimal import Decimal, InvalidOperation
from typing import Any

# CodeContests ---------------------------------------------------------------------------------------------

_WORD = re.compile(rb"[^ \n\t\r\v]+")
_LONGEST_NUMBER = 1000


def codecontests_match(expected: bytes, got: bytes) -> bool:
    """Word by word, small and capital letters alike; numbers within 1e-5 of one another, as doubles."""
    ours, theirs = _WORD.findall(expected.lower()), _WORD.findall(got.lower())
    return ours == theirs or (
        len(ours) == len(theirs) and all(_values_match(one, other) for one, other in zip(ours, theirs, strict=True))
    )


def _values_match(one: bytes, other: bytes) -> bool:
    ours, theirs = _double(one), _double(other)
    if ours is None or theirs is None:
        return one == other
    return abs(ours - theirs) < 1e-5  # infinities are no number apart: not even from themselves


def _double(word: bytes) -> float | None:
    if len(word) > _LONGEST_NUMBER or b"_" in word:
        return None
    try:
        return float(word)
    except ValueError:
        return None


# LiveCodeBench --------------------------------------------------------------------------------------------


def livecodebench_printed(expected: str, got: str) -> bool:
    """Line by line, without the space around each; a line of numbers may write them in another way."""
    ours, theirs = _stripped_lines(expected), _stripped_lines(got)
    return len(ours) == len(theirs) and all(_lines_match(one, other) for one, other in zip(ours, theirs, strict=True))


def _stripped_lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip().split("\n")]


def _lines_match(one: str, other: str) -> bool:
    if one == other:
        return True
    try:
        return [Decimal(word) for word in one.split()] == [Decimal(word) for word in other.split()]
    except InvalidOperation:
        return False


# APPS -----------------------------------------------------------------------------------------------------


def apps_printed(expected: str, got: str) -> bool:
    """The first of many comparisons that holds: texts, lines, floats, and at last sets of sets of words."""
    lines = got.splitlines()
    for shown in (lines, [line.strip() for line in lines]):
        if "\n".join(shown).strip() == expected.strip():
            return True
    wanted = [line.strip() for line in expected.split("\n") if line]
    full = [line for line in lines if line]
    if wanted in (lines, full) or _all_close(full, wanted):
        return True
    ours = [frozenset(line.split()) for line in wanted]
    theirs = [frozenset(line.split()) for line in full if line.split()]
    return set(ours) == set(theirs) or _rounded_alike(ours, theirs)


def _all_close(got: list[str], wanted: list[str]) -> bool:
    if len(got) != len(wanted):
        return False
    try:
        pairs = [(float(one), float(other)) for one, other in zip(got, wanted, strict=True)]
    except ValueError:
        return False
    return all(one == other or _is_close(one, other) for one, other in pairs)


def _is_close(got: float, wanted: float) -> bool:
    return math.isfinite(got) and math.isfinite(wanted) and abs(got - wanted) <= 1e-8 + 1e-5 * abs(wanted)


def _rounded_alike(ours: list[frozenset[str]], theirs: list[frozenset[str]]) -> bool:
    try:
        return _rounded(ours) == _rounded(theirs)
    except ValueError:
        return False


def _rounded(lines: list[frozenset[str]]) -> list[list[float]]:
    """As sets, but sorted: numbers can be chosen to share one hash."""
    return _once([_once([_thousandths(word) for word in line]) for line in lines])


def _thousandths(word: str) -> float:
    number = round(float(word), 3)
    if math.isnan(number):
        raise ValueError("it equals nothing, not even itself")
    return number


def _once(items: list[Any]) -> list[Any]:
    ordered = sorted(items)
    return [item for at, item in enumerate(ordered) if at == 0 or item != ordered[at - 1]]


def apps_returned(expected: Any, got: Any) -> bool:
    """`==`, also with the first of what is expected, also with tuples in it as lists."""
    first = expected[0] if isinstance(expected, list) and expected else None
    if equal(expected, got) or (first is not None and equal(first, got)):
        return True
    return bool(first) and isinstance(got, list) and bool(got) and _is_tuple(got[0]) and equal(first, _as_lists(got))


def _as_lists(rows: list[Any]) -> list[Any]:
    return [row["t"] if _is_tuple(row) else row for row in rows]


# Values ---------------------------------------------------------------------------------------------------


def equal(expected: Any, got: Any) -> bool:
    """Whether Python's `==` holds between a plain value and what the driver of contests said was returned."""
    if isinstance(expected, list):
        return (
            isinstance(got, list)
            and len(expected) == len(got)
            and all(equal(one, other) for one, other in zip(expected, got, strict=True))
        )
    if isinstance(expected, dict):
        return _maps_equal(expected, got)
    if isinstance(expected, (int, float)):  # a truth value is a number to Python
        return isinstance(got, (int, float)) and expected == got
    return type(got) is type(expected) and bool(got == expected)


def _maps_equal(expected: dict[Any, Any], got: Any) -> bool:
    pairs = got.get("d") if isinstance(got, dict) else None
    if not isinstance(pairs, list) or len(pairs) != len(expected):
        return False
    left = dict(expected)
    for pair in pairs:
        key = pair[0] if isinstance(pair, list) and len(pair) == 2 else None
        if isinstance(key, (list, dict)) or key not in left or not equal(left.pop(key), pair[1]):
            return False
    return True


def _is_tuple(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("t"), list)
