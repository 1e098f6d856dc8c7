"""The HTML report: what is in it, that it stays small, and that model output is never markup."""

from __future__ import annotations

import base64
import gzip
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from browser_pages import opened

from assay.core.messages import Usage
from assay.reports.embedded import embed
from assay.reports.html import html_report
from assay.reports.pictures.drawing import can_draw, library
from assay.reports.trials import newest_unsolved
from assay.reports.written import read_report, write_form
from assay.store.journal import FileJournal, RunFolder
from synthetic_runs import decision, failed, lost, make_plan, make_run

EVIL = '</script><img src=x onerror="window.hacked=1"><script>window.hacked=1</script>{{ 7*7 }}<b>bold</b>'


def report_of(folder: RunFolder) -> str:
    """The page without the library that draws, which holds tags and the names of XML's name spaces."""
    report = read_report([folder])
    page = html_report([folder], report.summary, report.gallery)
    return page.replace(library(), "") if can_draw() else page


def evil_run(root: Path) -> RunFolder:
    """A run in which every string that comes from outside is hostile."""
    plan = make_plan(models=(EVIL, "reference"), tasks=4)
    plan = msgspec.structs.replace(plan, run_id=f"run {EVIL}", command=EVIL, machine={"cpu": EVIL})
    folder = RunFolder.create(root / "evil", plan)
    hostile = failed(
        completion=f"```html\n{EVIL}\n```",
        reason=EVIL,
        detail={"call": EVIL, "expected": EVIL, "got": EVIL, "log": EVIL},
    )
    with FileJournal(folder) as journal:
        for task in plan.suites[0].tasks:
            journal.decide(decision(plan, model=EVIL, task=task, **hostile))
            journal.decide(decision(plan, model="reference", task=task))
    return folder


def unpacked(page: str, name: str) -> Any:
    found = re.search(rf'<script type="text/plain" id="{name}">([^<]*)</script>', page)
    assert found is not None
    return msgspec.json.decode(gzip.decompress(base64.b64decode(found[1])))


def test_it_holds_each_unsolved_trial_whole(tmp_path: Path) -> None:
    """Prompt, answer, failing case and log of every trial that was wrong or lost."""
    plan = make_plan(tasks=30)
    folder = make_run(tmp_path, plan, chance=0.5)
    with FileJournal(folder) as journal:
        journal.decide(decision(plan, model="alpha", task=plan.suites[0].tasks[0], sample=0, revision=1, **lost()))
    page = report_of(folder)
    index = unpacked(page, "index")
    wrong = [one for one in folder.latest().values() if not one.passed]
    assert {(row[0], row[1]) for row in index} == {(one.model, one.task_id) for one in wrong}
    assert index[0][5:8] == ["provider_error", 0, 1]
    some = index[5]
    chunk = unpacked(page, f"chunk-{some[9]}")
    trial = chunk["trials"][some[10]]
    assert trial["case"] == [["call", "parse('1,2')"], ["expected", "3"], ["got", "4"]]
    assert trial["log"] == "Traceback: nothing to see"
    assert "def parse" in trial["answer"]
    assert chunk["prompts"][trial["prompt"]] == f"Please solve {some[1]}."


def test_it_needs_nothing_from_outside(tmp_path: Path) -> None:
    """No address, no foreign file; a policy that lets only its own scripts run, and nothing be evaluated."""
    page = report_of(make_run(tmp_path, make_plan(tasks=8)))
    assert not re.search(r"""(src|href)=|@import|url\(|https?:""", page)
    assert "default-src 'none'" in page
    policy = re.search(r"script-src ([^;]*);", page)
    assert policy is not None
    assert re.fullmatch(r"'sha256-[^']{44}'( 'sha256-[^']{44}')?", policy[1])


