"""Folders of tasks: what a right one becomes, and what is said of a wrong one."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from task_files import FILES, SUITE, TASK_TOML, write_files, write_suite, write_task

from assay.core.errors import UserError
from assay.suites import load
from assay.suites.folder import load_folder

CASE = '{"call": "double", "args": [2], "returns": 4}\n'


def faults(root: Path) -> list[str]:
    """The lines that loading `root` ends with, the folder's own path left out."""
    with pytest.raises(UserError) as raised:
        load_folder(root)
    return [line.replace(f"{root}/", "") for line in str(raised.value).split("\n")]


def test_a_right_suite(tmp_path: Path) -> None:
    """A folder becomes a suite whose tasks hold all that asking and judging need."""
    suite = load_folder(write_suite(tmp_path))
    (task,) = suite.tasks
    assert (suite.name, suite.version, suite.protocol, suite.grader) == ("mine", "3", "folder/1", "cases")
    assert (task.id, task.language, task.category, task.difficulty) == ("python/double", "python", "bugfix", "easy")
    assert (task.title, task.origin, task.licence) == ("Double", "original", "MIT")
    assert task.files == {"double.py": FILES["files/double.py"]}
    assert task.solution == {"double.py": FILES["solution/double.py"]}
    assert [mutant["double.py"] for mutant in task.mutants] == [
        FILES[f"mutants/{name}/double.py"] for name in ("same", "square", "text")
    ]
    assert task.grading["entry"] == "double.py"
    assert [case.get("returns") for case in task.grading["cases"]] == [4, None]
    assert (task.extract.form, task.extract.path) == ("file", "double.py")


def test_what_the_model_is_shown(tmp_path: Path) -> None:
    """One message: the prompt, the starting files with their paths, and the form of the reply; no test."""
    (task,) = load_folder(write_suite(tmp_path)).tasks
    (message,) = task.ask.messages
    assert message.role == "user"
    assert message.content == (
        "Mend `double`: it returns its argument twice as large.\n\n"
        "The file as it is now:\n\n`double.py`\n\n```python\ndef double(x):\n    return x\n```\n\n"
        "Reply with the complete content of `double.py` in one fenced code block.\n"
    )


def test_a_task_of_several_files(tmp_path: Path) -> None:
    """Where the solution has several files, the reply is one block per file, and mutants are laid over it."""
    changes: dict[str, str | bytes | None] = {"solution/lib/more.py": "X = 1\n"}
    (task,) = load_folder(write_suite(tmp_path, changes)).tasks
    assert task.extract.form == "files"
    assert "one fenced code block per file" in task.ask.messages[0].content
    assert all(mutant["lib/more.py"] == "X = 1\n" for mutant in task.mutants)


def test_a_single_task_folder(tmp_path: Path) -> None:
    """One task can be given alone; inside a suite it keeps its id and the suite's name."""
    suite = load_folder(write_suite(tmp_path / "s") / "tasks/python/double")
    assert (suite.name, suite.version, suite.tasks[0].id) == ("mine", "3", "python/double")
    alone = load_folder(write_task(tmp_path / "alone"))
    assert (alone.name, alone.tasks[0].id) == ("alone", "alone")
    assert alone.tasks[0].ask == suite.tasks[0].ask


def test_an_in_process_task(tmp_path: Path) -> None:
    """A test program in the answer's process is known by its name, and the task says so of itself."""
    toml = TASK_TOML.replace('"cases"', '"in-process"') + 'why = "threads"\n'
    changes: dict[str, str | bytes | None] = {
        "task.toml": toml,
        "tests/cases.jsonl": None,
        "tests/main.py": "import double\nassert double.double(2) == 4\n",
        "tests/help.py": "",
    }
    (task,) = load_folder(write_suite(tmp_path, changes)).tasks
    assert task.judge_in_process
    assert task.grading["test_entry"] == "main.py"
    assert set(task.grading["tests"]) == {"main.py", "help.py"}


def toml(old: str, new: str) -> dict[str, str | bytes | None]:
    return {"task.toml": TASK_TOML.replace(old, new)}


def cases(text: str) -> dict[str, str | bytes | None]:
    return {"tests/cases.jsonl": text}


