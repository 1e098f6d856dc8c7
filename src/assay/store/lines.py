"""Files of JSON lines that survive a kill: each line is one write(2), a torn tail is cut back before
the next append, and readers stop at the last newline. Knows bytes and msgspec; refuses to know what a
line says."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from assay.core.errors import StorageError

T = TypeVar("T")

_CHUNK = 1 << 20
_DEEPEST = 100
"""Foreign values nested deeper than this are cut off in the record."""


class BadLine(msgspec.Struct, frozen=True):
    """A whole line that does not say what its file should."""

    path: Path
    number: int
    reason: str

    def __str__(self) -> str:
        return f"{self.path}:{self.number}: {self.reason}"


class LineFile:
    """The writing end of one file. The caller holds the run's lock, so nobody else appends."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._encoder = msgspec.json.Encoder()
        self._buffer = bytearray(1 << 16)
        self._dirty = False
        self._fd = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o666)
        whole = whole_length(self._fd)
        size = os.fstat(self._fd).st_size
        self.torn = size - whole
        """Bytes of a line that a kill had cut short; gone now."""
        if self.torn:
            os.ftruncate(self._fd, whole)
            self._dirty = True
        self._size = whole

    def append(self, value: Any) -> None:
        """Returns when the line is with the kernel: a kill of this process cannot take it back."""
        line = self._buffer
        try:
            self._encoder.encode_into(value, line)
        except (UnicodeEncodeError, OverflowError, RecursionError):
            self._encoder.encode_into(_storable(value), line)
        line += b"\n"
        length = len(line)
        try:
            written = os.write(self._fd, line)
        except OSError as error:
            self._restore()
            raise storage_error(self.path, error) from error
        if written != length:
            self._restore()
            raise storage_error(self.path, OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))
        self._size += written
        self._dirty = True

    def sync(self) -> None:
        """To the disk itself, if there is anything new."""
        if self._dirty:
            self._dirty = False
            try:
                os.fsync(self._fd)
            except OSError as error:
                raise storage_error(self.path, error) from error

    def close(self) -> None:
        os.close(self._fd)

    def _restore(self) -> None:
        """Takes away what a failed write left, so that the file still ends with a newline."""
        os.ftruncate(self._fd, self._size)


def storage_error(path: Path, error: OSError) -> StorageError:
    """One line for a person, whatever the system said."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StorageError(
            f"no space left for {path}: what is recorded is whole; make room, then the same command again"
        )
    return StorageError(f"cannot write {path}: {error.strerror or error}")


def whole_length(fd: int) -> int:
    """The length up to and with the last newline."""
    end = os.fstat(fd).st_size
    while end > 0:
        start = max(0, end - _CHUNK)
        at = os.pread(fd, end - start, start).rfind(b"\n")
        if at >= 0:
            return start + at + 1
        end = start
    return 0


def raw_lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """(number, line) of each whole line that is not blank; a file that is absent has none."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return
    with file:
        for number, line in enumerate(file, 1):
            if not line.endswith(b"\n"):
                return
            if not line.isspace():
                yield number, line


def read_lines(
    path: Path, decoder: msgspec.json.Decoder[T], *, on_bad: Callable[[BadLine], None] | None = None
) -> Iterator[T]:
    """The values of a file, oldest first. A bad line inside is told to `on_bad` and passed over."""
    for number, line in raw_lines(path):
        try:
            yield decoder.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            if on_bad is not None:
                on_bad(BadLine(path, number, str(error)))


def _storable(value: Any) -> Any:
    """What a model or a vendor sent and JSON cannot carry (lone surrogates, huge integers, endless
    nesting), as near as it can be kept: the trial must not be lost over it."""

    def clean(item: Any, depth: int) -> Any:
        if depth > _DEEPEST:
            return "…"
        if isinstance(item, str):
            return item.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
        if isinstance(item, int) and not isinstance(item, bool):
            return item if -(2**63) <= item < 2**64 else float(item) if abs(item) < 2**1023 else None
        if isinstance(item, msgspec.Struct):
            return {name: clean(getattr(item, name), depth + 1) for name in item.__struct_encode_fields__}
        if isinstance(item, dict):
            return {clean(str(key), depth): clean(inner, depth + 1) for key, inner in item.items()}
        if isinstance(item, (list, tuple, set, frozenset)):
            return [clean(inner, depth + 1) for inner in item]
        return item

    return clean(value, 0)
