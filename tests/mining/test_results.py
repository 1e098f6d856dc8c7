"""What test commands print, read test by test."""

from __future__ import annotations

import pytest

from assay.formats.test_results import read_results, runner_of

PYTEST = """.F.
=========================== short test summary info ============================
PASSED tests/test_a.py::test_one
PASSED tests/test_a.py::test_two[a - b]
SKIPPED [1] tests/test_a.py:9: no
FAILED tests/test_a.py::test_three - AssertionError: assert 1 == 2
ERROR tests/test_b.py - ModuleNotFoundError: No module named 'x'
2 passed, 1 failed in 0.02s
"""
UNITTEST = """test_a (test_x.T.test_a)
a doc line ... hello
ok
test_b (test_x.T.test_b) ... noise
FAIL
test_c (test_x.T.test_c) ... skipped 'no'
test_d (test_x.T) ... ok
test_y (unittest.loader._FailedTest.test_y) ... ERROR

======================================================================
FAIL: test_b (test_x.T.test_b)
"""
TAP = """TAP version 13
# Subtest: one
ok 1 - one
  ---
  duration_ms: 1
  ...
# Subtest: group
    # Subtest: x
    ok 1 - x
    not ok 2 - y
    ok 3 - z # SKIP
    1..3
not ok 2 - group
1..2
"""
JEST = """  console.log words
{"numFailedTests":1,"testResults":[{"name":"/work/repository/a.test.js","assertionResults":[{"fullName":"group x","status":"passed"},{"fullName":"y","status":"failed"},{"fullName":"z","status":"pending"}, 3]}, 4]}
{"num broken
"""
GO = """{"Action":"run","Package":"m","Test":"TestA"}
{"Action":"output","Package":"m","Test":"TestA","Output":"words\\n"}
{"Action":"pass","Package":"m","Test":"TestA","Elapsed":0}
{"Action":"fail","Package":"m/b","Test":"TestA/sub","Elapsed":0}
{"Action":"fail","Package":"m/b"}
{broken
"""
CARGO = """     Running unittests src/lib.rs (target/debug/deps/money-0123456789abcdef)

running 2 tests
test tests::one ... ok
test tests::two ... FAILED
test tests::three ... ignored

     Running tests/split.rs (target/debug/deps/split-0123456789abcdef)
test one ... ok
   Doc-tests money
test src/lib.rs - split (line 3) ... ok
"""


@pytest.mark.parametrize(
    ("command", "runner", "text", "results"),
    [
        (
            "PYTHONPATH=src python -m pytest -rA",
            "pytest",
            PYTEST,
            {
                "tests/test_a.py::test_one": "passed",
                "tests/test_a.py::test_two[a - b]": "passed",
                "tests/test_a.py::test_three": "failed",
                "tests/test_b.py": "failed",
            },
        ),
        (
            "python -m unittest -v",
            "unittest",
            UNITTEST,
            {
                "test_x.T.test_a": "passed",
                "test_x.T.test_b": "failed",
                "test_x.T.test_d": "passed",
                "unittest.loader._FailedTest.test_y": "failed",
            },
        ),
        (
            "node --test --test-reporter=tap",
            "node",
            TAP,
            {"one": "passed", "group > x": "passed", "group > y": "failed", "group": "failed"},
        ),
        ("node_modules/.bin/jest --json", "jest", JEST, {"a.test.js > group x": "passed", "a.test.js > y": "failed"}),
        ("npx vitest run --reporter=json", "jest", JEST, {"a.test.js > group x": "passed", "a.test.js > y": "failed"}),
        ("go test -json ./...", "go", GO, {"m TestA": "passed", "m/b TestA/sub": "failed"}),
        (
            "cargo test",
            "cargo",
            CARGO,
            {
                "src/lib.rs tests::one": "passed",
                "src/lib.rs tests::two": "failed",
                "tests/split.rs one": "passed",
                "doc money src/lib.rs - split (line 3)": "passed",
            },
        ),
        ("make check", "", PYTEST, {}),
    ],
)
def test_each_runner_is_read_test_by_test(command: str, runner: str, text: str, results: dict[str, str]) -> None:
    """Skipped tests are left out; what is no line of a test is passed over."""
    assert runner_of(command) == runner
    assert read_results(command, text) == results


def test_a_test_that_is_there_twice_passes_only_if_it_does_both_times() -> None:
    again = UNITTEST + "test_a (test_x.T.test_a) ... FAIL\ntest_d (test_x.T.test_d) ... ok\n"
    results = read_results("python -m unittest -v", again)
    assert (results["test_x.T.test_a"], results["test_x.T.test_d"]) == ("failed", "passed")


@pytest.mark.parametrize("command", ["pytest", "unittest", "node --test", "jest --json", "go test -json", "cargo test"])
@pytest.mark.parametrize(
    "piece", ["... ", "test_a (", "PASSED - ", "ok 1 - # ", '{"num', "[" * 9, " ", "\n", "test a ... ", "a (a.a)\n"]
)
def test_what_an_answer_prints_takes_no_long_time(command: str, piece: str) -> None:
    """Words are read in our own process, and an answer chooses them: a line or lines of anything are read at once."""
    for begin in ("", "test_a (t.T.test_a) ", "PASSED ", "ok 1 - ", '{"num": ', "test "):
        read_results(command, begin + piece * (300_000 // len(piece)))
