"""standings.parquet and slices.parquet: the columns of the CSV files with their types. What is unknown is null.
Knows DuckDB; refuses to compute anything."""

from __future__ import annotations

import typing
from collections.abc import Sequence
from pathlib import Path

from assay.core.errors import StorageError
from assay.reports.results_csv import columns
from assay.reports.standing import Standing, Summary

_TYPES = {str: "VARCHAR", bool: "BOOLEAN", int: "BIGINT", float: "DOUBLE"}


def write_parquet(folder: Path, summary: Summary) -> list[Path]:
    """Both files."""
    return [
        _write(folder / "standings.parquet", summary.standings, slices=False),
        _write(folder / "slices.parquet", summary.slices, slices=True),
    ]


def _write(path: Path, standings: Sequence[Standing], *, slices: bool) -> Path:
    import duckdb

    names, rows = columns(standings, slices=slices)
    types = [f'"{name}" {_type(name)}' for name in names]
    partial = path.with_name(path.name + ".partial")
    place = str(partial).replace("'", "''")
    with duckdb.connect() as db:
        db.execute(f"CREATE TABLE lines ({', '.join(types)})")
        if rows:
            db.executemany(f"INSERT INTO lines VALUES ({', '.join('?' * len(names))})", rows)
        try:
            db.execute(f"COPY lines TO '{place}' (FORMAT parquet, COMPRESSION zstd)")
            partial.replace(path)
        except (OSError, duckdb.IOException) as error:
            raise StorageError(f"cannot write {path}: {error}") from error
    return path


def _type(name: str) -> str:
    """What the field of a standing holds; the pass@k columns are rates."""
    held = typing.get_type_hints(Standing).get(name, float)
    kinds = [kind for kind in typing.get_args(held) or (held,) if kind in _TYPES]
    return _TYPES[kinds[0]]
