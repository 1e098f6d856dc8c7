"""BigCodeBench's `…_eval_results.json` and `…_pass_at_k.json`, as its evaluation writes them."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from assay.core.task import Suite, Task
from assay.core.trial import Decision, Status
from assay.formats.extract import take_code
from assay.stats.passk import pass_at_k

_K = (1, 5, 10)


def write(folder: Path, name: str, suite: Suite, decisions: Sequence[Decision]) -> list[Path]:
    """Answers that could not be judged are left out: the form has no word for them."""
    by_task: dict[str, list[Decision]] = defaultdict(list)
    for one in sorted(decisions, key=lambda one: one.sample):
        if one.passed is not None:
            by_task[one.task_id].append(one)
    tasks = [task for task in suite.tasks if by_task[task.id]]
    if not tasks:
        return []
    results = {
        "date": time.strftime("%Y-%m-%d %H:%M"),
        "eval": {task.id: [_row(task, one) for one in by_task[task.id]] for task in tasks},
    }
    kind, _, hard = suite.name.split(":")[1].partition("-")
    sizes = np.array([len(by_task[task.id]) for task in tasks])
    right = np.array([sum(bool(one.passed) for one in by_task[task.id]) for task in tasks])
    scores: dict[str, Any] = {f"pass@{k}": float(pass_at_k(sizes, right, k).mean()) for k in _K if min(sizes) >= k}
    scores |= {"model": name, "split": kind, "subset": hard or "full", "calibrated": True}
    paths = [folder / f"{name}_eval_results.json", folder / f"{name}_pass_at_k.json"]
    for path, content in zip(paths, (results, scores), strict=True):
        path.write_bytes(msgspec.json.format(msgspec.json.encode(content), indent=2))
    return paths


def _row(task: Task, one: Decision) -> dict[str, Any]:
    text = one.completion or ""
    if one.solver:
        text = take_code(text, task.extract, language=task.language).files.get(task.extract.path, "")
    status = "pass" if one.passed else "timeout" if one.status is Status.EXCEEDED else "fail"
    details = (one.detail or {}).get("details", {})
    return {"task_id": task.id, "solution": task.grading["before"] + text, "status": status, "details": details}
