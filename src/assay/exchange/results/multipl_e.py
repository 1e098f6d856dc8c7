"""MultiPL-E's `NAME.results.json.gz`, one per problem, as its `pass_k.py` reads them from a folder."""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from assay.core.task import Suite, Task
from assay.core.trial import Decision, Status


def write(folder: Path, name: str, suite: Suite, decisions: Sequence[Decision]) -> list[Path]:
    into = folder / f"{name}-results"
    into.mkdir(exist_ok=True)
    tasks = {task.id: task for task in suite.tasks}
    by_task: dict[str, list[Decision]] = defaultdict(list)
    for one in sorted(decisions, key=lambda one: one.sample):
        if one.passed is not None:
            by_task[one.task_id].append(one)
    for task_id, samples in by_task.items():
        task = tasks[task_id]
        whole = {
            "name": task_id,
            "language": task.language,
            "prompt": task.grading["prompt"],
            "tests": task.grading["tests"],
            "stop_tokens": task.grading["stop"],
            "results": [_result(one, task) for one in samples],
        }
        # No time in the file: the same results are the same bytes.
        packed = gzip.compress(msgspec.json.encode(whole), mtime=0)
        (into / f"{task_id.replace('/', '_')}.results.json.gz").write_bytes(packed)
    return [into]


def _result(one: Decision, task: Task) -> dict[str, Any]:
    status, code = _status(one)
    text = one.completion or ""
    prompt: str = task.grading["prompt"]
    joined = text if text.startswith(prompt.strip()) else prompt + text
    return {
        "program": f"{joined}\n{task.grading['tests']}",
        "status": status,
        "exit_code": code,
        "stdout": "",
        "stderr": str((one.detail or {}).get("log", ""))[:2048],
        "timestamp": int(one.started_at),
    }


def _status(one: Decision) -> tuple[str, int]:
    """The harness's word, and an exit code that goes with it where ours does not tell."""
    if one.passed:
        return "OK", 0
    if one.status is Status.EXCEEDED:
        return "Timeout", -1
    return ("SyntaxError" if one.reason.startswith("does not compile") else "Exception"), 1
