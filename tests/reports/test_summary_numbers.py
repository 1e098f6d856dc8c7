"""Standings: every number of results.csv against a count by hand."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from assay.catalog.prices import Prices
from assay.core.entrant import Price
from assay.core.trial import CallEvent
from assay.reports.board import bar, board_text
from assay.reports.html import html_report
from assay.reports.repricing import reprice
from assay.reports.results_csv import results_csv, slices_csv, write_csv
from assay.reports.standing import Standing, Summary
from assay.reports.summary import summarise
from assay.stats.binomial import Limits, clopper_pearson, jeffreys, wilson
from assay.stats.bounds import Bounds
from assay.stats.effective import interval
from assay.stats.estimands import Estimand
from assay.store.journal import FileJournal, RunFolder
from assay.store.tables import Tables
from synthetic_runs import decision, failed, lost, make_plan, make_run, record_calls


def summary_of(*folders: RunFolder) -> Summary:
    with Tables(folders) as tables:
        return summarise(tables)


def standing(summary: Summary, model: str) -> Standing:
    return next(one for one in summary.standings if one.model == model)


def test_one_sample_per_task(tmp_path: Path) -> None:
    """Passed, judged and accuracy are counts; the interval is Wilson's; the slices add up to the whole."""
    folder = make_run(tmp_path, make_plan(tasks=40))
    summary = summary_of(folder)
    for model in ("alpha", "beta"):
        mine = [one for one in folder.decisions() if one.model == model]
        solved = sum(bool(one.passed) for one in mine)
        one = standing(summary, model)
        assert (one.passed, one.judged, one.trials, one.tasks, one.missing) == (solved, 40, 40, 40, 0)
        assert one.accuracy == solved / 40
        low, high = wilson(solved, 40)
        assert (one.ci_low, one.ci_high) == pytest.approx((float(low), float(high)))
        assert (one.worst, one.best) == (one.accuracy, one.accuracy)
        for by in ("language", "category"):
            slices = [part for part in summary.slices if (part.model, part.slice) == (model, by)]
            assert sum(part.passed for part in slices) == solved
            assert sum(part.tasks for part in slices) == 40
            assert sum(part.cost_usd or 0 for part in slices) == pytest.approx(one.cost_usd)


def test_repeated_samples_are_clustered_by_task(tmp_path: Path) -> None:
    """Five runs of a task are five looks at one task; pass@5 has them all."""
    folder = make_run(tmp_path, make_plan(models=("alpha",), tasks=12, samples=5), chance=0.5)
    one = standing(summary_of(folder), "alpha")
    by_task: dict[str, list[float]] = {}
    for decided in folder.decisions():
        by_task.setdefault(decided.task_id, []).append(decided.score or 0.0)
    expected = interval([sum(scores) / 5 for scores in by_task.values()], runs=5)
    assert (one.accuracy, one.ci_low, one.ci_high) == pytest.approx(expected[:3])
    assert sorted(one.pass_at) == [1, 5]
    assert one.pass_at[5].value == sum(max(scores) for scores in by_task.values()) / 12


def test_missing_trials_widen_the_range_and_never_the_score(tmp_path: Path) -> None:
    """A dead endpoint leaves accuracy over what was judged, with worst and best beside it."""
    plan = make_plan(models=("alpha",), tasks=10)
    folder = RunFolder.create(tmp_path / "run", plan)
    with FileJournal(folder) as journal:
        for number, task in enumerate(plan.suites[0].tasks):
            more = lost() if number < 2 else failed() if number < 4 else {}
            journal.decide(decision(plan, model="alpha", task=task, **more))
    one = standing(summary_of(folder), "alpha")
    assert (one.judged, one.missing, one.missing_by) == (8, 2, {"provider_error": 2})
    assert (one.accuracy, one.worst, one.best) == pytest.approx((6 / 8, 6 / 10, 8 / 10))
    assert "2 [60.0–80.0]" in board_text(summary_of(folder))