T = "tasks/python/double"
C = f"{T}/tests/cases.jsonl"

WRONG: list[tuple[dict[str, str | bytes | None], str]] = [
    ({"task.toml": TASK_TOML + 'langage = "x"\n'}, f"{T}/task.toml: unknown key “langage”: did you mean “language”?"),
    (toml('"python"', '"pyton"'), f"{T}/task.toml: language: “pyton” is not known: did you mean “python”?"),
    (toml('"bugfix"', '"bug-fix"'), f"{T}/task.toml: category: “bug-fix” is not known: did you mean “bugfix”?"),
    (toml('"easy"', '"trivial"'), f"{T}/task.toml: difficulty: “trivial” is not known: known: easy, hard, medium"),
    (toml('"easy"', "3"), f"{T}/task.toml: difficulty: needs one of easy, medium, hard"),
    (toml('entry = "double.py"\n', ""), f"{T}/task.toml: the key “entry” is missing"),
    (toml('entry = "double.py"', 'entry = "../double.py"'), "“../double.py” leaves the working folder"),
    (toml('entry = "double.py"', 'entry = "duble.py"'), "“duble.py” is not in solution/: did you mean “double.py”?"),
    (toml('entry = "double.py"', 'entry = "double.js"'), "is no python file; it should end in .py"),
    (toml("title", "title title"), f"{T}/task.toml: no TOML: "),
    (toml('judge = "cases"', 'judge = "in-process"'), 'needs why = "…"'),
    (toml('["def double(x: int) -> int"]', '"def double"'), "api: needs a list of texts"),
    ({"task.toml": TASK_TOML + "[limits]\ncpus = 1\n"}, "limits: unknown limit “cpus”: did you mean “cpu”?"),
    ({"task.toml": TASK_TOML + "[limits]\nmemory = 1.5\n"}, "limits: memory needs a whole number above 0"),
    ({"task.toml": TASK_TOML + "[limits]\nwall = -1\n"}, "limits: wall needs a number above 0"),
    ({"task.toml": TASK_TOML + "[records]\nPoint = 3\n"}, "records: needs fields for each name"),
    ({"task.toml": b'title = "\xff"\n'}, f"{T}/task.toml: line 1 is not UTF-8 (byte 0xff)"),
    ({"prompt.md": None}, f"{T}/prompt.md: is missing"),
    ({"prompt.md": "  \n"}, f"{T}/prompt.md: is empty"),
    ({"prompt.md": b"a\nb \xe9\n"}, f"{T}/prompt.md: line 2 is not UTF-8"),
    ({"solution/double.py": None}, f"{T}/solution: is missing"),
    ({"mutants/text/double.py": None}, f"{T}/mutants: has 2; at least 3 plausible wrong answers are needed"),
    ({"mutants/text/double.py": FILES["solution/double.py"]}, f"{T}/mutants/text: is the same as the solution"),
    ({"mutants/text/double.py": FILES["mutants/same/double.py"]}, "mutants/text: is the same as mutants/same"),
    ({"mutants/more/duoble.py": "x"}, "mutants/more/duoble.py: is no file of the solution: did you mean “double.py”?"),
    ({"mutants/double.py": "x"}, "mutants/double.py: stands alone; a mutant is a folder"),
    ({"mutant/x/double.py": "x"}, f"{T}/mutant: is no part of a task: did you mean “mutants”?"),
    ({"tests/cases.jsonl": None, "tests/case.jsonl": CASE}, "is missing (is it tests/case.jsonl?)"),
    (cases(""), f"{C}: no case; write at least one line"),
    (cases(CASE + "{bad\n"), f"{C}:2: no JSON ("),
    (cases("[1]\n"), f"{C}:1: needs an object"),
    (cases(b'{"call": "\xff"}\n'.decode("latin-1").encode("latin-1").decode("latin-1")), f"{C}:1: "),
    (cases('{"call": "duble", "args": [1], "returns": 2}\n'), "“duble” is not in api: did you mean “double”?"),
    (cases('{"call": "double", "arg": [1], "returns": 2}\n'), f"{C}:1: unknown key “arg”: did you mean “args”?"),
    (cases('{"call": "double", "args": 1, "returns": 2}\n'), f'{C}:1: "args" needs a list'),
    (cases('{"call": "double", "args": [1]}\n'), f"{C}:1: expects nothing"),
    (cases('{"calls": "double", "args": [1]}\n'), "did you mean “call”?"),
    (cases('{"call": "double", "args": [1], "returns": 2, "match": "exakt"}\n'), "did you mean “exact”?"),
    (cases('{"call": "double", "args": [1], "returns": 2, "match": {"close": 0}}\n'), "needs a number above 0"),
    (cases('{"call": "double", "args": [1], "returns": 2, "raises": true}\n'), "exclude each other"),
    (cases('{"call": "double", "args": [1], "raises": {"type": "X"}}\n'), "unknown key “type”"),
    (cases('{"call": "double", "args": [1], "raises": false}\n'), '"raises" needs true, a name'),
    (cases('{"call": "double", "args": [1], "after": [1, 2]}\n'), '"after" needs as many values'),
    (cases('{"call": "double", "args": [{"$byte": "x"}], "returns": 2}\n'), "did you mean “$bytes”?"),
    (
        cases('{"call": "double", "args": [1], "returns": {"$bytes": "?"}}\n'),
        "returns: $bytes needs a string in base64",
    ),
    (cases('{"call": "double", "args": [1], "match": "checker"}\n'), "needs tests/checker.py"),
    ({"tests/checker.py": "def check(args, got): return True\n"}, "so tests/checker.py is never asked"),
    (
        {**cases('{"call": "double", "args": [1], "match": "checker"}\n'), "tests/checker.py": "x = 1\n"},
        "tests/checker.py: has no def check(args, got)",
    ),
    (
        cases('{"name": "a", "call": "double", "args": [2], "returns": 4}\n' * 2),
        f"{C}:2: the name “a” stands on line 1",
    ),
    (cases(CASE + '{"run": {}, "stdout": "x"}\n'), f"{C}: holds both calls and programs"),
    (cases('{"run": {"args": []}, "stdout": "x"}\n'), "unknown key “args”: did you mean “argv”?"),
    (cases('{"run": {}}\n'), f"{C}:1: expects nothing"),
    (cases('{"run": {"files": {"../x": "a"}}, "stdout": "x"}\n'), "“../x” leaves the working folder"),
    (cases('{"run": {}, "exit": "0"}\n'), '"exit" needs a whole number'),
    (cases('{"steps": []}\n'), '"steps" needs a list of objects'),
    (cases('{"steps": [{"do": "double", "args": [], "returns": 1}]}\n'), "before any object was made"),
    (cases('{"steps": [{"call": "double", "args": [1]}]}\n'), "no step expects anything"),
    ({"files/big.txt": b"x" * (4 * 1024 * 1024 + 1)}, f"{T}/files/big.txt: larger than 4 MiB"),
]


