"""One JSON document of answers: a list, or a map from tasks to their answers."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path
from typing import Any

import msgspec

from assay.core.errors import UserError
from assay.exchange.no_json import why_no_json

LARGEST = 1 << 30


PACKED_WRONG = (gzip.BadGzipFile, EOFError, zlib.error)
"""What reading raises where a packed file is damaged or cut short."""


def opened(path: Path) -> BufferedReader | gzip.GzipFile:
    """The file's bytes, unpacked where it is packed with gzip, whatever it is called: harnesses read both."""
    file = path.open("rb")
    if not file.peek(2).startswith(b"\x1f\x8b"):
        return file
    file.close()
    return gzip.open(path, "rb")


def cannot_unpack(path: Path, error: Exception) -> UserError:
    return UserError(f"{path}: cannot be unpacked ({error}); is it written to its end?")


def document(path: Path) -> Any:
    """The whole file. UserError where it is no JSON in UTF-8, with what it may be instead."""
    try:
        with opened(path) as file:
            data = file.read(LARGEST + 1).removeprefix(b"\xef\xbb\xbf")
        if len(data) > LARGEST:
            raise UserError(f"{path}: more than {LARGEST >> 20:,} MiB; split it, and give the parts")
    except PACKED_WRONG as error:
        raise cannot_unpack(path, error) from error
    except IsADirectoryError as error:
        raise UserError(f"{path}: is a folder; give the file of answers in it") from error
    except OSError as error:
        raise UserError(f"{path}: {error.strerror or error}") from error
    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        half = "; is it written to its end?" if not data.rstrip().endswith((b"]", b"}")) else ""
        raise UserError(f"{path}: no JSON in UTF-8 ({why_no_json(data, error)}){half}") from error


def texts(where: str, value: Any, faults: list[str], *, most: int) -> Iterator[str]:
    """The answers in `value`: one text, or a list of texts."""
    for number, text in enumerate([value] if isinstance(value, str) else value if isinstance(value, list) else [value]):
        place = where if isinstance(value, str) else f"{where}, answer {number + 1}"
        if not isinstance(text, str):
            faults.append(f"{place}: is no text")
        elif len(text) > most:
            faults.append(f"{place}: has {len(text):,} characters, more than {most:,}")
        else:
            yield text
