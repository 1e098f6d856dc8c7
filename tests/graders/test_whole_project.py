"""What an answer makes a project need is its own doing; what the project needs by itself is this machine's."""

from __future__ import annotations

import pytest
from fake_judge import FakeJudge

from assay.core.errors import Unsupported
from assay.core.judging import Attempt, Ended, Job, Outcome, Program, Ran
from assay.core.task import Ask, Task
from assay.core.trial import Status
from assay.graders.exercise import ExerciseGrader
from assay.graders.whole_project import judged

DONE = Outcome(ended=Ended.DONE, programs=(Ran(0),))


class Lacking(FakeJudge):
    """Of everything that is named in some `build.gradle`."""

    async def run(self, job: Job, *, on_run: object = None) -> Outcome:
        for path, text in job.files.items():
            if path.endswith("build.gradle"):
                raise Unsupported(f"there is no {text}")
        return await super().run(job)


def job_of(files: dict[str, str]) -> Job:
    return Job(language="java", entry="a", files=files, programs=(Program(),))


async def test_a_project_that_lacks_something_by_itself_is_not_judged() -> None:
    """Whatever the answer brings."""
    given = {"a/build.gradle": "nowhere"}
    with pytest.raises(Unsupported, match="no nowhere"):
        await judged(job_of({**given, "a/b/build.gradle": "nobody"}), given, Lacking(DONE))


async def test_an_answer_cannot_be_left_out_of_the_count() -> None:
    """By naming what nobody has."""
    task = Task(
        id="java/twice",
        language="java",
        ask=Ask(),
        files={"Twice.java": ""},
        grading={"folder": "twice", "files": {"TwiceTest.java": ""}, "tests": ["TwiceTest.java"]},
    )
    attempt = Attempt(files={"Twice.java": "class Twice {}", "more/build.gradle": "nobody"})
    judge = Lacking(DONE)
    verdict = await ExerciseGrader().grade(task, attempt, judge)
    assert verdict.status is Status.FAILED
    assert "no nobody" in verdict.reason
    assert [list(job.files) for job in judge.jobs] == [["twice/Twice.java", "twice/TwiceTest.java"]]