@pytest.mark.parametrize(("changes", "said"), WRONG, ids=range(len(WRONG)))
def test_what_is_said_of_a_wrong_task(tmp_path: Path, changes: dict[str, str | bytes | None], said: str) -> None:
    """Each fault is one line with the file, the line or key, and how to mend it; and nothing else is blamed."""
    lines = faults(write_suite(tmp_path, changes))
    assert any(said in line for line in lines), lines
    assert len(lines) <= 3, lines
    assert all(line.startswith(T) for line in lines)


def test_rust_and_cpp_need_signatures(tmp_path: Path) -> None:
    """Drivers in compiled languages cannot be written without types."""
    text = TASK_TOML.replace('"python"', '"rust"').replace("double.py", "double.rs").replace("api", "#")
    renamed = {path.replace(".py", ".rs"): content for path, content in FILES.items()}
    root = write_files(tmp_path, {"suite.toml": SUITE})
    write_files(root / T, {**renamed, "task.toml": text})
    assert faults(root) == [f"{T}/task.toml: api is missing: rust needs the signature of all that is called"]


def test_all_faults_come_at_once_up_to_twenty(tmp_path: Path) -> None:
    """Everything wrong is found in one go; beyond twenty lines the rest are counted."""
    root = write_suite(tmp_path, {**toml('"easy"', '"eazy"'), "prompt.md": None})
    assert len(faults(root)) == 2
    for number in range(25):
        write_task(root / "tasks" / "many" / str(number), {"prompt.md": None})
    lines = faults(root)
    assert len(lines) == 21
    assert lines[-1] == "and 7 more"


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"suite.toml": 'name = "a b"\nversion = "1"\n'}, "suite.toml: name: needs a name of letters"),
        ({"suite.toml": 'nmae = "a"\nversion = "1"\n'}, "suite.toml: unknown key “nmae”: did you mean “name”?"),
        ({"suite.toml": 'name = "a"\nversion = 1\n'}, "suite.toml: version: needs a text in quotes"),
        ({"suite.toml": b"\xff\xfe"}, "suite.toml: line 1 is not UTF-8"),
        ({"suite.toml": "name = \n"}, "suite.toml: no TOML"),
        ({"suite.toml": SUITE, "tasks/go/x/prompt.md": "hm"}, "tasks/go/x: has no task.toml"),
        ({"suite.toml": SUITE}, "tasks: is missing"),
        ({"suite.toml": SUITE, "tasks/.DS_Store": ""}, "tasks: holds no task"),
    ],
    ids=range(8),
)
def test_what_is_said_of_a_wrong_suite(tmp_path: Path, files: dict[str, str | bytes | None], said: str) -> None:
    """The suite's own file is checked like a task's."""
    assert any(line.startswith(said) for line in faults(write_files(tmp_path, files)))


