"""A folder of tasks, written: suite.toml, and what each task holds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from assay.core.errors import UserError
from assay.formats.toml_text import toml_text


def write_suite(place: Path, tasks: Mapping[str, Mapping[str, str]], *, title: str) -> None:
    """`tasks` are the files of each, by its id. What exists is never written over."""
    if place.exists() and (not place.is_dir() or any(place.iterdir())):
        raise UserError(f"{place} exists already and is not empty; choose another place with --out")
    name = re.sub(r"[^A-Za-z0-9._+-]", "-", place.resolve().name).lstrip("._+-") or "imported"
    try:
        place.mkdir(parents=True, exist_ok=True)
        (place / "suite.toml").write_text(toml_text({"name": name, "version": "1", "title": title}), "utf-8")
        for task_id, files in tasks.items():
            for path, text in files.items():
                file = place / "tasks" / task_id / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(text.encode())
    except OSError as error:
        raise UserError(f"{place} cannot be written: {error.strerror}; choose another place with --out") from error
