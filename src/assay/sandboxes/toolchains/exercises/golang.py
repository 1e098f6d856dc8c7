"""Go exercises: `go test ./...`, from a cache that holds the standard library compiled and vetted."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from assay.sandboxes.toolchains.base import (
    BOX_ENV,
    Toolchain,
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
from assay.sandboxes.toolchains.exercises.project import Project

_COMMON = (
    "bufio", "bytes", "errors", "fmt", "io", "math", "math/big", "math/rand", "os", "reflect", "regexp", "runtime",
    "slices", "sort", "strconv", "strings", "sync", "sync/atomic", "testing", "time", "unicode", "unicode/utf8",
)  # fmt: skip
OF_REPOSITORIES = (
    "cmp", "compress/gzip", "container/heap", "container/list", "context", "crypto/md5", "crypto/sha256", "embed",
    "encoding/base64", "encoding/binary", "encoding/csv", "encoding/hex", "encoding/json", "encoding/xml", "flag",
    "go/format", "hash/fnv", "html/template", "io/fs", "io/ioutil", "log/slog", "maps", "math/bits",
    "net/http/httptest", "net/netip", "os/exec", "os/signal", "path/filepath", "runtime/debug", "testing/fstest",
    "testing/iotest", "testing/quick", "text/tabwriter", "text/template", "unicode/utf16",
)  # fmt: skip
"""What repositories import beside that; it would be compiled anew in each run of their tests."""
_ENV = {
    "GOPROXY": "off", "GOTOOLCHAIN": "local", "GOFLAGS": "", "GOENV": "off", "GOTELEMETRY": "off", "GOPATH": "/tmp/go",
    "CGO_ENABLED": "0", "GOCACHE": "/tmp/go-cache",
}  # fmt: skip
# Links into the shared cache, which cannot be written to: what this project adds stands beside them.
SETUP = 'cp -rs "$1" /tmp/go-cache && '
_SCRIPT = f'{SETUP}exec "$2" test ./...'
_SAMPLE = {
    "go.mod": "module sample\n\ngo 1.18\n",
    "twice.go": "package twice\n\nfunc Twice(number int) int { return 2 * number }\n",
    "twice_test.go": (
        'package twice\n\nimport "testing"\n\nfunc TestTwice(t *testing.T) {\n'
        '\tif Twice(2) != 4 {\n\t\tt.Fatalf("Twice(2) = %d", Twice(2))\n\t}\n}\n'
    ),
}


def find(base: Toolchain, more: Sequence[str] = ()) -> Project | str:
    """`more` are packages of the standard library to have compiled beside those that exercises import."""
    found = tool("go")
    root = Path(ask(found or "go", "env", "GOROOT"))
    go = root / "bin" / "go"
    if not go.is_file():
        return "go was found, but not its GOROOT"
    folder = cache_folder("exercises", f"go-{short_hash(f'{root} {base.version} {(*_COMMON, *more)} {_SAMPLE}')}")
    return Project(
        base,
        _SCRIPT,
        folder / "cache",
        go,
        version="",
        sample=_SAMPLE,
        env=_ENV,
        mounts=system_mounts(root, shared_folder()),
        prepare=partial(prepared, folder, partial(_fill, go, (*_COMMON, *more))),
    )


def _fill(go: Path, packages: Sequence[str], folder: Path) -> None:
    """Testing a package that imports what exercises do compiles and vets all of it."""
    (folder / "project").mkdir()
    imports = "".join(f'\t_ "{name}"\n' for name in packages)
    common = {"common.go": f"package twice\n\nimport (\n{imports})\n"}
    write_sources(folder / "project", _SAMPLE | common)
    env = {**BOX_ENV, **_ENV, "GOCACHE": str(folder / "cache"), "GOPATH": str(folder / "path")}
    host_run((go, "test", "./..."), cwd=folder / "project", env=env, what="compiling Go's standard library")
