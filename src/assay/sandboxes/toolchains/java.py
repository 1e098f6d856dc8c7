"""Java: a JDK of version 17 or newer. The driver is compiled once for all answers and finds methods by reflection.

What the Java machine makes of its own classes when it starts, compiler and driver included, is kept in archives
that all answers share (class data sharing): loading and checking them is most of what a short run takes.
"""

from __future__ import annotations

import re
import zipfile
from contextlib import suppress
from pathlib import Path, PurePosixPath

from assay.core.errors import SandboxError
from assay.core.judging import Job, Program, Step
from assay.core.task import Limits
from assay.sandboxes import drivers, wire
from assay.sandboxes.box import Command, Mount
from assay.sandboxes.toolchains.base import (
    BOX_ENV,
    BUILD,
    WORK,
    Plan,
    Served,
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
QUICK = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-XX:-UsePerfData")
_RELEASE = "17"
_WHAT = "compiling the Java driver"
_OPENS = ("--add-opens", "java.base/java.io=ALL-UNNAMED")
COMPILING = ("-Xmx1g", "-Xms128m", "-Xmn96m")
INLINE = "-XDstringConcat=inline"
"""Joined strings as ordinary calls: what the newer way looks up when it first runs takes longer than most answers."""
JAVAC = (INLINE, "-proc:none", "-nowarn", "-Xdiags:verbose", "-encoding", "UTF-8", "-cp", ".")
_STAYING = ("-Xmx512m", "-Xms64m")
_STAYS = Limits(cpu=3600.0, wall=86400.0, memory=1024, processes=128, disk=16, output=32 * 1024)
"""For a javac that stays: what is too much for it is left to a plain one."""
_TRIED = (
    (Step("call", "use", ([1, 2, 3], {"a": 0.5}, "some text")), Step("call", "use", ([], {}, ""))),
    (Step("new", "Pair", ("a", 1)), Step("do", "name"), Step("call", "use", (1, 2))),
)
"""Calls of `Usual.java`, to learn which classes a driver, and what it drives, need."""


class Java:
    """One JDK."""

    language = "java"
    instant = False
    out_of_memory = (b"Terminating due to java.lang.OutOfMemoryError",)
    trivial = Job(
        language="java",
        files={"Answer.java": "class Answer { public static void main(String[] a) { System.out.println(1); } }\n"},
        entry="Answer.java",
        programs=(Program(),),
    )

    def __init__(self, home: Path, version: str) -> None:
        self.home = home
        self._source = drivers.sources("java")
        self._driver = cache_folder("java", short_hash(f"{home} {version} {QUICK} {JAVAC} {self._source}"))
        self.version = f"jdk {version}, strings joined inline"

    @property
    def mounts(self) -> tuple[Mount, ...]:
        configuration = (self.home / "conf").resolve()
        linked = [path.resolve().parent for path in configuration.iterdir() if path.is_symlink()]
        return system_mounts(self.home, configuration, *linked, "/etc/ssl/certs/java", shared_folder())

    def prepare(self) -> None:
        prepared(self._driver, self._compile_driver)
        prepared(self._archive("compiler"), self._learn_compiler)
        prepared(self._archive("driver"), self._learn_driver)

    def _compile_driver(self, folder: Path) -> None:
        sources = write_sources(folder, self._source)
        argv = (
            self.home / "bin" / "javac",
            INLINE,
            "-proc:none",
            "--add-modules",
            "jdk.compiler",
            "-d",
            folder / "classes",
        )
        host_run((*argv, "-source", _RELEASE, "-target", _RELEASE, *sources), cwd=folder, env=BOX_ENV, what=_WHAT)
        with zipfile.ZipFile(folder / "driver.jar", "w") as jar:
            for made in sorted((folder / "classes").rglob("*.class")):
                jar.write(made, made.relative_to(folder / "classes").as_posix())

    def _archive(self, name: str) -> Path:
        return self._driver.with_name(f"{self._driver.name}-{name}")

    def archived(self, name: str) -> tuple[str, ...]:
        """The option that names an archive; none where this JDK could not make it."""
        made = self._archive(name) / "classes.jsa"
        return (f"-XX:SharedArchiveFile={made}",) if made.exists() else ()

    def _learn_compiler(self, folder: Path) -> None:
        """Compiling the driver's own sources uses most of javac."""
        write_sources(folder, self._source)
        self._learn(folder, (*COMPILING, *self._javac(*sorted(self._source), into="classes")))

    def _learn_driver(self, folder: Path) -> None:
        request = wire.request("Usual.java", _TRIED).data
        (folder / "request").write_bytes(request)
        self._learn(folder, (*_OPENS, "-cp", str(self.jar), "assaydriver.Driver", "assaydriver.Usual"))

    def _learn(self, folder: Path, words: tuple[str, ...]) -> None:
        java = (self.home / "bin" / "java", *QUICK, f"-XX:ArchiveClassesAtExit={folder / 'classes.jsa'}", *words)
        shell = ("sh", "-c", 'test -e request || : > request; exec "$@" 3< request 4> /dev/null', "sh")
        with suppress(SandboxError):  # it is quicker with an archive, and as good without
            host_run((*shell, *java), cwd=folder, env=BOX_ENV, what="archiving Java classes")

    @property
    def jar(self) -> Path:
        return self._driver / "driver.jar"

    def _javac(self, *sources: str, into: str) -> tuple[str, ...]:
        return ("-cp", str(self.jar), "assaydriver.Compile", *JAVAC, "-d", into, *sources)

    def plan(self, job: Job) -> Plan:
        sources = sorted(path for path in job.files if path.endswith(".java"))
        start = (str(self.home / "bin" / "java"), *QUICK, *COMPILING, *self.archived("compiler"))
        build = Command(argv=(*start, *self._javac(*sources, into=f"{WORK}/classes")), env=BOX_ENV, limits=BUILD)
        files, name = answer_files(job), class_name(job.entry, job.files.get(job.entry, ""))
        if job.programs:
            words = (*self.archived("driver"), "-cp", f"{self.jar}:../{WORK}/classes", name)
            run = self.command(words, limits=job.limits)
        else:
            # Ours first, and in a package of its own: a class of the answer's never takes the driver's place.
            path = f"{self.jar}:{WORK}/classes"
            words = (*self.archived("driver"), *_OPENS, "-cp", path, "assaydriver.Driver", name)
            run = self.command(words, limits=job.limits)
        return Plan(files=files, builds=(build,), served=self._served(files), run=run)

    def _served(self, files: dict[str, bytes]) -> Served | None:
        """For sources alone: beside them, javac might come across something that it takes for a class."""
        if not all(path.endswith(".java") and not path.endswith("module-info.java") for path in files):
            return None
        words = ("-cp", str(self.jar), "assaydriver.Serve", *JAVAC)
        java = (str(self.home / "bin" / "java"), *QUICK, *_STAYING, *self.archived("compiler"), *words)
        tool = Command(argv=java, env=BOX_ENV, limits=_STAYS)
        return Served(tool=tool, request=wire.encode(files), below=f"{WORK}/classes")

    def command(self, words: tuple[str, ...], *, limits: Limits) -> Command:
        # What the JVM needs beside the heap does not grow with it: code, classes, thread stacks.
        heap = max(limits.memory // 2, min(limits.memory - 256, limits.memory * 3 // 4))
        memory = (f"-Xmx{heap}m", "-XX:MaxMetaspaceSize=128m", "-XX:+ExitOnOutOfMemoryError")
        java = str(self.home / "bin" / "java")
        return Command(argv=(java, *QUICK, *memory, "-Xss4m", *words), env=BOX_ENV, limits=limits)


def class_name(entry: str, text: str) -> str:
    package = re.search(r"^\s*package\s+([\w.]+)\s*;", text, re.MULTILINE)
    stem = PurePosixPath(entry).stem
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
