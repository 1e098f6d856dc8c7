"""Each language's own test command, in the sandbox: right passes, wrong fails, and nobody can move the tests."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest
import pytest_asyncio
from exercises import RIGHT, STUB, WRONG, write_exercise

from assay.core.errors import Unsupported
from assay.core.judging import Attempt, Job, Program, Verdict
from assay.core.ports import Judge
from assay.core.task import Task
from assay.core.trial import Status
from assay.graders import exercise, grader_class
from assay.sandboxes.judge import BoxJudge
from assay.sandboxes.linux.pool import LinuxBoxes
from assay.sandboxes.toolchains import find
from assay.sandboxes.toolchains.exercises import MODULES
from assay.suites import load
from assay.suites.aider_polyglot import LIMITS

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def judge() -> AsyncIterator[Judge]:
    found = [find(language, "exercise") for language in MODULES]
    mounts = {mount: None for toolchain in found if not isinstance(toolchain, str) for mount in toolchain.mounts}
    made = BoxJudge(LinuxBoxes(2, tuple(mounts)))
    yield made
    await made.close()


@pytest.mark.long
@pytest.mark.parametrize("language", sorted(MODULES))
async def test_a_sample_passes_and_fails_in_every_language(judge: Judge, language: str) -> None:
    """The command's exit code is the verdict; what fails is printed."""
    toolchain = find(language, "exercise")
    if isinstance(toolchain, str):
        pytest.skip(toolchain)
    job = msgspec.structs.replace(toolchain.trivial, recipe="exercise", limits=LIMITS)
    wrong = {path: text.replace("2 * number", "3 * number") for path, text in job.files.items()}
    right, failed = await asyncio.gather(judge.run(job), judge.run(msgspec.structs.replace(job, files=wrong)))
    assert right.programs[0].exit_code == 0, right
    said = right.programs[0].stdout.decode()
    assert language == "cpp" or exercise.PASSED[language].search(said), said  # this sample has no Catch
    assert failed.programs[0].exit_code, failed
    assert failed.programs[0].stdout


async def graded(judge: Judge, folder: Path, answer: str, **more: str) -> tuple[Task, Verdict]:
    write_exercise(folder)
    (task,) = load("aider-polyglot", data=folder).tasks
    attempt = Attempt(files={"twice.py": answer, **{path.replace("__", "/"): text for path, text in more.items()}})
    return task, await grader_class("exercise")().grade(task, attempt, judge)


async def test_right_wrong_and_stub(judge: Judge, tmp_path: Path) -> None:
    """The stored example passes, the stub and a wrong answer fail with the output that a second try is shown."""
    _, right = await graded(judge, tmp_path, RIGHT)
    assert (right.status, right.flags) == (Status.PASSED, ("in_process",))
    for answer in (STUB, WRONG):
        _, verdict = await graded(judge, tmp_path, answer)
        assert verdict.status is Status.FAILED
        log = (verdict.detail or {})["log"]
        assert "assert" in log and "twice_test.py" in log
        assert "/box" not in log and "0.0" not in log


async def test_an_answer_cannot_bring_tests_or_project_files(judge: Judge, tmp_path: Path) -> None:
    """They are put back, and paths that lead out of the folder are dropped."""
    more = {"twice_test.py": "def test_nothing(): pass\n", "..__x.py": "", ".meta__x": "", "helper.py": "N = 2\n"}
    _, verdict = await graded(judge, tmp_path, WRONG, **more)
    assert verdict.status is Status.FAILED
    _, verdict = await graded(judge, tmp_path, "from helper import N\ndef twice(n): return N * n\n", **more)
    assert verdict.status is Status.PASSED


async def test_changing_the_tests_is_noticed(judge: Judge, tmp_path: Path) -> None:
    """While they run, in one process with the answer, nothing stops it; it is flagged."""
    _, verdict = await graded(judge, tmp_path, "open('twice_test.py', 'w').write('')\n" + RIGHT)
    assert set(verdict.flags) == {"in_process", "touched_tests"}


LEAVES = "import os\nos._exit(0)\n"
FORGED = [
    ({"twice.py": "def twice(number):\n    import os\n    os._exit(0)\n"}, {"early_exit"}),
    ({"twice.py": LEAVES}, {"early_exit"}),
    ({"twice.py": WRONG, "pytest.py": "def main(): return 0\n"}, {"early_exit"}),
    ({"twice.py": WRONG, "pytest.ini": "[pytest]\naddopts = --collect-only\n"}, {"early_exit", "touched_tests"}),
    (
        {"twice.py": WRONG, "conftest.py": "def pytest_runtest_makereport(item, call): call.excinfo = None\n"},
        {"touched_tests"},
    ),
]


@pytest.mark.parametrize(("files", "flags"), FORGED)
async def test_who_passes_without_its_tests_is_flagged(
    judge: Judge, tmp_path: Path, files: dict[str, str], flags: set[str]
) -> None:
    """Exit code 0 is success to the benchmark, whoever gives it."""
    _, verdict = await graded(judge, tmp_path, files["twice.py"], **files)
    assert (verdict.status, set(verdict.flags)) == (Status.PASSED, {"in_process", *flags})


@pytest.mark.parametrize(
    ("language", "file", "text", "missing"),
    [
        ("java", "build.gradle", 'implementation "io.example:nowhere:1.0"', "nowhere"),
        ("rust", "Cargo.toml", '[dependencies]\nno-such-crate-here = "1"\n', "no-such-crate-here"),
    ],
)
async def test_what_is_not_here_is_no_failure(judge: Judge, language: str, file: str, text: str, missing: str) -> None:
    """An exercise that needs a library which this machine lacks is not judged, and the library is named."""
    if reason := judge.supports(f"{language}:exercise"):
        pytest.skip(reason)
    job = Job(language=language, recipe="exercise", entry="a", files={f"a/{file}": text}, programs=(Program(),))
    with pytest.raises(Unsupported, match=missing):
        await judge.run(job)


async def test_an_unknown_language_is_named() -> None:
    """There are six."""
    assert "exercises in 'bash' are not known" in str(find("bash", "exercise"))
