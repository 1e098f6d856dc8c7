"""How examples are run, language by language."""

from __future__ import annotations

from collections.abc import Callable

from assay.graders.example_jobs import cpp, golang, java, python, rust, script
from assay.graders.example_jobs.base import FAILED, HELD, Asked, Run, Work, ends

__all__ = ["FAILED", "HELD", "WORK", "Asked", "Run", "Work", "ends"]

WORK: dict[str, Callable[[Asked], Work]] = {
    "python": python.work,
    "javascript": script.javascript,
    "typescript": script.typescript,
    "go": golang.work,
    "rust": rust.work,
    "java": java.work,
    "cpp": cpp.work,
}
