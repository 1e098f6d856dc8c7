"""Answers that forge the verdict of an official one-process protocol, and what becomes of them."""

from __future__ import annotations

from textwrap import dedent

import pytest
from strict_bench import assertion_task, function_task, grade

from assay.core.trial import Status
from assay.sandboxes.judge import BoxJudge
from assay.suites import humaneval

pytestmark = pytest.mark.asyncio(loop_scope="session")

TASK = function_task(
    """
    def f(values):
        return sum(values)
    """,
    """
    import math
    assert candidate([1, 2]) == 3
    assert candidate([5, 6]) == 11
    assert abs(candidate([0.5, 0.25]) - 0.75) < 1e-6
    assert math.isclose(candidate([1.5]), 1.5)
    assert sorted([candidate([4]), 2]) == [2, 4]
    """,
)

_READS_CONSTANTS = """
    frame = {start}
    while frame and frame.f_code.co_name != "check":
        frame = frame.f_back
    line = frame.f_lineno - frame.f_code.co_firstlineno
    return {{2: 3, 3: 11, 4: 0.75, 5: 1.5, 6: 4}}[line] if 11 in frame.f_code.co_consts else None
"""

_LIAR = """
    __eq__ = __lt__ = __le__ = __gt__ = __ge__ = lambda self, other: True
    __sub__ = __rsub__ = __abs__ = __neg__ = lambda self, *other: self
    __float__ = lambda self: 1.5
    __hash__ = None
"""

_LIES = """
        yes, me = lambda *a: True, lambda a, *b: a
        lies = {"eq": yes, "lt": yes, "le": yes, "gt": yes, "sub": me, "abs": me, "float": lambda a: 1.5}
        lies = {"_" * 2 + name + "_" * 2: do for name, do in lies.items()}
        """

