"""Programs of prompt, answer and tests, built and run as MultiPL-E's harness does, in each of its languages."""

from __future__ import annotations

import pytest
from spoken_rows import SAID, Said

from assay.core.judging import Attempt, Verdict
from assay.core.trial import Status
from assay.formats.extract import take_code
from assay.graders.program import ProgramGrader
from assay.sandboxes.judge import BoxJudge
from assay.sandboxes.toolchains import find
from assay.suites.asked import Asking
from assay.suites.multipl_e import LANGUAGES, Row, task_of

pytestmark = pytest.mark.asyncio(loop_scope="session")

assert set(SAID) == set(LANGUAGES)

QUICK = ("python", "javascript", "bash", "php")


def spoken(languages: tuple[str, ...] = tuple(SAID)) -> pytest.MarkDecorator:
    """Each language that is here; in a quick run those that need no compiler."""
    rows = [pytest.param(one, marks=() if one in QUICK else pytest.mark.slow) for one in languages]
    return pytest.mark.parametrize("language", rows)


def row(said: Said) -> Row:
    return Row(name="Made_0_f", prompt=said.prompt, tests=said.tests, stop_tokens=("\n###",))


async def judged(language: str, text: str, judge: BoxJudge, *, asking: Asking = "base") -> Verdict:
    found = find(language, "multipl-e")
    if isinstance(found, str):
        pytest.skip(found)
    task = task_of(row(SAID[language]), language=language, asking=asking)
    taken = take_code(text, task.extract, language=language)
    assert not taken.problem
    return await ProgramGrader().grade(task, Attempt(completion=text, files=taken.files), judge)


@spoken()
async def test_right_passes_and_wrong_fails(language: str, judge: BoxJudge) -> None:
    """A right completion passes and its tests come to their end; a wrong one, and one that does not compile, fail
    with the words of the language's own tools."""
    said = SAID[language]
    right = await judged(language, said.right + "\n### what a model goes on with", judge)
    assert (right.status, right.flags, right.reason, right.strict) == (Status.PASSED, ("in_process",), "", None)
    for text in (said.wrong, said.broken):
        verdict = await judged(language, text, judge)
        assert (verdict.status, verdict.flags) == (Status.FAILED, ("in_process",))
        assert verdict.reason


@spoken(tuple(language for language, said in SAID.items() if said.leaves))
async def test_who_leaves_early_passes_officially_and_is_flagged(language: str, judge: BoxJudge) -> None:
    """Exit code 0 before the tests are done is what the official harness takes for success; it does not go
    unnoticed."""
    verdict = await judged(language, SAID[language].leaves, judge)
    assert verdict.status is Status.PASSED
    assert (verdict.strict, {"early_exit", "disagree"} <= set(verdict.flags)) == (False, True)


@pytest.mark.slow
@pytest.mark.parametrize("way", ["os.Exit(0)", "runtime.Goexit()"])
async def test_go_cannot_be_left_early(way: str, judge: BoxJudge) -> None:
    """Go's own test program takes an early end for a failure."""
    code = f'import "{way.partition(".")[0]}"\n\nfunc f(n int) int {{\n\t{way}\n\treturn 0\n}}\n'
    verdict = await judged("go", f"```go\n{code}```", judge, asking="chat")
    assert (verdict.status, "does not compile" in verdict.reason) == (Status.FAILED, False)


OUT_OF_GO = {
    "at the start": 'import "os"\n\nfunc init() { os.Exit(0) }\n\nfunc f(n int) int { return 0 }\n',
    "in place of the tests": ('import "testing"\n\nfunc TestMain(m *testing.M) {}\n\nfunc f(n int) int { return 0 }\n'),
    "by the system": 'import "syscall"\n\nfunc f(n int) int {\n\tsyscall.Exit(0)\n\treturn 0\n}\n',
    "without tests": (
        'import "os"\n\nfunc init() { os.Args = append(os.Args, "-test.run=^$") }\n\nfunc f(n int) int { return 0 }\n'
    ),
}
"""Ways of which its test program does not know."""


@pytest.mark.slow
@pytest.mark.parametrize("way", OUT_OF_GO)
async def test_who_gets_out_of_go_early_is_flagged(way: str, judge: BoxJudge) -> None:
    """What passes with tests that fail at their end has not run them."""
    verdict = await judged("go", f"```go\n{OUT_OF_GO[way]}```", judge, asking="chat")
    assert verdict.status is Status.PASSED
    assert (verdict.strict, verdict.flags) == (False, ("in_process", "early_exit", "disagree"))


@spoken()
async def test_whole_functions_of_conversations_are_joined(language: str, judge: BoxJudge) -> None:
    """A reply's function passes with imports, helpers, a main of its own, or a class by another name around it."""
    for code in SAID[language].replies:
        verdict = await judged(language, f"Here it is:\n\n```{language}\n{code}\n```\n", judge, asking="chat")
        assert (verdict.status, verdict.reason) == (Status.PASSED, "")


async def test_endless_answers_exceed(judge: BoxJudge) -> None:
    """The harness's time limit holds."""
    verdict = await judged("javascript", "    while (true) {}\n}\n", judge)
    assert (verdict.status, verdict.reason) == (Status.EXCEEDED, "cpu")
