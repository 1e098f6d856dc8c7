"""The grader `evalplus`: what the official comparison says, without an expected value in the answer's process."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from evalplus_bench import grade, made, parts

from assay.core.ports import Judge
from assay.core.trial import Status
from assay.graders import evalplus
from assay.sandboxes.drivers import PRELOADED
from assay.sandboxes.judge import BoxJudge
from assay.sandboxes.linux import landlock
from assay.sandboxes.linux.pool import LinuxBoxes
from assay.sandboxes.toolchains import find

pytestmark = pytest.mark.asyncio(loop_scope="module")

DOUBLE = "def f(x):\n    return 2 * x\n"


@pytest.mark.parametrize(
    ("answer", "status", "said"),
    [
        (DOUBLE, Status.PASSED, ("pass", "pass")),
        ("def f(x): return 2.0 * x", Status.PASSED, ("pass", "pass")),
        ("def f(x): return x + 2", Status.FAILED, ("pass", "fail")),
        ("def f(x): return 2 * x if x > 2 else 0", Status.FAILED, ("fail", "pass")),
        ("def f(x): return [2 * x]", Status.FAILED, ("fail", "fail")),
        ("def g(x): return 2 * x", Status.FAILED, ("fail", "fail")),
        ("def f(x) return 2 * x", Status.FAILED, ("fail", "fail")),
        ("raise SystemExit(0)", Status.FAILED, ("fail", "fail")),
        ("import os\ndef f(x): os._exit(0)", Status.FAILED, ("timeout", "timeout")),
        ("def f(x): return 2 * x if print(x) is None else input()", Status.PASSED, ("pass", "pass")),
        ("def f(x): return 2 * x if input() else 0", Status.FAILED, ("fail", "fail")),
        ("def f(x): return open('/etc/passwd') and 2 * x", Status.FAILED, ("fail", "fail")),
        ("import subprocess\ndef f(x): subprocess.run('true'); return 2 * x", Status.FAILED, ("fail", "fail")),
        ("x = [0] * 10**10\ndef f(x): return 2 * x", Status.FAILED, ("fail", "fail")),
        ("import numpy as np\ndef f(x): return int(np.add(x, x))", Status.PASSED, ("pass", "pass")),
        ("seen = []\ndef f(x): seen.append(x); return 2 * x if len(seen) < 3 else 0", Status.PASSED, ("pass", "pass")),
        ("", Status.FAILED, ("fail", "fail")),
    ],
)
async def test_base_and_plus_are_judged_each_in_a_process_of_its_own(
    answer: str, status: Status, said: tuple[str, str], judge: Judge
) -> None:
    """A pass passes both parts, and each part says how it ended in the official words."""
    verdict = await grade(made(DOUBLE, [[2], [2]], [[3], [50]]), answer, judge)
    assert (verdict.status, parts(verdict)) == (status, said), verdict
    assert verdict.score == (status is Status.PASSED)
    assert verdict.strict is (status is Status.PASSED)
    assert verdict.flags == (("early_exit",) if "_exit" in answer else ())
    assert (verdict.reason == "") is (status is Status.PASSED)


async def test_the_first_input_that_does_not_hold_is_shown(judge: Judge) -> None:
    """A person reads which input failed, what came, what was expected, and how many held before."""
    verdict = await grade(made(DOUBLE, [[1], [2], [3]]), "def f(x): return 2 * x if x < 2 else None", judge)
    assert verdict.reason == "base input 2 of 3: f(2) returned None, expected 4"
    assert (verdict.tests.passed, verdict.tests.failed, verdict.tests.errors) == (2, 2, 2)
    assert (verdict.detail or {})["ran"] == {"base": 2, "plus": 2}


@pytest.mark.parametrize(
    ("expected", "got", "atol", "holds"),
    [
        ("1", "True", 0, True),
        ("[1, 2]", "(1, 2)", 0, False),
        ("{'a': 1, 'b': 2}", "{'b': 2, 'a': 1}", 0, True),
        ("{1, 2, 30}", "{30, 2, 1}", 0, True),
        ("{1: 2}", "__import__('collections').Counter({1: 2})", 0, True),
        ("[1, 2]", "iter([1, 2])", 0, False),
        ("[1, 2]", "range(1, 3)", 0, False),
        ("'a'", "__import__('re').match('a', 'a')", 0, False),
        ("1.5", "1.5000005", 0, True),
        ("1.5", "1.50001", 0, False),
        ("1.5", "1.50001", 1e-4, True),
        ("[0.1, 0.2]", "[0.1000001, 0.2]", 0, True),
        ("[0.1, 0.2]", "(0.1, 0.2)", 0, False),
        ("[0.1, 2]", "[0.1000001, 2]", 0, False),
        ("[[0.1], [0.2]]", "[[0.1000001], [0.2]]", 1e-4, True),
        ("[[0.1], [0.2]]", "[[0.1, 0.3], [0.2]]", 1e-4, False),
        ("2.0", "None", 0, False),
        ("2.0", "'2.0'", 0, False),
        ("float('nan')", "float('nan')", 0, False),
        ("float('inf')", "float('inf')", 0, True),
        ("-0.0", "0.0", 0, True),
        ("10**400", "10**400", 0, True),
        ("'\\ud800'", "'\\ud800'", 0, True),
        ("None", "None", 0, True),
        ("list(range(300000))", "[float(n) for n in range(300000)]", 0, True),
    ],
)
async def test_results_are_compared_as_officially(
    expected: str, got: str, atol: float, holds: bool, judge: Judge
) -> None:
    """Equality is Python's, and floats have the official tolerance, whichever way results travel."""
    task = made(f"def f(): return {expected}", [[]], atol=atol)
    verdict = await grade(task, f"def f(): return {got}", judge)
    assert (verdict.status is Status.PASSED) is holds, verdict