PASS_OFFICIALLY = {
    "an object that equals everything": f"class L:\n{_LIAR}\nL.__eq__.__defaults__\ndef f(v): return L()",
    "a list of itself, by type()": """
        def yes(*a): return True
        def me(a, *b): return a
        def f(v):
            names = {"eq": yes, "lt": yes, "le": yes, "gt": yes, "sub": me, "rsub": me, "abs": me}
            names = {"_" * 2 + name + "_" * 2: do for name, do in names.items()}
            names["_" * 2 + "float" + "_" * 2] = lambda self: 1.5
            return type("L", (), names)()
        """,
    "a number whose comparisons hold": f"class N(float):\n{_LIAR}\ndef f(v): return N(1.5)",
    "an integer whose comparisons hold": f"class N(int):\n{_LIAR}\ndef f(v): return N()",
    "a metaclass that equals everything": f"class M(type):\n{_LIAR}\nclass L(metaclass=M): pass\ndef f(v): return L",
    "expected values read from the caller's frame": "import sys\ndef f(v):"
    + _READS_CONSTANTS.format(start="sys._getframe()"),
    "the same through a traceback": "def f(v):\n    try:\n        1 / 0\n    except ZeroDivisionError as e:\n        start = e.__traceback__.tb_frame"
    + _READS_CONSTANTS.format(start="start"),
    "the same through inspect": "import inspect\ndef f(v):" + _READS_CONSTANTS.format(start="inspect.currentframe()"),
    "the same through a generator's frame": """
        def g():
            yield mine.gi_frame.f_back
        def f(v):
            global mine
            mine = g()
            frame = next(mine)
            while frame and frame.f_code.co_name != "check":
                frame = frame.f_back
            line = frame.f_lineno - frame.f_code.co_firstlineno
            return {2: 3, 3: 11, 4: 0.75, 5: 1.5, 6: 4}[line]
        """,
    "names hidden in text": """
        def f(v):
            return eval("__imp" + "ort__('sys')._getfr" + "ame(2).f_lineno") * 0 + sum(v) if len(v) > 9 else ANY
        exec("from unittest import mock; base = type(mock.ANY)")
        exec("class ANY(float):\\n __eq__ = __lt__ = __gt__ = lambda *a: True\\n __sub__ = __abs__ = lambda s, *a: s")
        ANY = ANY(1.5)
        """,
    "a type found in annotations": _LIES
    + """
        from typing import Type, get_origin
        L = get_origin(Type[int])("L", (float,), lies)
        def f(v): return L(1.5)
        """,
    "a type found by a pattern": _LIES
    + """
        from typing import SupportsInt
        match int:
            case SupportsInt(__class__=make): L = make("L", (float,), lies)
        def f(v): return L(1.5)
        """,
    "the base of a base, by a name of its own": _LIES
    + """
        import re
        mro = None
        L = re.RegexFlag.mro()[-2]("L", {**lies, "one": 1})
        def f(v): return L["one"]
        """,
    "attributes set by copying": _LIES
    + """
        import copy, random
        from collections import namedtuple
        dispatch_table = None
        L = namedtuple("L", "x")
        copy.dispatch_table[random.Random] = lambda _: (lambda: L, (), (None, lies))
        copy.copy(random.Random())
        def f(v): return L(1)
        """,
    "an annotation that is evaluated": """
        from typing import List, get_args
        _evaluate = None
        yes = "lambda *a: True"
        lies = f"'__eq__': {yes}, '__lt__': {yes}, '__gt__': {yes}, '__sub__': lambda s, *a: s, '__abs__': lambda s: s"
        L = get_args(List["type('L', (float,), {" + lies + "})"])[0]._evaluate({}, {}, recursive_guard=frozenset())
        def f(v): return L(1.5)
        """,
    "expected values read by formatting": """
        seen, mine = [], []
        CHECK = "{0.gi_frame.f_back.f_back.f_lineno} {0.gi_frame.f_back.f_back.f_code.co_firstlineno}"
        def g():
            seen.append(CHECK.format(mine[0]))
            yield
        def f(v):
            mine[:] = [g()]
            next(mine[0])
            line, first = map(int, seen[-1].split())
            return {2: 3, 3: 11, 4: 0.75, 5: 1.5, 6: 4}[line - first]
        """,
    "asserts jumped over by a tracer": """
        import sys
        def tracer(frame, event, argument):
            if frame.f_code.co_name == "check" and event == "line" and frame.f_lineno < frame.f_code.co_firstlineno + 6:
                frame.f_lineno = frame.f_code.co_firstlineno + 6
            return tracer
        sys.settrace(tracer)
        def f(v): return sum(v)if 0 else 4
        """,
    "the test's code replaced as it is defined": """
        import sys
        def tracer(frame, event, argument):
            if "check" in frame.f_globals and event == "line":
                frame.f_globals["check"].__code__ = (lambda candidate: None).__code__
            return tracer
        sys._getframe().f_trace = tracer
        sys.settrace(tracer)
        def f(v): return 0
        """,
    "the comparing functions of the tests, in modules and builtins": """
        import builtins, math
        three = iter([3, 11])
        builtins.abs = lambda value: 0
        builtins.sorted = lambda value: [2, 4]
        math.isclose = lambda a, b: True
        def f(v): return next(three, 0)
        """,
    "the good end taken from the garbage collector": """
        import gc, os
        def f(v):
            for thing in gc.get_objects():
                frame = getattr(thing, "gi_frame", None)
                if frame and "good" in frame.f_locals:
                    frame.f_locals["tell"](frame.f_locals["good"][""])
                    os._exit(0)
        """,
}
"""Each is wrong, and passes the tests that stand beside it."""

ASSERTIONS = assertion_task(
    "def f(v):\n    return sorted(v)",
    "assert set(f([3, 1])) == {1, 3}",
    "assert tuple(f([2])) == (2,)",
    "assert sorted(f([9, 8])) == [8, 9]",
)

PASS_ASSERTIONS = {
    "names of the tests' own, as functions": """
        class Same:
            def __eq__(self, other): return True
        def set(value): return Same()
        tuple = sorted = set
        def f(v): return 0
        """,
    "the same without a class": """
        from unittest.mock import ANY as any_value
        set = tuple = sorted = lambda value: any_value
        def f(v): return None
        """,
    "mock.ANY itself": """
        from unittest import mock
        import builtins
        builtins.set = builtins.tuple = builtins.sorted = lambda value: mock.ANY
        def f(v): return 0
        """,
    "names of the tests' own, by plain means alone": """
        answers = [[8, 9], (2,), {1, 3}]
        set = tuple = sorted = lambda value: answers.pop()
        def f(v): return 0
        """,
}

