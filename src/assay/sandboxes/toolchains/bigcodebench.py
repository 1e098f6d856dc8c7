"""BigCodeBench's world: Python with the libraries that its tasks use, from a folder of their own.

Nobody sees the folder but its tasks, and others that need a library. It is made for the interpreter that runs Assay,
with `pip install --target FOLDER`. Which libraries are in it is read off the names there; nothing of it is imported.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec

from assay.core.errors import TaskError
from assay.core.judging import Job
from assay.sandboxes.box import Mount
from assay.sandboxes.toolchains.base import BOX_ENV, Plan, Toolchain, answer_files, short_hash, tool_folders
from assay.sandboxes.toolchains.python import Python

FOLDER = "bigcodebench"
_DRIVERS = ("unittests", "tool_states")
_ENV = {
    "PATH": f"{sys.base_exec_prefix}/bin:{BOX_ENV['PATH']}",
    "OMP_NUM_THREADS": "1", "TZ": "UTC", "TF_CPP_MIN_LOG_LEVEL": "3", "TF_ENABLE_ONEDNN_OPTS": "0",
}  # fmt: skip
"""As the official harness sets them before anything is imported, and `python` is there for tests that start it."""


class WithLibraries(Python):
    """`Toolchain` of unit tests in one process with an answer."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        if folder is not None:
            held = sorted(path.name for path in folder.glob("*.dist-info"))
            self.version = f"{Python.version}, {len(held)} libraries {short_hash(' '.join(held))}"

    @property
    def mounts(self) -> tuple[Mount, ...]:
        shown, folder = super().mounts, self._folder
        if folder is None or any(folder.is_relative_to(mount.source) for mount in shown):
            return shown
        return (*shown, Mount(source=str(folder)))

    def plan(self, job: Job) -> Plan:
        if job.driver not in _DRIVERS:
            raise TaskError(f"the recipe with libraries is for {' and '.join(_DRIVERS)} only")
        plain = super().plan(job)
        env = {**plain.run.env, **_ENV, "ASSAY_LIBRARIES": str(self._folder or "")}
        run = msgspec.structs.replace(plain.run, env=env, own_proc=True)  # some tests look after their processes
        return Plan(files=answer_files(job), run=run)


def find(language: str, library: str = "") -> Toolchain | str:
    """With `library`: only where that one is there as well."""
    if language != "python":
        from assay.sandboxes.toolchains import find as find_own

        return find_own(language)
    folder = next((path for path in _places() if path.is_dir()), None)
    if library and (folder is None or not _holds(folder, library)):
        place = folder or next(path for path in _places() if path.is_relative_to(sys.prefix))
        return f"no such Python library in {place}: python -m pip install --target {place} …"
    return WithLibraries(folder)


def _places() -> Iterator[Path]:
    return (folder / FOLDER for folder in tool_folders())


def _holds(folder: Path, library: str) -> bool:
    """A package, a module, or one that is compiled."""
    return (folder / library).is_dir() or any(folder.glob(f"{library}.py")) or any(folder.glob(f"{library}.*.so"))
