"""Mutants that nobody had to think of: what is changed, what is not, and how many of them the cases notice."""

from __future__ import annotations

import ast

import pytest
from test_check_tasks import FAILED, PASSED, GraderByText, NoJudge, suite_of

from assay.authoring.kills import kill_rates
from assay.authoring.mechanical import mechanical_mutants
from assay.core.errors import SandboxError
from assay.core.judging import Attempt, Verdict
from assay.core.ports import Judge
from assay.core.task import Ask, Task

MODULE = '''"""Words about the module."""
import heapq

class Stock:
    """What there is."""

    def __init__(self, most: int | None = 3) -> None:
        self.most = most

    def take(self, wanted: list[int]) -> list[int]:
        """Some of it."""
        taken = []
        for one in wanted:
            if one < 0 or one in taken:
                raise ValueError("not %d" % 7)
            if len(taken) == self.most:
                break
            taken.append(one + 1)
        return sorted(taken)

if __name__ == "__main__":
    print(Stock().take([2]))
'''


def changes(text: str) -> list[str]:
    return [f"{mutant.line}: {mutant.change}" for mutant in mechanical_mutants({"a.py": text})]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("x = a < b", ["1: a < b → a <= b", "1: a < b → a >= b"]),
        ("x = a == 1", ["1: a == 1 → a != 1", "1: a == 1 → a == 2", "1: a == 1 → a == 0"]),
        ("x = a is None", ["1: a is None → a is not None"]),
        ("x = a + b", ["1: a + b → a - b"]),
        ("x += y", ["1: without x += y", "1: x += y → x -= y"]),
        ("x = a and b", ["1: a and b → a or b", "1: a and b → b", "1: a and b → a"]),
        ("x = True", ["1: x = True → x = False"]),
        ("x = 'a'", ["1: x = 'a' → x = ''"]),
        ("x = 5 if a else b", ["1: 5 if a else b → 5 if not a else b", "1: 5 if a else b → 6 if a else b",
                               "1: 5 if a else b → 4 if a else b"]),
        ("if not a:\n    pass", ["1: if not a: → if a:"]),
        ("x = [i for i in y if i]", ["1: [i for i in y if i] → [i for i in y if not i]"]),
        ("def f():\n    return x", ["2: return x → return None"]),
        ("def f():\n    return None", []),
        ("x = min(y)", ["1: min(y) → max(y)"]),
        ("x = y.startswith(z)", ["1: y.startswith(z) → y.endswith(z)"]),
        ("x = sorted(y, key=f)", ["1: sorted(y, key=f) → sorted(y)"]),
        ("x = sorted(y)", ["1: sorted(y) → list(y)"]),
        ("x = -y", ["1: -y → +y"]),
        ("for i in x:\n    f(i)\n    continue", ["2: without f(i)", "3: without continue"]),
        ("x.y = z", ["1: without x.y = z"]),
        ("x = y", []),
        ("def f(x: 'A' = 3) -> 'B':\n    pass", ["1: def f(x: 'A'=3) -> 'B': → def f(x: 'A'=4) -> 'B':",
                                                "1: def f(x: 'A'=3) -> 'B': → def f(x: 'A'=2) -> 'B':"]),
        ("@f(1)\ndef g():\n    pass", []),
        ("x = f'{a}1'", []),
    ],
)  # fmt: skip
def test_what_is_changed(text: str, wanted: list[str]) -> None:
    """Each small change is one mutant, named by its line and by what is there before and after."""
    assert changes(text) == wanted


def test_a_whole_module() -> None:
    """Docstrings, annotations, the words of errors and the run as a program stay as they are."""
    said = changes(MODULE)
    assert not [change for change in said if "Words" in change or "Some" in change or "% 8" in change]
    assert "15: without raise ValueError('not %d' % 7)" in said
    assert "18: without taken.append(one + 1)" in said
    assert "17: without break" in said
    assert "7: without self.most = most" not in said
    assert "8: without self.most = most" in said
    assert all(int(change.partition(":")[0]) < 20 for change in said)


