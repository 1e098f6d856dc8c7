"""Tests that answers hold, in the languages beside Python: what counts as a failed assertion, and what never does."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from assay.authoring.check import check_tasks
from assay.authoring.new import new_task
from assay.core.judging import Attempt, Verdict
from assay.core.ports import Judge
from assay.core.task import Ask, Extract, Limits, Task
from assay.core.trial import Status, TestCounts
from assay.graders.by_task import ByTaskGrader
from assay.sandboxes.drivers import PRELOADED
from assay.sandboxes.judge import BoxJudge
from assay.sandboxes.linux.pool import LinuxBoxes
from assay.sandboxes.toolchains import all_mounts, find
from assay.suites import load
from assay.suites.folder import load_folder
from assay.suites.select import select

JS_GIVEN = "exports.absolute = (x) => (x < 0 ? -x : x);\n"
JS = 'const assert = require("node:assert");\nconst test = require("node:test");\n'
JS += 'const { absolute } = require("./absolute.js");\n'
JS_BOTH = 'test("both", () => { assert.equal(absolute(-2), 2); assert.equal(absolute(3), 3); });\n'
TS = 'import assert from "node:assert/strict";\nimport { test } from "node:test";\nimport { absolute } from "./absolute";\n'
GO = 'package absolute\n\nimport "testing"\n\n'
GO_OS = 'package absolute\n\nimport (\n\t"fmt"\n\t"os"\n\t"testing"\n)\n\n'
GO_BOTH = 'func TestBoth(t *testing.T) {\n\tif Absolute(-2) != 2 || Absolute(3) != 3 {\n\t\tt.Error("wrong")\n\t}\n}\n'
RUST = "use absolute::absolute;\n\n"
RUST_BOTH = "#[test]\nfn both() {\n    assert_eq!(absolute(-2), 2);\n    assert!(absolute(3) == 3);\n}\n"
JAVA_BOTH = "void testBoth() { assert Absolute.of(-2) == 2; assert Absolute.of(3) == 3; }"
CPP = '#include "absolute.hpp"\n#include "check.hpp"\n#include <cstdlib>\n#include <iostream>\n#include <stdexcept>\n\n'
CPP_BOTH = 'TEST_CASE("both") {\n    CHECK(absolute(-2) == 2);\n    CHECK(absolute(3) == 3);\n}\n'


def java(members: str) -> str:
    return f"class AbsoluteTest {{\n    {members}\n}}\n"


# Per language: the file and the file of tests, the one that is shown, a right one, and what the two wrong ones are.
SUBJECTS: dict[str, tuple[str, str, str, str, dict[str, str]]] = {
    "javascript": (
        "absolute.js", "absolute.test.js", JS_GIVEN, "exports.absolute = Math.abs;\n",
        {"same": "exports.absolute = (x) => x;\n", "minus": "exports.absolute = (x) => -x;\n"},
    ),
    "typescript": (
        "absolute.ts", "absolute.test.ts", "export const absolute = (x: number): number => (x < 0 ? -x : x);\n",
        "export function absolute(x: number): number {\n  return Math.abs(x);\n}\n",
        {
            "same": "export const absolute = (x: number): number => x;\n",
            "minus": "export const absolute = (x: number): number => -x;\n",
        },
    ),
    "go": (
        "absolute.go", "absolute_test.go",
        "package absolute\n\nfunc Absolute(x int) int {\n\tif x < 0 {\n\t\treturn -x\n\t}\n\treturn x\n}\n",
        "package absolute\n\nfunc Absolute(x int) int { return max(x, -x) }\n",
        {
            "same": "package absolute\n\nfunc Absolute(x int) int { return x }\n",
            "minus": "package absolute\n\nfunc Absolute(x int) int { return -x }\n",
        },
    ),
    "rust": (
        "absolute.rs", "absolute_test.rs", "pub fn absolute(x: i32) -> i32 {\n    if x < 0 { -x } else { x }\n}\n",
        "pub fn absolute(x: i32) -> i32 {\n    x.abs()\n}\n",
        {
            "same": "pub fn absolute(x: i32) -> i32 {\n    x\n}\n",
            "minus": "pub fn absolute(x: i32) -> i32 {\n    -x\n}\n",
        },
    ),
    "java": (
        "Absolute.java", "AbsoluteTest.java", "class Absolute { static int of(int x) { return x < 0 ? -x : x; } }\n",
        "class Absolute { static int of(int x) { return Math.abs(x); } }\n",
        {
            "same": "class Absolute { static int of(int x) { return x; } }\n",
            "minus": "class Absolute { static int of(int x) { return -x; } }\n",
        },
    ),
    "cpp": (
        "absolute.cpp", "absolute_test.cpp",
        '#include "absolute.hpp"\n\nint absolute(int x) { return x < 0 ? -x : x; }\n',
        '#include "absolute.hpp"\n\n#include <algorithm>\n\nint absolute(int x) { return std::max(x, -x); }\n',
        {
            "same": '#include "absolute.hpp"\n\nint absolute(int x) { return x; }\n',
            "minus": '#include "absolute.hpp"\n\nint absolute(int x) { return -x; }\n',
        },
    ),
}  # fmt: skip
GOOD = {
    "javascript": [
        JS + JS_BOTH,
        JS + 'const { describe, it } = test;\ndescribe("it", () => { it("both", async () => {\n'
        "  assert.deepStrictEqual([absolute(-2), absolute(3)], [2, 3]);\n}); });\n",
        JS + 'test("all", async (t) => { for (const x of [-2, 3]) await t.test(`${x}`, () => {\n'
        "  assert.strictEqual(absolute(x), Math.abs(x));\n}); });\n",
        'import { equal } from "node:assert";\nimport test from "node:test";\nimport { absolute } from "./absolute.js";\n'
        'test("both", () => { equal(absolute(-2), 2); equal(absolute(3), 3); });\n',
    ],
    "typescript": [TS + JS_BOTH, TS.replace("./absolute", "./absolute.ts") + JS_BOTH],
    "go": [
        GO + GO_BOTH,
        GO + "func TestAll(t *testing.T) {\n\tfor x, want := range map[int]int{-2: 2, 3: 3} {\n"
        '\t\tt.Run("it", func(t *testing.T) {\n\t\t\tt.Parallel()\n\t\t\tif got := Absolute(x); got != want {\n'
        "\t\t\t\tt.Fatalf(`Absolute(%d) = %d`, x, got)\n\t\t\t}\n\t\t})\n\t}\n}\n",
        GO + GO_BOTH + '\n// A test that breaks does not hide the one that fails.\nfunc TestA(t *testing.T) {\n'
        '\tif Absolute(-2) != 2 || Absolute(3) != 3 {\n\t\tpanic("wrong")\n\t}\n}\n',
    ],
    "rust": [
        RUST + RUST_BOTH,
        "#[cfg(test)]\nmod tests {\n    use absolute::*;\n\n    #[test]\n    fn both() {\n"
        '        for (x, wanted) in [(-2, 2), (3, 3)] {\n            if absolute(x) != wanted {\n                panic!("{x}");\n'
        "            }\n        }\n    }\n}\n",
        RUST + "#[test]\n#[should_panic]\nfn minus() {\n    assert!(absolute(-2) == -2);\n}\n\n#[test]\n#[should_panic]\n"
        "fn plus() {\n    assert!(absolute(3) == -3);\n}\n",
    ],
    "java": [
        java(JAVA_BOTH),
        java("static void testBoth() { for (int x : new int[] {-2, 3}) equal(Absolute.of(x), x < 0 ? -x : x); }\n"
             "    static void equal(int a, int b) { if (a != b) throw new AssertionError(a + \" is not \" + b); }"),
    ],
    "cpp": [
        CPP + CPP_BOTH,
        CPP + 'TEST_CASE("both") {\n    REQUIRE(absolute(-2) == 2);\n    CHECK_FALSE(absolute(3) != 3);\n}\n',
        CPP + '#include <cassert>\n\nTEST_CASE("both") {\n    assert(absolute(-2) == 2 && absolute(3) == 3);\n}\n',
        CPP + 'TEST_CASE("one") {\n    if (absolute(-2) != 2) std::abort();\n    if (absolute(3) != 3) throw 1;\n}\n\n' + CPP_BOTH,
    ],
}  # fmt: skip
AS_GIVEN = "on the implementation as given: "
BROKE, ASSERTS = AS_GIVEN + "an error that is no failed assertion", AS_GIVEN + "an assertion fails"
NONE, COMPILES = AS_GIVEN + "no test was found", AS_GIVEN + "the tests do not compile"
CAUGHT = "{} of 2 wrong implementations are caught"
BAD: dict[str, dict[str, tuple[str, float, str]]] = {
    "javascript": {
        "nothing": ("", 0, NONE),
        "no JavaScript": ("test((;\n", 0, BROKE),
        "an import that fails": (JS + 'require("./other.js");\n' + JS_BOTH, 0, BROKE),
        "false": (JS + 'test("a", () => assert.equal(absolute(-2), 3));\n', 0, ASSERTS + " (a: AssertionError"),
        "weak": (JS + 'test("a", () => assert.equal(absolute(3), 3));\n', 0.5, CAUGHT.format(1)),
        "another error": (JS + 'test("a", () => { if (absolute(-2) !== 2) throw new Error("assert"); });\n', 0, CAUGHT.format(0)),
        "asserts without a test": (JS + "assert.equal(absolute(-2), 2);\n", 0, NONE),
        "skips": (JS + JS_BOTH.replace("test(", "test.skip("), 0, NONE),
        "to be done": (JS + JS_BOTH.replace("test(", "test.todo("), 0, NONE),
        "leaves as if well": (JS + JS_BOTH + "process.exit(0);\n", 0, NONE),
        "leaves as if caught": (JS + JS_BOTH + "process.exitCode = 10;\n", 0, BROKE),
        "prints a failure": (JS + 'test("a", () => console.log("not ok 1 - AssertionError"));\n', 0, CAUGHT.format(0)),
        "never ends its promise": (JS + 'test("a", () => new Promise(() => {}));\n', 0, BROKE),
        "knows the text": (
            JS + 'const text = require("node:fs").readFileSync(require.resolve("./absolute.js"), "utf8");\n'
            f'test("a", () => assert.equal(text, {JS_GIVEN!r}));\n', 0, "on another right implementation (other)",
        ),
    },
    "typescript": {
        "nothing": ("", 0, NONE),
        "types that do not fit": (TS + 'test("a", () => { assert.equal(absolute("2"), 2); });\n', 0, COMPILES + " (.assay"),
        "weak": (TS + 'test("a", () => { assert.equal(absolute(3), 3); });\n', 0.5, CAUGHT.format(1)),
        "another error": (TS + 'test("a", () => { if (absolute(-2) !== 2) throw new Error(); });\n', 0, CAUGHT.format(0)),
    },
    "go": {
        "nothing": ("package absolute\n", 0, NONE),
        "another package": (GO.replace("absolute", "absolute_test", 1) + GO_BOTH, 0, COMPILES),
        "a name that is not there": (GO + "func TestA(t *testing.T) { other(t) }\n", 0, COMPILES + " (absolute_test.go:5:28: undefined: other)"),
        "weak": (GO + GO_BOTH.replace("Absolute(-2) != 2 || ", ""), 0.5, CAUGHT.format(1)),
        "a panic": (GO + GO_BOTH.replace('t.Error("wrong")', 'panic("--- FAIL: ")'), 0, CAUGHT.format(0)),
        "logs only": (GO + GO_BOTH.replace("t.Error", "t.Log"), 0, CAUGHT.format(0)),
        "skips": (GO + GO_BOTH.replace("t.Error", "t.Skip"), 0, CAUGHT.format(0)),
        "no test's name": (GO + GO_BOTH.replace("TestBoth", "Testboth"), 0, NONE),
        "a comment": (GO.replace("import", "var _ testing.T\nimport", 0) + "/*\n" + GO_BOTH + "*/\nvar _ testing.T\n", 0, NONE),
        "leaves as if well": (GO_OS + 'func TestA(t *testing.T) {\n\tfmt.Println("PASS")\n\tos.Exit(0)\n}\n', 0, CAUGHT.format(0)),
        "leaves as if caught": (GO_OS + 'func TestA(t *testing.T) {\n\tfmt.Print()\n\tos.Exit(10)\n}\n', 0, BROKE),
        "ends all that is linked": (
            GO_OS + GO_BOTH + 'var _ = fmt.Sprint()\n\nfunc init() {\n\tif Absolute(-2) != 2 {\n\t\tos.Exit(7)\n\t}\n}\n', 0.5, CAUGHT.format(1),
        ),
    },
    "rust": {
        "nothing": ("\n", 0, NONE),
        "a name that is not there": (RUST + "use absolute::other;\n" + RUST_BOTH, 0, COMPILES + " (error[E0432]"),
        "weak": (RUST + "#[test]\nfn one() {\n    assert_eq!(absolute(3), 3);\n}\n", 0.5, CAUGHT.format(1)),
        "another error": (
            RUST + '#[test]\nfn one() -> Result<(), String> {\n    if absolute(-2) == 2 { Ok(()) } else { Err("wrong".into()) }\n}\n',
            0, CAUGHT.format(0),
        ),
        "a panic elsewhere": (
            RUST + "#[test]\nfn one() {\n    (0..absolute(-2)).step_by(if absolute(-2) == 2 { 1 } else { 0 }).count();\n}\n", 0, CAUGHT.format(0),
        ),
        "no assertion": (RUST + "#[test]\nfn one() {\n    absolute(-2);\n}\n", 0, CAUGHT.format(0)),
        "ignored": (RUST + RUST_BOTH.replace("#[test]", "#[test]\n#[ignore]"), 0, CAUGHT.format(0)),
        "leaves as if well": (RUST + '#[test]\nfn one() {\n    println!("test one ... ok");\n    std::process::exit(0);\n}\n', 0, CAUGHT.format(0)),
        "leaves as if caught": (RUST + "#[test]\nfn one() {\n    std::process::exit(10);\n}\n", 0, BROKE),
    },
    "java": {
        "nothing": (java(""), 0, NONE),
        "a name that is not there": (java("void testA() { assert Absolute.abs(-2) == 2; }"), 0, COMPILES),
        "another class": (JAVA_BOTH.join(("class Tests { ", " }")), 0, BROKE),
        "weak": (java("void testA() { assert Absolute.of(3) == 3; }"), 0.5, CAUGHT.format(1)),
        "another error": (java("void testA() { if (Absolute.of(-2) != 2) throw new IllegalStateException(); }"), 0, CAUGHT.format(0)),
        "no test's name": (java(JAVA_BOTH.replace("testBoth", "bothTest")), 0, NONE),
        "with a parameter": (java(JAVA_BOTH.replace("()", "(int a)", 1)), 0, NONE),
        "leaves as if well": (java('void testA() { System.out.println("OK (1 test)"); System.exit(0); }'), 0, CAUGHT.format(0)),
        "leaves as if broken": (java("void testA() { System.exit(1); }"), 0, AS_GIVEN + "they end with exit code 1"),
    },
    "cpp": {
        "nothing": (CPP, 0, NONE),
        "a main of its own": (CPP + CPP_BOTH + "int main() {}\n", 0, COMPILES),
        "a name that is not there": (CPP + 'TEST_CASE("a") { CHECK(other(1)); }\n', 0, COMPILES + " (.assay/sources"),
        "weak": (CPP + 'TEST_CASE("a") { CHECK(absolute(3) == 3); }\n', 0.5, CAUGHT.format(1)),
        "another error": (CPP + 'TEST_CASE("a") { if (absolute(-2) != 2) throw std::logic_error("CHECK"); }\n', 0, CAUGHT.format(0)),
        "a crash": (CPP + 'TEST_CASE("a") { if (absolute(-2) != 2) *static_cast<volatile int*>(nullptr) = 1; }\n', 0, CAUGHT.format(0)),
        "no assertion": (CPP + 'TEST_CASE("a") { absolute(-2); }\n', 0, CAUGHT.format(0)),
        "leaves as if well": (CPP + 'TEST_CASE("a") { std::cout << "passed"; std::exit(0); }\n', 0, CAUGHT.format(0)),
        "leaves as if broken": (CPP + 'TEST_CASE("a") { std::exit(3); }\n', 0, BROKE),
    },
}  # fmt: skip
ENDLESS = {
    "javascript": JS + 'test("a", () => { for (;;) absolute(1); });\n',
    "go": GO + "func TestA(t *testing.T) {\n\tfor {\n\t\tAbsolute(1)\n\t}\n}\n",
    "cpp": CPP + 'TEST_CASE("a") { for (volatile int x = 0;; x = absolute(x)) {} }\n',
}


def task_in(language: str) -> Task:
    file, entry, given, other, wrong = SUBJECTS[language]
    beside = {"absolute.hpp": "#pragma once\n\nint absolute(int x);\n"} if language == "cpp" else {}
    return Task(
        id=f"{language}/t",
        language=language,
        ask=Ask(),
        extract=Extract(path=entry),
        files={file: given, **beside},
        grading={
            "judge": "tests",
            "entry": entry,
            "percent": 80,
            "right": {"other": {file: other}},
            "wrong": {name: {file: text} for name, text in wrong.items()},
        },
        limits=Limits(cpu=3, wall=20),
    )


@pytest.fixture
async def judge() -> AsyncIterator[Judge]:
    """The built-in sandbox."""
    made = BoxJudge(LinuxBoxes(2, all_mounts(), PRELOADED))
    yield made
    await made.close()


async def grade(judge: Judge, language: str, tests: str) -> Verdict:
    for recipe in ("", "written-tests"):
        toolchain = find(language, recipe)
        if isinstance(toolchain, str):
            pytest.skip(toolchain)
    task = task_in(language)
    return await ByTaskGrader().grade(task, Attempt(files={task.extract.path: tests}), judge)


@pytest.mark.slow
@pytest.mark.parametrize(("language", "tests"), [(language, one) for language in GOOD for one in GOOD[language]])
async def test_tests_that_tell_right_from_wrong(judge: Judge, language: str, tests: str) -> None:
    """In the forms that the language's people write, they hold on what is right and catch what is wrong."""
    verdict = await grade(judge, language, tests)
    assert (verdict.status, verdict.score, verdict.reason) == (Status.PASSED, 1.0, "")
    assert verdict.tests == TestCounts(passed=4)
    assert "in_process" not in verdict.flags


