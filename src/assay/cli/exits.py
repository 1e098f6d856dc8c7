"""Every way out of the program: which exit code, and what is said."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import FrameType
from typing import NoReturn

import click

from assay.core.errors import ApparatusError, AssayError

DONE = 0
NO = 1
USER = 2
APPARATUS = 3
UNDECIDED = 4
INTERRUPTED = 130
TERMINATED = 143


class Leave(Exception):
    """Raised by a command that is done and whose answer is not simply yes."""

    def __init__(self, code: int, message: str = "") -> None:
        super().__init__(message)
        self.code = code


class Terminated(BaseException):
    """SIGTERM, outside a run (a run has its own, gentler way)."""


def leave(arguments: Sequence[str]) -> NoReturn:
    _open_closed_streams()
    signal.signal(signal.SIGTERM, _on_terminate)
    sys.exit(_code(arguments))


def _code(arguments: Sequence[str]) -> int:
    from assay.cli import silence_stdout

    try:
        from assay.cli.root import assay

        result = assay.main(list(arguments), prog_name="assay", standalone_mode=False)
        sys.stdout.flush()
    except Leave as way_out:
        _say(str(way_out))
        return way_out.code
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "assay"
        _say(f"{command}: {_one_line(error.format_message())} (see {command} --help)")
        return USER
    except click.ClickException as error:
        _say(f"assay: {_one_line(error.format_message())}")
        return USER
    except ApparatusError as error:
        _say(f"assay: {error}")
        return APPARATUS
    except AssayError as error:
        _say("\n".join(f"assay: {line}" for line in str(error).splitlines()))
        return USER
    except BrokenPipeError:
        silence_stdout()
        return DONE
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except Terminated:
        return TERMINATED
    except Exception as error:  # the last border: a fault of our own is one line too
        return _last_border(error)
    return result if isinstance(result, int) else DONE


def _last_border(error: Exception) -> int:
    from assay.cli import silence_stdout

    if isinstance(error, ExceptionGroup) and error.subgroup(BrokenPipeError):
        silence_stdout()
        return DONE
    faults = list(_side_by_side(error))
    if all(isinstance(fault, AssayError) for fault in faults):
        _say(f"assay: {faults[0]}" + (f" (and {len(faults) - 1} more like this)" if len(faults) > 1 else ""))
        return APPARATUS if any(isinstance(fault, ApparatusError) for fault in faults) else USER
    if os.environ.get("ASSAY_TRACEBACK"):
        raise error
    if isinstance(error, OSError):
        silence_stdout()  # what could not be written would be tried once more on leaving
        what = f" “{error.filename}”" if error.filename else ""
        _say(f"assay: the system refused{what}: {error.strerror or error}")
        return APPARATUS
    _say(f"assay: a fault of our own, {type(error).__name__}: {_one_line(str(error))}")
    _say("  (ASSAY_TRACEBACK=1 shows where; please report it)")
    return APPARATUS


def _open_closed_streams() -> None:
    """What the caller closed (`>&-`) goes nowhere: otherwise the next file that is opened here, a record perhaps, gets
    the number of that stream, and what is printed with it."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode))  # noqa: SIM115  as long as the process


def _side_by_side(error: Exception) -> Iterator[Exception]:
    """What ended each of the tasks that ran at once."""
    if isinstance(error, ExceptionGroup):
        for one in error.exceptions:
            yield from _side_by_side(one)
    else:
        yield error


def _on_terminate(signum: int, frame: FrameType | None) -> None:
    raise Terminated


def _one_line(text: str) -> str:
    return " ".join(text.split()).rstrip(".")


def _say(text: str) -> None:
    if text:
        print(text, file=sys.stderr)
