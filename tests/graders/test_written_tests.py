"""Tests and examples that answers hold, judged in the sandbox by what they say of right and wrong implementations."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from assay.authoring.check import check_tasks
from assay.authoring.new import new_task
from assay.core.judging import Attempt, Verdict
from assay.core.ports import Judge
from assay.core.task import Ask, Extract, Limits, Task
from assay.core.trial import Status, TestCounts
from assay.graders.by_task import ByTaskGrader
from assay.sandboxes.drivers import PRELOADED
from assay.sandboxes.judge import BoxJudge
from assay.sandboxes.linux.pool import LinuxBoxes
from assay.sandboxes.toolchains import find
from assay.suites import load
from assay.suites.folder import load_folder
from assay.suites.select import select

TASK = Task(
    id="python/t",
    language="python",
    ask=Ask(),
    extract=Extract(path="test_abs.py"),
    files={"absolute.py": "def absolute(x):\n    return -x if x < 0 else x\n"},
    grading={
        "judge": "tests",
        "entry": "test_abs.py",
        "percent": 80,
        "right": {
            "maximum": {"absolute.py": "def absolute(x):\n    return max(x, -x)\n"},
            "root": {"absolute.py": "def absolute(x):\n    return type(x)((x * x) ** 0.5)\n"},
        },
        "wrong": {
            "same": {"absolute.py": "def absolute(x):\n    return x\n"},
            "minus": {"absolute.py": "def absolute(x):\n    return -x\n"},
            "none": {"absolute.py": "def absolute(x):\n    return None\n"},
            "one": {"absolute.py": "def absolute(x):\n    return 1\n"},
            "big": {"absolute.py": "def absolute(x):\n    return min(max(x, -x), 9)\n"},
        },
    },
    limits=Limits(cpu=1, wall=10),
)
IMPORT = "from absolute import absolute\n\n\n"
FOUR = IMPORT + "def test_both():\n    assert absolute(-2) == 2\n    assert absolute(3) == 3\n"
ALL = FOUR + "\n\ndef test_big():\n    assert absolute(-10) == 10\n"
CLASS = (
    "import unittest\n"
    + IMPORT
    + (
        "class Absolute(unittest.TestCase):\n"
        "    def test_all(self):\n"
        "        for x in (-10, -2, 0, 3):\n"
        "            with self.subTest(x):\n"
        "                self.assertEqual(absolute(x), x if x > 0 else -x)\n"
    )
)
MAIN = "import __main__\nimport pdb\n" + ALL  # libraries import it, from Python 3.13 on doctest too


@pytest.fixture
async def judge() -> AsyncIterator[Judge]:
    """The built-in sandbox for Python."""
    toolchain = find("python")
    if isinstance(toolchain, str):
        pytest.skip(toolchain)
    made = BoxJudge(LinuxBoxes(2, toolchain.mounts, PRELOADED))
    yield made
    await made.close()


async def grade(judge: Judge, tests: str) -> Verdict:
    return await ByTaskGrader().grade(TASK, Attempt(files={"test_abs.py": tests}), judge)


@pytest.mark.parametrize(
    "tests", [ALL, CLASS, FOUR, MAIN], ids=["functions", "a class", "four of five", "with a main module"]
)
async def test_tests_that_tell_right_from_wrong(judge: Judge, tests: str) -> None:
    """Functions and classes alike: they hold on all that is right, and catch four of five of what is wrong."""
    verdict = await grade(judge, tests)
    assert (verdict.status, verdict.score, verdict.reason) == (Status.PASSED, 1.0, "")
    assert verdict.tests.passed + verdict.tests.failed == 8
    assert "in_process" not in verdict.flags


@pytest.mark.parametrize(
    ("tests", "score", "said"),
    [
        ("", 0.0, "on the implementation as given: no test was found"),
        ("def test(:\n", 0.0, "on the implementation as given: an error that is no failed assertion (SyntaxError"),
        (IMPORT + "def test():\n    assert absolute(-2) == 3\n", 0.0, "as given: an assertion fails"),
        (FOUR + "    assert absolute.__code__.co_names == ()\n", 0.0, "on another right implementation (maximum): an as"),
        (IMPORT + "def test():\n    assert absolute(3) == 3\n", 0.6, "3 of 5 wrong implementations are caught, 4 are"),
        (IMPORT + "def test():\n    absolute(1)\n", 0.0, "not caught: same, minus, none, one, big"),
        (IMPORT + "def test():\n    if absolute(-2) != 2:\n        raise ValueError\n", 0.0, "0 of 5 wrong"),
        ("import os\nos._exit(0)\n", 0.0, "0 of 5 wrong implementations are caught"),
        ("import os\nos._exit(10)\n", 0.0, "on the implementation as given: an assertion fails"),
        (IMPORT + "def check():\n    assert absolute(-2) == 2\n", 0.0, "no test was found"),
    ],
    ids=[
        "nothing", "no Python", "false", "too strict", "too weak", "no assertion", "another error", "leaves as if well",
        "leaves as if caught", "no test's name",
    ],
)  # fmt: skip
async def test_tests_that_do_not(judge: Judge, tests: str, score: float, said: str) -> None:
    """Wrong, weak and dishonest tests fail, with the reason; what they caught is their partial score."""
    verdict = await grade(judge, tests)
    assert verdict.status is Status.FAILED
    assert verdict.score == pytest.approx(score)
    assert said in verdict.reason


async def test_half_a_character_is_judged_as_a_file_would_hold_it(judge: Judge) -> None:
    """JSON can smuggle it into an answer, and nothing that is hashed or sent can hold it."""
    assert (await grade(judge, f"{ALL}# \ud800")).status is Status.PASSED


async def test_the_text_of_an_implementation_is_no_help(judge: Judge) -> None:
    """Who knows the one that was shown by its text takes the other right ones for wrong."""
    known = TASK.files["absolute.py"]
    cheat = f"def test():\n    assert open('absolute.py').read() == {known!r}\n"
    verdict = await grade(judge, cheat)
    assert verdict.status is Status.FAILED
    assert "another right implementation (maximum): an assertion fails" in verdict.reason


async def test_tests_without_an_end(judge: Judge) -> None:
    """They are over the limit, and no wrong implementation's fault."""
    verdict = await grade(judge, IMPORT + "def test():\n    while True:\n        absolute(1)\n")
    assert (verdict.status, verdict.tests) == (Status.EXCEEDED, TestCounts(errors=8))
    assert verdict.reason in ("cpu", "wall")


