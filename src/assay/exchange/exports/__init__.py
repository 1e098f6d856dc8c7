"""A run, written so that other tools open it: one module a form. What a form has no field for goes, where the form
has room for it, under a key of our own, so that it comes back whole with `assay import`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from assay.core.errors import UserError
from assay.core.names import did_you_mean, find
from assay.core.task import Suite
from assay.store.journal import RunFolder

FORMS = {
    "inspect": "assay.exchange.exports.inspect_ai:write",
    "lm-eval": "assay.exchange.exports.lm_eval:write",
    "openai-evals": "assay.exchange.exports.openai_evals:write",
    "csv": "assay.exchange.exports.tables:write_csv",
    "parquet": "assay.exchange.exports.tables:write_parquet",
}
"""Names to writers of a run at a place that is not there yet."""

OF_TASKS = {"harbor": "assay.exchange.tasks.harbor_write:write_tasks"}
"""Names to writers of a suite that is a folder."""

_FILES = ("csv", "parquet")
"""Forms that are one file; the others are a folder."""

Exporter = Callable[[RunFolder, Path], list[Path]]
TaskExporter = Callable[[Suite, Path, Path], list[Path]]
"""Gets the suite, the folder that it lies in, and the place."""


def exporter_of(name: str) -> Exporter:
    """Raises UserError, naming the known ones, for a form that nothing here can write."""
    if name not in FORMS:
        raise UserError(f"unknown format “{name}”: {did_you_mean(name, (*FORMS, *OF_TASKS))}")
    exporter: Exporter = find(FORMS, name, what="format")
    return exporter


def task_exporter_of(name: str) -> TaskExporter:
    """For one of `OF_TASKS`."""
    exporter: TaskExporter = find(OF_TASKS, name, what="format")
    return exporter


def place_for(name: str, folder: RunFolder, wanted: Path | None) -> Path:
    """Where to write: nothing that exists is ever written over."""
    suffix = f".{name}" if name in _FILES else f"-{name}"
    if name in _FILES and wanted is not None and wanted.is_dir():
        raise UserError(f"{wanted} is a folder; {name} is one file: name it with --out")
    return free_place(wanted or Path(f"{folder.path.name}{suffix}"))


def free_place(place: Path) -> Path:
    """`place`, if nothing is there that would be written over."""
    if place.exists() and (place.is_file() or any(place.iterdir())):
        raise UserError(f"{place} exists; choose another place with --out")
    if not place.parent.is_dir():
        raise UserError(f"{place.parent}: there is no such folder")
    return place
