"""How MultiPL-E's harness builds and runs a program, in the languages where that is not how it is done here anyway.

Only what decides a verdict is as there: language edition, optimizing, checks, assertions, libraries. What makes the
same commands quicker (headers compiled before, classes archived, a cache of Go's own packages) is ours.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from assay.core.errors import SandboxError
from assay.core.judging import Job, Program
from assay.sandboxes.toolchains.base import (
    BOX_ENV,
    Toolchain,
    ask,
    cache_folder,
    host_run,
    prepared,
    short_hash,
    tool,
    tool_folders,
)
from assay.sandboxes.toolchains.javascript import find_node
from assay.sandboxes.toolchains.recipe import Recipe
from assay.sandboxes.toolchains.typescript import TypeScript

_JAVATUPLES = ("/usr/multiple/javatuples-1.2.jar", "/usr/share/java/javatuples.jar")


def find(language: str) -> Toolchain | str:
    """The language's recipe, its own toolchain where there is no other, or the reason why there is neither."""
    from assay.sandboxes.toolchains import find as find_own

    base = find_own(language)
    make = _RECIPES.get(language)
    return base if isinstance(base, str) or make is None else make(base)


def _cpp(base: Toolchain) -> Toolchain | str:
    compiler = str(_resolved("g++"))
    standard = "-std=c++17"
    folder = cache_folder("multipl-e", short_hash(f"{compiler} {base.version} {standard}"))

    def header(into: Path) -> None:
        """All of the standard library, which each prompt includes: most of what compiling it takes."""
        path = into / "bits" / "stdc++.h"
        path.parent.mkdir()
        path.write_text("#include_next <bits/stdc++.h>\n", encoding="utf-8")
        argv = (compiler, standard, "-x", "c++-header", path, "-o", path.with_name("stdc++.h.gch"))
        host_run(argv, cwd=into, env=BOX_ENV, what="compiling C++ headers")

    quick = ("-I", str(folder), "-include", "bits/stdc++.h")
    build = (compiler, "{source}", "-o", "{made}/program", standard, *quick)
    return Recipe(
        base,
        trivial=base.trivial,
        version=f"{_first(base)}, {standard}",
        build=build,
        run=("{made}/program",),
        prepare=partial(prepared, folder, header),
    )


def _rust(base: Toolchain) -> Toolchain | str:
    """No options: the edition of 2015, no optimizing, overflow panics."""
    compiler = str(Path(ask(tool("rustc") or "rustc", "--print", "sysroot")) / "bin" / "rustc")
    build = (compiler, "{source}", "-o", "{made}/program")
    version = f"{_first(base)}, no options"
    return Recipe(base, trivial=base.trivial, version=version, build=build, run=("{made}/program",))


def _java(base: Toolchain) -> Toolchain | str:
    jars = [folder / "javatuples-1.2.jar" for folder in tool_folders()] + [Path(path) for path in _JAVATUPLES]
    tuples = next((path for path in jars if path.is_file()), None)
    if tuples is None:
        return "java is here, but javatuples, which programs import, is not: install it (Debian: libjavatuples-java)"
    java = str(_resolved("javac").parent / "java")
    folder = cache_folder("multipl-e", short_hash(f"{java} {base.version} compiler"))
    quick = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-XX:-UsePerfData")
    archive = folder / "classes.jsa"
    compiler = ("-m", "jdk.compiler/com.sun.tools.javac.Main", "-encoding", "UTF8", "-cp", str(tuples), "-d")

    def archived(into: Path) -> None:
        (into / "Some.java").write_text(_SOME_JAVA, encoding="utf-8")
        argv = (java, *quick, f"-XX:ArchiveClassesAtExit={into / archive.name}", *compiler, ".", "Some.java")
        with suppress(SandboxError):  # it is quicker with an archive, and as good without
            host_run(argv, cwd=into, env=BOX_ENV, what="archiving Java classes")

    return Recipe(
        base,
        trivial=_trivial("java", "Some.java", _SOME_JAVA.replace("Some", "Problem")),
        version=f"{_first(base)}, -ea, {tuples.resolve().stem}",
        build=(java, *quick, f"-XX:SharedArchiveFile={archive}", *compiler, "{made}", "{source}"),
        run=(java, *quick, "-Xmx2g", "-ea", "-cp", f"{{made}}:{tuples}", "Problem"),
        prepare=partial(prepared, folder, archived),
    )


