"""BigCodeBench: answer and unit tests as one module, libraries named where they are absent, official files in and out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from judged_suites import data_at, verdicts

from assay.core.errors import TaskError, UserError
from assay.core.judging import Verdict
from assay.core.task import Suite
from assay.core.trial import Decision, Status
from assay.exchange.answers import reader_of
from assay.exchange.results import writer_of
from assay.formats.extract import render_files, take_code
from assay.graders.unittests import UnitTestsGrader
from assay.sandboxes.judge import BoxJudge
from assay.sandboxes.toolchains import find
from assay.suites import load
from assay.wiring.suites import Wish, choose_suite

pytestmark = pytest.mark.asyncio(loop_scope="session")

ROW = {
    "task_id": "BigCodeBench/7",
    "complete_prompt": 'import json\n\ndef task_func(text, size=2):\n    """Reads a number, doubled."""\n',
    "instruct_prompt": "Read a number from JSON and double it.\nYou should write self-contained code.",
    "canonical_solution": "    return json.loads(text) * size",
    "code_prompt": "import json\n\ndef task_func(text, size=2):\n",
    "test": (
        "import unittest\nfrom unittest.mock import patch\n\nclass TestCases(unittest.TestCase):\n"
        "    def test_double(self):\n        self.assertEqual(task_func('3'), 6)\n"
        "    def test_patched(self):\n        with patch('json.loads', return_value=5):\n"
        "            self.assertEqual(task_func('x'), 10)\n"
        "    def test_world(self):\n        self.assertEqual(environ['TZ'], 'UTC')\n        self.assertIsNotNone(os.getcwd())\n"
    ),
    "entry_point": "task_func",
    "libs": "['json']",
}


def suite_with(tmp_path: Path, *rows: dict[str, Any], part: str = "complete") -> Suite:
    path = tmp_path / "v0.1.4.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows or (ROW,)), encoding="utf-8")
    return load(f"bigcodebench:{part}", data=tmp_path)


async def judged(suite: Suite, answer: str, judge: BoxJudge) -> Verdict:
    (one,) = await verdicts([(suite.tasks[0], answer)], judge, grader=UnitTestsGrader())
    return one


async def test_what_a_model_is_asked(tmp_path: Path) -> None:
    """Conversations in the official words, base models with the prompt and the official stops."""
    complete = suite_with(tmp_path).tasks[0]
    prefix = (
        "Please provide a self-contained Python script that solves the following problem in a markdown code block:\n"
    )
    assert complete.ask.messages[0].content == f"{prefix}```\n{ROW['complete_prompt'].strip()}\n```\n"
    instruct = suite_with(tmp_path, part="instruct").tasks[0]
    assert instruct.ask.messages[0].content == f"{prefix}{ROW['instruct_prompt']}\n"
    base = suite_with(tmp_path, part="complete:base").tasks[0]
    assert base.ask.prompt == ROW["complete_prompt"]
    assert "\nclass " in base.ask.stop
    for task in (complete, instruct):
        taken = take_code(render_files(task.solution, language="python"), task.extract, language="python")
        assert "".join(taken.files.values()).strip() == task.solution["answer.py"].strip()


@pytest.mark.parametrize(
    ("part", "answer", "status"),
    [
        ("complete", "import json\ndef task_func(text, size=2):\n    return size * json.loads(text)\n", Status.PASSED),
        ("complete", "def task_func(text, size=2):\n    return size * json.loads(text)\n", Status.PASSED),
        ("instruct", "def task_func(text, size=2):\n    return 6\n", Status.FAILED),
        ("complete", "def task_func(", Status.FAILED),
        ("complete", "raise SystemExit", Status.FAILED),
        ("complete", "import os\nos._exit(0)", Status.FAILED),
        ("complete", "", Status.FAILED),
        ("complete:base", "    return json.loads(text) * size\n", Status.PASSED),
        ("complete:base", "    return exit\n", Status.FAILED),
    ],
)
async def test_answers_are_judged_by_the_unit_tests(
    part: str, answer: str, status: Status, tmp_path: Path, python_judge: BoxJudge
) -> None:
    """Behind the official head, so that forgotten imports are there; a pass says that it could have been forged."""
    one = await judged(suite_with(tmp_path, part=part), answer, python_judge)
    assert one.status is status, one
    assert ("in_process" in one.flags) is (status is Status.PASSED)


async def test_what_was_wrong_is_told_test_by_test(tmp_path: Path, python_judge: BoxJudge) -> None:
    """Which tests failed, counted, with their traces."""
    one = await judged(suite_with(tmp_path), "def task_func(text, size=2):\n    return 6\n", python_judge)
    assert (one.tests.passed, one.tests.failed) == (2, 1)
    assert one.reason == "test_patched: AssertionError: 6 != 10"
    assert one.detail is not None
    assert list(one.detail["details"]) == ["test_patched"]


async def test_a_task_that_fails_its_own_solution_is_at_fault(tmp_path: Path, python_judge: BoxJudge) -> None:
    """Tests that want what is not here (a network) never make an answer wrong."""
    row = ROW | {"canonical_solution": "    raise OSError('no network')"}
    with pytest.raises(TaskError, match=r"own solution fails as well: .*no network"):
        await judged(suite_with(tmp_path, row), "def task_func(text):\n    return 1\n", python_judge)


async def test_libraries_are_read_from_statements_alone(tmp_path: Path) -> None:
    """A line of the documentation that begins with “from” or “import” is none."""
    prose = 'import a_thing as thing, b.part\n\ndef task_func(text):\n    """Reads\n    from the text, or\n    import each word."""\n'
    row = ROW | {
        "complete_prompt": prose,
        "canonical_solution": "    from c.deep import (x,\n        y)\n    import d; import os\n    return x",
        "test": "from e import *\nimport f  # for later\n",
    }
    assert suite_with(tmp_path, row).tasks[0].needs == ("a_thing", "b", "c", "d", "e", "f")


async def test_libraries_that_are_absent_leave_the_plan_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A task that needs a library which is not here is left out, and the library named with its place; with the
    library in its folder it stays."""
    wanting = ROW | {"task_id": "BigCodeBench/8", "libs": "['json', 'frobnicate']"}
    suite_with(tmp_path, ROW, wanting)
    wish = Wish(data=str(tmp_path))
    chosen = choose_suite("bigcodebench:complete", wish)
    assert list(chosen.suite.unsupported) == ["frobnicate"]
    assert "pip install --target" in chosen.suite.unsupported["frobnicate"]
    assert {task.id: task.needs for task in chosen.suite.tasks} == {
        "BigCodeBench/7": (), "BigCodeBench/8": ("frobnicate",),
    }  # fmt: skip
    (tmp_path / "tools" / "bigcodebench").mkdir(parents=True)
    (tmp_path / "tools" / "bigcodebench" / "frobnicate.py").write_text("", encoding="utf-8")
    monkeypatch.setenv("ASSAY_TOOLCHAINS", str(tmp_path / "tools"))
    find.cache_clear()
    try:
        assert choose_suite("bigcodebench:complete", wish).suite.unsupported == {}
    finally:
        monkeypatch.undo()
        find.cache_clear()


