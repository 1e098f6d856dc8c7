"""Landlock: a second lock on the same doors, which holds even where a mount or a mode was wrong."""

from __future__ import annotations

import os
import stat
import struct
from collections.abc import Callable, Sequence

from assay.sandboxes.linux import syscalls

_EXECUTE, _WRITE, _READ, _LIST = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_MAKE_DEVICE = 1 << 6 | 1 << 11
_TRUNCATE, _IOCTL = 1 << 14, 1 << 15
_FILE_ONLY = _EXECUTE | _WRITE | _READ | _TRUNCATE | _IOCTL
_ALL_BY_ABI = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1}
_ALL = (1 << 16) - 1
_BIND_AND_CONNECT = 3
_ABSTRACT_SOCKETS_AND_SIGNALS = 3
_VERSION = 1
SCOPES_SINCE = 6
_LOGS_SINCE, _LOG_NOTHING = 7, 1 | 4  # nor what is denied to programs, nor by rules that they make themselves
_PATH_BENEATH = 1


def abi() -> int:
    """The version that the kernel offers; 0 when it has none, or has it switched off."""
    try:
        return syscalls.call("landlock_create_ruleset", None, 0, _VERSION)
    except OSError:
        return 0


def ruleset(
    *,
    writable: Sequence[str],
    devices: Sequence[str],
    network: bool,
    readable: Sequence[str] = ("/",),
    hidden: Sequence[str] = (),
) -> int | None:
    """Only what is `readable` may be read and executed, apart from what is `hidden` directly in a readable
    folder; only `writable` folders and `devices` may be written. Returns the descriptor that `restrict` wants,
    or None where the kernel has no Landlock."""
    version = abi()
    if not version:
        return None
    handled = _ALL_BY_ABI.get(version, _ALL)
    net = _BIND_AND_CONNECT if version >= 4 and not network else 0
    scoped = _ABSTRACT_SOCKETS_AND_SIGNALS if version >= SCOPES_SINCE else 0
    size = 8 if version < 4 else 16 if version < 6 else 24
    attributes = struct.pack("=QQQ", handled, net, scoped)[:size]
    rules = syscalls.call("landlock_create_ruleset", attributes, size, 0)
    for path in readable:
        _allow_reading(rules, path, handled, hidden)
    for path in writable:
        _allow(rules, path, handled & ~_MAKE_DEVICE)
    for path in devices:
        _allow(rules, path, handled & _FILE_ONLY & ~_EXECUTE)
    return rules


def restricter(rules: int) -> Callable[[], int]:
    """Laid out beforehand: binds the calling process and all that it will start, for good."""
    return syscalls.laid_out("landlock_restrict_self", rules, quiet())


def quiet() -> int:
    """The flags by which nothing that is denied is written to the machine's audit log, for an answer can be denied a
    million things, by names of its own choice."""
    return _LOG_NOTHING if abi() >= _LOGS_SINCE else 0


def scopes_only() -> int:
    """A fence for signals and abstract sockets, and nothing else."""
    attributes = struct.pack("=QQQ", 0, 0, _ABSTRACT_SOCKETS_AND_SIGNALS)
    return syscalls.call("landlock_create_ruleset", attributes, len(attributes), 0)


def _allow_reading(rules: int, path: str, handled: int, hidden: Sequence[str]) -> None:
    """Rules only ever add: where something is to stay hidden, its neighbours are named one by one."""
    inside = [name for name in hidden if name.startswith(path.rstrip("/") + "/")]
    if not inside:
        _allow(rules, path, handled & (_EXECUTE | _READ | _LIST))
        return
    _allow(rules, path, handled & _LIST)
    with os.scandir(path) as entries:
        for entry in entries:
            if entry.path not in inside:
                _allow(rules, entry.path, handled & (_EXECUTE | _READ | _LIST))


def _allow(rules: int, path: str, access: int) -> None:
    place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        if not stat.S_ISDIR(os.fstat(place).st_mode):
            access &= _FILE_ONLY
        syscalls.call("landlock_add_rule", rules, _PATH_BENEATH, struct.pack("=Qi", access, place), 0)
    finally:
        os.close(place)
