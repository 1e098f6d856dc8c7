"""Grader, judge and sandbox together: real answers, real verdicts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from fake_judge import task_of

from assay.authoring.check import check_tasks
from assay.authoring.examples import EXAMPLES
from assay.authoring.new import new_task
from assay.core.judging import Attempt
from assay.core.ports import Judge
from assay.core.task import Limits, Task
from assay.core.trial import Status
from assay.graders.cases import CasesGrader
from assay.sandboxes.judge import BoxJudge
from assay.sandboxes.linux.pool import LinuxBoxes
from assay.sandboxes.toolchains import find
from assay.suites.folder import load_folder


def needs(language: str) -> Any:
    """The toolchain, or a visible skip with the reason."""
    found = find(language)
    if isinstance(found, str):
        pytest.skip(found)
    return found


@pytest.fixture
async def judge() -> AsyncIterator[Judge]:
    """The built-in sandbox for Python."""
    boxes = LinuxBoxes(1, mounts=needs("python").mounts, preload=("assay.sandboxes.drivers.python:main",))
    judge = BoxJudge(boxes)
    yield judge
    await judge.close()


@pytest.mark.parametrize("language", EXAMPLES)
async def test_the_examples_prove_themselves(tmp_path: Path, language: str) -> None:
    """What `assay new task` writes passes its own check, in every language that this machine has."""
    new_task(tmp_path / "t", language=language)
    toolchain = needs(language)
    judge = BoxJudge(LinuxBoxes(2, mounts=toolchain.mounts, preload=("assay.sandboxes.drivers.python:main",)))
    try:
        findings = await check_tasks(load_folder(tmp_path / "t"), judge, CasesGrader(), parallel=2, repeats=1)
    finally:
        await judge.close()
    assert [str(finding) for finding in findings] == []


CALL = {"call": "f", "args": [2], "returns": 4}
PARTED = "def check(args, got):\n    return got == {frozenset([n]) for n in args[0]}\n"
SORTED = "def check(args, got):\n    return got == sorted(args[0])\n"


@pytest.mark.parametrize(
    ("task", "code", "status", "said"),
    [
        (task_of(CALL), "def f(x): return x * 2", Status.PASSED, ""),
        (task_of(CALL), "def f(x): return x * 3", Status.FAILED, "case 1: f(2) returned 6, expected 4"),
        (task_of(CALL), "def f(x): return object()", Status.FAILED, "case 1: f(2) returned <"),
        (task_of(CALL), "def f(x: return", Status.FAILED, "does not compile: "),
        (task_of(CALL), "import os\ndef f(x): os._exit(0)", Status.FAILED, "case 1: it crashed"),
        (task_of(CALL), "def f(x):\n    while True: pass", Status.EXCEEDED, "cpu"),
        (task_of(CALL), "def f(x): return [0] * 10**10", Status.EXCEEDED, "memory"),
        (task_of({**CALL, "returns": {"$set": [1, 2]}}), "def f(x): return {1, 2}", Status.PASSED, ""),
        (
            task_of({"call": "f", "args": [[2, 1]], "match": "checker"}, checker=SORTED),
            "def f(x): return sorted(x)",
            Status.PASSED,
            "",
        ),
        (
            task_of({"call": "f", "args": [[2, 1]], "match": "checker"}, checker=SORTED),
            "def f(x): return x",
            Status.FAILED,
            "case 1: f([2, 1]) gave [2, 1]: the checker says no",
        ),
        (
            task_of(
                {"call": "f", "args": [[2, 1]], "match": "checker"}, checker="def check(a, b):\n    while 1: pass\n"
            ),
            "def f(x): return x",
            Status.FAILED,
            "it ran over its cpu limit",
        ),
        (
            task_of({"call": "f", "args": [[2, 1]], "match": "checker"}, checker=PARTED),
            "def f(x): return {frozenset([n]) for n in x}",
            Status.PASSED,
            "",
        ),
        (
            task_of({"call": "f", "args": [{"$map": [[{"$tuple": [1, {"$set": [2]}]}, 3]]}], "returns": 3}),
            "def f(x): return x[1, frozenset([2])]",
            Status.PASSED,
            "",
        ),
        (
            task_of({"run": {"stdin": "3\n"}, "stdout": "6\n"}),
            "print(int(input()) * 2)",
            Status.PASSED,
            "",
        ),
        (task_of({"run": {"stdin": "3\n"}, "stdout": "6\n"}), "print(7)", Status.FAILED, 'expected "6", got "7"'),
        (
            task_of(judge="in-process", tests={"main.py": "import a\nassert a.f(2) == 4\n"}, test_entry="main.py"),
            "def f(x): return 4",
            Status.PASSED,
            "",
        ),
        (
            task_of(judge="in-process", tests={"main.py": "import a\nassert a.f(2) == 4\n"}, test_entry="main.py"),
            "def f(x): return 5",
            Status.FAILED,
            "ended with exit code 1",
        ),
    ],
    ids=range(17),
)
async def test_verdicts(judge: Judge, task: Task, code: str, status: Status, said: str) -> None:
    """The same words for the same deeds, with nothing scripted in between."""
    quick = msgspec.structs.replace(task, limits=Limits(cpu=1.0, wall=10.0, memory=256), files={})
    verdict = await CasesGrader().grade(quick, Attempt(files={"a.py": code}), judge)
    assert said in verdict.reason
    assert verdict.status is status


_JS_TESTS = (
    "const assert = require('node:assert');\nconst { f } = require('./a.js');\nassert.strictEqual(f(2), 4);\n"
    "assert.strictEqual(f(3), 6);\n"
)


@pytest.mark.parametrize(
    ("code", "flags"),
    [
        ("exports.f = (x) => { require('assert').ok(x); console.log('debug'); return 2 * x; };\n", set()),
        ("process.exit(0);\n", {"disagree"}),
        ("require('assert').strictEqual = () => {};\nexports.f = () => 0;\n", {"disagree"}),
        ("process.on('uncaughtException', () => {});\nexports.f = () => 0;\n", {"disagree"}),
    ],
)
async def test_who_passes_tests_in_one_process_whatever_they_expect_is_flagged(
    judge: Judge, code: str, flags: set[str]
) -> None:
    """What passes is run once more with tests that expect something else, and who is right fails those."""
    task = msgspec.structs.replace(
        task_of(judge="in-process", tests={"main.js": _JS_TESTS}, test_entry="main.js", entry="a.js"),
        language="javascript",
        solution={"a.js": "exports.f = (x) => 2 * x;\n"},
        files={},
    )
    if reason := judge.supports("javascript"):
        pytest.skip(reason)
    verdict = await CasesGrader().grade(task, Attempt(files={"a.js": code}), judge)
    assert (verdict.status, verdict.reason) == (Status.PASSED, "")
    assert (set(verdict.flags), verdict.strict) == ({"in_process", *flags}, False if flags else None)