async def test_official_rows_in_another_wrapping(python_judge: BoxJudge) -> None:
    """Twenty real rows: their libraries are seen; of those that need none, the two that need neither a network nor
    a minute pass."""
    suite = load("bigcodebench:complete", data=data_at("samples/bigcodebench_20.jsonl"))
    assert len(suite.tasks) == 20
    alone = [task for task in suite.tasks if not task.needs]
    assert [task.id for task in alone] == [f"BigCodeBench/{n}" for n in (0, 1, 1005, 1009)]
    sure = [task for task in alone if task.id not in ("BigCodeBench/0", "BigCodeBench/1005")]
    found = await verdicts(
        [(task, task.solution["answer.py"]) for task in sure], python_judge, grader=UnitTestsGrader()
    )
    assert {one.status for one in found} == {Status.PASSED}
    with pytest.raises(UserError, match="has no instruct_prompt"):
        load("bigcodebench:instruct", data=data_at("samples/bigcodebench_20.jsonl"))


@pytest.mark.parametrize("part", ["", "hard", "instruct:base"])
async def test_an_unknown_part_is_answered_with_known_ones(part: str) -> None:
    """There is no BigCodeBench without saying which part."""
    with pytest.raises(UserError, match=r"instruct|complete"):
        load(f"bigcodebench:{part}" if part else "bigcodebench")


