"""A chart that watches one thing on one endpoint and alarms when it got worse: Shiryaev and Roberts' e-detector.

Each day multiplies, over the tasks, 1 + bet·(event − rate). While the mean of the true rates is at most the mean
of `rates`, a day's product is at most 1 on average, however the tasks differ, so only the mean must be right
(and a day's tasks independent of one another, given the days before). The evidence M becomes (1 + M) × product,
as if a watch had begun on every day. A few bets run side by side, each good at one size of change, and their mean
counts. The state is plain numbers: it can be written down and taken up again. It never alarms twice."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import numpy as np
from numpy.typing import ArrayLike
from scipy.special import logsumexp

from assay.stats.bounds import Numbers
from assay.stats.drift_baseline import Baseline

SCORE_BETS = (0.05, 0.1, 0.2, 0.3, 0.5)
"""For scores, each task against its own rate."""

RISES = (0.02, 0.05, 0.1, 0.2, 0.5)
"""For events with one rate r: a bet of g / r is on a rise of g × (1 − r)."""


ENOUGH = 1e200
"""Evidence beyond any threshold: simulated charts stop growing there."""


class Chart(msgspec.Struct, frozen=True, kw_only=True):
    """What does not change from day to day."""

    baseline: Baseline
    rates: tuple[float, ...]
    """The rates that are held against it: the baseline's, with their mean at its limit."""

    bets: tuple[float, ...]
    log_threshold: float
    """The logarithm of the evidence that is an alarm."""


class Detector(msgspec.Struct, frozen=True, kw_only=True):
    """A chart and what the days so far have said; `after` gives the next state and leaves this one."""

    chart: Chart
    day: int = 0
    log_evidence: tuple[float, ...] = ()
    """The logarithm of M for each bet; none before the first day."""

    alarm_day: int | None = None

    @property
    def log_mean_evidence(self) -> float:
        """What is held against the chart's threshold."""
        logs = self.log_evidence
        return float(logsumexp(logs) - np.log(len(logs))) if logs else float("-inf")

    def after(self, values: ArrayLike) -> Detector:
        """The state after one more day of runs × tasks, NaN where nothing was seen; a day of nothing else is none.
        Which are missing must not depend on what they would have said."""
        events = self.chart.baseline.events(values)
        if np.isnan(events).all():
            return self
        excess = np.where(np.isnan(events), 0.0, events - np.asarray(self.chart.rates))
        day = np.log1p(np.multiply.outer(self.chart.bets, excess)).sum(axis=(1, 2))
        before = self.log_evidence or (float("-inf"),) * len(self.chart.bets)
        logs = tuple(float(log) for log in np.logaddexp(0.0, before) + day)
        now = msgspec.structs.replace(self, day=self.day + 1, log_evidence=logs)
        if self.alarm_day is None and now.log_mean_evidence >= self.chart.log_threshold:
            now = msgspec.structs.replace(now, alarm_day=now.day)
        return now


def bets_for(baseline: Baseline, rates: Numbers) -> tuple[float, ...]:
    """The same for all scores; for events with one rate, relative to it."""
    if baseline.worse == "falls":
        return SCORE_BETS
    return tuple(float(rise / max(rates[0], 1e-6)) for rise in RISES)


def simulated(
    rates: Numbers, bets: tuple[float, ...], truth: Numbers, *, runs: int, days: int, rng: np.random.Generator
) -> Iterator[Numbers]:
    """Day by day, the mean evidence of many charts with true rates of charts × tasks, each run so often a day."""
    rates, truth = np.tile(rates, runs), np.tile(truth, runs)
    bet = np.asarray(bets)[:, None]
    quiet = np.log1p(-bet * rates)
    gain = (np.log1p(bet * (1 - rates)) - quiet).T.astype(np.float32)
    evidence = np.zeros((len(truth), len(bets)))
    chance = truth.astype(np.float32)
    for _ in range(days):
        events = (rng.random(truth.shape, np.float32) < chance).astype(np.float32)
        evidence = np.minimum((1 + evidence) * np.exp(events @ gain + quiet.sum(1)), ENOUGH)
        yield evidence.mean(1)
