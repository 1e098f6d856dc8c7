"""Blobs: what is too big or too often repeated for a line, each once, zstd, by its SHA-256, packed
into a few append-only files.

A pack is a row of records: digest (32 bytes), length of the frame, length of the content (4 bytes
each, little-endian), frame. The index is never on disk: it is read off the headers. Refuses to know
what a blob means."""

from __future__ import annotations

import errno
import hashlib
import mmap
import os
import struct
from array import array
from collections.abc import Iterator
from pathlib import Path

import zstandard

from assay.core.errors import StorageError
from assay.store.lines import storage_error

_HEADER = struct.Struct("<32sII")
_PACK_BYTES = 256 << 20
_OFFSET_BITS = 40
"""Of a 64-bit location: the low bits are the offset in a pack, the high ones the pack's number + 1."""


class _Index:
    """Digest → location in 16 bytes a slot: open addressing over the digest's first 8 bytes. Two blobs
    may share those; whoever looks one up compares the whole digest in the pack."""

    def __init__(self) -> None:
        self._keys = array("Q", bytes(8 * 1024))
        self._places = array("Q", bytes(8 * 1024))
        self._used = 0

    def candidates(self, digest: bytes) -> Iterator[int]:
        key = int.from_bytes(digest[:8], "little")
        mask = len(self._keys) - 1
        slot = key & mask
        while place := self._places[slot]:
            if self._keys[slot] == key:
                yield place
            slot = (slot + 1) & mask

    def add(self, digest: bytes, place: int) -> None:
        if 3 * self._used > 2 * len(self._keys):
            self._grow()
        self._put(int.from_bytes(digest[:8], "little"), place)
        self._used += 1

    def _put(self, key: int, place: int) -> None:
        mask = len(self._keys) - 1
        slot = key & mask
        while self._places[slot]:
            slot = (slot + 1) & mask
        self._keys[slot], self._places[slot] = key, place

    def _grow(self) -> None:
        old = [(key, place) for key, place in zip(self._keys, self._places, strict=True) if place]
        size = 16 * len(self._keys)
        self._keys, self._places = array("Q", bytes(size)), array("Q", bytes(size))
        for key, place in old:
            self._put(key, place)


class BlobStore:
    """One folder of packs. With `write`, the caller holds the run's lock."""

    def __init__(self, folder: Path, *, write: bool = False) -> None:
        self.folder = folder
        self._write = write
        self._index: _Index | None = None
        self._scanned: list[int] = []
        """How far each pack has been read into the index."""
        self._files: list[int] = []
        self._dirty: set[int] = set()
        self._compressor = zstandard.ZstdCompressor(level=3)
        self._decompressor = zstandard.ZstdDecompressor()

    def put(self, data: bytes) -> str:
        """Keeps `data` once and returns its SHA-256; it is with the kernel when this returns."""
        digest = hashlib.sha256(data).digest()
        if self._find(digest) is None:
            self._append(digest, data)
        return digest.hex()

    def get(self, name: str) -> bytes:
        """The blob of that SHA-256; StorageError when it is absent or damaged."""
        digest = bytes.fromhex(name)
        place = self._find(digest)
        if place is None and not self._write:
            self._scan()
            place = self._find(digest)
        if place is None:
            raise StorageError(f"{self.folder} holds no blob {name}: a part of the run is not here; copy it whole")
        pack, offset = _split(place)
        _, length, size = _HEADER.unpack(os.pread(self._files[pack], _HEADER.size, offset))
        frame = os.pread(self._files[pack], length, offset + _HEADER.size)
        try:
            data = self._decompressor.decompress(frame, max_output_size=size)
        except zstandard.ZstdError as error:
            raise StorageError(f"blob {name} in {self.folder} is damaged") from error
        if hashlib.sha256(data).digest() != digest:
            raise StorageError(f"blob {name} in {self.folder} is damaged")
        return data

    def sync(self) -> None:
        for pack in sorted(self._dirty):
            self._dirty.discard(pack)
            try:
                os.fsync(self._files[pack])
            except OSError as error:
                raise storage_error(self._path(pack), error) from error

    def close(self) -> None:
        for fd in self._files:
            os.close(fd)
        self._files.clear()
        self._index = None

    def _path(self, pack: int) -> Path:
        return self.folder / f"pack-{pack:03d}.bin"

    def _find(self, digest: bytes) -> int | None:
        if self._index is None:
            self._index = _Index()
            self._scanned.clear()
            self._scan()
        for place in self._index.candidates(digest):
            pack, offset = _split(place)
            if os.pread(self._files[pack], 32, offset) == digest:
                return place
        return None

    def _append(self, digest: bytes, data: bytes) -> None:
        if not self._files or self._scanned[-1] >= _PACK_BYTES:
            self._open_next(create=True)
        pack = len(self._files) - 1
        frame = self._compressor.compress(data)
        record = _HEADER.pack(digest, len(frame), len(data)) + frame
        offset, fd = self._scanned[pack], self._files[pack]
        try:
            written = os.write(fd, record)
        except OSError as error:
            os.ftruncate(fd, offset)
            raise storage_error(self._path(pack), error) from error
        if written != len(record):
            os.ftruncate(fd, offset)
            raise storage_error(self._path(pack), OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))
        assert self._index is not None
        self._index.add(digest, _join(pack, offset))
        self._scanned[pack] = offset + written
        self._dirty.add(pack)

    def _open_next(self, *, create: bool) -> bool:
        path = self._path(len(self._files))
        flags = os.O_CLOEXEC | (os.O_RDWR | os.O_APPEND if self._write else os.O_RDONLY)
        try:
            if create:
                path.parent.mkdir(exist_ok=True)
            fd = os.open(path, flags | (os.O_CREAT if create else 0), 0o666)
        except FileNotFoundError:
            return False
        except OSError as error:
            raise storage_error(path, error) from error
        self._files.append(fd)
        self._scanned.append(0)
        return True

    def _scan(self) -> None:
        """Reads the headers of what is new. A torn or zeroed tail ends a pack; a writer cuts it off the
        last one, where it goes on appending."""
        while self._open_next(create=False):
            pass
        for pack, fd in enumerate(self._files):
            size = os.fstat(fd).st_size
            end = self._scan_pack(pack, fd, size) if size > self._scanned[pack] else self._scanned[pack]
            self._scanned[pack] = end
            if self._write and end < size and pack == len(self._files) - 1:
                os.ftruncate(fd, end)
                self._dirty.add(pack)

    def _scan_pack(self, pack: int, fd: int, size: int) -> int:
        assert self._index is not None
        at = self._scanned[pack]
        with mmap.mmap(fd, size, prot=mmap.PROT_READ) as view:
            while at + _HEADER.size <= size:
                digest, length, _ = _HEADER.unpack_from(view, at)
                if length == 0 or at + _HEADER.size + length > size:
                    break
                self._index.add(digest, _join(pack, at))
                at += _HEADER.size + length
        return at


def _join(pack: int, offset: int) -> int:
    return (pack + 1) << _OFFSET_BITS | offset


def _split(place: int) -> tuple[int, int]:
    return (place >> _OFFSET_BITS) - 1, place & ((1 << _OFFSET_BITS) - 1)
