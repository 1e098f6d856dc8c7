"""`assay grade SUITE FILE…`: official answer files become judged runs, and every fault of a file is one line."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

TWO = ("HumanEval/0", "HumanEval/23")
RIGHT = {"HumanEval/0": "    return any(abs(a - b) < threshold for i, a in enumerate(numbers) for b in numbers[:i])\n",
         "HumanEval/23": "    return len(string)\n"}  # fmt: skip
WRONG = "    return None\n"


@pytest.fixture(scope="session")
def humaneval() -> Path:
    named = os.environ.get("ASSAY_TEST_DATA")
    folder = Path(named) if named else Path(__file__).parents[3] / "shared" / "data"
    if not (folder / "humaneval" / "HumanEval.jsonl.gz").is_file():
        pytest.skip(f"no humaneval/HumanEval.jsonl.gz in {folder}: set ASSAY_TEST_DATA to a folder that holds it")
    return folder / "humaneval"


def lines(*rows: dict[str, Any]) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


def answer(task_id: str, completion: str) -> dict[str, Any]:
    return {"task_id": task_id, "completion": completion}


def grade(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "assay", "grade", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=100, check=False)


def test_answers_become_a_run_and_official_results(humaneval: Path, tmp_path: Path) -> None:
    """Two files are judged side by side: pass@k where it is defined, official result files, and a run that goes on
    without judging anything twice."""
    samples = [answer(task, text) for task, right in RIGHT.items() for text in (right, WRONG)]
    (tmp_path / "half.jsonl").write_text(lines(*samples))
    (tmp_path / "none.jsonl").write_text(lines(*(answer(task, WRONG) for task in TWO)))
    words = ("humaneval", "half.jsonl", "other=none.jsonl", "--data", str(humaneval), "--name", "g", "-k", "1,2,3")
    done = grade(tmp_path, *words, "--json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    half, other = said["answers"]["half"], said["answers"]["other"]
    assert {k: round(v["value"], 3) for k, v in half["pass_at"].items()} == {"1": 0.5, "2": 1.0}
    assert {k: v["value"] for k, v in other["pass_at"].items()} == {"1": 0.0}
    assert half["pass_at"]["1"]["ci_low"] < 0.5 < half["pass_at"]["1"]["ci_high"]
    assert "162 of 164 tasks have no answer" in half["notes"][0]
    official = [json.loads(line) for line in (tmp_path / "runs/g/half.jsonl_results.jsonl").read_text().splitlines()]
    assert sorted(row["passed"] for row in official) == [False, False, True, True]
    assert {frozenset(row) for row in official} == {frozenset({"task_id", "completion", "result", "passed"})}
    board = subprocess.run([sys.executable, "-m", "assay", "board", "g"], cwd=tmp_path, capture_output=True, text=True)
    assert "half on humaneval: 4 of 328 trials; the score is that of the answers in the file" in board.stdout
    assert "random order" not in board.stdout
    records = [json.loads(line) for line in (tmp_path / "runs/g/trials.jsonl").read_text().splitlines()]
    assert {(record["prompt_hash"], record["version"]) for record in records} == {("", "1")}
    assert all(record["task_hash"] for record in records)
    again = grade(tmp_path, *words, "--json")
    assert json.loads(again.stdout)["judged"] == 0
    assert json.loads(again.stdout)["answers"] == said["answers"]


def test_a_changed_file_is_not_taken_for_the_old_one(humaneval: Path, tmp_path: Path) -> None:
    """Going on with a run whose file has changed is refused: its verdicts are about other answers."""
    (tmp_path / "a.jsonl").write_text(lines(answer("HumanEval/23", WRONG)))
    words = ("humaneval", "a.jsonl", "--data", str(humaneval), "--name", "g")
    assert grade(tmp_path, *words).returncode == 0
    (tmp_path / "a.jsonl").write_text(lines(answer("HumanEval/23", RIGHT["HumanEval/23"])))
    done = grade(tmp_path, *words)
    assert done.returncode == 2
    assert "sha256" in done.stderr


GOOD = answer("HumanEval/23", RIGHT["HumanEval/23"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (lines(GOOD)[:-9], "line 1: a half-written line"),
        (lines(GOOD, answer("HumanEva/24", "x")), "no task “HumanEva/24”; did you mean “HumanEval/24”?"),
        (lines(GOOD, answer("HumanEval/232", "x")), "line 2: the suite humaneval has no task “HumanEval/232”\n"),
        (lines({"task_id": "HumanEval/23", "complation": "x"}), "“complation” has to be called “completion”"),
        (lines({"task_id": "HumanEval/23", "canonical_solution": "x"}), "none of the fields completion, solution\n"),
        (lines({"taskid": "HumanEval/23", "completion": "x"}), "“taskid” has to be called “task_id”"),
        (lines(*[{"task_id": "HumanEval/23"}] * 9), "line 1: has none of the fields completion, solution (and 8 more"),
        (lines({"task_id": 2.5, "completion": "x"}), "line 1: task_id is a number, no text"),
        (lines({"task_id": "HumanEval/23", "completion": None}), "completion is null, no text"),
        ('{"task_id": "HumanEval/23", "completion": NaN}\n', "line 1: no JSON in UTF-8 (it holds NaN, which"),
        ('{"task_id": "HumanEval/23", "completion": "x", "p": -Infinity}', "(it holds -Infinity, which JSON has not"),
        ("[1]\n", "row 1: no JSON object"),
        ('[{"task_id": "HumanEval/23"}\n', "no JSON in UTF-8"),
        ("1\n", "line 1: no JSON object"),
        ("\n\n", "holds no answers"),
        ('{"task_id": "HumanEval/23", "completion": "\\udc80"}\n', ""),
        ('{"task_id": "HumanEval/23", "completion": "\\ud83d"}\n', "half of a surrogate pair"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(humaneval: Path, tmp_path: Path, text: str, said: str) -> None:
    """A file with a fault gives one line with its place, no number, and leaves no run behind."""
    (tmp_path / "bad.jsonl").write_text(text)
    done = grade(tmp_path, "humaneval", "bad.jsonl", "--data", str(humaneval))
    assert "Traceback" not in done.stderr
    if said:
        assert done.returncode == 2
        assert said in done.stderr
        assert done.stderr.count("\n") == 1
        assert not (tmp_path / "runs").exists()


def test_what_no_number_stands_for_is_said(humaneval: Path, tmp_path: Path) -> None:
    """A k that was asked for and that no task has samples for, and samples that are one text again and again."""
    (tmp_path / "twice.jsonl").write_text(lines(GOOD, GOOD))
    (tmp_path / "once.jsonl").write_text(lines(GOOD))
    words = ("humaneval", "twice.jsonl", "once.jsonl", "--data", str(humaneval))
    usual, asked = grade(tmp_path, *words).stdout, grade(tmp_path, *words, "-k", "1,10").stdout
    assert usual.count("the same text") == 1
    assert ("pass@10" in usual, asked.count("pass@10 is not defined")) == (False, 2)


@pytest.mark.parametrize("task_id", ["HumanEval/23", "humaneval/23", "23", 23])
def test_files_of_other_harnesses_are_read(humaneval: Path, tmp_path: Path, task_id: str | int) -> None:
    """A list instead of lines, a task called by its number or in other cases, and `is_solved` for `passed`."""
    rows = [
        {"task_id": task_id, "solution": RIGHT["HumanEval/23"], "is_solved": True},
        {"task_id": task_id, "solution": WRONG, "is_solved": True},
    ]
    (tmp_path / "theirs.json").write_text(json.dumps(rows, indent=1))
    done = grade(tmp_path, "humaneval", "theirs.json", "--data", str(humaneval), "--json")
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)["answers"]["theirs"]
    assert (said["samples"], said["tasks"], said["verdicts_in_file"]) == (2, 1, 2)
    assert [(one["task_id"], one["sample"], one["file"]) for one in said["file_says_otherwise"]] == [
        ("HumanEval/23", 1, True)
    ]


def test_packed_samples_are_read(humaneval: Path, tmp_path: Path) -> None:
    """`samples.jsonl.gz`, as the official harness takes it, under any name; one cut short gives a line, no number."""
    packed = gzip.compress(lines(GOOD).encode())
    for name, data in (("packed.jsonl.gz", packed), ("packed.jsonl", packed), ("cut.jsonl.gz", packed[:-12])):
        (tmp_path / name).write_bytes(data)
        done = grade(tmp_path, "humaneval", name, "--data", str(humaneval), "--name", name, "-k", "1")
        assert done.returncode == (2 if name == "cut.jsonl.gz" else 0), done.stderr
    assert "cut.jsonl.gz: cannot be unpacked" in done.stderr


def test_bytes_that_are_no_text_are_said(humaneval: Path, tmp_path: Path) -> None:
    """A file in another encoding is named with its line; a byte order mark is no fault."""
    (tmp_path / "bad.jsonl").write_bytes(b'{"task_id": "HumanEval/23", "completion": "\xff\xfe"}\n')
    done = grade(tmp_path, "humaneval", "bad.jsonl", "--data", str(humaneval))
    assert (done.returncode, "line 1: no JSON in UTF-8" in done.stderr) == (2, True)
    (tmp_path / "bad.jsonl").write_bytes(lines(GOOD).encode("utf-16"))
    done = grade(tmp_path, "humaneval", "bad.jsonl", "--data", str(humaneval))
    assert (done.returncode, "line 1: no JSON in UTF-8 (UTF-16; write UTF-8)" in done.stderr) == (2, True)
    (tmp_path / "marked.jsonl").write_bytes(b"\xef\xbb\xbf" + lines(GOOD).encode())
    assert grade(tmp_path, "humaneval", "marked.jsonl", "--data", str(humaneval)).returncode == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("humaneval",), "give a suite and its answers"),
        ((), "give a suite and its answers"),
        (("humaneval", "absent.jsonl"), "there is no such file"),
        (("humaneval", "a=here.jsonl", "a=here.jsonl"), "two files of answers are called “a”"),
        (("humaneval", "here.jsonl", "-k", "1,x"), "write numbers with commas between"),
        (("humaneval", "here.jsonl", "-k", "0"), "begins with k = 1"),
        (("humanevil", "here.jsonl"), "unknown suite “humanevil”"),
        (("core", "here.jsonl"), "official answer form"),
        (("humaneval", "--run", "x"), "leave the suite and the files"),
    ],
)
def test_wrong_words_are_one_line(humaneval: Path, tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    """What was typed wrong is said with the fix, exit code 2."""
    (tmp_path / "here.jsonl").write_text(lines(GOOD))
    data = ("--data", str(humaneval)) if "humaneval" in words and "--run" not in words else ()
    done = grade(tmp_path, *words, *data)
    assert (done.returncode, said in done.stderr) == (2, True), done.stderr
    assert "Traceback" not in done.stderr
