"""Tests in C++: `check.hpp` has what they are written with. They are compiled once for all implementations whose
headers are the same; the standard library comes from a precompiled header.
"""

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
    tool,
    write_sources,
)
from assay.sandboxes.toolchains.cpp import SOURCE_SUFFIXES, Cpp
from assay.sandboxes.toolchains.written_tests.tested import SOURCES, Building, Sources, WrittenTests

_FLAGS = ("-std=c++20", "-O0", "-w", "-pipe", "-pthread", "-D_GLIBCXX_ASSERTIONS")
_STANDARD = (
    "algorithm", "array", "cstdint", "deque", "functional", "iostream", "limits", "map", "memory", "numeric",
    "optional", "set", "sstream", "stdexcept", "string", "string_view", "tuple", "unordered_map", "unordered_set",
    "utility", "vector",
)  # fmt: skip
_TESTS = """{compile} -c -o {work}/{first}/tests.o {sources}/{first}/{entry} > {work}/{first}/said 2>&1 \
&& rm {work}/{first}/said
for run in {others}; do
    ln {work}/{first}/said {work}/$run/said 2> {work}/none || ln {work}/{first}/tests.o {work}/$run/tests.o
done
"""
_PROGRAM = """[ -e {work}/{run}/said ] || if {compile} -o {work}/{run}/program {sources} {work}/{run}/tests.o {check} \
> {work}/{run}/said 2>&1
then rm {work}/{run}/said
fi
"""

_ENTRY = "twice_test.cpp"
_SAMPLE = {
    "twice.hpp": "#pragma once\n\nint twice(int number);\n",
    "twice.cpp": '#include "twice.hpp"\n\nint twice(int number) { return 2 * number; }\n',
    _ENTRY: '#include "check.hpp"\n#include "twice.hpp"\n\nTEST_CASE("twice") { CHECK(twice(2) == 4); }\n',
}


class _Checked:
    def __init__(self, cpp: Cpp) -> None:
        self._compiler = str(cpp.compiler)
        self._linker = ("-fuse-ld=gold",) if tool("ld.gold") else ()  # takes a third of the usual one's time
        self._source = drivers.sources("tests_cpp") | {
            "standard.hpp": "".join(map("#include <{}>\n".format, _STANDARD))
        }
        self._folder = cache_folder(
            "cpp", short_hash(f"{cpp.compiler} {cpp.version} {_FLAGS} {self._source}") + "-tests"
        )

    def prepare(self) -> None:
        prepared(self._folder, self._compile)

    def _compile(self, folder: Path) -> None:
        write_sources(folder, self._source)
        header = ("-x", "c++-header", "standard.hpp", "-o", "standard.hpp.gch")
        for more in (header, ("-c", "check.cpp", "-o", "check.o")):
            host_run((self._compiler, *_FLAGS, *more), cwd=folder, env=BOX_ENV, what="compiling what runs tests in C++")

    def building(self, entry: str, sources: Sources) -> Building:
        folder = self._folder
        compile_one = shlex.join((self._compiler, *_FLAGS, "-I", str(folder), "-include", str(folder / "standard.hpp")))
        script = ""
        for first, *others in _with_same_headers(sources):
            script += _TESTS.format(
                compile=compile_one, work=WORK, sources=SOURCES, entry=entry, first=first, others=" ".join(others)
            )
        for run, files in sources.items():
            own = [f"{SOURCES}/{run}/{path}" for path in sorted(files) if _is_source(path) and path != entry]
            script += _PROGRAM.format(
                compile=f"{compile_one} {shlex.join(self._linker)}",
                work=WORK,
                run=run,
                sources=shlex.join(own),
                check=shlex.quote(f"{folder}/check.o"),
            )
        return Building(script=f"{script}rm -f {WORK}/*/tests.o")

    def start(self, entry: str, text: str, *, limits: Limits) -> tuple[str, Command]:
        return f'exec "$made/program" {shlex.quote(entry)}', Command(env=BOX_ENV, limits=limits)


def _is_source(path: str) -> bool:
    return path.endswith(SOURCE_SUFFIXES)


def _with_same_headers(sources: Sources) -> list[list[str]]:
    """Runs, in groups."""
    groups: dict[tuple[tuple[str, str], ...], list[str]] = {}
    for run, files in sources.items():
        headers = tuple(sorted((path, text) for path, text in files.items() if not _is_source(path)))
        groups.setdefault(headers, []).append(run)
    return list(groups.values())


def find(base: Toolchain) -> Toolchain:
    assert isinstance(base, Cpp)
    return WrittenTests(base, _Checked(base), entry=_ENTRY, sample=_SAMPLE)
