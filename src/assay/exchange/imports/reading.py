"""Reading files that somebody else wrote and nobody vouches for: bounded, streamed, and each fault one line
that names the file and the place. Knows JSON, JSON lines and YAML; refuses to know what they say.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from assay.core.errors import UserError
from assay.exchange.no_json import why_no_json

T = TypeVar("T")

LARGEST = 512 << 20
"""Bytes that are decoded in one piece; what is larger has to come in pieces."""


def files_of(path: Path, patterns: Sequence[str]) -> list[Path]:
    """The file itself, or what a folder holds by those names, at any depth."""
    if not path.exists():
        raise UserError(f"{path}: there is no such file or folder")
    if path.is_file():
        return [path]
    found = [file for pattern in patterns for file in sorted(path.rglob(pattern)) if file.is_file()]
    if not found:
        raise UserError(f"{path}: holds no {' and no '.join(patterns)}")
    return list(dict.fromkeys(found))


def read_bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise UserError(f"{path}: {size >> 20:,} MiB are too much for one piece ({LARGEST >> 20} MiB at most)")
        return path.read_bytes()
    except OSError as error:
        raise UserError(f"{path}: {error.strerror or error}") from error


def decode(data: bytes | memoryview, kind: type[T], place: str, *, lenient: bool = False) -> T:
    """JSON into `kind`. `lenient` reads NaN and Infinity, which some tools write, as null."""
    try:
        return msgspec.json.decode(data, type=kind)
    except msgspec.ValidationError as error:
        raise UserError(f"{place}: {error}") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        if lenient and not isinstance(error, RecursionError):
            return _with_constants(bytes(data), kind, place)
        raise UserError(f"{place}: {why_no_json(bytes(data), error)}") from error


def _with_constants(data: bytes, kind: type[T], place: str) -> T:
    try:
        plain = msgspec.json.encode(json.loads(data, parse_constant=lambda _: None))
        return msgspec.json.decode(plain, type=kind)
    except msgspec.ValidationError as error:
        raise UserError(f"{place}: {error}") from error
    except (ValueError, RecursionError) as error:
        raise UserError(f"{place}: {why_no_json(data, error)}") from error


def read_json(path: Path, kind: type[T], *, lenient: bool = False) -> T:
    return decode(read_bytes(path), kind, str(path), lenient=lenient)


def read_lines(path: Path, kind: type[T], *, lenient: bool = False) -> Iterator[tuple[str, T]]:
    """(place, value) of each line that is not blank, one at a time."""
    try:
        with path.open("rb") as file:
            for count, line in enumerate(iter(lambda: file.readline(LARGEST), b""), 1):
                if line.isspace():
                    continue
                place = f"{path} line {count}"
                if len(line) == LARGEST:
                    raise UserError(f"{place}: longer than {LARGEST >> 20} MiB")
                place = place if line.endswith(b"\n") else f"{place}, the last, not ended"
                yield place, decode(line, kind, place, lenient=lenient)
    except OSError as error:
        raise UserError(f"{path}: {error.strerror or error}") from error


def read_yaml(path: Path, kind: type[T]) -> T:
    import yaml

    try:
        value: Any = yaml.load(read_bytes(path), Loader=_plain_loader())
        return msgspec.convert(value, kind, strict=False)
    except yaml.YAMLError as error:
        raise UserError(f"{path}: {' '.join(str(error).split())}") from error
    except (msgspec.ValidationError, RecursionError, ValueError) as error:
        raise UserError(f"{path}: {_said(error)}") from error


def _plain_loader() -> Any:
    import yaml

    class Plain(yaml.SafeLoader):
        """No anchors: a few lines of them can stand for gigabytes."""

        def compose_node(self, parent: Any, index: Any) -> Any:
            if self.check_event(yaml.AliasEvent):
                raise yaml.YAMLError("aliases are not taken")
            return super().compose_node(parent, index)

    return Plain


def _said(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "nested too deeply"
    if isinstance(error, UnicodeDecodeError):
        return f"not UTF-8 at byte {error.start}"
    return " ".join(str(error).split())
