"""The form in which tests are asked for, in each language: the name of their file, and the prompt's words."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec


class TestForm(msgspec.Struct, frozen=True, kw_only=True):
    """One language's."""

    __test__ = False  # for pytest, which takes the name for a class of tests

    entry: str
    """A pattern for the name of the file."""
    example: str
    """Such a name, in a person's words."""
    tests: str
    """What tests are."""
    reach: str
    """How they come to what they test; `{names}` are the files that it is in, as `named` has them."""
    failed: str
    """What a failed assertion is."""
    named: tuple[str, str] = ("", "{path}")
    """Files of which ending are named there (all, if it is empty), and how."""
    of: tuple[str, str] = ("", "")
    """Where one file alone is named: the ending of the tests' file, and of the one that they are for."""

    def tested(self, entry: str) -> str:
        """The one file that tests in `entry` must be for; empty where that is free."""
        suffix, other = self.of
        return entry.removesuffix(suffix) + other if suffix else ""

    def names(self, paths: Iterable[str], entry: str) -> str:
        """The files that hold what is tested, as the prompt has them."""
        suffix, form = self.named
        known = [only] if (only := self.tested(entry)) else paths
        stems = [(path, path.rpartition(".")[0]) for path in known if path.endswith(suffix)]
        named = [form.format(path=path, stem=stem, dotted=stem.replace("/", ".")) for path, stem in stems]
        return ", ".join(f"`{name}`" for name in named)

    def fits(self, entry: str) -> bool:
        """Whether tests may be in a file of this name."""
        return re.fullmatch(self.entry, entry) is not None


_NODE_TESTS = (
    "tests of `node:test` (`test`, or `describe` and `it`), with the assertions of `node:assert` or of "
    "`node:assert/strict`"
)
_NODE_FAILED = "an `AssertionError`"

TEST_FORMS = {
    "python": TestForm(
        entry=r"(?!\d)\w+\.py",
        example="test_something.py",
        tests=(
            "tests as functions without parameters whose names begin with `test`, using `assert`, or as classes of "
            "`unittest.TestCase`; both may be mixed"
        ),
        reach="They import what they test from {names}",
        failed="`AssertionError`",
        named=(".py", "{dotted}"),
    ),
    "javascript": TestForm(
        entry=r"[\w-]+\.test\.[cm]?js",
        example="something.test.js",
        tests=_NODE_TESTS,
        reach="They get what they test from {names}",
        failed=_NODE_FAILED,
        named=("", "./{path}"),
    ),
    "typescript": TestForm(
        entry=r"[\w-]+\.test\.ts",
        example="something.test.ts",
        tests=f"{_NODE_TESTS}; default imports work",
        reach="They import what they test from {names}",
        failed=_NODE_FAILED,
        named=("", "./{stem}"),
    ),
    "go": TestForm(
        entry=r"\w+_test\.go",
        example="something_test.go",
        tests=(
            "tests as functions `func TestXxx(t *testing.T)` in the same package, as `go test` runs them, but without "
            "`TestMain`"
        ),
        reach="They use what {names} has",
        failed="`t.Error`, `t.Fatal` and what else makes a test fail, but no panic",
    ),
    "rust": TestForm(
        entry=r"(?!\d)\w+_test\.rs",
        example="something_test.rs",
        tests="tests as functions with `#[test]`, as `cargo test` runs those of its folder `tests/`",
        reach="What they test is a crate of its own and is used by its name: {names}",
        failed="a panic in the tests themselves, as `assert!`, `assert_eq!`, `unwrap` and `panic!` make it, but none "
        "inside of what is tested",
        named=(".rs", "use {stem}::…"),
        of=("_test.rs", ".rs"),
    ),
    "java": TestForm(
        entry=r"(?!\d)\w+Test\.java",
        example="SomethingTest.java",
        tests=(
            "one class with the tests as methods without parameters whose names begin with `test`, static or not; each "
            "that is not gets an object of its own. There is no JUnit: use `assert`, which is enabled, or throw an "
            "`AssertionError`"
        ),
        reach="They are in the same package as {names}",
        failed="an `AssertionError`",
    ),
    "cpp": TestForm(
        entry=r"\w+_test\.(cpp|cc|cxx)",
        example="something_test.cpp",
        tests=(
            '`#include "check.hpp"`, which has a few macros that work as those of Catch2 and doctest do, and nothing '
            'else: `TEST_CASE("name") { … }` for each test, and in it `CHECK(…)`, `REQUIRE(…)`, `CHECK_FALSE(…)`, '
            "`CHECK_THROWS_AS(expression, type)`, `REQUIRE_THROWS_AS(expression, type)` and `FAIL(message)`. `assert` "
            "may be used, too. No `main` is needed"
        ),
        reach="What they test is declared in {names}",
        failed="one of these macros; an exception that leaves a test is none",
        named=(".hpp", "{path}"),
    ),
}