_SOME_JAVA = """import java.util.*;
import java.util.stream.*;
import org.javatuples.*;
class Some {
    public static Optional<String> longest(ArrayList<String> words) {
        return words.stream().filter(w -> w.length() > 1).max(Comparator.comparing(String::length));
    }
    public static void main(String[] args) {
        Map<String, Long> counts = new HashMap<>();
        for (int i = 0; i < args.length; i++) { counts.merge(args[i] + i, 1L, Long::sum); }
        assert(longest(new ArrayList<String>(Arrays.asList("a", "bc"))).equals(Optional.of("bc")));
        assert(Pair.with(1L, "a").getValue0() == 1L && counts.isEmpty());
    }
}
"""


def _javascript(base: Toolchain) -> Toolchain | str:
    node = find_node()
    return node if isinstance(node, str) else Recipe(base, trivial=base.trivial, run=(str(node[0]), "{source}"))


def _typescript(base: Toolchain) -> Toolchain | str:
    """As compilers before version 6 took a file that comes without a configuration."""
    node = find_node()
    if isinstance(node, str) or not isinstance(base, TypeScript):
        return node if isinstance(node, str) else "no TypeScript compiler found"
    loose = ("--strict", "false", "--module", "es6", "--moduleResolution", "bundler", "--ignoreConfig")
    build = (str(base.compiler), "--target", "esnext", *loose, "--pretty", "false", "{source}")
    return Recipe(base, trivial=base.trivial, build=build, run=(str(node[0]), "{stem}.js"))


def _go(base: Toolchain) -> Toolchain | str:
    root = Path(ask(tool("go") or "go", "env", "GOROOT")).resolve()
    go = str(root / "bin" / "go")
    folder = cache_folder("multipl-e", short_hash(f"{go} {base.version}"))
    env = {
        "GOROOT": str(root), "GOCACHE": str(folder / "cache"), "GOPATH": "/tmp/go", "GO111MODULE": "off",
        "CGO_ENABLED": "0", "GOPROXY": "off", "GOTOOLCHAIN": "local", "GOFLAGS": "", "GOENV": "off",
        "GOTELEMETRY": "off",
    }  # fmt: skip

    def filled(into: Path) -> None:
        """A cache of the packages that tests and answers import; boxes read it and cannot write it."""
        (into / "some_test.go").write_text(_some_go(), encoding="utf-8")
        own = {**BOX_ENV, **env, "GOCACHE": str(into / "cache")}
        host_run((go, "test", "some_test.go"), cwd=into, env=own, what="compiling Go's standard library")

    trivial = _trivial("go", "some_test.go", _some_go())
    return Recipe(base, trivial=trivial, run=(go, "test", "{own}"), env=env, prepare=partial(prepared, folder, filled))


def _some_go() -> str:
    names = ("bytes", "container/heap", "container/list", "crypto/md5", "encoding/hex", "errors", "fmt", "math",
             "math/big", "math/bits", "math/rand", "os", "reflect", "regexp", "slices", "sort", "strconv", "strings",
             "testing", "time", "unicode", "unicode/utf8")  # fmt: skip
    imports = "".join(f'\t_ "{name}"\n' for name in names if name != "testing")
    return f'package some_test\n\nimport (\n{imports}\t"testing"\n)\n\nfunc TestSome(t *testing.T) {{}}\n'


def _first(base: Toolchain) -> str:
    """The tool and its version, without what else decides verdicts where it is driven."""
    return base.version.partition(",")[0]


def _trivial(language: str, path: str, text: str) -> Job:
    return Job(language=language, files={path: text}, entry=path, programs=(Program(),))


def _resolved(name: str) -> Path:
    found = tool(name)
    if found is None:
        raise SandboxError(f"{name} was here a moment ago")
    return found.resolve()


_RECIPES: dict[str, Callable[[Toolchain], Toolchain | str]] = {
    "cpp": _cpp,
    "rust": _rust,
    "java": _java,
    "javascript": _javascript,
    "typescript": _typescript,
    "go": _go,
}