async def test_after_the_first_floats_all_results_have_a_tolerance(judge: Judge) -> None:
    """The official quirk: integers that come after an expected float may be as far off as it."""
    solution = "def f(x): return x if x else 0.5"
    off = "def f(x): return x + 50 if x else 0.5"
    assert parts(await grade(made(solution, [[0], [10**9]], [[10**9], [0]]), off, judge)) == ("pass", "fail")


@pytest.mark.parametrize(
    ("task_id", "entry", "expected", "got", "holds"),
    [
        ("Mbpp/2", "similar_elements", "(1, 2)", "[2, 1, 1]", True),
        ("Mbpp/2", "similar_elements", "(1, 2)", "[2]", False),
        ("Mbpp/164", "are_equivalent", "True", "'anything'", True),
        ("Mbpp/295", "sum_div", "7", "0", True),
        ("Mbpp/295", "sum_div", "7", "6", False),
        ("Mbpp/756", "text_match_three", "'text'", "__import__('re').match('a', 'a')", True),
        ("Mbpp/756", "text_match_three", "'text'", "True", True),
        ("Mbpp/756", "text_match_three", "'text'", "False", False),
        ("Mbpp/756", "text_match_three", "None", "'text'", False),
        ("Mbpp/1", "text_match_one", "True", "'text'", False),
    ],
)
async def test_tasks_with_more_than_one_right_result(
    task_id: str, entry: str, expected: str, got: str, holds: bool, judge: Judge
) -> None:
    """Special oracles take the place of equality for the functions that they are made for, and for no other."""
    task = made(f"def {entry}(a, b): return {expected}", [[[1], [2]]], task_id=task_id, entry=entry)
    verdict = await grade(task, f"def {entry}(a, b): return {got}", judge)
    assert (verdict.status is Status.PASSED) is holds, verdict


@pytest.mark.parametrize(
    ("task_id", "given", "meant"),
    [
        ("Mbpp/2", [[1], [2]], "((1,), (2,))"),
        ("Mbpp/63", [[[1], [2]]], "([(1,), (2,)],)"),
        ("Mbpp/75", [[[1]], 3], "([(1,)], 3)"),
        ("Mbpp/106", [[1], [2]], "([1], (2,))"),
        ("Mbpp/115", [[[1, 1], []]], "([{1}, {}],)"),
        ("Mbpp/124", ["1", "2j"], "(1.0, 2j)"),
        ("Mbpp/252", ["1+2j"], "((1+2j),)"),
        ("Mbpp/259", [[[1], [2]]], "(((1,), (2,)),)"),
        ("Mbpp/278", [[1, [2]]], "((1, (2,)),)"),
        ("Mbpp/307", [[1], 2, 3], "((1,), 2, 3)"),
        ("Mbpp/580", [[1, [2, [3]]]], "((1, (2, (3,))),)"),
        ("Mbpp/722", [{"a": [1]}, 2], "({'a': (1,)}, 2)"),
        ("Mbpp/3", [[1]], "([1],)"),
        ("HumanEval/2", [[1], [2]], "([1], [2])"),
    ],
)
async def test_arguments_are_what_json_cannot_say(task_id: str, given: list[Any], meant: str, judge: Judge) -> None:
    """Tuples, sets and complex numbers reach the function where the benchmark means them."""
    task = made("def f(*given): return repr(given)", [given], task_id=task_id)
    assert (await grade(task, f"def f(*given): return {meant!r}", judge)).status is Status.PASSED


