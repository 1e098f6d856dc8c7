"""C#: Mono's compiler and its runtime. Programs only; `Debug.Assert` is compiled in and speaks on standard error."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from assay.core.errors import TaskError
from assay.core.judging import Job, Program
from assay.sandboxes.box import Command, Mount
from assay.sandboxes.toolchains.base import (
    BOX_ENV,
    BUILD,
    WORK,
    Plan,
    Toolchain,
    answer_files,
    ask,
    system_mounts,
    tool,
)

_COMPILERS = ("csc", "mcs")
"""Roslyn, which knows newer C#, first; both take these options."""
_OPTIONS = ("-d:DEBUG", "-r:System.Numerics.dll", "-nologo")
_ENV = {**BOX_ENV, "MONO_TRACE_LISTENER": "Console.Error"}


class CSharp:
    """One Mono, and one compiler for it."""

    language = "csharp"
    instant = False
    out_of_memory = (b"System.OutOfMemoryException", b"Error: Garbage collector could not allocate")
    trivial = Job(
        language="csharp",
        files={"Answer.cs": "class Answer { static void Main() { System.Console.WriteLine(1); } }\n"},
        entry="Answer.cs",
        programs=(Program(),),
    )

    def __init__(self, mono: Path, compiler: Path, version: str) -> None:
        self._mono = mono
        self._compiler = compiler
        self.version = version

    @property
    def mounts(self) -> tuple[Mount, ...]:
        return system_mounts(self._mono, self._compiler, "/etc/mono")

    def prepare(self) -> None:
        """Nothing is shared."""

    def plan(self, job: Job) -> Plan:
        if not job.programs:
            raise TaskError("C# is judged by programs only: there is no driver that calls its functions")
        made = str(PurePosixPath(WORK, "program.exe"))
        sources = sorted(path for path in job.files if path.endswith(".cs"))
        argv = (str(self._compiler), *_OPTIONS, f"-out:{made}", *sources)
        files = {**answer_files(job), f"{WORK}/folder": b""}  # the folder must be there for the compiler
        build = Command(argv=argv, env=_ENV, limits=BUILD)
        run = Command(argv=(str(self._mono), f"../{made}"), env=_ENV, limits=job.limits)
        return Plan(files=files, builds=(build,), run=run)


def find() -> Toolchain | str:
    mono = tool("mono")
    name = next((name for name in _COMPILERS if tool(name)), "")
    compiler = tool(name) if name else None
    if mono is None or compiler is None:
        return "no Mono found: install its runtime and compiler (Debian: mono-mcs)"
    runtime = re.search(r"version (\d[\w.]*)", ask(mono.resolve(), "--version"))
    own = re.search(r"\d[\w.]*", ask(compiler, "-version" if name == "csc" else "--version"))
    if not runtime or not own:
        return "Mono was found, but does not start"
    return CSharp(mono.resolve(), compiler, f"mono {runtime[1]}, {name} {own[0]}")
