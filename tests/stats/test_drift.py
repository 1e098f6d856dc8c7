"""Alarms: quiet in quiet years, known and estimated baselines alike; in time when something changed."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtr

from assay.stats.bounds import Numbers
from assay.stats.drift import SCORE_BETS, Chart, Detector, bets_for, simulated
from assay.stats.drift_alarm import Budget, chart, limits
from assay.stats.drift_baseline import Baseline, baseline, expected_baseline
from assay.stats.drift_power import detection_table

ONE = Budget(false_alarms=0.05, charts=1)


def _pass_rates(tasks: int = 30) -> Numbers:
    """Like a benchmark of agents: mean 0.655, and two thirds of the spread between tasks."""
    known = np.random.default_rng(7).beta(0.655 * 0.64, 0.345 * 0.64, 4000)
    rates: Numbers = np.quantile(known, (np.arange(tasks) + 0.5) / tasks)
    return rates


def _years(rates: Numbers, bets: tuple[float, ...], truth: Numbers, *, paths: int, seed: int) -> Numbers:
    """The highest log evidence of quiet years."""
    found = simulated(
        rates, bets, np.broadcast_to(truth, (paths, truth.size)), runs=1, days=365, rng=np.random.default_rng(seed)
    )
    highest: Numbers = np.max(list(found), axis=0)
    return np.log(highest)


def test_the_detector_is_its_formula() -> None:
    """(1 + M) × the product over tasks, for each bet, and their mean."""
    known = Baseline(worse="falls", rates=(0.2, 0.5), trials=None)
    state = Detector(chart=Chart(baseline=known, rates=(0.2, 0.5), bets=(0.1, 0.5), log_threshold=9.0))
    evidence = np.zeros(2)
    days = [np.array(day, np.float64) for day in ([[1, 0]], [[0, np.nan]], [[0.5, 0], [1, 1]])]
    for day in days:
        state = state.after(day)
        for bet in (0, 1):
            factor = 1.0
            for run in day:
                for score, rate in zip(run, (0.2, 0.5), strict=True):
                    factor *= 1.0 if np.isnan(score) else 1 + (0.1, 0.5)[bet] * (1 - score - rate)
            evidence[bet] = (1 + evidence[bet]) * factor
    assert np.exp(state.log_evidence) == pytest.approx(evidence)
    assert np.exp(state.log_mean_evidence) == pytest.approx(evidence.mean())
    assert (state.day, state.alarm_day) == (3, None)
    assert state.after([[np.nan, np.nan]]) == state


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=6), st.data())
def test_only_the_mean_rate_must_be_right(rates: list[float], data: st.DataObject) -> None:
    """A day's product is at most 1 on average for any true rates with at most the mean held against them."""
    truth = np.array(data.draw(st.lists(st.floats(0, 1), min_size=len(rates), max_size=len(rates))))
    truth *= min(1.0, float(np.mean(rates)) / max(float(truth.mean()), 1e-12))
    for bet in SCORE_BETS:
        assert np.prod(1 + bet * (truth - np.array(rates))) <= 1 + 1e-9


def test_known_rates_keep_a_year_quiet() -> None:
    """At the stated probability, below the threshold that the mean alone would guarantee."""
    bad = 1 - _pass_rates()
    made = chart(Baseline(worse="falls", rates=tuple(bad.tolist()), trials=None), ONE)
    assert 7.5 < made.log_threshold < np.log(365 / 0.05)
    alarms = (_years(bad, made.bets, bad, paths=2000, seed=5) >= made.log_threshold).mean()
    assert 0.02 < alarms <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / 2000)


@pytest.mark.parametrize("days", [5, 30])
@pytest.mark.parametrize("worse", ["falls", "rises", "higher"])
def test_estimated_baselines_keep_a_year_quiet(worse: str, days: int) -> None:
    """Also when the baseline happened to be better than the truth, which is drawn anew each time."""
    rng = np.random.default_rng(days)
    truth = {"falls": 1 - _pass_rates(), "rises": np.full(30, 0.02), "higher": np.linspace(0, 3, 30)}[worse]
    charts = []
    for _ in range(500):
        if worse == "higher":
            quiet = baseline(worse, rng.lognormal(truth, 0.5, (days, 30)))
            bad = 1 - ndtr((np.log(quiet.marks) - truth) / 0.5)
        else:
            bad = truth
            events = (rng.random((days, 30)) < bad).astype(np.float64)
            quiet = baseline(worse, 1 - events if worse == "falls" else events)
        rates = limits(quiet, ONE)
        charts.append((rates, bets_for(quiet, rates), bad))
    rates, bets, bad = (np.array(part) for part in zip(*charts, strict=True))
    excess_if_bad = np.log1p(np.einsum("cb,ct->cbt", bets, 1 - rates))
    excess_if_not = np.log1p(-np.einsum("cb,ct->cbt", bets, rates))
    gain, quiet_day = excess_if_bad - excess_if_not, excess_if_not.sum(2)
    evidence, highest = np.zeros_like(bets), np.zeros(len(bets))
    for _ in range(365):
        events = (rng.random(bad.shape) < bad).astype(np.float64)
        evidence = np.minimum((1 + evidence) * np.exp((gain @ events[:, :, None])[:, :, 0] + quiet_day), 1e200)
        highest = np.maximum(highest, evidence.mean(1))
    assert (np.log(highest) >= chart(quiet, ONE).log_threshold).mean() <= 0.05 + 0.015


