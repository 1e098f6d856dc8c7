"""Who passes an exercise's tests without being right is flagged in each language; who is right is not."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import msgspec
import pytest
import pytest_asyncio

from assay.core.judging import Attempt, Verdict
from assay.core.ports import Judge
from assay.core.task import Ask, Task
from assay.core.trial import Status
from assay.formats.altered import altered_assertion
from assay.graders.exercise import ExerciseGrader
from assay.sandboxes.judge import BoxJudge
from assay.sandboxes.linux.pool import LinuxBoxes
from assay.sandboxes.toolchains import find
from assay.suites.aider_polyglot import LIMITS

pytestmark = pytest.mark.asyncio(loop_scope="session")


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """An exercise that asks for twice a number, and answers to it: a text for its first file, or files."""

    given: dict[str, str]
    files: dict[str, str]
    tests: str
    honest: tuple[str, ...]
    forged: dict[str, str | dict[str, str]]


_CATCH = """#pragma once
#include <cstdio>
#include <vector>
struct Case { void (*run)(); Case(void (*f)()) : run(f) { all().push_back(this); }
    static std::vector<Case*>& all() { static std::vector<Case*> made; return made; } };
struct Failed {};
#define JOINED(a, b) a##b
#define NAMED(a, b) JOINED(a, b)
#define TEST_CASE(n) static void NAMED(test_, __LINE__)(); static Case NAMED(case_, __LINE__)(NAMED(test_, __LINE__)); \\
    static void NAMED(test_, __LINE__)()
