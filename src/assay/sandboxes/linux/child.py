"""The forked child's side of one command: lock itself in, then hand over to what is not trusted.

The order of the locks is the point of this module: what needs a privilege comes first, and the last
lock (seccomp) is closed before the first foreign instruction. Standard library only.
"""

from __future__ import annotations

import json
import math
import os
import resource
import signal
import socket
import sys
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from assay.sandboxes.linux import files, landlock, root, seccomp, wire
from assay.sandboxes.linux import syscalls as sc

_HIGH = 40  # a number above all descriptors that a program is given
_STATUS = 5
_OUT_OF_THE_WAY = 20
_FILES_OPEN = 1024
_STACK = 64 << 20
_CANNOT_RUN, _NOT_FOUND = 126, 127  # what shells say
_DEFAULT_SIGNALS = (signal.SIGPIPE, signal.SIGXFSZ)  # Python ignores them; programs expect them

Entry = Callable[..., object]


class Places(NamedTuple):
    """Where a program finds itself."""

    work: str
    moved: Mapping[str, str]
    """Where the folders that programs know by name really are, if elsewhere."""
    own_proc: bool
    """Each program sees a /proc of its own PID namespace."""

    def really(self, text: str) -> str:
        """An environment variable's value, with a moved folder at its beginning put right."""
        for name, place in self.moved.items():
            if text == name or text.startswith(name + "/"):
                return place + text[len(name) :]
        return text


class Kit(NamedTuple):
    """What a worker prepares once for all its children."""

    privileged: bool
    """Set up as the namespace's root, so that the answer's user is another one."""
    user: int
    places: Places
    filter: bytes
    """The system calls, where the worker answers for some of them."""
    silent_filter: bytes
    """The same, where somebody further out listens already, so that the worker cannot."""
    rules: int | None
    entries: Mapping[str, Entry]
    cgroup: bool
    """A cgroup bounds memory and processes; no rlimit has to."""


class Given(NamedTuple):
    """The descriptors of one command."""

    orders: int
    stdin: int
    stdout: int
    stderr: int
    channel_in: int | None
    channel_out: int | None
    files: int | None
    status: int


def keep(descriptor: int) -> int:
    """Moves a descriptor out of the range that a child arranges for its program."""
    import fcntl

    kept = fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, _OUT_OF_THE_WAY)
    os.close(descriptor)
    return kept


def live(kit: Kit, given: Given) -> NoReturn:
    """Everything that a child does, to its end. It never returns into the worker's loop."""
    code, leave = wire.SETUP_FAILED, os._exit  # before anybody can put something else there
    try:
        code = _live(kit, given)
    except files.NoRoom:
        code = wire.NO_SPACE
    except files.Unwritable as error:  # whoever chose the name is told; the sandbox is not broken
        with suppress(OSError):
            _arrange(given, has_channel=False)
            _announce(None)
            os.write(2, f"{error}\n".encode(errors="replace"))
        code = _CANNOT_RUN
    except BaseException:
        with suppress(OSError):
            os.write(2, traceback.format_exc().encode(errors="replace"))
    finally:
        leave(code)


def _live(kit: Kit, given: Given) -> int:
    orders = json.loads(files.whole(given.orders))
    if given.files is not None:
        files.write_all(given.files, work=kit.places.work, owner=kit.user)
    if orders["kind"] in files.CHORES:
        _arrange(given, has_channel=False)
        _announce(None)
        return files.CHORES[orders["kind"]](kit.places.work, orders)
    with open("/proc/self/oom_score_adj", "w") as score:  # noqa: PTH123
        score.write("1000")
    if orders["argv"] and kit.places.own_proc:
        sc.unshare(sc.CLONE_NEWNS)
        root.fresh_proc()
    os.setsid()
    os.umask(0o022)
    _arrange(given, has_channel=given.channel_in is not None)
    _bound(orders["limits"], cgroup=kit.cgroup)
    _announce(_lock(kit))
    try:
        os.chdir(os.path.join(kit.places.work, orders["cwd"]))  # noqa: PTH118
    except OSError as error:  # earlier commands of the stay may have made it so
        os.write(2, f"cannot enter {orders['cwd']}: {error.strerror}\n".encode(errors="replace"))
        return _CANNOT_RUN
    env = {name: kit.places.really(value) for name, value in orders["env"].items()}
    if orders["argv"]:
        return _tend(orders["argv"], env)
    return _call(kit.entries[orders["warm"]], env, with_channel=given.channel_in is not None)


