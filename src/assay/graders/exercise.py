"""The grader `exercise`: a folder of sources and tests, judged by its language's own test command in it.

Tests and answer share a process, as the benchmark has it, so a verdict could be forged: each is flagged so. The files
that are not the answer's to change are put back before the tests run. What an honest answer never does is flagged
besides: to bring a file that steers the tests, and to pass without a word of the test program's on tests that passed.
What passes is run once more with tests of which one must fail, and flagged where it passes those, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial

import msgspec

from assay.core.errors import SandboxError, TaskError
from assay.core.judging import Attempt, Ended, Job, Outcome, Program, Verdict
from assay.core.ports import Judge
from assay.core.task import Task
from assay.core.trial import Status, TestCounts
from assay.formats.altered import altered_assertion
from assay.formats.edits.applied import plain_path
from assay.formats.shown import plain
from assay.formats.test_output import cleaned, shortened
from assay.formats.test_paths import steers_tests
from assay.graders.decided import decided_by_tests
from assay.graders.whole_project import judged

RECIPE = "exercise"
_HIDDEN = (".meta", ".docs")
_LATE = re.compile(r"Exceeded timeout of \d+ ms|execution timed out after")
"""A test's own time limit, of seconds on the clock: on a busy machine that is nobody's fault the first time."""
PASSED = {
    "cpp": re.compile(r"^All tests passed \(", re.MULTILINE),
    "go": re.compile(r"^ok\s", re.MULTILINE),
    "java": re.compile(r"^\[ +[1-9]\d* tests successful +\]", re.MULTILINE),
    "javascript": re.compile(r"^Tests: .*\b[1-9]\d* passed", re.MULTILINE),
    "python": re.compile(r"^=+ .*\b[1-9]\d* passed\b.* in ", re.MULTILINE),
    "rust": re.compile(r"^test result: ok\. [1-9]\d* passed", re.MULTILINE),
}
"""What test programs say at their end. Go's says it also when it was left before its first test."""

_FAILING = {
    "cpp": ("TEST_CASE", '\nTEST_CASE("to the end") { REQUIRE(1 == 2); }\n'),
    "go": ('"testing"', '\nfunc TestToTheEnd(t *testing.T) { t.Fatal("to the end") }\n'),
    "java": ("@Test", "\n@org.junit.jupiter.api.Test public void toTheEnd() { throw new AssertionError(); }\n"),
    "javascript": ("test(", "\ntest('to the end', () => { expect(1).toEqual(2); });\n"),
    "python": ("def test", "\n\ndef test_to_the_end():\n    assert 1 == 2\n"),
    "rust": ("#[test]", "\n#[test]\nfn to_the_end() { assert_eq!(1, 2); }\n"),
}
"""By what a file of tests is known, and a test for its end that fails."""


class Exercise(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`Task.grading`, as the suite writes it."""

    folder: str
    files: dict[str, str]
    """All that an answer may not change."""
    tests: tuple[str, ...]
    """Those of them that hold the tests."""


class ExerciseGrader:
    """One run of the command an answer. Passed is what ends with exit code 0, whatever it says."""

    async def grade(self, task: Task, attempt: Attempt, judge: Judge) -> Verdict:
        """Raises SandboxError, TaskError or Unsupported where it is not the answer's fault."""
        exercise = _read(task)
        if attempt.problem:
            status = Status.REFUSED if attempt.problem == "refused" else Status.INVALID
            return Verdict(status=status, score=0.0, reason=attempt.reason, tests=TestCounts(errors=1))
        own = {plain_path(path): text for path, text in attempt.files.items()}
        kept = {path: text for path, text in own.items() if path and path.partition("/")[0] not in _HIDDEN}
        files = {**task.files, **kept, **exercise.files}
        given = _below(exercise.folder, {**task.files, **exercise.files})
        job = Job(
            language=task.language,
            recipe=RECIPE,
            files=_below(exercise.folder, files),
            entry=exercise.folder,
            programs=(Program(),),
            suite_files=tuple(f"{exercise.folder}/{path}" for path in exercise.tests),
            limits=task.limits,
        )
        steers = any(steers_tests(path, task.language) for path in kept if path not in task.files)
        verdict = _verdict(await judged(job, given, judge), exercise.folder, task.language, steers=steers)
        if _LATE.search(str((verdict.detail or {}).get("log", ""))):
            verdict = _verdict(await judged(job, given, judge), exercise.folder, task.language, steers=steers)
        if verdict.status is not Status.PASSED or verdict.flags != ("in_process",):
            return verdict

        async def passes(one_fails: Mapping[str, str], own: Mapping[str, str]) -> bool:
            files = {**task.files, **own, **exercise.files, **one_fails}
            return _passes(await judge.run(msgspec.structs.replace(job, files=_below(exercise.folder, files))))

        for one_fails in _one_fails(exercise, task.language):
            seen = await decided_by_tests(verdict, partial(passes, one_fails), kept, task.solution)
            if seen is not None:
                return seen
        return verdict


def _below(folder: str, files: Mapping[str, str]) -> dict[str, str]:
    return {f"{folder}/{path}": text for path, text in files.items()}


def _one_fails(exercise: Exercise, language: str) -> Iterator[dict[str, str]]:
    """Files of its tests, each such that no answer that is right should pass them."""
    altered = ((path, altered_assertion(exercise.files[path])) for path in exercise.tests)
    if found := next((one for one in altered if one[1]), None):
        yield dict([found])
    mark, test = _FAILING[language]
    for path in exercise.tests:
        text = exercise.files[path]
        if mark in text:
            at = text.rindex("}") if language == "java" else len(text)
            yield {path: text[:at] + test + text[at:]}
            return


def _passes(outcome: Outcome) -> bool:
    return outcome.ended is Ended.DONE and bool(outcome.programs) and outcome.programs[0].exit_code == 0


def _read(task: Task) -> Exercise:
    try:
        return msgspec.convert(task.grading, Exercise)
    except msgspec.ValidationError as error:
        raise TaskError(f"{task.id}: its grading cannot be read: {error}") from error


def _verdict(outcome: Outcome, folder: str, language: str, *, steers: bool) -> Verdict:
    flags = tuple(dict.fromkeys((*outcome.flags, *(["touched_tests"] if steers else []), "in_process")))
    if outcome.ended is Ended.DONE and not outcome.programs:
        raise SandboxError("the judge observed no run of the tests")
    ran = outcome.programs[0] if outcome.programs else None
    said = ran.stdout.decode("utf-8", "replace") if ran is not None else outcome.log
    if _passes(outcome):
        early = () if PASSED[language].search(said) else ("early_exit",)
        return Verdict(status=Status.PASSED, score=1.0, tests=TestCounts(passed=1), flags=(*flags, *early))
    log = shortened(cleaned(said, folder=folder))
    status, reason = Status.FAILED, "the tests fail"
    if outcome.ended is Ended.EXCEEDED:
        status, reason = Status.EXCEEDED, outcome.limit
    elif ran is None or ran.exit_code is None:
        reason = f"the tests did not come to an end: {outcome.log.strip().rpartition(chr(10))[2]}"
    return Verdict(
        status=status,
        score=0.0,
        reason=plain(reason, 500),
        tests=TestCounts(failed=1),
        flags=flags,
        detail={"log": log},
    )
