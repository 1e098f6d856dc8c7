"""The driver of strict judging: the answer alone, called with typed arguments, far from any test.

The first step, `load` with `[program, imports, names, seconds]`, executes the answer as official protocols do, then the
import statements that official tests would have left in its namespace, and tells what the names are. Each
further step is a call, `[bytes]` of `border`, answered with bytes. Standard library only.
"""

from __future__ import annotations

import os
import sys
import types
from contextlib import suppress
from typing import Any, NoReturn

from assay.sandboxes.drivers import border, guard


def main(asked: int = 3, told: int = 4) -> NoReturn:
    """Leaves without any exit handler of the answer's."""
    leave, whole = os._exit, False
    with suppress(BaseException):
        whole = _drive(asked, told)
    leave(0 if whole else 1)


def _drive(asked: int, told: int) -> bool:
    """Whether all that was asked was done."""
    tell = guard.writer(told)
    ((load,), *calls) = guard.request(asked)
    nonce, _, _, (program, imports, names, seconds) = load
    numpy = guard.numpy(named="numpy" in program)
    guard.mute()
    guard.disarm()
    sys.modules.update(numpy)
    leave = os._exit
    guard.hold_to(seconds, lambda: leave(1))
    space: dict[str, Any] = {}
    try:
        # What this driver is for; it runs inside a box. No future of this module is the answer's.
        exec(compile(program, "<answer>", "exec", dont_inherit=True), space)
        exec(compile(imports, "<imports>", "exec", dont_inherit=True), space)
    except BaseException as error:
        tell(guard.result(nonce, ["failed", guard.describe(error)]))
        return False
    tell(guard.result(nonce, ["loaded", *(_what(space, name) for name in names)]))
    for (call,) in calls:
        tell(guard.result(call[0], border.done(call[3][0], space.__getitem__)))
    return True


def _what(space: dict[str, Any], name: str) -> str:
    if name not in space:
        return "absent"
    found = space[name]
    return f"module {found.__name__}" if isinstance(found, types.ModuleType) else "there"
