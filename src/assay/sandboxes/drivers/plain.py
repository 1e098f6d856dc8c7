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
from collections.abc import Callable, Iterable, Iterator
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


class Dresser:
    """Writes values as None, bool, int, float, str, bytes and lists of these; a list begins with a word that
    says what it stands for. What can be changed in place is numbered, so that it stays one thing: where it comes
    again, among the values of one dresser, only its number is written."""

    def __init__(self, objects: Iterable[Any] = ()) -> None:
        self.objects = list(objects)
        """By number: what can be changed."""
        self._numbers = {id(value): number for number, value in enumerate(self.objects)}

    def dress(self, value: Any) -> Any:
        return self._dress(value, 0)

    def content(self, number: int) -> Any:
        """What is in the thing of this number."""
        value = self.objects[number]
        word, items = _DRESSERS[type(value)](value)
        return [word, *(self._dress(item, 1) for item in items)]

    def _dress(self, value: Any, depth: int) -> Any:
        kind = type(value)
        if value is None or kind in (bool, int, float, bytes):
            return value
        if kind is str:
            return value if value.isascii() or _is_unicode(value) else ["text", value.encode("utf-8", "surrogatepass")]
        if depth > _DEPTH:
            return ["foreign", f"{kind.__name__} that nests too deep"]
        dresser = _DRESSERS.get(kind)
        if dresser is not None:
            if kind in CHANGEABLE:
                number = self._numbers.get(id(value))
                if number is not None:
                    return ["same", number]
                self._numbers[id(value)] = len(self.objects)
                self.objects.append(value)
            word, items = dresser(value)
            return [word, *(self._dress(item, depth + 1) for item in items)]
        if kind in _ITERATORS:
            drawn = _drawn(value)
            if drawn is None:
                return ["foreign", f"{kind.__name__} that goes on without end"]
            return ["iterator", *(self._dress(item, depth + 1) for item in drawn)]
        if kind is re.Match:
            return ["match"]
        if kind is type and (name := _name(value)) and getattr(builtins, name, None) is value:
            return ["type", name]
        return ["foreign", _name(kind)[:200]]


def _name(kind: type) -> str:
    """What it is called, whatever its own type says."""
    return str(type.__dict__["__name__"].__get__(kind))


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


class Undresser:
    """Reads what a dresser wrote, iterators drawn; Foreign for what none would have written."""

    def __init__(self, objects: Iterable[Any] = ()) -> None:
        self.objects = list(objects)
        """By number, as the dresser has them."""

    def undress(self, value: Any) -> Any:
        if type(value) is not list:
            return value
        try:
            return self._undress(value)
        except (ValueError, TypeError, LookupError, ArithmeticError, AttributeError, RecursionError):
            return Foreign("value that was not written by us")

    def fill(self, number: int, content: Any) -> None:
        """Makes the thing of this number hold what is in `content`; any error where that is nonsense."""
        thing = self.objects[number]
        word, *items = content
        if word != _DRESSERS[type(thing)](thing)[0]:
            raise ValueError("another kind of thing")
        _FILLERS[word](thing, [self.undress(item) for item in items])

    def _undress(self, value: list[Any]) -> Any:
        word, *items = value
        if word == "same":
            return self.objects[items[0]]
        if word == "foreign":
            return Foreign(str(items[0]))
        if word == "match":
            return Found("Match")
        if word == "text":
            return items[0].decode("utf-8", "surrogatepass")
        if word in _EMPTY:
            thing = _EMPTY[word](items)
            self.objects.append(thing)
            _FILLERS[word](thing, [self.undress(item) for item in items])
            return thing
        return _MAKERS[word]([self.undress(item) for item in items])


def _pairs(items: list[Any]) -> list[tuple[Any, Any]]:
    return list(zip(items[0::2], items[1::2], strict=True))


def _builtin_type(items: list[Any]) -> type:
    found = getattr(builtins, str(items[0]))
    if not isinstance(found, type):
        raise TypeError(items[0])
    return found


_MAKERS: dict[str, Callable[[list[Any]], Any]] = {
    "tuple": tuple,
    "frozenset": frozenset,
    "complex": lambda v: complex(*v),
    "range": lambda v: range(*v),
    "Decimal": lambda v: decimal.Decimal(v[0]),
    "Fraction": lambda v: fractions.Fraction(*v),
    "keys": lambda v: dict.fromkeys(v).keys(),
    "values": lambda v: dict(enumerate(v)).values(),
    "items": lambda v: dict(_pairs(v)).items(),
    "iterator": iter,
    "type": _builtin_type,
}
_EMPTY: dict[str, Callable[[list[Any]], Any]] = {
    "list": lambda _: [],
    "set": lambda _: set(),
    "dict": lambda _: {},
    "bytearray": lambda _: bytearray(),
    "deque": lambda v: collections.deque(maxlen=v[0]),
    "Counter": lambda _: collections.Counter(),
    "OrderedDict": lambda _: collections.OrderedDict(),
    "defaultdict": lambda _: collections.defaultdict(None),
}
CHANGEABLE = (list, dict, set, bytearray, collections.deque, collections.Counter, collections.defaultdict,
              collections.OrderedDict)  # fmt: skip


def _fill_list(thing: Any, items: list[Any]) -> None:
    thing[:] = items


def _fill_bytes(thing: bytearray, items: list[Any]) -> None:
    if type(items[0]) is not bytes:  # of a number, or of a range, `bytes` would make as much as it says
        raise TypeError(items[0])
    thing[:] = items[0]


def _fill_set(thing: set[Any], items: list[Any]) -> None:
    new = set(items)
    thing.clear()
    thing.update(new)


def _fill_deque(thing: collections.deque[Any], items: list[Any]) -> None:
    thing.clear()
    thing.extend(items[1:])


def _fill_dict(thing: dict[Any, Any], items: list[Any]) -> None:
    new = dict(_pairs(items))
    thing.clear()
    dict.update(thing, new)


_FILLERS: dict[str, Callable[[Any, list[Any]], None]] = {
    "list": _fill_list,
    "set": _fill_set,
    "dict": _fill_dict,
    "bytearray": _fill_bytes,
    "deque": _fill_deque,
    "Counter": _fill_dict,
    "OrderedDict": _fill_dict,
    "defaultdict": _fill_dict,
}


def foreign_in(dressed: Any) -> str:
    """The name of the first thing in it that cannot cross."""
    if type(dressed) is not list or not dressed:
        return ""
    if dressed[0] == "foreign":
        return str(dressed[1])
    return next((name for item in dressed if (name := foreign_in(item))), "")


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
