"""The tools themselves, from PyPI, in environments of their own: they open what is exported, and what they write
is imported."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from measure import peer

from assay.core.trial import Decision
from assay.exchange.exports import exporter_of
from assay.exchange.imports import reader_of
from assay.exchange.imports.writer import write_run
from assay.store.journal import FileJournal, RunFolder
from synthetic_runs import lost, make_plan, make_run

pytestmark = [pytest.mark.long, pytest.mark.timeout(1800)]


def asked(tool: str, script: str, *arguments: object, packages: tuple[str, ...], timeout: float = 900.0) -> Any:
    """What `script` prints as JSON when the tool's own Python runs it."""
    try:
        python = peer(tool, *packages) / "python"
    except (subprocess.CalledProcessError, OSError) as error:
        pytest.skip(f"{tool} cannot be had here: {error}")
    offline = {**os.environ, "HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1", "HF_HOME": "/nonexistent"}
    command = [str(python), "-c", script, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=timeout, env=offline)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


INSPECT = ("inspect-ai==0.3.285", "openai")
"""As benchmarks/engine.py has it: one environment serves both."""


@pytest.fixture
def run(tmp_path: Path) -> RunFolder:
    """Two models, two samples of five tasks, right and wrong, and one trial that was lost."""
    folder = make_run(tmp_path, make_plan(models=("org/alpha", "beta"), tasks=5, samples=2), chance=0.6)
    first = next(folder.decisions())
    with FileJournal(folder) as journal:
        journal.decide(_replaced(first, lost(revision=1)))
    return folder


def _replaced(one: Decision, more: dict[str, Any]) -> Decision:
    import msgspec

    return msgspec.structs.replace(one, **more)


def test_inspect_opens_what_is_exported(run: RunFolder, tmp_path: Path) -> None:
    """Its log reader and its lists of samples see each trial with score, prompt and answer."""
    script = """
import json, sys
from inspect_ai.log import list_eval_logs, read_eval_log, read_eval_log_sample, read_eval_log_sample_summaries
told = []
for info in list_eval_logs(sys.argv[1]):
    log = read_eval_log(info)
    one = log.samples[0]
    told.append({
        "task": log.eval.task, "model": log.eval.model, "status": log.status,
        "accuracy": log.results.scores[0].metrics["accuracy"].value,
        "samples": [[s.id, s.epoch, s.scores["assay"].value if s.scores else None] for s in log.samples],
        "errors": [s.error.message for s in log.samples if s.error],
        "input": one.input, "answer": log.samples[-1].output.completion,
        "again": read_eval_log_sample(info, id=one.id, epoch=one.epoch).uuid == one.uuid,
        "summaries": len(read_eval_log_sample_summaries(info)),
    })
print(json.dumps(told))
"""
    exporter_of("inspect")(run, tmp_path / "logs")
    logs = asked("inspect", script, tmp_path / "logs", packages=INSPECT)
    assert {log["model"] for log in logs} == {"org/alpha", "beta"}
    for log in logs:
        held = [one for one in run.latest().values() if one.model == log["model"]]
        letters = {1.0: "C", 0.0: "I", None: None}
        expected = sorted([one.task_id, one.sample + 1, letters[one.score]] for one in held)
        assert sorted(log["samples"]) == expected
        assert len(log["errors"]) == sum(one.score is None for one in held)
        assert (log["summaries"], log["again"]) == (10, True)
        assert log["input"].startswith("Please solve")
        assert log["answer"] == held[-1].completion
        assert 0 < log["accuracy"] <= 1


def test_what_inspect_writes_is_imported(tmp_path: Path) -> None:
    """All its forms, chunked samples too: Zstandard members, NaN and tables for scores, errors, limits, attachments."""
    script = """
import json, sys
from inspect_ai.log import (EvalConfig, EvalDataset, EvalError, EvalLog, EvalResults, EvalSample, EvalSampleLimit,
                            EvalScore, EvalSpec, write_eval_log)
from inspect_ai.model import ChatMessageUser, ModelOutput, ModelUsage
from inspect_ai.scorer import Score
def sample(id, epoch, value, **more):
    return EvalSample(id=id, epoch=epoch, input=[ChatMessageUser(content="Say it. " * 400)], target="x",
                      output=ModelOutput.from_content("m", "it " * 400), scores={"verify": Score(value=value)},
                      model_usage={"openai/m": ModelUsage(input_tokens=5, output_tokens=2, total_tokens=7)}, **more)
samples = [sample("HumanEval/0", 1, "C"), sample("HumanEval/0", 2, float("nan")), sample(1, 1, 0.25),
           sample(1, 2, {"a": 1, "b": 0}), sample("x", 1, "I", limit=EvalSampleLimit(type="token", limit=5)),
           EvalSample(id="x", epoch=2, input="?", target="", error=EvalError(message="boom", traceback="", traceback_ansi=""))]
log = EvalLog(status="success", samples=samples,
              eval=EvalSpec(created="2026-08-01T00:00:00+00:00", task="inspect_evals/humaneval", dataset=EvalDataset(),
                            model="openai/m", config=EvalConfig(epochs=2)),
              results=EvalResults(total_samples=6, completed_samples=5, scores=[EvalScore(name="verify", scorer="verify")]))
for form in ("eval", "json"):
    write_eval_log(log, f"{sys.argv[1]}/log.{form}", format=form)
from inspect_ai.log._recorders.chunked import convert_eval_logs_to_chunked
convert_eval_logs_to_chunked(f"{sys.argv[1]}/log.eval", output_dir=f"{sys.argv[1]}/chunked")
print(json.dumps(True))
"""
    asked("inspect", script, tmp_path, packages=INSPECT)
    for place in ("log.eval", "log.json", "chunked/log.eval"):
        notes: list[str] = []
        found = list(reader_of("inspect")(tmp_path / place, notes.append))
        back = write_run(tmp_path / "runs", place.replace("/", "-"), found, tool="inspect").folder
        seen = [(one.task_id, one.sample, one.status.value, one.score) for one in back.decisions()]
        assert sorted(seen) == [
            ("1", 0, "scored", 0.25), ("1", 1, "passed", 1.0), ("HumanEval/0", 0, "passed", 1.0),
            ("HumanEval/0", 1, "sandbox_error", None), ("x", 0, "exceeded", 0.0), ("x", 1, "sandbox_error", None),
        ]  # fmt: skip
        first = next(one for one in back.decisions() if one.status.value == "passed")
        assert first.completion == "it " * 400
        asks = {one.ask.messages[0].content for one in found if one.ask and one.decision.completion is not None}
        assert asks == {"Say it. " * 400}
        assert (first.usage.input, first.usage.output) == (5, 2)
        assert any("tables" in note for note in notes)