@pytest.mark.slow
@pytest.mark.parametrize(("language", "name"), [(language, name) for language in BAD for name in BAD[language]])
async def test_tests_that_do_not(judge: Judge, language: str, name: str) -> None:
    """Crashes, compile errors, early ends and printed lies are no failed assertions; the reason says what they are."""
    tests, score, said = BAD[language][name]
    verdict = await grade(judge, language, tests)
    assert verdict.status is Status.FAILED
    assert said in verdict.reason
    assert verdict.score == pytest.approx(score)


@pytest.mark.parametrize("language", ["javascript", "typescript"])
async def test_a_run_knows_nothing_of_the_others(judge: Judge, language: str) -> None:
    """Tests that could compare implementations would tell the wrong ones without a word on what is right: these fail
    where they find another one, or what another run has left, and so hold on all."""
    tests = """import fs from "node:fs";
import assert from "node:assert";
import { test } from "node:test";
import path from "node:path";
import * as tested from "./absolute";
test("alone", () => {
  const places = ["..", "../.assay", "/tmp", "/dev/shm"];
  const found = places.flatMap((place) => fs.readdirSync(place)).filter((name) => /^run|^seen/.test(name));
  for (const place of places) fs.writeFileSync(`${place}/seen`, "");
  assert.deepEqual([...new Set(found.map((name) => name.split(".")[0]))], [path.basename(process.cwd())]);
});
"""
    if language == "javascript":
        tests = re.sub(r"import (?:\* as )?(.+) from (.+);", r"const \1 = require(\2);", tests)
    verdict = await grade(judge, language, tests)
    assert verdict.reason.startswith("0 of 2 wrong implementations are caught"), verdict