BEGUN_BY_THE_ANSWER = {
    "a decorator with nothing to decorate": "def skip(test):\n    return lambda candidate: None\ndef f(v): return 0\n@skip",
    "the same behind a comment": "def f(v): return 0\n@(lambda test: lambda candidate: None) # and so on",
    "a test that is only begun": "def f(v): return 0\nasync \\",
}
"""They end in the middle of a statement, which the tests complete: they are never run."""

FAIL_OFFICIALLY = {
    "os._exit": ("import os\nos._exit(0)", "early_exit"),
    "os._exit in the call": ("import os\ndef f(v): os._exit(0)", "early_exit"),
    "sys.exit": ("import sys\ndef f(v): sys.exit(0)", ""),
    "SystemExit at the top": ("raise SystemExit(0)\ndef f(v): return 0", ""),
    "atexit": ("import atexit\natexit.register(print, 'passed')\ndef f(v): return 0", ""),
    "the runner's word, printed": ("print('passed')\ndef f(v):\n    print('passed')\n    return 0", ""),
    "a result list in a frame": (
        """
        import sys
        frame = sys._getframe()
        while frame:
            for value in list(frame.f_locals.values()):
                if isinstance(value, list):
                    value.append("passed")
                if callable(value) and getattr(value, "__name__", "") in ("fail", "tell"):
                    for cell in value.__closure__ or ():
                        try:
                            cell.cell_contents(b"passed")
                        except TypeError:
                            pass
            frame = frame.f_back
        """,
        "wrote_channel",
    ),
    "every descriptor written to": (
        """
        import os
        def f(v):
            for number in range(3, 100):
                try:
                    os.write(number, b"l4\\ns1\\nrs6\\npassedl0\\n" * 20)
                except OSError:
                    pass
        """,
        "wrote_channel",
    ),
    "killed by its own hand": ("import signal\nsignal.raise_signal(signal.SIGKILL)", ""),
    # Which of the two processes is heard of first is chance: no flag can be relied on, and neither passes.
    "a second process that ends well": ("import posix\nif posix.fork(): posix._exit(0)\ndef f(v): return 0", ""),
}


@pytest.mark.parametrize("how", PASS_OFFICIALLY)
async def test_a_verdict_forged_beside_its_tests_is_found_out(how: str, python_judge: BoxJudge) -> None:
    """What passes officially by forging fails from outside, and is flagged without being asked to be strict."""
    verdict = await grade(TASK, dedent(PASS_OFFICIALLY[how]), python_judge)
    assert verdict.status is Status.PASSED, verdict.reason
    assert verdict.strict is False
    assert verdict.strict_reason
    assert "disagree" in verdict.flags


@pytest.mark.parametrize("how", PASS_ASSERTIONS)
async def test_names_of_the_tests_cannot_be_taken_over_unseen(how: str, python_judge: BoxJudge) -> None:
    """An answer that redefines what assertions call passes officially, fails from outside, and is flagged."""
    verdict = await grade(ASSERTIONS, dedent(PASS_ASSERTIONS[how]), python_judge)
    assert (verdict.status, verdict.strict) == (Status.PASSED, False), verdict
    assert "disagree" in verdict.flags


@pytest.mark.parametrize("how", BEGUN_BY_THE_ANSWER)
async def test_an_answer_cannot_end_within_the_tests(how: str, python_judge: BoxJudge) -> None:
    """Who begins the statement that the tests go on with takes them over; a hundred of HumanEval's tests can be."""
    row = {
        "task_id": "made/0",
        "prompt": "",
        "entry_point": "f",
        "canonical_solution": "def f(v):\n    return sum(v)\n",
    }
    task = humaneval.task_of({**row, "test": "def check(candidate):\n    assert candidate([1, 2]) == 3\n"})
    verdict = await grade(task, BEGUN_BY_THE_ANSWER[how], python_judge)
    assert (verdict.status, verdict.strict) == (Status.PASSED, False), verdict
    assert "disagree" in verdict.flags


