"""Official answer files read, and results written as the official tools read them."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from spoken_rows import SAID

from assay.core.errors import UserError
from assay.core.task import Suite
from assay.core.trial import Decision, Status
from assay.exchange.answers import reader_of
from assay.exchange.results import writer_of
from assay.suites import load

JS = SAID["javascript"]
ROW = {"name": "Made_0_f", "language": "js", "prompt": JS.prompt, "tests": JS.tests, "stop_tokens": ["\nfunction "]}

OTHER = JS.prompt.replace("Twice", "Two times")


@pytest.fixture
def suite(tmp_path: Path) -> Suite:
    rows = [ROW, {**ROW, "name": "Made_1_f", "prompt": OTHER}]
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "humaneval-js.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return load("multipl-e:js", data=folder)


def written(path: Path, value: Any) -> Path:
    data = json.dumps(value).encode()
    path.write_bytes(gzip.compress(data) if path.name.endswith(".gz") else data)
    return path


def programs(path: Path, suite: Suite) -> dict[tuple[str, int], tuple[str, bool | None]]:
    found = reader_of("multipl-e:js")(path, suite).answers
    return {(one.task_id, one.sample): (next(iter(one.files.values())), one.passed) for one in found}


RIGHT = JS.prompt + JS.right


def test_result_folders_are_read_with_what_they_say(suite: Suite, tmp_path: Path) -> None:
    """Completions and results beside them, packed or not; results alone hold their programs."""
    folder = tmp_path / "humaneval-js-model-0.2-reworded"
    folder.mkdir()
    results = [{"status": "OK", "exit_code": 0}, {"status": "Timeout", "exit_code": -1}]
    written(folder / "Made_0_f.json.gz", {**ROW, "completions": [JS.right, JS.wrong]})
    written(folder / "Made_0_f.results.json.gz", {**ROW, "results": results})
    program = {"program": f"{RIGHT}\n{JS.tests}", "status": "OK", "exit_code": 0}
    written(folder / "Made_1_f.results.json", {**ROW, "name": "Made_1_f", "results": [program]})
    assert programs(folder, suite) == {
        ("Made_0_f", 0): (RIGHT, True),
        ("Made_0_f", 1): (JS.prompt + JS.wrong, False),
        ("Made_1_f", 0): (RIGHT, True),
    }


def test_predictions_are_read_with_their_runners_verdicts(suite: Suite, tmp_path: Path) -> None:
    """Lines that hold prompt and completion, and the file of verdicts beside them."""
    path = tmp_path / "pred_js_output.jsonl"
    path.write_text(json.dumps({"task_id": "Made_0_f", "generation": RIGHT, "prompt": JS.prompt, "wholecode": ""}))
    written(tmp_path / "humaneval-js-details.json", {"Made_0_f": [[0, {"passed": False, "code": "…"}]]})
    assert programs(path, suite) == {("Made_0_f", 0): (RIGHT, False)}
    assert programs(tmp_path, suite) == {("Made_0_f", 0): (RIGHT, False)}


def test_answers_in_another_language_are_not_judged_in_silence(suite: Suite, tmp_path: Path) -> None:
    """Problems are called the same in all languages: the file's name is heeded, and what holds no prompt is told."""
    row = json.dumps({"task_id": "Made_0_f", "generation": "class Problem {}"})
    for name in ("pred_java_output.jsonl", "pred_js_output.jsonl"):
        (tmp_path / name).write_text(row)
    with pytest.raises(UserError, match=r"pred_java_output.jsonl: .*another language than multipl-e:js"):
        reader_of("multipl-e:js")(tmp_path / "pred_java_output.jsonl", suite)
    found = reader_of("multipl-e:js")(tmp_path / "pred_js_output.jsonl", suite)
    assert "no generation holds its prompt" in found.notes[0]


def test_generations_are_known_by_their_prompts(suite: Suite, tmp_path: Path) -> None:
    """A list per problem of texts that begin with the prompt, its last line end left away as harnesses do."""
    path = written(tmp_path / "generations.json", [[JS.prompt.strip() + "\n  return 1 }", RIGHT]])
    assert list(programs(path, suite)) == [("Made_0_f", 0), ("Made_0_f", 1)]


