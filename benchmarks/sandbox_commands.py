"""The plain command lines of six languages' tools, on the same answers: what a careful person types, and no more.

An answer that is called rather than run gets an empty main, and is built and started once; the peer does no more
than that, so that the ratios say too little rather than too much.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

from assay.core.task import Task
from assay.sandboxes.toolchains.base import tool


def command_line(task: Task, folder: Path, *, unlike: str) -> None:
    """Writes, builds and runs one answer; `unlike` makes its text, and so its object, one that no cache knows."""
    for path, text in task.solution.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    start = _WAYS[task.language](task.grading["entry"], folder, unlike)
    runs = [case["run"] for case in task.grading["cases"] if "run" in case]
    for run in runs or [{}]:
        for path, text in run.get("files", {}).items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text)
        words = [*start, *run.get("argv", ())]
        subprocess.run(words, cwd=folder, input=run.get("stdin", "").encode(), capture_output=True, check=False)


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


def _append(path: Path, text: str) -> None:
    path.write_text(path.read_text() + text)


def _javascript(entry: str, folder: Path, unlike: str) -> list[str]:
    return [str(_named("node")), entry]


def _typescript(entry: str, folder: Path, unlike: str) -> list[str]:
    modules = next(place for place in _named("tsc").parents if place.name == "node_modules")
    options = ("--target", "es2022", "--module", "commonjs", "--typeRoots", modules / "@types", "--types", "node")
    _call(_named("tsc"), *options, "--ignoreConfig", "--outDir", "out", entry, folder=folder)
    return [str(_named("node")), f"out/{Path(entry).stem}.js"]


def _go(entry: str, folder: Path, unlike: str) -> list[str]:
    has_main = False
    for path in folder.glob("*.go"):
        text = re.sub(r"^package\s+\w+", "package main", path.read_text(), count=1, flags=re.MULTILINE)
        has_main = has_main or "\nfunc main()" in text
        path.write_text(text)
    end = "" if has_main else "func main() {}\n"
    (folder / "unlike.go").write_text(f'package main\n\nvar Unlike = "{unlike}"\n\n{end}')
    sources = sorted(path.name for path in folder.glob("*.go"))
    _call(_named("go"), "build", "-o", "program", *sources, folder=folder, env={"GO111MODULE": "off", "GOFLAGS": ""})
    return ["./program"]


def _rust(entry: str, folder: Path, unlike: str) -> list[str]:
    if not re.search(r"^\s*(pub\s+)?fn\s+main\s*\(", (folder / entry).read_text(), re.MULTILINE):
        _append(folder / entry, "\nfn main() {}\n")
    _call(_named("rustc"), "--edition", "2021", "-o", "program", entry, folder=folder)
    return ["./program"]


def _java(entry: str, folder: Path, unlike: str) -> list[str]:
    name = Path(entry).stem
    if not re.search(r"static\s+void\s+main\s*\(", (folder / entry).read_text()):
        name = "EmptyMain"
        (folder / "EmptyMain.java").write_text("class EmptyMain { public static void main(String[] words) { } }\n")
    _call(_named("javac"), "-d", "out", *sorted(path.name for path in folder.glob("*.java")), folder=folder)
    return [str(_named("java")), "-cp", "out", name]


def _cpp(entry: str, folder: Path, unlike: str) -> list[str]:
    if not re.search(r"\bint\s+main\s*\(", (folder / entry).read_text()):
        _append(folder / entry, "\nint main() { return 0; }\n")
    _call(_named("g++"), "-std=c++20", "-o", "program", entry, folder=folder)
    return ["./program"]


_WAYS: dict[str, Callable[[str, Path, str], list[str]]] = {
    "javascript": _javascript,
    "typescript": _typescript,
    "go": _go,
    "rust": _rust,
    "java": _java,
    "cpp": _cpp,
}
LANGUAGES = tuple(_WAYS)
