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

_CELLS = """
SELECT c.run, c.model, c.task_id, c.score / nullif(c.judged, 0) AS score, c.judged AS runs, c.missing,
       c.bounty, s.language, s.category, s.difficulty, m.cost, m.seconds
FROM cells c JOIN strata s USING (stratum)
LEFT JOIN (
  SELECT t.run, t.model, t.suite, t.task_id,
         CASE WHEN bool_or(CASE WHEN p.ended > 0 THEN p.cost_unknown ELSE t.cost_usd IS NULL END) THEN NULL
           ELSE sum(CASE WHEN p.ended > 0 THEN p.cost_usd ELSE t.cost_usd END) END AS cost,
         sum(CASE WHEN p.ended > 0 THEN p.latency ELSE t.latency END) AS seconds
  FROM trials t LEFT JOIN spent p ON p.run = t.run AND p.trial_id = t.trial_id
  WHERE t.suite = ? GROUP BY t.run, t.model, t.suite, t.task_id) m USING (run, model, suite, task_id)
WHERE c.suite = ? AND NOT c.whole
"""


def suites_of(tables: Tables) -> list[str]:
    """Those that hold decided trials, in the order of the runs' plans."""
    _, rows = tables.rows("SELECT DISTINCT suite FROM cells ORDER BY suite")
    held = [str(suite) for (suite,) in rows]
    planned = [suite.name for plan in tables.runs.values() for suite in plan.suites]
    return [name for name in dict.fromkeys([*planned, *held]) if name in held]


def read_matrix(tables: Tables, suite: str) -> Matrix:
    """All entrants of all runs in `tables` that have trials of this suite."""
    found = tables.columns(_CELLS, [suite, suite])
    entries = _entries(tables, zip(found["run"].tolist(), found["model"].tolist(), strict=True))
    tasks = _order(tables, suite, found["task_id"].tolist())
    row = {(entry.run, entry.model): at for at, entry in enumerate(entries)}
    column = {task: at for at, task in enumerate(tasks)}
    rows = np.array([row[key] for key in zip(found["run"], found["model"], strict=True)], np.int64)
    columns = np.array([column[task] for task in found["task_id"]], np.int64)
    strata = {name: [""] * len(tasks) for name in ("language", "category", "difficulty")}
    for name, of_task in strata.items():
        for at, value in zip(columns.tolist(), found[name].tolist(), strict=True):
            of_task[at] = value
    bounty = np.full(len(tasks), np.nan)
    bounty[columns] = found["bounty"].astype(np.float64)

    def grid(name: str, absent: float) -> Numbers:
        filled = np.full((len(entries), len(tasks)), absent)
        filled[rows, columns] = found[name].astype(np.float64)
        return filled

    kinds: dict[str, Any] = {name: tuple(values) for name, values in strata.items()}
    return Matrix(
        suite=suite,
        entries=tuple(entries),
        labels=_labels(entries),
        tasks=tuple(tasks),
        score=np.clip(grid("score", np.nan), 0.0, 1.0),
        runs=grid("runs", 0.0),
        missing=grid("missing", 0.0),
        cost=grid("cost", np.nan),
        seconds=grid("seconds", np.nan),
        bounty=bounty,
        **kinds,
    )


def _entries(tables: Tables, held: Any) -> list[Entry]:
    """As the runs name them, then whatever else has trials."""
    known = [
        Entry(label, entrant.name, entrant.built_in) for label, plan in tables.runs.items() for entrant in plan.entrants
    ]
    present = set(held)
    named = {(entry.run, entry.model) for entry in known}
    unplanned = [Entry(run, model) for run, model in sorted(present - named)]
    return [entry for entry in known if (entry.run, entry.model) in present] + unplanned


def _labels(entries: Sequence[Entry]) -> tuple[str, ...]:
    often = Counter(entry.model for entry in entries)
    return tuple(entry.model if often[entry.model] == 1 else f"{entry.run}:{entry.model}" for entry in entries)


def _order(tables: Tables, suite: str, held: list[str]) -> list[str]:
    present = set(held)
    committed = [
        task.id for plan in tables.runs.values() for one in plan.suites if one.name == suite for task in one.tasks
    ]
    ordered = [task for task in dict.fromkeys(committed) if task in present]
    return ordered + sorted(present - set(ordered))
