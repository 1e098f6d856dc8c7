"""Contest answers in the real sandbox: judged as each official harness judges them, and from outside."""

from __future__ import annotations

import time
from textwrap import dedent
from typing import Any

import msgspec
import pytest
from contest_data import packed, task_of

from assay.core.errors import TaskError
from assay.core.judging import Attempt, Verdict
from assay.core.ports import Judge
from assay.core.task import Task
from assay.core.trial import Status
from assay.graders.stdio import StdioGrader
from assay.sandboxes.judge import BoxJudge

pytestmark = pytest.mark.asyncio(loop_scope="session")

SUMS = (("3\n1 2 3\n", "6\n"), ("1\n5\n", "5\n"))
CALLS_LCB = (("[1,2]\n3", "[1, 2, 3]"), ("[]\n1", "[1]"))
CALLS_APPS: Any = (([[1, 2], 3], [[1, 2, 3]]), ([[], 1], [1]))
SUM = "input()\nprint(sum(map(int, input().split())))\n"


async def judged(task: Task, code: str, judge: Judge) -> Verdict:
    path = task.grading.get("path", "answer.py")
    return await StdioGrader().grade(task, Attempt(files={path: code}), judge)


PRINTING = [
    # code, LiveCodeBench, APPS, CodeContests
    (SUM, True, True, True),
    ("import sys\nprint(sum(map(int, sys.stdin.read().split()[1:])))", True, True, True),
    ("import sys\nsys.stdin.read()\nprint(sum(map(int, sys.stdin.read().split()[1:])))", True, False, False),
    ("import sys\nn, line = sys.stdin\nprint(sum(map(int, line.split())))", False, True, True),
    ("import sys\nprint(sum(map(int, sys.stdin.buffer.read().split()[1:])))", True, False, True),
    ("import sys\nb = sys.stdin.buffer\nb.readline()\nprint(sum(map(int, b.readline().split())))", False, False, True),
    ("from sys import stdin\nstdin.readline()\nprint(sum(map(int, stdin.readline().split())))", True, True, True),
    ("print(sum(map(int, open(0).read().split()[1:])))", False, True, True),
    (f"def main():\n    input()\n    print(sum(map(int, input().split())))\nif __name__ == '__main__':\n    main()\n",  # noqa: F541
     True, False, True),
    (f"{SUM}exit()", True, False, True),
    (f"import sys\n{SUM}sys.exit(0)", True, True, True),
    (f"{SUM}1 / 0", False, False, True),  # CodeContests looks at the output alone
    ("import os\nos._exit(0)", False, False, False),
    ("input()\nprint(reduce(add, map(int, input().split())))", True, False, False),
    ("input()\nprint(np.sum(list(map(int, input().split()))))", False, True, False),
    ("import numpy\ninput()\nprint(numpy.sum(list(map(int, input().split()))))", True, True, False),
    (f"class Solution:\n    pass\n{SUM}", False, True, True),
    ("input()\nprint(float(sum(map(int, input().split()))))", True, True, True),
    ("def (", False, False, False),
    ("", False, False, False),
    ("print(6)", False, False, False),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(PRINTING)))
async def test_each_harness_has_a_world_of_its_own(number: int, judge: BoxJudge) -> None:
    """What is in scope, what stdin can do and what an early end means differ; each as its harness has it."""
    code, *wanted = PRINTING[number]
    for harness, right in zip(("livecodebench", "apps", "codecontests"), wanted, strict=True):
        verdict = await judged(task_of(harness, SUMS), code, judge)
        assert (verdict.status is Status.PASSED) is right, f"{harness}: {verdict.reason}"
        assert verdict.score == float(right)


STARTED = {
    "wraps both streams": """
        import io, sys
        sys.stdin = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8")
        sys.stdout = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8")
        {sum}""",
    "looks at the modes of its streams": """
        import sys
        assert ("r" in sys.stdin.mode, "w" in sys.stdout.mode) == (True, True)
        {sum}""",
    "collects its output, and prints it on leaving": """
        import atexit, io, sys
        sys.stdout = io.StringIO()
        atexit.register(lambda: sys.__stdout__.write(sys.stdout.getvalue()))
        {sum}""",
    "leaves an output of its own open": """
        def main():
            out = open(1, "w")
            input()
            print(sum(map(int, input().split())), file=out)
            raise SystemExit
        main()""",
    "prints when it is taken apart": """
        class Last:
            def __del__(self): print(total)
        last = Last()
        input()
        total = sum(map(int, input().split()))""",
    "writes through a codec": """
        import codecs, sys
        sys.stdout = codecs.getwriter("utf-8")(sys.stdout.buffer)
        {sum}""",
}


