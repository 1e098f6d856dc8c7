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


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"tests/right/a-loop/between.py": None}, "tests/right: has 1 implementations; at least 2 are needed"),
        ({"tests/rihgt/x/between.py": "x"}, "is no part of an implementation; they are tests/right/<name>/<file>"),
        ({"tests/wrong/x/betwen.py": "x"}, "is no file of files/: did you mean “between.py”?"),
        ({"tests/wrong/x/between.py": "SAME"}, "tests/wrong/x: is the same as files"),
        ({"solution/more.py": "x"}, "solution: must hold “test_between.py” and nothing else: the answer is one file"),
        ({"files/between.py": None}, "files: is missing; put there what is to be tested"),
        ({"task.toml": "GO"}, 'judge = "tests" knows python alone, no go yet'),
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
