"""Which pictures a report has: of each board those that there are numbers for. Knows what a summary and a matrix
hold; refuses to draw."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec
import numpy as np

from assay.core.run import RunPlan
from assay.reports.facts import SLICES
from assay.reports.matrix import Matrix, read_matrix
from assay.reports.pictures import against, board, differences, passes, slices, tasks, timeline
from assay.reports.pictures.frame import Picture
from assay.reports.standing import Rate, Standing, Summary
from assay.stats.passk import pass_at_k_interval
from assay.stats.ranks import all_pairs
from assay.stats.ratios import ratio_interval
from assay.store.tables import Tables


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """What the pictures of one board are made from."""

    suite: str
    table: str
    """The runs on it, as standings name them."""
    standings: tuple[Standing, ...]
    labels: tuple[str, ...]
    """Of the standings: the model, with its run in front where two runs hold the same."""
    slices: tuple[Standing, ...]
    matrix: Matrix
    runs: Mapping[str, RunPlan]
    level: float


def read_shown(tables: Tables, summary: Summary) -> list[Shown]:
    """Each board of the summary, in its order."""
    found = []
    matrices: dict[str, Matrix] = {}
    for suite, table in dict.fromkeys((one.suite, one.table) for one in summary.standings):
        standings = tuple(one for one in summary.standings if (one.suite, one.table) == (suite, table))
        held = {(one.run, one.model) for one in standings}
        if suite not in matrices:
            matrices[suite] = read_matrix(tables, suite)
        rows = [at for at, entry in enumerate(matrices[suite].entries) if (entry.run, entry.model) in held]
        found.append(
            Shown(
                suite=suite,
                table=table,
                standings=standings,
                labels=labels_of(standings),
                slices=tuple(one for one in summary.slices if one.suite == suite and (one.run, one.model) in held),
                matrix=matrices[suite].rows(rows),
                runs=summary.runs,
                level=summary.level,
            )
        )
    return found


def gallery(tables: Tables, summary: Summary) -> dict[tuple[str, str], list[Picture]]:
    """All pictures, by suite and table."""
    return {(shown.suite, shown.table): pictures_of(shown) for shown in read_shown(tables, summary)}


def pictures_of(shown: Shown) -> list[Picture]:
    """In the order in which they are looked at."""
    drawn = [
        board.picture(shown.standings, shown.labels, suite=shown.suite, level=shown.level),
        against.picture(_points(shown, against.COST), against.COST, suite=shown.suite, level=shown.level),
        against.picture(_points(shown, against.PACE), against.PACE, suite=shown.suite, level=shown.level),
        _differences(shown),
        *(_slices(shown, by) for by in SLICES),
        passes.picture(_curves(shown), suite=shown.suite, level=shown.level),
        tasks.picture(shown.matrix.models() if _models(shown) else shown.matrix, suite=shown.suite),
        timeline.picture(_moments(shown), suite=shown.suite, level=shown.level),
    ]
    return [one for one in drawn if one is not None]


def labels_of(standings: Sequence[Standing]) -> tuple[str, ...]:
    often = Counter(one.model for one in standings)
    return tuple(one.model if often[one.model] == 1 else f"{one.run}:{one.model}" for one in standings)


def _models(shown: Shown) -> list[tuple[Standing, str]]:
    """Who is compared, best first."""
    pairs = [(one, label) for one, label in zip(shown.standings, shown.labels, strict=True) if not one.built_in]
    return sorted(pairs, key=lambda pair: (-(pair[0].accuracy if pair[0].accuracy is not None else -1.0), pair[1]))


def _row(shown: Shown, one: Standing) -> int | None:
    entries = [(entry.run, entry.model) for entry in shown.matrix.entries]
    return entries.index((one.run, one.model)) if (one.run, one.model) in entries else None


def _points(shown: Shown, measure: against.Measure) -> list[against.Point]:
    find = _cost if measure is against.COST else _pace
    points = []
    for one, label in _models(shown):
        if one.accuracy is None or not one.judged:
            continue
        takes, low, high, why = find(shown, one)
        points.append(
            against.Point(
                label=label, takes=takes, takes_low=low, takes_high=high, why=why, n=one.judged, value=one.accuracy,
                low=one.accuracy if one.ci_low is None else one.ci_low,
                high=one.accuracy if one.ci_high is None else one.ci_high,
            )
        )  # fmt: skip
    return points


def _cost(shown: Shown, one: Standing) -> tuple[float | None, float | None, float | None, str]:
    if one.cost_usd is None:
        return None, None, None, "cost unknown"
    if one.cost_usd <= 0:
        return None, None, None, "no price" if one.cost_source == "local" else "free"
    at = _row(shown, one)
    if at is None:
        return one.cost_usd / one.judged, None, None, ""
    known = np.isfinite(shown.matrix.cost[at]) & (shown.matrix.runs[at] > 0)
    cost, runs = shown.matrix.cost[at][known], shown.matrix.runs[at][known]
    if not known.any() or (cost < 0).any():
        return one.cost_usd / one.judged, None, None, ""
    found = ratio_interval(cost, runs, level=shown.level)
    return one.cost_usd / one.judged, *_limits(found.low, one.cost_usd / one.judged, found.high), ""


def _pace(shown: Shown, one: Standing) -> tuple[float | None, float | None, float | None, str]:
    if one.latency_p50 is None:
        return None, None, None, "latency unknown"
    if one.latency_p50_low is None or one.latency_p50_high is None:
        return one.latency_p50, None, None, ""
    return one.latency_p50, *_limits(one.latency_p50_low, one.latency_p50, one.latency_p50_high), ""


def _limits(low: float, value: float, high: float) -> tuple[float | None, float | None]:
    """Only limits that a logarithmic axis can show, around the value."""
    return (low, high) if 0 < low <= value <= high and math.isfinite(high) else (None, None)


def _differences(shown: Shown) -> Picture | None:
    """Of those that are ranked, on the tasks that all of them were judged on."""
    ranked = [
        (at, label)
        for one, label in _models(shown)
        if one.rank_low is not None and (at := _row(shown, one)) is not None
    ]
    shared = shown.matrix.rows([at for at, _ in ranked]).common()
    if len(ranked) < 2 or not shared.tasks:
        return None
    pairs = all_pairs(shared.score)
    return differences.picture(
        [label for _, label in ranked], pairs.difference, np.asarray(pairs.max_t <= 1 - shown.level, np.bool_),
        suite=shown.suite, tasks=len(shared.tasks), level=shown.level,
    )  # fmt: skip


def _slices(shown: Shown, by: str) -> Picture | None:
    label = {(one.run, one.model): name for one, name in _models(shown)}
    cells = {
        (label[one.run, one.model], one.value): one
        for one in shown.slices
        if one.slice == by and (one.run, one.model) in label
    }
    return slices.picture(list(label.values()), cells, by=by, suite=shown.suite, level=shown.level)


def _curves(shown: Shown) -> list[passes.Curve]:
    """Every k that each judged task has samples for, up to ten, then in larger steps."""
    curves = []
    for one, label in _models(shown):
        at = _row(shown, one)
        if at is None or not one.pass_at:
            continue
        seen = shown.matrix.runs[at] > 0
        runs = shown.matrix.runs[at][seen]
        right = np.round(shown.matrix.score[at][seen] * runs)
        ks = [k for k in (*range(1, 11), 15, 20, 30, 50, 75, 100, 150, 200) if k <= runs.min()]
        found = {k: pass_at_k_interval(runs, right, k, level=shown.level) for k in ks}
        rates = {k: Rate(rate.value, rate.low, rate.high) for k, rate in found.items()}
        curves.append(passes.Curve(label=label, tasks=int(seen.sum()), at=rates))
    return curves


def _moments(shown: Shown) -> list[timeline.Moment]:
    return [
        timeline.Moment(
            label=one.model, run=one.run, at=shown.runs[one.run].created_at, value=one.accuracy, low=one.ci_low,
            high=one.ci_high, n=one.judged,
        )
        for one, _ in _models(shown)
        if one.accuracy is not None and one.ci_low is not None and one.ci_high is not None
    ]  # fmt: skip
