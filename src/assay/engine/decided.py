"""What a task and a verdict contribute to a decision: the same for answers just given, from a file, or judged again."""

from __future__ import annotations

from typing import Any

from assay.core.judging import Verdict
from assay.core.run import PlannedTask
from assay.core.task import Task
from assay.core.trial import Trial
from assay.engine.judging import Judged


def of_task(trial: Trial, planned: PlannedTask, task: Task) -> dict[str, Any]:
    """Which trial it is, and of what."""
    return {
        "task_id": trial.task_id,
        "trial_id": trial.trial_id,
        "entrant_hash": trial.entrant_hash,
        "suite": trial.suite,
        "version": trial.version,
        "variant": trial.variant,
        "sample": trial.sample,
        "language": task.language,
        "category": task.category,
        "difficulty": task.difficulty,
        "bounty_usd": task.bounty_usd,
        "prompt_hash": planned.prompt_hash,
        "task_hash": planned.task_hash,
    }


def of_verdict(judged: Judged) -> dict[str, Any]:
    """What it came to."""
    verdict = judged.verdict
    return {
        "passed": passed(verdict),
        "status": verdict.status,
        "score": verdict.score,
        "reason": verdict.reason,
        "tests": verdict.tests,
        "strict": verdict.strict,
        "strict_reason": verdict.strict_reason,
        "flags": verdict.flags,
        "detail": verdict.detail,
        "judge_seconds": judged.seconds if judged.judge_hash else None,
        "judge_hash": judged.judge_hash,
        "same_as": judged.same_as,
    }


def passed(verdict: Verdict) -> bool | None:
    """`None` for what is missing: it has neither passed nor failed."""
    return None if verdict.score is None else verdict.score == 1
