"""Tests that an answer holds, run in a fork of the warm interpreter; how they ended is the exit code.

$ASSAY_SCRIPT names the module of tests; it and what it tests lie in the working folder. Nothing here says whether what
is tested is right, so an answer that forges its exit code says no more than its tests could. Standard library only.
"""

from __future__ import annotations

import os
import sys
import traceback
import types
from typing import NoReturn

from assay.sandboxes.drivers import script

HELD, ASSERTED, BROKE, NONE = 0, 10, 11, 12
"""All hold; an assertion failed; something else went wrong, an import perhaps; there is no test."""


def main() -> NoReturn:
    """Leaves with one of the codes above."""
    path = os.environ.pop("ASSAY_SCRIPT")
    script.as_a_program()
    sys.path.insert(0, os.getcwd())  # noqa: PTH109
    sys.dont_write_bytecode = True
    raise SystemExit(_run(os.path.basename(path).removesuffix(".py")))  # noqa: PTH119


def _run(name: str) -> int:
    import importlib
    import unittest  # larger than what most answers need, and a fork takes longer the more there is

    try:
        module = importlib.import_module(name)
    except BaseException:  # whatever it is, there are no tests to run then
        traceback.print_exc()
        return BROKE
    tests = unittest.TestLoader().loadTestsFromModule(module)
    for key, value in list(vars(module).items()):
        if key.startswith("test") and isinstance(value, types.FunctionType) and value.__module__ == name:
            tests.addTest(unittest.FunctionTestCase(value))
    if not tests.countTestCases():
        return NONE
    result = unittest.TextTestRunner(stream=sys.stderr, verbosity=0).run(tests)
    if result.failures:
        return ASSERTED
    return HELD if result.wasSuccessful() else BROKE
