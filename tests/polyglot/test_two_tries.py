"""Two tries in one conversation: what is asked when, and what comes of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from exercises import RIGHT, WRONG, Answers, whole, write_exercise

from assay.core.entrant import Entrant
from assay.core.judging import Attempt, Verdict
from assay.core.messages import Reply
from assay.core.task import Task
from assay.core.trial import Status
from assay.solvers import solver_class
from assay.suites.aider_polyglot import load
from assay.suites.asked import Asked

ENTRANT = Entrant(name="m", type="openai")
LOG = "E  assert 6 == 4\nSyntaxError: not really"


def task_in(folder: Path, form: str = "whole") -> Task:
    write_exercise(folder)
    return load(Asked(name="aider-polyglot", part=form, data=folder)).tasks[0]


async def judge(attempt: Attempt) -> Verdict:
    """As the tests would: right is what doubles."""
    if attempt.files["twice.py"] == RIGHT:
        return Verdict(status=Status.PASSED, score=1.0)
    if "while" in attempt.files["twice.py"]:
        return Verdict(status=Status.EXCEEDED, score=0.0, reason="wall")
    return Verdict(status=Status.FAILED, score=0.0, reason="the tests fail", detail={"log": LOG})


async def solved(task: Task, *replies: str | Reply) -> tuple[Attempt, Answers]:
    model = Answers(*replies)
    attempt = await solver_class("two_tries")(suite="aider-polyglot").solve(task, model, ENTRANT, 0, judge)
    assert len(model.asked) == len(replies)
    return attempt, model


async def test_right_at_once(tmp_path: Path) -> None:
    """Nothing is asked after the tests pass."""
    attempt, model = await solved(task_in(tmp_path), whole(RIGHT))
    assert attempt.facts["tests_outcomes"] == [True]
    assert (attempt.files["twice.py"], attempt.turns, attempt.problem) == (RIGHT, 1, "")
    first = model.asked[0].messages
    assert "Double a number." in first[-1].content and "supplied files: twice.py\n" in first[-1].content


async def test_a_second_try_sees_the_output_of_the_tests(tmp_path: Path) -> None:
    """The output goes into the same conversation, with the files as they are by then."""
    attempt, model = await solved(task_in(tmp_path), whole(WRONG), whole(RIGHT))
    assert attempt.facts["tests_outcomes"] == [False, True]
    assert attempt.facts["syntax_errors"] == 1
    asked = model.asked[1].messages
    assert asked[-1].content.startswith(LOG + "\n####\n\nSee the testing errors above.")
    assert "Fix the code in twice.py to resolve the errors." in asked[-1].content
    assert any(message.content == whole(WRONG) for message in asked)
    assert WRONG in asked[-3].content


async def test_two_tries_are_all(tmp_path: Path) -> None:
    """Wrong twice is wrong, and the last files are handed in."""
    attempt, _ = await solved(task_in(tmp_path), whole(WRONG), whole(WRONG + "# again ... and again\n"))
    assert attempt.facts["tests_outcomes"] == [False, False]
    assert attempt.files["twice.py"].endswith("again\n")
    assert attempt.facts["lazy_comments"] == 1


async def test_tests_without_end_are_said_to_have_timed_out(tmp_path: Path) -> None:
    """In the benchmark's own words, and counted."""
    attempt, model = await solved(task_in(tmp_path), whole("while True: pass\n"), whole(RIGHT))
    assert attempt.facts["test_timeouts"] == 1
    assert model.asked[1].messages[-1].content.startswith("Tests timed out!\n")


async def test_a_malformed_reply_is_sent_back(tmp_path: Path) -> None:
    """With the reason, three times at most a try, and counted; what comes after it is judged."""
    broken = "twice.py\n```\n<<<<<<< SEARCH\nno such line\n=======\n>>>>>>> REPLACE\n```\n"
    good = f"twice.py\n```\n<<<<<<< SEARCH\n    pass\n=======\n{RIGHT.splitlines()[1]}\n>>>>>>> REPLACE\n```\n"
    attempt, model = await solved(task_in(tmp_path, "diff"), broken, good)
    assert attempt.facts["num_malformed_responses"] == 1
    assert attempt.facts["tests_outcomes"] == [True]
    assert "no such line" in model.asked[1].messages[-1].content
    attempt, _ = await solved(task_in(tmp_path, "diff"), *[broken] * 8)
    assert attempt.facts["num_malformed_responses"] == 8
    assert (attempt.problem, attempt.facts["tests_outcomes"]) == ("invalid", [False, False])


@pytest.mark.parametrize(
    ("finish", "problem", "exhausted"),
    [("stop", "invalid", 0), ("refusal", "refused", 0), ("length", "invalid", 2)],
)
async def test_replies_that_change_nothing(tmp_path: Path, finish: str, problem: str, exhausted: int) -> None:
    """They are no answer; those that were cut off are not followed, as officially."""
    text = whole(RIGHT) if finish == "length" else "No."
    attempt, _ = await solved(task_in(tmp_path), *[Reply(text, finish_reason=finish)] * 2)
    assert attempt.problem == problem
    assert attempt.facts["num_exhausted_context_windows"] == exhausted


async def test_the_entrant_s_words_and_settings_are_kept(tmp_path: Path) -> None:
    """Its system prompt stands before the format's; thinking is no edit."""
    task, model = task_in(tmp_path), Answers(f"<think>\n{whole(WRONG)}</think>\n{whole(RIGHT)}")
    entrant = Entrant(name="m", type="openai", system="Be brief.")
    attempt = await solver_class("two_tries")(suite="s").solve(task, model, entrant, 3, judge)
    (asked,) = model.asked
    assert asked.messages[0].content.startswith("Be brief.\n\n")
    assert asked.subject is not None and (asked.subject.task_id, asked.subject.sample) == ("python/twice", 3)
    facts: dict[str, Any] = attempt.facts
    assert facts["tests_outcomes"] == [True]
