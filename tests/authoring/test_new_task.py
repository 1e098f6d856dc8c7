"""What `new` writes: folders that load without a fault, and never over anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from assay.authoring.examples import EXAMPLES
from assay.authoring.new import CATEGORIES, new_suite, new_task
from assay.core.errors import UserError
from assay.suites.folder import load_folder


@pytest.mark.parametrize("language", EXAMPLES)
@pytest.mark.parametrize("category", [category for category in CATEGORIES if category not in ("tests", "docs")])
def test_every_example_is_a_right_task(tmp_path: Path, language: str, category: str) -> None:
    """In each language and category the example loads, with three mutants and files where the work has some."""
    written = new_task(tmp_path / "t", language=language, category=category)
    assert all(path.is_file() for path in written)
    (task,) = load_folder(tmp_path / "t").tasks
    assert (task.language, task.category) == (language, category)
    assert len(task.mutants) == 3
    assert bool(task.files) == (category != "generation")
    assert task.files != task.solution
    assert EXAMPLES[language].signature in task.ask.messages[0].content
    assert task.extract.form == "file"


def test_a_new_suite_grows(tmp_path: Path) -> None:
    """A new suite holds one task, and further ones are put beside it."""
    root = tmp_path / "My suite"
    new_suite(root)
    new_task(root / "tasks" / "go" / "between", language="go", category="bugfix")
    suite = load_folder(root)
    assert suite.name == "My-suite"
    assert [task.id for task in suite.tasks] == ["go/between", "python/between"]


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """A folder with something in it is left as it is; an empty one may be filled."""
    new_suite(tmp_path / "s")
    with pytest.raises(UserError, match="exists already and is not empty"):
        new_suite(tmp_path / "s")
    (tmp_path / "file").write_text("x")
    with pytest.raises(UserError, match="exists already"):
        new_task(tmp_path / "file", language="python")
    (tmp_path / "empty").mkdir()
    assert new_task(tmp_path / "empty", language="python")


@pytest.mark.parametrize(
    ("language", "category", "said"),
    [
        ("pyhton", "bugfix", "unknown language “pyhton”: did you mean “python”?"),
        ("python", "bug-fix", "no example of category “bug-fix”: did you mean “bugfix”?"),
        ("python", "doc", "no example of category “doc”: did you mean “docs”?"),
        ("python", "poem", "no example of category “poem”: known: bugfix, completion"),
    ],
)
def test_slips_are_answered(tmp_path: Path, language: str, category: str, said: str) -> None:
    """An unknown word is answered with the known ones, and nothing is written."""
    with pytest.raises(UserError, match=said.replace("?", r"\?")):
        new_task(tmp_path / "t", language=language, category=category)
    assert not (tmp_path / "t").exists()


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """A path below a file is the user's mistake, said with the path."""
    (tmp_path / "file").write_text("x")
    with pytest.raises(UserError, match="cannot be written"):
        new_task(tmp_path / "file" / "t", language="python")
