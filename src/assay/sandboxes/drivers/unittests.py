"""The driver of BigCodeBench's protocol: answer and unit tests as one module, the tests run by `unittest`.

The one step is `run` with `[program, seconds]`; it tells `["ran", [name, trace], …]` of the tests that did not hold,
or how the module came to nothing. Whoever is in this process can forge that, as officially. Standard library only;
$ASSAY_LIBRARIES names the folder of the libraries that answers and tests may import.
"""

from __future__ import annotations

import builtins
import faulthandler
import os
import sys
import time
import types
from contextlib import suppress
from typing import Any, NoReturn

from assay.sandboxes.drivers import guard

_NAME = "__test__"
_MOST, _LONGEST = 200, 4000
_forgotten: list[types.ModuleType] = []
"""Kept: taking them apart would cost time, and some of what runs here is in them."""


def main(asked: int = 3, told: int = 4) -> NoReturn:
    """Leaves without any exit handler of the answer's."""
    leave = os._exit
    tell = guard.writer(told)
    (((nonce, _, _, (program, seconds)),),) = guard.request(asked)
    _set_up()

    def late() -> None:
        tell(guard.result(nonce, ["slow"]))
        leave(0)

    over = guard.hold_to(seconds, late)
    try:
        said = _run(program)
    except BaseException as error:  # as officially: whatever ends it early, it failed
        said = ["failed", guard.describe(error)]
    with suppress(BaseException):
        tell(guard.result(nonce, ["slow"] if over() else said))
    leave(0)


def _set_up() -> None:
    """The official world: no streams, no `exit`, one time zone; everything else is left to the box."""
    folder = os.environ.pop("ASSAY_LIBRARIES", "")
    time.tzset()
    faulthandler.disable()
    _leave_only(folder)
    for name in ("exit", "quit"):
        setattr(builtins, name, None)
    guard.mute()


def _leave_only(libraries: str) -> None:
    """The standard library and these: the warm interpreter had more loaded."""
    for name in list(sys.modules):
        if name.partition(".")[0] not in (*sys.stdlib_module_names, "__main__"):
            _forgotten.append(sys.modules.pop(name))
    own = [path for path in sys.path if path.startswith((sys.base_prefix, sys.base_exec_prefix))]
    sys.path[:] = [*(path for path in own if "-packages" not in path), *filter(None, [libraries])]
    sys.dont_write_bytecode = True


def _run(program: str) -> list[Any]:
    import unittest  # larger than what most answers need, and a fork takes longer the more there is

    module = types.ModuleType(_NAME)
    # What official harnesses give a program: the names that its tests may use without importing them.
    given = {"__builtins__": builtins, "__file__": f"{_NAME}.py", "__package__": None, "__doc__": None}
    vars(module).update(given, sys=sys, os=os, environ=os.environ)
    # What this driver is for; it runs inside a box. No future of this module is the answer's.
    exec(compile(program, f"{_NAME}.py", "exec", dont_inherit=True), vars(module))
    sys.modules[_NAME] = module
    result = unittest.TestResult()
    unittest.TestLoader().loadTestsFromTestCase(module.TestCases).run(result)
    wrong = [[test.id().rpartition(".")[2][:200], trace[-_LONGEST:]] for test, trace in result.failures + result.errors]
    return ["ran", result.testsRun, wrong[:_MOST]]
