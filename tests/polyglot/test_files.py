"""Aider's result folders: read as answers, and written so that they can be read back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from exercises import RIGHT, WRONG, write_exercise

from assay.core.errors import UserError
from assay.core.messages import Usage
from assay.core.task import Suite
from assay.core.trial import Decision, Status
from assay.exchange.answers import reader_of
from assay.exchange.results import writer_of
from assay.suites import load

RESULTS = ".aider.results.json"


@pytest.fixture
def suite(tmp_path: Path) -> Suite:
    for name in ("python/twice", "python/thrice", "go/twice"):
        write_exercise(tmp_path / "checkout", name)
    return load("aider-polyglot:diff", data=tmp_path / "checkout")


def finished(run: Path, name: str, said: str, answer: str = RIGHT) -> Path:
    """An exercise as Aider leaves it, with what its tools made."""
    more = {"new.py": "N = 1\n", "twice_test.py": "changed\n", ".aider.chat.history.md": "…", "__pycache____x.pyc": ""}
    folder = write_exercise(run, name, **more)
    (folder / "twice.py").write_text(answer)
    (folder / "target").mkdir()
    (folder / "target" / "built").write_bytes(b"\xff")
    (folder / RESULTS).write_text(said)
    return folder


def test_a_run_is_read(suite: Suite, tmp_path: Path) -> None:
    """Edited and new files are the answer; tests are the suite's, and what was not finished is missing."""
    run = tmp_path / "2026-01-01--x"
    finished(run, "python/twice", json.dumps({"tests_outcomes": [False, True]}))
    finished(run, "go/twice", json.dumps({"exception": "…"}), WRONG)
    write_exercise(run, "python/thrice")
    found = reader_of("aider-polyglot:diff")(run, suite)
    first, second = sorted(found.answers, key=lambda one: one.task_id)
    assert (first.task_id, first.files["twice.py"], first.passed) == ("go/twice", WRONG, False)
    assert (second.task_id, second.passed) == ("python/twice", True)
    assert second.files == {"new.py": "N = 1\n", "twice.py": RIGHT}
    assert second.completion == RIGHT
    assert "1 of 3 tasks have no answer" in found.notes[0]


FAULTS = [
    ('{"tests_outcome": [true]}', "“tests_outcome” has to be called “tests_outcomes”"),
    ('{"tests_outcomes": 1}', "no list of true and false"),
    ('{"tests_outcomes": [tr', "cannot be read"),
    ("[NaN]", "cannot be read"),
]


@pytest.mark.parametrize(("said", "fault"), FAULTS)
def test_faults_of_a_run_are_named(suite: Suite, tmp_path: Path, said: str, fault: str) -> None:
    """Never a number from half a file."""
    finished(tmp_path / "run", "python/twice", said)
    with pytest.raises(UserError, match=fault) as raised:
        reader_of("aider-polyglot")(tmp_path / "run", suite)
    assert "python/twice" in str(raised.value)


def test_other_folders_are_refused(suite: Suite, tmp_path: Path) -> None:
    """A folder of runs names them; an unknown exercise, bytes that are no text, and nothing at all are said."""
    read = reader_of("aider-polyglot")
    finished(tmp_path / "runs" / "one", "python/twice", json.dumps({"tests_outcomes": [True]}))
    with pytest.raises(UserError, match="give one of the runs in it: one"):
        read(tmp_path / "runs", suite)
    with pytest.raises(UserError, match="no folder"):
        read(tmp_path / "nowhere", suite)
    folder = finished(tmp_path / "other", "python/twiec", json.dumps({"tests_outcomes": [True]}))
    with pytest.raises(UserError, match="no task “python/twiec”; did you mean “python/twice”"):
        read(tmp_path / "other", suite)
    folder.rename(folder.with_name("twice"))
    (folder.with_name("twice") / "twice.py").write_bytes(b"\xff\xfe")
    with pytest.raises(UserError, match="python/twice: a file is not UTF-8"):
        read(tmp_path / "other", suite)


def decided(task_id: str, passed: bool | None, facts: dict[str, Any], sample: int = 0) -> Decision:
    return Decision(
        model="m", task_id=task_id, completion="", passed=passed, latency=1.0, trial_id=f"{task_id} {sample}",
        entrant_hash="", model_id="m", provider="", solver="two_tries", protocol="", suite="aider-polyglot:diff",
        version="", sample=sample, status=Status.PASSED if passed else Status.FAILED,
        score=None if passed is None else float(passed), elapsed=2.0, cost_usd=0.5, usage=Usage(input=10, output=5),
        started_at=1_700_000_000.0, detail={"solver": facts} if facts else None,
    )  # fmt: skip


def test_results_are_written_as_aider_s_tools_read_them(suite: Suite, tmp_path: Path) -> None:
    """A file per exercise where they look for it, and the leaderboard's figures."""
    facts = {"tests_outcomes": [False, True], "num_malformed_responses": 2, "edit_format": "diff", "test_timeouts": 1}
    decisions = [decided("python/twice", True, facts), decided("go/twice", False, {"tests_outcomes": [False, False]}),
                 decided("python/thrice", None, {})]  # fmt: skip
    write = writer_of("aider-polyglot:diff")
    assert write is not None
    run, summed = write(tmp_path, "m", suite, decisions)
    one = json.loads((run / "python/exercises/practice/twice" / RESULTS).read_text())
    assert one["tests_outcomes"] == [False, True]
    assert (one["testcase"], one["edit_format"], one["cost"], one["prompt_tokens"]) == ("twice", "diff", 0.5, 10)
    assert not (run / "python/exercises/practice/thrice").exists()
    (said,) = yaml.safe_load(summed.read_text())
    wanted = {"test_cases": 2, "pass_rate_1": 0.0, "pass_rate_2": 50.0, "pass_num_2": 1, "total_tests": 3,
              "percent_cases_well_formed": 50.0, "num_malformed_responses": 2, "num_with_malformed_responses": 1,
              "test_timeouts": 1, "seconds_per_case": 2.0, "total_cost": 1.0, "edit_format": "diff"}  # fmt: skip
    assert {key: said[key] for key in wanted} == wanted


def test_each_sample_is_a_run(suite: Suite, tmp_path: Path) -> None:
    """Aider knows no samples; answers without a count of tries had one."""
    write = writer_of("aider-polyglot")
    assert write is not None
    written = write(tmp_path, "m", suite, [decided("go/twice", True, {}, sample) for sample in (0, 1)])
    assert [path.name for path in written] == ["m--0", "m--0.yml", "m--1", "m--1.yml"]
    one = json.loads((tmp_path / "m--1/go/exercises/practice/twice" / RESULTS).read_text())
    assert (one["tests_outcomes"], one["edit_format"]) == ([True], "diff")
