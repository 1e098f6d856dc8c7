"""C++ exercises: `cmake -DEXERCISM_RUN_ALL_TESTS=1` and `make`, which runs the tests as its last step.

All exercises bring the same copy of Catch with the same main program, and compiling that takes most of the time. Where
it is that copy, byte for byte, it is compiled once for all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from assay.sandboxes.toolchains.base import (
    BOX_ENV,
    Toolchain,
    ask,
    cache_folder,
    host_run,
    prepared,
    short_hash,
    system_mounts,
    tool,
    write_sources,
)
from assay.sandboxes.toolchains.exercises.project import Project

_CATCH = "db2644e7f05022ab9a46de7031234a53fa1b3fe09d7232ef91ed470e08bfa245"
"""SHA-256 of `test/catch.hpp` followed by `test/tests-main.cpp`: Catch 2.13.6 and two lines."""
_HEADER, _MAIN = "test/catch.hpp", "test/tests-main.cpp"
_SCRIPT = """set -e
[ -d build ] || mkdir build
cd build
cmake -DEXERCISM_RUN_ALL_TESTS=1 -G "Unix Makefiles" ..
make"""
# Stands before the compiler: hands out the object that is there already for the main program that it was made of,
# compiled with options that could not have made another one. Whatever else is asked for is the compiler's.
_LAUNCHER = """#!/bin/sh
here=${0%/*}-compiled
for last; do :; done
case $last in
*/test/tests-main.cpp) ;;
*) exec "$@" ;;
esac
[ -e "$here/main.o" ] && cmp -s "$last" "$here/test/tests-main.cpp" &&
    cmp -s "${last%/*}/catch.hpp" "$here/test/catch.hpp" || exec "$@"
object= previous=
for word; do
    case $previous in
    -o) object=$word ;;
    -MF) : > "$word" ;;
    -MT | '') ;;
    *) case $word in
        -W* | -D* | -g | -std=c++17 | -MD | -MT | -MF | -o | -c | "$last") ;;
        *) exec "$@" ;;
        esac ;;
    esac
    previous=$word
done
exec cp "$here/main.o" "$object"
"""
_SAMPLE = {
    "CMakeLists.txt": (
        "cmake_minimum_required(VERSION 3.5.1)\nproject(sample CXX)\nadd_executable(sample sample_test.cpp)\n"
        "add_custom_target(test_sample ALL DEPENDS sample COMMAND sample)\n"
    ),
    "sample.h": "inline int twice(int number) { return 2 * number; }\n",
    "sample_test.cpp": '#include "sample.h"\nint main() { return twice(2) == 4 ? 0 : 1; }\n',
}


def find(base: Toolchain) -> Toolchain | str:
    compiler, cmake, make = tool("g++"), tool("cmake"), tool("make")
    if compiler is None or cmake is None or make is None:
        return "g++ is here, but CMake or make is not: install them (Debian: cmake make)"
    version = ask(cmake, "--version").partition("\n")[0].removeprefix("cmake version ")
    folder = cache_folder("exercises", f"catch-{short_hash(f'{compiler} {base.version} {_CATCH} {_LAUNCHER}')}")
    return Project(
        base,
        _SCRIPT,
        version=f"cmake {version}",
        sample=_SAMPLE,
        env={
            "PATH": f"{cmake.parent}:{make.parent}:/usr/local/bin:/usr/bin:/bin",
            "CXX": str(compiler.resolve()),
            "CMAKE_CXX_COMPILER_LAUNCHER": str(folder / "launcher"),
        },
        mounts=system_mounts(cmake.resolve().parents[1], make.resolve()),
        prepare=partial(prepared, folder, _put_launcher),
        shown=partial(_compile, compiler.resolve(), folder.with_name(f"{folder.name}-compiled")),
    )


def _put_launcher(folder: Path) -> None:
    write_sources(folder, {"launcher": _LAUNCHER})
    (folder / "launcher").chmod(0o755)


def _compile(compiler: Path, folder: Path, files: Mapping[str, str]) -> None:
    """What is compiled here, on the host, is known: no other copy is."""
    named = {path.partition("/")[2]: text for path, text in files.items()}
    header, main = named.get(_HEADER, ""), named.get(_MAIN, "")
    if not folder.exists() and hashlib.sha256((header + main).encode()).hexdigest() == _CATCH:
        prepared(folder, partial(_make, compiler, header, main))


def _make(compiler: Path, header: str, main: str, folder: Path) -> None:
    (folder / "test").mkdir()
    write_sources(folder, {_HEADER: header, _MAIN: main})
    argv = (compiler, "-std=c++17", "-c", "-o", folder / "main.o", folder / _MAIN)
    host_run(argv, cwd=folder, env=BOX_ENV, what="compiling Catch")
