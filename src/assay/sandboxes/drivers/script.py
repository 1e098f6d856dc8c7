"""A Python program run in a fork of the warm interpreter, as `python FILE` would run it: for answers that are run
many times, where starting an interpreter each time would take longer than they do.

$ASSAY_SCRIPT names the file. Standard library only.
"""

from __future__ import annotations

import atexit
import builtins
import gc
import os
import site
import sys
import threading
import types
from contextlib import suppress

from assay.sandboxes.drivers import streams


def main() -> None:
    """Raises the SystemExit with which the program ends."""
    path = os.environ.pop("ASSAY_SCRIPT")
    as_a_program()
    sys.argv[:] = [path]
    sys.path.insert(0, os.path.dirname(os.path.abspath(path)))  # noqa: PTH100, PTH120
    code = _run(path)
    threading._shutdown()  # type: ignore[attr-defined]  # what the interpreter does on leaving: wait for threads
    atexit._run_exitfuncs()
    _take_apart()
    raise SystemExit(code)


def _run(path: str) -> object:
    """The exit code that the program asks for. Nothing of it is held by an error when this returns."""
    module = sys.modules["__main__"]
    vars(module).update(__file__=path)
    with open(path, "rb") as file:  # noqa: PTH123
        source = file.read()
    try:
        # What this driver is for; it runs inside a box.
        exec(compile(source, path, "exec", dont_inherit=True), vars(module))
    except SystemExit as leaving:
        return leaving.code
    except BaseException as error:
        _leave_us_out(error)
        sys.excepthook(type(error), error, error.__traceback__)
        return 1
    return None


def _take_apart() -> None:
    """What the interpreter does at last: files that the program left open get what was written into them."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(Exception):  # the program may have closed or replaced it
            stream.flush()
    sys.modules.pop("__main__", None)
    gc.collect()
    for kept in (sys.__stdout__, sys.__stderr__):
        with suppress(Exception):
            kept.flush()  # type: ignore[union-attr]  # they are there


def as_a_program() -> None:
    """The world of a program that was just started: the standard library alone, a module of its own, and streams."""
    _forget_packages()
    sys.modules["__main__"] = types.ModuleType("__main__")
    vars(sys.modules["__main__"])["__builtins__"] = builtins
    site.setquit()
    site.sethelper()
    streams.renew("stdin", "stdout", "stderr")


def _forget_packages() -> None:
    """Leaves the program the standard library alone; the warm interpreter had more loaded."""
    for name in list(sys.modules):
        if name.partition(".")[0] not in sys.stdlib_module_names:
            del sys.modules[name]
    prefixes = (sys.base_prefix, sys.base_exec_prefix)
    sys.path[:] = [path for path in sys.path if path.startswith(prefixes) and "-packages" not in path]


def _leave_us_out(error: BaseException) -> None:
    """The traceback from the program's own first line on."""
    frames = error.__traceback__
    while frames is not None and frames.tb_frame.f_code.co_filename == __file__:
        frames = frames.tb_next
    error.__traceback__ = frames
