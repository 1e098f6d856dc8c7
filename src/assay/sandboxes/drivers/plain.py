"""Python values across a border between processes: as bytes that name nothing but plain types.

Used on both sides inside boxes, by drivers alone. What is read may have been written by hostile code: it can
become no other object than those made here, all of which compare as Python's own types do. A value of any
other type, a subclass of a plain one included, crosses as `Foreign`, which nothing can be done with.
"""

from __future__ import annotations

import builtins
import collections
import decimal
import fractions
import re
import types
from collections.abc import Callable, Iterator
from typing import Any

_DEPTH = 180
_MOST_DRAWN = 1_000_000
"""As many values are drawn from an iterator: one that never ends must not fill the memory."""

_ITERATORS: tuple[type, ...] = (
    types.GeneratorType, map, filter, zip, enumerate, reversed, type(iter([])), type(iter(())), type(iter("")),
    type(iter(range(0))), type(iter({})), type(iter(set())), type(reversed([])),
)  # fmt: skip


class Foreign:
    """Stands for a value that cannot cross. Whoever looks at it gets a TypeError, so no test holds of it."""

    def __init__(self, name: str) -> None:
        self.__name = name

    def __refuse(self, *_: object) -> Any:
        raise TypeError(f"the answer gave a {self.__name}, which is no plain value")

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __bool__ = __len__ = __iter__ = __contains__ = __refuse
    __getitem__ = __add__ = __radd__ = __sub__ = __rsub__ = __abs__ = __round__ = __float__ = __int__ = __refuse
    __str__ = __repr__ = __refuse
    __hash__ = __refuse


class Found(Foreign):
    """Stands for a match of a regular expression, of which tests ask only whether there is one."""

    def __bool__(self) -> bool:  # type: ignore[override]  # the one question that has an answer
        return True


# Values to plain lists and back -------------------------------------------------------------------------


def dress(value: Any) -> Any:
    """`value` as None, bool, int, float, str, bytes and lists of these; a list begins with a word that says
    what it stands for."""
    return _dress(value, 0, ())


def _dress(value: Any, depth: int, within: tuple[int, ...]) -> Any:
    kind = type(value)
    if value is None or kind in (bool, int, float, bytes):
        return value
    if kind is str:
        return value if value.isascii() or _is_unicode(value) else ["text", value.encode("utf-8", "surrogatepass")]
    if depth > _DEPTH or id(value) in within:
        return ["foreign", f"{kind.__name__} that nests without end"]
    dresser = _DRESSERS.get(kind)
    if dresser is not None:
        word, items = dresser(value)
        inner = (*within, id(value))
        return [word, *(_dress(item, depth + 1, inner) for item in items)]
    if kind in _ITERATORS:
        drawn = _drawn(value)
        if drawn is None:
            return ["foreign", f"{kind.__name__} that goes on without end"]
        return ["iterator", *(_dress(item, depth + 1, within) for item in drawn)]
    if kind is re.Match:
        return ["match"]
    if type(value) is type and getattr(builtins, value.__name__, None) is value:
        return ["type", value.__name__]
    return ["foreign", kind.__name__[:200]]


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _drawn(values: Iterator[Any]) -> list[Any] | None:
    drawn = []
    for value in values:
        drawn.append(value)
        if len(drawn) > _MOST_DRAWN:
            return None
    return drawn


def _flat(pairs: Any) -> list[Any]:
    return [part for pair in pairs for part in pair]


_DRESSERS: dict[type, Callable[[Any], tuple[str, Any]]] = {
    list: lambda v: ("list", v),
    tuple: lambda v: ("tuple", v),
    set: lambda v: ("set", v),
    frozenset: lambda v: ("frozenset", v),
    dict: lambda v: ("dict", _flat(v.items())),
    complex: lambda v: ("complex", (v.real, v.imag)),
    bytearray: lambda v: ("bytearray", (bytes(v),)),
    range: lambda v: ("range", (v.start, v.stop, v.step)),
    collections.deque: lambda v: ("deque", (v.maxlen, *v)),
    collections.Counter: lambda v: ("Counter", _flat(v.items())),
    collections.OrderedDict: lambda v: ("OrderedDict", _flat(v.items())),
    collections.defaultdict: lambda v: ("defaultdict", _flat(v.items())),
    decimal.Decimal: lambda v: ("Decimal", (str(v),)),
    fractions.Fraction: lambda v: ("Fraction", (v.numerator, v.denominator)),
    type({}.keys()): lambda v: ("keys", v),
    type({}.values()): lambda v: ("values", v),
    type({}.items()): lambda v: ("items", _flat(v)),
}


def undress(value: Any) -> Any:
    """The value that `dress` was given, iterators drawn; Foreign for what is none."""
    if type(value) is not list:
        return value
    try:
        word, *items = value
        if word == "foreign":
            return Foreign(str(items[0]))
        if word == "match":
            return Found("Match")
        if word == "text":
            return items[0].decode("utf-8", "surrogatepass")
        return _MAKERS[word]([undress(item) for item in items])
    except (ValueError, TypeError, LookupError, ArithmeticError, AttributeError, RecursionError):
        return Foreign("value that was not written by us")


