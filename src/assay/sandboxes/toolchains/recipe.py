"""A recipe: the very commands by which somebody's harness builds and runs one file.

Which edition, which level of optimizing and which checks are on decides verdicts, so a benchmark is judged by the
commands of its own harness and not by those that a language's toolchain has here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePosixPath

from assay.core.errors import TaskError
from assay.core.judging import Job
from assay.sandboxes.box import Command, Mount
from assay.sandboxes.toolchains.base import BOX_ENV, BUILD, WORK, Plan, Toolchain, answer_files


class Recipe:
    """`Toolchain` of one file by fixed commands, with the tools of another one, `base`."""

    instant = False

    def __init__(
        self,
        base: Toolchain,
        *,
        trivial: Job,
        version: str = "",
        run: tuple[str, ...],
        build: tuple[str, ...] = (),
        env: Mapping[str, str] | None = None,
        prepare: Callable[[], object] | None = None,
    ) -> None:
        """In `build` and `run`, `{source}` is the file, `{stem}` the same without its ending, `{made}` a folder for
        what is built, and `{own}` the copy of the file in the folder where a program starts."""
        self.language = base.language
        self.version = version or base.version
        self.mounts: tuple[Mount, ...] = base.mounts
        self.out_of_memory = base.out_of_memory
        self.trivial = trivial
        self._build = build
        self._run = run
        self._env = {**BOX_ENV, **(env or {})}
        self._prepare = prepare

    def prepare(self) -> None:
        if self._prepare is not None:
            self._prepare()

    def plan(self, job: Job) -> Plan:
        if not job.programs:
            raise TaskError(f"{self.language}: a recipe runs programs only")
        files = {**answer_files(job), f"{WORK}/made/empty": b""}  # the folder must be there for compilers
        builds: tuple[Command, ...] = ()
        if self._build:
            argv = _filled(self._build, job.entry, above="")
            builds = (Command(argv=argv, env=self._env, limits=BUILD),)
        run = Command(argv=_filled(self._run, job.entry, above="../"), env=self._env, limits=job.limits)
        return Plan(files=files, builds=builds, run=run)


def _filled(words: tuple[str, ...], entry: str, *, above: str) -> tuple[str, ...]:
    """Programs start one folder below the working folder, where `above` leads out of."""
    stem = PurePosixPath(entry).with_suffix("")
    return tuple(
        word.format(source=f"{above}{entry}", stem=f"{above}{stem}", made=f"{above}{WORK}/made", own=entry)
        for word in words
    )
