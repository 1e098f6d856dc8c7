"""Tasks that ask for documentation: what a right folder becomes, and what is said of a wrong one."""

from __future__ import annotations

from pathlib import Path

import pytest
from task_files import write_files

from assay.authoring.new import new_task
from assay.core.errors import UserError
from assay.formats.documented import LANGUAGES, reader_of
from assay.formats.documented.python import has_example
from assay.suites.folder import load_folder

FORMS = {
    "python": "in the form of Python's `doctest`",
    "javascript": "at least one `@example` that calls what it documents. In it, a line that ends in `// => value`",
    "typescript": "The examples are compiled with `tsc`",
    "go": "And write `example_test.go`, in the same package",
    "rust": "a fenced block that `rustdoc --test` would run",
    "java": "statements between `<pre>{@code` and `}</pre>`",
    "cpp": "statements between `@code` and `@endcode`, with `assert(…)`",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_form(tmp_path: Path, language: str) -> None:
    """In each language the prompt says how examples are written, and the answer is the documented file; Go's examples
    stand in a second one."""
    new_task(tmp_path / "t", language=language, category="docs")
    (task,) = load_folder(tmp_path / "t").tasks
    text = task.ask.messages[0].content
    assert FORMS[language] in text
    assert "{" + "names}" not in text and "{{" not in text
    assert set(task.solution) - set(task.files) == ({"example_test.go"} if language == "go" else set())
    assert task.extract.form == ("files" if language == "go" else "file")


def test_a_right_task(tmp_path: Path) -> None:
    """Implementations are told by name, hidden from the model, and the rule by which examples are judged is said."""
    new_task(tmp_path / "t", language="python", category="docs")
    suite = load_folder(tmp_path / "t")
    (task,) = suite.tasks
    assert suite.grader == "by_task"
    assert task.grading["entry"] == task.extract.path == "between.py"
    assert sorted(task.grading["right"]) == ["written-otherwise"]
    assert list(task.grading["wrong"]) == ["keep_between"]
    text = task.ask.messages[0].content
    assert "Give each of these a docstring that says what it does: `keep_between`." in text
    assert "Change nothing but docstrings and comments." in text
    assert not any(code in text for code in task.grading["right"].values())


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"files/more.py": "x"}, "files: must hold “between.py” and nothing else; its name is one word"),
        ({"files/between.py": "def f(:"}, "files/between.py: it cannot be parsed"),
        ({"files/between.py": "def other(): ...\n"}, "tests/wrong/keep_between: is no name of between.py"),
        ({"files/between.py": "MORE"}, "tests/wrong/more: needs 2 wrong implementations of more"),
        (
            {"tests/right/x.py": "x"},
            "tests/right/x.py: is no implementation; they are tests/right/<variant>/between.py",
        ),
        ({"tests/right/written-otherwise/between.py": None}, "tests/right: is missing"),
        ({"solution/more.py": "x"}, "solution: must hold “between.py” and nothing else: the answer is that"),
        ({"task.toml": "GO"}, "solution: must hold “between.py” and “example_test.go” and nothing else"),
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
    read = reader_of("python").read
    bare = read("def f(x):\n    return x\n\nclass C:\n    def m(self): ...\n    X = 1\n\ndef _g(): ...\n")
    told = read(
        '"""A."""\n# b\ndef f( x ):\n    """F."""\n    return x\nclass C:\n    """C."""\n'
        '    def m(self):\n        """M.\n        """\n        ...\n    X = 1\ndef _g(): ...\n'
    )
    assert told.docs == {"f": "F.", "C": "C.", "C.m": "M.", "_g": ""}
    assert bare.docs == {"f": "", "C": "", "C.m": "", "_g": ""}
    assert bare.public == ("f", "C")
    assert bare.code == told.code
    assert bare.code != read("def f(x):\n    return x\n").code


@pytest.mark.parametrize(
    "text", ["x = " + "-" * 60_000 + "1", "x = " + "(" * 5000, "\0", "x\n" * 40_000, "x = ("], ids=range(5)
)
def test_hostile_modules(text: str) -> None:
    """What cannot be looked at is a fault in words."""
    with pytest.raises(ValueError, match=r"nested too deeply|cannot be parsed|more than 64 KiB"):
        reader_of("python").read(text)


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
