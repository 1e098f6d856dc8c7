"""A Python program run in a fork of the warm interpreter, as `python FILE` would run it: for answers that are run
many times, where starting an interpreter each time would take longer than they do.

$ASSAY_SCRIPT names the file. Standard library only.
"""

from __future__ import annotations

import atexit
import io
import os
import site
import sys
import threading
import types


def main() -> None:
    """Raises what the program raises: whoever called prints it and makes an exit code of it."""
    path = os.environ.pop("ASSAY_SCRIPT")
    as_a_program()
    sys.argv[:] = [path]
    sys.path.insert(0, os.path.dirname(os.path.abspath(path)))  # noqa: PTH100, PTH120
    module = types.ModuleType("__main__")
    module.__file__ = path
    sys.modules["__main__"] = module
    with open(path, "rb") as file:  # noqa: PTH123
        source = file.read()
    try:
        # What this driver is for; it runs inside a box.
        exec(compile(source, path, "exec", dont_inherit=True), vars(module))
    except SystemExit:
        raise
    except BaseException as error:
        _without_ours(error)
        raise
    finally:
        threading._shutdown()  # type: ignore[attr-defined]  # what the interpreter does on leaving: wait for threads
        atexit._run_exitfuncs()


def as_a_program() -> None:
    """The world of a program that was just started: the standard library alone, and streams of its own."""
    _forget_packages()
    site.setquit()
    site.sethelper()
    sys.stdin = io.TextIOWrapper(open(0, "rb", closefd=False), "utf-8", "surrogateescape")  # noqa: SIM115
    sys.stdout, sys.stderr = (
        io.TextIOWrapper(open(number, "wb", closefd=False), "utf-8", errors, line_buffering=number == 2)  # noqa: SIM115
        for number, errors in ((1, "surrogateescape"), (2, "backslashreplace"))
    )


def _forget_packages() -> None:
    """Leaves the program the standard library alone; the warm interpreter had more loaded."""
    for name in list(sys.modules):
        if name.partition(".")[0] not in sys.stdlib_module_names:
            del sys.modules[name]
    prefixes = (sys.base_prefix, sys.base_exec_prefix)
    sys.path[:] = [path for path in sys.path if path.startswith(prefixes) and "-packages" not in path]


def _without_ours(error: BaseException) -> None:
    """The traceback from the program's own first line on."""
    frames = error.__traceback__
    while frames is not None and frames.tb_frame.f_code.co_filename == __file__:
        frames = frames.tb_next
    error.__traceback__ = frames
