"""The grader `examples`: documentation, judged by its examples.

The code must be what it was. Each name's docstring must hold an example that calls it; all examples must come to what
they show, on the code as given and on other right implementations; and each name's own must tell at least one wrong
implementation of it from the right one. Docstrings are taken out of the answer on this side, and what runs in the box
is our implementations beside them, so that nothing there knows which is right.
"""

from __future__ import annotations

import json
import random
from typing import Any

import msgspec

from assay.core.errors import SandboxError, TaskError
from assay.core.ids import content_hash
from assay.core.judging import Attempt, Ended, Job, Program, Ran, Verdict
from assay.core.ports import Judge
from assay.core.task import Task
from assay.core.trial import Status, TestCounts
from assay.formats.python_docs import Module, has_example
from assay.formats.shown import plain
from assay.graders.cases import LOG
from assay.graders.written_tests import ASSERTED, HELD

_RUNNER = "run_examples.py"
_PROGRAM = """\
import doctest
import importlib
import json
import unittest

MODULE, DOCS = json.loads({told!r})


class Examples(unittest.TestCase):
    def test_examples(self):
        module = importlib.import_module(MODULE)
        for name, docstring in DOCS.items():
            test = doctest.DocTestParser().get_doctest(docstring, dict(vars(module)), name, name, 0)
            said = []
            failed, _ = doctest.DocTestRunner(verbose=False).run(test, out=said.append)
            self.assertFalse(failed, "".join(said)[:2000])
"""


class Documented(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`Task.grading` of a task that asks for documentation."""

    judge: str
    entry: str
    """The module."""
    right: dict[str, str]
    """Other right implementations of the whole module, by name."""
    wrong: dict[str, dict[str, str]]
    """By the name that is to be documented: wrong implementations, by name."""


class _Run(msgspec.Struct, frozen=True):
    """Examples of some names on one implementation."""

    what: str
    code: str
    names: tuple[str, ...]
    wrong: str = ""
    """The name that the implementation is wrong in; empty when it is right."""


class ExamplesGrader:
    """One job runs all examples on all implementations."""

    async def grade(self, task: Task, attempt: Attempt, judge: Judge) -> Verdict:
        """Raises SandboxError or TaskError when the apparatus or the task is at fault."""
        try:
            wanted = msgspec.convert(task.grading, Documented)
        except msgspec.ValidationError as error:
            raise TaskError(f"{task.id}: its grading cannot be read: {error}") from error
        owed = TestCounts(errors=len(wanted.wrong))
        if attempt.problem:
            status = Status.REFUSED if attempt.problem == "refused" else Status.INVALID
            return Verdict(status=status, score=0.0, reason=attempt.reason, tests=owed)
        given = task.files[wanted.entry]
        try:
            docs = _docs(given, attempt.files.get(wanted.entry, ""), wanted)
        except ValueError as error:
            return _lost(f"{wanted.entry}: {error}", owed)
        runs = _runs(given, wanted)
        order = list(range(len(runs)))
        random.Random(content_hash(task.task_hash, docs)).shuffle(order)
        programs = tuple(_program(wanted.entry, runs[at], docs) for at in order)
        outcome = await judge.run(
            Job(
                language=task.language,
                files={},
                entry=_RUNNER,
                programs=programs,
                driver="written_tests",
                limits=task.limits,
            )
        )
        if outcome.ended is Ended.EXCEEDED:
            return _lost(outcome.limit, owed, flags=outcome.flags, log=outcome.log, status=Status.EXCEEDED)
        if outcome.ended is not Ended.DONE or len(outcome.programs) != len(runs):
            raise SandboxError(f"the judge observed {len(outcome.programs)} of {len(runs)} runs of the examples")
        ran = dict(zip(order, outcome.programs, strict=True))
        return _verdict(wanted, [(run, ran[at]) for at, run in enumerate(runs)], outcome.flags)


def _docs(given: str, answer: str, wanted: Documented) -> dict[str, str]:
    """The docstrings of all names that are asked for; ValueError says what is wrong with them."""
    written = Module(answer)
    if written.code != Module(given).code:
        raise ValueError("its code was changed; only docstrings and comments may be")
    for name in wanted.wrong:
        if not has_example(written.docs.get(name, ""), name):
            raise ValueError(f"the docstring of {name} holds no example (>>>) that calls it")
    return {name: written.docs[name] for name in wanted.wrong}


def _runs(given: str, wanted: Documented) -> list[_Run]:
    names = tuple(wanted.wrong)
    right = {"the code as given": given} | {f"another right implementation ({n})": c for n, c in wanted.right.items()}
    return [_Run(what, code, (name,)) for what, code in right.items() for name in names] + [
        _Run(what, code, (name,), name) for name, wrong in wanted.wrong.items() for what, code in wrong.items()
    ]


def _program(entry: str, run: _Run, docs: dict[str, str]) -> Program:
    told = json.dumps([entry.removesuffix(".py"), {name: docs[name] for name in run.names}])
    return Program(files={entry: run.code, _RUNNER: _PROGRAM.format(told=told)})


def _verdict(wanted: Documented, seen: list[tuple[_Run, Ran]], flags: tuple[str, ...]) -> Verdict:
    for run, ran in seen:
        if not run.wrong and ran.exit_code != HELD:
            failed = TestCounts(failed=len(wanted.wrong))
            log = ran.stderr.decode("utf-8", "replace")
            return _lost(f"an example of {run.names[0]} does not hold on {run.what}", failed, flags=flags, log=log)
    telling = {run.wrong for run, ran in seen if run.wrong and ran.exit_code == ASSERTED}
    idle = [name for name in wanted.wrong if name not in telling]
    tests = TestCounts(passed=len(telling), failed=len(idle))
    if not idle:
        return Verdict(status=Status.PASSED, score=1.0, tests=tests, flags=flags)
    reason = f"the examples of {', '.join(idle[:5])} hold on every wrong implementation too"
    return _lost(reason, tests, flags=flags, score=len(telling) / len(wanted.wrong))


def _lost(
    reason: str,
    tests: TestCounts,
    *,
    flags: tuple[str, ...] = (),
    log: str = "",
    score: float = 0.0,
    status: Status = Status.FAILED,
) -> Verdict:
    detail: dict[str, Any] = {
        "expected": "examples that hold, and that tell",
        "got": plain(reason, 500),
        "log": log[-LOG:],
    }
    return Verdict(status=status, score=score, reason=plain(reason, 500), tests=tests, flags=flags, detail=detail)