def test_a_long_condition_is_shown_where_it_changes() -> None:
    """Of a long line only the surroundings of the change are shown."""
    text = "x = " + " + ".join(f"number_{at}" for at in range(20)) + " - last"
    last = mechanical_mutants({"a.py": text})[0]
    assert last.change.count("…") >= 1
    assert "- last" in last.change
    assert len(last.change) < 140


def test_what_cannot_be_read_has_none() -> None:
    """No Python, broken Python, and Python that nests without end."""
    assert mechanical_mutants({"a.js": "x = 1", "b.py": "x = «n»", "c.py": "x = " + "(" * 5000, "d.py": "\0"}) == []


def test_not_more_than_wanted() -> None:
    """Of too many, the same ones are taken each time, also when other files come along."""
    text = "\n".join(f"x{at} = a + {at}" for at in range(100))
    few = mechanical_mutants({"a.py": text}, most=20)
    assert len(few) == 20
    assert few == mechanical_mutants({"a.py": text, "b.txt": "x"}, most=20)
    assert [mutant.line for mutant in few] == sorted(mutant.line for mutant in few)
    assert {mutant.text for mutant in few} <= {mutant.text for mutant in mechanical_mutants({"a.py": text}, most=1000)}


def test_each_is_another_program() -> None:
    """All can be parsed, all differ from the original and from each other."""
    trees = [ast.dump(ast.parse(mutant.text)) for mutant in mechanical_mutants({"a.py": MODULE})]
    assert len(set(trees)) == len(trees) > 10
    assert ast.dump(ast.parse(MODULE)) not in trees


SOLUTION = {"a.py": "def f(a, b):\n    return a < b and a + b\n", "b.txt": "1"}
BY_CASES = Task(id="python/t", language="python", ask=Ask(), solution=SOLUTION, grading={"judge": "cases"})


async def test_the_kill_rate() -> None:
    """Those that fail count, those that pass are named, those that could not be judged are neither."""

    def decide(text: str) -> Verdict:
        if "a - b" in text:
            raise SandboxError("dead")
        return PASSED if "a <= b" in text else FAILED

    grader = GraderByText(decide)
    [rate] = await kill_rates(suite_of(BY_CASES), NoJudge(), grader)
    made = len(mechanical_mutants(SOLUTION))
    assert (rate.task_id, rate.killed, rate.judged, rate.unjudged) == ("python/t", made - 2, made - 1, 1)
    assert [str(survivor) for survivor in rate.survivors] == ["a.py:2: a < b → a <= b"]


@pytest.mark.parametrize(("needs", "given"), [(0.5, 1.0), (5.0, 10.0)])
async def test_no_mutant_is_waited_for_in_vain(needs: float, given: float) -> None:
    """A mutant has less time than the task allows, unless its solution needs more."""
    limits: list[float] = []

    class Grader(GraderByText):
        async def grade(self, task: Task, attempt: Attempt, judge: Judge) -> Verdict:
            limits.append(task.limits.cpu)
            return PASSED if task.limits.cpu >= needs else FAILED

    [rate] = await kill_rates(suite_of(BY_CASES), NoJudge(), Grader(lambda _: PASSED), parallel=1)
    assert len(rate.survivors) == rate.judged
    assert limits == [1.0, *[given] * rate.judged]


async def test_only_python_that_cases_judge() -> None:
    """Other languages, and tasks that are judged in other ways, have no mechanical mutants."""
    others = [
        Task(id="go/t", language="go", ask=Ask(), solution=SOLUTION, grading={"judge": "cases"}),
        Task(id="python/r", language="python", ask=Ask(), solution=SOLUTION, grading={"judge": "findings"}),
    ]
    grader = GraderByText(lambda text: FAILED)
    assert await kill_rates(suite_of(*others), NoJudge(), grader) == []
    assert grader.seen == []
