"""The grading form of official protocols that put tests and answer into one program."""

from __future__ import annotations

import re

import msgspec

from assay.core.errors import TaskError
from assay.core.judging import Attempt
from assay.core.task import Task

HALVES = re.compile("[\ud800-\udfff]")


class OneProcess(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`Task.grading`, as suites of such benchmarks write it: texts of the benchmark, joined as its harness does."""

    path: str = "answer.py"
    """The answer's file."""
    before: str = ""
    between: str = ""
    """What follows the answer at once, where it fills a gap in a program."""
    after: str
    """The tests; they begin on a line of their own."""
    names: tuple[str, ...] = ()
    """The functions that the tests take from the answer, everything else they use being the benchmark's own;
    empty: all functions of the solution that they name."""
    solution: str
    """The benchmark's own whole program, to learn from which calls its tests make."""
    needed: str = ""
    """What must stand in an answer: without it, it is wrong unrun."""
    barred: str = ""
    """What must not."""
    apart: OneProcess | None = None
    """How strict judging joins the same answer, where the official joining leaves the tests nothing to call."""

    def wrong_unrun(self, answer: str) -> str:
        """Why the official harness does not even run this answer; empty when it does."""
        if self.needed not in answer:
            return f"“{self.needed}” does not stand in it, so that the official harness does not run it"
        if self.barred and self.barred in answer:
            return f"“{self.barred}” stands in it, so that the official harness does not run it"
        return ""

    def answer_of(self, attempt: Attempt) -> str:
        """Its text. Half a character, which cannot be sent, becomes a zero: neither compiles."""
        return HALVES.sub("\0", attempt.files.get(self.path, ""))

    def together(self, answer: str) -> str:
        return self.before + answer + self.between

    def runs_on(self, answer: str) -> bool:
        """Whether its last line goes on with the first one of the tests, which may then never be reached."""
        return self.together(answer).endswith(("\\", "\\\r"))  # with what ends its line it is "\\\r\n"

    def program(self, answer: str) -> tuple[str, int]:
        """The official program, and the line on which its tests begin."""
        first = self.together(answer) + "\n"
        return first + self.after, len(first.replace("\r\n", "\n").replace("\r", "\n").split("\n"))


def read_one_process(task: Task) -> OneProcess:
    """Raises TaskError when the task's grading is not of this form."""
    try:
        return msgspec.convert(task.grading, OneProcess)
    except msgspec.ValidationError as error:
        raise TaskError(f"{task.id}: its grading cannot be read: {error}") from error
