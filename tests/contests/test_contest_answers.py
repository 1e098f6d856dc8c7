"""Contest answers in official forms: read to the letter, refused in words, written back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from contest_data import livecodebench_row, write_rows

from assay.core.errors import UserError
from assay.core.task import Suite
from assay.core.trial import Decision, Status, TestCounts
from assay.exchange.answers import reader_of
from assay.exchange.results import writer_of
from assay.suites import load
from assay.wiring.grading import Grading
from assay.wiring.suites import Wish


@pytest.fixture
def suite(tmp_path: Path) -> Suite:
    rows = [livecodebench_row(name, date=f"2024-0{month}-01") for month, name in enumerate("abc", start=1)]
    return load("livecodebench", data=write_rows(tmp_path / "rows.jsonl", rows))


@pytest.fixture
def apps(tmp_path: Path) -> Suite:
    tests = json.dumps({"inputs": ["1\n"], "outputs": ["1\n"]})
    rows: list[dict[str, Any]] = [{"id": number, "question": "?", "input_output": tests} for number in (0, 2)]
    rows.insert(1, {"id": 1, "question": "?", "input_output": ""})
    return load("apps", data=write_rows(tmp_path / "apps.jsonl", rows))


def read(suite: Suite, tmp_path: Path, content: Any) -> Any:
    path = tmp_path / "answers.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return reader_of(suite.name)(path, suite)


def test_custom_outputs_are_read(suite: Suite, tmp_path: Path) -> None:
    """By question, several codes each, in any order; or as lists in the order of the questions."""
    named = [{"question_id": name, "code_list": [f"print('{name}{sample}')" for sample in range(2)]} for name in "cab"]
    found = read(suite, tmp_path, named)
    assert {(one.task_id, one.sample): one.files["answer.py"] for one in found.answers} == {
        (name, sample): f"print('{name}{sample}')" for name in "abc" for sample in range(2)
    }
    assert not found.notes
    bare = [row["code_list"] for row in sorted(named, key=lambda row: str(row["question_id"]))]
    assert read(suite, tmp_path, bare).answers == tuple(sorted(found.answers, key=lambda one: one.task_id))


def test_results_are_read_with_their_truth(suite: Suite, tmp_path: Path) -> None:
    """A file of results says of each code whether it passed."""
    rows = [{"question_id": "a", "code_list": ["1", "2"], "graded_list": [True, False], "pass@1": 0.5}]
    found = read(suite, tmp_path, rows)
    assert [one.passed for one in found.answers] == [True, False]
    assert found.notes == ("2 of 3 tasks have no answer (b, c); no score counts them",)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"a": ["1"]}, "no list"),
        ('[{"question_id": "a", "code_list": ["1"', "is it written to its end"),
        ("[NaN]", "no JSON"),
        ([], "holds no answers"),
        ([["1"], ["2"]], "2 lists of answers without names"),
        ([{"question_id": "a", "codelist": ["1"]}], "“codelist” has to be called “code_list”"),
        ([{"question": "a", "code_list": ["1"]}], "question_id"),
        ([{"question_id": "aa", "code_list": ["1"]}], "no task “aa”"),
        ([{"question_id": "a", "code_list": "1"}], "has no list code_list"),
        ([{"question_id": "a", "code_list": [None]}], "is no text"),
        ([{"question_id": "a", "code_list": ["1"]}, {"question_id": "a", "code_list": ["2"]}], "a second time"),
        ([{"question_id": "a", "code_list": ["1"]}, "b"], "entry 2: no JSON object"),
        ([{"question_id": "a", "code_list": ["x" * (17 << 20)]}], "characters, more than"),
    ],
)
def test_a_faulty_file_gives_a_line_and_no_number(suite: Suite, tmp_path: Path, content: Any, said: str) -> None:
    """What is wrong, where, in one line."""
    with pytest.raises(UserError) as caught:
        read(suite, tmp_path, content)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 1000


def test_apps_codes_go_by_number(apps: Suite, tmp_path: Path) -> None:
    """A map from numbers, or a list of all problems, also those without tests, which nobody can judge."""
    mapped = read(apps, tmp_path, {"0": "a", "2": ["b", "c"]})
    assert [(one.task_id, one.sample, one.completion) for one in mapped.answers] == [
        ("0000", 0, "a"), ("0002", 0, "b"), ("0002", 1, "c"),
    ]  # fmt: skip
    listed = read(apps, tmp_path, ["a", "x", ["b", "c"]])
    assert listed.answers == mapped.answers
    with pytest.raises(UserError, match="no task"):
        read(apps, tmp_path, {"7": "a"})


def decision(task_id: str, sample: int, *, passed: bool | None, solver: str = "", text: str = "print(1)") -> Decision:
    return Decision(
        model="m", task_id=task_id, completion=text, passed=passed, latency=None, trial_id=f"{task_id}{sample}",
        entrant_hash="e", model_id="m", provider="p", solver=solver, protocol="p", suite="livecodebench", version="1",
        sample=sample, score=None if passed is None else float(passed),
        status=Status.SANDBOX_ERROR if passed is None else Status.PASSED if passed else Status.FAILED,
    )  # fmt: skip


def test_results_are_written_in_the_official_form(suite: Suite, tmp_path: Path) -> None:
    """What `compute_scores` needs is there, and what was written is read back with its truth."""
    write = writer_of("livecodebench:v6")
    assert write is not None
    decisions = [
        decision("b", 1, passed=False), decision("b", 0, passed=True), decision("a", 0, passed=None),
        decision("c", 0, passed=True, solver="one_shot", text="So:\n```python\nprint(2)\n```\n"),
    ]  # fmt: skip
    (path,) = write(tmp_path, "model", suite, decisions)
    b, c = json.loads(path.read_text(encoding="utf-8"))
    assert (b["question_id"], b["graded_list"], b["pass@1"]) == ("b", [True, False], 0.5)
    assert (b["contest_date"], b["platform"], b["difficulty"]) == ("2024-02-01T00:00:00", "atcoder", "easy")
    assert (c["code_list"], c["output_list"]) == (["print(2)"], ["So:\n```python\nprint(2)\n```\n"])
    again = reader_of("livecodebench")(path, suite)
    assert [(one.task_id, one.passed) for one in again.answers] == [("b", True), ("b", False), ("c", True)]
    assert msgspec.json.encode(again.answers)


def test_apps_results_are_what_its_own_tool_counts(apps: Suite, tmp_path: Path) -> None:
    """By number, a word for each test of each sample, all of a problem's equally many; and codes that come back."""
    write = writer_of("apps:train")
    assert write is not None
    counts = {
        0: TestCounts(passed=3), 1: TestCounts(passed=1, failed=1, errors=1), 2: TestCounts(failed=1, errors=2),
        3: TestCounts(errors=3),
    }  # fmt: skip
    ends = (Status.PASSED, Status.FAILED, Status.EXCEEDED, Status.INVALID)
    decisions = [
        msgspec.structs.replace(decision("0002", n, passed=n == 0, text=f"{n}"), status=ends[n], tests=counts[n])
        for n in (3, 1, 0, 2)
    ]
    codes, results = write(tmp_path, "model", apps, [*decisions, decision("0000", 0, passed=None)])
    assert json.loads(results.read_text(encoding="utf-8")) == {
        "2": [[True, True, True], [True, False, False], [-1, False, False], [-2, -2, -2]]
    }
    back = reader_of("apps")(codes, apps)
    assert [(one.task_id, one.sample, one.completion) for one in back.answers] == [
        ("0002", n, str(n)) for n in range(4)
    ]


def test_codecontests_has_no_result_form() -> None:
    """Its harness prints and writes nothing: no form is invented for it."""
    assert writer_of("codecontests:cpp") is None


def test_a_window_of_dates_leaves_answers_out(suite: Suite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`assay grade --since --until` judges the answers to tasks of those days; one without any is said."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.json").write_text(json.dumps([{"question_id": name, "code_list": ["1"]} for name in "abc"]))
    (tmp_path / "b.json").write_text(json.dumps([{"question_id": "a", "code_list": ["1"]}]))
    wish = Wish(data=str(tmp_path / "rows.jsonl"), since="2024-02-01", until="2024-02-29")
    (found,) = Grading("livecodebench", ["a.json"], wish=wish, name="", command="").sets.values()
    assert [answer.task_id for answer in found.answers] == ["b"]
    assert found.notes == ("2 answers are to tasks of other days, and left out",)
    with pytest.raises(UserError, match=r"b\.json: holds no answers to tasks of those days"):
        Grading("livecodebench", ["b.json"], wish=wish, name="", command="")
