"""Java: a JDK of version 17 or newer. The driver is compiled once for all answers and finds methods by reflection."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from assay.core.judging import Job, Program
from assay.core.task import Limits
from assay.sandboxes import drivers
from assay.sandboxes.box import Command, Mount
from assay.sandboxes.toolchains.base import (
    BOX_ENV,
    BUILD,
    WORK,
    Plan,
    Toolchain,
    answer_files,
    ask,
    cache_folder,
    host_run,
    prepared,
    shared_folder,
    short_hash,
    system_mounts,
    tool,
    write_sources,
)

_OLDEST = 17
_QUICK = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-XX:-UsePerfData")
_RELEASE = "17"


class Java:
    """One JDK."""

    language = "java"
    out_of_memory = (b"Terminating due to java.lang.OutOfMemoryError",)
    trivial = Job(
        language="java",
        files={"Answer.java": "class Answer { public static void main(String[] a) { System.out.println(1); } }\n"},
        entry="Answer.java",
        programs=(Program(),),
    )

    def __init__(self, home: Path, version: str) -> None:
        self._home = home
        self._source = drivers.sources("java")
        self._driver = cache_folder("java", short_hash(f"{home} {version} {self._source}"))
        self.version = f"jdk {version}"

    @property
    def mounts(self) -> tuple[Mount, ...]:
        configuration = (self._home / "conf").resolve()
        linked = [path.resolve().parent for path in configuration.iterdir() if path.is_symlink()]
        return system_mounts(self._home, configuration, *linked, "/etc/ssl/certs/java", shared_folder())

    def prepare(self) -> None:
        prepared(self._driver, self._compile_driver)

    def _compile_driver(self, folder: Path) -> None:
        sources = write_sources(folder, self._source)
        argv = [self._home / "bin" / "javac", "-proc:none", "--release", _RELEASE, "-d", folder]
        host_run([*argv, *sources], cwd=folder, env=BOX_ENV, what="compiling the Java driver")

    def plan(self, job: Job) -> Plan:
        sources = sorted(path for path in job.files if path.endswith(".java"))
        flags = tuple(f"-J{flag}" for flag in _QUICK)
        options = ("-proc:none", "-nowarn", "-Xdiags:verbose", "-encoding", "UTF-8", "-d", f"{WORK}/classes")
        javac = (str(self._home / "bin" / "javac"), *flags, "-J-Xmx1g", *options, *sources)
        build = Command(argv=javac, env=BOX_ENV, limits=BUILD)
        name = _class_name(job)
        if job.programs:
            run = self._command(("-cp", f"../{WORK}/classes", name), limits=job.limits)
        else:
            opens = ("--add-opens", "java.base/java.io=ALL-UNNAMED")
            # Ours first, and in a package of its own: a class of the answer's never takes the driver's place.
            path = f"{self._driver}:{WORK}/classes"
            run = self._command((*opens, "-cp", path, "assaydriver.Driver", name), limits=job.limits)
        return Plan(files=answer_files(job), builds=(build,), run=run)

    def _command(self, words: tuple[str, ...], *, limits: Limits) -> Command:
        # What the JVM needs beside the heap does not grow with it: code, classes, thread stacks.
        heap = max(limits.memory // 2, min(limits.memory - 256, limits.memory * 3 // 4))
        memory = (f"-Xmx{heap}m", "-XX:MaxMetaspaceSize=128m", "-XX:+ExitOnOutOfMemoryError")
        java = str(self._home / "bin" / "java")
        return Command(argv=(java, *_QUICK, *memory, "-Xss4m", *words), env=BOX_ENV, limits=limits)


def _class_name(job: Job) -> str:
    package = re.search(r"^\s*package\s+([\w.]+)\s*;", job.files.get(job.entry, ""), re.MULTILINE)
    stem = PurePosixPath(job.entry).stem
    return f"{package[1]}.{stem}" if package else stem


def find() -> Toolchain | str:
    compiler = tool("javac")
    if compiler is None:
        return "no javac found: install a JDK of version 17 or newer (Debian: openjdk-17-jdk-headless)"
    said = ask(compiler.resolve().parent / "java", "-XshowSettings:properties", "-version")
    home = re.search(r"java\.home = (.+)", said)
    version = re.search(r"java\.version = (\d+)(\S*)", said)
    if not home or not version:
        return "javac was found, but its java does not start"
    if int(version[1]) < _OLDEST:
        return f"the JDK is of version {version[1]}: {_OLDEST} or newer is needed"
    return Java(Path(home[1].strip()), version[1] + version[2])
