"""Tables over the journals of one or more runs, read in place.

`decisions` are all lines, `trials` those that hold, `replies` the model calls, `spent` the calls added
up per trial, `planned` and `entrants` what run.json says is owed, `scores` the sums that everybody
expects. After loading, the database can reach no file and no network. Refuses to know how anything is
shown, and what an interval is."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb
import msgspec
import numpy as np
from numpy.typing import NDArray

from assay.core.errors import StorageError
from assay.core.run import RunPlan
from assay.core.trial import JUDGED, MISSING, WHOLE, Status
from assay.store.columns import PROVENANCE, REPLIES, REPLY_NEEDS, STANDINGS, TRIAL_NEEDS, TRIALS
from assay.store.journal import RunFolder
from assay.store.lines import BadLine
from assay.store.source import Source

MEMORY = "640MB"
"""For DuckDB; what does not fit goes to a temporary folder. The rest of a gigabyte is ours."""


def _one_of(statuses: Sequence[Status]) -> str:
    return "(" + ", ".join(f"'{status}'" for status in statuses) + ")"


_NOTICED = "(len(flags) > list_contains(flags, 'in_process')::INTEGER)"
"""Flagged for what the answer did: how it had to be judged is not its doing."""

_VIEWS = f"""
CREATE VIEW trials AS
  SELECT * REPLACE (CASE WHEN cost_usd >= 0 THEN cost_usd END AS cost_usd),
         status IN {_one_of(JUDGED)} AND score IS NOT NULL AND isfinite(score) AS judged,
         status IN {_one_of(MISSING)} OR (status IN {_one_of(JUDGED)}
           AND (score IS NULL OR NOT isfinite(score))) AS missing
  FROM decisions {{latest}};
CREATE TABLE strata AS
  SELECT language, category, difficulty, (row_number() OVER ())::INTEGER - 1 AS stratum
  FROM (SELECT DISTINCT coalesce(language, '') AS language, coalesce(category, '') AS category,
               coalesce(difficulty, '') AS difficulty
        FROM (SELECT language, category, difficulty FROM trials
              UNION ALL SELECT language, category, difficulty FROM planned));
CREATE TABLE cells AS
  SELECT c.*, stratum FROM (
    SELECT run, model, suite, task_id, (hash(task_id) >> 1)::BIGINT AS task, -- a number that is quick to pair by
           coalesce(any_value(language), '') AS language,
           coalesce(any_value(category), '') AS category, coalesce(any_value(difficulty), '') AS difficulty,
           coalesce(sum(weight) FILTER (judged), 0) AS judged,
           coalesce(sum(weight * score) FILTER (judged), 0) AS score,
           coalesce(sum(CASE passed WHEN true THEN weight WHEN false THEN 0 ELSE weight * score END)
             FILTER (judged), 0) AS passed,
           coalesce(bool_or(passed IS NULL) FILTER (judged), false) AS graded,
           task_id = '{WHOLE}' AS whole,
           coalesce(sum(weight) FILTER (missing), 0) AS missing,
           coalesce(sum(weight) FILTER (status = 'unsupported'), 0) AS unsupported,
           count(*) FILTER ({_NOTICED}) AS flagged,
           count(*) FILTER (list_contains(flags, 'in_process')) AS together,
           coalesce(sum(weight) FILTER (judged AND NOT {_NOTICED}), 0) AS clean,
           coalesce(sum(weight * score) FILTER (judged AND NOT {_NOTICED}), 0) AS clean_score,
           max(bounty_usd) AS bounty
    FROM trials GROUP BY run, model, suite, task_id) c
  JOIN strata USING (language, category, difficulty);
CREATE VIEW scores AS
  WITH summed AS (
    SELECT run, model, suite, sum(passed) AS passed, sum(judged) AS judged, sum(missing) AS missing,
           sum(unsupported) AS unsupported,
           avg(score / judged) FILTER (judged > 0) AS accuracy,
           avg(score / (judged + missing)) FILTER (judged + missing > 0) AS worst,
           avg((score + missing) / (judged + missing)) FILTER (judged + missing > 0) AS best
    FROM cells GROUP BY run, model, suite),
  owed AS (
    SELECT run, model, suite, count(*) * any_value(samples) AS planned
    FROM planned JOIN entrants USING (run) WHERE owed GROUP BY run, model, suite)
  SELECT run, model, suite, coalesce(passed, 0)::BIGINT AS passed, coalesce(judged, 0)::BIGINT AS judged,
         coalesce(planned - coalesce(unsupported, 0), judged + missing)::BIGINT AS planned,
         coalesce(missing, 0)::BIGINT AS missing, accuracy, worst, best
  FROM owed FULL JOIN summed USING (run, model, suite)
  ORDER BY run, suite, accuracy DESC NULLS LAST, model;