def _arrange(given: Given, *, has_channel: bool) -> None:
    """Descriptors 0 to 2, 3 and 4 if asked for, the status pipe, and no other."""
    import fcntl

    wanted = [given.stdin, given.stdout, given.stderr]
    if has_channel and given.channel_in is not None and given.channel_out is not None:
        wanted += [given.channel_in, given.channel_out]
    high = [fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, _HIGH) for fd in wanted]
    status = fcntl.fcntl(given.status, fcntl.F_DUPFD_CLOEXEC, _HIGH)
    for number, fd in enumerate(high):
        os.dup2(fd, number, inheritable=True)
    os.dup2(status, _STATUS, inheritable=False)
    if not has_channel:
        os.closerange(3, _STATUS)


def _bound(limits: dict[str, Any], *, cgroup: bool) -> None:
    seconds = math.ceil(limits["cpu"]) + 1
    memory, disk = limits["memory"] << 20, limits["disk"] << 20
    bounds = {
        resource.RLIMIT_CPU: (seconds, seconds + 1),
        # One byte, not none: the kernel then starts no core-dump helper of the host either.
        resource.RLIMIT_CORE: (1, 1),
        resource.RLIMIT_NOFILE: (_FILES_OPEN, _FILES_OPEN),
        resource.RLIMIT_STACK: (_STACK, _STACK),
        resource.RLIMIT_FSIZE: (disk, disk),
        # Where one user is worker and answer, the worker's two processes count too.
        resource.RLIMIT_NPROC: (limits["processes"] + 3, limits["processes"] + 3),
        resource.RLIMIT_MEMLOCK: (8 << 20, 8 << 20),
        resource.RLIMIT_MSGQUEUE: (0, 0),
        resource.RLIMIT_NICE: (0, 0),
        resource.RLIMIT_RTPRIO: (0, 0),
    }
    if not cgroup:
        # The watcher holds the sum over the tree to the limit; this stops what is quicker than it. The
        # stacks of threads count here although hardly any of one is ever touched.
        most = 2 * memory + limits["processes"] * _STACK
        bounds[resource.RLIMIT_DATA] = (most, most)
    for what, (soft, hard) in bounds.items():
        _, ceiling = resource.getrlimit(what)
        bound = ceiling if ceiling != resource.RLIM_INFINITY else hard
        resource.setrlimit(what, (min(soft, bound), min(hard, bound)))


def _lock(kit: Kit) -> int | None:
    """Returns the descriptor at which the worker has to listen."""
    if kit.privileged:
        os.setgroups([])
        os.setresgid(kit.user, kit.user, kit.user)
        os.setresuid(kit.user, kit.user, kit.user)
    sc.drop_capabilities()
    if kit.rules is not None:
        landlock.restrict(kit.rules)
    os.closerange(_STATUS + 1, 1 << 20)
    try:
        return seccomp.install(kit.filter, listen=True)
    except OSError:
        seccomp.install(kit.silent_filter)
        return None


def _announce(listener: int | None) -> None:
    """Tells the worker that foreign code follows."""
    status = socket.socket(fileno=_STATUS)
    socket.send_fds(status, [wire.STARTED], [] if listener is None else [listener])
    status.detach()
    if listener is not None:
        os.close(listener)


def _tend(argv: list[str], env: dict[str, str]) -> int:
    """The first process of the namespace: runs the program as its child, so that signals mean to it what
    they mean everywhere, buries the dead, and reports."""
    sc.prctl(sc.PR_SET_DUMPABLE, 0)
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
            os.write(_STATUS, status.to_bytes(4, "little"))
            return 0


def _find(name: str, env: dict[str, str]) -> str:
    if "/" in name:
        return name
    for folder in env.get("PATH", "/usr/local/bin:/usr/bin:/bin").split(":"):
        path = Path(folder) / name
        if os.access(path, os.X_OK) and path.is_file():
            return str(path)
    raise FileNotFoundError(2, "command not found")


def _call(entry: Entry, env: dict[str, str], *, with_channel: bool) -> int:
    """Runs a preloaded function in this very process, as a program of its own."""
    sc.prctl(sc.PR_SET_DUMPABLE, 1)
    os.environ.clear()
    os.environ.update(env)
    os.close(_STATUS)
    code = 0
    try:
        entry(*((3, 4) if with_channel else ()))
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
