"""Score files of the Berkeley Function-Calling Leaderboard: one for each category, its accuracy on the first line and
then a line for each answer that is wrong, with the official word for why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import msgspec

from assay.core.task import Suite
from assay.core.trial import Decision


def write(folder: Path, name: str, suite: Suite, decisions: Sequence[Decision]) -> list[Path]:
    """Answers that could not be judged are left out: the form has no word for them."""
    by_category: dict[str, list[Decision]] = defaultdict(list)
    for one in decisions:
        if one.passed is not None:
            by_category[one.category].append(one)
    place = {task.id: at for at, task in enumerate(suite.tasks)}
    written = []
    for category, judged in by_category.items():
        path = folder / name / f"BFCL_v4_{category}_score.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        judged.sort(key=lambda one: (place[one.task_id], one.sample))
        right = sum(bool(one.passed) for one in judged)
        head = {"accuracy": right / len(judged), "correct_count": right, "total_count": len(judged)}
        lines = [head, *(_wrong(one, name) for one in judged if not one.passed)]
        path.write_bytes(b"".join(msgspec.json.encode(line) + b"\n" for line in lines))
        written.append(path)
    return written


def _wrong(one: Decision, name: str) -> dict[str, object]:
    return {
        "id": one.task_id,
        "model_name": name,
        "test_category": one.category,
        "valid": False,
        "error": [one.reason],
        "error_type": (one.detail or {}).get("parts", {}).get(one.category, one.status.value),
        "model_result": one.completion,
    }
