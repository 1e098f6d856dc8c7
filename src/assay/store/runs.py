"""The folder of all runs: which there are, which one a person means, and taking one away. Refuses to
know what is in them."""

from __future__ import annotations

import difflib
import shutil
from pathlib import Path

from assay.core.errors import UserError
from assay.store.journal import RunFolder


def run_folders(root: Path) -> list[RunFolder]:
    """Newest first."""
    if not root.is_dir():
        return []
    found = [RunFolder(path.parent) for path in root.glob("*/run.json")]
    return sorted(found, key=lambda run: (run.plan_path.stat().st_mtime, run.path.name), reverse=True)


def find_run(root: Path, name: str = "") -> RunFolder:
    """By id, by path, or (empty) the newest one."""
    runs = run_folders(root)
    if not name:
        if not runs:
            raise UserError(f"there is no run in {root} yet; `assay run` makes one")
        return runs[0]
    for path in (root / name, Path(name)):
        if (path / "run.json").is_file():
            return RunFolder(path)
    near = difflib.get_close_matches(name, [run.path.name for run in runs], n=1)
    hint = f"; did you mean {near[0]}?" if near else "; `assay runs list` shows those there are"
    raise UserError(f"there is no run {name!r} in {root}{hint}")


def remove_run(folder: RunFolder) -> None:
    holder = folder.holder
    if holder is not None:
        raise UserError(f"{folder.path} is being written by process {holder}; stop it first")
    shutil.rmtree(folder.path)