def test_links_and_pipes_are_refused(tmp_path: Path) -> None:
    """A link out of the folder shows nothing of the host; a pipe does not hang the reader."""
    root = write_suite(tmp_path / "suite")
    (tmp_path / "secret").write_text("x")
    (root / T / "files" / "a.py").symlink_to(tmp_path / "secret")
    (root / T / "files" / "folder").symlink_to(tmp_path, target_is_directory=True)
    os.mkfifo(root / T / "files" / "b.py")
    lines = faults(root)
    assert len(lines) == 3
    assert sum("a link that leaves the task's folder" in line for line in lines) == 2
    assert sum("neither a file nor a folder" in line for line in lines) == 1


def test_a_link_inside_the_task_is_fine(tmp_path: Path) -> None:
    """Two names for one file of a task harm nobody."""
    root = write_suite(tmp_path)
    (root / T / "files" / "again.py").symlink_to("double.py")
    assert set(load_folder(root).tasks[0].files) == {"double.py", "again.py"}


def test_what_tools_leave_behind_is_no_part(tmp_path: Path) -> None:
    """Caches and backups change nothing, not even the task's hash."""
    before = load_folder(write_suite(tmp_path)).tasks[0].task_hash
    write_files(
        tmp_path / T, {"solution/__pycache__/double.pyc": b"\xff", "files/double.py~": "x", ".DS_Store": b"\xff"}
    )
    assert load_folder(tmp_path).tasks[0].task_hash == before


def test_names_and_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A suite is given by name or by path; an unknown name gets the nearest one and the other way to say it."""
    write_suite(tmp_path / "my-suite")
    monkeypatch.chdir(tmp_path)
    for spelling in ("./my-suite", "my-suite", str(tmp_path / "my-suite"), "my-suite/tasks/python/double"):
        assert load(spelling).name == "mine"
    with pytest.raises(UserError, match=re.escape("did you mean “core”? A folder of your own")):
        load("cores")
    with pytest.raises(UserError, match="no such folder"):
        load("./nowhere")
    with pytest.raises(UserError, match="is a file, not a folder"):
        load("./my-suite/suite.toml")
    with pytest.raises(UserError, match=r"neither suite.toml \(a suite\) nor task.toml"):
        load("./my-suite/tasks")


def test_the_suite_in_the_box_is_right() -> None:
    """`core` loads without a fault, and each of its tasks has an id of its own."""
    suite = load("core")
    assert (suite.name, suite.version) == ("core", "1")
    assert len({task.id for task in suite.tasks}) == len(suite.tasks)
    assert all(task.id.startswith(f"{task.language}/") for task in suite.tasks)
    assert all(task.prompt_hash and task.task_hash for task in suite.tasks)
