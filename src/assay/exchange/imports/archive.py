"""The members of a zip file that somebody else wrote: bounded in number and size, read one at a time. Knows
stored, deflated and Zstandard members (Inspect's logs hold the last, which Python reads only from 3.14 on).
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import KeysView
from pathlib import Path
from types import TracebackType
from typing import IO, cast

import zstandard

from assay.core.errors import UserError

LARGEST_MEMBER = 512 << 20
_MOST_MEMBERS = 5_000_000
_ZSTD = 93
_LOCAL = struct.Struct("<4s22xHH")


class Archive:
    """Use it in a `with`. Of two members of one name the later one holds."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._zip = zipfile.ZipFile(path)
        except (OSError, zipfile.BadZipFile, NotImplementedError, ValueError) as error:
            raise UserError(f"{path}: no whole zip file ({error})") from error
        infos = self._zip.infolist()
        if len(infos) > _MOST_MEMBERS:
            raise UserError(f"{path}: holds {len(infos):,} members; {_MOST_MEMBERS:,} are the most that is read")
        self._members = {info.filename: info for info in infos}

    @property
    def names(self) -> KeysView[str]:
        return self._members.keys()

    def read(self, name: str) -> bytes:
        """The member's bytes: as many as it says, and never more than `LARGEST_MEMBER`."""
        info = self._members[name]
        place = f"{self.path} member {name}"
        if info.file_size > LARGEST_MEMBER:
            raise UserError(f"{place}: unpacks to {info.file_size >> 20:,} MiB; {LARGEST_MEMBER >> 20} are the most")
        try:
            with self._open(info) as stream:
                data = stream.read(min(info.file_size, LARGEST_MEMBER) + 1)
        except (OSError, EOFError, RuntimeError, zlib.error, zipfile.BadZipFile, zstandard.ZstdError) as error:
            raise UserError(f"{place}: damaged ({error})") from error
        if len(data) != info.file_size:
            raise UserError(f"{place}: damaged (it is not of the {info.file_size:,} bytes that it says)")
        return data

    def _open(self, info: zipfile.ZipInfo) -> io.BufferedIOBase:
        if info.compress_type != _ZSTD:
            return self._zip.open(info)  # type: ignore[return-value]
        file = self.path.open("rb")
        file.seek(info.header_offset)
        mark, name, extra = _LOCAL.unpack(file.read(_LOCAL.size))
        if mark != b"PK\x03\x04":
            file.close()
            raise zipfile.BadZipFile("its header is not where the list of members says")
        file.seek(name + extra, io.SEEK_CUR)
        packed = cast(IO[bytes], _Part(file, info.compress_size))
        return io.BufferedReader(zstandard.ZstdDecompressor().stream_reader(packed, read_across_frames=True))

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()


class _Part(io.RawIOBase):
    """The next so many bytes of a file; closing it closes the file."""

    def __init__(self, file: io.BufferedReader, size: int) -> None:
        self._file, self._left = file, size

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(self._left if size < 0 else min(size, self._left))
        self._left -= len(data)
        return data

    def close(self) -> None:
        self._file.close()
        super().close()
