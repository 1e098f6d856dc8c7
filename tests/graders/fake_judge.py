"""A judge that says what it was told to: graders are tested on what was seen, not on how."""

from __future__ import annotations

from typing import Any

from assay.core.judging import Ended, Job, Outcome, Raised, Ran, Seen
from assay.core.task import Ask, Task


class FakeJudge:
    """Gives the outcomes it was made with, one a job, and keeps the jobs."""

    def __init__(self, *outcomes: Outcome) -> None:
        self.outcomes = list(outcomes)
        self.jobs: list[Job] = []

    def supports(self, language: str) -> str:
        return "" if language == "python" else f"no {language} here"

    def fingerprint(self, language: str) -> str:
        return "fake"

    async def run(self, job: Job, *, on_run: object = None) -> Outcome:
        self.jobs.append(job)
        return self.outcomes.pop(0)

    async def close(self) -> None:
        return None


def task_of(*cases: dict[str, Any], **grading: Any) -> Task:
    """A Python task with these cases."""
    whole = {
        "entry": "a.py",
        "api": [],
        "records": {},
        "cases": list(cases),
        "checker": "",
        "judge": "cases",
        "tests": {},
    }
    return Task(id="python/t", language="python", ask=Ask(), files={"b.py": "B"}, grading={**whole, **grading})


def returned(*values: Any) -> Outcome:
    """Each case is one call that returned its value."""
    return Outcome(ended=Ended.DONE, cases=tuple((Seen(returned=value),) for value in values))


def raised(*kinds: str, message: str = "") -> Seen:
    return Seen(raised=Raised(kinds, message))


def ran(stdout: bytes = b"", code: int | None = 0, **more: Any) -> Ran:
    return Ran(exit_code=code, stdout=stdout, **more)
