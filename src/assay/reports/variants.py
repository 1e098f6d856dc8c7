"""How much better a model does on tasks as they are written than on the same tasks in other words, and whether that is
more than chance: then it may know them by heart. Pure: refuses to know where the numbers come from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from assay.core.run import RunPlan
from assay.reports.comparable import judged_by_the_same
from assay.reports.comparison_words import p_value, points
from assay.reports.facts import Facts
from assay.reports.matrix import Numbers
from assay.reports.standing import Gap, Standing
from assay.reports.wording import counted, named, percent
from assay.stats.compare import compare
from assay.stats.multiple import holm


def gaps(standings: Sequence[Standing], runs: Mapping[str, RunPlan], facts: Facts, *, level: float) -> tuple[Gap, ...]:
    """For each model that has runs of variant 0 and of others, judged by the same judge. What is built in has none."""
    found = [
        gap
        for group in _of_one_model(standings, runs).values()
        if (gap := _gap(group, runs, facts, level=level)) is not None
    ]
    if len(found) > 1:
        adjusted = holm(np.array([one.p for one in found]))
        found = [msgspec.structs.replace(one, p=float(p)) for one, p in zip(found, adjusted, strict=True)]
    return tuple(found)


def said(found: Sequence[Gap]) -> Iterator[str]:
    """A line for each, and what they mean."""
    for one in found:
        which = f"variant{'s' if len(one.variants) > 1 else ''} {named([str(number) for number in one.variants])}"
        sure = "larger than chance" if one.beyond_chance else "not larger than chance"
        yield (
            f"{one.model} on {one.suite}, variant 0 less {which}: {points(one.difference)} points"
            f" ({points(one.low)} to {points(one.high)}), {percent(one.first)} against {percent(one.second)} on"
            f" {counted(one.tasks, 'common task')}; {sure} ({p_value(one.p)})"
        )
    if found:
        models = f", corrected for {len(found)} models" if len(found) > 1 else ""
        yield (
            f"A gap above 0 that is larger than chance at {percent(found[0].level, places=0)}{models}: the tasks as"
            " they are written are easier for that model than in other words, as they would be if it had seen them."
        )


def _of_one_model(
    standings: Sequence[Standing], runs: Mapping[str, RunPlan]
) -> dict[tuple[str, str, str], list[Standing]]:
    """By suite, its version, and everything that changes the answers."""
    groups: dict[tuple[str, str, str], list[Standing]] = {}
    for one in standings:
        plan = runs[one.run]
        entrant = next((entrant for entrant in plan.entrants if entrant.name == one.model), None)
        version = next((suite.version for suite in plan.suites if suite.name == one.suite), "")
        if entrant is not None and not one.built_in:
            groups.setdefault((one.suite, version, entrant.entrant_hash), []).append(one)
    return groups


def _gap(group: Sequence[Standing], runs: Mapping[str, RunPlan], facts: Facts, *, level: float) -> Gap | None:
    as_written = [one for one in group if not runs[one.run].variant]
    if not as_written:
        return None
    first = as_written[0]
    alike = [one for one in group if judged_by_the_same(runs[first.run], runs[one.run], first.suite)]
    as_written, others = ([one for one in alike if bool(runs[one.run].variant) is fresh] for fresh in (False, True))
    zero, rest = (_pooled(side, facts) for side in (as_written, others))
    common = np.intersect1d(zero.task, rest.task)
    if not common.size:
        return None
    (x, runs_x), (y, runs_y) = zero.on(common), rest.on(common)
    found = compare(x, y, runs_x=runs_x, runs_y=runs_y, level=level)
    return Gap(
        model=first.model,
        suite=first.suite,
        runs=tuple(one.run for one in as_written),
        others=tuple(one.run for one in others),
        variants=tuple(sorted({runs[one.run].variant for one in others})),
        tasks=int(common.size),
        first=float(x.mean()),
        second=float(y.mean()),
        difference=found.value,
        low=found.low,
        high=found.high,
        p=found.p,
        method=found.method,
        level=level,
    )


class _Pool(NamedTuple):
    task: NDArray[np.int64]
    score: Numbers
    """The sum over all that were judged."""
    judged: Numbers

    def on(self, tasks: NDArray[np.int64]) -> tuple[Numbers, Numbers]:
        """Mean scores, and of how many."""
        at = np.searchsorted(self.task, tasks)
        return np.clip(self.score[at] / self.judged[at], 0.0, 1.0), self.judged[at]


def _pooled(side: Sequence[Standing], facts: Facts) -> _Pool:
    """Several runs together; totals without tasks have no part."""
    found = (facts.cells.get((one.run, one.model, one.suite)) for one in side)
    held = [cells.only(~cells.whole & (cells.judged > 0)) for cells in found if cells is not None]
    if not held:
        return _Pool(np.zeros(0, np.int64), np.zeros(0), np.zeros(0))
    tasks, at = np.unique(np.concatenate([one.task for one in held]), return_inverse=True)
    score = np.bincount(at, np.concatenate([one.score for one in held])).astype(np.float64)
    judged = np.bincount(at, np.concatenate([one.judged for one in held])).astype(np.float64)
    return _Pool(tasks, score, judged)