async def test_official_answers_are_read(tmp_path: Path) -> None:
    """Lines with a solution or a completion, and folders of programs, come to the same whole programs."""
    suite = suite_with(tmp_path)
    whole = f"{ROW['complete_prompt']}{ROW['canonical_solution']}"
    lines = tmp_path / "samples.jsonl"
    rows = [{"task_id": ROW["task_id"], "solution": whole, "raw_solution": ""}]
    rows += [{"task_id": ROW["task_id"], "completion": ROW["canonical_solution"]}]
    lines.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    folder = tmp_path / "programs" / "BigCodeBench_7"
    folder.mkdir(parents=True)
    for number in (0, 1):
        (folder / f"{number}.py").write_text(whole, encoding="utf-8")
    for path in (lines, tmp_path / "programs"):
        found = reader_of(suite.name)(path, suite)
        assert [(one.sample, one.files) for one in found.answers] == [(n, {"answer.py": whole}) for n in (0, 1)]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"task_id": "BigCodeBench/7", "solutions": "x"}', "“solutions” has to be called “solution”"),
        ('{"task_id": "BigCodeBench/70", "solution": "x"}', "no task “BigCodeBench/70”"),
        ('{"task_id": "BigCodeBench/7", "solution": ["x"]}', "solution is a list, no text"),
        ('{"task_id": "BigCodeBench/7", "solution": "x', "half-written"),
    ],
)
async def test_bad_answer_files_are_named(line: str, said: str, tmp_path: Path) -> None:
    """One line that says what is wrong with the file, and where."""
    suite = suite_with(tmp_path)
    (tmp_path / "samples.jsonl").write_text(line, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        reader_of(suite.name)(tmp_path / "samples.jsonl", suite)
    assert said in str(caught.value)


async def test_results_come_back_from_the_official_form(tmp_path: Path) -> None:
    """What is written is read again, statuses and all."""
    suite = suite_with(tmp_path)
    write = writer_of(suite.name)
    assert write is not None
    decisions = [
        Decision(
            model="m", task_id="BigCodeBench/7", completion=text, passed=passed, latency=None, trial_id="",
            entrant_hash="", model_id="", provider="", solver="", protocol=suite.protocol, suite=suite.name,
            version="1", sample=number, status=Status.PASSED if passed else Status.EXCEEDED, score=float(passed),
        )
        for number, (text, passed) in enumerate([("a = 1", True), ("while 1: 2", False)])
    ]  # fmt: skip
    results, scores = write(tmp_path, "m", suite, decisions)
    assert (results.name, scores.name) == ("m_eval_results.json", "m_pass_at_k.json")
    (rows,) = json.loads(results.read_text(encoding="utf-8"))["eval"].values()
    assert [row["status"] for row in rows] == ["pass", "timeout"]
    assert rows[0]["solution"] == f"{ROW['code_prompt']}\n    pass\na = 1"
    assert json.loads(scores.read_text(encoding="utf-8"))["pass@1"] == 0.5
    again = reader_of(suite.name)(results, suite)
    assert [(one.completion, one.passed) for one in again.answers] == [("a = 1", True), ("while 1: 2", False)]