CREATE VIEW months AS
  SELECT run, model, suite, substr(date, 1, 7) AS month, count(*) AS tasks, sum(passed)::BIGINT AS passed,
         sum(judged)::BIGINT AS judged, avg(score / judged) FILTER (judged > 0) AS accuracy
  FROM cells JOIN planned USING (run, suite, task_id)
  WHERE date <> '' GROUP BY run, model, suite, month ORDER BY run, suite, model, month;
"""

SOURCES = ("billed", "priced", "estimated", "local", "reused", "unknown")
"""Where a cost can come from; `spent.sources` is a set of these, a bit each."""

_SPENT = f"""
INSERT INTO spent
SELECT {{run}}, trial_id, any_value(nullif(model, '')),
       count(*) FILTER (event = 'sent'),
       count(*) FILTER (event <> 'sent' AND coalesce(reused_from, '') = ''),
       sum(cost_usd) FILTER (event <> 'sent' AND cost_usd >= 0),
       coalesce(bool_or(coalesce(cost_usd, -1) < 0 AND (event = 'answered' OR cost_source = 'unknown'))
         FILTER (event <> 'sent'), false),
       coalesce(bit_or(CASE cost_source {" ".join(f"WHEN '{name}' THEN {1 << bit}" for bit, name in enumerate(SOURCES))}
         ELSE 0 END) FILTER (event = 'answered' OR cost_usd IS DISTINCT FROM 0 AND event <> 'sent'), 0),
       sum(latency) FILTER (event <> 'sent' AND coalesce(reused_from, '') = ''),
       sum(coalesce(usage.input, 0) + coalesce(usage.cache_read, 0) + coalesce(usage.cache_write, 0))
         FILTER (event <> 'sent' AND usage.input IS NOT NULL),
       sum(usage.output) FILTER (event <> 'sent'),
       coalesce(max(worst_usd) FILTER (event = 'sent'), 0), count(*) FILTER ({{bad}})
