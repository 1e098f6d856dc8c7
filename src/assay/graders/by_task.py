"""The grader `by_task`: suites in whose folders each task says itself how it is judged."""

from __future__ import annotations

from assay.core.errors import TaskError
from assay.core.judging import Attempt, Verdict
from assay.core.ports import Grader, Judge
from assay.core.task import Task
from assay.graders.cases import CasesGrader
from assay.graders.examples import ExamplesGrader
from assay.graders.findings import FindingsGrader
from assay.graders.written_tests import WrittenTestsGrader


class ByTaskGrader:
    """Hands each attempt to the grader of its task's word `judge`."""

    def __init__(self) -> None:
        cases = CasesGrader()
        self._graders: dict[str, Grader] = {
            "cases": cases,
            "in-process": cases,
            "findings": FindingsGrader(),
            "tests": WrittenTestsGrader(),
            "examples": ExamplesGrader(),
        }

    async def grade(self, task: Task, attempt: Attempt, judge: Judge) -> Verdict:
        """Raises what that grader raises, and TaskError when there is none."""
        grader = self._graders.get(str(task.grading.get("judge")))
        if grader is None:
            raise TaskError(f"{task.id}: nobody here judges “{task.grading.get('judge')}”")
        return await grader.grade(task, attempt, judge)
