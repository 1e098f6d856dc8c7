"""Python: the interpreter that runs Assay, forked warm; answers see the standard library alone."""

from __future__ import annotations

import functools
import importlib.util
import platform
import sys
from pathlib import Path

from assay.core.judging import Job, Program
from assay.sandboxes.box import Command, Mount
from assay.sandboxes.toolchains.base import BOX_ENV, Plan, Toolchain, answer_files, system_mounts

DRIVERS = "assay.sandboxes.drivers"
ENV = {**BOX_ENV, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1", "PYTHONHASHSEED": "0"}

_WITH_NUMPY = ("apart", "contest", "evalplus", "official")
"""Drivers of protocols whose own harness has numpy, so that answers may import it."""

_APART = ("written_tests",)
"""Drivers whose programs are many implementations under the same tests or examples, which could compare them."""


class Python:
    """The only toolchain that is always there."""

    language = "python"
    instant = True
    version = f"{platform.python_implementation()} {platform.python_version()}"
    out_of_memory = (b"\nMemoryError",)
    trivial = Job(language="python", files={"answer.py": "print(1)\n"}, entry="answer.py", programs=(Program(),))

    @property
    def mounts(self) -> tuple[Mount, ...]:
        packages = _packages()
        numpy = [packages / name for name in ("numpy", "numpy.libs")] if packages else []
        return system_mounts(sys.base_prefix, sys.base_exec_prefix, *numpy)

    def prepare(self) -> None:
        """Nothing is shared but the warm interpreter, which the boxes keep."""

    def plan(self, job: Job) -> Plan:
        if job.programs and job.driver:
            env = {**ENV, "ASSAY_SCRIPT": f"../{job.entry}"}
            run = Command(warm=f"{DRIVERS}.{job.driver}:main", env=env, limits=job.limits)
            return Plan(files=answer_files(job), run=run, apart=job.driver in _APART)
        if job.programs:
            # -S and the short program: no packages of the host, but `exit` and its kin as scripts know them.
            start = (
                "import sys, runpy, site; site.setquit(); site.sethelper(); del sys.argv[0]; "
                "import os; sys.path[0] = os.path.dirname(os.path.abspath(sys.argv[0])); "
                "runpy.run_path(sys.argv[0], run_name='__main__')"
            )
            interpreter = getattr(sys, "_base_executable", sys.executable)
            argv = (interpreter, "-E", "-s", "-S", "-B", "-c", start, f"../{job.entry}")
            return Plan(files=answer_files(job), run=Command(argv=argv, env=ENV, limits=job.limits))
        env = warm_env() if job.driver in _WITH_NUMPY else ENV
        run = Command(warm=f"{DRIVERS}.{job.driver or 'python'}:main", env=env, limits=job.limits)
        return Plan(files=answer_files(job), run=run)


def warm_env() -> dict[str, str]:
    """The environment of what is judged most. It names the folder that holds numpy to drivers that let it be imported,
    and these take that away before an answer can see it."""
    return {**ENV, "ASSAY_PACKAGES": str(_packages() or "")}


@functools.cache
def _packages() -> Path | None:
    """The folder that holds numpy; boxes show no other package."""
    spec = importlib.util.find_spec("numpy")
    return Path(spec.origin).parents[1] if spec and spec.origin else None


def find() -> Toolchain | str:
    return Python()
