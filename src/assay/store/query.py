"""`assay sql`: one question in SQL over the journals of one or more runs. Reads and nothing else: the
database holds a copy and can reach no file, no network and no setting."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import duckdb
import msgspec

from assay.core.errors import UserError
from assay.store.journal import RunFolder
from assay.store.lines import BadLine
from assay.store.tables import Tables

_READING = ("SELECT", "EXPLAIN", "MULTI")
"""DuckDB's names for what only reads; PIVOT is its `MULTI`."""


class Answer(msgspec.Struct, frozen=True):
    """What a query came to."""

    columns: list[str]
    rows: list[tuple[Any, ...]]
    bad_lines: list[BadLine]
    bad_count: int


def query(folders: Sequence[RunFolder], sql: str) -> Answer:
    """Views: `trials`, `decisions`, `replies`, `scores`. UserError, one line, when it cannot be done."""
    with Tables(folders, load=_needed(sql)) as tables:
        try:
            statements = tables.statements(sql)
            if len(statements) != 1:
                raise UserError(f"one query at a time, please; this is {len(statements)}")
            kind = statements[0].type.name
            if kind not in _READING:
                raise UserError(f"only queries that read are taken here; {kind.replace('_', ' ')} is none")
            columns, rows = tables.rows(sql)
        except duckdb.Error as error:
            raise UserError(_one_line(error)) from error
        return Answer(columns=columns, rows=rows, bad_lines=tables.bad_lines, bad_count=tables.bad_count)


def _needed(sql: str) -> tuple[str, ...]:
    """A view can only be read by naming it: what is not named need not be loaded."""
    words = set(re.findall(r"\w+", sql.lower()))
    wanted = ["trials" if words & {"trials", "decisions"} else "standings"]
    wanted += [name for name in ("replies", "spent") if name in words]
    return tuple(wanted)


def _one_line(error: duckdb.Error) -> str:
    text = str(error).strip()
    first, _, rest = text.partition("\n")
    hint = next((line.strip() for line in rest.splitlines() if line.startswith("Did you mean")), "")
    if "disabled by configuration" in first or "has been locked" in first:
        return f"a query reads the run and nothing else: {first}"
    return f"{first} {hint}".strip()
