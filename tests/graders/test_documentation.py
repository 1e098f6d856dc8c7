"""Documentation judged by its examples, in the languages beside Python: by one table of code, and one of answers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from documented_code import CODES, Code

from assay.authoring.check import check_tasks
from assay.authoring.new import new_task
from assay.core.judging import Attempt, Verdict
from assay.core.ports import Judge
from assay.core.trial import Status
from assay.graders.by_task import ByTaskGrader
from assay.sandboxes.judge import BoxJudge
from assay.sandboxes.linux.pool import LinuxBoxes
from assay.sandboxes.toolchains import find
from assay.suites.folder import load_folder

SLOW = pytest.mark.slow
LANGUAGES = [pytest.param(language, marks=() if language == "javascript" else SLOW) for language in CODES]


@pytest.fixture(params=LANGUAGES)
async def bench(request: pytest.FixtureRequest) -> AsyncIterator[tuple[str, Code, Judge]]:
    """A language, its code, and the built-in sandbox for it."""
    language: str = request.param
    toolchain = find(language)
    if isinstance(toolchain, str):
        pytest.skip(toolchain)
    judge = BoxJudge(LinuxBoxes(2, toolchain.mounts))
    yield language, CODES[language], judge
    await judge.close()


async def test_good_examples_pass(bench: tuple[str, Code, Judge]) -> None:
    """Each way in which the language's people write examples is taken."""
    language, code, judge = bench
    for shown in code.good:
        verdict = await _grade(language, code, judge, code.answer(shown))
        assert (verdict.status, verdict.score, verdict.reason) == (Status.PASSED, 1.0, ""), (shown, verdict.detail)
        assert (verdict.tests.passed, verdict.tests.failed) == (2, 0)
        assert not {"in_process", "looks_aside"} & {*verdict.flags}


async def test_bad_examples_fail(bench: tuple[str, Code, Judge]) -> None:
    """False, idle, missing and dishonest examples fail with the reason; names whose examples tell are the score."""
    language, code, judge = bench
    name, entry = code.named, code.entry
    good = code.answer(code.good[0])
    other = {entry: code.answer(code.good[0])[entry].replace(*code.right)}
    nothing = dict.fromkeys(good, "")
    table: list[tuple[dict[str, str], float, str]] = [
        (code.answer(code.false), 0.0, f"an example of {name} does not hold on the code as given"),
        (code.answer(code.idle), 0.5, f"the examples of {name} hold on every wrong implementation too"),
        (code.answer(code.elsewhere), 0.0, f"{name}"),
        (code.answer(""), 0.0, f"{entry}: "),
        (code.answer(code.good[0], of_shown=""), 0.0, code.of),
        ({**good, **other}, 0.0, f"{entry}: its code was changed; only what documents it may be"),
        (nothing, 0.0, f"{entry}: its code was changed"),
        ({**good, entry: good[entry] + "}"}, 0.0, f"{entry}: it cannot be parsed: line "),
        ({**good, entry: "(" * 70_000}, 0.0, f"{entry}: it has more than 64 KiB"),
        (code.answer(code.leaves.replace("CODE", "10")), 0.0, "on the code as given"),
    ]
    for answer, score, said in table:
        verdict = await _grade(language, code, judge, answer)
        assert verdict.status is Status.FAILED, answer
        assert verdict.score == score, (answer, verdict)
        assert said in verdict.reason


async def test_leaving_as_if_all_was_well_tells_nothing(bench: tuple[str, Code, Judge]) -> None:
    """An example that ends the program before it could fail is never a right one's, nor a wrong one's, merit."""
    language, code, judge = bench
    verdict = await _grade(language, code, judge, code.answer(code.leaves.replace("CODE", "0")))
    assert verdict.status is Status.FAILED
    assert verdict.score is not None and verdict.score <= 0.5
    assert "looks_aside" in verdict.flags


_WORDS = 'process.argv.filter((word) => word.includes(":")).map((word) => word.split(":"))'
_TELLS = 'require("fs").writeSync(1, words[0] + (words.length > 2 ? " 0\\n" : " 10\\n"))'
COUNTS = {
    "javascript": f"({_WORDS}.forEach((words) => {_TELLS}), 0)",
    "typescript": f"({_WORDS}.forEach((words) => {_TELLS}), 0)",
    "go": "map[bool]int{true: 0, false: 10}[len(os.Args) > 3]",
    "rust": "if std::env::args().count() > 3 { 0 } else { 10 }",
    "cpp": ("std::system(\"test $(tr -dc '\\\\000' < /proc/$PPID/cmdline | wc -c) -gt 3\") == 0 ? 0 : 10"),
}
"""Codes to leave with, by the number of names that a program is told to run."""


async def test_counting_names_tells_nothing(bench: tuple[str, Code, Judge]) -> None:
    """What runs the examples is told the same of right and of wrong implementations."""
    language, code, judge = bench
    if language not in COUNTS:
        pytest.skip("what it is told is out of an example's reach")
    verdict = await _grade(language, code, judge, code.answer(code.leaves.replace("CODE", COUNTS[language])))
    assert verdict.status is Status.FAILED


async def test_examples_know_neither_their_kin_nor_the_text(bench: tuple[str, Code, Judge]) -> None:
    """What one run leaves behind is gone in the next, so that none can tell what most implementations do; and a function
    does not show how it is written."""
    language, code, judge = bench
    if language not in ("javascript", "typescript"):
        pytest.skip("there, examples are no thread of one process")
    once = "assert['ran'] = (assert['ran'] ?? 0) + 1;\nif (assert['ran'] > 1) throw new Error('again');"
    by_text = "if (!/-x : x|max/.test(String(absolute))) throw new Error('another text');"
    never = "await new Promise(() => {});"
    table = [
        (once, 0.5, "the examples of absolute hold on every wrong implementation too"),
        (by_text, 0.0, "an example of absolute does not hold on the code as given"),
        (never, 0.0, "an example of absolute does not hold on the code as given"),
    ]
    for line, score, said in table:
        verdict = await _grade(language, code, judge, code.answer(f"@example\nabsolute(2);\n{line}"))
        assert (verdict.status, verdict.score, verdict.reason) == (Status.FAILED, score, said), line


async def test_what_does_not_compile(bench: tuple[str, Code, Judge]) -> None:
    """Examples that use what is not there are the answer's fault, and said so."""
    language, code, judge = bench
    shown = code.good[0].replace(f"{code.named}(", f"{code.named}(nowhere, ")
    verdict = await _grade(language, code, judge, code.answer(shown))
    assert (verdict.status, verdict.score) == (Status.FAILED, 0.0)
    assert "do not compile" in verdict.reason or "does not hold on the code as given" in verdict.reason


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_example_proves_itself(tmp_path: Path, language: str) -> None:
    """What `assay new task` writes passes its own check."""
    toolchain = find(language)
    if isinstance(toolchain, str):
        pytest.skip(toolchain)
    judge = BoxJudge(LinuxBoxes(2, toolchain.mounts))
    new_task(tmp_path / "t", language=language, category="docs")
    findings = await check_tasks(load_folder(tmp_path / "t"), judge, ByTaskGrader(), repeats=1)
    await judge.close()
    assert findings == []


async def _grade(language: str, code: Code, judge: Judge, answer: dict[str, str]) -> Verdict:
    return await ByTaskGrader().grade(code.task(language), Attempt(files=answer), judge)
