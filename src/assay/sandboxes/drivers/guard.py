"""What the drivers of official Python protocols share: the channel, and the world that those protocols set up.

openai/human-eval executes an answer with its streams taken away and dangerous functions set to None. Neither
isolates anything, and here nothing depends on it; but an answer that needs them fails there, so it fails here.
"""

from __future__ import annotations

import builtins
import faulthandler
import fcntl
import importlib.util
import io
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

from assay.sandboxes.drivers import plain

_NULLED: tuple[tuple[ModuleType | type, tuple[str, ...]], ...] = (
    (builtins, ("exit", "quit")),
    (os, (
        "kill", "system", "putenv", "remove", "removedirs", "rmdir", "fchdir", "setuid", "fork", "forkpty",
        "killpg", "rename", "renames", "truncate", "replace", "unlink", "fchmod", "fchown", "chmod", "chown",
        "chroot", "lchflags", "lchmod", "lchown", "getcwd", "chdir",
    )),
    (shutil, ("rmtree", "move", "chown")),
    (subprocess, ("Popen",)),
)  # fmt: skip
_ABSENT = ("ipdb", "joblib", "resource", "psutil", "tkinter")


_WAYS_THERE = re.compile(rf"\b(?:os|shutil|subprocess|exit|quit|{'|'.join(_ABSENT)})\b")
"""Words without one of which nothing of these can be named by plain means."""

_foreign: dict[str, ModuleType] = {}
"""Modules that an answer is not to find. They are kept alive here: taking them apart in each fork would cost more
than the answer."""
_folders: list[str] = []


def prepare() -> None:
    """What can be known before the fork, and would cost each answer what it takes to find out."""
    for name, module in sys.modules.items():
        top = name.partition(".")[0]
        if top not in sys.stdlib_module_names and top not in ("__main__", *_ABSENT):
            _foreign[name] = module
    _folders[:] = [
        path for path in sys.path
        if path.startswith((sys.base_prefix, sys.base_exec_prefix)) and "-packages" not in path
    ]  # fmt: skip


@contextmanager
def rehearsal(request: list[Any]) -> Iterator[tuple[int, int]]:
    """A channel for a driver that does, before the fork, what it will do after it; then all is as it was."""
    streams, descriptors = (sys.stdin, sys.stdout, sys.stderr), _descriptors()
    (asked, asking), (_, told) = os.pipe(), os.pipe()
    os.write(asking, plain.pack(request))
    os.close(asking)
    try:
        yield asked, told
    finally:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        sys.stdin, sys.stdout, sys.stderr = streams
        for descriptor in _descriptors() - descriptors:
            with suppress(OSError):  # the one that listed them
                os.close(descriptor)


def _descriptors() -> set[int]:
    return {int(entry.name) for entry in Path("/proc/self/fd").iterdir()}


class _Mute(io.StringIO):
    """Takes what is printed and gives nothing: whoever reads from it gets an error."""

    def read(self, *_: Any) -> str:
        raise OSError("there is nothing to read")

    readline = readlines = read  # type: ignore[assignment]

    def readable(self) -> bool:
        return False


def request(asked: int) -> list[Any]:
    """The cases that a judge asks for: each a list of `[nonce, op, name, [argument, …]]`."""
    pieces = []
    while piece := os.read(asked, 1 << 20):
        pieces.append(piece)
    os.close(asked)
    _, cases = plain.unpack(b"".join(pieces))
    found: list[Any] = cases
    return found


def writer(told: int) -> Callable[[bytes], None]:
    """Writes whole messages, with functions taken before anybody could change them. The descriptor is moved
    to where code that writes to every small number does not meet it."""
    write, moved = os.write, fcntl.fcntl(told, fcntl.F_DUPFD_CLOEXEC, 40)
    os.close(told)

    def tell(message: bytes) -> None:
        while message:
            message = message[write(moved, message) :]

    return tell


def result(nonce: str, value: Any) -> bytes:
    """The message that a step returned `value`, which is plain or a list of plain values."""
    return plain.pack([nonce, "r", value, []])