@pytest.mark.parametrize(
    ("answer", "passed", "strictly"),
    [
        ("class Any:\n    def __eq__(self, other): return True\ndef f(x): return Any()", True, False),
        ("import numpy as np\ndef f(x): return np.float64(2 * x)", True, False),
        ("import numpy as np\ndef f(x): return np.array([2 * x, 2 * x])", False, False),
        ("from enum import IntEnum\nclass N(IntEnum):\n    A = 4\ndef f(x): return N.A", True, False),
    ],
)
async def test_objects_of_its_own_are_compared_as_officially_and_flagged(
    answer: str, passed: bool, strictly: bool, judge: Judge
) -> None:
    """What cannot cross is compared in the answer's process, as the official harness does, and never strictly."""
    verdict = await grade(made(DOUBLE, [[2]]), answer, judge)
    assert (verdict.status is Status.PASSED, verdict.strict) == (passed, strictly), verdict
    assert "in_process" in verdict.flags
    assert ("disagree" in verdict.flags) is passed


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ("import numpy as np\ndef f(x): return int(np.add(x, x))", Status.PASSED),
        ("import numpy as np\ndef f(x): return np.float64(2 * x)", Status.PASSED),
        ("import msgspec\ndef f(x): return 2 * x", Status.FAILED),
    ],
)
async def test_numpy_is_there_where_the_kernel_allows_no_namespaces(answer: str, status: Status) -> None:
    """The protocol's package can be imported there too, in the answer and in the comparison, and no other."""
    if landlock.abi() < landlock.SCOPES_SINCE:
        pytest.skip("this kernel's Landlock does not scope signals")
    toolchain = find("python")
    assert not isinstance(toolchain, str)
    fenced = BoxJudge(LinuxBoxes(1, toolchain.mounts, PRELOADED, fenced=True))
    verdict = await grade(made(DOUBLE, [[2]]), answer, fenced)
    await fenced.close()
    assert verdict.status is status, verdict


async def test_no_expected_value_is_in_the_answers_process(judge: Judge) -> None:
    """An answer that searches all objects and frames of its process finds nothing to return."""
    secret = "the one value that nobody can guess"
    thief = """
        import gc, sys
        def f(x):
            frame, seen = sys._getframe(), []
            while frame:
                seen += [*frame.f_locals.values(), *frame.f_globals.values()]
                frame = frame.f_back
            seen += gc.get_objects()
            for thing in list(seen):
                seen += gc.get_referents(thing)
            return next((one for one in seen if type(one) is str and one.startswith("the one " + "value that nobody ")), "")
    """
    verdict = await grade(made(f"def f(x): return {secret!r}", [[1]]), thief, judge)
    assert verdict.status is not Status.PASSED, verdict


@pytest.mark.parametrize(
    ("answer", "status", "said"),
    [
        ("def f(x):\n    while True: pass", Status.EXCEEDED, ("fail", "fail")),
        ("import time\ndef f(x): time.sleep(60)", Status.EXCEEDED, ("fail", "fail")),
        (
            "def f(x):\n    while True:\n        try:\n            y = 0\n            while True: y += x\n        except Exception: pass",
            Status.EXCEEDED,
            ("timeout", "timeout"),
        ),
        ("while True: pass", Status.EXCEEDED, ("timeout", "timeout")),
    ],
)
async def test_each_input_and_all_of_them_have_their_time(
    answer: str, status: Status, said: tuple[str, str], judge: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An input over its time fails its part; what does not end at all times out."""
    monkeypatch.setattr(evalplus, "LEAST_SECONDS", 0.5)
    monkeypatch.setattr(evalplus, "SLACK", 0.3)
    verdict = await grade(made(DOUBLE, [[2], [3]]), answer, judge)
    assert (verdict.status, parts(verdict), verdict.reason) == (status, said, "wall"), verdict


async def test_a_root_is_checked_with_the_arguments_as_they_were_left(judge: Judge) -> None:
    """The official check of find_zero reads the list that the answer had in hand; strictly it counts as it was."""
    task = made("def find_zero(xs): return -xs[0] / xs[1]", [[[1, 2]]], entry="find_zero", atol=1e-4)
    near = await grade(task, "def find_zero(xs): return -0.50001", judge)
    assert (near.status, near.strict) == (Status.PASSED, True), near
    cheat = await grade(task, "def find_zero(xs): xs.clear(); return 1.0", judge)
    assert (cheat.status, cheat.strict) == (Status.PASSED, False), cheat
    assert "disagree" in cheat.flags


async def test_what_is_expected_is_learnt_once_and_again_when_its_file_is_broken(judge: Judge, home: Path) -> None:
    """The stored solution runs once for each part; a file that is not what was written is made anew."""
    task = made(DOUBLE, [[1]], [[2]])
    assert (await grade(task, DOUBLE, judge)).status is Status.PASSED
    files = sorted((home / "expected").iterdir())
    assert len(files) == 2
    for broken in (b"", b"\x80\x04N.", files[0].read_bytes()[:-20], b'{"digests":"","floats":"","seconds":[1]}'):
        files[0].write_bytes(broken)
        assert (await grade(task, DOUBLE, judge)).status is Status.PASSED
        assert files[0].read_bytes() != broken