@pytest.mark.parametrize("how", STARTED)
async def test_a_program_finds_the_streams_that_python_would_give_it(how: str, judge: BoxJudge) -> None:
    """What is written in any way that `python FILE` brings to its output is there."""
    code = dedent(STARTED[how]).replace("{sum}", SUM)
    verdict = await judged(task_of("codecontests", SUMS), code, judge)
    assert (verdict.status, verdict.reason) == (Status.PASSED, "")


CALLED = [
    ("class Solution:\n    def f(self, a: List[int], b: int) -> List[int]:\n        return a + [b]", True),
    ("def f(a, b):\n    return tuple(a + [b])", True),
    ("def f(a, b):\n    return [float(x) for x in a + [b]]", True),
    ("from decimal import Decimal\ndef f(a, b):\n    return [Decimal(x) for x in a + [b]]", True),
    ("from collections import deque\ndef f(a, b):\n    return deque(a + [b])", False),
    ("class Any:\n    def __eq__(self, other):\n        return True\ndef f(a, b):\n    return Any()", False),
    ("class All(list):\n    def __eq__(self, other):\n        return True\ndef f(a, b):\n    return All([7])", False),
    ("class Solution:\n    def __init__(self):\n        self.seen = []\n    def f(self, a, b):\n"
     "        self.seen += a + [b]\n        return self.seen", False),  # one object for all tests
    ("def f(a, b):\n    exit()", False),
    ("def g(a, b):\n    return a + [b]", False),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(CALLED)))
async def test_functions_are_called_and_their_values_compared_outside(number: int, judge: BoxJudge) -> None:
    """Plain `==` decides, and no method of an answer's own; what is expected never enters its process."""
    code, right = CALLED[number]
    for harness, calls in (("livecodebench", CALLS_LCB), ("apps", CALLS_APPS)):
        verdict = await judged(task_of(harness, calls, function="f"), code, judge)
        assert (verdict.status is Status.PASSED) is right, f"{harness}: {verdict.reason}"


async def test_apps_maps_have_numbers_for_keys(judge: BoxJudge) -> None:
    """JSON made texts of them; the harness makes numbers of them again."""
    calls: Any = [([{"1": 2}], {"1": 3})]
    code = "def f(a):\n    return [{key: value + 1 for key, value in a.items() if type(key) is int}]"
    verdict = await judged(task_of("apps", calls, function="f"), code, judge)
    assert verdict.status is Status.PASSED, verdict.reason


async def test_an_answer_that_never_ends_does_not_hold_its_place_for_all_tests(judge: BoxJudge) -> None:
    """What it printed is right for a few tests, as officially; then it is over its limit."""
    tests = SUMS * 3
    task = task_of("codecontests", tests)
    task = msgspec.structs.replace(task, limits=msgspec.structs.replace(task.limits, cpu=1.0))
    code = f"{SUM}import sys\nsys.stdout.flush()\nwhile True: pass\n"
    verdict = await judged(task, code, judge)
    assert (verdict.status, verdict.reason, verdict.tests.passed) == (Status.EXCEEDED, "cpu", 3)


@pytest.mark.parametrize("harness", ["livecodebench", "apps", "codecontests"])
@pytest.mark.parametrize("code", ["while True:\n    pass", "import time\ntime.sleep(1000)"])
async def test_an_endless_answer_is_stopped_at_its_first_test(harness: str, code: str, judge: BoxJudge) -> None:
    """Computing or waiting, it is over a limit, and nothing after it is run."""
    task = task_of(harness, SUMS * 50, seconds=1.0)
    task = msgspec.structs.replace(task, limits=msgspec.structs.replace(task.limits, wall=3.0))
    verdict = await judged(task, code, judge)
    assert verdict.status is Status.EXCEEDED
    assert verdict.reason in ("cpu", "wall")
    assert (verdict.tests.passed, verdict.tests.failed, verdict.tests.errors) == (0, 1, 99)


