"""Variant 0 against others: the gap by hand, and what is said of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest

from assay.reports.board import board_text
from assay.reports.markdown import markdown
from assay.reports.standing import Summary
from assay.reports.summary import summarise
from assay.stats.paired import mcnemar_mid_p, tango
from assay.store.journal import FileJournal, RunFolder
from assay.store.tables import Tables
from synthetic_runs import decision, failed, make_plan


def run(root: Path, name: str, variant: int, solved: dict[str, Sequence[int]], *, tasks: int = 40) -> RunFolder:
    """A run in which each model solves the tasks with these numbers."""
    plan = make_plan(models=tuple(solved), tasks=tasks, run_id=name)
    entrants = tuple(msgspec.structs.replace(one, model_id=one.name) for one in plan.entrants)
    plan = msgspec.structs.replace(plan, variant=variant, entrants=entrants)
    folder = RunFolder.create(root / name, plan)
    journal = FileJournal(folder)
    for model, right in solved.items():
        for number, task in enumerate(plan.suites[0].tasks):
            more = {} if number in right else failed()
            one = decision(plan, model=model, task=task, **more)
            journal.decide(msgspec.structs.replace(one, variant=variant, trial_id=f"{one.trial_id}-{variant}"))
    journal.close()
    return folder


def summary_of(*folders: RunFolder) -> Summary:
    with Tables(folders) as tables:
        return summarise(tables)


def test_a_gap_is_paired_by_task(tmp_path: Path) -> None:
    """Difference, interval and p are those of the tasks that only one of the two runs solved."""
    zero = run(tmp_path, "zero", 0, {"alpha": range(30)})
    seven = run(tmp_path, "seven", 7, {"alpha": [*range(17), 38]})
    (gap,) = summary_of(zero, seven).gaps
    assert (gap.model, gap.runs, gap.others, gap.variants, gap.tasks) == ("alpha", ("zero",), ("seven",), (7,), 40)
    assert (gap.first, gap.second, gap.difference) == pytest.approx((30 / 40, 18 / 40, 12 / 40))
    low, high = tango(13, 1, 40)
    assert (gap.low, gap.high) == pytest.approx((float(low), float(high)))
    assert gap.p == pytest.approx(float(mcnemar_mid_p(13, 1)))
    assert gap.beyond_chance


def test_several_variants_count_together(tmp_path: Path) -> None:
    """Their scores are averaged task by task, on the tasks that both sides were judged on."""
    zero = run(tmp_path, "zero", 0, {"alpha": range(10)}, tasks=20)
    one = run(tmp_path, "one", 1, {"alpha": range(10)}, tasks=12)
    two = run(tmp_path, "two", 2, {"alpha": range(5)}, tasks=12)
    (gap,) = summary_of(zero, one, two).gaps
    assert (gap.variants, gap.tasks) == ((1, 2), 12)
    assert (gap.first, gap.second) == pytest.approx((10 / 12, 7.5 / 12))


def test_several_models_are_corrected_for(tmp_path: Path) -> None:
    """By Holm: the smaller of two p values counts double."""
    zero = run(tmp_path, "zero", 0, {"alpha": range(30), "beta": range(20)})
    seven = run(tmp_path, "seven", 7, {"alpha": range(20), "beta": range(1, 21)})
    alpha, beta = summary_of(zero, seven).gaps
    assert alpha.p == pytest.approx(2 * float(mcnemar_mid_p(10, 0)))
    assert (beta.p, beta.beyond_chance) == (1.0, False)


def test_what_is_no_gap(tmp_path: Path) -> None:
    """Runs of one variant, models with other settings, what is built in, and what another judge judged."""
    zero = run(tmp_path, "zero", 0, {"alpha": range(30), "reference": range(40)})
    again = run(tmp_path, "again", 0, {"alpha": range(20)})
    other = run(tmp_path, "other", 3, {"beta": range(20), "reference": range(40)})
    assert summary_of(zero, again).gaps == ()
    assert summary_of(zero, other).gaps == ()
    elsewhere = run(tmp_path, "elsewhere", 4, {"alpha": range(10)})
    assert len(summary_of(zero, elsewhere).gaps) == 1
    suite = msgspec.structs.replace(elsewhere.plan.suites[0], protocol="core/2")
    elsewhere.replace_plan(msgspec.structs.replace(elsewhere.plan, suites=(suite,)))
    assert summary_of(zero, RunFolder(elsewhere.path)).gaps == ()


def test_what_is_said(tmp_path: Path) -> None:
    """Board and document have a line for each model, and say what a gap would mean."""
    zero = run(tmp_path, "zero", 0, {"alpha": range(30), "beta": range(20)})
    seven = run(tmp_path, "seven", 7, {"alpha": range(17), "beta": range(1, 21)})
    summary = summary_of(zero, seven)
    text = " ".join(board_text(summary).split())
    alpha = "alpha on core, variant 0 less variant 7: +32.5 points (+"
    assert f"{alpha}" in text
    assert "75.0 % against 42.5 % on 40 common tasks; larger than chance (p = 0.00024)" in text
    assert "beta on core, variant 0 less variant 7: 0.0 points (−" in text
    assert "on 40 common tasks; not larger than chance (p = 1.00)" in text
    assert "A gap above 0 that is larger than chance at 95 %, corrected for 2 models:" in text
    assert "## Variants" in markdown(summary)
    assert "Variants" not in markdown(summary_of(zero))
