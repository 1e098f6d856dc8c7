"""LiveCodeBench's `…_eval_all.json`: per question its codes, `graded_list` and `pass@1`, for `compute_scores`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import msgspec

from assay.core.task import Suite, Task
from assay.core.trial import Decision
from assay.formats.official_code import last_block


def write(folder: Path, name: str, suite: Suite, decisions: Sequence[Decision]) -> list[Path]:
    """Answers that could not be judged are left out: the form has no word for them."""
    by_task: dict[str, list[Decision]] = defaultdict(list)
    for one in sorted(decisions, key=lambda one: one.sample):
        if one.passed is not None:
            by_task[one.task_id].append(one)
    rows = [_row(task, by_task[task.id]) for task in suite.tasks if by_task[task.id]]
    path = folder / f"{name}_codegeneration_output_eval_all.json"
    path.write_bytes(msgspec.json.format(msgspec.json.encode(rows), indent=4))
    return [path]


def _row(task: Task, judged: Sequence[Decision]) -> dict[str, object]:
    outputs = [one.completion or "" for one in judged]
    graded = [bool(one.passed) for one in judged]
    return {
        "question_title": task.title,
        "platform": task.origin.split()[1] if len(task.origin.split()) > 1 else "",
        "question_id": task.id,
        "contest_date": f"{task.date}T00:00:00",
        "difficulty": task.difficulty,
        "output_list": outputs,
        # Files of answers hold codes, replies of models hold them in a fence.
        "code_list": [last_block(text) if one.solver else text for one, text in zip(judged, outputs, strict=True)],
        "graded_list": graded,
        "pass@1": sum(graded) / len(graded),
        "metadata": [msgspec.json.encode({"error_message": one.reason}).decode() for one in judged],
    }