@pytest.mark.parametrize("category", ["tests", "docs"])
async def test_the_example_proves_itself(tmp_path: Path, judge: Judge, category: str) -> None:
    """What `assay new task` writes passes its own check."""
    new_task(tmp_path / "t", language="python", category=category)
    assert await check_tasks(load_folder(tmp_path / "t"), judge, ByTaskGrader(), repeats=1) == []


async def test_a_wrong_implementation_that_nothing_catches(tmp_path: Path, judge: Judge) -> None:
    """One that is only broken passes for missed, however many others are caught, and the check says so."""
    new_task(tmp_path / "t", language="python", category="tests")
    (tmp_path / "t/tests/wrong/sorted/between.py").write_text("def keep_between(:\n")
    findings = await check_tasks(load_folder(tmp_path / "t"), judge, ByTaskGrader(), repeats=1)
    assert [finding.text for finding in findings] == [
        "its solution does not catch every wrong implementation (not caught: sorted)"
    ]


DOCS = Task(
    id="python/d",
    language="python",
    ask=Ask(),
    extract=Extract(path="signs.py"),
    files={
        "signs.py": "def absolute(x):\n    return -x if x < 0 else x\n\n\nclass Sign:\n    def of(self, x):\n        return x > 0\n"
    },
    grading={
        "judge": "examples",
        "entry": "signs.py",
        "right": {
            "maximum": "def absolute(x):\n    return max(x, -x)\n\n\nclass Sign:\n    def of(self, x):\n        return not x <= 0\n"
        },
        "wrong": {
            "absolute": {"same": "def absolute(x):\n    return x\n", "one": "def absolute(x):\n    return 1\n"},
            "Sign.of": {"all": "class Sign:\n    def of(self, x):\n        return True\n"},
        },
    },
    limits=Limits(cpu=2, wall=20),
)
OF = ">>> Sign().of(0)\n        False\n"


