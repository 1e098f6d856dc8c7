"""Samples of openai/human-eval, and of harnesses that took over its form: a line `{"task_id", "completion"}`, as
many lines a task as there are samples. The completion is judged behind the prompt, whatever it holds. In files
of results each line says `passed` as well, or `is_solved`, as Reflexion and those after it write."""

from __future__ import annotations

from pathlib import Path

from assay.core.task import Suite
from assay.exchange.answers import AnswerSet
from assay.exchange.answers.rows import Gathering, json_lines, text_of

_FIELDS = ("completion", "solution")


def read(path: Path, suite: Suite) -> AnswerSet:
    gathering = Gathering(path, suite)
    places = {task.id: task.extract.path for task in suite.tasks}
    for where, row in json_lines(path, gathering.faults):
        task_id = gathering.task_id(where, row)
        text, fault = text_of(row, _FIELDS, also=("task_id",))
        if fault:
            gathering.faults.append(f"{where}: {fault}")
        elif task_id is not None:
            said = row.get("passed", row.get("is_solved"))
            verdict = said if isinstance(said, bool) else None
            gathering.add(where, task_id, {places[task_id]: text}, text, passed=verdict)
    return gathering.done()
