"""One suite as a matrix: a row per entrant, a column per task. What pairs, ranks and pictures start from.
Knows the tables; refuses to know what the numbers mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from assay.store.tables import Tables

Numbers = NDArray[np.float64]


class Entry(NamedTuple):
    """An entrant of one run."""

    run: str
    model: str
    built_in: bool = False


class Matrix(msgspec.Struct, frozen=True, kw_only=True):
    """Entrants × tasks of one suite; `NaN` is what is not there."""

    suite: str
    entries: tuple[Entry, ...]
    labels: tuple[str, ...]
    """The models' names, with their run in front where two runs hold the same."""
    tasks: tuple[str, ...]
    """In the order that the first run committed to; those of imports by name."""
    language: tuple[str, ...]
    category: tuple[str, ...]
    difficulty: tuple[str, ...]
    """One of each for every task."""
    score: Numbers
    """The mean of what was judged; NaN where nothing was."""
    runs: Numbers
    """How many were judged."""
    missing: Numbers
    """How many were owed, tried, and lost to the apparatus."""
    cost: Numbers
    """Dollars of all samples, failed and repeated calls included; NaN where one is unknown."""
    seconds: Numbers
    """Waiting for the model, over all samples; NaN where it is unknown."""
    bounty: Numbers
    """What each task is worth, in dollars; NaN where it is worth none."""

    def models(self) -> Matrix:
        """Without what is built in to prove tasks and sandbox."""
        return self.rows([at for at, entry in enumerate(self.entries) if not entry.built_in])

    def rows(self, chosen: Sequence[int]) -> Matrix:
        at = list(chosen)
        return msgspec.structs.replace(
            self,
            entries=tuple(self.entries[row] for row in at),
            labels=tuple(self.labels[row] for row in at),
            **{name: getattr(self, name)[at] for name in _BY_ENTRANT},
        )

    def columns(self, chosen: NDArray[np.bool_]) -> Matrix:
        at = np.flatnonzero(chosen)
        return msgspec.structs.replace(
            self,
            bounty=self.bounty[at],
            **{name: tuple(getattr(self, name)[column] for column in at) for name in _BY_TASK},
            **{name: getattr(self, name)[:, at] for name in _BY_ENTRANT},
        )

    def common(self) -> Matrix:
        """Only the tasks that every row has a judged trial of."""
        return self.columns(np.asarray(np.isfinite(self.score).all(axis=0), np.bool_))


_BY_TASK = ("tasks", "language", "category", "difficulty")
_BY_ENTRANT = ("score", "runs", "missing", "cost", "seconds")

_NUMBERED = """
CREATE OR REPLACE TEMP TABLE numbered AS
SELECT task_id, (row_number() OVER (ORDER BY position NULLS LAST, task_id))::INTEGER - 1 AS task,
       language, category, difficulty, bounty
FROM (SELECT c.task_id, min(p.position) AS position, any_value(s.language) AS language,
             any_value(s.category) AS category, any_value(s.difficulty) AS difficulty, max(c.bounty) AS bounty
      FROM cells c JOIN strata s USING (stratum)
      LEFT JOIN planned p ON p.suite = c.suite AND p.task_id = c.task_id AND p.run = ?
      WHERE c.suite = ? AND NOT c.whole GROUP BY c.task_id)
"""

_ENTRIES = """
SELECT run, model, (row_number() OVER (ORDER BY run, model))::INTEGER - 1 AS entry
FROM (SELECT DISTINCT run, model FROM cells WHERE suite = ? AND NOT whole) ORDER BY entry
"""

_SCORES = f"""
SELECT e.entry, n.task, c.score / nullif(c.judged, 0) AS score, c.judged AS runs, c.missing
FROM cells c JOIN numbered n USING (task_id) JOIN ({_ENTRIES}) e USING (run, model) WHERE c.suite = ? AND NOT c.whole
"""

_SPENDING = f"""
SELECT e.entry, n.task,
       CASE WHEN bool_or(CASE WHEN p.ended > 0 THEN p.cost_unknown ELSE t.cost_usd IS NULL END) THEN NULL
         ELSE sum(CASE WHEN p.ended > 0 THEN p.cost_usd ELSE t.cost_usd END) END AS cost,
       sum(CASE WHEN p.ended > 0 THEN p.latency ELSE t.latency END) AS seconds
FROM trials t JOIN numbered n USING (task_id) JOIN ({_ENTRIES}) e USING (run, model)
LEFT JOIN spent p ON p.run = t.run AND p.trial_id = t.trial_id
WHERE t.suite = ? GROUP BY e.entry, n.task
"""


def suites_of(tables: Tables) -> list[str]:
    """Those that hold decided trials of single tasks, in the order of the runs' plans."""
    _, rows = tables.rows("SELECT DISTINCT suite FROM cells WHERE NOT whole ORDER BY suite")
    held = [str(suite) for (suite,) in rows]
    planned = [suite.name for plan in tables.runs.values() for suite in plan.suites]
    return [name for name in dict.fromkeys([*planned, *held]) if name in held]


def read_matrix(tables: Tables, suite: str) -> Matrix:
    """All entrants of all runs in `tables` that have trials of this suite."""
    first = next((label for label, plan in tables.runs.items() if suite in (one.name for one in plan.suites)), "")
    tables.rows(_NUMBERED, [first, suite])
    tasks = tables.columns("SELECT * FROM numbered ORDER BY task")
    _, entrants = tables.rows(_ENTRIES, [suite])
    shape = (len(entrants), tasks["task"].size)
    grids = _grids(tables.columns(_SCORES, [suite, suite]), shape, score=np.nan, runs=0.0, missing=0.0)
    grids |= _grids(tables.columns(_SPENDING, [suite, suite]), shape, cost=np.nan, seconds=np.nan)
    entries, order = _as_planned(tables, [(str(run), str(model)) for run, model, _ in entrants])
    rest: dict[str, Any] = {name: tuple(map(str, tasks[name].tolist())) for name in _BY_TASK if name != "tasks"}
    rest |= {name: grid[order] for name, grid in grids.items()}
    return Matrix(
        suite=suite,
        entries=entries,
        labels=_labels(entries),
        tasks=tuple(map(str, tasks["task_id"].tolist())),
        bounty=tasks["bounty"].astype(np.float64),
        **rest,
    )


def _grids(found: dict[str, Any], shape: tuple[int, int], **absent: float) -> dict[str, Numbers]:
    grids = {name: np.full(shape, value) for name, value in absent.items()}
    for name, grid in grids.items():
        grid[found["entry"], found["task"]] = found[name].astype(np.float64)
    return grids


def _as_planned(tables: Tables, held: list[tuple[str, str]]) -> tuple[tuple[Entry, ...], list[int]]:
    """The entrants in the order in which their runs name them, then whatever else has trials; and where each
    stands in `held`."""
    at = {key: number for number, key in enumerate(held)}
    planned = {
        (label, entrant.name): entrant.built_in for label, plan in tables.runs.items() for entrant in plan.entrants
    }
    keys = [key for key in planned if key in at] + [key for key in held if key not in planned]
    return tuple(Entry(*key, planned.get(key, False)) for key in keys), [at[key] for key in keys]


def _labels(entries: Sequence[Entry]) -> tuple[str, ...]:
    often = Counter(entry.model for entry in entries)
    return tuple(entry.model if often[entry.model] == 1 else f"{entry.run}:{entry.model}" for entry in entries)
