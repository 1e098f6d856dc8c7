"""C++: g++ with the driver, and the standard library under it, as one precompiled header."""

from __future__ import annotations

import re
from pathlib import Path

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
from assay.sandboxes.toolchains.signatures import Signature, cpp

_FLAGS = ("-std=c++20", "-O1", "-w", "-pipe", "-pthread")
SOURCE_SUFFIXES = (".cpp", ".cc", ".cxx")
_OLDEST = 11


class Cpp:
    """One g++."""

    language = "cpp"
    instant = False
    out_of_memory = (b"std::bad_alloc",)
    trivial = Job(
        language="cpp",
        files={"answer.cpp": "#include <iostream>\nint main() { std::cout << 1; }\n"},
        entry="answer.cpp",
        programs=(Program(),),
    )

    def __init__(self, compiler: Path, version: str) -> None:
        self.compiler = compiler
        self._source = drivers.sources("cpp")
        self._driver = cache_folder("cpp", short_hash(f"{compiler} {version} {_FLAGS} {self._source}"))
        self.version = f"g++ {version}, -O1"

    @property
    def mounts(self) -> tuple[Mount, ...]:
        return system_mounts(self.compiler, shared_folder())

    def prepare(self) -> None:
        prepared(self._driver, self._compile_driver)

    def _compile_driver(self, folder: Path) -> None:
        write_sources(folder, self._source)
        header = ("-x", "c++-header", folder / "driver.hpp", "-o", folder / "driver.hpp.gch")
        for more in (header, ("-c", folder / "driver.cpp", "-o", folder / "driver.o")):
            host_run((self.compiler, *_FLAGS, *more), cwd=folder, env=BOX_ENV, what="compiling the C++ driver")

    def plan(self, job: Job) -> Plan:
        sources = sorted(path for path in job.files if path.endswith(SOURCE_SUFFIXES))
        made = f"{WORK}/program"
        files = {**answer_files(job), f"{WORK}/driver": b""}  # the folder must be there for the linker
        include: tuple[str, ...] = ()
        if not job.programs:
            files[f"{WORK}/main.cpp"] = _main(job).encode()
            sources = [f"{WORK}/main.cpp", *(path for path in sources if path != job.entry)]
            sources.append(str(self._driver / "driver.o"))
            include = ("-I", str(self._driver))
        argv = (str(self.compiler), *_FLAGS, *include, "-o", made, *sources)
        build = Command(argv=argv, env=BOX_ENV, limits=BUILD)
        start = f"./{made}" if not job.programs else f"../{made}"
        return Plan(files=files, builds=(build,), run=Command(argv=(start,), env=BOX_ENV, limits=job.limits))


def _main(job: Job) -> str:
    """The driver's main for this answer: what can be asked for, by name."""
    declared = [signature for text in job.api if (signature := cpp(text)) is not None]
    actions: dict[str, str] = {}
    for case in job.cases:
        kind = ""
        for step in case:
            if not re.fullmatch(r"[\w:<>, *&]+", step.name):
                raise TaskError(f"{step.name!r} is no name of a C++ function")
            if step.op == "new":
                kind = step.name
                actions[f"new {kind}"] = _construct(kind, declared)
            elif step.op == "call":
                actions[f"call {step.name}"] = _call(step.name, declared)
            elif kind:
                actions[f"do {kind}::{step.name}"] = _do(kind, step.name, declared)
    records = "".join(_record(name, fields) for name, fields in job.records.items())
    entries = "".join(f'        {{"{name}", {body}}},\n' for name, body in actions.items())
    undone = "".join(f"#undef {word}\n" for word in _WORDS)
    return _TEMPLATE.format(entry=job.entry, undone=undone, records=records, entries=entries)


_WORDS = ("int", "long", "double", "float", "char", "bool", "void")
"""What programs of contests redefine (`#define int long long`), and what stands behind the answer is not to be."""
_TEMPLATE = """#include "driver.hpp"
#define main answer_main
#include "../{entry}"
#undef main
{undone}namespace assay_driver {{
{records}
int run_answer() {{
    return run({{
{entries}    }});
}}
}}
int main() {{ return assay_driver::run_answer(); }}
"""
_GIVEN = "(auto&&... given) -> decltype(auto)"
_FORWARDED = "(std::forward<decltype(given)>(given)...)"


def _declaration(declared: list[Signature], owner: str, name: str) -> Signature | None:
    return next((one for one in declared if one.owner == owner and one.name == name), None)


def _call(name: str, declared: list[Signature]) -> str:
    owner, _, bare = name.rpartition("::")
    known = _declaration(declared, owner, bare.partition("<")[0])
    head = "[](Step& step, std::shared_ptr<void>&)"
    if known is None:
        return f"{head} {{ call_pointer(step, &::{name}); }}"
    types = ", ".join(known.types)
    return f"{head} {{ call<{types}>(step, []{_GIVEN} {{ return ::{name}{_FORWARDED}; }}); }}"


def _construct(kind: str, declared: list[Signature]) -> str:
    known = _declaration(declared, kind, kind)
    head = "[](Step& step, std::shared_ptr<void>& made)"
    done = 'step.said = Writer{}; step.said.line("s1"); step.said.data += "rn\\n";'
    if known is None:
        return f"{head} {{ made = make_any<::{kind}>(step.args); {done} }}"
    types = ", ".join(known.types)
    build = f"made = std::shared_ptr<::{kind}>(new ::{kind}{_FORWARDED}); return 0;"
    return f"{head} {{ call<{types}>(step, [&](auto&&... given) {{ {build} }}); {done} }}"


def _do(kind: str, name: str, declared: list[Signature]) -> str:
    known = _declaration(declared, kind, name)
    head = "[](Step& step, std::shared_ptr<void>& made)"
    target = f"static_cast<::{kind}*>(made.get())"
    if known is None:
        return f"{head} {{ call_member(step, {target}, &::{kind}::{name}); }}"
    types = ", ".join(known.types)
    return f"{head} {{ call<{types}>(step, [&]{_GIVEN} {{ return {target}->{name}{_FORWARDED}; }}); }}"


def _record(name: str, fields: tuple[str, ...]) -> str:
    if not re.fullmatch(r"[\w:]+", name) or not all(re.fullmatch(r"\w+", field) for field in fields):
        raise TaskError(f"{name!r} is no record of plain fields")
    visits = " ".join(f'visit("{field}", made.{field});' for field in fields)
    return (
        f"template <> struct Record<::{name}> {{\n    static constexpr bool known = true;\n"
        f"    template <class F> static void fields(::{name}& made, F visit) {{ {visits} }}\n}};\n"
    )


def find() -> Toolchain | str:
    compiler = tool("g++")
    if compiler is None:
        return "no g++ found: install GCC 11 or newer (Debian: g++)"
    version = ask(compiler.resolve(), "-dumpfullversion")
    number = re.match(r"\d+", version)
    if not number or int(number[0]) < _OLDEST:
        return f"g++ {version or 'of unknown version'} is too old: {_OLDEST} or newer is needed"
    return Cpp(compiler.resolve(), version)
