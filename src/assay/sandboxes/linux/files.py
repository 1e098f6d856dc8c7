"""Chores on the scratch space, done by a forked child for the pool: write, read, list.

All that is met here may be made by an answer: links, pipes, folders without rights, a full disk. Nothing
is followed, nothing is waited for, and what stands in the way of a file to be written is removed.
Standard library only.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import stat
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from assay.sandboxes.linux import syscalls as sc
from assay.sandboxes.linux import wire

_FOLDER = os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_PIECE = 1 << 20
_ORDERS = 1 << 14
"""Read at once: hardly any are longer, and to ask for the length first costs a child more."""
_NAME_SHOWN = 200


class NoRoom(Exception):
    """The scratch space is full."""


class Unwritable(Exception):
    """Raised with the reason: no file can have this name here."""


def whole(descriptor: int) -> bytes:
    """All of a file that is held open, whatever its position."""
    found = piece = os.pread(descriptor, _ORDERS, 0)
    while len(piece) == _ORDERS:
        piece = os.pread(descriptor, _ORDERS, len(found))
        found += piece
    return found


def write_all(descriptor: int, *, work: str, owner: int) -> None:
    """Unpacks an archive below the working folder."""
    folder = os.open(work, _FOLDER)
    place, end = 0, os.fstat(descriptor).st_size
    while place < end:
        length, size = wire.FILE.unpack(os.pread(descriptor, wire.FILE.size, place))
        name = os.pread(descriptor, length, place + wire.FILE.size).decode(errors="surrogateescape")
        place += wire.FILE.size + length
        try:
            _write(folder, name, owner=owner, source=descriptor, start=place, size=size)
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise NoRoom from error
            raise Unwritable(f"cannot write {name[:_NAME_SHOWN]}: {error.strerror}") from error
        place += size
    os.close(folder)


def _write(work: int, name: str, *, owner: int, source: int, start: int, size: int) -> None:
    *folders, last = name.split("/")
    here = os.dup(work)
    for part in folders:
        here = _enter(here, part, owner=owner)
    _remove(here, last)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    target = os.open(last, flags, 0o644, dir_fd=here)
    while size:
        sent = os.sendfile(target, source, start, size)
        start, size = start + sent, size - sent
    os.fchown(target, owner, owner)
    os.close(target)
    os.close(here)


def _enter(here: int, part: str, *, owner: int) -> int:
    try:
        there = os.open(part, _FOLDER, dir_fd=here)
    except (FileNotFoundError, NotADirectoryError, OSError):
        _remove(here, part)
        os.mkdir(part, 0o755, dir_fd=here)
        there = os.open(part, _FOLDER, dir_fd=here)
        os.fchown(there, owner, owner)
    os.close(here)
    return there


def _remove(here: int, name: str) -> None:
    """Makes way for `name`. A folder, which may be deeper than can be emptied, is only moved aside."""
    with suppress(FileNotFoundError):
        try:
            os.unlink(name, dir_fd=here)
        except IsADirectoryError:
            os.rename(name, f".displaced-{os.urandom(8).hex()}", src_dir_fd=here, dst_dir_fd=here)


def _open_plain(work: str, path: str) -> int | None:
    folder = os.open(work, _FOLDER)
    try:
        flags = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_NOFOLLOW
        found = sc.open_beneath(folder, path, flags=flags)
    except OSError:
        return None
    finally:
        os.close(folder)
    if stat.S_ISREG(os.fstat(found).st_mode):
        return found
    os.close(found)
    return None


def _take(work: str, orders: dict[str, Any]) -> int:
    found = _open_plain(work, orders["path"])
    if found is None:
        return wire.NOTHING_THERE
    _send(found, orders["most"])
    return 0


def _take_all(work: str, orders: dict[str, Any]) -> int:
    """Each file's size on a line, -1 where there is none, and then its bytes."""
    for path in orders["paths"]:
        found = _open_plain(work, path)
        size = -1 if found is None else os.fstat(found).st_size
        os.write(1, b"%d\n" % size)
        if found is not None:
            _send(found, size)
            os.close(found)
    return 0


def _send(found: int, most: int) -> None:
    start = 0
    while start < most:
        sent = os.sendfile(1, found, start, min(most - start, _PIECE))
        if not sent:
            break
        start += sent


def _list(work: str, _orders: dict[str, Any]) -> int:
    """Path and content hash of each plain file, as JSON lines. Folders too deep to be named are left out."""
    top = os.open(work, _FOLDER)
    pending = ["."]
    with os.fdopen(1, "w", closefd=False) as out:
        while pending:
            folder = pending.pop()
            try:
                here = sc.open_beneath(top, folder, flags=os.O_RDONLY | os.O_DIRECTORY)
            except OSError:
                continue
            with os.scandir(here) as entries:
                for entry in entries:
                    path = f"{folder}/{entry.name}".removeprefix("./")
                    if entry.is_dir(follow_symlinks=False):
                        pending.append(path)
                    elif entry.is_file(follow_symlinks=False):
                        out.write(json.dumps([path, _digest(entry.name, here)]) + "\n")
            os.close(here)
    return 0


def _digest(name: str, folder: int) -> str:
    found = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder)
    with os.fdopen(found, "rb") as file:
        return f"{os.fstat(found).st_mode & 0o111:o}:{hashlib.file_digest(file, 'sha256').hexdigest()}"


def _nothing(_work: str, _orders: dict[str, Any]) -> int:
    return 0


CHORES: dict[str, Callable[[str, dict[str, Any]], int]] = {
    "take": _take, "take_all": _take_all, "list": _list, "put": _nothing,
}  # fmt: skip
