"""Many entrants on one suite: which ranks the data allow each, who may be the best, who cannot be told apart,
and the cheapest, fastest and most private of those that may be the best. Refuses to know how it is shown."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
import numpy as np

from assay.core.entrant import Entrant
from assay.core.run import RunPlan
from assay.reports.comparison import order_by_score
from assay.reports.matrix import Entry, Matrix
from assay.stats.letters import letters
from assay.stats.pareto import membership
from assay.stats.ranks import ranked

_SHARED = 0.5
"""An entrant that would leave the others less than this share of their common tasks is not ranked with them."""


class Rank(msgspec.Struct, frozen=True, kw_only=True):
    """The ranks that one entrant may have."""

    entry: Entry
    label: str
    low: int
    high: int
    letters: str
    maybe_best: bool


class Ranking(msgspec.Struct, frozen=True, kw_only=True):
    """Entrants on the tasks that all of them were judged on, best first."""

    suite: str
    tasks: int
    ranks: tuple[Rank, ...]
    left_out: tuple[str, ...]
    """Judged on too few of the others' tasks to stand among them."""
    cheapest: str | None
    """Of those that may be the best; `None` where a cost is unknown."""
    fastest: str | None
    private: tuple[str, ...]
    """Those of them whose answers come from this machine, or that are marked private."""
    frontier: tuple[tuple[str, float], ...]
    """Those that nobody beats in both score and cost, best first, each with the chance of being one on tasks like
    these; without those whose cost is unknown."""
    p_adjusted: tuple[tuple[float, ...], ...]
    """Pair by pair, for all pairs at once, in the order of `ranks`."""


def rank(matrix: Matrix, runs: Mapping[str, RunPlan], *, level: float = 0.95) -> Ranking | None:
    """Over the models of `matrix`; `None` where fewer than two share a task."""
    shared, left_out = _sharing(matrix.models())
    if len(shared.entries) < 2 or not shared.tasks:
        return None
    shared = shared.rows(order_by_score(shared).tolist())
    sets, pairs, best = ranked(shared.score, level=level)
    names = letters(np.asarray(pairs.max_t <= 1 - level, np.bool_))
    ranks = tuple(
        Rank(
            entry=entry,
            label=shared.labels[at],
            low=int(sets.low[at]),
            high=int(sets.high[at]),
            letters=names[at],
            maybe_best=bool(best[at]),
        )
        for at, entry in enumerate(shared.entries)
    )
    able = [at for at, one in enumerate(ranks) if one.maybe_best]
    return Ranking(
        suite=matrix.suite,
        tasks=len(shared.tasks),
        ranks=ranks,
        left_out=left_out,
        cheapest=_least(shared, able, "cost"),
        fastest=_least(shared, able, "seconds"),
        private=tuple(ranks[at].label for at in able if _is_private(runs, ranks[at].entry)),
        frontier=_frontier(shared),
        p_adjusted=tuple(tuple(float(p) for p in row) for row in pairs.max_t),
    )


def _sharing(matrix: Matrix) -> tuple[Matrix, tuple[str, ...]]:
    """The rows that share enough tasks, on the tasks that they share."""
    left_out: list[str] = []
    while len(matrix.entries) > 1:
        judged = np.isfinite(matrix.score).sum(axis=1)
        common = matrix.common()
        if len(common.tasks) >= _SHARED * judged.max():
            return common, tuple(left_out)
        fewest = int(np.argmin(judged))
        left_out.append(matrix.labels[fewest])
        matrix = matrix.rows([row for row in range(len(matrix.entries)) if row != fewest])
    return matrix, tuple(left_out)


def _frontier(matrix: Matrix) -> tuple[tuple[str, float], ...]:
    priced = matrix.rows(np.flatnonzero(np.isfinite(matrix.cost).all(axis=1)).tolist())
    if not priced.entries or not priced.cost.sum() > 0:
        return ()
    found = membership(priced.cost, priced.score)
    return tuple(
        (label, float(chance))
        for label, on, chance in zip(priced.labels, found.on_front, found.probability, strict=True)
        if on
    )


def _least(matrix: Matrix, able: list[int], name: str) -> str | None:
    """Who needs least of it on the common tasks; `None` unless it is known of all of them."""
    totals = getattr(matrix, name)[able].sum(axis=1)
    if not totals.size or not np.isfinite(totals).all():
        return None
    return matrix.labels[able[int(np.argmin(totals))]]


def _is_private(runs: Mapping[str, RunPlan], entry: Entry) -> bool:
    entrant: Entrant | None = next((one for one in runs[entry.run].entrants if one.name == entry.model), None)
    return entrant is not None and (entrant.private if entrant.private is not None else entrant.local)
