"""A large JSON file in pieces: the members of an object and the elements of an array, found by their brackets
without decoding what lies between, so that a log of gigabytes costs the memory of its largest element.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from assay.core.errors import UserError
from assay.exchange.imports.reading import LARGEST, decode

T = TypeVar("T")

_TOKEN = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*(?:"|\Z)|[{}\[\]]', re.DOTALL)
"""A string that never ends is one token too: else each quote in it would be tried as a beginning."""
_COLON = re.compile(rb"\s*:")
_BLANK = re.compile(rb"(?:\xef\xbb\xbf)?\s*")


class Piece:
    """A value of a JSON file: where it lies."""

    def __init__(self, file: JsonFile, start: int, end: int) -> None:
        self._file, self._start, self._end = file, start, end

    def decode(self, kind: type[T], *, lenient: bool = False) -> T:
        if self._end - self._start > LARGEST:
            raise UserError(f"{self}: one value of more than {LARGEST >> 20} MiB")
        return decode(self._file.view[self._start : self._end], kind, str(self), lenient=lenient)

    def members(self) -> dict[str, Piece]:
        """Of an object: its members that are strings, objects or arrays."""
        found: dict[str, Piece] = {}
        key = ""
        for start, end in self._children(b"{"):
            if self._file.view[start : start + 1] == b'"' and _COLON.match(self._file.view, end, self._end):
                key = Piece(self._file, start, end).decode(str)
            elif key:
                found[key] = Piece(self._file, start, end)
                key = ""
        return found

    def elements(self) -> Iterator[Piece]:
        """Of an array: its elements that are strings, objects or arrays."""
        for start, end in self._children(b"["):
            yield Piece(self._file, start, end)

    def _children(self, opening: bytes) -> Iterator[tuple[int, int]]:
        view = self._file.view
        depth, begun = 0, 0
        for token in _TOKEN.finditer(view, self._start, self._end):
            first = view[token.start() : token.start() + 1]
            if depth == 0 and (stray := self._not_blank(self._start, token.start() + 1)) != opening:
                raise UserError(f"{self}: begins with {stray.decode('latin-1')!a} instead of {opening.decode()}")
            if first == b'"':
                if depth == 1:
                    yield token.span()
            elif first in b"{[":
                depth += 1
                if depth == 2:
                    begun = token.start()
            else:
                depth -= 1
                if depth == 1:
                    yield begun, token.end()
                if depth == 0:
                    if stray := self._not_blank(token.end(), self._end):
                        raise UserError(
                            f"{self}: a second value begins behind it with {stray.decode('latin-1')!a}; "
                            "write a file for each"
                        )
                    return
        why = f"half-written, {depth} brackets are still open at its end" if depth else "holds no JSON"
        raise UserError(f"{self}: {why}")

    def _not_blank(self, start: int, end: int) -> bytes:
        """The first byte that is more than white space or a mark of byte order; none where there is only that."""
        blank = _BLANK.match(self._file.view, start, end)
        at = blank.end() if blank else start
        return self._file.view[at : min(at + 1, end)]

    def __str__(self) -> str:
        return f"{self._file.path} byte {self._start}"


class JsonFile:
    """The file, mapped and not read. Use it in a `with`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with path.open("rb") as file:
                self.view = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
        except (OSError, ValueError) as error:
            raise UserError(f"{path}: {getattr(error, 'strerror', None) or 'an empty file'}") from error

    @property
    def whole(self) -> Piece:
        return Piece(self, 0, len(self.view))

    def __enter__(self) -> JsonFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.view.close()
