"""Which standings share a board, because their runs were judged alike, and the ranks that they have on it.
Pure: refuses to know where the numbers come from and how they are shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec
import numpy as np

from assay.core.run import RunPlan
from assay.reports.comparable import judged_alike
from assay.reports.facts import Facts
from assay.reports.matrix import Entry, Matrix
from assay.reports.ranking import rank
from assay.reports.standing import Standing


def on_boards(
    standings: Sequence[Standing], runs: Mapping[str, RunPlan], facts: Facts, *, level: float
) -> list[Standing]:
    """Each standing with its table and its ranks there."""
    return [
        one for group in _boards(standings, runs) for one in _ranked(group, _scores(group, facts), runs, level=level)
    ]


def _boards(standings: Sequence[Standing], runs: Mapping[str, RunPlan]) -> Iterator[list[Standing]]:
    """Those of one suite whose runs were judged alike, together."""
    for suite in dict.fromkeys(one.suite for one in standings):
        groups: list[list[str]] = []
        for run in dict.fromkeys(one.run for one in standings if one.suite == suite):
            fitting = (group for group in groups if all(judged_alike(runs[held], runs[run], suite) for held in group))
            group = next(fitting, None)
            if group is None:
                groups.append([run])
            else:
                group.append(run)
        for group in groups:
            table = ", ".join(group)
            yield [
                msgspec.structs.replace(one, table=table)
                for one in standings
                if one.suite == suite and one.run in group
            ]


def _ranked(
    standings: list[Standing], scores: Matrix | None, runs: Mapping[str, RunPlan], *, level: float
) -> list[Standing]:
    """As they are where there is nothing to rank."""
    ranking = None if scores is None else rank(scores, runs, level=level)
    ranks = {} if ranking is None else {(one.entry.run, one.entry.model): one for one in ranking.ranks}
    return [
        one
        if (found := ranks.get((one.run, one.model))) is None
        else msgspec.structs.replace(
            one, rank_low=found.low, rank_high=found.high, letters=found.letters, maybe_best=found.maybe_best
        )
        for one in standings
    ]


def _scores(standings: Sequence[Standing], facts: Facts) -> Matrix | None:
    """The models' scores by task, out of what is read already; totals without tasks have no part."""
    entries = [Entry(one.run, one.model) for one in standings if not one.built_in]
    cells = {entry: facts.cells.get((*entry[:2], standings[0].suite)) for entry in entries}
    held = {entry: one.only(~one.whole & (one.judged > 0)) for entry, one in cells.items() if one is not None}
    held = {entry: one for entry, one in held.items() if one.task.size}
    if len(held) < 2:
        return None
    tasks = np.unique(np.concatenate([one.task for one in held.values()]))
    shape = (len(held), tasks.size)
    score, runs = np.full(shape, np.nan), np.zeros(shape)
    for row, one in enumerate(held.values()):
        at = np.searchsorted(tasks, one.task)
        score[row, at] = np.clip(one.score / one.judged, 0.0, 1.0)
        runs[row, at] = one.judged
    unknown, unnamed = np.full(shape, np.nan), ("",) * tasks.size
    return Matrix(
        suite=standings[0].suite,
        entries=tuple(held),
        labels=tuple(entry.model for entry in held),
        tasks=tuple(map(str, tasks.tolist())),
        language=unnamed,
        category=unnamed,
        difficulty=unnamed,
        score=score,
        runs=runs,
        missing=np.zeros(shape),
        cost=unknown,
        seconds=unknown,
        bounty=np.full(tasks.size, np.nan),
    )
