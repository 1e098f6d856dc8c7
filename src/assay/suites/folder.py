"""A suite as a folder: the same reader for the one in the box and for a user's own.

All that is wrong is found in one go and said in one UserError, a line for each fault.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import msgspec

from assay.core.errors import UserError
from assay.core.task import Suite, Task
from assay.suites.asked import Asked
from assay.suites.faults import Faults
from assay.suites.task_folder import read_task
from assay.suites.task_toml import SUITE_KEYS, SUITE_REQUIRED, check_keys, read_toml
from assay.suites.tree import as_text, is_skipped
from assay.suites.wording import PROTOCOL

_DEEPEST = 16
"""Folders below tasks/; a deeper one is a mistake."""
_APART = ("command", "image")
"""Ways of judging that need tools of their own, and so a suite."""


_CORE = Path(__file__).with_name("core")


def load_core(asked: Asked) -> Suite:
    """The suite in the box."""
    return load_folder(_CORE, variant=asked.variant)


def folder_of(source: str) -> Path | None:
    """Where the suite that is named lies; None where it is no folder of tasks."""
    if source == "core":
        return _CORE
    path = Path(source).expanduser()
    return path if any((path / name).is_file() for name in ("suite.toml", "task.toml")) else None


def load_folder(path: Path | str, *, variant: int = 0) -> Suite:
    """The suite in a folder with suite.toml, or one task's folder as a suite of one. Tasks that have no variants are as
    they are written in every `variant`."""
    root = Path(path)
    if not root.is_dir():
        what = "is a file, not a folder" if root.exists() else "there is no such folder"
        raise UserError(f"{path}: {what}; give a suite's or a task's folder")
    faults = Faults()
    if (root / "suite.toml").is_file():
        suite = _load_suite(root, faults, variant)
    elif (root / "task.toml").is_file():
        suite = _load_single(root, faults, variant)
    else:
        raise UserError(
            f"{path}: has neither suite.toml (a suite) nor task.toml (a task); `assay new suite {path}` writes one"
        )
    faults.raise_if_any()
    return msgspec.structs.replace(suite, variant=variant)


def _load_suite(root: Path, faults: Faults, variant: int) -> Suite:
    table = _read_suite_toml(root, str(root), faults)
    tasks = []
    if not (root / "tasks").is_dir():
        faults.add(f"{root}/tasks", "is missing; each task is a folder below it")
    else:
        for task_id in _task_ids(str(root / "tasks"), f"{root}/tasks", faults):
            tasks.append(_read(root, task_id, table, faults, variant))
        if not tasks and not faults.lines:
            faults.add(f"{root}/tasks", "holds no task; `assay new task` writes one")
    judges = {task.grading["judge"] for task in tasks if task is not None}
    for judge in (word for word in _APART if word in judges and len(judges) > 1):
        faults.add(
            f"{root}/tasks", f'tasks with judge = "{judge}" need other tools; put them into a suite of their own'
        )
    return _suite(table, tuple(task for task in tasks if task is not None))


def _read(root: Path, task_id: str, table: dict[str, Any], faults: Faults, variant: int) -> Task | None:
    return read_task(
        f"{root}/tasks/{task_id}",
        task_id=task_id,
        place=f"{root}/tasks/{task_id}",
        licence=str(table.get("licence", "")),
        faults=faults,
        variant=variant,
    )


def _load_single(root: Path, faults: Faults, variant: int) -> Suite:
    """One task; when it lies in a suite's folder it keeps that suite's name and its own id."""
    whole = root.resolve()
    for parent in whole.parents[1:_DEEPEST]:
        if (parent / "suite.toml").is_file() and whole.is_relative_to(parent / "tasks"):
            table = _read_suite_toml(parent, str(parent), faults)
            task_id = whole.relative_to(parent / "tasks").as_posix()
            break
    else:
        table = {"name": whole.name, "version": "0"}
        task_id = whole.name
    licence = str(table.get("licence", ""))
    task = read_task(str(root), task_id=task_id, place=str(root), licence=licence, faults=faults, variant=variant)
    return _suite(table, (task,) if task else ())


def _suite(table: dict[str, Any], tasks: tuple[Task, ...]) -> Suite:
    judges = {task.grading["judge"] for task in tasks}
    return Suite(
        name=str(table.get("name", "")),
        version=str(table.get("version", "")),
        protocol=PROTOCOL,
        tasks=tasks,
        grader=_grader(judges),
    )


def _grader(judges: set[str]) -> str:
    if judges <= {"cases", "in-process"}:
        return "cases"
    return next((judge for judge in _APART if judge in judges), "by_task")


def _read_suite_toml(root: Path, place: str, faults: Faults) -> dict[str, Any]:
    where = f"{place}/suite.toml"
    text = as_text((root / "suite.toml").read_bytes(), place=where, faults=faults)
    table = read_toml(text, place=where, faults=faults)
    if table is None:
        return {}
    check_keys(table, SUITE_KEYS, required=SUITE_REQUIRED, place=where, faults=faults)
    return table


def _task_ids(root: str, place: str, faults: Faults) -> list[str]:
    """Folders below `root` that hold task.toml, in order; a folder that holds none is a fault."""
    found: list[str] = []
    waiting = [""]
    while waiting:
        below = waiting.pop()
        with os.scandir(f"{root}/{below}") as entries:
            seen = [entry for entry in entries if not is_skipped(entry.name)]
        names = {entry.name for entry in seen}
        if "task.toml" in names:
            found.append(below)
            continue
        inner = [entry.name for entry in seen if entry.is_dir(follow_symlinks=False)]
        if below and ("prompt.md" in names or (names and not inner)):
            faults.add(f"{place}/{below}", "has no task.toml")
        elif below.count("/") >= _DEEPEST:
            faults.add(f"{place}/{below}", "lies too deep below tasks/")
        else:
            waiting += [f"{below}/{name}" if below else name for name in inner]
    return sorted(found)
