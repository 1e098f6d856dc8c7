"""How long a change stays unseen, said before the watch begins: tasks a day × size of the change → days.

By simulation from a seed, with thresholds that keep the false-alarm budget, baselines as uncertain as so many
runs leave them, and a change on the first day of the watch, when nothing has been gathered yet."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np
from numpy.typing import ArrayLike

from assay.stats.bounds import Numbers
from assay.stats.drift import Chart, simulated
from assay.stats.drift_alarm import Budget, chart
from assay.stats.drift_baseline import expected_baseline

CHANGES = 1000
"""Simulated changes for each size."""


class Detection(msgspec.Struct, frozen=True, kw_only=True):
    """What becomes of one size of change with so many tasks a day."""

    tasks: int
    change: float
    """How much the mean rate of bad events rises, 0.1 being ten points."""

    median_days: int | None
    """Half of such changes have alarmed by then; none where not within the horizon."""

    days_at_power: int | None
    found: float
    """The share that has alarmed within the horizon."""


def detection_table(
    rates: ArrayLike,
    budget: Budget,
    *,
    worse: str = "falls",
    tasks: Sequence[int] = (10, 30, 100),
    changes: Sequence[float] = (0.03, 0.05, 0.1, 0.2),
    runs: int = 1,
    baseline_runs: int = 30,
    horizon: int = 90,
    power: float = 0.8,
    seed: int = 0,
) -> list[Detection]:
    """A line per number of tasks and change. `rates` are how often tasks like these have a bad event (of scores:
    1 − pass rate), as many as are known; each number of tasks takes its own evenly from among them. Each task
    is run `runs` times a day."""
    known = np.asarray(rates, np.float64).ravel()
    if known.size == 0 or horizon < 1 or min(*tasks, 1) < 1 or min(*changes, 1.0) <= 0 or not 0 < power < 1:
        raise ValueError("a table needs known rates, changes for the worse, a task and a day, and a power below 1")
    lines = []
    for n in tasks:
        mine = np.quantile(known, (np.arange(n) + 0.5) / n)
        found = chart(expected_baseline(worse, mine, runs=baseline_runs), budget, runs=runs, seed=seed)
        for change in changes:
            delays = _delays(found, change, runs, horizon, np.random.default_rng(seed + 1))
            lines.append(
                Detection(
                    tasks=n,
                    change=change,
                    median_days=_day(delays, 0.5),
                    days_at_power=_day(delays, power),
                    found=float(np.isfinite(delays).mean()),
                )
            )
    return lines


def _delays(found: Chart, change: float, runs: int, horizon: int, rng: np.random.Generator) -> Numbers:
    base = found.baseline
    changed = base.rates_at(min(float(np.mean(base.rates)) + change, 1.0))
    truth = np.broadcast_to(changed, (CHANGES, changed.size))
    delays = np.full(CHANGES, np.inf)
    watched = simulated(np.asarray(found.rates), found.bets, truth, runs=runs, days=horizon, rng=rng)
    for day, evidence in enumerate(watched, 1):
        delays[np.isinf(delays) & (evidence >= np.exp(found.log_threshold))] = day
        if np.isfinite(delays).all():
            break
    return delays


def _day(delays: Numbers, share: float) -> int | None:
    day = float(np.quantile(delays, share, method="higher"))
    return int(day) if np.isfinite(day) else None