def test_hostile_text_is_never_markup(tmp_path: Path) -> None:
    """Whatever a model, a task or a run is called and answers, the page has its own tags only."""
    folder = evil_run(tmp_path)
    page = report_of(folder)
    assert "<img" not in page
    assert 'onerror="' not in page
    assert "{{ 7*7 }}" in page
    plain = report_of(make_run(tmp_path, make_plan(models=("a", "reference"), tasks=4), chance=0))
    assert page.count("<script") == plain.count("<script")


@pytest.mark.parametrize(
    ("unmeasured", "said"), [(("beta",), "1 of 2 have nothing"), (("alpha", "beta"), "Nothing is")]
)
def test_who_has_no_price_and_no_time_fills_no_table(tmp_path: Path, unmeasured: tuple[str, ...], said: str) -> None:
    """As on imported boards: a line says how many there are."""
    plan = make_plan(tasks=4)
    folder = RunFolder.create(tmp_path / "run", plan)
    nothing: dict[str, Any] = {
        "cost_usd": None, "cost_source": "unknown", "latency": None, "ttft": None, "usage": Usage(input=None, output=None),
    }  # fmt: skip
    with FileJournal(folder) as journal:
        for task in plan.suites[0].tasks:
            for model in ("alpha", "beta"):
                more = nothing if model in unmeasured else {}
                journal.decide(decision(plan, model=model, task=task, **more))
    page = report_of(folder)
    assert f"{said} known of prices, tokens and times." in page
    assert ("<th>per solved</th>" in page) == (len(unmeasured) == 1)


def test_it_stays_small_and_says_what_was_cut(tmp_path: Path) -> None:
    """Newest first up to the limit; long answers end in a line that says so."""
    folder = make_run(tmp_path, make_plan(models=("alpha",), tasks=100), chance=0, calls=False)
    all_of_them = embed(folder)
    assert (all_of_them.trials, all_of_them.whole) == (100, True)
    few = embed(folder, most_trials=60)
    assert (few.trials, few.whole) == (60, False)
    small = embed(folder, most_bytes=len(all_of_them.chunks[0]) + 3000)
    assert (small.trials, small.whole) == (40, False)
    with FileJournal(folder) as journal:
        one = decision(folder.plan, model="alpha", task=folder.plan.suites[0].tasks[0])
        journal.decide(msgspec.structs.replace(one, **failed(completion="word " * 100_000)))
    newest = unpacked(report_of(folder), "chunk-0")["trials"][0]
    assert newest["answer"].endswith("more characters are in the run's record)")
    assert len(newest["answer"]) < 70_000


def test_unsolved_trials_are_read_from_the_end(tmp_path: Path) -> None:
    """Newest first; what a later line made right is not among them; a torn tail is not read."""
    folder = make_run(tmp_path, make_plan(models=("alpha",), tasks=6), chance=0, calls=False)
    ids = [one.task_id for one in folder.decisions()]
    with FileJournal(folder) as journal:
        journal.decide(decision(folder.plan, model="alpha", task=folder.plan.suites[0].tasks[2]))
    with folder.trials.open("ab") as file:
        file.write(b'{"torn')
    found = newest_unsolved(folder, limit=10)
    assert [one.task_id for one in found.trials] == [name for name in reversed(ids) if name != ids[2]]
    assert found.whole
    assert not newest_unsolved(RunFolder(tmp_path / "nothing"), limit=10).trials


def test_in_a_browser_hostile_text_runs_nothing(tmp_path: Path) -> None:
    """Chromium opens the page from disk with the network off: trials open, filters work, no alarm."""
    path = write_form(read_report([evil_run(tmp_path)]), "html")[0]
    with opened(path) as (page, said):
        page.wait_for_selector("details.trial")
        assert page.locator("details.trial").count() == 4
        page.locator("details.trial summary").first.click()
        page.wait_for_selector("details.trial .inside pre")
        assert EVIL in page.locator("details.trial").first.inner_text()
        page.get_by_label("language").select_option("go")
        assert page.locator("details.trial").count() == 1
        assert page.locator("img").count() == 0
        assert page.evaluate("window.hacked") is None
        assert said == []
