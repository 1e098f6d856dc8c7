"""What new days are compared with: how often something bad happened to each task while all was well.

Whatever can get worse is put as a bad event: a failure, an unusable reply, a refusal, a time or a number of
tokens beyond that task's own mark. So one chart serves them all, and quantities need no distribution. It
knows how sure the rates are, since they are estimates themselves; not what the numbers stand for."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betaincinv

from assay.stats.bounds import Numbers

QUARTER = 0.25
"""A quantity is beyond its mark about so often while all is well."""

_EVENTS: dict[str, Callable[[Numbers, Numbers], Numbers]] = {
    "falls": lambda value, _: 1 - value,
    "rises": lambda value, _: value,
    "higher": lambda value, mark: np.where(np.isnan(value), np.nan, value > mark),
    "lower": lambda value, mark: np.where(np.isnan(value), np.nan, value < mark),
}


class Baseline(msgspec.Struct, frozen=True, kw_only=True):
    """Quiet days, summed up in plain numbers."""

    worse: str
    """`falls` for scores from 0 to 1, `rises` for things that happen or not, `higher` or `lower` for quantities."""

    rates: tuple[float, ...]
    """The chance of a bad event, task by task, as estimated."""

    trials: float | None
    """How many independent trials the mean of the rates is worth; none where the rates are known."""

    marks: tuple[float, ...] = ()
    """For quantities: what is beyond this is a bad event."""

    def events(self, values: ArrayLike) -> Numbers:
        """Runs × tasks of bad events: 1, 0, or a share for a partial score; NaN where nothing was seen."""
        table = np.atleast_2d(np.asarray(values, np.float64))
        if table.ndim != 2 or table.shape[1] != len(self.rates):
            raise ValueError(f"a day has a column for each of the {len(self.rates)} tasks of its baseline")
        return _EVENTS[self.worse](_checked(table, self.worse), np.asarray(self.marks or np.nan))

    def mean_below(self, confidence: ArrayLike) -> Numbers:
        """What the true mean rate lies below with this confidence (Clopper and Pearson's upper limit)."""
        mean = float(np.mean(self.rates))
        level = np.asarray(confidence, np.float64)
        if self.trials is None or mean >= 1:
            return np.full_like(level, mean)
        bad = mean * self.trials
        limit: Numbers = betaincinv(bad + 1, max(self.trials - bad, 1e-300), level)
        return limit

    def rates_at(self, mean: ArrayLike) -> Numbers:
        """The rates with their mean moved, task by task in the last axis, none leaving [0, 1]."""
        rates = np.asarray(self.rates)
        now, wanted = float(rates.mean()), np.asarray(mean, np.float64)[..., None]
        up = rates + (1 - rates) * (wanted - now) / max(1 - now, 1e-300)
        return np.where(wanted >= now, np.minimum(up, 1.0), rates * wanted / max(now, 1e-300))


def baseline(worse: str, days: ArrayLike) -> Baseline:
    """From quiet runs × tasks, at least two runs of each task; NaN where nothing was seen. Thirty are better:
    few make wide limits, and a chart that must see through them is slow."""
    if worse not in _EVENTS:
        raise ValueError(f"what is worse is one of {', '.join(_EVENTS)}, not {worse!r}")
    table = _checked(np.asarray(days, np.float64), worse)
    if table.ndim != 2 or table.shape[1] == 0 or np.any((~np.isnan(table)).sum(0) < 2):
        raise ValueError("a baseline is a table of runs × tasks with at least two runs of every task")
    runs = (~np.isnan(table)).sum(0).astype(np.float64)
    if worse in ("higher", "lower"):
        return _of_quantity(worse, table, runs)
    return _of_rate(worse, _EVENTS[worse](table, table), runs)


def expected_baseline(worse: str, rates: ArrayLike, *, runs: int) -> Baseline:
    """What a baseline of so many runs would be if these were the chances of a bad event: for planning. For
    quantities, the rates are how often a value will lie beyond its mark: `QUARTER`."""
    bad = np.asarray(rates, np.float64).ravel()
    if worse not in _EVENTS or bad.size == 0 or runs < 1 or not np.all((bad >= 0) & (bad <= 1)):
        raise ValueError("a plan needs rates between 0 and 1, at least one run, and to know what is worse")
    if worse != "falls":
        bad = np.full_like(bad, bad.mean())
    return Baseline(worse=worse, rates=_plain(bad), trials=_worth(bad, np.full_like(bad, runs)))


def _of_rate(worse: str, events: Numbers, runs: Numbers) -> Baseline:
    """Each task's own rate, drawn towards the mean by one run's worth, for scores. Events that should be rare
    have one rate for all: only the mean is ever relied on, and few tasks have seen one."""
    own = np.nansum(events, axis=0)
    mean = float((own / runs).mean())
    rates = (own + mean) / (runs + 1) if worse == "falls" else np.full_like(own, mean)
    drawn = Baseline(worse=worse, rates=_plain(rates), trials=None)
    rates = drawn.rates_at(mean)
    return msgspec.structs.replace(drawn, rates=_plain(rates), trials=_worth(rates, runs))


def _worth(rates: Numbers, runs: Numbers) -> float:
    """The trials at which one proportion would be as uncertain as the mean of these: what tasks differ by from
    one another is no uncertainty, because new days ask the same tasks."""
    variance = float((rates * (1 - rates) / runs).sum()) / rates.size**2
    mean = float(rates.mean())
    return mean * (1 - mean) / variance if variance > 0 else float(runs.sum())


def _of_quantity(worse: str, table: Numbers, runs: Numbers) -> Baseline:
    """The marks are values of the baseline itself, about a quarter from its bad end. How often a new value lies
    beyond the m-th worst of k is Beta(m, k + 1 − m), whatever the distribution; less often where values tie."""
    beyond = np.maximum(np.floor(QUARTER * (runs + 1)), 1.0)
    worst_first = np.sort(-table if worse == "higher" else table, axis=0)
    marks = np.abs(np.take_along_axis(worst_first, (beyond - 1).astype(np.intp)[None], axis=0)[0])
    rates = beyond / (runs + 1)
    return Baseline(
        worse=worse,
        rates=_plain(np.full_like(rates, rates.mean())),
        trials=_worth(rates, runs + 2),
        marks=_plain(marks),
    )


def _checked(values: Numbers, worse: str) -> Numbers:
    top = np.inf if worse in ("higher", "lower") else 1.0
    if np.any(values < 0) or np.any(values > top):
        raise ValueError("times and tokens are not negative; scores and rates lie between 0 and 1")
    return values


def _plain(values: Numbers) -> tuple[float, ...]:
    return tuple(float(value) for value in values)
