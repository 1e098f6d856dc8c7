"""Tasks that ask for documentation: what a right folder becomes, and what is said of a wrong one."""

from __future__ import annotations

from pathlib import Path

import pytest
from task_files import write_files

from assay.authoring.new import new_task
from assay.core.errors import UserError
from assay.formats.python_docs import Module, has_example, public_names
from assay.suites.folder import load_folder


def test_a_right_task(tmp_path: Path) -> None:
    """Implementations are told by name, hidden from the model, and the rule by which examples are judged is said."""
    new_task(tmp_path / "t", language="python", category="docs")
    suite = load_folder(tmp_path / "t")
    (task,) = suite.tasks
    assert suite.grader == "by_task"
    assert task.grading["entry"] == task.extract.path == "between.py"
    assert sorted(task.grading["right"]) == ["a-filter", "a-loop"]
    assert list(task.grading["wrong"]) == ["keep_between"]
    text = task.ask.messages[0].content
    assert "Give each of these a docstring that says what it does: `keep_between`." in text
    assert "Change nothing but docstrings and comments." in text
    assert not any(code in text for code in task.grading["right"].values())


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"files/more.py": "x"}, "files: must hold the module “between.py” and nothing else"),
        ({"files/between.py": "def f(:"}, "files/between.py: it cannot be parsed"),
        ({"files/between.py": "def other(): ...\n"}, "tests/wrong/keep_between: is no name of between.py"),
        ({"files/between.py": "MORE"}, "tests/wrong/more: needs 2 wrong implementations of more"),
        (
            {"tests/right/x.py": "x"},
            "tests/right/x.py: is no implementation; they are tests/right/<variant>/between.py",
        ),
        ({"tests/right/a-loop/between.py": None, "tests/right/a-filter/between.py": None}, "tests/right: is missing"),
        ({"solution/more.py": "x"}, "solution: must hold “between.py” and nothing else: the answer is one file"),
        ({"task.toml": "GO"}, 'judge = "examples" knows python alone, no go yet'),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, changes: dict[str, str | None], said: str) -> None:
    """Each slip is a line that says where, and what to do."""
    root = tmp_path / "t"
    new_task(root, language="python", category="docs")
    texts = {
        "MORE": (root / "files/between.py").read_text() + "\n\ndef more(): ...\n",
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


def test_what_a_module_documents() -> None:
    """Names with their docstrings, of methods too; what differs in docstrings, comments and layout is the same code."""
    bare = Module("def f(x):\n    return x\n\nclass C:\n    def m(self): ...\n    X = 1\n\ndef _g(): ...\n")
    told = Module(
        '"""A."""\n# b\ndef f( x ):\n    """F."""\n    return x\nclass C:\n    """C."""\n'
        '    def m(self):\n        """M.\n        """\n        ...\n    X = 1\ndef _g(): ...\n'
    )
    assert told.docs == {"f": "F.", "C": "C.", "C.m": "M.", "_g": ""}
    assert bare.docs == {"f": "", "C": "", "C.m": "", "_g": ""}
    assert public_names(bare) == ["f", "C"]
    assert bare.code == told.code
    assert bare.code != Module("def f(x):\n    return x\n").code


@pytest.mark.parametrize(
    "text", ["x = " + "-" * 60_000 + "1", "x = " + "(" * 5000, "\0", "x\n" * 40_000, "x = ("], ids=range(5)
)
def test_hostile_modules(text: str) -> None:
    """What cannot be looked at is a fault in words."""
    with pytest.raises(ValueError, match=r"nested too deeply|cannot be parsed|more than 64 KiB"):
        Module(text)


@pytest.mark.parametrize(
    ("docstring", "has"),
    [
        (">>> f(1)\n1\n", True),
        (">>> x = 1\n>>> [a.f() for a in ()]\n[]\n", True),
        (">>> f\n<function f>\n", False),
        (">>> g('f(1)')\n", False),
        (">>> f(\n", False),
        (">>> " + "-" * 60_000 + "f()\n", False),
        ("f(1) is 1\n", False),
    ],
    ids=range(7),
)
def test_an_example_that_calls(docstring: str, has: bool) -> None:
    """An example counts for a name when its code calls it; text that only mentions it does not."""
    assert has_example(docstring, "C.f") is has


def test_examples_that_are_none() -> None:
    """A prompt without the blank behind it is what doctest itself objects to."""
    with pytest.raises(ValueError, match="lacks blank after"):
        has_example(">>>f(1)\n1\n", "f")