#define REQUIRE(...) do { if (!(__VA_ARGS__)) throw Failed(); } while (0)
"""
_PASSED = "All tests passed (1 assertion in 1 test case)"
_EXTENSION = (
    "public class Ext implements org.junit.jupiter.api.extension.TestExecutionExceptionHandler {\n"
    "    public void handleTestExecutionException(org.junit.jupiter.api.extension.ExtensionContext c, Throwable t) { }\n}\n"
)
_NO_TWICE = "class Twice { static int twice(int n) { return 0; } }\n"
_CARGO = '[package]\nname = "sample"\nversion = "0.1.0"\nedition = "2021"\n'

MADE = {
    "python": Made(
        given={"twice.py": "def twice(number):\n    pass\n"},
        files={"twice_test.py": "import unittest\n\nfrom twice import twice\n\n\nclass TwiceTest(unittest.TestCase):\n"
                "    def test_two(self):\n        self.assertEqual(twice(2), 4)\n"},
        tests="twice_test.py",
        honest=("print('debug')\n\n\ndef twice(number):\n    assert number\n    return 2 * number\n",),
        forged={
            "what equals everything": (
                "class Any:\n    def __eq__(self, other):\n        return True\n\n\ndef twice(number):\n    return Any()\n"
            ),
        },
    ),
    "javascript": Made(
        given={"twice.js": "export const twice = () => 0;\n"},
        files={
            "package.json": '{"name": "sample", "private": true}\n',
            "babel.config.js": "module.exports = {presets: [['@exercism/babel-preset-javascript', {corejs: '3.37'}]]};\n",
            "twice.spec.js": (
                "import { describe, expect, test } from '@jest/globals';\nimport { twice } from './twice';\n\n"
                "describe('twice', () => {\n  test('two', () => {\n    expect(twice(2)).toEqual(4);\n  });\n});\n"
            ),
        },
        tests="twice.spec.js",
        honest=(
            "class TwiceError extends Error {}\nconst expected = new Map();\nexport const twice = (n) => {\n"
            "  if (typeof n !== 'number') throw new TwiceError();\n  console.log('debug');\n"
            "  expected.set(n, 2 * n);\n  return expected.get(n);\n};\n",
        ),
        forged={
            "matchers of its own": (
                "expect.extend({ toEqual: () => ({ pass: true, message: () => '' }) });\nexport const twice = () => 0;\n"
            ),
            "what equals everything": "expect.addEqualityTesters([() => true]);\nexport const twice = () => 0;\n",
            "a matcher for a value": "export const twice = () => expect.anything();\n",
            "reads what is expected": (
                "const tests = require('fs').readFileSync(`${__dirname}/twice.spec.js`, 'utf8');\n"
                "export const twice = (n) => Number(tests.match(new RegExp(`${n}\\\\)\\\\).toEqual.(\\\\d+)`))[1]);\n"
            ),
            "words of its own": (
                "require('fs').writeSync(1, '\\nTests:       2 passed, 2 total\\n');\nprocess.reallyExit(0);\n"
                "export const twice = () => 0;\n"
            ),
            "rewrites the tests as they load": {
                "twice.js": "export const twice = () => 0;\n",
                ".babelrc": '{"plugins": ["./plug.js"]}\n',
                "plug.js": (
                    "module.exports = () => ({ visitor: { CallExpression(p) {\n"
                    "  const called = p.node.callee.property;\n"
                    "  if (called && called.name === 'toEqual') {\n"
                    "    called.name = 'toBeDefined';\n    p.node.arguments = [];\n  }\n} } });\n"
                ),
            },
        },
    ),
    "go": Made(
        given={"twice.go": "package twice\n\nfunc Twice(n int) int { return 0 }\n"},
        files={
            "go.mod": "module sample\n\ngo 1.18\n",
            "twice_test.go": (
                'package twice\n\nimport "testing"\n\nfunc TestTwice(t *testing.T) {\n'
                "\tif got := Twice(2); got != 4 {\n\t\tt.Fatal(got)\n\t}\n}\n"
            ),
        },
        tests="twice_test.go",
        honest=(
            'package twice\n\nimport (\n\t"fmt"\n\t"os"\n)\n\nvar table = map[int]int{}\n\n'
            'func init() { fmt.Fprintln(os.Stderr, "debug") }\n\n'
            "func Twice(n int) int {\n\ttable[n] = n * 2\n\treturn table[n]\n}\n",
        ),
        forged={
            "leaves at the start": (
                'package twice\n\nimport "os"\n\nfunc init() { os.Exit(0) }\n\nfunc Twice(n int) int { return 0 }\n'
            ),
            "leaves by the system": (
                'package twice\n\nimport "syscall"\n\nfunc Twice(n int) int {\n\tsyscall.Exit(0)\n\treturn 0\n}\n'
            ),
            "skips all tests": (
                'package twice\n\nimport "os"\n\nfunc init() { os.Args = append(os.Args, "-test.skip=.*") }\n\n'
                "func Twice(n int) int { return 0 }\n"
            ),
            "reads what is expected": (
                'package twice\n\nimport (\n\t"os"\n\t"regexp"\n\t"strconv"\n)\n\nfunc Twice(n int) int {\n'
                '\ts, _ := os.ReadFile("twice_test.go")\n'
                "\tm := regexp.MustCompile(`Twice\\(` + strconv.Itoa(n) + `\\); got != (\\d+)`).FindSubmatch(s)\n"
                "\tk, _ := strconv.Atoi(string(m[1]))\n\treturn k\n}\n"
            ),
            "a main of its own": {
                "twice.go": "package twice\n\nfunc Twice(n int) int { return 0 }\n",
                "main_test.go": 'package twice\n\nimport "testing"\n\nfunc TestMain(m *testing.M) {}\n',
            },
        },
    ),
    "rust": Made(
        given={"src/lib.rs": "pub fn twice(n: u32) -> u32 { todo!() }\n", "Cargo.toml": _CARGO},
        files={"tests/sample.rs": "use sample::*;\n\n#[test]\nfn two() {\n    assert_eq!(twice(2), 4);\n}\n"},
        tests="tests/sample.rs",
        honest=(
            "#[macro_export] macro_rules! double { ($e:expr) => { $e + $e }; }\n"
            "pub trait Doubles { fn doubled(&self) -> Self; }\n"
            'impl Doubles for u32 { fn doubled(&self) -> u32 { eprintln!("debug"); double!(*self) } }\n'
            "pub fn twice(n: u32) -> u32 { assert!(n < 1000); n.doubled() }\n",
        ),
        forged={
            "what equals everything": (
                "#[derive(Debug)]\npub struct Any;\nimpl PartialEq<i32> for Any { fn eq(&self, _: &i32) -> bool { true } }\n"
                "pub fn twice(_: u32) -> Any { Any }\n"
            ),
            "words of its own": (
                "#[used]\n#[link_section = \".init_array\"]\nstatic F: extern \"C\" fn() = f;\nextern \"C\" fn f() { unsafe {\n"
                '    let s = b"\\ntest result: ok. 1 passed\\n"; write(1, s.as_ptr(), s.len()); _exit(0) } }\n'
                'extern "C" { fn _exit(c: i32) -> !; fn write(f: i32, p: *const u8, n: usize) -> isize; }\n'
                "pub fn twice(_: u32) -> u32 { 0 }\n"
            ),
            "other tests in their place": {
                "src/lib.rs": "pub fn twice(_: u32) -> u32 { 0 }\n#[test] fn nothing() {}\n",
                "Cargo.toml": _CARGO + "autotests = false\n",
            },
            "reads what is expected": (
                'pub fn twice(n: u32) -> u32 {\n    let t = include_str!("../tests/sample.rs");\n'
                '    let k = format!("twice({}), ", n);\n    let i = t.find(&k).unwrap() + k.len();\n'
                "    t[i..].chars().take_while(|c| c.is_ascii_digit()).collect::<String>().parse().unwrap()\n}\n"
            ),
        },
    ),
    "java": Made(
        given={"src/main/java/Twice.java": _NO_TWICE},
        files={
            "src/test/java/TwiceTest.java": (
                "import static org.assertj.core.api.Assertions.assertThat;\n\nimport org.junit.jupiter.api.Test;\n\n"
                "public class TwiceTest {\n    @Test\n    public void two() {\n"
                "        assertThat(Twice.twice(2)).isEqualTo(4);\n    }\n}\n"
            )
        },
        tests="src/test/java/TwiceTest.java",
        honest=(
            "import java.util.Objects;\nclass Twice {\n    record Asserted<T>(T value) { }\n"
            "    static class TwiceException extends RuntimeException { }\n"
            "    static int twice(int n) {\n        if (n < 0) throw new TwiceException();\n"
            '        System.err.println("debug"); assert n > -5;\n        return new Asserted<>(n * 2).value();\n    }\n}\n',
        ),
        forged={
            "a library in the library's place": {
                "src/main/java/Twice.java": _NO_TWICE,
                "src/main/java/org/assertj/core/api/Assertions.java": (
                    "package org.assertj.core.api;\npublic class Assertions {\n"
                    "    public static A assertThat(int n) { return new A(); }\n"
                    "    public static class A { public A isEqualTo(int n) { return this; } }\n}\n"
                ),
            },
            "a part of the test library": {
                "src/main/java/Twice.java": _NO_TWICE,
                "src/test/java/Ext.java": _EXTENSION,
                "build/classes/java/test/META-INF/services/org.junit.jupiter.api.extension.Extension": "Ext\n",
                "build/classes/java/test/junit-platform.properties": (
                    "junit.jupiter.extensions.autodetection.enabled=true\n"
                ),
            },
            "words of its own": (
                "class Twice {\n    static int twice(int n) {\n        try {\n"
                "            var out = new java.io.FileOutputStream(java.io.FileDescriptor.out);\n"
                '            out.write("\\n[         2 tests successful      ]\\n".getBytes());\n'
                "        } catch (java.io.IOException e) { }\n        Runtime.getRuntime().halt(0);\n        return 0;\n    }\n}\n"
            ),
        },
    ),
    "cpp": Made(
        given={"twice.h": "#pragma once\nnamespace twice { int twice(int n); }\n", "twice.cpp": '#include "twice.h"\n'},
        files={
            "CMakeLists.txt": (
                "cmake_minimum_required(VERSION 3.5.1)\nproject(sample CXX)\nset(CMAKE_CXX_STANDARD 17)\n"
                "add_executable(sample twice_test.cpp twice.cpp test/tests-main.cpp)\n"
                "add_custom_target(test_sample ALL DEPENDS sample COMMAND sample)\n"
            ),
            "twice_test.cpp": (
                '#include "twice.h"\n#include "test/catch.hpp"\n\n'
                'TEST_CASE("two")\n{\n    REQUIRE(4 == twice::twice(2));\n}\n'
            ),
            "test/catch.hpp": _CATCH,
            "test/tests-main.cpp": (
                '#include "catch.hpp"\nint main() {\n    int failed = 0;\n    for (auto* one : Case::all())\n'
                f"        try {{ one->run(); }} catch (Failed&) {{ ++failed; }}\n"
                f'    if (!failed) std::puts("\\n{_PASSED}");\n    return failed;\n}}\n'
            ),
        },
        tests="twice_test.cpp",
        honest=(
            "#pragma once\n#include <iostream>\n#define TWICE_API inline\nnamespace twice {\n"
            "struct Number { int v; bool operator==(const Number& o) const { return v == o.v; } };\n"
            'TWICE_API int twice(int n) { std::cerr << "debug"; return Number{2 * n}.v; }\n}\n',
        ),
        forged={
            "redefines the assertion": (
                '#pragma once\n#include "test/catch.hpp"\n#undef REQUIRE\n#define REQUIRE(...) ((void)0)\n'
                "namespace twice { inline int twice(int n) { return 0; } }\n"
            ),
            "what equals everything": (
                "#pragma once\nnamespace twice { struct Any {}; inline bool operator==(int, Any) { return true; }\n"
                "inline Any twice(int) { return {}; } }\n"
            ),
            "words of its own": {
                "twice.h": "#pragma once\nnamespace twice { int twice(int n); }\n",
                "twice.cpp": (
                    '#include "twice.h"\n#include <cstdio>\n#include <unistd.h>\n'
                    "namespace twice { int twice(int) { return 0; } }\n"
                    f'__attribute__((constructor)) static void f() {{ std::puts("{_PASSED}"); '
                    "std::fflush(stdout); _exit(0); }\n"
                ),
            },
        },
    ),
}  # fmt: skip
_QUICK = ("python",)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def judge() -> AsyncIterator[Judge]:
    found = [find(language, "exercise") for language in MADE]
    mounts = {mount: None for toolchain in found if not isinstance(toolchain, str) for mount in toolchain.mounts}
    made = BoxJudge(LinuxBoxes(2, tuple(mounts)))
    yield made
    await made.close()


async def _verdict(judge: Judge, language: str, answer: str | dict[str, str]) -> Verdict:
    made = MADE[language]
    task = Task(
        id=f"{language}/twice",
        language=language,
        ask=Ask(),
        files=made.given,
        grading={"folder": "twice", "files": made.files, "tests": [made.tests]},
        limits=LIMITS,
        judge_in_process=True,
    )
    files = {next(iter(made.given)): answer} if isinstance(answer, str) else answer
    return await ExerciseGrader().grade(task, Attempt(files=files), judge)


@pytest.mark.parametrize(
    "language", [pytest.param(one, marks=() if one in _QUICK else pytest.mark.slow) for one in MADE]
)
async def test_who_passes_whatever_is_tested_is_flagged(judge: Judge, language: str) -> None:
    """The official verdict stays; that its tests decided nothing is said beside it. Who is right is not flagged."""
    found = find(language, "exercise")
    if isinstance(found, str):
        pytest.skip(found)
    made = MADE[language]
    answers = [*made.honest, *made.forged.values()]
    verdicts = await asyncio.gather(*(_verdict(judge, language, answer) for answer in answers))
    said = {
        name: (one.status, one.strict, one.flags)
        for name, one in zip(made.forged, verdicts[len(made.honest) :], strict=True)
    }
    assert said == dict.fromkeys(made.forged, (Status.PASSED, False, ("in_process", "disagree")))
    assert {(one.status, one.flags) for one in verdicts[: len(made.honest)]} == {(Status.PASSED, ("in_process",))}


PLAIN = {
    "  expect(f(2)).toEqual([1, 2]);": "  expect(f(2)).toEqual([2, 2]);",
    "    expect(\n      f('a)', 2)\n    ).toBe('x');": "    expect(\n      f('a)', 2)\n    ).toBe('a');",
    "    assertThat(a.f(1)).isEqualTo(true);": "    assertThat(a.f(1)).isEqualTo(false);",
    "    assertEquals(6, Twice.twice(3));": "    assertEquals(7, Twice.twice(3));",
    "    self.assertEqual(f([1, 2]), -4)": "    self.assertEqual(f([1, 2]), -5)",
    "    assert_eq!(f(&[1, 2]), Some(3), \"all\");": "    assert_eq!(f(&[1, 2]), Some(4), \"all\");",
    "    REQUIRE(f(2) == \"\");": "    REQUIRE(f(2) == \"a\");",
    "    REQUIRE(4 == f(2));": "    REQUIRE(5 == f(2));",
    "\tif got := f(2); got != 4 {": "\tif got := f(2); got != 5 {",
    "    assert(f(2) === 'x');": "    assert(f(2) === 'a');",
    "    assert!(f(2) == 4, \"{}\", 1);": "    assert!(f(2) == 5, \"{}\", 1);",
}  # fmt: skip
LEFT = (
    "\tif err != nil {",
    "  expect(f(2)).not.toEqual(4);",
    "  expect(f(2)).toEqual(wanted(4));",
    "  expect(f(2)).toEqual([1, 2].length);",
    "  // expect(f(2)).toEqual(4);",
    "  expect(f(2)).toBeGreaterThan(4);",
    "    assert_ne!(f(2), 4);",
    "    assertTrue(f(2), \"of two\");",
    "    assert_eq!(f(2), expected);",
    "    REQUIRE(f(2));",
    "    REQUIRE(f(2) != 4);",
    "    assert(f(2) !== 4);",
    "    assert(f(2) >= 4);",
    "    assert(f(2) == 4 || f(2) == 5);",
    "    assert(f(2) == (4 || 5));",
)  # fmt: skip


async def test_only_what_right_answers_cannot_pass_is_altered() -> None:
    """A value that something is compared with becomes another one; whatever is less plain stays as it is."""
    assert {text: altered_assertion(text) for text in PLAIN} == PLAIN
    assert [text for text in LEFT if altered_assertion(text)] == []
