"""Runs whose scores are given, task by task: what comparisons are tested on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from assay.core.run import RunPlan
from assay.core.trial import Status
from assay.store.journal import FileJournal, RunFolder
from synthetic_runs import decision, failed, lost, make_plan

Score = float | None
"""None: lost to the apparatus."""


def run_of(
    root: Path,
    name: str,
    scores: Mapping[str, Sequence[Score]],
    *,
    plan: RunPlan | None = None,
    lines: Mapping[str, Any] | None = None,
) -> RunFolder:
    """One sample per task; `lines` says what is in each line, or, as a mapping by model, in that model's."""
    plan = plan or make_plan(run_id=name, models=tuple(scores), tasks=max(len(one) for one in scores.values()))
    folder = RunFolder.create(root / name, msgspec.structs.replace(plan, run_id=name))
    with FileJournal(folder) as journal:
        for model, of_model in scores.items():
            mine = {key: value[model] if isinstance(value, Mapping) else value for key, value in (lines or {}).items()}
            for task, score in zip(plan.suites[0].tasks, of_model, strict=False):
                fields = _fields(score)
                known = {"task_hash": task.task_hash, "prompt_hash": "aa", "judge_hash": "bb"}
                journal.decide(decision(plan, model=model, task=task, **{**known, **mine, **fields}))
    return folder


def _fields(score: Score) -> dict[str, Any]:
    if score is None:
        return lost()
    if score == 0:
        return failed()
    return {"status": Status.PASSED if score == 1 else Status.FAILED, "score": score, "passed": score == 1}
