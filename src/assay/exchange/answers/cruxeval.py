"""CRUXEval's `generations.json`: a map from `sample_<i>` to a list of predictions, calls or values as text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from assay.core.errors import UserError
from assay.core.task import Suite
from assay.exchange.answers import AnswerSet
from assay.exchange.answers.documents import document, texts
from assay.exchange.answers.rows import LARGEST, Gathering


def read(path: Path, suite: Suite) -> AnswerSet:
    """Also `…scored….json`, the file of results, which holds the same map, and beside it the verdicts."""
    found, scored = document(path), None
    if isinstance(found, dict):
        found, scored = found.get("raw_generations", found), found.get("raw_scored_generations")
    if not isinstance(found, dict):
        raise UserError(f"{path}: no map from sample_0, sample_1, … to lists of predictions")
    gathering = Gathering(path, suite)
    places = {task.id: task.extract.path for task in suite.tasks}
    for name, value in found.items():
        where = f"“{name[:80]}”"
        task_id = gathering.task_id(where, {"task_id": name})
        if task_id is not None:
            predictions = list(texts(where, value, gathering.faults, most=LARGEST))
            for text, passed in zip(predictions, _verdicts(scored, name, len(predictions)), strict=True):
                gathering.add(where, task_id, {places[task_id]: text}, text, passed=passed)
    return gathering.done()


def _verdicts(scored: Any, name: str, owed: int) -> list[bool | None]:
    """None where there are fewer than predictions: the official script leaves those out that it does not run."""
    said = scored.get(name) if isinstance(scored, dict) else None
    if not isinstance(said, list) or len(said) != owed:
        return [None] * owed
    return [one if isinstance(one, bool) else None for one in said]
