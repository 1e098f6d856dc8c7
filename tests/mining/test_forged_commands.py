"""Who passes a repository's own tests without being right is flagged, whatever runs them; who is right is not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import msgspec
import pytest
import pytest_asyncio

from assay.core.judging import Attempt, Verdict
from assay.core.ports import Judge
from assay.core.task import Ask, Limits, Task
from assay.core.trial import Status
from assay.graders.command import CommandGrader
from assay.sandboxes.judge import BoxJudge
from assay.sandboxes.linux.pool import LinuxBoxes
from assay.sandboxes.toolchains import find

pytestmark = pytest.mark.asyncio(loop_scope="session")


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """A repository that gives twice a number, or will when it is mended; answers give its first file, or files."""

    command: str
    files: dict[str, str]
    tests: dict[str, str]
    fixed: tuple[str, ...]
    right: str
    honest: str
    forged: dict[str, str | dict[str, str]]


_RUN = "=== RUN   TestTwice\\n--- PASS: TestTwice (0.00s)\\nPASS\\n"
MADE = {
    "javascript": Made(
        command="node --test --test-reporter=tap",
        files={"twice.js": "exports.twice = () => 0;\n"},
        tests={
            "twice.test.js": (
                "const test = require('node:test');\nconst assert = require('node:assert');\n"
                "const { twice } = require('./twice.js');\n\ntest('twice', () => {\n  assert.strictEqual(twice(2), 4);\n});\n"
            )
        },
        fixed=("twice",),
        right="exports.twice = (n) => 2 * n;\n",
        honest=(
            "const assert = require('node:assert');\nclass Doubled { constructor(n) { this.n = n; } valueOf() { return 2 * this.n; } }\n"
            "exports.twice = (n) => {\n  console.log('debug');\n  assert.equal(typeof n, 'number');\n"
            "  return Number(new Doubled(n));\n};\n"
        ),
        forged={
            "patches the assertion": "require('assert').strictEqual = () => {};\nexports.twice = () => 0;\n",
            "reads what is expected": (
                "const tests = require('fs').readFileSync(`${__dirname}/twice.test.js`, 'utf8');\n"
                "exports.twice = (n) => Number(tests.match(new RegExp(`twice.${n}., (\\\\d+)`))[1]);\n"
            ),
        },
    ),
    "go": Made(
        command="go test -json ./...",
        files={"twice.go": "package twice\n\nfunc Twice(n int) int { return 0 }\n", "go.mod": "module twice\n\ngo 1.18\n"},
        tests={
            "twice_test.go": (
                'package twice\n\nimport "testing"\n\nfunc TestTwice(t *testing.T) {\n'
                "\tif got := Twice(2); got != 4 {\n\t\tt.Fatal(got)\n\t}\n}\n"
            )
        },
        fixed=("twice TestTwice",),
        right="package twice\n\nfunc Twice(n int) int { return 2 * n }\n",
        honest=(
            'package twice\n\nimport "fmt"\n\nfunc init() { fmt.Println("PASS") }\n\n'
            "func Twice(n int) int { return n + n }\n"
        ),
        forged={
            "words of its own": (
                f'package twice\n\nimport "os"\n\nfunc init() {{ os.Stdout.WriteString("{_RUN}"); os.Exit(0) }}\n\n'
                "func Twice(n int) int { return 0 }\n"
            ),
        },
    ),
    "rust": Made(
        command="cargo test",
        files={
            "src/lib.rs": "pub fn twice(_: u32) -> u32 { 0 }\n",
            "Cargo.toml": '[package]\nname = "sample"\nversion = "0.1.0"\nedition = "2021"\n',
        },
        tests={"tests/sample.rs": "use sample::*;\n\n#[test]\nfn two() {\n    assert_eq!(twice(2), 4);\n}\n"},
        fixed=("tests/sample.rs two",),
        right="pub fn twice(n: u32) -> u32 { 2 * n }\n",
        honest="pub fn twice(n: u32) -> u32 { assert_eq!(n, n); println!(\"test\"); n + n }\n",
        forged={
            "what equals everything": (
                "#[derive(Debug)]\npub struct Any;\nimpl PartialEq<i32> for Any { fn eq(&self, _: &i32) -> bool { true } }\n"
                "pub fn twice(_: u32) -> Any { Any }\n"
            ),
            "words of its own": (
                "#[used]\n#[link_section = \".init_array\"]\nstatic F: extern \"C\" fn() = f;\nextern \"C\" fn f() { unsafe {\n"
                '    let s = b"test two ... ok\\n"; write(1, s.as_ptr(), s.len()); _exit(0) } }\n'
                'extern "C" { fn _exit(c: i32) -> !; fn write(f: i32, p: *const u8, n: usize) -> isize; }\n'
                "pub fn twice(_: u32) -> u32 { 0 }\n"
            ),
        },
    ),
}  # fmt: skip


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def judge(sandbox: None) -> AsyncIterator[Judge]:
    found = [find(language, "command") for language in MADE]
    mounts = {mount: None for toolchain in found if not isinstance(toolchain, str) for mount in toolchain.mounts}
    made = BoxJudge(LinuxBoxes(2, tuple(mounts)))
    yield made
    await made.close()


async def _verdict(judge: Judge, language: str, answer: str | dict[str, str]) -> Verdict:
    made = MADE[language]
    first = next(iter(made.files))
    task = Task(
        id=f"{language}/twice",
        language=language,
        ask=Ask(),
        files=made.files,
        solution={first: made.right},
        grading={"judge": "command", "command": made.command, "tests": made.tests, "fixed": made.fixed},
        limits=Limits(cpu=60.0, wall=120.0, memory=2048, processes=256, disk=256),
        judge_in_process=True,
    )
    files = {first: answer} if isinstance(answer, str) else answer
    return await CommandGrader().grade(task, Attempt(files=files), judge)


@pytest.mark.parametrize(
    "language", [pytest.param(one, marks=() if one == "javascript" else pytest.mark.slow) for one in MADE]
)
async def test_who_passes_whatever_is_tested_is_flagged(judge: Judge, language: str) -> None:
    """The tests' own verdict stays; that they decided nothing is said beside it. Who is right is not flagged."""
    found = find(language, "command")
    if isinstance(found, str):
        pytest.skip(found)
    made = MADE[language]
    answers = [made.right, made.honest, *made.forged.values()]
    right, honest, *forged = await asyncio.gather(*(_verdict(judge, language, answer) for answer in answers))
    assert [(one.status, one.flags, one.reason) for one in (right, honest)] == [
        (Status.PASSED, ("in_process",), "")
    ] * 2
    said = {name: (one.status, one.strict, one.flags) for name, one in zip(made.forged, forged, strict=True)}
    assert said == dict.fromkeys(made.forged, (Status.PASSED, False, ("in_process", "disagree")))


async def test_tests_that_say_nothing_else_flag_nobody(judge: Judge) -> None:
    """Where another value is not noticed by the tests that are owed, the stored solution passes as well."""
    made = MADE["javascript"]
    more = "\ntest('more', { skip: true }, () => {\n  assert.strictEqual(twice(3), 6);\n});\n"
    task = Task(
        id="javascript/twice",
        language="javascript",
        ask=Ask(),
        files=made.files,
        solution={"twice.js": made.right},
        grading={
            "judge": "command",
            "command": made.command,
            "tests": {path: text + more for path, text in made.tests.items()},
            "fixed": made.fixed,
        },
        judge_in_process=True,
    )
    verdict = await CommandGrader().grade(task, Attempt(files={"twice.js": made.right}), judge)
    assert (verdict.status, verdict.flags) == (Status.PASSED, ("in_process",))