def test_costs_count_every_call_and_unknown_is_never_zero(tmp_path: Path) -> None:
    """Failed and repeated calls are paid for; one call of unknown cost leaves the sum empty."""
    plan = make_plan(models=("alpha", "beta"), tasks=3)
    folder = RunFolder.create(tmp_path / "run", plan)
    with FileJournal(folder) as journal:
        for number, task in enumerate(plan.suites[0].tasks):
            for model in ("alpha", "beta"):
                one = decision(plan, model=model, task=task, **(failed() if number == 0 else {}))
                unknown = model == "beta" and number == 1
                record_calls(journal, one, failures=2 if number == 2 else 0, cost=None if unknown else 0.01)
                journal.decide(one)
    summary = summary_of(folder)
    alpha, beta = standing(summary, "alpha"), standing(summary, "beta")
    assert alpha.cost_usd == pytest.approx(0.05)
    assert alpha.cost_per_solved == pytest.approx(0.025)
    assert alpha.cost_per_1k_tokens == pytest.approx(1000 * 0.05 / (5 * 150))
    assert (alpha.tokens_in, alpha.tokens_out, alpha.cost_source) == (500, 250, "priced")
    assert alpha.solved_per_hour == pytest.approx(3600 * 2 / 5)
    assert (beta.cost_usd, beta.cost_per_solved) == (None, None)
    assert beta.cost_known_usd == pytest.approx(0.04)
    assert beta.cost_source == "priced+unknown"
    row = next(row for row in csv.DictReader(io.StringIO(results_csv(summary))) if row["model"] == "beta")
    assert (row["cost_usd"], row["cost_per_solved"], row["missing"]) == ("", "", "0")


def test_calls_without_an_end_or_a_decision_are_said(tmp_path: Path) -> None:
    """What may have been paid, and what was paid for trials that are not decided, is in the notes."""
    folder = make_run(tmp_path, make_plan(models=("alpha",), tasks=2))
    with FileJournal(folder) as journal:
        sent = CallEvent(call_id="x", trial_id="undecided", event="sent", at=1.0, model="alpha", worst_usd=0.5)
        journal.call(sent)
        journal.call(msgspec.structs.replace(sent, call_id="y"))
        journal.call(msgspec.structs.replace(sent, call_id="y", event="answered", cost_usd=0.3, cost_source="billed"))
    notes = " | ".join(summary_of(folder).notes)
    assert "1 call was sent and never heard of again, so possibly paid: up to $0.5 more" in notes
    assert "1 call belongs to trials that are not decided yet: $0.3" in notes


def test_the_head_names_what_was_left_out(tmp_path: Path) -> None:
    """Unsupported slices, `--limit`, filters, built-in entrants and unfinished runs, each in a line."""
    plan = make_plan(
        models=("alpha", "reference"), tasks=30, limit=20, unsupported={"rust": "cargo was not found"},
        unsupported_tasks=10, filters={"category": "bugfix"},
    )  # fmt: skip
    folder = make_run(tmp_path, plan)
    summary = summary_of(folder)
    assert summary.notes == (
        "core 1 without rust: 30 of 40 tasks; only category bugfix; first 20 of 30 of a committed random order",
        "without rust: cargo was not found",
        "reference: built in to prove tasks and sandbox, not a model",
    )
    assert standing(summary, "reference").built_in
    assert summary.standings[-1].model == "reference"
    assert standing(summary, "alpha").trials == 20
    grown = msgspec.structs.replace(plan, samples=2)
    folder.replace_plan(grown)
    assert any("alpha on core: 20 of 40 trials so far" in note for note in summary_of(folder).notes)


def test_bounties_are_earned_per_task(tmp_path: Path) -> None:
    """Earned is the share solved of each task's dollars; offered is all of them."""
    plan = make_plan(models=("alpha",), tasks=2, samples=2)
    folder = RunFolder.create(tmp_path / "run", plan)
    first, second = plan.suites[0].tasks
    with FileJournal(folder) as journal:
        journal.decide(decision(plan, model="alpha", task=first, sample=0, bounty_usd=1000.0))
        journal.decide(decision(plan, model="alpha", task=first, sample=1, bounty_usd=1000.0, **failed()))
        journal.decide(decision(plan, model="alpha", task=second, sample=0, bounty_usd=50.0))
    one = standing(summary_of(folder), "alpha")
    assert (one.earned_usd, one.offered_usd) == (550.0, 1050.0)


