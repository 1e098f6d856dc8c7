"""Aider's polyglot exercises with their stored example solutions: each exercise's own command, one by one, beside us.

    python benchmarks/polyglot.py CHECKOUT [LANGUAGE…] [--first N]

Own commands run on this machine as they stand, without a box and with their usual caches, in a fresh copy of each
exercise; for Java, where Gradle cannot be had, the compiler and JUnit's console. Printed are the exercises that pass
with either, those where the two differ, and how many times as long the commands take one by one.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

from assay.core.errors import AssayError
from assay.core.judging import Attempt
from assay.core.ports import Judge
from assay.core.task import Task
from assay.core.trial import Status
from assay.graders import grader_class
from assay.sandboxes.toolchains.exercises.java import JARS
from assay.sandboxes.toolchains.exercises.project import needed
from assay.suites import load
from assay.wiring.judging import build_judge, tools_for

OWN = {
    "cpp": 'mkdir build && cd build && cmake -DEXERCISM_RUN_ALL_TESTS=1 -G "Unix Makefiles" .. && make',
    "go": "go test ./...",
    "java": (
        "javac -d build/main $(find src/main -name '*.java') && javac -d build/test $(find src/test -name '*.java') &&"
        " java org.junit.platform.console.ConsoleLauncher --scan-classpath build/test"
    ),
    "javascript": 'ln -s "$NODE_MODULES" node_modules && npm run test',
    "python": "pytest",
    "rust": "cargo test -- --include-ignored",
}
_CRATES = '[source.crates-io]\nreplace-with = "here"\n[source.here]\ndirectory = "/usr/share/cargo/registry"\n'
_LIMIT = 400


class Result(msgspec.Struct, frozen=True):
    passed: frozenset[str]
    seconds: float


def own_commands(tasks: Sequence[Task]) -> Result:
    """One after the other, as somebody would type them."""
    passed: set[str] = set()
    seconds = 0.0
    with tempfile.TemporaryDirectory() as temporary:
        caches = Path(temporary, "cargo")
        caches.mkdir()
        (caches / "config.toml").write_text(_CRATES)
        for task in tasks:
            folder = Path(temporary, task.grading["folder"])
            for path, text in {**task.grading["files"], **task.files, **task.solution}.items():
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / path).write_text(text, encoding="utf-8")
            begun = time.perf_counter()
            passed |= {task.id} if _own_command(task, folder, caches) else set()
            seconds += time.perf_counter() - begun
    return Result(frozenset(passed), seconds)


def _own_command(task: Task, folder: Path, caches: Path) -> bool:
    libraries = ":".join(f"/usr/share/java/{name}.jar" for name in JARS)
    env = {
        **os.environ,
        "PATH": f"{Path(sys.prefix) / 'bin'}:{os.environ['PATH']}",
        "CLASSPATH": f"build/main:build/test:{libraries}",
        "NODE_MODULES": str(next(iter(needed("node_modules")), "")),
        "CARGO_HOME": str(caches),
        "CARGO_NET_OFFLINE": "true",
    }
    try:
        done = subprocess.run(
            ("sh", "-c", OWN[task.language]), check=False, cwd=folder, env=env, capture_output=True, timeout=_LIMIT
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


async def ours(tasks: Sequence[Task], judge: Judge) -> Result:
    grader = grader_class("exercise")()
    passed: set[str] = set()
    at_once = asyncio.Semaphore(8)

    async def one(task: Task) -> None:
        async with at_once:
            try:
                verdict = await grader.grade(task, Attempt(files={**task.files, **task.solution}), judge)
            except AssayError as error:
                print(f"  {task.id}: {error}")
                return
        if verdict.status is Status.PASSED:
            passed.add(task.id)

    begun = time.perf_counter()
    await asyncio.gather(*map(one, tasks))
    return Result(frozenset(passed), time.perf_counter() - begun)


async def compare(languages: Sequence[str], suite_tasks: Sequence[Task], first: int) -> None:
    whole = [0.0, 0.0]
    for language in languages:
        tasks = [task for task in suite_tasks if task.language == language][:first]
        judge = build_judge([tools_for(language, grader="exercise")])
        if reason := judge.supports(tools_for(language, grader="exercise")):
            print(f"{language}: unsupported: {reason}")
            continue
        try:
            mine = await ours(tasks, judge)
        finally:
            await judge.close()
        theirs = await asyncio.to_thread(own_commands, tasks)
        whole = [whole[0] + mine.seconds, whole[1] + theirs.seconds]
        print(
            f"{language:<11} {len(tasks):>3} exercises: {len(mine.passed)} pass in {mine.seconds:.1f} s; own commands"
            f" {len(theirs.passed)} in {theirs.seconds:.1f} s: {theirs.seconds / mine.seconds:.1f} times as long"
        )
        for task_id in sorted(mine.passed ^ theirs.passed):
            print(f"  {task_id}: passes only {'here' if task_id in mine.passed else 'by its own command'}")
    if whole[0]:
        print(f"all: {whole[0]:.1f} s; own commands {whole[1]:.1f} s: {whole[1] / whole[0]:.1f} times as long")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkout", type=Path)
    parser.add_argument("languages", nargs="*")
    parser.add_argument("--first", type=int, default=1000, help="of each language, only so many")
    given = parser.parse_args()
    suite = load("aider-polyglot", data=given.checkout)
    spoken = list(dict.fromkeys(task.language for task in suite.tasks))
    asyncio.run(compare(given.languages or spoken, suite.tasks, given.first))


if __name__ == "__main__":
    main()