@pytest.mark.parametrize("end", ["", "\r"])
async def test_an_import_of_the_tests_cannot_be_skipped(end: str, python_judge: BoxJudge) -> None:
    """A last line that goes on with the first one of the tests is found out, whatever stands there."""
    setup, test = "import math", "assert math.isclose(f(1.5), 3.0)"
    task = assertion_task("def f(v):\n    return v * 2", test, setup=setup)
    answer = """
        from collections import namedtuple
        math = namedtuple("math", "isclose")(lambda a, b: True)
        def f(v): return 0
        if f(0): \\"""
    verdict = await grade(task, dedent(answer) + end, python_judge)
    assert (verdict.status, verdict.strict, verdict.flags) == (Status.PASSED, False, ("disagree",))


async def test_what_the_tests_draw_cannot_be_chosen(python_judge: BoxJudge) -> None:
    """An answer that seeds the generator which its tests draw from has one case to answer, and is found out."""
    task = function_task(
        "def f(x, y):\n    return x + y",
        "import random\nfor _ in range(9):\n    x, y = random.random(), random.random()\n    assert candidate(x, y) == x + y",
    )
    answer = "import random as r\nr.seed(1)\ntold = r.random() + r.random()\nr.seed(1)\ndef f(x, y):\n    r.seed(1)\n    return told"
    verdict = await grade(task, answer, python_judge)
    assert (verdict.status, verdict.strict) == (Status.PASSED, False), verdict
    assert "disagree" in verdict.flags


@pytest.mark.parametrize("how", FAIL_OFFICIALLY)
async def test_a_verdict_cannot_be_reported_or_escaped(how: str, python_judge: BoxJudge) -> None:
    """Leaving early, printing success or writing to the channel passes nowhere, and is flagged where it is seen."""
    answer, flag = FAIL_OFFICIALLY[how]
    verdict = await grade(TASK, dedent(answer), python_judge, strict=True)
    assert verdict.status is Status.FAILED, verdict
    assert verdict.strict is False
    assert not flag or flag in verdict.flags
    assert "disagree" not in verdict.flags


async def test_helpers_of_the_benchmark_cannot_be_replaced(python_judge: BoxJudge) -> None:
    """A function that the prompt gives and the tests use is the benchmark's own when judged from outside."""
    task = function_task(
        "def f(x):\n    return -2 / x\n",
        "assert abs(root_of(candidate(4), 4)) < 1e-6",
        support="def root_of(x, a):\n    return a * x + 2\n\n",
    )
    assert (await grade(task, "def f(x): return -2 / x", python_judge)).strict is True
    verdict = await grade(task, "def root_of(x, a): return 0\ndef f(x): return 7", python_judge)
    assert (verdict.status, verdict.strict) == (Status.PASSED, False)
    assert "disagree" in verdict.flags


async def test_looking_at_frames_is_a_flag_of_its_own(python_judge: BoxJudge) -> None:
    """The names of frames in an answer are flagged whether it passes or not."""
    answer = "import sys\ndef f(v):\n    sys._getframe(1)\n    return 0"
    assert "frame_walk" in (await grade(TASK, answer, python_judge)).flags


async def test_replaced_builtins_are_noticed(python_judge: BoxJudge) -> None:
    """Builtins that are others after the tests than before are flagged, even where nothing was forged."""
    answer = "import builtins\nbuiltins.abs = lambda value: value if value > 0 else -value\ndef f(v): return sum(v)"
    verdict = await grade(TASK, answer, python_judge)
    assert (verdict.status, verdict.strict) == (Status.PASSED, True)
    assert verdict.flags == ("patched_builtins",)


async def test_an_error_is_told_however_little_room_is_left(python_judge: BoxJudge) -> None:
    """An answer that fails with hardly a stack to fail on has failed, and is not said to have left."""
    answer = """
        import sys
        for depth in range(1, 500):
            try:
                sys.setrecursionlimit(depth)
                break
            except RecursionError:
                pass
        raise ValueError
        """
    verdict = await grade(TASK, dedent(answer), python_judge)
    assert (verdict.status, verdict.flags) == (Status.FAILED, ())
