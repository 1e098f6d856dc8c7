"""CSV and Parquet as `assay export` writes them: the same decisions come back."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from assay.core.entrant import Entrant
from assay.core.errors import UserError
from assay.core.names import did_you_mean
from assay.core.trial import Decision
from assay.exchange.imports.found import Found, Notes, number, score_in
from assay.exchange.imports.reading import LARGEST, decode, files_of
from assay.store.columns import TRIALS

_NEEDED = tuple(
    field.name
    for field in msgspec.structs.fields(Decision)
    if field.required and field.name not in ("completion", "latency")
)
_TEXTS = frozenset(name for name, kind in TRIALS.items() if kind == "VARCHAR" and name != "detail")
_PARTS = frozenset(name for name, kind in TRIALS.items() if kind.startswith("STRUCT") or kind.endswith("[]")) | {
    "detail"
}
_MAY_LACK = frozenset({"completion", "finish_reason", "served_model", "fingerprint"})
"""Texts that may be unknown; every other one is at least empty."""


def read_csv(path: Path, note: Notes) -> Iterator[Found]:
    for file in files_of(path, ("*.csv",)):
        csv.field_size_limit(LARGEST)
        try:
            with file.open(encoding="utf-8", newline="") as opened:
                rows = csv.DictReader(opened, strict=True)
                _check_columns(file, rows.fieldnames or [])
                for row in rows:
                    yield _found(_from_text(row, f"{file} line {rows.line_num}"), f"{file} line {rows.line_num}")
        except (OSError, csv.Error, UnicodeDecodeError) as error:
            raise UserError(f"{file}: {' '.join(str(error).split())}") from error


def read_parquet(path: Path, note: Notes) -> Iterator[Found]:
    import duckdb

    for file in files_of(path, ("*.parquet",)):
        place = str(file).replace("'", "''")
        try:
            with duckdb.connect(config={"threads": 2, "memory_limit": "640MB"}) as db:
                found = db.execute(f"SELECT * FROM read_parquet('{place}')")
                names = [name for name, *_ in found.description or []]
                _check_columns(file, names)
                number = 0
                while rows := found.fetchmany(1000):
                    for row in rows:
                        number += 1
                        where = f"{file} row {number}"
                        yield _found(_typed(dict(zip(names, row, strict=True)), where), where)
        except duckdb.Error as error:
            raise UserError(f"{file}: {str(error).strip().partition(chr(10))[0]}") from error


def _check_columns(path: Path, names: Any) -> None:
    for name in _NEEDED:
        if name not in names:
            raise UserError(f"{path}: has no column “{name}”; {did_you_mean(name, [str(one) for one in names])}")


def _from_text(row: dict[str, Any], place: str) -> dict[str, Any]:
    if None in row or None in row.values():
        raise UserError(f"{place}: has another number of cells than the first line has columns")
    fields: dict[str, Any] = {}
    for name, text in row.items():
        if name in _PARTS:
            fields[name] = decode(text.encode(), Any, f"{place}, column {name}") if text else None
        elif name in _TEXTS:
            fields[name] = text if text or name not in _MAY_LACK else None
        elif name in TRIALS:
            fields[name] = text or None
    if fields.get("completion") is None and fields.get("turns") not in (None, "0"):
        fields["completion"] = ""  # answered, with nothing
    return fields


def _typed(row: dict[str, Any], place: str) -> dict[str, Any]:
    fields = {name: value for name, value in row.items() if name in TRIALS}
    if isinstance(fields.get("detail"), str):
        fields["detail"] = decode(fields["detail"].encode(), Any, f"{place}, column detail")
    return fields


def _found(fields: dict[str, Any], place: str) -> Found:
    try:
        decision = msgspec.convert({"completion": None, "latency": None, **fields}, Decision, strict=False)
    except (msgspec.ValidationError, ValueError) as error:
        raise UserError(f"{place}: {error}") from error
    if decision.score is not None:
        score_in(decision.score, place)
    if number(decision.weight) is None or decision.weight <= 0:
        raise UserError(f"{place}: a weight is a number above 0, this one is {decision.weight}")
    entrant = Entrant(name=decision.model, type="imported", model_id=decision.model_id, solver=decision.solver)
    return Found(entrant=entrant, decision=decision)