FROM {{source}} GROUP BY trial_id
"""


class Tables:
    """Several runs read at one moment. Close it, or use it in a `with`."""

    def __init__(self, folders: Sequence[RunFolder], *, load: Sequence[str] = ("standings", "spent")) -> None:
        """`load`: `trials` whole or `standings` (only what is added up) and `provenance`, `replies`, `spent`."""
        self.runs: dict[str, RunPlan] = {}
        self.bad_lines: list[BadLine] = []
        """Bad lines by name, the first of each file; `bad_count` counts all."""
        self.bad_count = 0
        self._scratch = tempfile.TemporaryDirectory(prefix="assay-tables-")
        self._db = duckdb.connect(
            config={
                "threads": 2,
                "memory_limit": MEMORY,
                "temp_directory": str(Path(self._scratch.name) / "spill"),
                "python_enable_replacements": False,
            }
        )
        try:
            self._load(folders, load)
        except BaseException:
            self.close()
            raise

    def columns(self, query: str, parameters: Sequence[Any] = ()) -> dict[str, NDArray[Any]]:
        """The result, column by column; NULL is NaN where there are numbers, None in other columns."""
        found = self._db.execute(query, parameters).fetchnumpy()
        return {name: _plain(values) for name, values in found.items()}

    def rows(self, query: str, parameters: Sequence[Any] = ()) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Names of the columns, and the rows."""
        found = self._db.execute(query, parameters)
        return [name for name, *_ in found.description or []], found.fetchall()

    def statements(self, query: str) -> list[Any]:
        return list(self._db.extract_statements(query))

    def close(self) -> None:
        self._db.close()
        self._scratch.cleanup()

    def __enter__(self) -> Tables:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _load(self, folders: Sequence[RunFolder], load: Sequence[str]) -> None:
        scratch = Path(self._scratch.name)
        trial_columns = _trial_columns(load)
        self._create("decisions", {"run": "VARCHAR", **trial_columns})
        self._create(
            "spent",
            {
                "run": "VARCHAR", "trial_id": "VARCHAR", "model": "VARCHAR", "sent": "BIGINT",
                "ended": "BIGINT", "cost_usd": "DOUBLE", "cost_unknown": "BOOLEAN",
                "sources": "INTEGER", "latency": "DOUBLE", "tokens_in": "BIGINT",
                "tokens_out": "BIGINT", "worst_usd": "DOUBLE", "bad": "BIGINT",
            },
        )  # fmt: skip
        self._create("replies", {"run": "VARCHAR", **REPLIES})
        for folder in folders:
            plan = folder.plan
            label = plan.run_id if plan.run_id not in self.runs else str(folder.path)
            self.runs[label] = plan
            if folder.trials.exists():
                source = Source(folder.trials, columns=trial_columns, needs=TRIAL_NEEDS, scratch=scratch)
                self._load_rows("decisions", label, source)
            if folder.replies.exists():
                source = Source(folder.replies, columns=REPLIES, needs=REPLY_NEEDS, scratch=scratch)
                if "replies" in load:
                    self._load_rows("replies", label, source)
                if "spent" in load:
                    self._load_spent(label, source, named="replies" in load)
        self._load_plans(scratch)
        self._db.execute(_VIEWS.format(latest=self._superseded()))
        self._db.execute(
            "SET enable_external_access=false; SET autoinstall_known_extensions=false; "
            "SET autoload_known_extensions=false; SET lock_configuration=true"
        )

    def _create(self, table: str, columns: Mapping[str, str]) -> None:
        declared = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
        self._db.execute(f"CREATE TABLE {table} ({declared})")

    def _load_rows(self, table: str, label: str, source: Source) -> None:
        names = ", ".join(f'"{name}"' for name in source.columns)
        source.load(self._db, f"INSERT INTO {table} SELECT {_quoted(label)}, {names} FROM {{source}}")
        condition = f"FROM {table} WHERE run = {_quoted(label)} AND NOT ({source.good})"
        found = int(self._one(f"SELECT count(*) {condition}"))
        if found:
            self._note_bad(source, found)
            self._db.execute(f"DELETE {condition}")

    def _load_spent(self, label: str, source: Source, *, named: bool) -> None:
        bad = f"NOT ({source.good})"
        statement = _SPENT.replace("{run}", _quoted(label)).replace("{bad}", bad)
        source.load(self._db, statement)
        found = int(self._one("SELECT coalesce(sum(bad), 0) FROM spent WHERE run = ?", [label]))
        if found:
            if not named:
                self._note_bad(source, found)
            self._db.execute("DELETE FROM spent WHERE trial_id IS NULL")

    def _note_bad(self, source: Source, found: int) -> None:
        bad = source.bad(self._db, found=found)
        self.bad_lines += bad.named
        self.bad_count += bad.count

    def _load_plans(self, scratch: Path) -> None:
        """run.json as two tables; read from files, because DuckDB inserts single rows slowly."""
        planned, entrants = scratch / "planned.json", scratch / "entrants.json"
        encoder = msgspec.json.Encoder()
        with planned.open("wb") as tasks, entrants.open("wb") as models:
            for label, plan in self.runs.items():
                for suite in plan.suites:
                    for position, task in enumerate(suite.owed_tasks):
                        line = {
                            "run": label, "suite": suite.name, "version": suite.version, "task_id": task.id,
                            "position": position, "language": task.language, "category": task.category,
                            "difficulty": task.difficulty, "date": task.date, "owed": not plan.imported_from,
                        }  # fmt: skip
                        tasks.write(encoder.encode(line) + b"\n")
                for entrant in plan.entrants:
                    row = {"run": label, "model": entrant.name, "built_in": entrant.built_in}
                    models.write(encoder.encode({**row, "samples": plan.samples}) + b"\n")
        shapes = {
            "planned": (planned, {**dict.fromkeys(("run", "suite", "version", "task_id"), "VARCHAR"),
                                  "position": "INTEGER",
                                  **dict.fromkeys(("language", "category", "difficulty", "date"), "VARCHAR"),
                                  "owed": "BOOLEAN"}),
            "entrants": (entrants, {"run": "VARCHAR", "model": "VARCHAR", "built_in": "BOOLEAN",
                                    "samples": "INTEGER"}),
        }  # fmt: skip
        for table, (path, columns) in shapes.items():
            self._create(table, columns)
            source = Source(path, columns=columns, needs=("run",), scratch=scratch)
            names = ", ".join(columns)
            source.load(self._db, f"INSERT INTO {table} SELECT {names} FROM {{source}}")

    def _superseded(self) -> str:
        """Keeps the rows that a later line supersedes; the condition that leaves them out, or nothing."""
        self._db.execute(
            "CREATE TABLE superseded AS SELECT d.rowid AS line FROM decisions d JOIN "
            "(SELECT run, trial_id, max(rowid) AS last FROM decisions GROUP BY run, trial_id "
            "HAVING count(*) > 1) s ON d.run = s.run AND d.trial_id = s.trial_id WHERE d.rowid < s.last"
        )
        some = self._one("SELECT count(*) FROM superseded")
        return "WHERE decisions.rowid NOT IN (SELECT line FROM superseded)" if some else ""

    def _one(self, query: str, parameters: Sequence[Any] = ()) -> Any:
        row = self._db.execute(query, parameters).fetchone()
        if row is None:
            raise StorageError(f"no row came back from: {query}")
        return row[0]


def _trial_columns(load: Sequence[str]) -> dict[str, str]:
    if "standings" not in load:
        return TRIALS
    names = STANDINGS + (PROVENANCE if "provenance" in load else ())
    return {name: TRIALS[name] for name in names}


def _plain(values: NDArray[Any]) -> NDArray[Any]:
    if not isinstance(values, np.ma.MaskedArray):
        return values
    plain = np.ma.getdata(values).astype(np.float64 if values.dtype.kind in "iufb" else object)
    plain[np.ma.getmaskarray(values)] = np.nan if plain.dtype.kind == "f" else None
    return plain


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
