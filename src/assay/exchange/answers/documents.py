"""One JSON document of answers: a list, or a map from tasks to their answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from assay.core.errors import UserError
from assay.exchange.no_json import why_no_json

LARGEST = 1 << 30


def document(path: Path) -> Any:
    """The whole file. UserError where it is no JSON in UTF-8, with what it may be instead."""
    try:
        if path.stat().st_size > LARGEST:
            raise UserError(f"{path}: more than {LARGEST >> 20:,} MiB; split it, and give the parts")
        data = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
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
