"""EvalPlus' files: samples in every form come in, results go out as its own evaluator writes them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from evalplus_bench import made, shared, suite

from assay.core.errors import UserError
from assay.core.judging import Attempt
from assay.core.ports import Judge
from assay.core.task import Suite
from assay.core.trial import Decision, Status
from assay.exchange.answers import AnswerSet, reader_of
from assay.exchange.results import writer_of
from assay.graders.evalplus import EvalPlusGrader
from assay.suites import load

RIGHT = "def f(x):\n    return x\n"


@pytest.fixture
def two() -> Suite:
    tasks = [made("def f(x): return x", [[1], [2]], [[3]], task_id=f"HumanEval/{number}") for number in (0, 1)]
    return suite(*tasks)


def read(path: Path, of: Suite) -> AnswerSet:
    return reader_of(of.name)(path, of)


def lines(path: Path, *rows: object) -> Path:
    path.write_text("".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return path


def as_lines(folder: Path) -> Path:
    rows = ({"task_id": f"HumanEval/{number}", "solution": RIGHT} for number in (0, 1))
    return lines(folder / "samples.jsonl", *rows)


def as_folder(folder: Path) -> Path:
    for number in (0, 1):
        (folder / "samples" / f"HumanEval_{number}").mkdir(parents=True)
        (folder / "samples" / f"HumanEval_{number}" / "0.py").write_text(RIGHT, encoding="utf-8")
    return folder / "samples"


def as_results(folder: Path) -> Path:
    row = {"solution": RIGHT, "base_status": "pass", "plus_status": "pass"}
    content = {"hash": "fe585eb4df8c88d844eeb463ea4d0302", "eval": {f"HumanEval/{number}": [row] for number in (0, 1)}}
    (folder / "s_eval_results.json").write_text(json.dumps(content), encoding="utf-8")
    return folder / "s_eval_results.json"


@pytest.mark.parametrize("written", [as_lines, as_folder, as_results])
def test_samples_in_every_official_form(written: Callable[[Path], Path], two: Suite, tmp_path: Path) -> None:
    """Lines, folders and result files give the same answers; results say what they think of them."""
    found = read(written(tmp_path), two)
    assert [(one.task_id, one.sample, one.files) for one in found.answers] == [
        (f"HumanEval/{number}", 0, {"answer.py": RIGHT}) for number in (0, 1)
    ]
    assert {one.passed for one in found.answers} == {True if written is as_results else None}
    assert not found.notes


def test_a_completion_is_judged_behind_the_prompt_and_a_solution_alone(two: Suite, tmp_path: Path) -> None:
    """The field says which it is; where a line has both, the official evaluator reads the solution."""
    path = lines(
        tmp_path / "s.jsonl",
        {"task_id": "HumanEval/0", "completion": "    return x"},
        {"task_id": "HumanEval/1", "completion": "no", "solution": RIGHT},
    )
    assert [one.files for one in read(path, two).answers] == [
        {"completion.py": "    return x"},
        {"answer.py": RIGHT},
    ]


def test_tasks_of_the_earlier_mbpp_plus_are_told_by_its_name(tmp_path: Path) -> None:
    """Twenty-one of its tasks are in today's version no more: the line says which suite has them."""
    today = msgspec.structs.replace(suite(made("def f(x): return x", [[1]], [[2]], task_id="Mbpp/2")), name="mbpp+")
    path = lines(tmp_path / "s.jsonl", {"task_id": "Mbpp/6", "solution": RIGHT})
    with pytest.raises(UserError, match=r"no task “Mbpp/6”; MBPP\+ 0.1.0 had further ones: mbpp\+:v0.1.0"):
        read(path, today)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("s.jsonl", '{"task_id": "HumanEval/0", "solutoin": "x"}\n', "“solutoin” has to be called “solution”"),
        ("s.jsonl", '{"task_id": "HumanEval/2", "solution": "x"}\n', "no task “HumanEval/2”"),
        ("s.jsonl", '{"task": "HumanEval/0", "solution": "x"}\n', "“task” has to be called “task_id”"),
        ("s.jsonl", '{"task_id": "HumanEval/0", "solution": ["x"]}\n', "solution is a list, no text"),
        ("s.jsonl", '{"task_id": "HumanEval/0", "solut', "a half-written line"),
        ("s.jsonl", "", "holds no answers"),
        ("s.json", "[]", "has no “eval”"),
        ("s.json", '{"eval": {', "no JSON"),
        ("s.json", '{"eval": {"HumanEval/0": {"base": []}}}', "without the code; give the samples"),
        ("s.json", '{"eval": {"HumanEval/0": [{"base_status": "pass"}]}}', "has none of the fields solution"),
        ("s.json", '{"hash": "84f4b93a1270b492e4c54d5212da7a5b", "eval": {}}', "say humaneval+:v0.1.9"),
    ],
)
def test_a_fault_is_one_line_that_says_where(name: str, content: str, said: str, two: Suite, tmp_path: Path) -> None:
    """No number comes of a file that is not what it should be."""
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read(tmp_path / name, two)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_no_text_is_named(two: Suite, tmp_path: Path) -> None:
    """A program in another encoding is refused by its name."""
    (as_folder(tmp_path) / "HumanEval_1" / "0.py").write_bytes(b"\xff\xfe")
    with pytest.raises(UserError, match=r"HumanEval_1/0\.py: is not UTF-8"):
        read(tmp_path / "samples", two)


