"""How much evidence is an alarm, so that a whole fleet is quiet all year with a stated probability.

A mean time between false alarms is no promise for the first year; a probability is. Every chart of every
endpoint has an equal part of it. The part is spent twice over, by simulation from a seed: on years of chance,
and on baselines that came out better than the truth."""

from __future__ import annotations

import msgspec
import numpy as np

from assay.stats.bounds import Numbers
from assay.stats.drift import Chart, bets_for, simulated
from assay.stats.drift_baseline import Baseline

PATHS = 2000
"""Simulated years."""

FEWEST = 0.02
"""Probabilities below this are carried on from here where chance alone decides: there M ≥ A falls like 1 / A."""


class Budget(msgspec.Struct, frozen=True, kw_only=True):
    """The chance of any false alarm in the fleet, in so many days."""

    false_alarms: float = 0.05
    endpoints: int = 1
    charts: int = 5
    days: int = 365

    @property
    def share(self) -> float:
        """What one chart may have of it."""
        if not (0 < self.false_alarms < 1 and self.endpoints >= 1 and self.charts >= 1 and self.days >= 1):
            raise ValueError("a budget is a probability between 0 and 1 for at least one endpoint, chart and day")
        return self.false_alarms / (self.endpoints * self.charts)


def chart(baseline: Baseline, budget: Budget, *, runs: int = 1, seed: int = 0) -> Chart:
    """The chart for what this baseline describes, within its part of the budget, when each task is run at most
    `runs` times a day."""
    rates = limits(baseline, budget)
    bets = bets_for(baseline, rates)
    return Chart(
        baseline=baseline,
        rates=tuple(float(rate) for rate in rates),
        bets=bets,
        log_threshold=_log_threshold(baseline, rates, bets, budget, runs=runs, seed=seed),
    )


def limits(baseline: Baseline, budget: Budget) -> Numbers:
    """The rates with their mean where it lies below, but for a chance as small as the chart's part."""
    return baseline.rates_at(baseline.mean_below(1 - budget.share))


def _log_threshold(
    baseline: Baseline, rates: Numbers, bets: tuple[float, ...], budget: Budget, *, runs: int, seed: int
) -> float:
    """From years whose true mean rate is drawn as the baseline leaves it open, the unlikely bad ones more often
    than they are due and weighted back."""
    share = budget.share
    rng = np.random.default_rng(seed)
    depth = -np.log(share / 100)
    tail = np.where(rng.random(PATHS) < 0.5, rng.exponential(size=PATHS), depth * rng.random(PATHS))
    weight = np.exp(-tail) / (0.5 * np.exp(-tail) + 0.5 * (tail < depth) / depth) / PATHS
    truth = baseline.rates_at(baseline.mean_below(-np.expm1(-tail)))
    highest = np.ones(PATHS)
    for evidence in simulated(rates, bets, truth, runs=runs, days=budget.days, rng=rng):
        np.maximum(highest, evidence, out=highest)
    order = np.argsort(-highest)
    above = np.log(highest[order])
    so_far, noise = np.cumsum(weight[order]), np.sqrt(np.cumsum(weight[order] ** 2))
    reached = so_far + 1.645 * noise
    carried = max(share, FEWEST)
    directly, carried_on = (
        float(above[max(int(np.searchsorted(reached, aim, side="right")) - 1, 0)]) for aim in (share, carried)
    )
    return max(directly, carried_on + float(np.log(carried / share)))
