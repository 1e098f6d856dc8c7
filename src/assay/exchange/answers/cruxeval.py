"""CRUXEval's `generations.json`: a map from `sample_<i>` to a list of predictions, calls or values as text."""

from __future__ import annotations

from pathlib import Path

from assay.core.errors import UserError
from assay.core.task import Suite
from assay.exchange.answers import AnswerSet
from assay.exchange.answers.documents import document, texts
from assay.exchange.answers.rows import LARGEST, Gathering


def read(path: Path, suite: Suite) -> AnswerSet:
    """Also `…scored….json`, the file of results, which holds the same map."""
    found = document(path)
    if isinstance(found, dict):
        found = found.get("raw_generations", found)
    if not isinstance(found, dict):
        raise UserError(f"{path}: no map from sample_0, sample_1, … to lists of predictions")
    gathering = Gathering(path, suite)
    places = {task.id: task.extract.path for task in suite.tasks}
    for name, value in found.items():
        where = f"“{name[:80]}”"
        task_id = gathering.task_id(where, {"task_id": name})
        if task_id is not None:
            for text in texts(where, value, gathering.faults, most=LARGEST):
                gathering.add(where, task_id, {places[task_id]: text}, text)
    return gathering.done()
