"""Values as tasks write them, and when two of them are the same.

A value is JSON, with a tagged object for each thing that JSON lacks: `{"$bytes": base64}`,
`{"$map": [[k, v], …]}`, `{"$set": […]}`, `{"$tuple": […]}`, `{"$float": "nan" | "inf" | "-inf"}`.
Here they become Python values and back, are compared, and are shown to people within bounds. What an
answer returned is plain data by the time it comes here; nothing here runs a method of its own.
"""

from __future__ import annotations

import base64
import binascii
import math
from collections import Counter
from typing import Any

import msgspec

from assay.core.judging import Opaque
from assay.core.names import did_you_mean
from assay.formats.shown import render, render_text

DEEPEST = 200
"""Levels of nesting that a task's value may have: comparing and showing recurse."""

MATCHES = ("exact", "strict", "unordered", "tokens", "checker")
"""Named ways to compare; `{"close": ε}` is the other one."""

_FLOATS = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}


def from_json(value: Any) -> Any:
    """The Python value that a JSON value with tags means; ValueError says what is wrong with it."""
    return _decode(value, 0)


def _decode(value: Any, depth: int) -> Any:
    if depth > DEEPEST:
        raise ValueError(f"nested deeper than {DEEPEST} levels")
    if isinstance(value, list):
        return [_decode(item, depth + 1) for item in value]
    if not isinstance(value, dict):
        return value
    if len(value) == 1:
        ((tag, content),) = value.items()
        if tag.startswith("$"):
            return _decode_tag(tag, content, depth + 1)
    return {key: _decode(item, depth + 1) for key, item in value.items()}


def _decode_tag(tag: str, content: Any, depth: int) -> Any:
    reader = _TAGS.get(tag)
    if reader is None:
        raise ValueError(f"unknown tag “{tag}”: {did_you_mean(tag, _TAGS)}")
    return reader(content, depth)


def _read_bytes(content: Any, _depth: int) -> bytes:
    try:
        return base64.b64decode(content, validate=True)
    except (TypeError, ValueError, binascii.Error):
        raise ValueError("$bytes needs a string in base64") from None


def _read_float(content: Any, _depth: int) -> float:
    if not isinstance(content, str) or content not in _FLOATS:
        raise ValueError('$float needs "nan", "inf" or "-inf"')
    return _FLOATS[content]


def _read_tuple(content: Any, depth: int) -> tuple[Any, ...]:
    return tuple(_items("$tuple", content, depth))


def _read_set(content: Any, depth: int) -> set[Any]:
    items = [_frozen(item) for item in _items("$set", content, depth)]
    found = set(items)
    if len(found) < len(items):
        raise ValueError("$set holds an element twice")
    return found


def _read_map(content: Any, depth: int) -> dict[Any, Any]:
    pairs = _items("$map", content, depth)
    if not all(isinstance(pair, list) and len(pair) == 2 for pair in pairs):
        raise ValueError("$map needs a list of [key, value] pairs")
    found = {_frozen(key): item for key, item in pairs}
    if len(found) < len(pairs):
        raise ValueError("$map holds a key twice")
    return found


_TAGS = {
    "$bytes": _read_bytes,
    "$float": _read_float,
    "$tuple": _read_tuple,
    "$set": _read_set,
    "$map": _read_map,
}


def _items(tag: str, content: Any, depth: int) -> list[Any]:
    if not isinstance(content, list):
        raise ValueError(f"{tag} needs a list")
    return [_decode(item, depth) for item in content]


def _frozen(value: Any) -> Any:
    """`value` as something that can be an element of a set or the key of a map."""
    if isinstance(value, (list, tuple)):
        return tuple(_frozen(item) for item in value)
    if isinstance(value, (set, frozenset)):
        return frozenset(value)
    if isinstance(value, dict):
        raise ValueError("a map cannot be an element of a set or a key")
    return value


