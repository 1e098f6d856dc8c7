"""EvalPlus' `<samples>_eval_results.json`: of each sample its whole program, how base and plus inputs ended, and the
input that it failed on."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assay.core.task import Suite, Task
from assay.core.trial import Decision
from assay.exchange.imports.evalplus import VERSIONS
from assay.formats.extract import take_code
from assay.stats.passk import pass_at_k

_HASHES = {version: digest for digest, (version, _) in VERSIONS.items()}
_PARTS = ("base", "plus")


def write(folder: Path, name: str, suite: Suite, decisions: Sequence[Decision]) -> list[Path]:
    """What has no verdict is left out: the official form has no word for it."""
    tasks = {task.id: task for task in suite.tasks}
    results: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for one in sorted(decisions, key=lambda one: one.sample):
        if one.score is not None and one.task_id in tasks:
            results[one.task_id].append(_sample(one, tasks[one.task_id]))
    content = {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M"),
        "hash": _HASHES.get(suite.version, ""),
        "eval": {task_id: results[task_id] for task_id in tasks if task_id in results},
        "pass_at_k": {part: _rates(list(results.values()), _PARTS[: number + 1]) for number, part in enumerate(_PARTS)},
    }
    path = folder / f"{name}_eval_results.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return [path]


def _sample(one: Decision, task: Task) -> dict[str, Any]:
    detail = one.detail or {}
    said, ran = detail.get("parts", {}), detail.get("ran", {})
    return {
        "task_id": one.task_id,
        "solution": _program(one, task),
        **{f"{part}_status": said.get(part, "fail") for part in _PARTS},
        **{f"{part}_fail_tests": _failed_on(task, part, said, ran) for part in _PARTS},
    }


def _program(one: Decision, task: Task) -> str:
    """The text as it came, behind the prompt, or what was taken from it: as it was judged."""
    text, relation = one.completion or "", (one.detail or {}).get("program")
    if relation == "whole":
        return text
    if relation == "joined":
        return str(task.grading["prompt"]) + text
    return take_code(text, task.extract, language=task.language).files.get(task.extract.path, "")


def _failed_on(task: Task, part: str, said: dict[str, str], ran: dict[str, int]) -> list[Any]:
    """The last input that was run, where the part did not pass."""
    last = ran.get(part, 0) if said.get(part) != "pass" else 0
    return [json.loads(task.grading[part])[last - 1]] if last else []


def _rates(results: list[list[dict[str, Any]]], parts: Sequence[str]) -> dict[str, float]:
    """For those k that every task has enough samples for."""
    counts = [len(samples) for samples in results]
    right = [sum(all(one[f"{part}_status"] == "pass" for part in parts) for one in samples) for samples in results]
    fewest = min(counts, default=0)
    return {f"pass@{k}": float(pass_at_k(counts, right, k).mean()) for k in (1, 10, 100) if k <= fewest}
