"""The grader `image`: the reward that a task's tests leave is the score, and whatever else is there is no way out."""

from __future__ import annotations

import pytest
from fake_judge import FakeJudge, ran

from assay.core.judging import Attempt, Ended, Outcome
from assay.core.task import Ask, Extract, Task
from assay.core.trial import Status
from assay.graders.image import ImageGrader

TASK = Task(
    id="t",
    language="sh",
    ask=Ask(),
    extract=Extract(path="solve.sh"),
    grading={"judge": "image", "image": "i", "workdir": "", "tests": {}},
)


@pytest.mark.parametrize(
    ("files", "status", "score", "said"),
    [
        ({"reward.txt": b"1\n"}, Status.PASSED, 1.0, ""),
        ({"reward.txt": b"0.25"}, Status.FAILED, 0.25, "reward 0.25"),
        ({"reward.json": b'{"a": 1, "b": 0}', "reward.txt": b"1"}, Status.FAILED, 0.5, "reward 0.5"),
        ({"reward.json": b'{"reward": 1, "b": 0}'}, Status.PASSED, 1.0, ""),
        ({"reward.txt": b"2"}, Status.FAILED, 0.0, "reward 2, and a score lies between 0 and 1"),
        ({"reward.txt": b"-1e300"}, Status.FAILED, 0.0, "and a score lies between 0 and 1"),
        ({"reward.txt": b"1e999"}, Status.FAILED, 0.0, "left no reward"),
        ({"reward.txt": b"yes"}, Status.FAILED, 0.0, "left no reward"),
        ({"reward.json": b"{}"}, Status.FAILED, 0.0, "left no reward"),
        ({}, Status.FAILED, 0.0, "left no reward"),
    ],
)
async def test_a_reward_is_a_score_or_held_against_the_answer(
    files: dict[str, bytes], status: Status, score: float, said: str
) -> None:
    """An answer that leaves a number of its own does not make its trial missing."""
    outcome = Outcome(ended=Ended.DONE, programs=(ran(files=files),))
    verdict = await ImageGrader().grade(TASK, Attempt(files={"solve.sh": "true"}), FakeJudge(outcome))
    assert (verdict.status, verdict.score) == (status, score)
    assert said in verdict.reason