def to_json(value: Any) -> Any:
    """The JSON form of a Python value: what `from_json` reads back; TypeError where it has none."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        if math.isfinite(value):
            return value
        return {"$float": "nan" if math.isnan(value) else ("inf" if value > 0 else "-inf")}
    if isinstance(value, bytes):
        return {"$bytes": base64.b64encode(value).decode("ascii")}
    if isinstance(value, list):
        return [to_json(item) for item in value]
    if isinstance(value, tuple):
        return {"$tuple": [to_json(item) for item in value]}
    if isinstance(value, (set, frozenset)):
        return {"$set": [to_json(item) for item in sorted(value, key=render)]}
    if isinstance(value, dict):
        return _map_to_json(value)
    raise TypeError(f"a {type(value).__name__} has no JSON form")


def _map_to_json(value: dict[Any, Any]) -> dict[str, Any]:
    looks_like_a_tag = len(value) == 1 and str(next(iter(value))).startswith("$")
    if all(isinstance(key, str) for key in value) and not looks_like_a_tag:
        return {key: to_json(item) for key, item in value.items()}
    return {"$map": [[to_json(key), to_json(item)] for key, item in value.items()]}


# --- when two values are the same ---------------------------------------------------------------


class _Rule(msgspec.Struct, frozen=True):
    """How strictly numbers and tuples are compared."""

    floats: float | None = 1e-9
    """Tolerance, relative and absolute, where a float is expected."""
    numbers: float | None = None
    """Tolerance where any number is expected."""
    tuples: bool = False
    """An expected tuple is met by nothing but a tuple."""


_EXACT = _Rule()
_STRICT = _Rule(floats=None, tuples=True)


def match_fault(match: Any) -> str:
    """What is wrong with a case's `match`; empty when it is one."""
    if isinstance(match, str):
        return "" if match in MATCHES else f"unknown match “{match}”: {did_you_mean(match, MATCHES)}"
    if isinstance(match, dict) and list(match) == ["close"]:
        size = match["close"]
        if isinstance(size, (int, float)) and not isinstance(size, bool) and 0 < size < math.inf:
            return ""
        return 'match {"close": …} needs a number above 0'
    return f'match is one of {", ".join(MATCHES)}, or {{"close": 1e-6}}'


def same(expected: Any, got: Any, *, match: Any = "exact") -> str:
    """Empty when `got` is what was expected; else in few words where and how they differ.

    A bool is no number; 3 is 3.0; a list is a tuple (unless `strict` expects a tuple); NaN is NaN; an
    expected float is met within 1e-9. `unordered` takes the outermost list as a multiset."""
    where: list[str] = []
    if match == "unordered" and isinstance(expected, (list, tuple)):
        return _multisets_differ(list(expected), got)
    if isinstance(match, dict):
        return _differ(expected, got, _Rule(numbers=float(match["close"])), where)
    return _differ(expected, got, _STRICT if match == "strict" else _EXACT, where)


def _say(where: list[str], text: str) -> str:
    return f"at {''.join(where)}: {text}" if where else text


def _unlike(expected: Any, got: Any, where: list[str]) -> str:
    return _say(where, f"expected {render(expected)}, got {render(got)}")


def _differ(expected: Any, got: Any, rule: _Rule, where: list[str]) -> str:
    if _kind(expected) != _kind(got) or isinstance(got, Opaque):
        return _unlike(expected, got, where)
    if isinstance(expected, (list, tuple)):
        return _lists_differ(expected, got, rule, where)
    if isinstance(expected, dict):
        return _maps_differ(expected, got, rule, where)
    if isinstance(expected, (set, frozenset)):
        return _sets_differ(expected, got, where)
    if isinstance(expected, (int, float)) and not isinstance(expected, bool):
        return "" if _near(expected, got, rule) else _unlike(expected, got, where)
    if expected == got:
        return ""
    return _say(where, render_text(expected, got)) if isinstance(expected, str) else _unlike(expected, got, where)


_KINDS: dict[type, str] = {
    type(None): "null",
    bool: "bool",
    int: "number",
    float: "number",
    str: "text",
    bytes: "bytes",
    list: "list",
    tuple: "list",
    dict: "map",
    set: "set",
    frozenset: "set",
}


def _kind(value: Any) -> str:
    return _KINDS.get(type(value), "other")


def _is_nan(value: Any) -> bool:
    return isinstance(value, float) and math.isnan(value)


def _near(expected: float, got: float, rule: _Rule) -> bool:
    if expected == got or (_is_nan(expected) and _is_nan(got)):
        return True
    tolerance = rule.floats if isinstance(expected, float) and rule.numbers is None else rule.numbers
    if tolerance is None:
        return False
    try:
        return math.isclose(expected, got, rel_tol=tolerance, abs_tol=tolerance)
    except OverflowError:  # an integer that no float can hold is near to no float
        return False


