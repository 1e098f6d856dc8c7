"""CRUXEval's file of results: the predictions, their scores, pass@1 and pass@5, as its own script computes them.

That script leaves out of a task's list the predictions that it did not run, unless none of the others is right:
with several samples a task, its figures can then be higher than pass@k over all that was predicted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from assay.core.task import Suite, Task
from assay.core.trial import Decision
from assay.formats.extract import take_code
from assay.stats.passk import pass_at_k


def write(folder: Path, name: str, suite: Suite, decisions: Sequence[Decision]) -> list[Path]:
    """Predictions that could not be judged are left out: the form has no word for them."""
    by_task: dict[str, list[Decision]] = defaultdict(list)
    for one in sorted(decisions, key=lambda one: one.sample):
        if one.passed is not None:
            by_task[one.task_id].append(one)
    tasks = [task for task in suite.tasks if by_task[task.id]]
    predictions = {task.id: [_prediction(task, one) for one in by_task[task.id]] for task in tasks}
    scores = {task.id: _scores(task, predictions[task.id], by_task[task.id]) for task in tasks}
    path = folder / f"{name}_scored_{suite.name.split(':')[1]}.json"
    result = {
        "raw_generations": predictions,
        "raw_scored_generations": scores,
        "pass_at_1": _mean(scores.values(), 1),
        "pass_at_5": _mean(scores.values(), 5),
    }
    path.write_bytes(msgspec.json.encode(result))
    return [path]


def _prediction(task: Task, one: Decision) -> str:
    """Files of answers hold predictions, replies of models hold them in an assertion."""
    text = one.completion or ""
    return (
        take_code(text, task.extract, language=task.language).files.get(task.extract.path, "") if one.solver else text
    )


def _scores(task: Task, predictions: Sequence[str], judged: Sequence[Decision]) -> list[bool]:
    needed, barred = task.grading.get("needed", ""), task.grading.get("barred", "")
    run = [
        bool(one.passed)
        for text, one in zip(predictions, judged, strict=True)
        if needed in text and not (barred and barred in text)
    ]
    return run if any(run) else [False] * len(judged)


def _mean(scores: Iterable[list[bool]], k: int) -> float:
    """In percent. Where fewer than k samples are wrong the script says 1, however few there are."""
    values = [1.0 if len(one) - sum(one) < k else float(pass_at_k(len(one), sum(one), k)) for one in scores]
    return 100 * sum(values) / len(values) if values else 0.0
