"""The plain command lines of six languages' tools, on the same work: what a careful person types, and no more.

The files are the ones that the judge would build (answer, driver, table of calls), compiled together by each
tool as it comes: no precompiled driver, no shared cache but the tool's own, no sandbox. Then the same calls are
made, or the same program runs. With `bare_mains` the driver is left out and an answer that is called rather than
run gets an empty main: less than any harness can do with, and a lower bound.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import msgspec

from assay.core.judging import Attempt, Job, Program
from assay.core.task import Task
from assay.graders.grading import build_job, read_grading
from assay.sandboxes import drivers, wire
from assay.sandboxes.toolchains import find
from assay.sandboxes.toolchains.base import tool

_MAINS = {
    "go": "\nfunc main() {}\n",
    "rust": "\nfn main() {}\n",
    "cpp": "\nint main() { return 0; }\n",
}


def command_line(task: Task, folder: Path, *, unlike: str, bare_mains: bool) -> None:
    """Writes, builds and runs one answer; `unlike` makes its text one that no cache knows."""
    job = build_job(task, Attempt(files=task.solution), read_grading(task))
    calls = job.cases
    if bare_mains:
        job = _without_driver(job)
    toolchain = find(job.language)
    assert not isinstance(toolchain, str)
    toolchain.prepare()
    plan = toolchain.plan(job)
    for path, data in plan.files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    start = _WAYS[job.language](job, folder, unlike)
    if job.cases:
        (folder / "request").write_bytes(wire.request(job.entry, calls).data)
        _call("sh", "-c", 'exec "$@" 3< request 4> reply', "sh", *start, folder=folder)
    for program in job.programs:
        for path, text in program.files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text)
        words = [*start, *program.argv]
        subprocess.run(words, cwd=folder, input=program.stdin.encode(), capture_output=True, check=False)


def _without_driver(job: Job) -> Job:
    """The answer as a program that does nothing, if it is none."""
    if job.programs:
        return job
    files = dict(job.files)
    files[job.entry] += _MAINS.get(job.language, "")
    if job.language == "java":
        files["EmptyMain.java"] = "class EmptyMain { public static void main(String[] words) { } }\n"
        job = msgspec.structs.replace(job, entry="EmptyMain.java")
    return msgspec.structs.replace(job, files=files, cases=(), programs=(Program(),))


def _call(*words: object, folder: Path, env: dict[str, str] | None = None) -> None:
    done = subprocess.run(
        [str(word) for word in words], cwd=folder, env={**os.environ, **(env or {})}, capture_output=True, check=False
    )
    if done.returncode != 0:
        raise RuntimeError((done.stdout + done.stderr).decode(errors="replace")[-2000:])


def _named(name: str) -> Path:
    found = tool(name)
    assert found is not None, f"{name} is not here"
    return found


def _driver(language: str, folder: Path) -> list[str]:
    """Writes the driver's sources; their names."""
    folder.mkdir(parents=True, exist_ok=True)
    sources = drivers.sources(language)
    for name, text in sources.items():
        (folder / name).write_text(text)
    return [str(folder / name) for name in sources]


def _javascript(job: Job, folder: Path, unlike: str) -> list[str]:
    return [str(_named("node")), job.entry if job.programs else ".assay/driver.cjs"]


def _typescript(job: Job, folder: Path, unlike: str) -> list[str]:
    _call(_named("tsc"), "-p", ".assay", folder=folder)
    return [str(_named("node")), f".assay/out/{Path(job.entry).stem}.js" if job.programs else ".assay/driver.cjs"]


def _go(job: Job, folder: Path, unlike: str) -> list[str]:
    env = {"GO111MODULE": "off", "GOFLAGS": "", "GOPATH": str(folder)}
    marked = f'\nvar Unlike = "{unlike}"\n'
    sources = sorted(path.name for path in folder.glob("*.go"))
    if job.cases:
        _driver("go", folder / "src" / "assaydriver")
        place = folder / "src" / "answer"
        place.mkdir()
        for path in (*map(folder.joinpath, sources), folder / ".assay" / "answer" / "table.go"):
            path.rename(place / path.name)
        (place / "unlike.go").write_text(f"package answer\n{marked}")
        sources = [".assay/main.go"]
    else:
        for name in sources:
            text = (folder / name).read_text()
            (folder / name).write_text(re.sub(r"^package\s+\w+", "package main", text, count=1, flags=re.MULTILINE))
        (folder / "unlike.go").write_text(f"package main\n{marked}")
        sources.append("unlike.go")
    _call(_named("go"), "build", "-o", "program", *sources, folder=folder, env=env)
    return ["./program"]


def _rust(job: Job, folder: Path, unlike: str) -> list[str]:
    source, more = job.entry, []
    if job.cases:
        source = str(Path(job.entry).with_suffix(".driven.rs"))
        _driver("rust", folder / "driver")
        library = ("--crate-type", "rlib", "--crate-name", "assay_driver", "driver/lib.rs")
        _call(_named("rustc"), "--edition", "2021", *library, folder=folder)
        more = ["--extern", "assay_driver=libassay_driver.rlib"]
    more += ["--crate-name", "answer"]
    _call(_named("rustc"), "--edition", "2021", "--cap-lints", "allow", *more, "-o", "program", source, folder=folder)
    return ["./program"]


def _java(job: Job, folder: Path, unlike: str) -> list[str]:
    sources = sorted(path.name for path in folder.glob("*.java"))
    name = Path(job.entry).stem
    if not job.cases:
        _call(_named("javac"), "-d", "out", *sources, folder=folder)
        return [str(_named("java")), "-cp", "out", name]
    ours = [path for path in _driver("java", folder / "driver") if Path(path).stem not in ("Compile", "Serve", "Usual")]
    _call(_named("javac"), "-d", "out", *sources, *ours, folder=folder)
    opens = ("--add-opens", "java.base/java.io=ALL-UNNAMED")
    return [str(_named("java")), *opens, "-cp", "out", "assaydriver.Driver", name]


def _cpp(job: Job, folder: Path, unlike: str) -> list[str]:
    sources = [job.entry]
    if job.cases:
        _driver("cpp", folder / "driver")
        sources = ["-Idriver", ".assay/main.cpp", "driver/driver.cpp"]
    _call(_named("g++"), "-std=c++20", "-w", "-o", "program", *sources, folder=folder)
    return ["./program"]


_WAYS: dict[str, Callable[[Job, Path, str], list[str]]] = {
    "javascript": _javascript,
    "typescript": _typescript,
    "go": _go,
    "rust": _rust,
    "java": _java,
    "cpp": _cpp,
}
LANGUAGES = tuple(_WAYS)
