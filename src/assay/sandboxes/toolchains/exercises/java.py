"""Java exercises: what `./gradlew test` does, without Gradle, which cannot be had without its own server.

Sources and then tests are compiled, and JUnit's console runs them; it fails where Gradle's task does: on an error of
either compilation and on a test that fails. What is compiled against are the libraries that are here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path

from assay.core.errors import SandboxError
from assay.sandboxes.toolchains.base import (
    BOX_ENV,
    Toolchain,
    cache_folder,
    host_run,
    prepared,
    shared_folder,
    short_hash,
    system_mounts,
    tool,
    write_sources,
)
from assay.sandboxes.toolchains.exercises.project import Project, needed

_DEBIAN = Path("/usr/share/java")
JARS = (
    "junit-jupiter-api", "junit-jupiter-params", "junit-jupiter-engine", "junit-platform-commons",
    "junit-platform-engine", "junit-platform-launcher", "junit-platform-console", "junit-platform-reporting",
    "opentest4j", "opentest4j-reporting-events", "apiguardian-api", "picocli", "univocity-parsers", "assertj-core",
)  # fmt: skip
_GIVEN = ("junit-bom", "junit-jupiter", "assertj-core")
_WANTS = re.compile(r"[iI]mplementation\s*\(?(?:platform\()?[\"']([\w.-]+):([\w.-]+):?[^\"']*[\"']")
_NEWER = {"hasDimensions(": ("assertj-core", (3, 17))}
"""What a test calls, and since when the library has it."""
_QUICK = ("-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xshare:auto")
_BRIEF = "-XX:TieredStopAtLevel=1"
"""For the compiler alone: a test that computes for long is run as the Java machine would by itself."""
_JAVAC = "-m jdk.compiler/com.sun.tools.javac.Main -proc:none -encoding UTF-8 -d"
_CONSOLE = "org.junit.platform.console.ConsoleLauncher --disable-banner --disable-ansi-colors --details=tree"
_COMPILED = "build/classes/java"
# $1 java, $2 the libraries, $3 what is kept of the compiler's classes, $4 of the console's; $quick is word-split.
_SCRIPT = f"""quick='{" ".join(_QUICK)}'
mkdir -p {_COMPILED}/main {_COMPILED}/test
main=$(find src/main -name '*.java') tests=$(find src/test -name '*.java')
javac() {{ "$java" $quick {_BRIEF} -XX:SharedArchiveFile="$kept" {_JAVAC} "$@"; }}
java=$1 libraries=$2 kept=$3
[ -z "$main" ] || javac {_COMPILED}/main $main || exit 1
[ -z "$tests" ] || javac {_COMPILED}/test -cp "{_COMPILED}/main:$libraries" $tests || exit 1
exec "$java" $quick -XX:SharedArchiveFile="$4" -ea -Xmx512m -cp "{_COMPILED}/main:{_COMPILED}/test:$libraries" \\
    {_CONSOLE} --scan-classpath={_COMPILED}/test"""
_SAMPLE = {
    "src/main/java/Twice.java": "class Twice {\n    static int twice(int number) {\n        return 2 * number; }\n}\n",
    "src/test/java/TwiceTest.java": (
        "import static org.assertj.core.api.Assertions.assertThat;\n"
        "import static org.junit.jupiter.api.Assertions.assertEquals;\n\n"
        "import java.util.*;\nimport org.junit.jupiter.api.Test;\n"
        "import org.junit.jupiter.params.ParameterizedTest;\nimport org.junit.jupiter.params.provider.CsvSource;\n\n"
        "class TwiceTest {\n    @Test\n    void two() {\n        assertEquals(4, Twice.twice(2));\n"
        "        assertThat(Twice.twice(2)).isEqualTo(4);\n        assertThat(List.of(1, 2)).containsExactly(1, 2);\n"
        '        assertThat(Map.of("a", 1)).containsEntry("a", 1);\n    }\n\n'
        '    @ParameterizedTest\n    @CsvSource({"1,2", "2,4"})\n    void more(int one, int other) {\n'
        "        assertThat(Twice.twice(one)).isEqualTo(other);\n    }\n}\n"
    ),
}


def find(base: Toolchain) -> Toolchain | str:
    compiler = tool("javac")
    jars = {name: path for name in JARS if (path := _jar(name))}
    if compiler is None or len(jars) < len(JARS):
        missing = ", ".join(name for name in JARS if name not in jars)
        return f"java is here, but {missing} is not: install them (Debian: junit5 libassertj-core-java)"
    own = [path for folder in needed("java") for path in sorted(folder.glob("*.jar"))]
    libraries = ":".join(dict.fromkeys(map(str, (*jars.values(), *own))))
    java = compiler.resolve().parent / "java"
    folder = cache_folder("exercises", f"java-{short_hash(f'{java} {base.version} {libraries} {_SCRIPT}')}")
    return Project(
        base,
        _SCRIPT,
        java,
        libraries,
        folder / "compiler.jsa",
        folder / "console.jsa",
        version=", ".join(jars[name].stem for name in ("junit-jupiter-api", "assertj-core")),
        sample=_SAMPLE,
        mounts=system_mounts(shared_folder(), *needed("java")),
        prepare=partial(prepared, folder, partial(_learn, java, libraries)),
        lacks=partial(_lacks, jars, own),
    )


def _jar(name: str) -> Path | None:
    """The library's file, with its version in the name where there is one."""
    found = [path for folder in (*needed("java"), _DEBIAN) for path in folder.glob(f"{name}-[0-9]*.jar")]
    plain = _DEBIAN / f"{name}.jar"
    return found[0] if found else plain if plain.exists() else None


def _learn(java: Path, libraries: str, folder: Path) -> None:
    """Keeps what the Java machine makes of the classes of compiler and console when the sample is tested."""
    write_sources(folder, {name.rpartition("/")[2]: text for name, text in _SAMPLE.items()})
    start = (java, *_QUICK)
    compiler = (
        _BRIEF,
        f"-XX:ArchiveClassesAtExit={folder / 'compiler.jsa'}",
        *_JAVAC.split(),
        "made",
        "-cp",
        libraries,
    )
    sources = [path.name for path in sorted(folder.glob("*.java"))]
    console = (f"-XX:ArchiveClassesAtExit={folder / 'console.jsa'}", "-cp", f"made:{libraries}", *_CONSOLE.split())
    with suppress(SandboxError):  # it is quicker with what is kept, and as good without
        host_run((*start, *compiler, *sources), cwd=folder, env=BOX_ENV, what="archiving Java classes")
        host_run((*start, *console, "--scan-classpath=made"), cwd=folder, env=BOX_ENV, what="archiving Java classes")


def _lacks(jars: Mapping[str, Path], own: list[Path], files: Mapping[str, str]) -> str:
    """The libraries that `build.gradle` wants, or that a test needs in a newer version."""
    for path, text in files.items():
        if path.endswith("/build.gradle"):
            named = [name for _, name in _WANTS.findall(text) if name not in _GIVEN]
            missing = [name for name in named if not any(jar.name.startswith(f"{name}-") for jar in own)]
            if missing:
                return f"the Java libraries here hold no {', '.join(missing)}: put it into toolchains/exercises/java"
        elif path.endswith("Test.java"):
            for call, (name, since) in _NEWER.items():
                if call in text and _version(jars[name]) < since:
                    wanted = ".".join(map(str, since))
                    return f"its tests need {name} {wanted} or newer, and here is {jars[name].name}"
    return ""


def _version(jar: Path) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", jar.stem.rpartition("-")[2]))
