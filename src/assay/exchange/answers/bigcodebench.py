"""BigCodeBench's samples: lines of `task_id` with `solution`, a whole program, or `completion`, which goes on with the
prompt; or a folder of `BigCodeBench_<n>/<sample>.py`, each a whole program; or its file of results."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assay.core.errors import UserError
from assay.core.task import Suite, Task
from assay.exchange.answers import AnswerSet
from assay.exchange.answers.documents import document
from assay.exchange.answers.rows import LARGEST, Gathering, json_lines, text_of

_ALSO = ("task_id", "raw_solution")


def read(path: Path, suite: Suite) -> AnswerSet:
    gathering = Gathering(path, suite)
    tasks = {task.id: task for task in suite.tasks}
    for where, row in _rows(path, gathering.faults):
        task_id = gathering.task_id(where, row)
        text, fault = text_of(row, ("solution", "completion"), also=_ALSO)
        if fault:
            gathering.faults.append(f"{where}: {fault}")
        elif task_id is not None:
            passed = row["status"] == "pass" if isinstance(row.get("status"), str) else None
            answer = _joined(tasks[task_id], text, whole="solution" in row)
            gathering.add(where, task_id, {tasks[task_id].extract.path: answer}, answer, passed=passed)
    return gathering.done()


def _joined(task: Task, text: str, *, whole: bool) -> str:
    """As the suite's grader wants it: a whole program, or for base models what follows the prompt."""
    prompt: str = task.grading["prompt"]
    before: str = task.grading["before"]
    if before.endswith(prompt):
        return text.removeprefix(before).removeprefix(prompt)
    return text.removeprefix(before) if whole else prompt + text


def _rows(path: Path, faults: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    if path.is_dir():
        yield from _programs(path, faults)
    elif path.name.endswith(".json"):
        yield from _results(path)
    else:
        yield from json_lines(path, faults)


def _programs(path: Path, faults: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    for file in sorted(path.glob("*/*.py"), key=lambda file: (file.parent.name, len(file.stem), file.stem)):
        where = f"{file.parent.name}/{file.name}"
        try:
            if file.stat().st_size > 4 * LARGEST:
                faults.append(f"{where}: larger than an answer can be")
                continue
            text = file.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            faults.append(f"{where}: no text in UTF-8 ({str(error)[:120]})")
            continue
        yield where, {"task_id": file.parent.name.replace("_", "/"), "solution": text}


def _results(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    found = document(path)
    by_task = found.get("eval") if isinstance(found, dict) else None
    if not isinstance(by_task, dict):
        raise UserError(f"{path}: no file of results (a map with “eval” in it); samples are lines in a .jsonl file")
    for name, samples in by_task.items():
        for number, row in enumerate(samples if isinstance(samples, list) else [samples]):
            yield f"“{name[:80]}”, sample {number}", {"task_id": name, **(row if isinstance(row, dict) else {})}
