"""tasks.jsonl.zst: the suites and tasks of a run as they were judged, so that it can be shown and judged
again after its source has changed. Knows their form; refuses to know where they came from."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
import zstandard

from assay.core.errors import StorageError
from assay.core.task import Task
from assay.store.lines import storage_error

NAME = "tasks.jsonl.zst"


class StoredTask(msgspec.Struct, frozen=True):
    """One line: a task, and the suite and version that it was judged under."""

    suite: str
    version: str
    task: Task


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(StoredTask)


def write_tasks(folder: Path, tasks: Iterable[StoredTask]) -> None:
    """Replaces the file whole, atomically."""
    path = folder / NAME
    partial = path.with_name(NAME + ".partial")
    try:
        with partial.open("wb") as raw:
            with zstandard.ZstdCompressor(level=6).stream_writer(raw, closefd=False) as out:
                for stored in tasks:
                    out.write(_encoder.encode(stored) + b"\n")
            raw.flush()
            os.fsync(raw.fileno())
        partial.replace(path)
    except OSError as error:
        raise storage_error(path, error) from error


def read_tasks(folder: Path) -> Iterator[StoredTask]:
    """The tasks of a run, in the order in which they were written; none when it kept no copy."""
    path = folder / NAME
    if not path.exists():
        return
    try:
        with path.open("rb") as raw, zstandard.ZstdDecompressor().stream_reader(raw) as plain:
            yield from map(_decoder.decode, io.BufferedReader(plain))
    except (msgspec.DecodeError, zstandard.ZstdError) as error:
        raise StorageError(f"{path} is damaged: {error}") from error
    except OSError as error:
        raise storage_error(path, error) from error
