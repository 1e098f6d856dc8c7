"""What the tools themselves were seen to write, in small: each trap of it is read for what it means."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assay.core.trial import Decision
from assay.store.journal import RunFolder

Assay = Callable[..., Any]
Read = Callable[..., tuple[RunFolder, list[Decision], str]]


@pytest.fixture
def read(assay: Assay, tmp_path: Path) -> Read:
    """Imports a path: the run, its decisions, and what was noted."""

    def call(tool: str, path: Path) -> tuple[RunFolder, list[Decision], str]:
        name = f"{tool}-{path.name}"
        said = assay("import", tool, path, "--name", name)
        assert said.code == 0, said.err
        folder = RunFolder(tmp_path / "runs" / name)
        return folder, sorted(folder.decisions(), key=lambda one: (one.model, one.task_id, one.sample)), said.err

    return call


def _json(path: Path, value: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value))
    return path


def _lines(path: Path, values: list[Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(value) + "\n" for value in values))
    return path


def _trials(decisions: list[Decision]) -> list[tuple[str, str, int, str, float | None]]:
    return [(one.model, one.task_id, one.sample, one.status.value, one.score) for one in decisions]


def _row(column: int, test: int, word: str, **more: Any) -> dict[str, Any]:
    asserts = more.pop("asserts", [{"type": "contains", "value": word}])
    prompt = ("Say it", "shout")[column]
    return {
        "promptIdx": column, "testIdx": test, "promptId": "", "vars": {"word": word}, "provider": {"id": "own", "label": "mine"},
        "prompt": {"raw": f"{prompt}: {word}", "label": prompt, "config": {}}, "success": True, "score": 1, "failureReason": 0,
        "testCase": {"vars": {"word": word}, "assert": asserts, "options": {}, "metadata": {}}, "namedScores": {},
        "response": {"output": word, "tokenUsage": {"total": 3, "prompt": 2, "completion": 1}}, "latencyMs": 20, "cost": 0,
        "gradingResult": {"pass": True, "score": 1, "reason": "All assertions passed"}, **more,
    }  # fmt: skip


def _promptfoo_rows() -> list[dict[str, Any]]:
    """Two tests, run twice: the file numbers them 0 to 3, and holds them as they were done."""
    lost = {
        "success": False,
        "score": 0,
        "failureReason": 2,
        "error": "gone",
        "response": {"error": "gone"},
        "latencyMs": 1,
    }
    return [
        _row(0, 1, "a"), _row(0, 0, "a", cost=0.5, namedScores={"has": 1}), _row(1, 0, "a", success=False, score=0.75),
        _row(1, 1, "a", score=5), _row(0, 2, "b"), _row(0, 3, "b", success=False, score=-1), _row(1, 3, "b", **lost),
        _row(1, 2, "b", success=False, score=1), _row(0, 4, "c", asserts=None, score=0.5),
    ]  # fmt: skip


def test_repeats_of_promptfoo_are_samples_of_one_task(read: Read, tmp_path: Path) -> None:
    """Same variables and assertions are one task, whatever its number; a prompt is part of who is compared; and both
    forms of the file give the same trials."""
    rows = _promptfoo_rows()
    whole = {
        "results": {"version": 3, "results": rows, "stats": {}}, "config": {"description": "smoke"},
        "metadata": {"promptfooVersion": "0.121.20"},
    }  # fmt: skip
    folder, decisions, noted = read("promptfoo", _json(tmp_path / "smoke.json", whole))
    assert _trials(decisions) == [
        ("mine · Say it", "0", 0, "passed", 1.0), ("mine · Say it", "0", 1, "passed", 1.0),
        ("mine · Say it", "1", 0, "passed", 1.0), ("mine · Say it", "1", 1, "failed", 0.0),
        ("mine · Say it", "2", 0, "passed", 0.5),
        ("mine · shout", "0", 0, "failed", 0.75), ("mine · shout", "0", 1, "passed", 1.0),
        ("mine · shout", "1", 0, "provider_error", None), ("mine · shout", "1", 1, "failed", 0.0),
    ]  # fmt: skip
    assert "3 scores lie outside 0 to 1, or contradict" in noted
    assert "1 answers were held against no assertion" in noted
    assert folder.plan.versions["promptfoo"] == "0.121.20"
    assert sum(one.cost_usd or 0 for one in decisions) == 0.5
    assert {one.cost_source for one in decisions if one.cost_usd is None} == {"unknown"}
    assert next(one.detail for one in decisions if one.cost_usd) == {"named_scores": {"has": 1}}
    broken = next(one for one in decisions if one.score is None)
    assert (broken.latency, broken.usage.input, broken.reason) == (None, None, "gone")
    _, again, _ = read("promptfoo", _lines(tmp_path / "more/smoke.jsonl", rows))
    assert [one.trial_id for one in again] == [one.trial_id for one in decisions]
    _json(tmp_path / "more/smoke.json", whole)
    _, both, noted = read("promptfoo", tmp_path / "more")
    assert len(both) == len(decisions)
    assert "smoke.jsonl is left out" in noted


def test_promptfoo_in_csv_is_told_how_to_be_written(assay: Assay, tmp_path: Path) -> None:
    """A form that says too little is refused in one line that names one that does."""
    (tmp_path / "out.csv").write_text("word,[own] Say it\na,[PASS] a\n")
    said = assay("import", "promptfoo", tmp_path / "out.csv")
    assert said.code == 2
    assert "promptfoo eval -o out.json" in said.err


def test_errors_of_nemo_are_whose_they_are(read: Read, tmp_path: Path) -> None:
    """All stand there with a reward of 0: an agent that used up its turns has failed, an endpoint that is gone, a judge
    that was never set up and a reward that is no number are missing."""

    def line(problem: int, reward: float, **details: Any) -> dict[str, Any]:
        steps = [{"source": "system", "message": "Be brief."}, {"source": "user", "message": "?"}]
        return {
            "problem_idx": problem, "repeat": 0, "reward": reward, "scorer_rewards": {}, "prompt": "?", "model_response": "x",
            "expected_answer": "x", "scoring_details": details, "metadata": {"task_id": f"own/{problem}"}, "tokens": 9,
            "latency_ms": 20.5, "trajectory": [{"steps": [*steps, {"source": "agent", "message": "x"}],
                                                "final_metrics": {"total_prompt_tokens": 7, "total_completion_tokens": 2}}],
        }  # fmt: skip

    home = tmp_path / "out" / "own_bench"
    _json(home / "eval-20260801T100000Z-own_bench.json", {
        "sdk_version": "0.3.0", "config": {"model": "tiny"}, "benchmark": {"name": "own/bench"}, "n_results": 6,
    })  # fmt: skip
    _lines(home / "results.jsonl", [
        line(0, 1.0, note=float("nan")), line(1, 0.0, error="max_turns_exhausted", error_category="graceful"),
        line(2, 0.0, error="HTTP 500", error_category="infra_error"), line(3, 0.0, error="no space", error_category="system"),
        line(4, 0.0, needs_judge=False, judge={"error": "no judge_client configured", "total": None}),
        line(5, float("nan")),
    ])  # fmt: skip
    folder, decisions, noted = read("nemo", tmp_path / "out")
    assert [(one.task_id, one.status.value, one.score) for one in decisions] == [
        ("own/0", "passed", 1.0), ("own/1", "failed", 0.0), ("own/2", "provider_error", None),
        ("own/3", "sandbox_error", None), ("own/4", "sandbox_error", None), ("own/5", "sandbox_error", None),
    ]  # fmt: skip
    assert "4 results are errors" in noted
    assert (decisions[0].usage.input, decisions[0].usage.output) == (7, 2)
    assert folder.plan.versions["nemo"] == "0.3.0"


def test_ids_of_nemo_that_are_not_one_each_are_left_alone(read: Read, tmp_path: Path) -> None:
    """Where two problems carry the same id, their numbers tell them apart."""
    rows = [{"problem_idx": n, "reward": 1.0, "metadata": {"task_id": "same"}} for n in range(2)]
    _, decisions, _ = read("nemo", _lines(tmp_path / "results.jsonl", rows))
    assert [one.task_id for one in decisions] == ["0", "1"]


def _harbor(path: Path, **more: Any) -> None:
    _json(path / "result.json", {
        "task_name": "own/fix", "trial_name": path.name, "source": "own", "task_checksum": "ef" * 32,
        "config": {"agent": {"name": "terminus", "kwargs": {}}}, "agent_info": {"name": "terminus", "version": "2"},
        "agent_result": None, "verifier_result": {"rewards": {"reward": 0}}, "exception_info": None, **more,
    })  # fmt: skip


def _error(kind: str, *, valid: bool) -> dict[str, Any]:
    policy = {"should_retry": False, "should_grade": True, "has_valid_reward": valid}
    return {"exception_type": kind, "exception_message": "why", "policy": policy}


def test_steps_and_rules_of_harbor(read: Read, tmp_path: Path) -> None:
    """A task of several steps says at them what went wrong and was spent; whether an error voids the reward is said by
    the rules that the job ran under; and an agent that is set up otherwise is another entrant."""
    time = {"started_at": "2026-08-01T10:00:00Z", "finished_at": "2026-08-01T10:00:05Z"}
    spent = {"n_input_tokens": 10, "n_cache_tokens": 4, "n_output_tokens": 1, "cost_usd": None}
    steps: list[dict[str, Any]] = [
        {"step_name": "a", "agent_result": spent, "agent_execution": time, "exception_info": None},
        {"step_name": "b", "agent_result": spent | {"cost_usd": 0.5}, "agent_execution": time,
         "exception_info": _error("ApiRateLimitError", valid=False)},
    ]  # fmt: skip
    _harbor(tmp_path / "job/fix__a", step_results=steps)
    _harbor(tmp_path / "job/fix__b", exception_info=_error("ApiRateLimitError", valid=True))
    _harbor(tmp_path / "job/fix__c", exception_info=_error("OwnError", valid=False))
    _harbor(tmp_path / "job/fix__d", config={"agent": {"kwargs": {"effort": "high"}}})
    _json(tmp_path / "job/lock.json", {"schema_version": 3, "harbor": {"version": "0.26.0"}})
    _json(tmp_path / "job/result.json", {"n_total_trials": 6, "stats": {}})
    folder, decisions, noted = read("harbor", tmp_path / "job")
    assert [(one.model, one.sample, one.status.value) for one in decisions] == [
        ("terminus", 0, "provider_error"), ("terminus", 1, "failed"), ("terminus", 2, "sandbox_error"),
        ("terminus (2)", 0, "failed"),
    ]  # fmt: skip
    first = decisions[0]
    assert (first.usage.input, first.usage.cache_read, first.usage.output) == (12, 8, 2)
    assert (first.cost_usd, first.elapsed) == (0.5, 10.0)
    assert "2 trials have no valid reward" in noted
    assert "6 trials were planned, 4 have a result" in noted
    assert folder.plan.versions["harbor"] == "0.26.0"


def test_the_first_harness_of_terminal_bench(read: Read, tmp_path: Path) -> None:
    """Agent, model and version of the tasks stand in a file beside the results."""
    _json(tmp_path / "run/run_metadata.json", {
        "run_id": "run", "agent_name": "terminus", "model_name": "org/m", "dataset_name": "terminal-bench-core",
        "dataset_version": "0.1.1", "accuracy": 0.25,
    })  # fmt: skip
    _json(tmp_path / "run/a/a.1-of-1.run/results.json", {"task_id": "a", "is_resolved": True, "parser_results": {}})
    _json(tmp_path / "run/results.json", {"id": "x", "accuracy": 0.25, "results": [
        {"task_id": "a", "instruction": "Do.", "is_resolved": True, "failure_mode": "unset", "total_input_tokens": 0},
        {"task_id": "b", "is_resolved": False, "failure_mode": "agent_timeout", "total_input_tokens": 5},
        {"task_id": "c", "is_resolved": None, "failure_mode": "parse_error"},
        {"task_id": "d", "is_resolved": False, "failure_mode": "agent_installation_failed"},
    ]})  # fmt: skip
    folder, decisions, _ = read("harbor", tmp_path / "run")
    assert _trials(decisions) == [
        ("terminus + org/m", "a", 0, "passed", 1.0), ("terminus + org/m", "b", 0, "exceeded", 0.0),
        ("terminus + org/m", "c", 0, "sandbox_error", None), ("terminus + org/m", "d", 0, "sandbox_error", None),
    ]  # fmt: skip
    assert [one.usage.input for one in decisions[:2]] == [None, 5]
    assert [(one.name, one.version) for one in folder.plan.suites] == [("terminal-bench-core", "0.1.1")]


def test_stored_answers_that_bigcode_judged(read: Read, tmp_path: Path) -> None:
    """Who wrote them it does not say, but names a model of its own; the score is over the tasks that it looked at; and
    how many samples were drawn makes nobody another model."""
    stored = {"model": "codeparrot/codeparrot-small", "load_generations_path": "a/theirs.json", "limit_start": 4}
    _json(tmp_path / "r/a.json", {"humaneval": {"pass@1": 0.5}, "config": {**stored, "limit": None, "n_samples": 1}})
    _json(tmp_path / "r/b.json", {"multiple-rs": {"pass@1": 0.5}, "config": {**stored, "limit": 6, "n_samples": 20}})
    _json(tmp_path / "r/c.json", {"humanevalsynthesize-go": {"pass@1": 1.0}, "config": {**stored, "limit": 900}})
    _, decisions, noted = read("bigcode", tmp_path / "r")
    assert [(one.model, one.suite, one.weight) for one in sorted(decisions, key=lambda one: one.suite)] == [
        ("theirs", "humaneval", 160), ("theirs", "humanevalsynthesize-go", 160), ("theirs", "multipl-e:rust", 6),
    ]  # fmt: skip
    assert "nobody named their model" in noted
