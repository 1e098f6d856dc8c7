"""What crosses the typed border of strict judging, and what does not."""

from __future__ import annotations

from textwrap import dedent

import pytest
from strict_bench import assertion_task, function_task, grade

from assay.core.judging import Attempt
from assay.core.task import Task
from assay.core.trial import Status
from assay.graders import STRICT, grader_class
from assay.sandboxes.judge import BoxJudge

pytestmark = pytest.mark.asyncio(loop_scope="session")


class Pair:
    """A right and a wrong answer to one small task."""

    def __init__(self, right: str, test: str, wrong: str) -> None:
        self.right, self.test, self.wrong = dedent(right), dedent(test), dedent(wrong)

    @property
    def task(self) -> Task:
        return function_task(self.right, self.test)


CROSSES = {
    "an argument changed in place": Pair(
        "def f(v): v.sort()", "v = [3, 1, 2]\ncandidate(v)\nassert v == [1, 2, 3]", "def f(v): sorted(v)"
    ),
    "an inner argument changed in place": Pair(
        "def f(v):\n    v[0][0].append(9)\n    v[1]['a'] = {1}",
        """
        inner, table = [1], {"b": 2}
        candidate([(inner,)[:1], table])
        assert inner == [1, 9] and table == {"b": 2, "a": {1}}
        """,
        "def f(v): v[:] = [([1, 9],), {'b': 2, 'a': {1}}]",
    ),
    "every kind of container changed": Pair(
        "def f(d, s, q, b, c):\n    d.pop(1); s.add(5); q.appendleft(0); b += b'!'; c['x'] += 1",
        """
        from collections import Counter, deque
        d, s, q, b, c = {1: 2, 3: 4}, {1}, deque([1], 3), bytearray(b"a"), Counter("x")
        candidate(d, s, q=q, b=b, c=c)
        assert (d, s, q, b, c) == ({3: 4}, {1, 5}, deque([0, 1]), bytearray(b"a!"), Counter("xx"))
        """,
        "def f(d, s, q, b, c): pass",
    ),
    "a generator": Pair(
        "def f(n):\n    yield from range(n)",
        "g = candidate(3)\nassert next(g) == 0\nassert list(g) == [1, 2]\nassert candidate(2) != [0, 1]",
        "def f(n): return list(range(n))",
    ),
    "a lazy map, a range and views": Pair(
        "def f(k):\n    return [map(str, [1]), range(3), {1: 2}.keys(), {1: 2}.items()][k]",
        """
        assert list(candidate(0)) == ["1"]
        assert candidate(1) == range(3)
        assert candidate(2) == {1}
        assert candidate(3) == {(1, 2)}
        """,
        "def f(k): return [['1'], [0, 1, 2], {1}, {(1, 2)}][k]",
    ),
    "errors by type": Pair(
        "def f(v):\n    raise KeyError(v) if v else ValueError('empty')",
        """
        for value, kind in ((1, LookupError), (0, ValueError)):
            try:
                candidate(value)
                assert False
            except kind:
                pass
        """,
        "def f(v): raise KeyError(v)",
    ),
    "an error of a type of its own": Pair(
        "class Mine(ArithmeticError): pass\ndef f(v):\n    raise Mine(v)",
        "try:\n    candidate(1)\nexcept ArithmeticError:\n    pass",
        "class Mine(Exception): pass\ndef f(v):\n    raise Mine(v)",
    ),
    "numbers of every kind": Pair(
        "from fractions import Fraction\nfrom decimal import Decimal\n"
        "def f(k): return [1j, Fraction(1, 3), Decimal('0.1'), 10**500, float('inf'), -0.0][k]",
        """
        from decimal import Decimal
        from fractions import Fraction
        assert candidate(0) == 1j and candidate(1) * 3 == 1 and candidate(2) + candidate(2) == Decimal("0.2")
        assert isinstance(candidate(1), Fraction) and candidate(3) == 10 ** 500 and candidate(4) > 10 ** 300
        assert str(candidate(5)) == "-0.0"
        """,
        "def f(k): return [1j, 0.3333, 0.1, 10**500, 1e301, 0.0][k]",
    ),
    "tuples are no lists, True is True": Pair(
        "def f(k): return [(1, [2]), True, None, frozenset([1]), b'x', {(1, 2): {None: 'é'}}][k]",
        """
        assert candidate(0) == (1, [2]) and type(candidate(0)) is tuple
        assert candidate(1) is True and candidate(2) is None
        assert candidate(3) == {1} and hash(candidate(3)) and candidate(4) == b"x"
        assert candidate(5) == {(1, 2): {None: "é"}}
        """,
        "def f(k): return [[1, [2]], 1, None, {1}, 'x', {}][k]",
    ),
    "the very argument comes back": Pair(
        "def f(v):\n    v[0] = v[1]\n    return v",
        """
        one, two = [1], [2]
        whole = [one, two]
        result = candidate(whole)
        assert result is whole and whole[0] is two
        result[0].append(3)
        assert two == [2, 3] == whole[1] and one == [1]
        """,
        "def f(v): return [v[1], v[1]]",
    ),
    "one thing given twice": Pair(
        "def f(a, b):\n    a.append(1)\n    return len(b)",
        "v = []\nassert candidate(v, v) == 1\nassert candidate([v], [v, v]) == 2\nassert v == [1]",
        "def f(a, b):\n    b = b[:]\n    a.append(1)\n    return len(b)",
    ),
    "text that is no Unicode": Pair(
        "def f(v): return v + chr(0xd800)", "assert candidate(chr(0xdfff)) == '\\udfff\\ud800'", "def f(v): return v"
    ),
    "what it remembers from call to call": Pair(
        "seen = []\ndef f(v):\n    seen.append(v)\n    return len(seen)",
        "assert [candidate(9), candidate(9), candidate(9)] == [1, 2, 3]",
        "def f(v): return 1",
    ),
    "calls made of earlier results": Pair(
        "def f(v): return v * 2 + 1",
        "value = 1\nfor _ in range(6):\n    value = candidate(value)\nassert value == 127",
        "def f(v): return v * 2",
    ),
    "random arguments": Pair(
        "import random\ndef f(v):\n    random.random()\n    return v + 1",
        "import random\nfor _ in range(9):\n    n = random.randint(0, 999)\n    assert candidate(n) == n + 1",
        "def f(v): return v",
    ),
    "modules that the tests import": Pair(
        "import math\ndef f(v): return math.sqrt(v)", "assert candidate(4) == 2", "def f(v): return math.sqrt(v + 1)"
    ),
    "a match that is only asked whether it is one": Pair(
        "import re\ndef f(v): return re.match('a', v)",
        "assert candidate('ab')\nassert not candidate('b')",
        "def f(v): return 1",
    ),
}


