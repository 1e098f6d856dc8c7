"""A call across the typed border: asked on one side, done on the other, taken back on the first.

`Asked` and `taken` belong to the tests' side, `done` to the answer's. What travels is bytes of plain values: the
call as `[name, arguments, [[keyword, argument], …]]`; what came of it as `["returned", value, changes]` or
`["raised", [names of the error's types], text, changes]`, where changes are `[number, content]` of arguments, or
of what is in them, that were changed in place.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from assay.sandboxes.drivers import guard, plain


class CannotCross(BaseException):
    """Something in a call is no plain value; nothing of the tests' own may hold this up."""


class Asked:
    """One call as the tests make it: its bytes, and the things of theirs that it may change."""

    def __init__(self, name: str, given: tuple[Any, ...], named: dict[str, Any]) -> None:
        dresser = plain.Dresser()
        args = [dresser.dress(value) for value in given]
        kwargs = [[key, dresser.dress(value)] for key, value in named.items()]
        if foreign := plain.foreign_in([*args, *(value for _, value in kwargs)]):
            raise CannotCross(f"{name} is called with a {foreign}")
        self.name = name
        self.data = plain.pack([name, args, kwargs])
        self.objects = dresser.objects


def done(data: bytes, find: Callable[[str], Any]) -> bytes:
    """Makes a call, and says what came of it. `find` gives the function of a name, or raises."""
    name, args, kwargs = plain.unpack(data)
    undresser = plain.Undresser()
    given = [undresser.undress(value) for value in args]
    named = {key: undresser.undress(value) for key, value in kwargs}
    own = undresser.objects
    before = _contents(own)
    try:
        result = find(name)(*given, **named)
        dresser = plain.Dresser(own)
        told = ["returned", dresser.dress(result)]
    except BaseException as error:
        dresser = plain.Dresser(own)
        told = ["raised", [kind.__name__ for kind in type.mro(type(error))], guard.describe(error)]
    after = _contents(own)
    changed = [number for number, old in enumerate(before) if old != after[number]]
    return plain.pack([*told, [[number, dresser.content(number)] for number in changed]])


def _contents(objects: list[Any]) -> list[bytes]:
    dresser = plain.Dresser(objects)
    return [plain.pack(dresser.content(number)) for number in range(len(objects))]


def taken(asked: Asked, data: bytes) -> Any:
    """Does to the tests' own things what was done to their copies, and returns or raises what came. The bytes may
    have been written by anybody."""
    undresser = plain.Undresser(asked.objects)
    try:
        what, value, *rest = plain.unpack(data)
        if what not in ("returned", "raised"):
            raise ValueError(what)
        result = undresser.undress(value) if what == "returned" else _error(value, str(rest[0]))
        for number, content in rest[-1]:
            undresser.fill(number, content)
    except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError):
        return plain.Foreign("result that was not written by us")
    if what == "raised":
        raise result
    return result


def _error(kinds: list[Any], text: str) -> BaseException:
    """The nearest of Python's own errors."""
    for kind in kinds:
        found = getattr(builtins, str(kind), None)
        if isinstance(found, type) and issubclass(found, BaseException):
            with suppress(TypeError):
                return found(text)
    return Exception(text)
