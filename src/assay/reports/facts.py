"""What is read out of the tables for a board: sums, quantiles and costs per entrant, suite and slice, and
each task's counts as arrays. Knows SQL; refuses to know intervals and how anything is shown."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from assay.store.tables import SOURCES, Tables

SLICES = ("language", "category", "difficulty")

Key = tuple[str, str, str]
"""Run, model, suite."""
Stratum = tuple[str, str, str]
"""Language, category, difficulty."""


class Cells(msgspec.Struct, frozen=True, kw_only=True):
    """One entrant on one suite, an element per task."""

    task: NDArray[np.int64]
    """The same number for the same task everywhere."""
    stratum: NDArray[np.int64]
    judged: NDArray[np.float64]
    score: NDArray[np.float64]
    passed: NDArray[np.float64]
    missing: NDArray[np.float64]
    unsupported: NDArray[np.float64]
    flagged: NDArray[np.int64]
    """Noticed doing something; `together` were only judged in one process with their tests."""
    together: NDArray[np.int64]
    clean: NDArray[np.float64]
    """Judged and without a flag; `clean_score`: their scores' sum."""
    clean_score: NDArray[np.float64]
    bounty: NDArray[np.float64]
    graded: NDArray[np.bool_]
    """Some of its scores neither passed nor failed: `passed` is how many such scores are worth."""
    whole: NDArray[np.bool_]
    """An aggregate: it stands for as many tasks as were judged."""

    def only(self, mask: NDArray[np.bool_]) -> Cells:
        return Cells(**{name: getattr(self, name)[mask] for name in self.__struct_fields__})


class Measures(msgspec.Struct, frozen=True, kw_only=True):
    """Times, tokens and dollars of one entrant on one suite or slice."""

    latency_mean: float | None = None
    latency_p50: float | None = None
    latency_p95: float | None = None
    ttft_p50: float | None = None
    tokens_in: int | None = None
    tokens_out: int | None = None
    cost_usd: float | None = None
    cost_unknown: bool = False
    sources: int = 0
    seconds: float | None = None

    @property
    def cost_source(self) -> str:
        return "+".join(name for bit, name in enumerate(SOURCES) if self.sources >> bit & 1)


class Loose(msgspec.Struct, frozen=True):
    """Model calls that no standing can show: their trial is not decided, or their end is unknown."""

    undecided: int = 0
    undecided_usd: float = 0.0
    first: int = 0
    """The cheap ones that a session begins with: they belong to no trial."""
    first_usd: float = 0.0
    judging: int = 0
    """Of a model that judged answers."""
    judging_usd: float = 0.0
    possibly_paid: int = 0
    """Sent and never heard of again."""
    possibly_paid_usd: float = 0.0
    """What they cost at most, where that is known."""


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """All that a summary needs, by key."""

    strata: list[Stratum]
    cells: dict[Key, Cells]
    measures: dict[tuple[Key, str, str], Measures]
    """By key, slice and value; the whole suite under two empty strings."""
    missing_by: dict[Key, dict[str, int]]
    planned: dict[tuple[str, str], dict[Stratum, int]]
    """By run and suite: how many tasks of each stratum are owed."""
    latencies: dict[Key, NDArray[np.float64]]
    """Of each trial, where each task was run once: repeats of a task are no further looks at how long tasks take."""
    loose: Loose


_MEASURES = f"""
SELECT t.run, t.model, t.suite, t.language, t.category, t.difficulty,
  grouping(t.language) AS all_languages, grouping(t.category) AS all_categories,
  grouping(t.difficulty) AS all_difficulties,
  avg(t.latency) AS latency_mean, quantile_cont(t.latency, [0.5, 0.95]) AS latency_quantiles,
  quantile_cont(t.ttft, 0.5) AS ttft_p50,
  sum(CASE WHEN s.ended > 0 THEN s.tokens_in ELSE t.usage.input + coalesce(t.usage.cache_read, 0)
    + coalesce(t.usage.cache_write, 0) END)::BIGINT AS tokens_in,
  sum(CASE WHEN s.ended > 0 THEN s.tokens_out ELSE t.usage.output END)::BIGINT AS tokens_out,
  sum(CASE WHEN s.ended > 0 THEN s.cost_usd ELSE t.cost_usd END) AS cost_usd,
  bool_or(CASE WHEN s.ended > 0 THEN s.cost_unknown ELSE t.cost_usd IS NULL AND t.judged END) AS cost_unknown,
  bit_or(CASE WHEN s.ended > 0 THEN s.sources WHEN NOT t.judged AND t.cost_usd IS NULL THEN 0
    ELSE CASE t.cost_source {" ".join(f"WHEN '{name}' THEN {1 << bit}" for bit, name in enumerate(SOURCES))}
    ELSE 0 END END) AS sources,
  sum(CASE WHEN s.ended > 0 THEN s.latency ELSE t.latency END) AS seconds
FROM trials t LEFT JOIN spent s ON s.run = t.run AND s.trial_id = t.trial_id
GROUP BY GROUPING SETS ((t.run, t.model, t.suite), (t.run, t.model, t.suite, t.language),
  (t.run, t.model, t.suite, t.category), (t.run, t.model, t.suite, t.difficulty))
"""


