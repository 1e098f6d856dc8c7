"""openai/human-eval's `<samples>_results.jsonl`: each sample again, with `result` and `passed`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from assay.core.task import Suite
from assay.core.trial import Decision, Status


def write(folder: Path, name: str, suite: Suite, decisions: Sequence[Decision]) -> list[Path]:
    path = folder / f"{name}.jsonl_results.jsonl"
    with path.open("wb") as file:
        for one in sorted(decisions, key=lambda one: (one.sample, one.task_id)):
            row = {
                "task_id": one.task_id,
                "completion": one.completion,
                "result": _result(one),
                "passed": one.passed,
            }
            file.write(msgspec.json.encode(row) + b"\n")
    return [path]


def _result(one: Decision) -> str:
    if one.passed:
        return "passed"
    return "timed out" if one.status is Status.EXCEEDED else f"failed: {one.reason}"
