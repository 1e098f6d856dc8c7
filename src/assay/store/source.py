"""One JSONL file as something that DuckDB can select from, in place: columns declared, live and torn
files allowed, bad lines counted and named. Refuses to know what is selected."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import msgspec

from assay.core.errors import StorageError
from assay.store.lines import BadLine, raw_lines

OBJECT_BYTES = 16 << 20
_NAMED = 20
"""So many bad lines are named; the rest are only counted."""


class Bad(msgspec.Struct, frozen=True):
    """What was passed over in one file."""

    count: int = 0
    named: tuple[BadLine, ...] = ()


class Source:
    """A file, read as it is now. `scratch` takes a copy where the file cannot be read in place."""

    def __init__(self, path: Path, *, columns: Mapping[str, str], needs: Sequence[str], scratch: Path) -> None:
        self.path = path
        self.columns = dict(columns)
        self.needs = tuple(needs)
        self._readable = _whole_lines(path, scratch=scratch)
        self._object_bytes = OBJECT_BYTES

    def load(self, db: duckdb.DuckDBPyConnection, statement: str) -> None:
        """Runs `statement`, in which `{source}` stands for this file's rows. A line longer than usual
        costs a second try with room for it."""
        try:
            db.execute(statement.replace("{source}", self.sql()))
        except duckdb.InvalidInputException as error:
            if "maximum_object_size" not in str(error):
                raise StorageError(f"cannot read {self.path}: {_first_line(error)}") from error
            self._object_bytes = max(len(line) for _, line in raw_lines(self._readable)) + 1
            setting = "SELECT current_setting('threads'), current_setting('memory_limit')"
            threads, memory = db.execute(setting).fetchone() or (1, "")
            db.execute(f"SET threads=1; SET memory_limit='{512 + 8 * (self._object_bytes >> 20)}MiB'")
            db.execute(statement.replace("{source}", self.sql()))
            db.execute(f"SET threads={threads}; SET memory_limit='{memory}'")
        except duckdb.Error as error:
            raise StorageError(f"cannot read {self.path}: {_first_line(error)}") from error

    def sql(self, columns: Mapping[str, str] | None = None) -> str:
        wanted = {**(self.columns if columns is None else columns), **dict.fromkeys(self.needs, "VARCHAR")}
        declared = ", ".join(f"{_name(name)}: {_text(kind)}" for name, kind in wanted.items())
        return (
            f"read_json({_text(str(self._readable))}, format='newline_delimited', ignore_errors=true, "
            f"maximum_object_size={self._object_bytes}, columns={{{declared}}})"
        )

    @property
    def good(self) -> str:
        """The condition that makes a row a line of this file."""
        return " AND ".join(f"{name} IS NOT NULL" for name in self.needs)

    def bad(self, db: duckdb.DuckDBPyConnection, *, found: int) -> Bad:
        """Names the `found` rows that are not good. A last line that is still being written is none."""
        if not found:
            return Bad()
        rows = db.execute(
            f"SELECT line FROM (SELECT *, row_number() OVER () AS line FROM {self.sql({})}) "
            f"WHERE NOT ({self.good}) ORDER BY line"
        ).fetchall()
        ordinals = {int(line) for (line,) in rows}
        named: list[BadLine] = []
        whole = 0
        for whole, (number, line) in enumerate(raw_lines(self._readable), 1):
            if whole in ordinals and len(named) < _NAMED:
                named.append(BadLine(self.path, number, f"not a line of this file: {_shown(line)}"))
        return Bad(count=sum(ordinal <= whole for ordinal in ordinals), named=tuple(named))


def _whole_lines(path: Path, *, scratch: Path) -> Path:
    """`path` itself, unless its unfinished last line happens to be JSON already and would be read."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        start = size
        tail = b""
        while start and b"\n" not in tail:
            step = min(start, 1 << 20)
            start -= step
            file.seek(start)
            tail = file.read(step) + tail
        tail = tail[tail.rfind(b"\n") + 1 :]
        try:
            msgspec.json.decode(tail)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return path
        copy = scratch / f"{len(list(scratch.iterdir()))}.jsonl"
        with copy.open("wb") as out:
            file.seek(0)
            shutil.copyfileobj(file, out, 1 << 20)
            out.truncate(size - len(tail))
        return copy


def _shown(line: bytes) -> str:
    return ascii(line[:60].decode("utf-8", "replace").strip())


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(value: Any) -> str:
    return "'" + str(value).replace("'", "''") + "'"
