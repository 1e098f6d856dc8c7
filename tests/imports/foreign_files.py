"""Small files in the forms of other tools, written as their makers write them, and what is to be read in them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple


class Trial(NamedTuple):
    """What is looked at of a decision."""

    model: str
    suite: str
    task_id: str
    sample: int
    status: str
    score: float | None


class Form(NamedTuple):
    """One tool's files, and the trials in them."""

    tool: str
    write: Callable[[Path], Path]
    trials: list[Trial]
    notes: tuple[str, ...] = ()
    """Parts of what has to be said about them."""


def _json(path: Path, value: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value))
    return path


def _lines(path: Path, values: list[Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(value) + "\n" for value in values))
    return path


def inspect_sample(task_id: str, epoch: int, value: Any, **more: Any) -> dict[str, Any]:
    return {
        "id": task_id, "epoch": epoch, "input": "Say it.", "target": "",
        "messages": [{"role": "user", "content": "Say it."}, {"role": "assistant", "content": "it"}],
        "output": {"model": "m-1", "choices": [{"message": {"role": "assistant", "content": [
            {"type": "reasoning", "reasoning": "hm"}, {"type": "text", "text": "it"}]}, "stop_reason": "stop"}], "time": 1.5},
        "scores": None if value is None else {"verify": {"value": value}},
        "model_usage": {"openai/m": {"input_tokens": 7, "output_tokens": 2, "total_tokens": 9, "input_tokens_cache_read": 3}},
        "events": [{"event": "model", "input": [], "input_refs": [[0, 1]]}], **more,
    }  # fmt: skip


