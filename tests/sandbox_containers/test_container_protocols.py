"""The drivers of official protocols in containers: they bring what they import from beside them."""

from __future__ import annotations

import json

import pytest

from assay.core.judging import Attempt
from assay.core.task import Ask, Limits, Task
from assay.core.trial import Status
from assay.graders.in_process import StrictGrader
from assay.graders.stdio import StdioGrader
from assay.sandboxes.containers.boxes import ContainerBoxes
from assay.sandboxes.containers.engine import Engine
from assay.sandboxes.judge import BoxJudge
from assay.sandboxes.linux.mounts import python_command
from assay.sandboxes.toolchains import find
from sandbox_containers.image import IMAGE

LIMITS = Limits(cpu=5.0, wall=60.0, memory=1024)
PRINTS = (("1\n", "2\n"), ("5\n", "6\n"))


def printing(harness: str) -> Task:
    rows = [{"input": given, "output": wanted} for given, wanted in PRINTS]
    tests = json.dumps(PRINTS if harness == "codecontests" else rows)
    return Task(id="p", language="python", ask=Ask(), grading={"harness": harness, "tests": tests}, limits=LIMITS)


OFFICIAL = Task(
    id="o",
    language="python",
    ask=Ask(),
    grading={"after": "assert f(1) == 2", "names": ["f"], "solution": "def f(x):\n    return x + 1\n"},
    limits=LIMITS,
)


@pytest.mark.slow
async def test_official_protocols_judge_in_containers(engine: Engine) -> None:
    """Right answers pass and wrong ones fail, in one process with their tests, strictly, and by what they print."""
    toolchain = find("python")
    assert not isinstance(toolchain, str)
    judge = BoxJudge(ContainerBoxes(IMAGE, 2, toolchain.mounts, engine=engine, python=python_command()))
    try:
        for n, status in ((1, Status.PASSED), (2, Status.FAILED)):
            program, function = f"print(int(input()) + {n})", f"def f(x):\n    return x + {n}\n"
            for harness in ("livecodebench", "codecontests"):
                attempt = Attempt(files={"answer.py": program})
                verdict = await StdioGrader().grade(printing(harness), attempt, judge)
                assert verdict.status is status, f"{harness}: {verdict.reason}"
            verdict = await StrictGrader().grade(OFFICIAL, Attempt(files={"answer.py": function}), judge)
            assert (verdict.status, verdict.strict) == (status, n == 1), verdict.reason
    finally:
        await judge.close()
