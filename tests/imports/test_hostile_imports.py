"""A file that is damaged, or wants to do damage, is one clear line that names it; nothing of it is left behind."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from foreign_files import FORMS, inspect_log, inspect_sample

Assay = Callable[..., Any]


def _text(name: str, text: str | bytes) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def _zip(members: dict[str, bytes], *, repeat: int = 1) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        path = folder / "log.eval"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in members.items():
                with archive.open(name, "w") as member:
                    for _ in range(repeat):
                        member.write(data)
        return path

    return write


def _csv(**changed: str) -> str:
    columns = ("model", "task_id", "trial_id", "entrant_hash", "model_id", "provider", "solver", "protocol", "suite")
    row = dict.fromkeys((*columns, "version"), "a") | {
        "status": "passed",
        "passed": "true",
        "score": "1",
        "weight": "1",
    }
    row |= changed
    return f"{','.join(row)}\n{','.join(row.values())}\n"


_HEADER = json.dumps({key: value for key, value in inspect_log([]).items() if key != "samples"}).encode()
_LOG = json.dumps(inspect_log([inspect_sample("a", 1, "C")]))
_DEEP = "[" * 200_000
_NEMO = '{"problem_idx": 0, "reward": 1}\n'
_EVENTS = '{"spec": {"completion_fns": ["m"], "base_eval": "e"}}\n'

DAMAGED: dict[str, tuple[str, Callable[[Path], Path], str]] = {
    "absent": ("inspect", lambda folder: folder / "absent.eval", "there is no such file"),
    "no zip": ("inspect", _text("log.eval", "PK but no more"), "no whole zip file"),
    "zip without header": ("inspect", _zip({"samples/a_epoch_1.json": b"{}"}), "has no header.json"),
    "zip bomb": ("inspect", _zip({"header.json": b" " * (1 << 20)}, repeat=600), "unpacks to 600 MiB"),
    "deep": ("inspect", _zip({"header.json": f'{{"eval": {{"model": "m", "task": "t", "task_args": {{"a": {_DEEP}'.encode()}), "member header.json: nested too deeply"),
    "sample without id": (
        "inspect", _zip({"header.json": _HEADER, "samples/a_epoch_1.json": b'{"epoch": 1}'}), "missing required field `id`"
    ),
    "half a log": ("inspect", _text("log.json", _LOG[:-80]), "log.json"),
    "no log": ("inspect", _text("log.json", '{"results": {}}'), "it has no `eval`"),
    "empty": ("inspect", _text("log.json", ""), "an empty file"),
    "score": ("inspect", _text("log.json", json.dumps(inspect_log([inspect_sample("a", 1, 7)]))), "lies between 0 and 1"),
    "endless string": ("promptfoo", _text("out.json", '{"results": "' + '\\"' * 300_000), "half-written"),
    "two documents": ("inspect", _text("log.json", f"{_LOG}\n{_LOG}"), "a second value begins behind it with '{'"),
    "words before": ("inspect", _text("log.json", f"log: {_LOG}"), "begins with 'l' instead of {"),
    "two documents of promptfoo": ("promptfoo", _text("out.json", '{"results": {"results": []}} {}'), "a second value"),
    "half a line": ("nemo", _text("results.jsonl", _NEMO + '{"problem_idx": 1, "rew'), "results.jsonl line 2"),
    "no number": ("nemo", _text("results.jsonl", _NEMO + '{"problem_idx": 1, "reward": "1"}\n'), "results.jsonl line 2"),
    "not UTF-8": ("nemo", _text("results.jsonl", _NEMO.encode() + b'{"problem_idx": "\xff"}\n'), "results.jsonl line 2"),
    "doubled": ("nemo", _text("results.jsonl", _NEMO * 2), "sample 0 of 0 (mbpp) twice".replace("mbpp", "theirs")),
    "beyond": ("nemo", _text("results.jsonl", '{"problem_idx": 0, "reward": 7}\n'), "results.jsonl line 1: a score lies"),
    "infinite": ("lm-eval", _text("results_1.json", '{"results": {"a": {"acc,none": 1e999}}}'), "results_1.json"),
    "no spec": ("openai-evals", _text("r.jsonl", '{"sample_id": "a", "type": "match", "data": {}}'), "before the `spec`"),
    "nothing": ("openai-evals", _text("r.jsonl", _EVENTS), "no trial was found"),
    "wrong kind": ("evalplus", _text("x_eval_results.json", '{"eval": {"HumanEval/0": 7}}'), "x_eval_results.json"),
    "samples": ("evalplus", _text("x.jsonl", "{}\n"), "x.jsonl: are samples, no results"),
    "wrong word": (
        "evalplus", _text("x_eval_results.json", '{"eval": {"HumanEval/0": [{"base_status": "maybe"}]}}'), "“maybe”"
    ),
    "aliases": ("aider", _text("b.yml", "- &a {model: m, pass_rate_2: 1, test_cases: 1}\n- *a\n"), "aliases are not taken"),
    "python in YAML": ("aider", _text("b.yml", "- !!python/object/apply:os.system ['true']\n"), "b.yml"),
    "percent": ("aider", _text("b.yml", "- {model: m, pass_rate_2: 101, test_cases: 225}\n"), "lies between 0 and 1"),
    "other json": ("swebench", _text("x.json", '{"a": 1}'), "no leaderboards.json"),
    "columns": ("csv", _text("x.csv", "model,taskid\na,b\n"), "has no column “task_id”; did you mean “taskid”?"),
    "no number in csv": ("csv", _text("x.csv", _csv(score="nan")), "x.csv line 2: a score lies between 0 and 1"),
    "no weight in csv": ("csv", _text("x.csv", _csv(weight="-1")), "x.csv line 2: a weight is a number above 0"),
    "short line in csv": ("csv", _text("x.csv", _csv() + "a,b\n"), "x.csv line 3: has another number of cells"),
    "no parquet": ("parquet", _text("x.parquet", "PAR1"), "x.parquet"),
    "unknown format": ("inpsect", _text("x", ""), "did you mean “inspect”?"),
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGED)
def test_damage_is_one_line_and_leaves_nothing(name: str, assay: Assay, tmp_path: Path) -> None:
    """Exit code 2, the file and the place by name, no traceback, no half run."""
    tool, write, expected = DAMAGED[name]
    (tmp_path / "theirs").mkdir()
    said = assay("import", tool, write(tmp_path / "theirs"), "--name", "in")
    assert said.code == 2, said.err
    assert expected in said.err
    assert said.err.count("\n") - said.err.count("note: ") == 1, said.err
    assert not list((tmp_path / "runs").glob("*")) if (tmp_path / "runs").exists() else True


def test_a_name_that_is_taken_is_refused(assay: Assay, tmp_path: Path) -> None:
    """An import never touches a run that is there."""
    path = FORMS[0].write(tmp_path / "theirs")
    assert assay("import", "inspect", path, "--name", "in").code == 0
    before = (tmp_path / "runs/in/trials.jsonl").read_bytes()
    again = assay("import", "inspect", path, "--name", "in")
    assert again.code == 2
    assert "already" in again.err
    assert (tmp_path / "runs/in/trials.jsonl").read_bytes() == before


def test_a_log_is_never_in_memory_whole(tmp_path: Path) -> None:
    """A sample of a log is read at a time: memory follows the largest one, not the log."""
    import subprocess
    import sys

    big = "x" * (1 << 20)
    path = tmp_path / "log.json"
    with path.open("w") as file:
        head, _, tail = json.dumps(inspect_log(["HERE"])).partition('"HERE"')  # type: ignore[list-item]
        file.write(head)
        for n in range(150):
            sample = inspect_sample(f"t{n}", 1, "C", events=[{"text": big}])
            file.write(("," if n else "") + json.dumps(sample))
        file.write(tail)
    script = (
        "import re, sys; from pathlib import Path; from assay.exchange.imports.inspect_ai import read\n"
        "count = sum(1 for _ in read(Path(sys.argv[1]), print))\n"
        "print(count, int(re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1]) // 1024)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True)
    count, peak = map(int, done.stdout.split())
    assert count == 150
    mapped = path.stat().st_size >> 20  # its pages are the system's, and are counted with the process's
    assert peak < 120 + mapped
