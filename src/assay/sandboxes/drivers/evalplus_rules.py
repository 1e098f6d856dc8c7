"""EvalPlus' rules, as values and comparisons: what its inputs are made of, and when a result holds.

Used inside boxes on two sides: beside the answer, where no expected value ever is, and where the benchmark's own
solution runs. Suites name shapes and oracles by the words of the two tables here. A result that is the expected one
to the byte is known by its digest; every other is compared the official way, quirks included.
"""

from __future__ import annotations

import json
import marshal
import math
from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b
from typing import Any

VERSION = "1"
"""Part of the name under which expected results are kept: bumped when a digest changes."""
DIGEST = 16
NEVER = bytes(DIGEST)
"""Stands for a result that has no digest, or is unlike itself: it is compared in full."""
_PIECE = 10_000
"""Elements of a long list that are digested at a time, so that it need not be in memory twice."""

FLOATS = 1e-6
"""The tolerance that applies from the first expected result on that is made of floats, where a task names none."""
_RELATIVE = 1e-07
_NAN = (b"\xf8\x7f", b"\xf8\xff")
"""How a NaN's bytes end: what has none of these need not be read back, which takes longest."""
_LARGEST = 1 << 62


# What inputs are made of ----------------------------------------------------------------------------------


def _tuple_of_tuples(items: list[Any]) -> tuple[Any, ...]:
    return tuple(tuple(item) for item in items)


def _tuples(items: list[Any]) -> list[Any]:
    return [tuple(item) for item in items]


def _throughout(value: Any) -> Any:
    return tuple(_throughout(item) for item in value) if isinstance(value, list) else value


_SHAPES: dict[str, Callable[[list[Any]], Sequence[Any]]] = {
    "": lambda given: given,
    "tuples": _tuples,
    "lists of tuples": lambda given: [_tuples(value) for value in given],
    "tuples of tuples": lambda given: [_tuple_of_tuples(value) for value in given],
    "tuple first": lambda given: [tuple(given[0]), *given[1:]],
    "tuple second": lambda given: [given[0], tuple(given[1])],
    "list of tuples first": lambda given: [_tuples(given[0]), given[1]],
    "tuple with tuples": lambda given: [tuple(tuple(item) if isinstance(item, list) else item for item in given[0])],
    "list of sets": lambda given: [[set(item) if isinstance(item, list) and item else {} for item in given[0]]],
    "map of tuples first": lambda given: [{key: tuple(value) for key, value in given[0].items()}, *given[1:]],
    "complex": lambda given: [complex(given[0])],
    "float and complex": lambda given: (float(given[0]), complex(given[1])),
    "tuples throughout": _throughout,
}  # fmt: skip
"""Arguments as they stand in JSON to the arguments meant."""


def arguments(inputs: bytes, shape: str) -> list[Sequence[Any]]:
    """The arguments of every call, made anew: an answer may change them."""
    shaped = _SHAPES[shape]
    return [shaped(given) for given in json.loads(inputs)]


# What results are ---------------------------------------------------------------------------------------


def looks_at_arguments(oracle: str) -> bool:
    return oracle in ("root", "pyramid", "digits")


def looked_at(out: Any, given: Sequence[Any], oracle: str) -> Any:
    """What of a call is judged: its result, and where the oracle computes with them its arguments afterwards."""
    return [out, *given] if looks_at_arguments(oracle) else out


def digest(value: Any) -> bytes:
    """Equal for plain values that are the same to the byte; NEVER for what is not plain."""
    try:
        if type(value) in (list, tuple) and len(value) > _PIECE:
            whole = blake2b(type(value).__name__.encode(), digest_size=DIGEST)
            for piece in _pieces(value):
                whole.update(marshal.dumps(piece, 2))
            return whole.digest()
        return blake2b(marshal.dumps(value, 2), digest_size=DIGEST).digest()
    except (ValueError, MemoryError):
        return NEVER


