"""CSV and Parquet: a line for each trial, with the columns of `trials.jsonl`. In CSV what is unknown is empty, and
what has parts (usage, tests, flags, detail) is JSON.
"""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path
from typing import Any

import msgspec

from assay.core.errors import StorageError
from assay.exchange.exports.held import held
from assay.store.columns import TRIAL_NEEDS, TRIALS
from assay.store.journal import RunFolder
from assay.store.lines import storage_error


def write_csv(folder: RunFolder, out: Path) -> list[Path]:
    decisions = held(folder)
    try:
        with out.open("x", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
            writer.writerow(TRIALS)
            for decision in decisions:
                fields = msgspec.to_builtins(decision)
                writer.writerow([_cell(fields[name]) for name in TRIALS])
    except OSError as error:
        raise storage_error(out, error) from error
    return [out]


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return msgspec.json.encode(value).decode() if isinstance(value, (dict, list, tuple)) else value


def write_parquet(folder: RunFolder, out: Path) -> list[Path]:
    import duckdb

    from assay.store.source import Source

    next(held(folder))
    with tempfile.TemporaryDirectory(prefix="assay-export-") as scratch, duckdb.connect() as db:
        source = Source(folder.trials, columns=TRIALS, needs=TRIAL_NEEDS, scratch=Path(scratch))
        names = ", ".join(f'"{name}"' for name in TRIALS)
        place = str(out).replace("'", "''")
        try:
            source.load(
                db,
                f"COPY (SELECT {names} FROM (SELECT *, row_number() OVER () line FROM {{source}}) WHERE {source.good} "
                "QUALIFY row_number() OVER (PARTITION BY trial_id ORDER BY line DESC) = 1 ORDER BY line) "
                f"TO '{place}' (FORMAT parquet, COMPRESSION zstd)",
            )
        except StorageError:
            out.unlink(missing_ok=True)
            raise
    return [out]
