"""When calls are just the wanted ones: names, values and types as they are, in any order.

An integer will do for a number that has no fraction; nothing else is forgiven, for it is the writing that is judged.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assay.formats.shown import plain, render


def exact(calls: Sequence[Mapping[str, Any]], wanted: Sequence[Mapping[str, Any]]) -> tuple[str, str]:
    """A word for what is wrong and the particulars; both empty where nothing is."""
    if len(calls) != len(wanted):
        return "wrong_count", f"{len(calls)} calls instead of {len(wanted)}"
    left = list(calls)
    for right in wanted:
        place = next((at for at, call in enumerate(left) if not _fault(call, right)[0]), None)
        if place is None:
            name = next(iter(right))
            return _fault(next((call for call in left if name in call), left[0]), right)
        del left[place]
    return "", ""


def _fault(call: Mapping[str, Any], wanted: Mapping[str, Any]) -> tuple[str, str]:
    name, arguments = next(iter(wanted.items()))
    if name not in call:
        return "wrong_name", f"{plain(str(next(iter(call), '')), 80)} instead of {name}"
    given = call[name]
    for key in arguments:
        if key not in given:
            return "missing_argument", f"{name}: {key} is missing"
    for key, value in given.items():
        if key not in arguments:
            return "strange_argument", f"{name}: there is no {plain(str(key), 80)}"
        if not _same(value, arguments[key]):
            return _word(value, arguments[key]), f"{name}: {key} is {render(value)}, not {render(arguments[key])}"
    return "", ""


def _word(value: Any, wanted: Any) -> str:
    return "wrong_value" if type(value) is type(wanted) else "wrong_type"


def _same(value: Any, wanted: Any) -> bool:
    if type(wanted) is float and type(value) is int:
        return value == wanted
    if type(value) is not type(wanted):
        return False
    if isinstance(wanted, dict):
        return value.keys() == wanted.keys() and all(_same(value[key], item) for key, item in wanted.items())
    if isinstance(wanted, list):
        return len(value) == len(wanted) and all(map(_same, value, wanted))
    return bool(value == wanted)