def _pairs(items: list[Any]) -> list[tuple[Any, Any]]:
    return list(zip(items[0::2], items[1::2], strict=True))


def _builtin_type(items: list[Any]) -> type:
    found = getattr(builtins, str(items[0]))
    if not isinstance(found, type):
        raise TypeError(items[0])
    return found


_MAKERS: dict[str, Callable[[list[Any]], Any]] = {
    "list": lambda v: v,
    "tuple": tuple,
    "set": set,
    "frozenset": frozenset,
    "dict": lambda v: dict(_pairs(v)),
    "complex": lambda v: complex(*v),
    "bytearray": lambda v: bytearray(bytes(v[0])),
    "range": lambda v: range(*v),
    "deque": lambda v: collections.deque(v[1:], v[0]),
    "Counter": lambda v: collections.Counter(dict(_pairs(v))),
    "OrderedDict": lambda v: collections.OrderedDict(_pairs(v)),
    "defaultdict": lambda v: collections.defaultdict(None, _pairs(v)),
    "Decimal": lambda v: decimal.Decimal(v[0]),
    "Fraction": lambda v: fractions.Fraction(*v),
    "keys": lambda v: dict.fromkeys(v).keys(),
    "values": lambda v: dict(enumerate(v)).values(),
    "items": lambda v: dict(_pairs(v)).items(),
    "iterator": iter,
    "type": _builtin_type,
}


_CHANGEABLE = (list, dict, set, bytearray, collections.deque, collections.Counter, collections.defaultdict,
               collections.OrderedDict)  # fmt: skip


def mend(now: Any, after: Any) -> None:
    """Changes `now` in place, and what is in it, into what it became elsewhere."""
    kind = type(now)
    if kind is not type(after):
        return
    if kind in (list, tuple) and len(now) == len(after):
        for at, (old, new) in enumerate(zip(now, after, strict=True)):
            if type(old) is type(new) and type(old) in (*_CHANGEABLE, tuple):
                mend(old, new)
            elif kind is list:
                now[at] = new
    elif isinstance(now, dict):
        kept = {key: now[key] for key in after if key in now and type(now[key]) in _CHANGEABLE}
        for key, old in kept.items():
            mend(old, after[key])
        now.clear()
        dict.update(now, {key: kept.get(key, item) for key, item in after.items()})
    elif kind in (list, bytearray):
        now[:] = after
    elif kind in (set, collections.deque):
        now.clear()
        now.update(after) if kind is set else now.extend(after)


def is_changeable(value: Any) -> bool:
    """A function may change it, or something in it, in place."""
    return type(value) in _CHANGEABLE or (type(value) is tuple and any(is_changeable(item) for item in value))


# Plain lists to bytes and back --------------------------------------------------------------------------


def pack(value: Any) -> bytes:
    """The bytes of a dressed value, in the form that judges read."""
    out: list[bytes] = []
    _pack(value, out)
    return b"".join(out)


def _pack(value: Any, out: list[bytes]) -> None:
    kind = type(value)
    if kind is list:
        out.append(b"l%d\n" % len(value))
        for item in value:
            _pack(item, out)
    elif kind is str:
        data = value.encode()
        out.append(b"s%d\n%s" % (len(data), data))
    elif kind is bytes:
        out.append(b"y%d\n%s" % (len(value), value))
    elif kind is int:
        out.append(b"i%d\n" % value if value.bit_length() < 1000 else b"x%s\n" % f"{value:x}".encode())
    elif kind is float:
        out.append(b"f%s\n" % repr(value).encode())
    else:
        out.append(b"n\n" if value is None else b"b1\n" if value else b"b0\n")


def unpack(data: bytes) -> Any:
    """What `pack`, or a judge, wrote; ValueError where it is none of that."""
    value, _ = _unpack(data, 0, 0)
    return value


def _unpack(data: bytes, at: int, depth: int) -> tuple[Any, int]:
    if depth > 2 * _DEPTH:
        raise ValueError("nested too deep")
    end = data.index(b"\n", at)
    tag, text = data[at : at + 1], data[at + 1 : end]
    at = end + 1
    if tag == b"n":
        return None, at
    if tag == b"b":
        return text == b"1", at
    if tag in (b"i", b"x"):
        return int(text, 10 if tag == b"i" else 16), at
    if tag == b"f":
        return float(text), at
    count = int(text)
    if tag == b"s":
        return data[at : at + count].decode(), at + count
    if tag == b"y":
        return data[at : at + count], at + count
    if tag not in (b"l", b"t"):
        raise ValueError(f"unknown tag {tag!r}")
    items = []
    for _ in range(count):
        item, at = _unpack(data, at, depth + 1)
        items.append(item)
    return items, at
