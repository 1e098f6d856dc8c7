"""A project: a folder of sources and tests, tested by one command in it. Output and errors come as one text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from pathlib import Path

from assay.core.errors import TaskError, Unsupported
from assay.core.judging import Job, Program
from assay.sandboxes.box import Command, Mount
from assay.sandboxes.toolchains.base import BOX_ENV, Plan, Toolchain, answer_files, tool_folders

NEEDED = "exercises"
"""Where, in a folder of tools, lies what exercises need."""
_START = 'exec 2>&1; cd "../$1" && shift || exit 126\n'


class Project:
    """`Toolchain` of whole folders: `Job.entry` names the one that holds the job's files."""

    instant = False
    out_of_memory = ()
    """The command decides, whatever it says."""

    def __init__(
        self,
        base: Toolchain,
        script: str,
        *words: str | Path,
        version: str,
        sample: Mapping[str, str],
        env: Mapping[str, str] | None = None,
        mounts: Sequence[Mount] = (),
        prepare: Callable[[], object] | None = None,
        shown: Callable[[Mapping[str, str]], object] | None = None,
        lacks: Callable[[Mapping[str, str]], str] | None = None,
    ) -> None:
        """`script` gets `words` as its arguments. `sample` is a project whose tests pass. `shown` is shown each
        project's files before they are tested; `lacks` says what they need that this machine does not have."""
        self.language = base.language
        self.version = f"{base.version}, {version}" if version else base.version
        self.mounts = tuple(dict.fromkeys((*base.mounts, *mounts)))
        files = {f"sample/{path}": text for path, text in sample.items()}
        self.trivial = Job(language=base.language, files=files, entry="sample", programs=(Program(),))
        self._argv = ("/bin/sh", "-c", _START + script, "sh")
        self._words = tuple(str(word) for word in words)
        self._env = {**BOX_ENV, **(env or {})}
        self._prepare = prepare
        self._shown = shown
        self._lacks = lacks

    def with_script(
        self, script: str, *, version: str = "", env: Mapping[str, str] | None = None, mounts: Sequence[Mount] = ()
    ) -> Project:
        """The same tools and words for another script, which gets a program's arguments behind the words."""
        other = copy(self)
        other.version += version
        other.mounts = tuple(dict.fromkeys((*self.mounts, *mounts)))
        other._argv = ("/bin/sh", "-c", _START + script, "sh")
        other._env = {**self._env, **(env or {})}
        return other

    def prepare(self) -> None:
        if self._prepare is not None:
            self._prepare()

    def plan(self, job: Job) -> Plan:
        """Raises Unsupported where the project needs what is not here."""
        if not job.programs:
            raise TaskError(f"{self.language}: a project is tested as a whole")
        if self._lacks is not None and (missing := self._lacks(job.files)):
            raise Unsupported(f"{job.entry}: {missing}")
        if self._shown is not None:
            self._shown(job.files)
        run = Command(argv=(*self._argv, job.entry, *self._words), env=self._env, limits=job.limits)
        return Plan(files=answer_files(job), run=run)


def needed(*parts: str) -> list[Path]:
    """Where the folders of tools have this, the user's own first."""
    places = (folder.joinpath(NEEDED, *parts) for folder in tool_folders())
    return [place for place in places if place.exists()]
