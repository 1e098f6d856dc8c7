"""HumanEval infilling: gaps cut, asked for, taken back and judged as officially."""

from __future__ import annotations

import pytest
from judged_suites import suite_of, verdicts

from assay.core.errors import UserError
from assay.core.task import Task
from assay.core.trial import Status
from assay.formats.extract import render_files, take_code
from assay.sandboxes.judge import BoxJudge
from assay.suites import load, official_files

pytestmark = pytest.mark.asyncio(loop_scope="session")

KINDS = {"single-line": 1033, "multi-line": 5815, "random-span": 1640, "random-span-light": 164}


def gap_of(task: Task) -> str:
    return task.solution["answer.py"]


async def test_the_four_kinds_are_whole() -> None:
    """Each kind has its official number of tasks, all different, 8,652 together."""
    for kind, count in KINDS.items():
        suite = suite_of(f"infilling:{kind}")
        assert len({task.id for task in suite.tasks}) == len(suite.tasks) == count
        assert suite.protocol == "human-eval-infilling/2 chat"
    assert sum(KINDS.values()) == 8652


@pytest.mark.parametrize("part", ["", "single", "random-span:chat", "single-line:base:base"])
async def test_an_unknown_kind_is_answered_with_the_nearest(part: str) -> None:
    """There is no infilling without saying which gaps; the answer names known kinds."""
    with pytest.raises(UserError, match=r"single-line|random-span"):
        load(f"infilling:{part}" if part else "infilling")


async def test_each_kind_needs_its_own_file() -> None:
    """What is downloaded for a kind is its file alone; for no kind, all four."""
    assert [file.rows for file in official_files("infilling:random-span:base")] == [1640]
    assert sorted(file.rows for file in official_files("infilling")) == sorted(KINDS.values())


@pytest.mark.parametrize("kind", KINDS)
async def test_a_gap_comes_back_out_of_a_conversation(kind: str) -> None:
    """The stored span, replied in a fence, is taken back to the letter, blanks and line ends included."""
    for task in suite_of(f"infilling:{kind}").tasks:
        taken = take_code(render_files(task.solution, language="python"), task.extract, language="python")
        assert taken.files == task.solution, task.id


async def test_what_a_model_is_shown() -> None:
    """Models that fill gaps get prefix and suffix as they are; conversations the program with its gap, never the
    span that was taken out."""
    for base, chat in zip(
        suite_of("infilling:single-line:base").tasks, suite_of("infilling:single-line").tasks, strict=True
    ):
        assert (base.ask.prompt, base.ask.suffix) == (base.grading["before"], base.grading["between"])
        assert take_code("  x\n\n", base.extract, language="python").files == {"answer.py": "  x\n\n"}
        (message,) = chat.ask.messages
        assert f"{base.ask.prompt}<GAP>" in message.content
        assert f"<GAP>{gap_of(chat)}" not in message.content


async def test_spans_pass_and_what_is_left_out_fails(python_judge: BoxJudge) -> None:
    """Some hundreds of canonical spans of all kinds pass; an answer that breaks the program fails."""
    tasks = [task for kind in KINDS for task in suite_of(f"infilling:{kind}").tasks[::40]]
    right = await verdicts([(task, gap_of(task)) for task in tasks], python_judge)
    assert {task.id for task, one in zip(tasks, right, strict=True) if one.status is not Status.PASSED} == set()
    wrong = await verdicts([(task, f"{gap_of(task)}(") for task in tasks[::10]], python_judge)
    assert {one.status for one in wrong} == {Status.FAILED}


async def test_spans_pass_from_outside(python_judge: BoxJudge) -> None:
    """Strict judging joins prompt, span and suffix in the same way."""
    tasks = suite_of("infilling:random-span-light").tasks[::8]
    both = await verdicts([(task, gap_of(task)) for task in tasks], python_judge, strict=True)
    assert {(one.status, one.strict, one.flags) for one in both} == {(Status.PASSED, True, ())}


@pytest.mark.long
@pytest.mark.timeout(1800)
async def test_all_canonical_spans_pass(python_judge: BoxJudge) -> None:
    """8,652 of 8,652, as with the official harness."""
    tasks = [task for kind in KINDS for task in suite_of(f"infilling:{kind}").tasks]
    found = await verdicts([(task, gap_of(task)) for task in tasks], python_judge)
    assert {task.id for task, one in zip(tasks, found, strict=True) if one.status is not Status.PASSED} == set()
    assert len(found) == 8652