def read_facts(tables: Tables) -> Facts:
    _, strata = tables.rows("SELECT language, category, difficulty FROM strata ORDER BY stratum")
    return Facts(
        strata=[(str(a), str(b), str(c)) for a, b, c in strata],
        cells=_cells(tables),
        measures=_measures(tables),
        missing_by=_missing(tables),
        planned=_planned(tables),
        latencies=_latencies(tables),
        loose=_loose(tables),
    )


def _cells(tables: Tables) -> dict[Key, Cells]:
    _, counts = tables.rows(
        "SELECT run, model, suite, count(*) FROM cells GROUP BY run, model, suite ORDER BY run, model, suite"
    )
    fields = Cells.__struct_fields__
    found = tables.columns(f"SELECT {', '.join(fields)} FROM cells ORDER BY run, model, suite")
    kinds: dict[str, type[np.generic]] = {
        **dict.fromkeys(("task", "stratum", "flagged", "together"), np.int64),
        **dict.fromkeys(("graded", "whole"), np.bool_),
    }
    numbers: dict[str, NDArray[Any]] = {name: found[name].astype(kinds.get(name, np.float64)) for name in fields}
    cells: dict[Key, Cells] = {}
    at = 0
    for run, model, suite, count in counts:
        mine: dict[str, Any] = {name: values[at : at + count] for name, values in numbers.items()}
        cells[run, model, suite] = Cells(**mine)
        at += count
    return cells


def _measures(tables: Tables) -> dict[tuple[Key, str, str], Measures]:
    names, rows = tables.rows(_MEASURES)
    measures: dict[tuple[Key, str, str], Measures] = {}
    for values in rows:
        row: dict[str, Any] = dict(zip(names, values, strict=True))
        key = (row.pop("run"), row.pop("model"), row.pop("suite"))
        value = {name: row.pop(name) for name in SLICES}
        rolled = (row.pop("all_languages"), row.pop("all_categories"), row.pop("all_difficulties"))
        by = next((name for name, all_ in zip(SLICES, rolled, strict=True) if not all_), "")
        row["latency_p50"], row["latency_p95"] = row.pop("latency_quantiles") or (None, None)
        row["sources"] = row["sources"] or 0
        measures[key, by, (value[by] or "") if by else ""] = Measures(**row)
    return measures


def _missing(tables: Tables) -> dict[Key, dict[str, int]]:
    _, rows = tables.rows(
        "SELECT run, model, suite, status, count(*) FROM trials WHERE missing "
        "GROUP BY run, model, suite, status ORDER BY count(*) DESC, status"
    )
    by: dict[Key, dict[str, int]] = defaultdict(dict)
    for run, model, suite, status, count in rows:
        by[run, model, suite][status] = int(count)
    return dict(by)


def _planned(tables: Tables) -> dict[tuple[str, str], dict[Stratum, int]]:
    _, rows = tables.rows(
        "SELECT run, suite, language, category, difficulty, count(*) FROM planned WHERE owed "
        "GROUP BY run, suite, language, category, difficulty"
    )
    planned: dict[tuple[str, str], dict[Stratum, int]] = defaultdict(dict)
    for run, suite, language, category, difficulty, count in rows:
        planned[run, suite][language, category, difficulty] = int(count)
    return dict(planned)


def _latencies(tables: Tables) -> dict[Key, NDArray[np.float64]]:
    _, rows = tables.rows(
        "SELECT run, model, suite, list(latency) FROM trials WHERE latency IS NOT NULL AND isfinite(latency) "
        "GROUP BY run, model, suite HAVING count(*) = count(DISTINCT task_id)"
    )
    return {(run, model, suite): np.asarray(values, np.float64) for run, model, suite, values in rows}


def _loose(tables: Tables) -> Loose:
    _, rows = tables.rows(
        "SELECT coalesce(sum(ended) FILTER (undecided), 0)::BIGINT, "
        "coalesce(sum(cost_usd) FILTER (undecided), 0), coalesce(sum(open), 0)::BIGINT, "
        "coalesce(sum(open * worst_usd), 0), coalesce(sum(ended) FILTER (first), 0)::BIGINT, "
        "coalesce(sum(cost_usd) FILTER (first), 0), coalesce(sum(ended) FILTER (judging), 0)::BIGINT, "
        "coalesce(sum(cost_usd) FILTER (judging), 0) FROM (SELECT *, greatest(sent - ended, 0) AS open, "
        "trial_id = 'preflight' AS first, trial_id = 'judging' AS judging, NOT first AND NOT judging AND "
        "NOT EXISTS (SELECT 1 FROM decisions d WHERE d.run = s.run AND d.trial_id = s.trial_id) AS undecided "
        "FROM spent s)"
    )
    names = (
        "undecided",
        "undecided_usd",
        "possibly_paid",
        "possibly_paid_usd",
        "first",
        "first_usd",
        "judging",
        "judging_usd",
    )
    return Loose(**dict(zip(names, rows[0], strict=True)))
