"""The grader `command`: a repository's tree, judged by its own test command in it, test by test.

Tests and answer share a process, as the repository has it, so a verdict could be forged: each is flagged so. Its
original tests are put back first; an answer that would have changed them is flagged, and so is one that passes as well
when they expect something else, where the stored solution does not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import msgspec

from assay.core.errors import SandboxError, TaskError
from assay.core.judging import Attempt, Ended, Job, Outcome, Program, Verdict
from assay.core.ports import Judge
from assay.core.task import Limits, Task
from assay.core.trial import Status, TestCounts
from assay.formats.altered import altered_assertion
from assay.formats.edits.applied import plain_path
from assay.formats.shown import plain
from assay.formats.test_output import cleaned, shortened
from assay.formats.test_paths import is_test, steers_tests
from assay.formats.test_results import PASSED, read_results
from assay.graders.decided import decided_by_tests
from assay.graders.whole_project import judged

RECIPE = "command"
FOLDER = "repository"
_NAMED = 5
"""Failing tests that are named."""


class Commanded(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`Task.grading`, as the reader of folders writes it."""

    judge: str
    command: str
    tests: dict[str, str]
    """Files that are hidden until the tests run."""
    put_back: tuple[str, ...] = ()
    """Paths of the starting files that are tests, too."""
    fixed: tuple[str, ...] = ()
    """Names of tests that the fix makes pass."""
    kept: tuple[str, ...] = ()
    """Names of those that pass before and after. Without either, the exit code decides."""


class CommandGrader:
    """One run of the command an answer. Passed is where each test that is named passes."""

    async def grade(self, task: Task, attempt: Attempt, judge: Judge) -> Verdict:
        """Raises SandboxError, TaskError or Unsupported where it is not the answer's fault."""
        owed = _read(task)
        if attempt.problem:
            status = Status.REFUSED if attempt.problem == "refused" else Status.INVALID
            return Verdict(status=status, score=0.0, reason=attempt.reason, tests=TestCounts(errors=1))
        originals = {**{path: task.files[path] for path in owed.put_back}, **owed.tests}
        own, touched = _own(task, attempt, originals)

        def job(files: Mapping[str, str], tests: Mapping[str, str] = originals) -> Job:
            tree = {**task.files, **files, **tests}
            return command_job(task.language, owed.command, files=tree, tests=tuple(tests), limits=task.limits)

        verdict = _verdict(await judged(job(own), job({}).files, judge), owed, touched=touched)
        if verdict.status is not Status.PASSED or verdict.flags != ("in_process",):
            return verdict
        otherwise = {**originals, **{path: _otherwise(text) for path, text in owed.tests.items()}}
        if otherwise == originals:
            return verdict

        async def passes(files: Mapping[str, str]) -> bool:
            outcome = await judge.run(job(files, otherwise))
            ended = outcome.ended is Ended.DONE and outcome.programs[0].exit_code is not None
            return ended and not _lost(outcome, owed)[0]

        return await decided_by_tests(verdict, passes, own, task.solution) or verdict


_GO_TEST = re.compile(r"^(func Test\w*\((\w+) \*testing\.T\) \{)", re.MULTILINE)


def _otherwise(tests: str) -> str:
    """Tests that who is right does not pass, where that can be said of them; Go's have no assertions to alter."""
    return altered_assertion(tests) or _GO_TEST.sub(r'\1 \2.Fatal("otherwise");', tests)


def command_job(language: str, command: str, *, files: Mapping[str, str], tests: Sequence[str], limits: Limits) -> Job:
    """One run of `command` in a tree of `files`, of which `tests` are looked after."""
    return Job(
        language=language,
        recipe=RECIPE,
        files={f"{FOLDER}/{path}": text for path, text in files.items()},
        entry=FOLDER,
        programs=(Program(argv=(command,)),),
        suite_files=tuple(f"{FOLDER}/{path}" for path in tests),
        limits=limits,
    )


def printed(outcome: Outcome) -> str:
    """All that the command said, with paths as the repository has them."""
    said = outcome.programs[-1].stdout.decode("utf-8", "replace") if outcome.programs else outcome.log
    return said.replace(f"/box/{FOLDER}/", "")


def _read(task: Task) -> Commanded:
    try:
        return msgspec.convert(task.grading, Commanded)
    except msgspec.ValidationError as error:
        raise TaskError(f"{task.id}: its grading cannot be read: {error}") from error


def _own(task: Task, attempt: Attempt, originals: Mapping[str, str]) -> tuple[dict[str, str], bool]:
    """The files of an answer that count, and whether there were others that could have moved the tests. Tests of its
    own are left out in silence: they decide nothing."""
    kept: dict[str, str] = {}
    touched = False
    for named, text in attempt.files.items():
        path = plain_path(named)
        if path in originals:
            touched = touched or text.strip() != originals[path].strip()
        elif path and steers_tests(path, task.language) and path not in task.solution:
            touched = touched or text != task.files.get(path)
        elif path and not is_test(path, task.language):
            kept[path] = text
    return kept, touched


def _verdict(outcome: Outcome, owed: Commanded, *, touched: bool) -> Verdict:
    own = ("touched_tests",) if touched else ()
    flags = tuple(dict.fromkeys((*outcome.flags, *own, "in_process")))
    if outcome.ended is Ended.DONE and not outcome.programs:
        raise SandboxError("the judge observed no run of the tests")
    said = cleaned(printed(outcome), folder=FOLDER)
    if outcome.ended is Ended.DONE and outcome.programs[0].exit_code is not None:
        lost, total = _lost(outcome, owed)
        if not lost:
            return Verdict(status=Status.PASSED, score=1.0, tests=TestCounts(passed=total), flags=flags)
        more = f" and {len(lost) - _NAMED} more" if len(lost) > _NAMED else ""
        status, reason = Status.FAILED, f"does not pass: {', '.join(lost[:_NAMED])}{more}"
        tests = TestCounts(passed=total - len(lost), failed=len(lost))
    elif outcome.ended is Ended.EXCEEDED:
        status, reason, tests = Status.EXCEEDED, outcome.limit, TestCounts(failed=1)
    else:
        last = outcome.log.strip().rpartition("\n")[2]
        status, reason, tests = Status.FAILED, f"the tests did not come to an end: {last}", TestCounts(failed=1)
    detail = {"log": shortened(said)}
    return Verdict(status=status, score=0.0, reason=plain(reason, 500), tests=tests, flags=flags, detail=detail)


def _lost(outcome: Outcome, owed: Commanded) -> tuple[list[str], int]:
    """The tests that had to pass and did not, and how many had to."""
    named = (*owed.fixed, *owed.kept)
    if not named:
        return ([] if outcome.programs[0].exit_code == 0 else ["the test command"]), 1
    results = read_results(owed.command, printed(outcome))
    return [name for name in named if results.get(name) != PASSED], len(named)
