"""Python exercises: `pytest`, with nothing but itself and the standard library to import."""

from __future__ import annotations

import compileall
import importlib.metadata
import shutil
import sys
from functools import partial
from pathlib import Path

from assay.sandboxes.toolchains.base import Toolchain, cache_folder, prepared, shared_folder, short_hash, system_mounts
from assay.sandboxes.toolchains.exercises.project import Project

_DISTRIBUTIONS = ("pytest", "pluggy", "iniconfig", "packaging", "pygments")
_RUN = (
    "import sys, site; site.setquit(); site.sethelper(); sys.path.append(sys.argv.pop(1)); "
    "import pytest; sys.exit(pytest.main())"
)
_SAMPLE = {
    "twice.py": "def twice(number):\n    return 2 * number\n",
    "twice_test.py": "from twice import twice\n\n\ndef test_twice():\n    assert twice(2) == 4\n",
}


def find(base: Toolchain) -> Toolchain | str:
    try:
        versions = [f"{name} {importlib.metadata.version(name)}" for name in _DISTRIBUTIONS]
    except importlib.metadata.PackageNotFoundError as error:
        return f"no {error.name} found: `pip install pytest` where Assay is installed"
    folder = cache_folder(
        "exercises", f"pytest-{short_hash(f'{sys.prefix} {sys.implementation.cache_tag} {versions}')}"
    )
    interpreter = getattr(sys, "_base_executable", sys.executable)
    return Project(
        base,
        'exec "$1" -E -s -S -c "$2" "$3"',
        interpreter,
        _RUN,
        folder,
        version=versions[0],
        sample=_SAMPLE,
        env={"PYTHONUTF8": "1", "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"},
        mounts=system_mounts(shared_folder()),
        prepare=partial(prepared, folder, _copy),
    )


def _copy(folder: Path) -> None:
    """The packages by themselves: what else is installed beside them is nothing that an exercise may import."""
    for name in _DISTRIBUTIONS:
        distribution = importlib.metadata.distribution(name)
        for file in distribution.files or ():
            if ".." not in file.parts and file.suffix != ".pyc":
                target = folder.joinpath(*file.parts)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(str(distribution.locate_file(file)), target)
    compileall.compile_dir(folder, quiet=2)