LM_EVAL = ("lm_eval==0.4.13",)


def test_lm_eval_opens_what_is_exported(run: RunFolder, tmp_path: Path) -> None:
    """Its own functions find the files, take the names apart and print its table."""
    script = """
import glob, json, sys
from lm_eval.utils import get_file_task_name, get_results_filenames, get_sample_results_filenames, make_table
names = glob.glob(sys.argv[1] + "/*/*")
results = get_results_filenames(names)
samples = get_sample_results_filenames(names)
print(json.dumps({
    "tasks": [get_file_task_name(name.rpartition("/")[2]) for name in samples],
    "tables": [make_table(json.load(open(name))) for name in results],
}))
"""
    exporter_of("lm-eval")(run, tmp_path / "out")
    told = asked("lm-eval", script, tmp_path / "out", packages=LM_EVAL)
    assert told["tasks"] == ["core", "core"]
    assert len(told["tables"]) == 2
    assert all("|core " in table and "pass@1" in table for table in told["tables"])


def test_what_lm_eval_writes_is_imported(tmp_path: Path) -> None:
    """A real run of it, offline, on a task of two documents: each is a trial with its prompt."""
    (tmp_path / "tiny.jsonl").write_text(
        '{"task_id": "t/0", "question": "Say lol", "answer": "lol"}\n'
        '{"task_id": "t/1", "question": "Say ok", "answer": "ok"}\n'
    )
    (tmp_path / "tiny.yaml").write_text(
        "task: tiny\ndataset_path: json\ndataset_kwargs: {data_files: {test: " + str(tmp_path / "tiny.jsonl") + "}}\n"
        'test_split: test\noutput_type: generate_until\ndoc_to_text: "{{question}}"\ndoc_to_target: "{{answer}}"\n'
        'generation_kwargs: {until: ["\\n"]}\nmetric_list: [{metric: exact_match}]\nmetadata: {version: 1}\n'
    )
    script = """
import runpy, sys
folder = sys.argv[1]
import os; os.environ["HF_HOME"] = folder + "/hf"
sys.argv = ["lm_eval", "run", "--model", "dummy", "--tasks", "tiny", "--include_path", folder,
            "--output_path", folder + "/out", "--log_samples"]
try:
    runpy.run_module("lm_eval", run_name="__main__")
finally:
    print("true")
"""
    asked("lm-eval", script, tmp_path, packages=LM_EVAL)
    notes: list[str] = []
    found = reader_of("lm-eval")(tmp_path / "out", notes.append)
    back = write_run(tmp_path / "runs", "back", found, tool="lm-eval").folder
    seen = [(one.suite, one.task_id, one.score, one.completion, one.prompt_hash != "") for one in back.decisions()]
    assert seen == [("tiny", "t/0", 1.0, "lol", True), ("tiny", "t/1", 0.0, "lol", True)]


def test_openai_evals_opens_what_is_exported(run: RunFolder, tmp_path: Path) -> None:
    """Its own functions take spec, single results and final report out of each record."""
    script = """
import glob, importlib.util, json, sys, sysconfig
from pathlib import Path
path = Path(sysconfig.get_paths()["purelib"]) / "evals" / "utils" / "log_utils.py"
spec = importlib.util.spec_from_file_location("log_utils", path)
log_utils = importlib.util.module_from_spec(spec)
spec.loader.exec_module(log_utils)
print(json.dumps([
    {"model": log_utils.extract_spec(name)["completion_fns"],
     "matches": [one["correct"] for one in log_utils.extract_individual_results(name, "match")],
     "report": log_utils.extract_final_results(name)}
    for name in map(Path, glob.glob(sys.argv[1] + "/*.jsonl"))
]))
"""
    exporter_of("openai-evals")(run, tmp_path / "out")
    told = asked("openai-evals", script, tmp_path / "out", packages=("--no-deps", "evals==3.0.1.post1"))
    for record in told:
        held = [one for one in run.latest().values() if [one.model] == record["model"]]
        judged = [one.score for one in held if one.score is not None]
        assert len(record["matches"]) == len(judged)
        assert record["report"]["accuracy"] == pytest.approx(sum(judged) / len(judged))
        assert record["report"]["missing"] == len(held) - len(judged)
