"""Files of answers in the form of each benchmark's official harness, read into answers to a suite's tasks.

A reader takes a file or a folder as it comes and says of each line what is wrong with it; which answer is right
is none of its business.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from assay.core.names import find
from assay.core.task import Suite

READERS = {
    "humaneval": "assay.exchange.answers.human_eval:read",
    "mbpp": "assay.exchange.answers.human_eval:read",
    "mbpp-sanitized": "assay.exchange.answers.human_eval:read",
    "humaneval+": "assay.exchange.answers.evalplus:read",
    "mbpp+": "assay.exchange.answers.evalplus:read",
    "infilling": "assay.exchange.answers.human_eval:read",
    "cruxeval": "assay.exchange.answers.cruxeval:read",
    "bigcodebench": "assay.exchange.answers.bigcodebench:read",
    "livecodebench": "assay.exchange.answers.livecodebench:read",
    "codecontests": "assay.exchange.answers.generations:read",
    "apps": "assay.exchange.answers.generations:read_apps",
    "multipl-e": "assay.exchange.answers.multipl_e:read",
    "aider-polyglot": "assay.exchange.answers.aider:read",
    "bfcl": "assay.exchange.answers.bfcl:read",
}
"""Suites, by the part of their name before the colon, to readers of their official answer files."""


class Answer(msgspec.Struct, frozen=True):
    """One answer, ready to be judged."""

    task_id: str
    sample: int
    files: dict[str, str]
    """As `Attempt.files`: where the suite's grader looks for the code."""
    completion: str
    """The text as it stood in the file."""
    passed: bool | None = None
    """What the file itself says of it, where it is a file of results."""


class AnswerSet(msgspec.Struct, frozen=True, kw_only=True):
    """What one file or folder holds."""

    answers: tuple[Answer, ...]
    notes: tuple[str, ...] = ()
    """What a person has to know of it: tasks without an answer, tasks with more samples than others."""


Reader = Callable[[Path, Suite], AnswerSet]


def reader_of(suite_name: str) -> Reader:
    """Raises UserError, naming the known ones, where no official answer form is known for this suite."""
    reader: Reader = find(READERS, suite_name.partition(":")[0], what="suite with an official answer form")
    return reader
