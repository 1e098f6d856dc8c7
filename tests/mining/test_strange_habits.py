"""Habits of repositories: where their tests lie, which command runs them, and what it says when it cannot."""

from __future__ import annotations

import json

import pytest

from assay.authoring.mining.commands import built_files, command_of
from assay.authoring.mining.last_words import last_words
from assay.formats.test_paths import is_aside, is_test


@pytest.mark.parametrize(
    ("language", "path", "told"),
    [
        ("python", "test.py", True),
        ("python", "shop/test.py", False),
        ("python", "shop/tests.py", True),
        ("javascript", "test.js", True),
        ("javascript", "lib/split-test.mjs", True),
        ("javascript", "test-split.js", True),
        ("javascript", "latest.js", False),
        ("typescript", "src/split.spec.tsx", True),
        ("typescript", "src/contest.ts", False),
        ("rust", "src/parts/tests.rs", True),
        ("rust", "src/parts_test.rs", True),
        ("rust", "src/test.rs", False),
        ("go", "split_test.go", True),
    ],
)
def test_a_test_is_told_by_its_path(language: str, path: str, told: bool) -> None:
    """By the names that runners look for, and that people give."""
    assert is_test(path, language) is told


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("CHANGES.txt", True),
        (".github/workflows/ci.yml", True),
        ("web/package-lock.json", True),
        (".changeset/brown-cats-sing.md", True),
        ("Cargo.lock", False),
        ("package.json", False),
        ("src/changes/a.py", False),
        ("src/changelog.py", False),
    ],
)
def test_what_no_test_needs_is_no_part_of_a_fix(path: str, told: bool) -> None:
    """Words for people, what services read, and what says which packages to fetch, where none are fetched."""
    assert is_aside(path) is told


@pytest.mark.parametrize(
    ("language", "tree", "words"),
    [
        ("python", {"tests.py": "import pytest\n"}, "-o 'python_files=test_*.py *_test.py test.py tests.py'"),
        (
            "python",
            {"tests.py": "import pytest\n", "setup.cfg": "[tool:pytest]\npython_files = t*.py\n"},
            "addopts= --c",
        ),
        ("python", {"test_a.py": "import pytest\n"}, "addopts= --continue"),
        ("python", {"test.py": "import unittest\n"}, "python -m unittest -v -b"),
        ("rust", {"Cargo.toml": '[workspace]\nmembers = ["a"]\n'}, "cargo test --no-fail-fast --workspace"),
        ("rust", {"Cargo.toml": '[package]\nname = "a"\n'}, "cargo test --no-fail-fast"),
    ],
)
def test_the_command_finds_all_tests(language: str, tree: dict[str, str], words: str) -> None:
    """Also those in files that the runner by itself does not look at, and in all packages of a workspace."""
    command = command_of(language, tree)
    assert words in command
    assert ("--workspace" in command) is ("--workspace" in words)


@pytest.mark.parametrize(
    ("tree", "paths"),
    [
        (
            {"pyproject.toml": '[tool.hatch]\nbuild.hooks.vcs.version-file = "src/a/_version.py"\n'},
            ["src/a/_version.py"],
        ),
        ({"pyproject.toml": "[tool.setuptools_scm]\nwrite_to = 'a/_version.py'\n"}, ["a/_version.py"]),
        ({"setup.py": 'setup(use_scm_version={"write_to": "a/version.py"})\n'}, ["a/version.py"]),
        ({"setup.py": 'x = {"write_to": "a/version.py"}\n', "a/version.py": ""}, []),
        ({"pyproject.toml": 'version-file = "../../v.py"\nwrite_to = "/v.py"\n'}, []),
        ({"pyproject.toml": 'version-file = ".git/v.py"\n'}, []),
    ],
)
def test_the_version_that_a_build_would_write_is_there(tree: dict[str, str], paths: list[str]) -> None:
    """Code that imports it runs without having been built; nothing is put where it does not belong."""
    assert list(built_files("python", tree)) == paths


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (
            "ImportError while importing test module 't.py'.\nE   ModuleNotFoundError: No module named 'a'\n"
            "ERROR t.py\n6 errors in 1s\n",
            "ModuleNotFoundError: No module named 'a'",
        ),
        (
            "ImportError: Failed to import test module: a\n  File x\nModuleNotFoundError: No module named 'b'\n\n"
            "FAILED (errors=1)\n",
            "ModuleNotFoundError: No module named 'b'",
        ),
        (
            '{"Action":"build-output","ImportPath":"example.org/b","Output":"a_test.go:3:2: module lookup disabled by GOPROXY=off"}',
            "example.org/b: a_test.go:3:2: module lookup disabled by GOPROXY=off",
        ),
        (
            '{"Action":"build-output","Output":"# shop\\n"}\n'
            '{"Action":"build-output","Output":"a_test.go:3:2: no required module provides package example.org/b\\n"}\n'
            '{"Action":"fail","Package":"shop"}\n',
            "a_test.go:3:2: no required module provides package example.org/b",
        ),
        (
            json.dumps(
                {"numTests": 0, "testResults": [{"message": "  ●\n\n    Cannot find module 'b' from 'a.js'\n"}, 3]}
            ),
            "Cannot find module 'b' from 'a.js'",
        ),
        (
            "error[E0432]: unresolved import `b`\nerror: could not compile `a` (lib) due to 1 previous error\n",
            "error[E0432]: unresolved import `b`",
        ),
        ("\nno tests ran in 0.01s\n\n", "no tests ran in 0.01s"),
        ("", ""),
        ("{broken\n", "{broken"),
    ],
)
def test_why_tests_did_not_run_is_told_by_its_cause(said: str, words: str) -> None:
    """Per runner, instead of its count of what failed."""
    assert last_words(said) == words