@pytest.mark.parametrize("chance", [0.0, 1.0])
def test_all_right_and_all_wrong_have_intervals(tmp_path: Path, chance: float) -> None:
    """At 0 % and 100 % the board still says how little is known."""
    one = standing(summary_of(make_run(tmp_path, make_plan(tasks=8), chance=chance)), "alpha")
    assert one.accuracy == chance
    assert one.ci_high is not None
    assert one.ci_low is not None
    assert one.ci_high - one.ci_low > 0.3
    assert one.cost_per_solved is None or chance == 1.0


def test_an_empty_run_is_a_board_without_numbers(tmp_path: Path) -> None:
    """Nothing decided, all missing, or no plan: dashes and no error."""
    folder = RunFolder.create(tmp_path / "run", make_plan(tasks=3))
    text = board_text(summary_of(folder))
    assert "0 of 3" in text
    assert "nan" not in text.lower()
    assert results_csv(summary_of(folder)).count("\n") == 3


def test_the_csv_files_have_the_promised_columns(tmp_path: Path) -> None:
    """In the promised order; and written whole."""
    folder = make_run(tmp_path, make_plan(tasks=8))
    summary = summary_of(folder)
    results, slices = write_csv(folder.path, summary)
    header = results.read_text().splitlines()[0]
    assert header.startswith(
        "model,suite,tasks,trials,missing,accuracy,ci_low,ci_high,worst,best,pass_at_1,pass_at_10,latency_mean,"
        "latency_p50,latency_p95,ttft_p50,tokens_in,tokens_out,cost_usd,cost_per_1k_tokens,cost_per_solved,"
        "solved_per_hour,earned_usd,offered_usd"
    )
    assert slices.read_text().splitlines()[0].startswith("model,suite,slice,value,tasks,trials,missing,accuracy")
    rows = list(csv.DictReader(io.StringIO(slices_csv(summary))))
    assert {(row["slice"], row["value"]) for row in rows} >= {("language", "go"), ("category", "bugfix")}


def test_a_name_that_looks_like_a_formula_is_no_formula(tmp_path: Path) -> None:
    """A spreadsheet that opens the CSV runs nothing."""
    folder = make_run(tmp_path, make_plan(models=("=cmd()",), tasks=1))
    assert "'=cmd()" in results_csv(summary_of(folder))


def test_the_board_gives_the_ranks_that_the_data_allow(tmp_path: Path) -> None:
    """It says who may be the best, which is both of two that differ little, and draws each interval to one scale."""
    folder = make_run(tmp_path, make_plan(models=("alpha", "beta", "reference"), tasks=30))
    text = board_text(summary_of(folder))
    assert "May be the best: " in text
    assert "1–2 a" in text
    assert "reference (not a model)" in text
    assert "\x1b" not in text
    assert "●" in text


@pytest.mark.parametrize(
    ("low", "value", "high", "drawn"),
    [
        (0.0, 0.0, 0.3, "●──┤······"), (0.25, 0.5, 0.75, "··├──●─┤··"), (0.7, 1.0, 1.0, "·······├─●"),
        (None, None, None, "··········"),
    ],
)  # fmt: skip
def test_the_bar(low: float | None, value: float | None, high: float | None, drawn: str) -> None:
    """From 0 to 1, ends included."""
    assert bar(low, value, high, width=10) == drawn


def test_several_runs_on_one_board(tmp_path: Path) -> None:
    """Runs that were judged alike share a table, each line under its run's name; others have their own."""
    one = make_run(tmp_path, make_plan(run_id="monday", tasks=4))
    two = make_run(tmp_path, make_plan(run_id="tuesday", tasks=4), seed=9)
    text = board_text(summary_of(one, two))
    assert "(runs monday, tuesday)" in text
    assert "monday:alpha" in text
    plan = make_plan(run_id="other", tasks=4)
    changed = tuple(msgspec.structs.replace(task, task_hash="ff" * 16) for task in plan.suites[0].tasks)
    suites = (msgspec.structs.replace(plan.suites[0], tasks=changed),)
    text = board_text(summary_of(one, make_run(tmp_path, msgspec.structs.replace(plan, suites=suites))))
    assert "(run monday)" in text
    assert "(run other)" in text


