"""The driver of strict judging: the answer alone, called with typed arguments, far from any test.

The first step, `load` with `[program, imports, names]`, executes the answer as official protocols do, then the
import statements that official tests would have left in its namespace, and tells what the names are. Each
further step is a call: `[[name, arguments, keyword arguments] as bytes]`, answered with bytes: what came back or was
raised, and the arguments if they were changed. Standard library only.
"""

from __future__ import annotations

import os
import types
from contextlib import suppress
from typing import Any, NoReturn

from assay.sandboxes.drivers import guard, plain


def main(asked: int = 3, told: int = 4) -> NoReturn:
    """Leaves without any exit handler of the answer's."""
    leave = os._exit
    with suppress(BaseException):
        _drive(asked, told)
    leave(0)


def _drive(asked: int, told: int) -> None:
    tell = guard.writer(told)
    ((load,), *calls) = guard.request(asked)
    nonce, _, _, (program, imports, names) = load
    guard.mute()
    guard.disarm()
    space: dict[str, Any] = {}
    try:
        exec(compile(program, "<answer>", "exec"), space)  # what this driver is for; it runs inside a box
        exec(compile(imports, "<imports>", "exec"), space)
    except BaseException as error:
        tell(guard.result(nonce, ["failed", guard.describe(error)]))
        return
    tell(guard.result(nonce, ["loaded", *(_what(space, name) for name in names)]))
    for (call,) in calls:
        name, args, kwargs = plain.unpack(call[3][0])
        given = [plain.undress(value) for value in args]
        named = {key: plain.undress(value) for key, value in kwargs}
        tell(guard.result(call[0], _called(space, name, given, named)))


def _what(space: dict[str, Any], name: str) -> str:
    if name not in space:
        return "absent"
    found = space[name]
    return f"module {found.__name__}" if isinstance(found, types.ModuleType) else "there"


def _called(space: dict[str, Any], name: str, given: list[Any], named: dict[str, Any]) -> bytes:
    before = _changeable(given, named)
    try:
        told = ["returned", plain.dress(space[name](*given, **named))]
    except BaseException as error:
        told = ["raised", [kind.__name__ for kind in type.mro(type(error))], guard.describe(error)]
    after = _changeable(given, named)
    changed = plain.pack(before) != plain.pack(after)
    return plain.pack([*told, after if changed else None])


def _changeable(given: list[Any], named: dict[str, Any]) -> list[Any]:
    values = [*given, *named.values()]
    return [plain.dress(value) if plain.is_changeable(value) else None for value in values]