def test_changes_are_seen_as_soon_as_published() -> None:
    """Known rates, 30 tasks once a day, an evidence of 365: 10, 5 and 2 days after a quiet month."""
    bad = 1 - _pass_rates()
    rng = np.random.default_rng(11)
    for drop, published in ((0.065, 10), (0.131, 5), (0.262, 2)):
        worse = 1 - (1 - bad) * (1 - drop / float(1 - bad.mean()))
        delays = []
        for truth in (np.tile(bad, (400, 1)), np.tile(worse, (400, 1))):
            delays.append(list(simulated(bad, SCORE_BETS, truth, runs=1, days=60, rng=rng)))
        quiet, changed = np.array(delays[0])[29], np.array(delays[1])
        # M after the change is M of a fresh watch plus what was there times the product since: a watch that
        # starts at nothing is the slower one.
        assert np.median(quiet) < 365
        first = np.where((changed >= 365).any(0), (changed >= 365).argmax(0) + 1, 99)
        assert published <= np.median(first) + 1 and np.median(first) <= published + 3


def test_the_table_says_days_before_the_watch_begins() -> None:
    """More tasks and larger drops are seen sooner; what the horizon does not hold has no number of days."""
    lines = detection_table(
        1 - _pass_rates(200), Budget(endpoints=5), tasks=(10, 30), changes=(0.03, 0.131, 0.262), runs=1
    )
    found = {(line.tasks, line.change): line for line in lines}
    assert found[10, 0.03].median_days is None and found[10, 0.03].found < 0.1
    middle = found[30, 0.131]
    assert middle.median_days is not None and middle.days_at_power is not None
    assert 5 <= middle.median_days <= middle.days_at_power <= 16
    few, large = found[10, 0.262].median_days, found[30, 0.262].median_days
    assert few is not None and large is not None
    assert large < few and large < middle.median_days
    assert lines == detection_table(
        1 - _pass_rates(200), Budget(endpoints=5), tasks=(10, 30), changes=(0.03, 0.131, 0.262), runs=1
    )


@pytest.mark.parametrize("worse", ["falls", "rises", "higher", "lower"])
def test_a_state_taken_up_again_alarms_on_the_same_day(worse: str) -> None:
    """Written as JSON and read back every day, the watch says the same; and only once."""
    rng = np.random.default_rng(3)
    draws: dict[str, Callable[[float], Numbers]] = {
        "falls": lambda bad: (rng.random((1, 20)) > bad).astype(float),
        "rises": lambda bad: (rng.random((1, 20)) < bad / 10).astype(float),
        "higher": lambda bad: rng.lognormal(bad, 0.3, (1, 20)),
        "lower": lambda bad: rng.lognormal(-bad, 0.3, (1, 20)),
    }
    draw = draws[worse]
    quiet = baseline(worse, np.concatenate([draw(0.2) for _ in range(20)]))
    kept = Detector(chart=chart(quiet, ONE))
    stored = kept
    for day in range(60):
        values = draw(0.2 if day < 20 else 0.9)
        kept = kept.after(values)
        stored = msgspec.json.decode(msgspec.json.encode(stored), type=Detector).after(values)
    assert stored == kept
    assert kept.alarm_day is not None and 20 < kept.alarm_day < 45


def test_a_fleet_has_one_budget() -> None:
    """More endpoints leave less to each chart: limits and thresholds are further away."""
    quiet = expected_baseline("falls", 1 - _pass_rates(), runs=30)
    alone, fleet = chart(quiet, Budget(charts=1)), chart(quiet, Budget(endpoints=20, charts=5))
    assert Budget(endpoints=20, charts=5).share == pytest.approx(0.0005)
    assert np.mean(fleet.rates) > np.mean(alone.rates) > np.mean(quiet.rates)


def test_perfect_baselines_leave_room_for_a_failure() -> None:
    """A hundred days without a failure do not make the first one an alarm, and a row of them does."""
    state = Detector(chart=chart(baseline("falls", np.ones((10, 10))), ONE))
    state = state.after([0] + [1] * 9)
    assert state.alarm_day is None
    for _ in range(30):
        state = state.after([0] * 5 + [1] * 5)
    assert state.alarm_day is not None


REFUSED = [
    ("sideways", [[1.0], [1.0]], "is one of falls"),
    ("falls", [[1.0]], "two runs of every task"),
    ("falls", [[1.0, np.nan], [0.0, 1.0]], "two runs of every task"),
    ("rises", [[2.0], [0.0]], "between 0 and 1"),
    ("higher", [[-1.0], [0.0]], "not negative"),
]


@pytest.mark.parametrize(("worse", "days", "said"), REFUSED)
def test_what_is_no_baseline_is_refused(worse: str, days: list[list[float]], said: str) -> None:
    """In one line that says what was wanted."""
    with pytest.raises(ValueError, match=said):
        baseline(worse, days)


def test_impossible_plans_are_refused() -> None:
    """A budget that is none, a day of another number of tasks, a table of nothing."""
    with pytest.raises(ValueError, match="probability"):
        chart(expected_baseline("falls", [0.3], runs=9), Budget(false_alarms=0))
    with pytest.raises(ValueError, match="column for each"):
        baseline("falls", np.ones((3, 4))).events([1, 1])
    with pytest.raises(ValueError, match="a task and a day"):
        detection_table([0.3], ONE, tasks=(0,))
    with pytest.raises(ValueError, match="known rates"):
        detection_table([], ONE)
    with pytest.raises(ValueError, match="for the worse"):
        detection_table([0.3], ONE, changes=(-0.1,))
    with pytest.raises(ValueError, match="needs rates"):
        expected_baseline("falls", [], runs=9)