def inspect_log(samples: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    return {
        "version": 2, "status": "success",
        "eval": {"run_id": "r", "created": "2026-08-01T00:00:00+00:00", "task": "inspect_evals/humaneval", "task_id": "t1",
                 "task_version": 2, "dataset": {}, "model": "openai/m", "config": {"epochs": 2},
                 "model_generate_config": {"temperature": 0.5}},
        "plan": {"steps": []}, "results": {"total_samples": len(samples), "completed_samples": len(samples),
                                           "scores": [{"name": "verify", "scorer": "verify", "metrics": {}}]},
        "stats": {}, "samples": samples, **more,
    }  # fmt: skip


def _inspect(folder: Path) -> Path:
    """NaN is how Inspect writes "unscored"."""
    lost = {"message": "boom", "traceback": "…/inspect_ai/model/_providers/openai.py", "traceback_ansi": ""}
    samples = [
        inspect_sample("HumanEval/0", 1, "C"), inspect_sample("HumanEval/0", 2, "I"), inspect_sample("HumanEval/1", 1, "P"),
        inspect_sample("HumanEval/1", 2, float("nan")), inspect_sample("HumanEval/2", 1, None, error=lost),
        inspect_sample("HumanEval/2", 2, "I", limit={"type": "token", "limit": 5}),
    ]  # fmt: skip
    return _json(folder / "log.json", inspect_log(samples))


def _lm_eval(folder: Path) -> Path:
    home = folder / "openai__m"
    stamp = "2026-08-01T10-00-00.123456"

    def line(doc_id: int, score: float, name: str) -> dict[str, Any]:
        prompt = {"gen_args_0": {"arg_0": "def f():", "arg_1": {"until": ["\ndef"]}}}
        return {"doc_id": doc_id, "doc": {"task_id": f"HumanEval/{doc_id}"}, "target": "", "arguments": prompt,
                "resps": [["    return 1"]], "filtered_resps": ["…"], "filter": name, "metrics": ["pass@1"],
                "doc_hash": "ab" * 32, "prompt_hash": "", "target_hash": "", "pass@1": score}  # fmt: skip

    _lines(home / f"samples_humaneval_{stamp}.jsonl", [
        line(0, 1.0, "create_test"), line(0, 0.0, "other"), line(1, 0.0, "create_test"), line(1, 0.0, "other"),
    ])  # fmt: skip
    _json(home / f"results_{stamp}.json", {
        "results": {"humaneval": {"alias": "humaneval", "pass@1,create_test": 0.5},
                    "mbpp": {"alias": "mbpp", "pass_at_1,none": 0.25, "pass_at_1_stderr,none": "N/A"},
                    "wikitext": {"word_perplexity,none": 37.1}, "all": {"acc,none": 0.3}},
        "group_subtasks": {"all": ["mbpp"], "mbpp": []}, "versions": {"humaneval": 1},
        "n-samples": {"humaneval": {"original": 164, "effective": 2}, "mbpp": {"original": 500, "effective": 500}},
        "config": {"model": "local-completions", "model_args": "model=openai/m,base_url=x"}, "model_name": "openai/m",
    })  # fmt: skip
    return folder


def _evalplus(folder: Path) -> Path:
    return _json(folder / "m" / "m_eval_results.json", {
        "date": "2026-08-01 10:00", "hash": "fe585eb4df8c88d844eeb463ea4d0302", "eval": {
            "HumanEval/0": [{"task_id": "HumanEval/0", "solution": "x", "base_status": "pass", "plus_status": "fail"}],
            "HumanEval/1": [{"task_id": "HumanEval/1", "solution": "x", "base_status": "fail", "plus_status": "pass"},
                            {"task_id": "HumanEval/1", "solution": "x", "base_status": "timeout", "plus_status": "timeout"}],
        },
    })  # fmt: skip


def _bigcode(folder: Path) -> Path:
    return _json(folder / "evaluation_results.json", {
        "humaneval": {"pass@1": 0.5, "pass@10": 0.8}, "parity": {"accuracy": 1},
        "config": {"model": "org/m", "temperature": 0.2, "n_samples": 20, "limit": None},
    })  # fmt: skip


def _bigcodebench(folder: Path) -> Path:
    return _json(folder / "m--bigcodebench-instruct--openai-0-1-sanitized_calibrated_eval_results.json", {
        "date": "2026-08-01 10:00",
        "eval": {"BigCodeBench/0": [{"task_id": "BigCodeBench/0", "solution": "x", "status": "pass", "details": {}}],
                 "BigCodeBench/1": [{"task_id": "BigCodeBench/1", "solution": "x", "status": "timeout", "details": {}}]},
    })  # fmt: skip


def _openai_evals(folder: Path) -> Path:
    def event(sample: str, kind: str, data: dict[str, Any]) -> dict[str, Any]:
        return {"run_id": "r", "event_id": 0, "sample_id": sample, "type": kind, "data": data, "created_by": "",
                "created_at": "2023-05-01 10:00:00.5+00:00"}  # fmt: skip

    return _lines(folder / "run.jsonl", [
        {"spec": {"completion_fns": ["gpt-3.5-turbo"], "eval_name": "coq.dev.v0", "base_eval": "coq", "split": "dev",
                  "run_config": {}, "created_by": "", "run_id": "r", "created_at": ""}},
        event("coq.dev.0", "sampling", {"prompt": [{"role": "user", "content": "?"}], "sampled": ["yes"]}),
        event("coq.dev.1", "sampling", {"prompt": "?", "sampled": "no"}),
        event("coq.dev.1", "match", {"correct": False, "expected": "yes", "picked": None}),
        event("coq.dev.0", "match", {"correct": True, "expected": "yes", "picked": "yes"}),
        event("coq.dev.0", "match", {"correct": True, "expected": "yes", "picked": "yes"}),
        event("coq.dev.2", "metrics", {"score": 0.25, "bleu": float("nan")}),
        event("coq.dev.3", "error", {"type": "RateLimitError", "message": "slow down"}),
        {"final_report": {"accuracy": 0.75}},
    ])  # fmt: skip


def _swebench_report(folder: Path) -> Path:
    return _json(folder / "org__m.run1.json", {
        "total_instances": 500, "submitted_instances": 5, "schema_version": 2, "resolved_ids": ["a__a-1"],
        "unresolved_ids": ["b__b-2"], "empty_patch_ids": ["c__c-3"], "error_ids": ["d__d-4"], "incomplete_ids": ["e__e-5"],
        "failure_reasons": {"d__d-4": "docker_pull"},
    })  # fmt: skip


def _livecodebench(folder: Path) -> Path:
    return _json(folder / "m" / "Scenario.codegeneration_10_0.2_eval_all.json", [
        {"question_id": "abc301_a", "platform": "atcoder", "difficulty": "easy", "contest_date": "2023-05-13T00:00:00",
         "output_list": ["```python\nx\n```", "y"], "code_list": ["x", ""], "graded_list": [True, False], "pass@1": 0.5},
    ])  # fmt: skip


def _aider(folder: Path) -> Path:
    def exercise(language: str, name: str, **more: Any) -> None:
        _json(folder / f"run/{language}/exercises/practice/{name}/.aider.results.json", {"testcase": name, **more})

    known = {"model": "m", "edit_format": "diff", "cost": 0.5, "duration": 3.0}
    exercise("python", "bowling", tests_outcomes=[False, True], **known)
    exercise("rust", "bowling", tests_outcomes=[False, False], test_timeouts=1, **known)
    exercise("go", "bowling", tests_outcomes=[], **known)
    return folder


def _harbor(folder: Path) -> Path:
    def trial(name: str, reward: float | None, error: str = "", **more: Any) -> None:
        _json(folder / "job" / name / "result.json", {
            "task_name": name.partition("__")[0], "trial_name": name, "source": "terminal-bench", "task_checksum": "cd" * 32,
            "agent_info": {"name": "codex", "version": "1.2", "model_info": {"name": "m", "provider": "openai"}},
            "agent_result": {"n_input_tokens": 100, "n_cache_tokens": 60, "n_output_tokens": 5, "cost_usd": 0.25},
            "verifier_result": None if reward is None else {"rewards": {"reward": reward}},
            "exception_info": {"exception_type": error, "exception_message": "why"} if error else None, **more,
        })  # fmt: skip

    trial("hello__1", 1.0)
    trial("hello__2", 0.0, "AgentTimeoutError")
    trial("world__1", None, "ApiRateLimitError")
    trial("world__2", None, "VerifierTimeoutError")
    trial("world__3", 0.0, "AgentSafetyRefusalError")
    _json(folder / "job" / "result.json", {"id": "x", "n_total_trials": 5, "stats": {}})
    return folder / "job"


def _nemo(folder: Path) -> Path:
    _json(folder / "eval-20260801T100000Z-mbpp.json", {
        "run_id": "eval-1", "config": {"model": "org/m", "temperature": 0}, "benchmark": {"name": "mbpp"}, "n_results": 4,
    })  # fmt: skip
    _lines(folder / "results.jsonl", [
        {"problem_idx": 0, "repeat": 0, "reward": 1.0, "prompt": "?", "model_response": "x", "latency_ms": 1500, "metadata": {}},
        {"problem_idx": 0, "repeat": 1, "reward": 0.0, "model_response": "y", "latency_ms": 0, "metadata": {"category": "easy"}},
        {"problem_idx": 1, "repeat": 0, "reward": 0.0, "scoring_details": {"error": "InfraError: gone"}, "metadata": {}},
    ])  # fmt: skip
    return folder


def _promptfoo(folder: Path) -> Path:
    def row(test: int, **more: Any) -> dict[str, Any]:
        return {"promptIdx": 0, "testIdx": test, "promptId": "p", "testCase": {"vars": {"x": test}}, "vars": {"x": test},
                "provider": {"id": "openai:m", "label": ""}, "prompt": {"raw": "Say it", "label": "it"}, "namedScores": {},
                "failureReason": 0, "latencyMs": 20, "cost": 0.01, **more}  # fmt: skip

    return _json(folder / "out.json", {
        "evalId": "e", "config": {"description": "smoke"}, "shareableUrl": None, "results": {
            "version": 3, "timestamp": "2026-08-01T10:00:00.000Z", "prompts": [], "stats": {}, "results": [
                row(0, success=True, score=1, response={"output": "it", "tokenUsage": {"prompt": 3, "completion": 1}}),
                row(0, success=True, score=1, response={"output": "it", "cached": True, "tokenUsage": {"cached": 4, "total": 4}}),
                row(1, success=False, score=0.5, failureReason=1, response={"output": {"a": 1}}),
                row(2, success=False, score=0, failureReason=2, error="429"),
            ]},
    })  # fmt: skip


def _t(model: str, suite: str, rows: list[tuple[str, int, str, float | None]]) -> list[Trial]:
    return [Trial(model, suite, *row) for row in rows]


FORMS = [
    Form("inspect", _inspect, _t("openai/m", "humaneval", [
        ("HumanEval/0", 0, "passed", 1.0), ("HumanEval/0", 1, "failed", 0.0), ("HumanEval/1", 0, "scored", 0.5),
        ("HumanEval/1", 1, "sandbox_error", None), ("HumanEval/2", 0, "provider_error", None),
        ("HumanEval/2", 1, "exceeded", 0.0),
    ]), ("2 samples have no score",)),
    Form("lm-eval", _lm_eval, [
        *_t("openai/m", "humaneval", [("HumanEval/0", 0, "passed", 1.0), ("HumanEval/1", 0, "failed", 0.0)]),
        *_t("openai/m", "mbpp", [("*", 0, "scored", 0.25)]),
    ], ("not those under other", "2 of 164 documents", "wikitext")),
    Form("evalplus", _evalplus, [
        *_t("m", "humaneval+ (base tests)", [("HumanEval/0", 0, "passed", 1.0), ("HumanEval/1", 0, "failed", 0.0),
                                             ("HumanEval/1", 1, "exceeded", 0.0)]),
        *_t("m", "humaneval+", [("HumanEval/0", 0, "failed", 0.0), ("HumanEval/1", 0, "failed", 0.0),
                                ("HumanEval/1", 1, "exceeded", 0.0)]),
    ]),
    Form("bigcode", _bigcode, _t("org/m", "humaneval", [("*", 0, "scored", 0.5)]), ("parity has no pass@1",)),
    Form("bigcode", _bigcodebench, _t("m", "bigcodebench", [
        ("BigCodeBench/0", 0, "passed", 1.0), ("BigCodeBench/1", 0, "exceeded", 0.0)])),
    Form("openai-evals", _openai_evals, _t("gpt-3.5-turbo", "openai-evals:coq", [
        ("coq.dev.0", 0, "passed", 1.0), ("coq.dev.1", 0, "failed", 0.0), ("coq.dev.2", 0, "scored", 0.25),
        ("coq.dev.3", 0, "provider_error", None),
    ]), ("1 samples have a second verdict", "1 samples have no verdict", "its report says 0.75")),
    Form("swebench", _swebench_report, _t("org/m", "swe-bench-verified", [
        ("a__a-1", 0, "passed", 1.0), ("b__b-2", 0, "failed", 0.0), ("c__c-3", 0, "invalid", 0.0),
        ("d__d-4", 0, "sandbox_error", None), ("e__e-5", 0, "invalid", 0.0),
    ]), ("its score is the worst value shown",)),
    Form("livecodebench", _livecodebench, _t("m", "livecodebench", [
        ("abc301_a", 0, "passed", 1.0), ("abc301_a", 1, "failed", 0.0)])),
    Form("aider", _aider, _t("m", "aider-polyglot:diff", [
        ("python/bowling", 0, "passed", 1.0), ("rust/bowling", 0, "exceeded", 0.0), ("go/bowling", 0, "sandbox_error", None),
    ]), ("1 exercises have no outcome",)),
    Form("harbor", _harbor, _t("codex + openai/m", "terminal-bench", [
        ("hello", 0, "passed", 1.0), ("hello", 1, "exceeded", 0.0), ("world", 0, "provider_error", None),
        ("world", 1, "sandbox_error", None), ("world", 2, "refused", 0.0),
    ]), ("2 trials have no valid reward",)),
    Form("nemo", _nemo, _t("org/m", "mbpp", [
        ("0", 0, "passed", 1.0), ("0", 1, "failed", 0.0), ("1", 0, "sandbox_error", None),
    ]), ("1 results are errors", "names 4 results, the file holds 3")),
    Form("promptfoo", _promptfoo, _t("openai:m", "smoke", [
        ("0", 0, "passed", 1.0), ("0", 1, "passed", 1.0), ("1", 0, "failed", 0.5), ("2", 0, "provider_error", None),
    ]), ("1 answers came from promptfoo's cache",)),
]  # fmt: skip
