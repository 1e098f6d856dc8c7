"""Tests in Go: each implementation and its tests are a package, linked into a program of its own."""

from __future__ import annotations

import shlex
from pathlib import Path

from assay.core.task import Limits
from assay.sandboxes import drivers
from assay.sandboxes.box import Command
from assay.sandboxes.toolchains.base import (
    BOX_ENV,
    WORK,
    Toolchain,
    cache_folder,
    host_run,
    prepared,
    short_hash,
    write_sources,
)
from assay.sandboxes.toolchains.golang import Go
from assay.sandboxes.toolchains.written_tests.tested import SOURCES, Building, Sources, WrittenTests

_NEEDS = ("bytes", "fmt", "os", "os/exec", "path/filepath", "reflect", "strconv", "strings", "testing", "time")
_LISTS = ("go/ast", "go/parser", "go/token", "unicode", "unicode/utf8")
_COMPILE, _LINK = f"{WORK}/importcfg", f"{WORK}/linkcfg"
"""What packages may import, and what the program is made of."""
_BUILD = """for run in {runs}; do
    files=$(cd {sources}/$run && ls *.go)
    ((cd {sources}/$run && {compile} $files) &&
     {list} {sources}/$run/{entry} > {work}/main.go && {main} && {link}
    ) > {work}/$run/said 2>&1 && rm {work}/$run/said
done; true"""

_ENTRY = "twice_test.go"
_SAMPLE = {
    "twice.go": "package twice\n\nfunc Twice(number int) int { return 2 * number }\n",
    _ENTRY: (
        'package twice\n\nimport "testing"\n\nfunc TestTwice(t *testing.T) {\n'
        "\tif Twice(2) != 4 {\n\t\tt.Error(Twice(2))\n\t}\n}\n"
    ),
}


class _Linked:
    def __init__(self, go: Go) -> None:
        self._go = go
        self._source = drivers.sources("tests_go")
        self._folder = cache_folder("go", short_hash(f"{go.root} {go.version} {self._source}") + "-tests")

    def prepare(self) -> None:
        self._go.export((*_NEEDS, *_LISTS))
        prepared(self._folder, self._compile)

    def _compile(self, folder: Path) -> None:
        """The package that runs tests, and the program that finds them."""
        write_sources(folder, self._source)
        (folder / "importcfg").write_text(self._go.import_configuration(), encoding="utf-8")
        for argv in (
            (*self._go.compile("assaytests", "run.a", "importcfg"), "run.go"),
            (*self._go.compile("main", "list.a", "importcfg"), "list.go"),
            self._go.link("list.a", "list", "importcfg"),
        ):
            host_run(argv, cwd=folder, env=self._go.host_env(), what="compiling what runs tests in Go")

    def building(self, entry: str, sources: Sources) -> Building:
        texts = [text for one in sources.values() for path, text in one.items() if path.endswith(".go")]
        self._go.export_imports("\n".join(dict.fromkeys(texts)))
        own = {"assaytests": f"{self._folder}/run.a", "tested": f"{WORK}/tested.a"}
        lines = [f"packagefile {name}={path}\n" for name, path in own.items()]
        script = _BUILD.format(
            runs=" ".join(sources),
            sources=SOURCES,
            work=WORK,
            entry=shlex.quote(entry),
            compile=shlex.join(self._go.compile("tested", "../../tested.a", f"../../../{_COMPILE}")),
            list=shlex.quote(str(self._folder / "list")),
            main=shlex.join((*self._go.compile("main", f"{WORK}/main.a", _LINK), f"{WORK}/main.go")),
            link=shlex.join(self._go.link(f"{WORK}/main.a", f"{WORK}/RUN/program", _LINK)).replace("RUN", '"$run"'),
        )
        standard = self._go.import_configuration()
        files = {_COMPILE: standard, _LINK: standard + "".join(lines)}
        return Building(script=script, files=files, env=self._go.box_env())

    def start(self, entry: str, text: str, *, limits: Limits) -> tuple[str, Command]:
        env = {**BOX_ENV, "GOROOT": str(self._go.root), "GOTRACEBACK": "single"}
        command = Command(env={**env, "GOMEMLIMIT": f"{limits.memory * 9 // 10}MiB"}, limits=limits)
        return 'exec "$made/program"', command


def find(base: Toolchain) -> Toolchain:
    assert isinstance(base, Go)
    return WrittenTests(base, _Linked(base), entry=_ENTRY, sample=_SAMPLE)
