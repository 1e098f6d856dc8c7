"""The suite `aider-polyglot`: read from a checkout in place, and only the official files under the official name."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from exercises import STUB, TESTS, write_exercise

from assay.core.errors import UserError
from assay.suites import load


def checkout() -> Path:
    """Skips visibly where no checkout of the benchmark is here."""
    named = os.environ.get("ASSAY_POLYGLOT", "")
    if not named or not Path(named).is_dir():
        pytest.skip("ASSAY_POLYGLOT names no checkout of Aider-AI/polyglot-benchmark")
    return Path(named)


def test_an_exercise_becomes_a_task(tmp_path: Path) -> None:
    """Editable are the solution's files alone; tests and project files stay hidden, example and approaches out."""
    write_exercise(tmp_path)
    suite = load("aider-polyglot:diff", data=tmp_path)
    (task,) = suite.tasks
    assert (task.id, task.language, task.extract.form) == ("python/twice", "python", "diff")
    assert task.files == {"twice.py": STUB}
    assert task.grading == {
        "folder": "twice", "files": {"Cargo.toml": "[package]\n", "twice_test.py": TESTS}, "tests": ["twice_test.py"],
    }  # fmt: skip
    text = task.ask.messages[0].content
    assert text.startswith("# Twice\n\nDouble a number.\n\nQuickly.\n\n####\n\nUse the above instructions")
    assert (suite.solver, suite.grader, suite.pinned) == ("two_tries", "exercise", False)
    assert suite.protocol == "aider-polyglot/1 diff"
    assert suite.version.startswith("0 of 225 exercises")


def test_tests_are_switched_on(tmp_path: Path) -> None:
    """What learners enable one by one runs at once."""
    test = '@Disabled("Remove to run test")\n    @Test\n    void a() {}\n'
    config = '{"files": {"solution": ["twice.py"], "test": ["ATest.java", "a.spec.js"]}}'
    more = {"ATest.java": test, "a.spec.js": "xtest('a')\n", ".meta__config.json": config}
    write_exercise(tmp_path, "java/a", **more)
    files = load("aider-polyglot", data=tmp_path).tasks[0].grading["files"]
    assert (files["ATest.java"], files["a.spec.js"]) == ("    @Test\n    void a() {}\n", "test('a')\n")


def test_bad_input_is_named(tmp_path: Path) -> None:
    """A wrong part, an empty folder, a broken exercise: one line that says what to do."""
    with pytest.raises(UserError, match="no edit format “dif”: did you mean “diff”"):
        load("aider-polyglot:dif", data=tmp_path)
    with pytest.raises(UserError, match="git clone https"):
        load("aider-polyglot", data=tmp_path)
    folder = write_exercise(tmp_path)
    (folder / "twice_test.py").unlink()
    with pytest.raises(UserError, match="tests are not all there: twice_test"):
        load("aider-polyglot", data=tmp_path)
    (folder / ".meta/config.json").write_text("{")
    with pytest.raises(UserError, match="no exercise that can be read"):
        load("aider-polyglot", data=tmp_path)


def test_an_official_name_with_other_files_is_refused(tmp_path: Path) -> None:
    """Its numbers could not be compared with anybody's."""
    write_exercise(tmp_path, "python/bowling")
    with pytest.raises(UserError, match="not the official files of python/bowling"):
        load("aider-polyglot", data=tmp_path)


def test_the_official_checkout(tmp_path: Path) -> None:
    """All 225 are recognised; one changed line in one of them is noticed."""
    root = checkout()
    suite = load("aider-polyglot", data=root)
    assert (len(suite.tasks), suite.pinned) == (225, True)
    shutil.copytree(root / "python", tmp_path / "python")
    assert not load("aider-polyglot", data=tmp_path).pinned
    test = tmp_path / "python/exercises/practice/bowling/bowling_test.py"
    test.write_text(test.read_text() + "\n")
    with pytest.raises(UserError, match="python/bowling"):
        load("aider-polyglot", data=tmp_path)
