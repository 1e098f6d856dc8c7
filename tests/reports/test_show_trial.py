"""`assay show`: one trial in full, and what is kept back until asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from assay.core.errors import UserError
from assay.reports.show import show_trial
from assay.store.journal import FileJournal
from synthetic_runs import decision, failed, make_plan, make_run, record_calls


def test_it_shows_everything_about_one_trial(tmp_path: Path) -> None:
    """Prompt, reply, code taken, cost, timings and calls."""
    folder = make_run(tmp_path, make_plan(tasks=4), chance=0)
    text = show_trial(folder, "go/task-1", model="beta")
    for part in ("go/task-1 · beta · sample 0", "Please solve go/task-1.", "```python", "def parse(text): return int",
                 "failed: case 2\n", "got: 4", "$0.002", "answered turn 0", "Traceback: nothing to see"):  # fmt: skip
        assert part in text


def test_nothing_that_a_model_wrote_steers_the_terminal(tmp_path: Path) -> None:
    """Escape sequences (a title, the clipboard), carriage returns and turned words are written out; lines stay."""
    folder = make_run(tmp_path, plan := make_plan(models=("alpha",), tasks=1), chance=0)
    said = "one\r\ntwo\tthree \x1b]52;c;aGVsbG8=\x07 \x9b31m \u202ekcab \rover \x7f é 模型"
    again = failed(completion=said, revision=1, because="regraded", detail={"log": "\x1b[2J"})
    with FileJournal(folder) as journal:
        journal.decide(decision(plan, model="alpha", task=plan.suites[0].tasks[0], **again))
    text = show_trial(folder, plan.suites[0].tasks[0].id)
    assert all(c.isprintable() or c in "\n\t" for c in text)
    assert "one\ntwo\tthree \\u001b]52;c;aGVsbG8=\\u0007 \\u009b31m \\u202ekcab \\rover \\u007f é 模型" in text


def test_hidden_things_need_to_be_asked_for(tmp_path: Path) -> None:
    """The hidden case and the stored solution are shown with `reveal` only."""
    folder = make_run(tmp_path, make_plan(tasks=4), chance=0)
    closed, open_ = show_trial(folder, "go/task-1"), show_trial(folder, "go/task-1", reveal=True)
    assert "parse('1,2')" not in closed
    assert "THE STORED SOLUTION" not in closed
    assert "expected 3" not in closed
    assert "--reveal" in closed
    assert "failed: case 2: expected 3, got 4" in open_
    assert "call: parse('1,2')" in open_
    assert "THE STORED SOLUTION" in open_


def test_by_default_what_failed_is_shown(tmp_path: Path) -> None:
    """Of several samples, the first that was not solved."""
    plan = make_plan(models=("alpha",), tasks=1, samples=3)
    folder = make_run(tmp_path, plan, chance=1)
    task = plan.suites[0].tasks[0]
    with FileJournal(folder) as journal:
        one = decision(plan, model="alpha", task=task, sample=1, revision=1, because="regraded", **failed())
        record_calls(journal, one, failures=1)
        journal.decide(one)
    text = show_trial(folder, task.id)
    assert "sample 1" in text
    assert "revision 1: regraded" in text
    assert "cut_stream" in text
    assert "sample 2" in show_trial(folder, task.id, sample=2)


def test_what_is_not_there_is_said_with_what_is(tmp_path: Path) -> None:
    """A wrong task, model or sample is one line with the nearest right one."""
    folder = make_run(tmp_path, make_plan(tasks=4))
    with pytest.raises(UserError, match="did you mean go/task-1"):
        show_trial(folder, "go/task1")
    with pytest.raises(UserError, match="alpha, beta"):
        show_trial(folder, "go/task-1", model="gamma")
    with pytest.raises(UserError, match="no sample 9"):
        show_trial(folder, "go/task-1", sample=9)