async def test_memory_is_bounded(judge: BoxJudge) -> None:
    """An answer that takes more than the problem allows has not passed."""
    hungry = "x = bytearray(900 << 20)\n" + SUM
    for harness in ("livecodebench", "apps", "codecontests"):
        verdict = await judged(task_of(harness, SUMS, memory=256), hungry, judge)
        assert verdict.status in (Status.EXCEEDED, Status.FAILED), harness


async def test_the_first_wrong_test_is_told(judge: BoxJudge) -> None:
    """Which of how many, what it was given, what was expected, what came."""
    for harness in ("livecodebench", "apps", "codecontests"):
        verdict = await judged(task_of(harness, SUMS), "input()\nprint(6)", judge)
        assert verdict.reason.startswith("test 2 of 2: printed the wrong thing"), harness
        assert verdict.tests.passed == 1
        assert verdict.detail is not None
        assert verdict.detail["expected"] == '"5\\n"'
        assert "6" in verdict.detail["got"]


async def test_the_answer_cannot_reach_what_is_expected(judge: BoxJudge) -> None:
    """Everything in its process, and its arguments and files, searched for the expected text."""
    code = (
        "import gc, sys, os\n"
        "seen = repr([o for o in gc.get_objects() if isinstance(o, (str, list, dict))])\n"
        "frame = sys._getframe()\nwhile frame:\n    seen += repr(frame.f_locals)\n    frame = frame.f_back\n"
        "print('SEC' + 'RET-42' if 'SEC' + 'RET-42' in seen else 'nothing')\n"
    )
    for harness in ("livecodebench", "apps", "codecontests"):
        verdict = await judged(task_of(harness, [("1\n", "SECRET-42\n")]), code, judge)
        assert verdict.status is Status.FAILED, harness


async def test_many_tests_are_one_stay(judge: BoxJudge) -> None:
    """Hundreds of tests with large inputs take seconds, not minutes."""
    given = "20000\n" + " ".join(map(str, range(20_000))) + "\n"
    tests = [(given, f"{sum(range(20_000))}\n")] * 100
    for harness in ("livecodebench", "codecontests"):
        began = time.monotonic()
        verdict = await judged(task_of(harness, tests, seconds=10.0), SUM, judge)
        assert verdict.status is Status.PASSED, verdict.reason
        assert verdict.tests.passed == 100
        assert time.monotonic() - began < 60


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "path", "code"),
    [
        ("cpp", "answer.cpp", "#include <iostream>\nint main() { int n, s = 0, v; std::cin >> n;"
         " while (n--) { std::cin >> v; s += v; } std::cout << s << std::endl; }"),
        ("java", "Main.java", "import java.util.*;\npublic class Main { public static void main(String[] a) {"
         " Scanner in = new Scanner(System.in); int n = in.nextInt(), s = 0; while (n-- > 0) s += in.nextInt();"
         " System.out.println(s); } }"),
    ],
)  # fmt: skip
async def test_programs_in_other_languages(language: str, path: str, code: str, judge: BoxJudge) -> None:
    """CodeContests is judged in C++ and Java as well, built once for all tests."""
    if reason := judge.supports(language):
        pytest.skip(reason)
    task = task_of("codecontests", SUMS, seconds=10.0, memory=2048)
    task = msgspec.structs.replace(task, language=language, grading={**task.grading, "path": path})
    assert (await judged(task, code, judge)).status is Status.PASSED
    assert (await judged(task, code.replace("s += ", "s -= "), judge)).status is Status.FAILED
    broken = await judged(task, code.replace("main", "maim("), judge)
    assert "does not compile" in broken.reason


@pytest.mark.parametrize(
    "grading",
    [
        {"harness": "livecodebench", "tests": "[]", "private": packed("no JSON")},
        {"harness": "livecodebench", "tests": "[]"},
        {"harness": "livecodebench", "tests": "[]", "private": "gASVCg=="},
        {"harness": "codecontests", "tests": '[["1"]]'},
        {"harness": "apps", "tests": '{"inputs": ["1", "2"], "outputs": ["1"]}'},
        {"harness": "codeforces", "tests": "[]"},
        {"harness": "apps"},
    ],
)
async def test_a_task_that_cannot_be_read_is_no_answers_fault(grading: dict[str, Any], judge: BoxJudge) -> None:
    """Its own error, in words, and no verdict."""
    task = msgspec.structs.replace(task_of("apps", SUMS), grading=grading)
    with pytest.raises(TaskError, match="contest/1"):
        await judged(task, SUM, judge)
