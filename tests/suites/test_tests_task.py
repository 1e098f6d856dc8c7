"""Tasks that ask for tests: what a right folder becomes, and what is said of a wrong one."""

from __future__ import annotations

from pathlib import Path

import pytest
from task_files import write_files

from assay.authoring.new import new_task
from assay.core.errors import UserError
from assay.suites.folder import load_folder


def test_a_right_task(tmp_path: Path) -> None:
    """Implementations are told by name, hidden from the model, and the rule by which tests are judged is said."""
    new_task(tmp_path / "t", language="python", category="tests")
    suite = load_folder(tmp_path / "t")
    (task,) = suite.tasks
    assert suite.grader == "by_task"
    assert task.grading["entry"] == task.extract.path == "test_between.py"
    assert sorted(task.grading["right"]) == ["a-filter", "a-loop"]
    assert len(task.grading["wrong"]) == 6
    text = task.ask.messages[0].content
    assert "at least 80 % of the wrong ones must be caught" in text
    assert "import what they test from `between`" in text
    assert task.files["between.py"] in text
    assert not any(files["between.py"] in text for files in task.grading["right"].values())


FORMS = {
    "javascript": ("between.test.js", "from `./between.js`", "node:test"),
    "typescript": ("between.test.ts", "from `./between`", "node:test"),
    "go": ("between_test.go", "what `between.go` has", "func TestXxx(t *testing.T)"),
    "rust": ("between_test.rs", "`use between::…`", "#[test]"),
    "java": ("BetweenTest.java", "package as `Between.java`", "There is no JUnit"),
    "cpp": ("between_test.cpp", "declared in `between.hpp`", '#include "check.hpp"'),
}


@pytest.mark.parametrize("language", FORMS)
def test_the_form_is_told(tmp_path: Path, language: str) -> None:
    """In each language the prompt says the file's name, how tests look, and how they reach what they test."""
    new_task(tmp_path / "t", language=language, category="tests")
    (task,) = load_folder(tmp_path / "t").tasks
    entry, reach, form = FORMS[language]
    text = task.ask.messages[0].content
    assert task.extract.path == entry
    for said in (f"Write `{entry}`: ", reach, form, "by a failed assertion (", "at least 80 % of the wrong ones"):
        assert said in text
    assert "tests/right" not in text


def test_tests_in_rust_have_a_crate(tmp_path: Path) -> None:
    """The crate that they use is called as their file says."""
    new_task(tmp_path / "t", language="rust", category="tests")
    write_files(tmp_path / "t", {"files/other.rs": (tmp_path / "t/files/between.rs").read_text()})
    (tmp_path / "t/files/between.rs").unlink()
    with pytest.raises(UserError, match=r"has no “between\.rs”, which “between_test\.rs” would"):
        load_folder(tmp_path / "t")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"tests/right/a-loop/between.py": None}, "tests/right: has 1 implementations; at least 2 are needed"),
        ({"tests/rihgt/x/between.py": "x"}, "is no part of an implementation; they are tests/right/<name>/<file>"),
        ({"tests/wrong/x/betwen.py": "x"}, "is no file of files/: did you mean “between.py”?"),
        ({"tests/wrong/x/between.py": "SAME"}, "tests/wrong/x: is the same as files"),
        ({"solution/more.py": "x"}, "solution: must hold “test_between.py” and nothing else: the answer is that"),
        ({"files/between.py": None}, "files: does not have what is to be tested"),
        ({"task.toml": "GO"}, "entry “test_between.py” is no name of a file of tests; call it something_test.go"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, changes: dict[str, str | None], said: str) -> None:
    """Each slip is a line that says where, and what to do."""
    root = tmp_path / "t"
    new_task(root, language="python", category="tests")
    texts = {
        "SAME": (root / "files/between.py").read_text().replace("\n\n", "\n"),
        "GO": (root / "task.toml").read_text().replace('"python"', '"go"'),
    }
    for path, text in changes.items():
        if text is None:
            (root / path).unlink()
        else:
            write_files(root, {path: texts.get(text, text)})
    with pytest.raises(UserError) as raised:
        load_folder(root)
    assert said in str(raised.value)