def test_one_problem_is_an_answer_set_too(suite: Suite, tmp_path: Path) -> None:
    """A single file; completions that hold their prompt already are not given it twice."""
    path = written(tmp_path / "Made_0_f.json", {**ROW, "completions": [RIGHT]})
    assert programs(path, suite) == {("Made_0_f", 0): (RIGHT, None)}


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("Made_0_f.json", {**ROW, "completion": []}, "“completion” has to be called “completions”"),
        ("Made_0_f.json", {**ROW, "completions": [1]}, "is no text"),
        ("Made_0_f.json", {**ROW, "tests": "other();", "completions": []}, "another revision"),
        ("Made_9_f.json", {**ROW, "name": "Made_9_f", "completions": []}, "has no task “Made_9_f”"),
        ("Made_0_f.json", {**ROW, "completions": []}, "holds no answers"),
        ("Made_0_f.json", {**ROW, "results": [{"program": "1"}]}, "no program that ends with the tests"),
        ("all.json", [["function g(){}"]], "begins with no prompt"),
        ("all.json", [3], "is no text"),
    ],
)
def test_what_is_wrong_is_one_clear_line(name: str, value: Any, said: str, suite: Suite, tmp_path: Path) -> None:
    """Wrong names, wrong kinds, other tests, unknown problems: the file, the place and the fault."""
    path = written(tmp_path / name, value)
    with pytest.raises(UserError) as caught:
        reader_of("multipl-e:js")(path, suite)
    assert said in str(caught.value)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("data", [b'{"name": "Made_0', gzip.compress(b"{}", mtime=0)[:-6], b"\xff\xfe", b""])
def test_broken_files_are_refused(data: bytes, suite: Suite, tmp_path: Path) -> None:
    """Half-written, half-packed, no UTF-8, empty."""
    path = tmp_path / ("Made_0_f.json.gz" if data[:1] == b"\x1f" else "Made_0_f.json")
    path.write_bytes(data)
    with pytest.raises(UserError, match="Made_0_f"):
        reader_of("multipl-e:js")(path, suite)


def test_results_are_what_the_official_tool_counts(suite: Suite, tmp_path: Path) -> None:
    """One packed file a problem; a result counts where status is OK and the exit code 0. Read back, they are the
    same answers."""
    decisions = [
        decided("Made_0_f", 0, JS.right, Status.PASSED),
        decided("Made_0_f", 1, RIGHT, Status.EXCEEDED, "cpu"),
        decided("Made_1_f", 0, JS.broken, Status.FAILED, "does not compile: bad"),
        decided("Made_1_f", 1, "", Status.SANDBOX_ERROR),
    ]
    write = writer_of("multipl-e:js")
    assert write is not None
    (folder,) = write(tmp_path, "model", suite, decisions)
    found = {path.name: json.loads(gzip.decompress(path.read_bytes())) for path in folder.iterdir()}
    assert set(found) == {"Made_0_f.results.json.gz", "Made_1_f.results.json.gz"}
    said = [(one["status"], one["exit_code"]) for name in sorted(found) for one in found[name]["results"]]
    assert said == [("OK", 0), ("Timeout", -1), ("SyntaxError", 1)]
    assert programs(folder, suite) == {
        ("Made_0_f", 0): (RIGHT, True),
        ("Made_0_f", 1): (RIGHT, False),
        ("Made_1_f", 0): (OTHER + JS.broken, False),
    }


def decided(task_id: str, sample: int, completion: str, status: Status, reason: str = "") -> Decision:
    passed = None if status is Status.SANDBOX_ERROR else status is Status.PASSED
    return Decision(
        model="m", task_id=task_id, completion=completion, passed=passed, latency=None, trial_id=f"{task_id}{sample}",
        entrant_hash="", model_id="m", provider="", solver="", protocol="", suite="multipl-e:js", version="1",
        sample=sample, status=status, score=None if passed is None else float(passed), reason=reason,
    )  # fmt: skip
