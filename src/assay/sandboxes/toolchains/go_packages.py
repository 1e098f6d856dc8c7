"""Go programs of several packages: each folder is one, imported by its path, and built in the order of the files."""

from __future__ import annotations

import shlex
from pathlib import PurePosixPath

from assay.core.errors import TaskError
from assay.core.judging import Job
from assay.sandboxes.box import Command
from assay.sandboxes.toolchains.base import BUILD, WORK, Plan, Toolchain, answer_files
from assay.sandboxes.toolchains.golang import Go


class GoPackages:
    """`Toolchain` of programs whose `main` is at the top."""

    language = Go.language
    instant = False
    out_of_memory = Go.out_of_memory
    trivial = Go.trivial

    def __init__(self, go: Go) -> None:
        self._go = go
        self.version = go.version
        self.mounts = go.mounts

    def prepare(self) -> None:
        self._go.prepare()

    def plan(self, job: Job) -> Plan:
        if not job.programs:
            raise TaskError("Go's recipe for packages runs programs only")
        go, link = self._go, f"{WORK}/importcfg"
        folders: dict[str, list[str]] = {}
        for path in job.files:
            folders.setdefault(str(PurePosixPath(path).parent), []).append(path)
        mains = folders.pop(".", [])
        run = go.plan(job).run
        go.export_imports("\n".join(job.files.values()))
        own = "".join(f"packagefile {name}={WORK}/{name}.a\n" for name in folders)
        commands = [(*go.compile(name, f"{WORK}/{name}.a", link), *paths) for name, paths in folders.items()]
        commands.append((*go.compile("main", f"{WORK}/main.a", link), *mains))
        commands.append(go.link(f"{WORK}/main.a", f"{WORK}/program", link))
        script = " && ".join(shlex.join(argv) for argv in commands)
        build = Command(argv=("/bin/sh", "-c", script), env=go.box_env(), limits=BUILD)
        files = {**answer_files(job), link: (go.import_configuration() + own).encode()}
        return Plan(files=files, builds=(build,), run=run)


def find(language: str) -> Toolchain | str:
    """The Go that there is here."""
    from assay.sandboxes.toolchains import find as find_own

    found = find_own(language)
    return GoPackages(found) if isinstance(found, Go) else found
