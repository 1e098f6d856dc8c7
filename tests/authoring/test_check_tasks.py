"""Tasks prove themselves: what is said of those that do not."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable

import msgspec
import pytest

from assay.authoring.check import check_tasks
from assay.core.errors import SandboxError, TaskError, Unsupported
from assay.core.judging import Attempt, Job, Outcome, Verdict
from assay.core.ports import Judge
from assay.core.task import Ask, Suite, Task
from assay.core.trial import Status

PASSED = Verdict(status=Status.PASSED, score=1.0)
FAILED = Verdict(status=Status.FAILED, score=0.0, reason="case 1: no")
EXCEEDED = Verdict(status=Status.EXCEEDED, score=0.0, reason="cpu")

TASK = Task(
    id="python/t",
    language="python",
    ask=Ask(),
    files={"a.py": "start"},
    solution={"a.py": "right"},
    mutants=({"a.py": "wrong 1"}, {"a.py": "wrong 2"}),
)


class NoJudge:
    """Knows what it would support; runs nothing."""

    def supports(self, language: str) -> str:
        return "" if language == "python" else f"no {language} here; install it"

    def fingerprint(self, language: str) -> str:
        return ""

    async def run(self, job: Job, *, on_run: object = None) -> Outcome:
        raise AssertionError("the grader below asks no judge")

    async def close(self) -> None:
        return None


class GraderByText:
    """Judges an answer by the text of its file."""

    def __init__(self, decide: Callable[[str], Verdict]) -> None:
        self.decide = decide
        self.seen: list[str] = []
        self.running = self.most = 0

    async def grade(self, task: Task, attempt: Attempt, judge: Judge) -> Verdict:
        self.running += 1
        self.most = max(self.most, self.running)
        await asyncio.sleep(0)
        self.running -= 1
        self.seen.append(attempt.files["a.py"])
        return self.decide(attempt.files["a.py"])


def suite_of(*tasks: Task) -> Suite:
    return Suite(name="s", version="1", protocol="p", tasks=tasks)


async def said(decide: Callable[[str], Verdict], *tasks: Task) -> list[str]:
    findings = await check_tasks(suite_of(*(tasks or (TASK,))), NoJudge(), GraderByText(decide))
    return [f"{finding.kind} {finding}" for finding in findings]


async def test_a_task_that_proves_itself() -> None:
    """The solution passes each time, all else fails: nothing is said, and everything was tried."""
    grader = GraderByText(lambda text: PASSED if text == "right" else FAILED)
    heard: list[tuple[int, int]] = []
    assert (
        await check_tasks(
            suite_of(TASK), NoJudge(), grader, repeats=3, on_judged=lambda done, owed: heard.append((done, owed))
        )
        == []
    )
    assert sorted(grader.seen) == ["", "right", "right", "right", "start", "wrong 1", "wrong 2"]
    assert heard == [(done, 7) for done in range(1, 8)]


@pytest.mark.parametrize(
    ("passes", "lines"),
    [
        ([], ["its solution does not pass (failed: case 1: no)"]),
        (["right", ""], ["an empty answer passes; add a case that it fails"]),
        (["right", "start"], ["leaving the starting files as they are passes; add a case that it fails"]),
        (["right", "wrong 2"], ["mutant 2 of 2 (in the order of their names) passes; add a case that it fails"]),
    ],
)
async def test_a_task_that_does_not(passes: list[str], lines: list[str]) -> None:
    """Each thing that is not as it must be is one line."""
    assert await said(lambda text: PASSED if text in passes else FAILED) == [
        f"fault python/t: {line}" for line in lines
    ]


async def test_an_unsteady_solution() -> None:
    """A solution that passes only sometimes is found by trying it again; said is how often, and what failed."""
    turns = iter([PASSED, FAILED])
    lines = await said(lambda text: next(turns) if text == "right" else FAILED)
    assert lines == [
        "fault python/t: its solution is not always judged alike: passed 1 of 2 times, failed 1 of 2 times (case 1: no)"
    ]


async def test_an_unsteady_mutant() -> None:
    """A wrong answer whose verdict changes is found when it is judged more than once, even if it never passes."""
    turns = iter([FAILED, EXCEEDED, FAILED] * 7)
    grader = GraderByText(lambda text: PASSED if text == "right" else next(turns) if text == "wrong 2" else FAILED)
    found = await check_tasks(suite_of(TASK), NoJudge(), grader, repeats=20, wrong_repeats=20)
    assert Counter(grader.seen) == dict.fromkeys(["", "right", "start", "wrong 1", "wrong 2"], 20)
    assert [finding.text for finding in found] == [
        "mutant 2 of 2 (in the order of their names) is not always judged alike: "
        "failed 13 of 20 times, exceeded 7 of 20 times (case 1: no)"
    ]


async def test_in_an_order_drawn_by_a_seed() -> None:
    """The answers of all tasks are mixed, in the same order for the same seed and in another for another."""
    tasks = [msgspec.structs.replace(TASK, id=name, solution={"a.py": f"right {name}"}) for name in "abcdef"]

    async def order(seed: int) -> list[str]:
        grader = GraderByText(lambda text: PASSED if text.startswith("right") else FAILED)
        assert await check_tasks(suite_of(*tasks), NoJudge(), grader, parallel=1, repeats=4, seed=seed) == []
        return grader.seen

    first, again, other = await order(1), await order(1), await order(2)
    assert first == again
    assert first != other
    assert sorted(first) == sorted(other)
    solutions = [text for text in first if text.startswith("right")]
    assert solutions != sorted(solutions)


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (TaskError("bad"), "fault python/t: its solution cannot be judged: bad"),
        (SandboxError("dead"), "apparatus python/t: its solution could not be judged here: dead"),
        (Unsupported("no kernel"), "unsupported python/t: no kernel"),
    ],
)
async def test_what_could_not_be_tried(error: Exception, line: str) -> None:
    """The task's own fault, the machine's and an absent toolchain are told apart."""

    def decide(text: str) -> Verdict:
        if text == "right":
            raise error
        return FAILED

    assert await said(decide) == [line]


async def test_an_absent_toolchain() -> None:
    """A language that cannot be judged here is said once a task, and nothing is tried."""
    rust = Task(id="rust/t", language="rust", ask=Ask())
    lines = await said(lambda text: PASSED if text == "right" else FAILED, rust, TASK)
    assert lines == ["unsupported rust/t: no rust here; install it"]


async def test_not_more_at_once_than_allowed() -> None:
    """Answers are judged side by side, but never more than `parallel`."""
    grader = GraderByText(lambda text: PASSED if text == "right" else FAILED)
    await check_tasks(suite_of(*[TASK] * 5), NoJudge(), grader, parallel=3)
    assert grader.most == 3
