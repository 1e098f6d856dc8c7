"""`Toolchain` for tests of an answer: each program's files are one implementation and the same file of tests.

All implementations are built in one command before the first is run, each into a parcel of its own, and each is run in
a box of its own: tests that could compare implementations would tell the wrong ones by what most of them do. What does
not compile fails in its own run and in no other, with the compiler's words.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import msgspec

from assay.core.errors import TaskError
from assay.core.judging import Job, Program
from assay.core.task import Limits
from assay.sandboxes.box import Command
from assay.sandboxes.toolchains.base import BOX_ENV, BUILD, WORK, Plan, Toolchain, program_folder

SOURCES = f"{WORK}/sources"
NOT_BUILT = 13
"""The exit code of tests that do not compile; the others are those of `drivers.written_tests`."""

_ALL = msgspec.structs.replace(BUILD, cpu=4 * BUILD.cpu, wall=4 * BUILD.wall)
"""For compilers of a dozen implementations or two."""

Sources = Mapping[str, Mapping[str, str]]
"""Implementations with their tests: files by path, by the name of the folder in which they run."""


class Building(msgspec.Struct, frozen=True, kw_only=True):
    """How implementations get built."""

    script: str
    """For a shell in the working folder. Sources are in `.assay/sources/<run>/`; what is made of them goes to
    `.assay/<run>/`, and where that fails, the compiler's words go to `.assay/<run>/said`."""
    files: Mapping[str, str] = {}
    """What the script needs beside the sources."""
    kept: tuple[str, ...] = ()
    """Those of them that each run needs too."""
    env: Mapping[str, str] = {}


class How(Protocol):
    """One language's way."""

    def prepare(self) -> None:
        """Makes what all answers share."""
        ...

    def building(self, entry: str, sources: Sources) -> Building:
        """`entry` is the file of tests."""
        ...

    def start(self, entry: str, text: str, *, limits: Limits) -> tuple[str, Command]:
        """A script of a shell in a run's folder that runs the tests, and the command that it gets as "$@". `text` is
        that of the tests; $made is where this run's programs are."""
        ...


class WrittenTests:
    """Builds and runs in one language."""

    instant = False

    def __init__(self, base: Toolchain, how: How, *, entry: str, sample: Mapping[str, str]) -> None:
        """`sample` is an implementation and the tests `entry`, which hold."""
        self._base = base
        self._how = how
        self.language = base.language
        self.version = base.version
        self.mounts = base.mounts
        self.out_of_memory = base.out_of_memory
        self.trivial = Job(language=base.language, files={}, entry=entry, programs=(Program(files={**sample}),))

    def prepare(self) -> None:
        self._base.prepare()
        self._how.prepare()

    def plan(self, job: Job) -> Plan:
        if not job.programs:
            raise TaskError(f"{self.language}: tests are run on implementations, and there are none")
        sources = {program_folder(number): program.files for number, program in enumerate(job.programs)}
        building = self._how.building(job.entry, sources)
        script, start = self._how.start(job.entry, job.programs[0].files.get(job.entry, ""), limits=job.limits)
        given = {f"{SOURCES}/{run}/{path}": text for run, files in sources.items() for path, text in files.items()}
        made = "".join(f"mkdir -p {WORK}/{run}\n" for run in sources)
        packed = "".join(_PACK.format(run=f"{WORK}/{run}", kept=" ".join(building.kept)) for run in sources)
        words = ("/bin/sh", "-c", f"{made}{building.script}\nrm -rf {SOURCES}\n{packed}")
        build = Command(argv=words, env={**BOX_ENV, **building.env}, limits=_ALL)
        run = msgspec.structs.replace(start, argv=("/bin/sh", "-c", f"{_RUN}{script}", "sh", *start.argv))
        files = {path: text.encode("utf-8", "replace") for path, text in {**given, **building.files}.items()}
        return Plan(files=files, builds=(build,), run=run, apart=True)


_PACK = "tar -cf {run}.tar {run} {kept} && rm -r {run} || exit 1\n"
_RUN = f"""made="../{WORK}/${{PWD##*/}}"
tar -C .. -xf "$made.tar" && rm "$made.tar" || exit {NOT_BUILT}
if [ -e "$made/said" ]; then cat "$made/said" >&2; exit {NOT_BUILT}; fi
"""