def test_damaged_lines_are_named_on_the_board(tmp_path: Path) -> None:
    """Nobody reads a score without knowing that lines were passed over."""
    folder = make_run(tmp_path, make_plan(tasks=2))
    with folder.trials.open("ab") as file:
        file.write(b"not json\n")
    assert "1 line is damaged and passed over: trials.jsonl line 5" in summary_of(folder).notes


def test_scores_stand_with_and_without_flagged_trials(tmp_path: Path) -> None:
    """Two right answers of three carry a flag: 75 % of all four trials, 50 % of the two that nobody need look at."""
    plan = make_plan(models=("alpha",), tasks=4)
    folder = RunFolder.create(tmp_path / "r", plan)
    more: list[dict[str, Any]] = [{"flags": ("early_exit",)}, {"flags": ("network", "early_exit")}, {}, failed()]
    with FileJournal(folder) as journal:
        for task, extra in zip(plan.suites[0].tasks, more, strict=True):
            journal.decide(decision(plan, model="alpha", task=task, **extra))
    summary = summary_of(folder)
    one = standing(summary, "alpha")
    assert (one.accuracy, one.accuracy_unflagged, one.flagged) == (0.75, 0.5, 2)
    assert any("2 trials with a flag" in note and "50.0 % solved without" in note for note in summary.notes)


def test_tests_beside_the_answer_are_said_and_no_doing_of_its(tmp_path: Path) -> None:
    """`in_process` says how the tests had to be run: it is said once for the suite, and counts no trial as flagged."""
    plan = make_plan(models=("alpha",), tasks=4)
    folder = RunFolder.create(tmp_path / "together", plan)
    with FileJournal(folder) as journal:
        for task in plan.suites[0].tasks:
            journal.decide(decision(plan, model="alpha", task=task, flags=("in_process",)))
    summary = summary_of(folder)
    assert standing(summary, "alpha").flagged == 0
    assert [note for note in summary.notes if "share a process" in note] != []


def test_a_suite_that_was_never_compared_is_called_unverified(tmp_path: Path) -> None:
    """The board says so, and says nothing of the kind for the others."""
    plan = make_plan(tasks=3)
    suites = tuple(msgspec.structs.replace(suite, verified=False) for suite in plan.suites)
    folder = make_run(tmp_path, msgspec.structs.replace(plan, suites=suites))
    assert any("unverified" in note for note in summary_of(folder).notes)
    assert not any("unverified" in note for note in summary_of(make_run(tmp_path / "other", plan)).notes)


def test_intervals_answer_the_question_that_is_asked(tmp_path: Path) -> None:
    """Run again, the same tasks scatter less than others like them would; without repeats nobody knows; and once all
    of a benchmark is run, nothing about it is open."""
    twice = make_run(tmp_path, make_plan(run_id="twice", models=("alpha",), tasks=20, samples=4))
    once = make_run(tmp_path, make_plan(run_id="once", models=("alpha",), tasks=20))
    limited = make_run(tmp_path, make_plan(run_id="limited", models=("alpha",), tasks=40, limit=20))

    def limits(folder: RunFolder, about: Estimand) -> tuple[float | None, float | None]:
        with Tables([folder]) as tables:
            one = standing(summarise(tables, about=about), "alpha")
        return one.ci_low, one.ci_high

    def width(folder: RunFolder, about: Estimand) -> float:
        low, high = limits(folder, about)
        assert low is not None
        assert high is not None
        return high - low

    assert width(twice, Estimand.SAME_TASKS) < width(twice, Estimand.TASKS_LIKE_THESE)
    assert limits(once, Estimand.SAME_TASKS) == (None, None)
    assert width(once, Estimand.WHOLE_BENCHMARK) == 0
    assert 0 < width(limited, Estimand.WHOLE_BENCHMARK) < width(limited, Estimand.TASKS_LIKE_THESE)