def mute() -> None:
    """Takes the standard streams away."""
    sys.stdin = _Mute()
    sys.stdout = sys.stderr = _Mute()


def takes_away_from(program: str) -> bool:
    """Whether a program's text could name anything that `disarm` takes away."""
    return _WAYS_THERE.search(program) is not None


def disarm() -> None:
    """The world in which the official protocols run an answer."""
    faulthandler.disable()
    os.environ["OMP_NUM_THREADS"] = "1"
    for holder, names in _NULLED:
        for name in names:
            setattr(holder, name, None)
    for name in _ABSENT:
        sys.modules[name] = None  # type: ignore[assignment]
    _forget_packages()


def _forget_packages() -> None:
    """Leaves the answer the standard library alone; the warm interpreter had more loaded."""
    if not _foreign:
        prepare()
    modules = sys.modules
    for name in _foreign:
        del modules[name]
    sys.path[:] = _folders
    sys.dont_write_bytecode = True


def numpy(*, named: bool = True) -> dict[str, ModuleType]:
    """NumPy's modules, which official harnesses have imported themselves before they take names away: to be put back
    after that. None where the answer has not `named` it, or this box has no NumPy. Where it lies is nobody's business
    from then on."""
    folder = os.environ.pop("ASSAY_PACKAGES", "")
    if not folder or not named:
        return {}
    os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"
    lead_to_numpy(folder)
    with suppress(ImportError):
        importlib.import_module("numpy")
    return {name: module for name, module in sys.modules.items() if name.partition(".")[0] == "numpy"}


def lead_to_numpy(folder: str) -> None:
    """Has it found there. Where there are no namespaces, a box can read what it is shown of a folder and cannot list
    the folder, as Python's own finders do first."""
    sys.path.append(folder)
    if folder and not _can_list(folder):
        place = f"{folder}/numpy"
        spec = importlib.util.spec_from_file_location(
            "numpy", f"{place}/__init__.py", submodule_search_locations=[place]
        )
        finder: Any = SimpleNamespace(find_spec={"numpy": spec}.get)  # which leads from the answer to nothing of ours
        sys.path_importer_cache[folder] = finder


def _can_list(folder: str) -> bool:
    try:
        os.scandir(folder).close()
    except OSError:
        return False
    return True


def describe(error: BaseException) -> str:
    """An error in one line, however it behaves when it is asked."""
    try:
        text = str(error)
    except BaseException:  # an answer's own error may raise whatever it likes when it is shown
        text = ""
    return f"{type(error).__name__}: {text}"[:2000].encode("utf-8", "replace").decode()


def hold_to(seconds: float, late: Callable[[], None]) -> Callable[[], bool]:
    """Calls `late` when the program has taken longer than this on the clock, less the time in which it was ready
    to run and others did: what waits is held to its limit on a busy machine too, and what computes is left to the
    limit of processor time. What comes back ends the watch, and says whether the program took too long."""
    elapsed, used, alarm, kind = clock(), time.process_time, signal.setitimer, signal.ITIMER_REAL

    def look(*_: Any) -> None:
        left = seconds - elapsed()
        if left <= 0 and used() < 0.9 * seconds:
            late()
        alarm(kind, max(left, 0.2))

    def over() -> bool:
        alarm(kind, 0)
        return elapsed() > seconds

    signal.signal(signal.SIGALRM, look)
    alarm(kind, seconds)
    return over


def clock() -> Callable[[], float]:
    """Seconds since now, without those spent waiting for a processor: what it takes on an idle machine."""
    now, read, used = time.monotonic, os.pread, time.process_time
    began = now()
    try:
        meter = os.open("/proc/self/schedstat", os.O_RDONLY | os.O_CLOEXEC)
        delayed = int(read(meter, 100, 0).split()[1])
    except (OSError, ValueError, IndexError):
        return used

    def elapsed() -> float:
        took = now() - began
        return took if took < 1 else took - (int(read(meter, 100, 0).split()[1]) - delayed) / 1e9

    return elapsed
