"""LiveCodeBench's custom outputs: a JSON list of `{"question_id", "code_list"}`, or of lists of codes in the order of
the questions' ids. Its files of results have the same fields, and `graded_list` beside them.

The codes are judged as they stand: the official harness takes them to be extracted already.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from assay.core.errors import UserError
from assay.core.names import nearest
from assay.core.task import Suite
from assay.exchange.answers import AnswerSet
from assay.exchange.answers.documents import document, texts
from assay.exchange.answers.rows import LARGEST, Gathering


def read(path: Path, suite: Suite) -> AnswerSet:
    rows = document(path)
    if not isinstance(rows, list):
        raise UserError(f'{path}: no list; the official form is [{{"question_id": …, "code_list": […]}}, …]')
    gathering = Gathering(path, suite)
    places = {task.id: task.extract.path for task in suite.tasks}
    seen: dict[str, str] = {}
    for where, row in _rows(path, rows, suite, gathering.faults):
        task_id = gathering.task_id(where, row, field="question_id")
        codes = row.get("code_list")
        if not isinstance(codes, list):
            near = nearest("code_list", row)
            hint = f"; “{near}” has to be called “code_list”" if near and near != "code_list" else ""
            gathering.faults.append(f"{where}: has no list code_list{hint}")
        elif task_id is not None:
            if task_id in seen:
                gathering.faults.append(f"{where}: answers {task_id} a second time; {seen[task_id]} does already")
            seen[task_id] = where
            truth = _truth(row, len(codes))
            for sample, code in enumerate(texts(where, codes, gathering.faults, most=LARGEST)):
                gathering.add(where, task_id, {places[task_id]: code}, code, passed=truth[sample])
    return gathering.done()


def _rows(path: Path, rows: list[Any], suite: Suite, faults: list[str]) -> list[tuple[str, dict[str, Any]]]:
    """Each row as a map; rows without names are those of all questions, by their ids."""
    if rows and all(isinstance(row, list) for row in rows):
        if len(rows) != len(suite.tasks):
            raise UserError(
                f"{path}: {len(rows)} lists of answers without names, where {suite.name} has {len(suite.tasks)}"
                " questions; name each by its question_id"
            )
        ids = sorted(task.id for task in suite.tasks)
        rows = [{"question_id": name, "code_list": codes} for name, codes in zip(ids, rows, strict=True)]
    found = []
    for number, row in enumerate(rows, start=1):
        if isinstance(row, dict):
            known = row | {"question_id": str(row["question_id"])} if isinstance(row.get("question_id"), int) else row
            found.append((f"entry {number}", known))
        else:
            faults.append(f"entry {number}: no JSON object")
    return found


def _truth(row: dict[str, Any], count: int) -> list[bool | None]:
    """What a file of results says of each code."""
    graded = row.get("graded_list")
    if isinstance(graded, list) and len(graded) == count and all(isinstance(one, bool) for one in graded):
        return graded
    return [None] * count
