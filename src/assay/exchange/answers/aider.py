"""Result folders of Aider's benchmark: a copy of each exercise as the model left it, with `.aider.results.json`.

An exercise without that file was not finished. What is taken from a copy is what an answer may change or make new;
tests and project files are the suite's own.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from assay.core.errors import UserError
from assay.core.names import nearest
from assay.core.task import Suite, Task
from assay.exchange.answers import AnswerSet
from assay.exchange.answers.rows import Gathering
from assay.suites.exercise_tree import practice, texts

RESULTS = ".aider.results.json"


def read(path: Path, suite: Suite) -> AnswerSet:
    """One run's folder: that which holds `python/exercises/practice` and its like."""
    languages = sorted({task.language for task in suite.tasks})
    if not any(practice(path, language).is_dir() for language in languages):
        raise UserError(f"{path}: {_not_a_run(path, languages)}")
    gathering = Gathering(path, suite)
    tasks = {task.id: task for task in suite.tasks}
    for folder in sorted(path.glob("*/exercises/practice/*/")):
        task_id = f"{folder.parents[2].name}/{folder.name}"
        if not (folder / RESULTS).is_file():
            continue
        if gathering.task_id(task_id, {"task_id": task_id}) is not None:
            _read_one(folder, tasks[task_id], gathering)
    return gathering.done()


def _not_a_run(path: Path, languages: list[str]) -> str:
    """What is wrong with the folder, and which one may be meant."""
    if not path.is_dir():
        return "no folder; give the folder of one run of Aider's benchmark"
    runs = [one for one in sorted(path.glob("*/")) if any(practice(one, language).is_dir() for language in languages)]
    inside = f"; give one of the runs in it: {', '.join(run.name for run in runs[:3])}" if runs else ""
    return f"holds no exercises/practice of any language of the benchmark{inside}"


def _read_one(folder: Path, task: Task, gathering: Gathering) -> None:
    try:
        said = msgspec.json.decode((folder / RESULTS).read_bytes(), type=dict[str, Any])
    except (ValueError, RecursionError) as error:
        gathering.faults.append(f"{task.id}: {RESULTS} cannot be read ({str(error)[:120]})")
        return
    passed, fault = _passed(said)
    if fault:
        gathering.faults.append(f"{task.id}: {RESULTS}: {fault}")
        return
    kept = task.grading["files"]
    try:
        files = {path: text for path, text in texts(folder) if path not in kept and not path.startswith(".")}
    except UnicodeDecodeError as error:
        gathering.faults.append(f"{task.id}: a file is not UTF-8 ({error.reason} at byte {error.start})")
        return
    shown = "\n".join(text for path, text in files.items() if path in task.files)
    gathering.add(task.id, task.id, files, shown, passed=passed)


def _passed(said: dict[str, Any]) -> tuple[bool, str]:
    """What the last try came to; a harness that broke down counts as failed, as Aider counts it."""
    outcomes = said.get("tests_outcomes", [] if "exception" in said else None)
    if outcomes is None:
        near = nearest("tests_outcomes", said)
        return False, "has no tests_outcomes" + (f"; “{near}” has to be called “tests_outcomes”" if near else "")
    if not isinstance(outcomes, list) or not all(isinstance(one, bool) for one in outcomes):
        return False, "tests_outcomes is no list of true and false"
    return bool(outcomes and outcomes[-1]), ""
