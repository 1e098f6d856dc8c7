"""Generations of contest programs: a JSON map from tasks to a program or a list of programs, or a list in the order
of the tasks. APPS's `all_codes.json` is such a file; CodeContests has no form of its own, and its problems go by name.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assay.core.errors import UserError
from assay.core.task import Suite
from assay.exchange.answers import AnswerSet
from assay.exchange.answers.documents import document, texts
from assay.exchange.answers.rows import LARGEST, Gathering


def read(path: Path, suite: Suite) -> AnswerSet:
    """CodeContests: a list has an entry for each problem."""
    found = document(path)
    if isinstance(found, list) and len(found) != len(suite.tasks):
        raise UserError(f"{path}: a list of {len(found)}, where {suite.name} has {len(suite.tasks)} problems")
    names = [task.id for task in suite.tasks]
    return _gathered(path, suite, _named(path, found, names))


def read_apps(path: Path, suite: Suite) -> AnswerSet:
    """APPS: an entry goes by its problem's number, be it in a map or in a list."""
    found = document(path)
    if isinstance(found, dict):
        found = {f"{int(key):04d}" if key.isdecimal() else key: value for key, value in found.items()}
    kept = {task.id for task in suite.tasks}
    names = [f"{number:04d}" for number in range(len(found))] if isinstance(found, list) else []
    pairs = [(name, value) for name, value in _named(path, found, names) if name in kept or isinstance(found, dict)]
    return _gathered(path, suite, iter(pairs))


def _named(path: Path, found: Any, names: list[str]) -> Iterator[tuple[str, Any]]:
    if isinstance(found, dict):
        return iter(found.items())
    if isinstance(found, list):
        return zip(names, found, strict=True)
    raise UserError(f"{path}: neither a map from tasks to programs nor a list of programs")


def _gathered(path: Path, suite: Suite, pairs: Iterator[tuple[str, Any]]) -> AnswerSet:
    gathering = Gathering(path, suite)
    places = {task.id: task.extract.path for task in suite.tasks}
    for name, value in pairs:
        where = f"“{name[:80]}”"
        task_id = gathering.task_id(where, {"task_id": name})
        if task_id is None:
            continue
        for code in texts(where, value, gathering.faults, most=LARGEST):
            gathering.add(where, task_id, {places[task_id]: code}, code)
    return gathering.done()