@pytest.mark.parametrize("what", CROSSES)
async def test_what_tests_of_functions_need_crosses_the_border(what: str, python_judge: BoxJudge) -> None:
    """The right answer passes from outside as it does officially; the wrong one fails both ways."""
    pair = CROSSES[what]
    right = await grade(pair.task, pair.right, python_judge, strict=True)
    assert (right.status, right.strict, right.strict_reason) == (Status.PASSED, True, ""), right
    wrong = await grade(pair.task, pair.wrong, python_judge, strict=True)
    assert (wrong.status, wrong.strict) == (Status.FAILED, False), wrong
    assert "disagree" not in (*right.flags, *wrong.flags)


CANNOT_CROSS = {
    "a function as an argument": (
        assertion_task("def f(g): return g(1)", "assert f(lambda x: x + 1) == 2"),
        "f is called with a function",
    ),
    "a function as a result": (
        assertion_task("def f(n): return lambda x: x + n", "assert f(1)(1) == 2"),
        "f returns a function",
    ),
    "objects of a class of the answer's": (
        assertion_task("class P:\n    def __init__(self, x): self.x = x\ndef f(p): return p.x", "assert f(P(3)) == 3"),
        "the tests make objects of the answer's own class P",
    ),
    "a variable of the answer's": (
        assertion_task("LIMIT = 3\ndef f(): return LIMIT", "assert f() == LIMIT"),
        "the tests look at the answer's own variable LIMIT",
    ),
    "an iterator without end": (
        assertion_task(
            "import itertools\ndef f(): return (i for i in itertools.count())", "assert next(iter(f())) == 0"
        ),
        "f returns a generator that goes on without end",
    ),
}


@pytest.mark.parametrize("what", CANNOT_CROSS)
async def test_what_cannot_cross_is_said_and_never_guessed(what: str, python_judge: BoxJudge) -> None:
    """A task that strict judging cannot express has no strict verdict, and the reason why."""
    task, reason = CANNOT_CROSS[what]
    verdict = await grade(task, task.solution["answer.py"], python_judge, strict=True)
    assert (verdict.status, verdict.strict, verdict.strict_reason) == (Status.PASSED, None, reason)
    assert "disagree" not in verdict.flags


async def test_assertions_may_call_several_functions(python_judge: BoxJudge) -> None:
    """Every function of the answer that assertions name is called in the answer's process, helpers and builtins'
    namesakes included."""
    task = assertion_task(
        "import sys\ndef double(x): return 2 * x\ndef sum(x): return double(x) + sys.maxsize * 0",
        "assert sum(double(2)) == 8",
        "assert sys.maxsize > sum(1) == 2",
    )
    right = task.solution["answer.py"]
    assert (await grade(task, right, python_judge, strict=True)).strict is True
    verdict = await grade(task, right.replace("def double", "def twice"), python_judge, strict=True)
    assert (verdict.status, verdict.strict) == (Status.FAILED, False)
    verdict = await grade(
        task, right.replace("import sys\n", "").replace("sys.maxsize", "1"), python_judge, strict=True
    )
    assert (verdict.status, verdict.strict) == (Status.FAILED, False)