def documented(absolute: str, of: str = OF, code: str = "-x if x < 0 else x") -> str:
    return (
        f'def absolute(x):\n    """How far from 0.\n\n    {absolute}\n    """\n    return {code}\n\n\n'
        f'class Sign:\n    def of(self, x):\n        """Whether it is above 0.\n\n        {of}\n        """\n'
        "        return x > 0  # and not 0\n"
    )


@pytest.mark.parametrize(
    ("answer", "score", "said"),
    [
        (documented(">>> absolute(-2)\n    2"), 1.0, ""),
        (documented(">>> import signs\n    >>> signs.absolute(-2) + absolute(2)\n    4"), 1.0, ""),
        (documented(">>> absolute(1)\n    1"), 0.5, "the examples of absolute hold on every wrong implementation too"),
        (documented(">>> absolute(-2)\n    3"), 0.0, "an example of absolute does not hold on the code as given"),
        (documented(">>> absolute(-2), absolute.__code__.co_names\n    (2, ())"), 0.0, "not hold on another right"),
        (documented("Of -2 it is 2."), 0.0, "the docstring of absolute holds no example (>>>) that calls it"),
        (documented(">>> abs(-2)\n    2"), 0.0, "the docstring of absolute holds no example"),
        (documented(">>> absolute(-2)  # doctest: +SKIP\n    2"), 0.5, "the examples of absolute hold on every"),
        (documented(">>> absolute(-2)\n    2", of="True"), 0.0, "the docstring of Sign.of holds no example"),
        (documented(">>> absolute(-2)\n    2", code="abs(x)"), 0.0, "its code was changed; only what documents it"),
        (documented(">>> absolute(-2)\n    2") + "import os\n", 0.0, "its code was changed; only what documents it"),
        (documented(">>> import os; os._exit(0); absolute(1)"), 0.5, "the examples of absolute hold on every"),
        ("def absolute(x:\n", 0.0, "signs.py: it cannot be parsed"),
        ("", 0.0, "signs.py: its code was changed"),
    ],
)
async def test_documentation_by_its_examples(judge: Judge, answer: str, score: float, said: str) -> None:
    """Examples must be there, hold on all that is right, and tell what is wrong; the code must be what it was."""
    verdict = await ByTaskGrader().grade(DOCS, Attempt(files={"signs.py": answer}), judge)
    assert verdict.score == pytest.approx(score)
    assert verdict.status is (Status.FAILED if said else Status.PASSED)
    assert said in verdict.reason


@pytest.mark.slow
async def test_the_tasks_in_the_box(judge: Judge) -> None:
    """Their solutions catch every wrong implementation, and their mutants fail."""
    suite = select(load("core"), languages=["python"], categories=["tests", "docs"])
    assert await check_tasks(suite, judge, ByTaskGrader(), repeats=1) == []
    for task in suite.tasks:
        verdict = await ByTaskGrader().grade(task, Attempt(files=task.solution), judge)
        assert verdict.tests.failed == 0, task.id


async def test_a_run_knows_nothing_of_the_others(judge: Judge) -> None:
    """Tests that find no other implementation and nothing that another run has left hold on all, and catch none."""
    alone = (
        "import os\n\n\ndef test_alone():\n"
        "    places = ['..', '/tmp', '/dev/shm']\n"
        "    found = [name for place in places for name in os.listdir(place) if name.startswith(('run', 'seen'))]\n"
        "    for place in places:\n        open(place + '/seen', 'w').close()\n"
        "    assert found == [os.path.basename(os.getcwd())]\n"
    )
    verdict = await ByTaskGrader().grade(TASK, Attempt(files={"test_abs.py": alone}), judge)
    assert verdict.reason.startswith("0 of 5 wrong implementations are caught"), verdict
