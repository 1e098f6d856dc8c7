"""The forked child's side of one command: lock itself in, then hand over to what is not trusted. Standard library
only."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, NoReturn

from assay.sandboxes.linux import files, wire
from assay.sandboxes.linux.locking import STATUS, Locks

_CANNOT_RUN, _NOT_FOUND = 126, 127  # what shells say
_DEFAULT_SIGNALS = (signal.SIGPIPE, signal.SIGXFSZ)  # Python ignores them; programs expect them

Entry = Callable[[], object]
"""A program of ours, which finds its channel, if it has one, on descriptors 3 and 4."""


class Places(NamedTuple):
    """Where a program finds itself."""

    work: str
    moved: Mapping[str, str]
    """Where the folders that programs know by name really are, if elsewhere."""
    own_proc: bool
    """Each program sees a /proc of its own PID namespace."""
    shown: tuple[str, ...] = ()
    """What of the host is shown at its own place, even below a moved folder."""

    def really(self, text: str) -> str:
        """An environment variable's value, with a moved folder at its beginning put right."""
        for name, place in self.moved.items():
            if text == name or (text.startswith(f"{name}/") and not self._leads_to_shown(text)):
                return place + text[len(name) :]
        return text

    def _leads_to_shown(self, text: str) -> bool:
        return any(f"{text}/".startswith(f"{one}/") or one.startswith(f"{text}/") for one in self.shown)


class Kit(NamedTuple):
    """What a worker prepares once for all its children."""

    user: int
    places: Places
    locks: Locks
    entries: Mapping[str, Entry]


def live(kit: Kit, archive: int, orders: int) -> NoReturn:
    """Everything that a child does, to its end, with descriptors of the files that it is given (below 0: none) and of
    its orders. It never returns into the worker's loop."""
    code, leave = wire.SETUP_FAILED, os._exit  # before anybody can put something else there
    try:
        code = _live(kit, archive, orders)
    except files.NoRoom:
        code = wire.NO_SPACE
    except files.Unwritable as error:  # whoever chose the name is told; the sandbox is not broken
        with suppress(OSError):
            kit.locks.leave_open()
            os.write(2, f"{error}\n".encode(errors="replace"))
        code = _CANNOT_RUN
    except BaseException:
        with suppress(OSError):
            os.write(2, traceback.format_exc().encode(errors="replace"))
    finally:
        leave(code)


def rehearse(kit: Kit) -> None:
    """In the worker, before it has any child: what the interpreter then remembers (where names are found, what fits
    where), no child has to find out and have memory copied for."""
    orders = {"kind": "", "argv": [], "warm": "", "env": {}, "unset": [], "own_proc": False, "cwd": "."}
    told, status, here = os.memfd_create("", os.MFD_CLOEXEC), os.dup(STATUS), Path.cwd()
    os.write(told, wire.pack_orders(orders))
    _live(kit._replace(locks=_Rehearsed(), entries={"": lambda: None}), -1, told)
    os.chdir(here)
    os.dup2(status, STATUS, inheritable=False)
    for descriptor in (told, status):
        os.close(descriptor)


class _Rehearsed:
    """Locks that nobody has to open again."""

    def leave_open(self) -> None: ...

    def close(self, *, fresh_proc: bool, dumpable: bool) -> None: ...


def _live(kit: Kit, archive: int, told: int) -> int:
    orders = wire.unpack_orders(files.whole(told))
    if archive >= 0:
        files.write_all(archive, work=kit.places.work, owner=kit.user)
    if orders["kind"] in files.CHORES:
        kit.locks.leave_open()
        return files.CHORES[orders["kind"]](kit.places.work, orders)
    starts_program = bool(orders["argv"])
    wants_proc = starts_program or orders["own_proc"]
    kit.locks.close(fresh_proc=wants_proc and kit.places.own_proc, dumpable=not starts_program)
    if not _entered(kit.places.work, orders["cwd"]):
        return _CANNOT_RUN
    env = orders["env"]
    if kit.places.moved:
        env = {name: kit.places.really(value) for name, value in env.items()}
    if orders["argv"]:
        return _tend(orders["argv"], env)
    for name in orders["unset"]:
        del os.environ[name]
    return _call(kit.entries[orders["warm"]], env)


def _entered(work: str, folder: str) -> bool:
    try:
        os.chdir(f"{work}/{folder}")
    except OSError as error:  # earlier commands of the stay may have made it so
        os.write(2, f"cannot enter {folder}: {error.strerror}\n".encode(errors="replace"))
        return False
    return True


def _tend(argv: list[str], env: dict[str, str]) -> int:
    """The first process of the namespace: runs the program as its child, so that signals mean to it what
    they mean everywhere, buries the dead, and reports."""
    # Python's own handler would let the program end this process, and so its own stay with a wrong word.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        program = os.posix_spawn(_find(argv[0], env), argv, env, setsigdef=_DEFAULT_SIGNALS)
    except OSError as error:
        os.write(2, f"{argv[0]}: {error.strerror}\n".encode())
        return _NOT_FOUND if isinstance(error, FileNotFoundError) else _CANNOT_RUN
    except ValueError as error:  # a name or an argument that no program can be given
        os.write(2, f"{argv[0]}: {error}\n".encode(errors="replace"))
        return _CANNOT_RUN
    while True:
        pid, status = os.wait()
        if pid == program:
            os.write(STATUS, status.to_bytes(4, "little"))
            return 0


def _find(name: str, env: dict[str, str]) -> str:
    if "/" in name:
        return name
    for folder in env.get("PATH", "/usr/local/bin:/usr/bin:/bin").split(":"):
        path = Path(folder) / name
        if os.access(path, os.X_OK) and path.is_file():
            return str(path)
    raise FileNotFoundError(2, "command not found")


def _call(entry: Entry, env: dict[str, str]) -> int:
    """Runs a preloaded function in this very process, as a program of its own. `env` is what the worker lacks."""
    for name, value in env.items():  # not `update`, which would ask at length what it is given
        os.environ[name] = value
    os.close(STATUS)
    code = 0
    try:
        entry()
    except SystemExit as stop:
        code = _exit_code(stop.code)
    except BaseException:
        traceback.print_exc()
        code = 1
    with suppress(BaseException):
        sys.stdout.flush()
        sys.stderr.flush()
    return code


def _exit_code(given: object) -> int:
    if given is None:
        return 0
    if isinstance(given, int):
        return given & 0xFF
    print(given, file=sys.stderr)  # noqa: T201 - what the interpreter does on leaving
    return 1
