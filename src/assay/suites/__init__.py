"""Where tasks come from: the suite in the box, a folder of the user's, later the public benchmarks."""

from __future__ import annotations

import os
from pathlib import Path

from assay.core.errors import UserError
from assay.core.names import did_you_mean, find
from assay.core.task import Suite

SUITES = {
    "core": "assay.suites.folder:load_core",
    "humaneval": "assay.suites.humaneval:load",
    "humaneval:base": "assay.suites.humaneval:load_base",
    "mbpp": "assay.suites.mbpp:load",
    "mbpp:base": "assay.suites.mbpp:load_base",
    "mbpp-sanitized": "assay.suites.mbpp:load_sanitized",
    "mbpp-sanitized:base": "assay.suites.mbpp:load_sanitized_base",
}
"""Names to loaders: functions without arguments that return a Suite."""


def load(name_or_path: str, *, variant: int = 0) -> Suite:
    """The suite of that name, or in that folder (`./my-suite`); `variant` 0 is the tasks as written."""
    if variant != 0:
        raise UserError(f"{name_or_path}: there is no variant {variant}; its tasks have only variant 0")
    if name_or_path in SUITES:
        suite: Suite = find(SUITES, name_or_path, what="suite")()
        return suite
    if _is_path(name_or_path):
        from assay.suites.folder import load_folder

        return load_folder(Path(name_or_path).expanduser())
    raise UserError(
        f"unknown suite “{name_or_path}”: {did_you_mean(name_or_path, SUITES)} "
        "A folder of your own is given with its path: ./my-suite"
    )


def _is_path(text: str) -> bool:
    marked = text.startswith((".", "~")) or "/" in text or os.sep in text
    return marked or any((Path(text) / name).is_file() for name in ("suite.toml", "task.toml"))