LIMITED = {
    "sleeps longer than three seconds": ("import time\ndef f(v):\n    time.sleep(3.2)\n    return v", "wall"),
    "computes without end": ("def f(v):\n    while True: pass", "cpu"),
}


@pytest.mark.parametrize("what", LIMITED)
async def test_the_official_three_seconds_hold(what: str, python_judge: BoxJudge) -> None:
    """What is over the official time limit is exceeded, whether it computes or waits."""
    answer, limit = LIMITED[what]
    task = function_task("def f(v): return v", "assert candidate(1) == 1")
    verdict = await grade(task, answer, python_judge)
    assert (verdict.status, verdict.reason) == (Status.EXCEEDED, limit)


FAILS = {
    "it does not compile": ("def f(v:", "SyntaxError"),
    "a null byte": ("def f(v): return v\0", "null"),
    "it asks for input": ("def f(v): return int(input())", "OSError"),
    "it needs a process": ("import subprocess\ndef f(v): return subprocess.run(['true'])", "TypeError"),
    "it calls exit": ("def f(v): exit()", "TypeError"),
    "nothing at all": ("", "NameError"),
    "an error that cannot be shown": (
        "class E(BaseException):\n    def __str__(self): raise self\ndef f(v): raise E",
        "E",
    ),
    "it imports what is not installed": ("import msgspec\ndef f(v): return v", "ModuleNotFoundError"),
    "it imports the judge": ("import assay\ndef f(v): return v", "ModuleNotFoundError"),
}


@pytest.mark.parametrize("what", FAILS)
async def test_what_ends_a_program_early_fails_with_its_reason(what: str, python_judge: BoxJudge) -> None:
    """Whatever ends the official program before its end fails, and the reason is told; so it does from outside."""
    answer, reason = FAILS[what]
    task = function_task("def f(v): return v", "assert candidate(1) == 1")
    verdict = await grade(task, answer, python_judge, strict=True)
    assert (verdict.status, verdict.strict) == (Status.FAILED, False)
    assert reason in verdict.reason
    assert verdict.flags == ()


async def test_an_answer_without_code_is_not_run(python_judge: BoxJudge) -> None:
    """No code, or a refusal, is told as that."""
    task = function_task("def f(v): return v", "assert candidate(1) == 1")
    for problem, status in (("invalid", Status.INVALID), ("refused", Status.REFUSED)):
        attempt = Attempt(problem=problem, reason="why")  # type: ignore[arg-type]
        verdict = await grader_class(STRICT["in_process"])().grade(task, attempt, python_judge)
        assert (verdict.status, verdict.reason, verdict.strict) == (status, "why", None)


_DRIVER = "import sys\nspace = sys._getframe(1).f_globals\nplain = space['border'].plain\n"

HOSTILE = {
    "garbage on every descriptor": """
        import os
        def f(v):
            for number in range(3, 100):
                try: os.write(number, b"y9\\n" * 9)
                except OSError: pass
        """,
    "values without end": "def f(v):\n    for _ in range(10**5): v = [v]\n    return v",
    "a list that holds itself": "def f(v):\n    v.append(v)\n    return v",
    "another tongue": _DRIVER + "plain.pack = lambda value: b'l1\\nl1\\n' * 999\ndef f(v): return 0",
    "words that mean nothing": _DRIVER + "plain.Dresser.dress = lambda self, v: ['set', ['list']]\ndef f(v): return 0",
    "a number of nothing": _DRIVER + "plain.Dresser.dress = lambda self, v: ['same', 99]\ndef f(v): return 0",
    "changes that are none": _DRIVER
    + "plain.pack = lambda value: b's8\\nreturnedi1\\nl1\\nl2\\ni7\\nn\\n'\ndef f(v): return 0",
    "no bytes at all": _DRIVER + "space['guard'].plain.pack = lambda value: b'n\\n'\ndef f(v): return 0",
    "an argument that is the expected value": "def f(v):\n    v.clear()\n    return v",
}


@pytest.mark.parametrize("what", HOSTILE)
async def test_an_answer_cannot_forge_from_a_process_of_its_own(what: str, python_judge: BoxJudge) -> None:
    """Whatever an answer does to the driver beside it, its strict verdict is that of plain values, or a failure."""
    task = function_task("def f(v): return v[:]", "assert candidate([1]) == [1]\nassert candidate([2]) == [2]")
    verdict = await grade(task, dedent(HOSTILE[what]), python_judge, strict=True)
    assert verdict.strict is False, verdict