def is_like_itself(value: Any) -> bool:
    """A copy of it equals it: no NaN is in it, and nothing that has no digest. Only of the benchmark's own values."""
    try:
        for piece in _pieces(value) if type(value) in (list, tuple) else [value]:
            data = marshal.dumps(piece, 2)
            if any(end in data for end in _NAN) and marshal.loads(data) != piece:
                return False
    except ValueError:
        return False
    return True


def _pieces(value: Any) -> Iterator[Any]:
    return (value[at : at + _PIECE] for at in range(0, len(value), _PIECE))


def is_floats(value: Any) -> bool:
    if isinstance(value, (list, tuple)) and value:
        return all(isinstance(item, float) for item in value)
    return isinstance(value, float)


def tolerance(atol: float, floats: bytes, index: int) -> float:
    """The tolerance in force once a task's results up to `index` are known to be made of floats or not."""
    return FLOATS if atol == 0 and 1 in floats[: index + 1] else atol


# When a result holds ------------------------------------------------------------------------------------


def _surface_of_pyramid(edge: float, height: float) -> int:
    """With the height measured from base to apex; the operations in the official order, as they round."""
    slant = math.sqrt((edge / 2) ** 2 + height**2)
    return round(edge**2 + 4 * (edge * slant) / 2)


def _digits_apart(one: int, other: int) -> int:
    """Both numbers padded to the same length."""
    left, right = str(one), str(other)
    size = max(len(left), len(right))
    return sum(abs(int(a) - int(b)) for a, b in zip(left.zfill(size), right.zfill(size), strict=True))


def _at(coefficients: Any, x: Any) -> Any:
    return sum([factor * math.pow(x, power) for power, factor in enumerate(coefficients)])


def _not_none(out: Any, exp: Any) -> Any:
    return out == exp if isinstance(out, bool) else exp == (out is not None)


_ORACLES: dict[str, Callable[[Any, Any, Any, Sequence[Any], float], Any]] = {
    "": lambda exact, out, exp, given, atol: exact,
    "anything": lambda exact, out, exp, given, atol: exact or True,
    "or zero": lambda exact, out, exp, given, atol: exact or out == 0,
    "pyramid": lambda exact, out, exp, given, atol: exact or abs(out - _surface_of_pyramid(*given)) <= atol,
    "digits": lambda exact, out, exp, given, atol: exact or out == _digits_apart(*given),
    "same set": lambda exact, out, exp, given, atol: set(out) == set(exp),
    "not none": lambda exact, out, exp, given, atol: _not_none(out, exp),
}
"""Tasks with more than one right result: what takes the place of equality."""


def expected(out: Any, oracle: str) -> Any:
    """What is kept of the benchmark's own result."""
    return out is not None if oracle == "not none" else out


def holds(out: Any, exp: Any, given: Sequence[Any], *, oracle: str, atol: float, after: float) -> bool:
    """The official comparison of one result. `given` are the arguments after the call; `atol` is the tolerance before
    this result's floats are reckoned with, `after` the one since. Any error of it means that it does not hold."""
    exact = oracle != "not none" and out == exp
    if oracle == "root":
        return bool(abs(_at(given[0], out)) <= atol)
    exact = _ORACLES[oracle](exact, out, exp, given, atol)
    if exact or after == 0:
        return bool(exact)
    if type(out) is not type(exp) or (isinstance(exp, (list, tuple)) and len(out) != len(exp)):
        return False
    return _close(out, exp, after)


def _close(out: Any, exp: Any, atol: float) -> bool:
    """`numpy.allclose`; asked itself for all but floats and small integers, one or a flat list of them."""
    pairs = list(zip(out, exp, strict=True)) if isinstance(exp, (list, tuple)) else [(out, exp)]
    if all(_is_number(one) and _is_number(other) for one, other in pairs):
        return all(_near(float(one), float(other), atol) for one, other in pairs)
    import numpy

    return bool(numpy.allclose(out, exp, rtol=_RELATIVE, atol=atol))


def _is_number(value: Any) -> bool:
    return type(value) is float or (type(value) is int and -_LARGEST < value < _LARGEST)


def _near(one: float, other: float, atol: float) -> bool:
    return one == other or (math.isfinite(other) and abs(one - other) <= atol + _RELATIVE * abs(other))