@pytest.mark.slow
@pytest.mark.parametrize("language", ENDLESS)
async def test_tests_without_an_end(judge: Judge, language: str) -> None:
    """They are over the limit, and no wrong implementation's fault."""
    verdict = await grade(judge, language, ENDLESS[language])
    assert verdict.status is Status.EXCEEDED
    assert verdict.reason in ("cpu", "wall")


@pytest.mark.slow
@pytest.mark.parametrize("language", SUBJECTS)
async def test_the_example_proves_itself(tmp_path: Path, judge: Judge, language: str) -> None:
    """What `assay new task` writes passes its own check, and its tests catch every wrong implementation."""
    new_task(tmp_path / "t", language=language, category="tests")
    suite = load_folder(tmp_path / "t")
    assert await check_tasks(suite, judge, ByTaskGrader(), repeats=1) == []
    verdict = await ByTaskGrader().grade(suite.tasks[0], Attempt(files=suite.tasks[0].solution), judge)
    assert verdict.tests.failed == 0


@pytest.mark.long
@pytest.mark.parametrize("language", SUBJECTS)
async def test_the_tasks_in_the_box(judge: Judge, language: str) -> None:
    """Their solutions catch every wrong implementation, and their mutants fail."""
    if isinstance(toolchain := find(language, "written-tests"), str):
        pytest.skip(toolchain)
    suite = select(load("core"), languages=[language], categories=["tests"])
    assert await check_tasks(suite, judge, ByTaskGrader(), repeats=1) == []
    for task in suite.tasks:
        verdict = await ByTaskGrader().grade(task, Attempt(files=task.solution), judge)
        assert verdict.tests.failed == 0, task.id