def _lists_differ(expected: Any, got: Any, rule: _Rule, where: list[str]) -> str:
    if rule.tuples and isinstance(expected, tuple) and not isinstance(got, tuple):
        return _say(where, f"expected the tuple {render(expected)}, got the list {render(got)}")
    if len(expected) != len(got):
        return _sizes_differ(expected, got, where)
    for index, (one, other) in enumerate(zip(expected, got, strict=True)):
        where.append(f"[{index}]")
        if problem := _differ(one, other, rule, where):
            return problem
        where.pop()
    return ""


def _sizes_differ(expected: Any, got: Any, where: list[str]) -> str:
    if len(expected) <= 8 and len(got) <= 8:
        return _unlike(expected, got, where)
    return _say(where, f"expected {len(expected)} items {render(expected, 80)}, got {len(got)} {render(got, 80)}")


def _maps_differ(expected: dict[Any, Any], got: dict[Any, Any], rule: _Rule, where: list[str]) -> str:
    # The table holds only what was expected, so that nobody can fill it with keys that collide.
    owed = {_key(key): (key, item) for key, item in expected.items()}
    foreign = ""
    for key, item in got.items():
        ours = owed.pop(_key(key), None)
        where.append(_step(key))
        if ours is None:
            foreign = foreign or _say(where, f"expected nothing there, got {render(item)}")
        elif problem := _differ(ours[1], item, rule, where):
            return problem
        where.pop()
    for key, item in owed.values():
        return _say([*where, _step(key)], f"expected {render(item)}, got nothing there")
    return foreign


def _step(key: Any) -> str:
    if isinstance(key, str) and key.isidentifier() and len(key) <= 80:
        return f".{key}"
    return f"[{render(key, 80)}]"


def _sets_differ(expected: Any, got: Any, where: list[str]) -> str:
    ours = {_key(item): item for item in expected}
    foreign = [item for item in got if ours.pop(_key(item), _ABSENT) is _ABSENT]
    if ours:
        return _say(where, f"expected {render(next(iter(ours.values())))} in the set, got {render(got)}")
    if foreign:
        return _say(where, f"did not expect {render(foreign[0])} in the set {render(got)}")
    return ""


class _Absent:
    pass


_ABSENT = _Absent()


def _multisets_differ(expected: list[Any], got: Any) -> str:
    if not isinstance(got, (list, tuple)) or len(got) != len(expected):
        return _sizes_differ(expected, got, []) if isinstance(got, (list, tuple)) else _unlike(expected, got, [])
    owed = Counter(_key(item) for item in expected)
    surplus: list[Any] = []
    for item in got:
        key = _key(item)
        if owed.get(key, 0):
            owed[key] -= 1
        else:
            surplus.append(item)
    missing = []
    for item in expected:
        key = _key(item)
        if owed[key]:
            owed[key] -= 1
            missing.append(item)
    return _pairs_differ(missing, surplus)


_MOST_PAIRED = 300
"""Up to so many leftovers each is tried against each; beyond, in sorted order only."""


def _pairs_differ(missing: list[Any], surplus: list[Any]) -> str:
    """Pairs what is left over: floats that are near, but not equal, still meet."""
    if len(missing) > _MOST_PAIRED:
        missing, surplus = sorted(missing, key=_order), sorted(surplus, key=_order)
        pairs = zip(missing, surplus, strict=True)
        unmet = next((pair for pair in pairs if _differ(*pair, _EXACT, [])), None)
        return "" if unmet is None else f"expected {render(unmet[0])} among the items, got {render(unmet[1])}"
    for item in missing:
        partner = next((i for i, other in enumerate(surplus) if not _differ(item, other, _EXACT, [])), None)
        if partner is None:
            return f"expected {render(item)} among the items, got {render(surplus[0])} instead"
        surplus.pop(partner)
    return ""


def _order(value: Any) -> tuple[int, float, str]:
    if isinstance(value, float) and not math.isnan(value):
        return (0, value, "")
    return (1, 0.0, render(value))


def _key(value: Any, depth: int = 0) -> Any:
    """Equal for two values exactly when they are the same, floats taken exactly."""
    if depth > DEEPEST:
        return _Absent()  # equal to nothing, and shallow enough to be hashed
    kind = _kind(value)
    if kind == "list":
        return (kind, tuple(_key(item, depth + 1) for item in value))
    if kind == "set":
        return (kind, frozenset(_key(item, depth + 1) for item in value))
    if kind == "map":
        return (kind, frozenset((_key(k, depth + 1), _key(v, depth + 1)) for k, v in value.items()))
    if kind == "number":
        return (kind, "nan" if _is_nan(value) else value)
    return (kind, value if kind != "other" else _Absent())
