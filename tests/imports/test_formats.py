"""Each tool's files become the trials that are in them, traps included, and every command works on them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from foreign_files import FORMS, Form, Trial

from assay.exchange.imports import FORMATS
from assay.store.journal import RunFolder

Assay = Callable[..., Any]
IDS = [f"{form.tool}-{n}" for n, form in enumerate(FORMS)]


def test_every_format_is_tried() -> None:
    """A reader without an example here would be untested."""
    assert {form.tool for form in FORMS} | {"csv", "parquet"} == set(FORMATS)


@pytest.mark.parametrize("form", FORMS, ids=IDS)
def test_the_trials_are_those_of_the_files(form: Form, assay: Assay, tmp_path: Path) -> None:
    """Model, suite, task, sample, status and score of each trial, and what has to be said about them."""
    said = assay("import", form.tool, form.write(tmp_path / "theirs"), "--name", "in")
    assert said.code == 0, said.err
    found = [
        Trial(one.model, one.suite, one.task_id, one.sample, one.status.value, one.score)
        for one in RunFolder(tmp_path / "runs" / "in").decisions()
    ]
    assert sorted(found, key=str) == sorted(form.trials, key=str)
    for part in form.notes:
        assert part in said.err


@pytest.mark.parametrize("form", FORMS, ids=IDS)
def test_every_command_works_on_an_import(form: Form, assay: Assay, tmp_path: Path) -> None:
    """Boards, reports, single trials, SQL and lists read it; what cannot be done with it is one line."""
    assay("import", form.tool, form.write(tmp_path / "theirs"), "--name", "in")
    first = form.trials[0]
    board = json.loads(assay("board", "in", "--json").out)
    assert {line["model"] for line in board["standings"]} == {one.model for one in form.trials}
    assert any("could not be checked" in note for note in board["notes"])
    assert assay("report", "in").code == 0
    assert first.model in assay("show", "in", first.task_id).out
    assert first.suite in assay("sql", "select distinct suite from trials", "--csv").out
    assert '"{""passed"":1,' in assay("sql", "select {'passed': 1, 'failed': 0} as tests", "--csv").out
    assert "imported from" in assay("runs").out
    for refused in (("run", "--resume", "in"), ("verify", "in")):
        said = assay(*refused)
        assert said.code == 2
        assert said.err.count("\n") == 1


def test_an_aggregate_stands_for_its_tasks(assay: Assay, tmp_path: Path) -> None:
    """A score over 500 tasks has the interval of 500 trials, counts as so many, and gives no pass@k."""
    form = next(form for form in FORMS if form.tool == "lm-eval")
    assay("import", "lm-eval", form.write(tmp_path / "theirs"), "--name", "in")
    lines = json.loads(assay("board", "in", "--json").out)["standings"]
    whole = next(line for line in lines if line["suite"] == "mbpp")
    assert (whole["tasks"], whole["judged"], whole["passed"], whole["accuracy"]) == (500, 500, 125, 0.25)
    assert 0.21 < whole["ci_low"] < 0.25 < whole["ci_high"] < 0.30
    assert whole["pass_at"] == {}


def test_what_a_tool_tells_of_a_call_is_kept(assay: Assay, tmp_path: Path) -> None:
    """Prompt, tokens, time and settings come along; what was cached or never counted is unknown, not 0."""
    form = next(form for form in FORMS if form.tool == "inspect")
    assay("import", "inspect", form.write(tmp_path / "theirs"), "--name", "in")
    folder = RunFolder(tmp_path / "runs" / "in")
    first = next(folder.decisions())
    assert (first.completion, first.latency, first.served_model, first.finish_reason) == ("it", 1.5, "m-1", "stop")
    assert (first.usage.input, first.usage.output, first.usage.cache_read) == (7, 2, 3)
    assert (first.cost_usd, first.cost_source) == (None, "unknown")
    assert first.prompt_hash
    assert first.task_hash == ""
    assert folder.plan.entrants[0].sampling.temperature == 0.5
    assert "── Prompt ──\nSay it." in assay("show", "in", "HumanEval/0").out
    cached = next(form for form in FORMS if form.tool == "promptfoo")
    assay("import", "promptfoo", cached.write(tmp_path / "more"), "--name", "cached")
    fresh, again, *_ = RunFolder(tmp_path / "runs" / "cached").decisions()
    assert (fresh.latency, fresh.cost_usd) == (0.02, 0.01)
    assert (again.latency, again.cost_usd, again.usage.input) == (None, None, None)


@pytest.mark.parametrize("name", ["results_*.json", "samples_*.jsonl"])
def test_one_file_of_lm_eval_brings_the_other(name: str, assay: Assay, tmp_path: Path) -> None:
    """Results name the samples beside them, and samples the results: either file gives the same trials."""
    form = next(form for form in FORMS if form.tool == "lm-eval")
    (file,) = form.write(tmp_path / "theirs").rglob(name)
    assert assay("import", "lm-eval", file, "--name", "in").code == 0
    found = {(one.model, one.suite, one.task_id) for one in RunFolder(tmp_path / "runs/in").decisions()}
    assert found == {(one.model, one.suite, one.task_id) for one in form.trials}


def test_evalplus_of_earlier_days(assay: Assay, tmp_path: Path) -> None:
    """Its old result files, lists of (status, details) for base and plus, read the same."""
    old = {
        "nfiles": 1,
        "base": [["success", [True]], ["timed out", []]],
        "plus": [["failed", [False]], ["success", []]],
    }
    (tmp_path / "m_eval_results.json").write_text(json.dumps({"date": "", "hash": "", "eval": {"HumanEval/0": old}}))
    said = assay("import", "evalplus", tmp_path / "m_eval_results.json", "--name", "in")
    assert "no released version" in said.err
    found = [(one.suite, one.sample, one.status.value) for one in RunFolder(tmp_path / "runs/in").decisions()]
    base, plus = "humaneval+ (base tests)", "humaneval+"
    assert found == [(base, 0, "passed"), (plus, 0, "failed"), (base, 1, "exceeded"), (plus, 1, "exceeded")]


def test_imports_stand_beside_runs_of_other_tools(assay: Assay, tmp_path: Path) -> None:
    """The same benchmark under two tools' names is one suite with the same task ids."""
    for tool in ("inspect", "lm-eval"):
        form = next(form for form in FORMS if form.tool == tool)
        assay("import", tool, form.write(tmp_path / tool), "--name", tool)
    query = (
        "select task_id from trials where suite = 'humaneval' group by all having count(distinct run) = 2 order by all"
    )
    assert assay("sql", query, "--csv").out.split() == ["task_id", "HumanEval/0", "HumanEval/1"]