def test_dollars_earned_have_limits(tmp_path: Path) -> None:
    """A board in dollars says how far apart they could be: a few dear tasks make most of the sum."""
    plan = make_plan(models=("alpha",), tasks=20)
    folder = RunFolder.create(tmp_path / "bounties", plan)
    with FileJournal(folder) as journal:
        for number, task in enumerate(plan.suites[0].tasks):
            more = {} if number % 2 else failed()
            journal.decide(decision(plan, model="alpha", task=task, bounty_usd=1000.0 if number == 1 else 10.0, **more))
    one = standing(summary_of(folder), "alpha")
    assert (one.earned_usd, one.offered_usd) == (1090.0, 1190.0)
    assert one.earned_low_usd is not None
    assert one.earned_high_usd is not None
    assert one.earned_low_usd < 0.5 * 1190 < 1090 <= one.earned_high_usd <= 1190


def test_other_prices_for_the_same_answers(tmp_path: Path) -> None:
    """Each call is priced again from its tokens, failed ones included; a model without a price has an unknown cost."""
    folder = make_run(tmp_path, make_plan(tasks=4))
    with Tables([folder], load=("standings", "replies", "spent")) as tables:
        reprice(tables, Prices(own={"alpha": Price(input=10.0, output=100.0)}))
        summary = summarise(tables)
    calls = len([one for one in folder.calls() if one.event != "sent" and one.model == "alpha"])
    assert standing(summary, "alpha").cost_usd == pytest.approx(calls * (100 * 10 + 50 * 100) / 1e6)
    assert standing(summary, "beta").cost_usd is None


def test_latency_at_the_time_out_is_known_only_to_reach_it(tmp_path: Path) -> None:
    """Where calls were cut off, the upper limit is open, and the board, the page and the table say why."""
    plan = make_plan(models=("alpha",), tasks=40)
    plan = msgspec.structs.replace(plan, entrants=(msgspec.structs.replace(plan.entrants[0], timeout=60.0),))
    folder = RunFolder.create(tmp_path / "capped", plan)
    with FileJournal(folder) as journal:
        for number, task in enumerate(plan.suites[0].tasks):
            journal.decide(decision(plan, model="alpha", task=task, latency=1.0 + number if number < 18 else 60.0))
    summary = summary_of(folder)
    one = standing(summary, "alpha")
    assert (one.latency_p50_capped, one.latency_p50_high) == (True, None)
    assert "the upper limit of its p50 and p95 latency is open (censored)" in board_text(summary)
    assert "∞, censored)" in html_report([folder], summary)


@pytest.mark.parametrize(("limits", "method"), [(Limits.EXACT, clopper_pearson), (Limits.JEFFREYS, jeffreys)])
def test_other_intervals_on_request(tmp_path: Path, limits: Limits, method: Callable[..., Bounds]) -> None:
    """At the same number of trials, and named beside the scores."""
    folder = make_run(tmp_path, make_plan(tasks=40))
    with Tables([folder]) as tables:
        summary = summarise(tables, limits=limits)
    one = standing(summary, "alpha")
    assert (one.ci_low, one.ci_high) == pytest.approx(tuple(map(float, method(one.passed, one.judged))))
    assert f"intervals ({limits})" in board_text(summary)


def test_latency_quantiles_have_limits_where_there_are_trials_enough(tmp_path: Path) -> None:
    """The median of forty has two; the 95th percentile of forty has no upper one; of repeats nothing is said."""
    one = standing(summary_of(make_run(tmp_path, make_plan(run_id="once", tasks=40))), "alpha")
    assert one.latency_p50_low is not None
    assert one.latency_p50 is not None
    assert one.latency_p50_high is not None
    assert one.latency_p50_low < one.latency_p50 < one.latency_p50_high
    assert one.latency_p95_low is not None
    assert one.latency_p95_high is None
    repeated = standing(summary_of(make_run(tmp_path, make_plan(run_id="often", tasks=10, samples=4))), "alpha")
    assert (repeated.latency_p50_low, repeated.latency_p50_high) == (None, None)