@pytest.mark.asyncio(loop_scope="module")
async def test_results_go_out_in_the_official_form_and_come_in_again(two: Suite, tmp_path: Path, judge: Judge) -> None:
    """What is written has the official fields, with the input that failed, and reads back as the same verdicts."""
    task, other = two.tasks
    told = [
        (task, 0, RIGHT, {"answer.py": RIGHT}),
        (task, 1, half := "def f(x): return x if x != 2 else 0", {"completion.py": half}),
        (other, 0, "Here:\n```python\ndef f(x): return x % 3\n```\n", {"answer.py": "def f(x): return x % 3"}),
    ]
    decisions = []
    for of, sample, text, files in told:
        verdict = await EvalPlusGrader().grade(of, Attempt(completion=text, files=files), judge)
        decisions.append(decision(of.id, sample, text, verdict.score, verdict.detail))
    write = writer_of(two.name)
    assert write is not None
    (path,) = write(tmp_path, "model", two, decisions)
    assert path.name == "model_eval_results.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    assert content["hash"] == "fe585eb4df8c88d844eeb463ea4d0302"
    assert content["pass_at_k"] == {"base": {"pass@1": 0.75}, "plus": {"pass@1": 0.25}}
    first, second = content["eval"][task.id]
    assert first == {
        "task_id": task.id, "solution": RIGHT, "base_status": "pass", "plus_status": "pass",
        "base_fail_tests": [], "plus_fail_tests": [],
    }  # fmt: skip
    assert (second["base_status"], second["base_fail_tests"], second["plus_status"]) == ("fail", [[2]], "pass")
    (third,) = content["eval"][other.id]
    assert third["solution"].strip() == "def f(x): return x % 3"
    assert third["plus_fail_tests"] == [[3]]
    back = {(one.task_id, one.sample): one.passed for one in read(path, two).answers}
    assert back == {(one.task_id, one.sample): one.passed for one in decisions}


def decision(task_id: str, sample: int, text: str, score: float | None, detail: dict[str, object] | None) -> Decision:
    return Decision(
        model="model", task_id=task_id, completion=text, passed=score == 1, latency=None, trial_id="", entrant_hash="",
        model_id="", provider="", solver="", protocol="", suite="humaneval+", version="0.1.10", sample=sample,
        status=Status.PASSED if score else Status.FAILED, score=score, detail=detail,
    )  # fmt: skip


def test_base_and_plus_stand_alone_beside_what_passes_both(tmp_path: Path) -> None:
    """`assay grade` calls neither part's count by a name that EvalPlus has for passing both."""
    data = shared("evalplus")
    first = load("humaneval+", data=data).tasks[0]
    (tmp_path / "one.jsonl").write_text(json.dumps({"task_id": first.id, "solution": "def other(): return 1"}) + "\n")
    command = [sys.executable, "-m", "assay", "grade", "humaneval+", "one.jsonl", "--data", str(data)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stderr
    assert "  base alone: 0 of 1 pass" in done.stdout
    assert "  plus alone: 0 of 1 pass" in done.stdout
