"""The shape of a refactoring: what is looked at, what is said of it, and that a model's text can do no harm."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import msgspec
import pytest
from task_files import TASK_TOML, write_task

from assay.authoring.check import check_tasks
from assay.core.errors import UserError
from assay.formats.shapes.asked import Shape
from assay.formats.shapes.look import shape_fault
from assay.suites.folder import load_folder
from assay.wiring.judging import build_judge, make_grader

SHOP = """\
import math

RATE = 3


class Cart:
    '''A cart.'''

    def total(self, lines, *rest, rounded=True, **more):
        '''The sum.

        In cents.'''

        # of all lines
        return sum(lines)


async def fetch(address, /, tries=3): ...


def first(a, b):
    if a and b or RATE:
        return [x for x in a if x]
    for item in a:
        print(item)
    return None


def second(c):
    for thing in c:
        print(thing)
    return None
"""


def fault(shape: dict[str, Any], text: str = SHOP) -> str:
    return shape_fault(msgspec.convert(shape, Shape), {"shop.py": text, "notes.txt": "("}, language="python")


def function(signature: str, **more: str) -> dict[str, Any]:
    return {"functions": [{"file": "shop.py", "signature": signature, **more}]}


@pytest.mark.parametrize(
    "shape",
    [
        {},
        function("def first(a, b)"),
        function("def second(c: list[int]) -> None"),
        function("async def fetch(address, /, tries=3)"),
        function("def total(self, lines, *rest, rounded=True, **more)", within="Cart"),
        {"absent": {"shop.py": ["third", "address2"], "other.py": ["first"]}},
        {"most_lines": 6},
        {"most_decisions": 6},
        {"repeated": 4},
    ],
)
def test_a_shape_that_is_met(shape: dict[str, Any]) -> None:
    """Signatures without regard to annotations, names that are gone, and limits that are just met."""
    assert fault(shape) == ""


@pytest.mark.parametrize(
    ("shape", "said"),
    [
        (function("def third()"), "shop.py defines no third"),
        (function("def total(self, lines)", within="Cart"), "Cart.total in shop.py is not def total(self, lines)"),
        (function("def total(self)"), "shop.py defines no total"),
        (function("def total(self)", within="Shop"), "shop.py defines no Shop.total"),
        (function("def first(b, a)"), "first in shop.py is not def first(b, a)"),
        (function("def first(a, b=1)"), "first in shop.py is not"),
        (function("def first(a, *, b)"), "first in shop.py is not"),
        (function("def fetch(address, /, tries=3)"), "fetch in shop.py is not"),
        (function("async def fetch(address, /, tries=4)"), "fetch in shop.py is not"),
        ({"functions": [{"file": "till.py", "signature": "def pay()"}]}, "there is no till.py"),
        ({"absent": {"shop.py": ["first"]}}, "first still stands in shop.py, line 21"),
        ({"absent": {"shop.py": ["RATE"]}}, "RATE still stands in shop.py, line 3"),
        ({"absent": {"shop.py": ["math"]}}, "math still stands in shop.py, line 1"),
        ({"most_lines": 5}, "first in shop.py has 6 lines, more than 5"),
        ({"most_decisions": 5}, "first in shop.py decides 6 times, more than 5"),
        ({"repeated": 3}, "shop.py, line 24, and shop.py, line 30, say the same"),
    ],
)
def test_a_shape_that_is_not(shape: dict[str, Any], said: str) -> None:
    """The first thing that is otherwise is said, with its place."""
    assert said in fault(shape)


def test_what_is_called_and_used_tells_statements_apart() -> None:
    """Only names of variables may differ for statements to be the same ones."""
    same = "def f(a):\n    x = g(a)\n    y = x.up\n    return x, y, 1\n"
    assert "say the same" in fault({"repeated": 3}, same + same.replace("f(", "h(", 1).replace("x", "z"))
    for old, new in (("g(", "k("), (".up", ".down"), (", 1", ", 2")):
        assert fault({"repeated": 3}, same + same.replace(old, new)) == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("def f(:\n", "shop.py cannot be parsed: "),
        ("x = '\0'\n", "shop.py cannot be parsed: "),
        ("x = " + "(" * 5000 + ")" * 5000, "shop.py cannot be parsed: too many nested|nested too deeply"),
        ("x = " + "-" * 60_000 + "1", "nested too deeply"),
        ("x = 1\n" * 20_000, "the files have more than 64 KiB"),
        ("x = 'a' 'b'\nassert (x, 'y')\n", ""),
    ],
    ids=["no Python", "a null", "brackets", "signs", "large", "what Python warns of"],
)
def test_hostile_text(text: str, said: str) -> None:
    """What cannot be looked at is a fault in words; nothing is raised, and nobody waits long."""
    begun = time.monotonic()
    found = fault({"most_lines": 5, "most_decisions": 5, "repeated": 3}, text)
    assert any(part in found for part in said.split("|"))
    assert bool(found) == bool(said)
    assert time.monotonic() - begun < 10


def test_deep_blocks_are_quick() -> None:
    """As many blocks inside one another as Python allows, full of statements."""
    deep = "".join(f"{' ' * n}if x{n}:\n" for n in range(90))
    begun = time.monotonic()
    fault({"repeated": 9}, deep + "".join(f"{' ' * 90}a{n} = {n}\n" for n in range(500)))
    assert time.monotonic() - begun < 10


PLAN = '[[functions]]\nfile = "double.py"\nsignature = "def double(x, *, times=2)"\n'
SOLUTION = "def double(x, *, times=2):\n    return times * (x + 0)\n"
CHANGES: dict[str, str | bytes | None] = {"tests/shape.toml": PLAN, "solution/double.py": SOLUTION}


def test_a_task_with_a_shape(tmp_path: Path) -> None:
    """The grader and the prompt hear of it; a task without one is what it was."""
    (task,) = load_folder(write_task(tmp_path / "a", CHANGES)).tasks
    assert task.grading["shape"] == {"functions": [{"file": "double.py", "signature": "def double(x, *, times=2)"}]}
    assert "- `double.py` has `def double(x, *, times=2)`; annotations are free." in task.ask.messages[0].content
    (plain,) = load_folder(write_task(tmp_path / "b")).tasks
    assert "shape" not in plain.grading


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"tests/shape.toml": ""}, "asks nothing; it may say functions, absent,"),
        ({"tests/shape.toml": "most_line = 9\n"}, "unknown key “most_line”: did you mean “most_lines”?"),
        ({"tests/shape.toml": "repeated = 0\n"}, "repeated: needs a whole number above 0"),
        ({"tests/shape.toml": PLAN.replace(")", "")}, "is no head of a function, like def f(x, *, y=1)"),
        ({"tests/shape.toml": PLAN + "class = 1\n"}, "functions: Object contains unknown field `class`"),
        ({"tests/shape.toml": '[absent]\n"a.py" = "x"\n'}, "absent: needs names for each file"),
        (
            {"task.toml": TASK_TOML.replace('"python"', '"go"').replace(".py", ".go")},
            "is no head of a function, like func (c *Cart) Total(tax int) (int, error)",
        ),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, changes: dict[str, str | bytes | None], said: str) -> None:
    """Each slip is a line that says where, and what to do."""
    with pytest.raises(UserError) as raised:
        load_folder(write_task(tmp_path, {**CHANGES, **changes}))
    assert said in str(raised.value)


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (PLAN, "[]"),
        (PLAN.replace("times", "time"), "its solution does not pass (failed: shape: double in double.py is not"),
        ("most_lines = 9\n", "leaving the starting files as they are passes; add a case that it fails"),
    ],
    ids=["fine", "another than the solution's", "that of the starting files"],
)
async def test_the_check_of_tasks_finds_a_shape_that_proves_nothing(tmp_path: Path, plan: str, said: str) -> None:
    """A refactoring's solution must have the shape, and its starting files, which do the same, must not."""
    starting = {"files/double.py": SOLUTION.replace(", *, times=2", "").replace("times *", "2 *")}
    suite = load_folder(write_task(tmp_path, {**CHANGES, **starting, "tests/shape.toml": plan}))
    judge = build_judge(["python"])
    if reason := judge.supports("python"):
        pytest.skip(reason)
    try:
        found = [finding.text for finding in await check_tasks(suite, judge, make_grader(suite.grader))]
    finally:
        await judge.close()
    assert said in f"{found}"
