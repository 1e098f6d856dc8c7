"""Does a candidate pass a gate? Each metric against its margin, by intervals: yes, no, or not decided yet,
with what it would take to decide. And how often the gate would fail a candidate that is no worse at all, on
the user's own data. Refuses to know where the margins come from."""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec
import numpy as np

from assay.config.gate import Bound
from assay.reports.comparison import Apart, Times, apart_on, times_on
from assay.reports.comparison_words import points
from assay.reports.matrix import Matrix
from assay.reports.wording import dollars, percent, span, within
from assay.stats.binomial import Limits
from assay.stats.effective import interval
from assay.stats.gates import Answer, at_least, at_most, tasks_to_decide
from assay.stats.quantiles import quantile_interval
from assay.stats.ratios import ratio_interval

SELF_CHECKS = 400
"""Random relabellings that the gate's own error rate is counted over."""


class Checked(msgspec.Struct, frozen=True):
    """One metric of one suite, and what was found."""

    suite: str
    metric: str
    passes: Answer
    said: str
    tasks_wanted: int | None = None
    """Tasks, those seen included, that would decide it in four of five cases, were what was seen the truth."""


class FalseAlarms(msgspec.Struct, frozen=True):
    """Of how many relabellings of equals the gate said what."""

    checks: int
    failed: int
    undecided: int


def check(matrix: Matrix, first: int, second: int, bounds: Sequence[Bound]) -> list[Checked]:
    """The gate's verdict on row `second`, the candidate, against row `first`, the baseline."""
    both = matrix.rows([first, second])
    common = both.common()
    return [_checked(both, common, bound) for bound in bounds]


def verdict(checked: Sequence[Checked]) -> Answer:
    """Of all of them: one failure fails, one doubt leaves it open."""
    found = {one.passes for one in checked}
    return next((worst for worst in (Answer.NO, Answer.UNDECIDED) if worst in found), Answer.YES)


def false_alarms(
    matrix: Matrix, first: int, second: int, bounds: Sequence[Bound], *, checks: int = SELF_CHECKS, seed: int = 0
) -> FalseAlarms:
    """Gates the two against each other with their results swapped task by task at random: two entrants that are
    equal by construction, with this data's own spread."""
    both = matrix.rows([first, second]).common()
    if not both.tasks:
        return FalseAlarms(0, 0, 0)
    chance = np.random.default_rng(seed)
    verdicts = []
    for _ in range(checks):
        swap = chance.random(len(both.tasks)) < 0.5
        swapped = {
            name: np.where(swap, getattr(both, name)[::-1], getattr(both, name))
            for name in ("score", "runs", "missing", "cost", "seconds")
        }
        verdicts.append(verdict(check(msgspec.structs.replace(both, **swapped), 0, 1, bounds)))
    return FalseAlarms(checks, verdicts.count(Answer.NO), verdicts.count(Answer.UNDECIDED))


def _checked(both: Matrix, common: Matrix, bound: Bound) -> Checked:
    # A gate asks one question, "not worse by more than this": a one-sided error of 1 − level.
    level = 2 * bound.level - 1
    if bound.asked != "margin":
        return _alone(both, bound, level=level)
    if not common.tasks:
        return Checked(both.suite, bound.metric, Answer.UNDECIDED, "there is no task that both were judged on")
    if bound.metric == "accuracy":
        return _accuracy(both.suite, apart_on(common, level=level), bound, level=level)
    found = times_on(common, bound.metric, level=level)
    return _multiple(both.suite, found, bound, tasks=len(common.tasks), level=level)


def _accuracy(suite: str, one: Apart, bound: Bound, *, level: float) -> Checked:
    least = -bound.number / 100
    passes = at_least(one.low, one.high, least)
    said = f"{points(one.difference)} points ({points(one.low)} to {points(one.high)}); {bound.number:g} fewer would do"
    wanted = tasks_to_decide(one.difference, one.low, one.high, n=one.tasks, limit=least, level=level)
    return Checked(suite, bound.metric, passes, said, wanted if passes is Answer.UNDECIDED else None)


def _multiple(suite: str, found: Times | None, bound: Bound, *, tasks: int, level: float) -> Checked:
    if found is None:
        return Checked(suite, bound.metric, Answer.UNDECIDED, "unknown of some of the common tasks, or 0")
    most = 1 + bound.number / 100
    passes = at_most(found.low, found.high, most)
    said = f"{found.value:.3g} × ({found.low:.3g} to {found.high:.3g}); {most:g} × would do"
    wanted = None
    if passes is Answer.UNDECIDED and found.low > 0:
        value, low, high, limit = (math.log(one) for one in (found.value, found.low, found.high, most))
        wanted = tasks_to_decide(value, low, high, n=tasks, limit=limit, level=level)
    return Checked(suite, bound.metric, passes, said, wanted)


def _alone(both: Matrix, bound: Bound, *, level: float) -> Checked:
    """Of the candidate by itself, with a guarantee: Clopper and Pearson's limits, order statistics."""
    candidate = both.rows([1])
    candidate = candidate.columns(np.asarray(np.isfinite(candidate.score[0]), np.bool_))
    if bound.metric == "missing":
        return _missing(both, bound)
    if not candidate.tasks:
        return Checked(both.suite, bound.metric, Answer.UNDECIDED, "nothing of the candidate was judged")
    (score,), (runs,), (cost,), (seconds,) = candidate.score, candidate.runs, candidate.cost, candidate.seconds
    if bound.metric == "accuracy":
        found = interval(score, runs=runs, level=level, limits=Limits.EXACT)
        limit = bound.number / 100
        passes = at_least(found.low, found.high, limit)
        said = f"{percent(found.value)} ({span(found.low, found.high)}); {bound.number:g} % would do"
        wanted = tasks_to_decide(found.value, found.low, found.high, n=score.size, limit=limit, level=level)
        return Checked(both.suite, bound.metric, passes, said, wanted if passes is Answer.UNDECIDED else None)
    if bound.metric == "cost_per_solved":
        if not np.isfinite(cost).all():
            return Checked(both.suite, bound.metric, Answer.UNDECIDED, "the cost of some tasks is unknown")
        ratio = ratio_interval(cost, score * runs, level=level)
        passes = at_most(ratio.low, ratio.high, bound.number)
        said = (
            f"{dollars(ratio.value)} ({dollars(ratio.low)} to {dollars(ratio.high)}); {dollars(bound.number)} would do"
        )
        return Checked(both.suite, bound.metric, passes, said)
    if not np.isfinite(seconds).all() or (runs != 1).any():
        why = "there is no single time for each task: some are unknown, or were run more than once"
        return Checked(both.suite, bound.metric, Answer.UNDECIDED, why)
    quantile = quantile_interval(seconds, {"latency_p50": 0.5, "latency_p95": 0.95}[bound.metric], level=level)
    passes = at_most(quantile.low, quantile.high, bound.number)
    high = quantile.high if np.isfinite(quantile.high) else None
    said = f"{within(quantile.value, max(quantile.low, 0.0), high)}; {bound.number:g} s would do"
    return Checked(both.suite, bound.metric, passes, said)


def _missing(both: Matrix, bound: Bound) -> Checked:
    missing, judged = float(both.missing[1].sum()), float(both.runs[1].sum())
    share = missing / (missing + judged) if missing + judged else 0.0
    passes = at_most(share, share, bound.number / 100)
    return Checked(both.suite, bound.metric, passes, f"{100 * share:.1f} % are missing; {bound.number:g} % would do")
