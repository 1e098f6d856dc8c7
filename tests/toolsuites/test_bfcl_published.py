"""Published answers of three models, judged again: category by category and task by task what the leaderboard said,
but for tasks whose official answers have changed since."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from bfcl_data import bfcl_data

from assay.core.judging import Attempt
from assay.exchange.answers.bfcl import read
from assay.graders.tool_calls import ToolCallsGrader
from assay.suites import load

THEN = {
    "simple_python": "simple",
    "multiple": "multiple_function",
    "parallel": "parallel_function",
    "parallel_multiple": "parallel_multiple_function",
    "irrelevance": "relevance",
}
"""Today's categories to their names in the summer of 2024, when the scores were published."""

CHANGED = {
    "simple_python": {5, 156, 183, 196, 277, 375},
    "multiple": {64},
    "parallel": {158, 195},
    "parallel_multiple": {10, 83, 141, 177, 179},
    "irrelevance": set[int](),
}
"""Tasks in which one of the three fares otherwise, as the answers that will do are others today: `root_type` is owed in
5, `Santa Clara` will do in 183, a date has one spelling in 196, and so on."""


def grade(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "assay", "grade", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=100, check=False)


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    data = bfcl_data()
    folder = tmp_path_factory.mktemp("graded")
    models = sorted(str(path) for path in (data / "answers").iterdir() if path.is_dir())
    done = grade(folder, "bfcl:non-live", *models, "--data", str(data), "--out", str(folder / "official"), "--json")
    assert done.returncode == 0, done.stderr
    return folder / "official", json.loads(done.stdout)["answers"]


@pytest.mark.parametrize("model", ["gpt-4o-2024-05-13-FC", "claude-3-haiku-20240307-FC", "Salesforce_xLAM-1b-fc-r"])
@pytest.mark.parametrize("category", THEN)
def test_the_published_verdicts(graded: tuple[Path, dict[str, Any]], model: str, category: str) -> None:
    """The same tasks fail as were published, and the score file counts them."""
    published = json.loads((bfcl_data() / "answers" / "published_scores.json").read_text())[model][THEN[category]]
    lines = (graded[0] / model / f"BFCL_v4_{category}_score.json").read_text().splitlines()
    head, failed = json.loads(lines[0]), {int(json.loads(line)["id"].rpartition("_")[2]) for line in lines[1:]}
    then = {number - 1 for number, _ in published["failures"]}
    assert failed ^ then <= CHANGED[category]
    assert head["total_count"] == published["total_count"]
    assert head["correct_count"] == head["total_count"] - len(failed)
    assert abs(head["correct_count"] - published["correct_count"]) <= 2
    parts = graded[1][model]["parts"][category]
    assert parts.get("pass", 0) == head["correct_count"]


def test_what_was_seen_in_the_answers_is_said(graded: tuple[Path, dict[str, Any]]) -> None:
    """How the calls were read is no secret."""
    first = {model: said["notes"][0] for model, said in graded[1].items()}
    assert first == {
        "gpt-4o-2024-05-13-FC": "read as the server's own calls",
        "claude-3-haiku-20240307-FC": "read as the server's own calls",
        "Salesforce_xLAM-1b-fc-r": "read as xlam models write calls",
    }


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ('{"id": "simple_python_0"}\n', "line 1: has no “result”"),
        ('{"id": "simple_python_9999", "result": ""}\n', "no task “simple_python_9999”"),
        ('{"id": "sql_0", "result": ""}\n', "holds no answers"),
        ("[1]\n", "row 1: no JSON object"),
        ('{"id": "simple_python_0", "result": ', "half-written"),
    ],
)
def test_a_file_that_is_none_is_one_line(tmp_path: Path, lines: str, said: str) -> None:
    """What is wrong with a file, where."""
    (tmp_path / "answers.json").write_text(lines)
    done = grade(tmp_path, "bfcl:simple_python", "answers.json", "--data", str(bfcl_data()))
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert said in done.stderr


@pytest.mark.parametrize(
    ("result", "note"),
    [
        ([{"math_factorial": '{"number": 5}'}], "read as the server's own calls"),
        ([{"math.factorial": {"number": 5}}], "whose functions kept the dots"),
        ("```\n[math.factorial(number=5)]\n```", "read as calls in text"),
        ('{"tool_calls": [{"name": "math.factorial", "arguments": {"number": 5}}]}', "read as xlam models"),
        ('<tool_call>\n{"name": "math_factorial", "arguments": {"number": 5}}\n</tool_call>', "read as hermes models"),
        ('<function_call> {"name": "math_factorial", "arguments": {"number": 5}}', "read as granite models"),
        ('math_factorial\n{"number": 5}', "read as glm models"),
    ],
)
def test_every_way_of_writing_the_same_call(tmp_path: Path, result: object, note: str) -> None:
    """One right call, as servers and as families of models leave it, is seen for what it is and passes."""
    suite = load("bfcl:simple_python", data=bfcl_data())
    (tmp_path / "answers.json").write_text(json.dumps({"id": "simple_1", "result": result}) + "\n")
    found = read(tmp_path / "answers.json", suite)
    assert note in found.notes[0]
    task = next(task for task in suite.tasks if task.id == found.answers[0].task_id == "simple_python_1")
    attempt = Attempt(files=found.answers[0].files)
    assert asyncio.run(ToolCallsGrader().grade(task, attempt, None)).score == 1.0  # type: ignore[arg-type]
