"""A review against planted defects: what is found, what is a false alarm, and what is no review at all."""

from __future__ import annotations

import json
from typing import Any

import pytest
from fake_judge import FakeJudge

from assay.core.errors import TaskError
from assay.core.judging import Attempt, Verdict
from assay.core.task import Ask, Extract, Task
from assay.core.trial import Status, TestCounts
from assay.graders import grader_class

GRADING: dict[str, Any] = {
    "judge": "findings",
    "tolerance": 2,
    "false_alarms": 1,
    "kinds": {"leak": "not released", "race": "not ordered", "slow": "too slow"},
    "defects": [
        {"file": "src/a.go", "lines": [10, 30], "kinds": ["leak"], "why": "never closed"},
        {"file": "src/b.go", "lines": [10], "kinds": ["race", "slow"], "why": "no lock"},
    ],
    "decoys": [{"file": "src/b.go", "lines": [40], "why": "Rollback does nothing here"}],
}
LEAK = {"file": "src/a.go", "line": 10, "kind": "leak"}
RACE = {"file": "src/b.go", "line": 10, "kind": "race"}
DECOY = {"file": "src/b.go", "line": 41, "kind": "leak"}
OTHER = {"file": "src/c.go", "line": 1, "kind": "slow"}


async def grade(reply: Any, **changes: Any) -> Verdict:
    task = Task(
        id="go/r", language="go", ask=Ask(), extract=Extract(path="findings.json"), grading={**GRADING, **changes}
    )
    text = reply if isinstance(reply, str) else json.dumps(reply)
    judge = FakeJudge()
    verdict: Verdict = await grader_class("by_task")().grade(task, Attempt(files={"findings.json": text}), judge)
    assert judge.jobs == []
    return verdict


@pytest.mark.parametrize(
    "findings",
    [
        [LEAK, RACE],
        [RACE, LEAK, DECOY],
        [{**LEAK, "line": 8}, {**RACE, "line": 12}],
        [{**LEAK, "line": 31}, {**RACE, "kind": "slow"}],
        [LEAK, LEAK, {**LEAK, "line": 29}, RACE, DECOY, DECOY],
        [{**LEAK, "file": "./src/a.go", "note": "see"}, {**RACE, "file": "b/src/b.go", "kind": "Race", "line": "10"}],
    ],
    ids=["exact", "one false alarm", "a little off", "another place or kind", "repeated", "spelt otherwise"],
)
async def test_reviews_that_pass(findings: list[dict[str, Any]]) -> None:
    """All defects, near enough and of a right kind, with no more false alarms than allowed."""
    verdict = await grade(findings)
    assert (verdict.status, verdict.score) == (Status.PASSED, 1.0)


@pytest.mark.parametrize(
    ("findings", "score", "said"),
    [
        ([], 0.0, "0 of 2 defects found, 0 false alarms; missed: src/a.go:10 leak"),
        ([LEAK], 2 / 3, "1 of 2 defects found, 0 false alarms; missed: src/b.go:10 race or slow"),
        ([LEAK, RACE, DECOY, OTHER], 4 / 6, "2 of 2 defects found, 2 false alarms; false alarm: src/b.go:41 leak"),
        ([LEAK, {**RACE, "line": 13}], 2 / 4, "1 of 2 defects found, 1 false alarms"),
        ([LEAK, {**RACE, "kind": "leak"}], 2 / 4, "1 of 2"),
        ([LEAK, {**RACE, "file": "src/a.go"}], 2 / 4, "1 of 2"),
    ],
    ids=["nothing", "one missed", "too many alarms", "too far", "wrong kind", "wrong file"],
)
async def test_reviews_that_fail(findings: list[dict[str, Any]], score: float, said: str) -> None:
    """A miss, or one false alarm too many, fails; what was right counts as a partial score."""
    verdict = await grade(findings)
    assert verdict.status is Status.FAILED
    assert verdict.score == pytest.approx(score)
    assert said in verdict.reason


async def test_a_decoy_is_named() -> None:
    """Who takes a decoy for a defect is told why it is none, and what was missed."""
    verdict = await grade([LEAK, DECOY])
    assert verdict.detail == {
        "expected": "src/b.go:10 race or slow: no lock",
        "got": "src/b.go:41 leak",
        "log": "no defect: src/b.go:40: Rollback does nothing here\n",
    }


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        ("", "no list of findings"),
        ("nothing", "no list of findings"),
        ({"findings": []}, "no list of findings: Expected `array`"),
        ([{"file": "a.go", "line": 1}], "missing required field `kind`"),
        ([{**LEAK, "line": "ten"}], "no list of findings: Expected `int`"),
        ("[" * 100_000, "no list of findings"),
        ([OTHER] * 501, "501 findings; 500 are the most that are read"),
    ],
    ids=["empty", "words", "an object", "a field less", "no number", "very deep", "very many"],
)
async def test_what_is_no_review(reply: Any, said: str) -> None:
    """What is no list of findings fails with the reason, and harms nobody."""
    verdict = await grade(reply)
    assert (verdict.status, verdict.score, verdict.tests) == (Status.FAILED, 0.0, TestCounts(errors=2))
    assert said in verdict.reason


async def test_a_task_at_fault() -> None:
    """Grading of another form, or a judge that nobody knows, is the task's fault and no model's."""
    with pytest.raises(TaskError, match="its grading cannot be read"):
        await grade([], defects="none")
    with pytest.raises(TaskError, match="nobody here judges “oracle”"):
        await grade([], judge="oracle")
