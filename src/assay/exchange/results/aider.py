"""Aider's results: `.aider.results.json` per exercise, in the folders where its tools look, and its summary as YAML."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import yaml

from assay.core.task import Suite
from assay.core.trial import Decision
from assay.solvers.two_tries import TRIES

_COUNTED = {
    "num_malformed_responses": "num_malformed_responses",
    "num_exhausted_context_windows": "exhausted_context_windows",
    "syntax_errors": "syntax_errors",
    "indentation_errors": "indentation_errors",
    "lazy_comments": "lazy_comments",
    "test_timeouts": "test_timeouts",
    "prompt_tokens": "prompt_tokens",
    "completion_tokens": "completion_tokens",
    "num_error_outputs": "error_outputs",
    "num_user_asks": "user_asks",
}
"""Fields of one exercise's result to what the summary calls their sum."""


def write(folder: Path, name: str, suite: Suite, decisions: Sequence[Decision]) -> list[Path]:
    """The folder of a run, one a sample as Aider has no samples, and its summary. Exercises without a verdict have no
    file, as with Aider."""
    written: list[Path] = []
    samples: dict[int, list[Decision]] = {}
    for one in decisions:
        if one.passed is not None:
            samples.setdefault(one.sample, []).append(one)
    form = suite.name.partition(":")[2] or "whole"
    for sample, judged in sorted(samples.items()):
        run = folder / (f"{name}--{sample}" if len(samples) > 1 else name)
        rows = [_result(one, form=form) for one in judged]
        for one, row in zip(judged, rows, strict=True):
            language, _, exercise = one.task_id.partition("/")
            path = run / language / "exercises" / "practice" / exercise / ".aider.results.json"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(msgspec.json.format(msgspec.json.encode(row), indent=4))
        path = run.with_name(f"{run.name}.yml")
        day = time.strftime("%Y-%m-%d", time.gmtime(min(one.started_at for one in judged)))
        path.write_text(
            yaml.safe_dump([summary(run.name, rows, of=len(suite.tasks), day=day)], sort_keys=False), encoding="utf-8"
        )
        written += [run, path]
    return written


def _result(one: Decision, *, form: str) -> dict[str, Any]:
    facts: Mapping[str, Any] = (one.detail or {}).get("solver", {})
    counted = {field: facts.get(field, 0) for field in _COUNTED}
    return counted | {
        "testdir": one.task_id,
        "testcase": one.task_id.partition("/")[2],
        "model": one.model,
        "edit_format": facts.get("edit_format", form),
        "tests_outcomes": facts.get("tests_outcomes", [bool(one.passed)]),
        "cost": one.cost_usd or 0.0,
        "duration": one.elapsed or 0.0,
        "commit_hash": "",
        "prompt_tokens": one.usage.input or 0,
        "completion_tokens": one.usage.output or 0,
        "reasoning_effort": None,
        "thinking_tokens": None,
        "chat_hashes": [],
    }


def summary(run: str, rows: Sequence[Mapping[str, Any]], *, of: int, day: str) -> dict[str, Any]:
    """The figures of one run of a suite `of` so many tasks, as Aider's leaderboard lists them."""
    tries = max([TRIES, *(len(row["tests_outcomes"]) for row in rows)])
    passed = [sum(any(row["tests_outcomes"][: number + 1]) for row in rows) for number in range(tries)]
    malformed = sum(row["num_malformed_responses"] > 0 for row in rows)
    duration, cost = sum(row["duration"] for row in rows), sum(row["cost"] for row in rows)
    return {
        "dirname": run,
        "test_cases": len(rows),
        "model": ", ".join(sorted({row["model"] for row in rows})),
        "edit_format": ", ".join(sorted({row["edit_format"] for row in rows})),
        **{f"pass_rate_{number + 1}": round(100 * count / len(rows), 1) for number, count in enumerate(passed)},
        **{f"pass_num_{number + 1}": count for number, count in enumerate(passed)},
        "percent_cases_well_formed": round(100 * (1 - malformed / len(rows)), 1),
        "num_with_malformed_responses": malformed,
        **{called: sum(row[field] for row in rows) for field, called in _COUNTED.items()},
        "total_tests": of,
        "date": day,
        "seconds_per_case": round(duration / len(rows), 1),
        "total_cost": round(cost, 4),
    }
