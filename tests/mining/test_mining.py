"""A history becomes tasks that prove themselves, and says what it could not take."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from histories import HISTORIES, MESSAGE, commit, git, write_history

from assay.authoring.new import new_suite
from assay.cli import main
from assay.core.errors import UserError
from assay.core.judging import Attempt
from assay.core.task import Task
from assay.core.trial import Status
from assay.graders import grader_class
from assay.sandboxes.toolchains import find
from assay.sandboxes.toolchains.commands import node_modules
from assay.suites.folder import load_folder
from assay.wiring.judging import build_judge

Run = Callable[..., tuple[int, str, str]]

_LANGUAGE = {
    "pytest": "python",
    "unittest": "python",
    "jest": "javascript",
    "vitest": "typescript",
    "rust-inside": "rust",
}
_FROM_NPM = ("jest", "vitest")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command; gives its exit code and what it said on both outputs."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str | Path) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            main([str(word) for word in arguments])
        out, err = capsys.readouterr()
        assert isinstance(left.value.code, int)
        return left.value.code, out, err

    return call


@pytest.mark.slow
@pytest.mark.timeout(900)  # the first of a language may have to prepare what all share
@pytest.mark.usefixtures("sandbox")
@pytest.mark.parametrize("name", HISTORIES)
def test_a_commit_becomes_a_task_that_proves_itself(tmp_path: Path, run: Run, name: str) -> None:
    """Per runner: the mended tests are found, the solution passes, the mutants fail."""
    language = _LANGUAGE.get(name, name)
    if isinstance(reason := find(language, "command"), str):
        pytest.skip(reason)
    if name in _FROM_NPM and not ((modules := node_modules()) and (modules / name).is_dir()):
        pytest.skip(f"no {name} in the folders of tools: npm install --prefix toolchains/exercises/packages {name}")
    oid = write_history(tmp_path / "r", name)
    code, out, err = run("mine", tmp_path / "r", "--out", "out")
    assert code == 0, err
    assert re.match(rf"{language}/splitting-loses-the-rest-7-{oid[:8]}: \d tests? mended", out), out
    (task,) = load_folder("out").tasks
    assert (task.category, task.language, task.origin) == ("bugfix", language, f"r {oid}")
    assert task.judge_in_process
    owed = task.grading
    assert any("rest" in test.lower() for test in owed["fixed"])
    assert any("even" in test.lower() for test in owed["kept"])
    assert not set(owed["tests"]) & set(task.files), "a hidden test lies among the starting files"
    assert run("tasks", "check", "out")[0] == 0
    if name == "pytest":
        assert len(task.mutants) == 3, (
            "nothing changed, and each of the two parts that tests notice left out of the whole fix"
        )
        assert task.licence == "MIT"
        _, shown, _ = run("run", "./out", "-m", "reference", "-m", "mutant", "-n", "3", "--json")
        scores = {one["model"]: one["accuracy"] for one in _found(json.loads(shown), "accuracy")}
        assert scores == {"reference": 1.0, "mutant": 0.0}


@pytest.mark.slow
@pytest.mark.usefixtures("sandbox")
def test_tests_that_waver_are_left_out(tmp_path: Path, run: Run) -> None:
    """Of a hundred tests that each toss a coin, those are left out that did not fall alike each time."""
    coins = (
        "import random\n\nimport pytest\n\nfrom money import split\n\n\ndef test_rest():\n    assert split(5, 2) == [3, 2]\n\n\n"
        '@pytest.mark.parametrize("n", range(100))\n'
        "def test_chance(n):\n    assert random.SystemRandom().getrandbits(60) % 2\n"
    )
    before, after = HISTORIES["pytest"]
    commit(tmp_path / "r", before, "Begin")
    commit(tmp_path / "r", {**after, "tests/test_money.py": coins}, MESSAGE)
    code, _, err = run("mine", tmp_path / "r", "--out", "out")
    assert code == 0, err
    assert re.search(r"left out: \d+ tests that did not end alike each time", err), err
    (task,) = load_folder("out").tasks
    kept = [test for test in (*task.grading["fixed"], *task.grading["kept"]) if "chance" in test]
    assert len(kept) <= 20, "by chance three fall alike each time; by their first runs alone it would be fifty"


def _found(value: object, key: str) -> list[dict[str, object]]:
    """Objects anywhere in `value` that have the key."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    own = [value] if isinstance(value, dict) and key in value else []
    return [*own, *(one for part in inner for one in _found(part, key))]


@pytest.mark.slow
@pytest.mark.usefixtures("sandbox")
async def test_original_tests_are_put_back_and_edits_to_them_are_a_flag(tmp_path: Path) -> None:
    """Neither a changed test, nor a new one, nor a file that steers them decides anything."""
    task = _task(tmp_path)
    judge, grader = build_judge(["python:command"]), grader_class("command")()
    wrong = {"money.py": task.files["money.py"]}
    easy = {"test_money.py": "import unittest\n"}
    steering = {"conftest.py": "def pytest_runtest_makereport():\n    pass\n"}
    own = {"test_own.py": "def test_own():\n    assert False\n"}
    try:
        for files, status, flagged in (
            ({**wrong, **easy}, Status.FAILED, True),
            ({**task.solution, **easy}, Status.PASSED, True),
            ({**wrong, **steering}, Status.FAILED, True),
            ({**task.solution, **own}, Status.PASSED, False),
            ({**task.files, **task.solution}, Status.PASSED, False),
        ):
            verdict = await grader.grade(task, Attempt(files=files), judge)
            assert verdict.status is status, verdict
            assert ("touched_tests" in verdict.flags) == flagged, verdict
            assert "in_process" in verdict.flags
        assert "test_rest" in (await grader.grade(task, Attempt(files=wrong), judge)).reason
    finally:
        await judge.close()


def _task(folder: Path) -> Task:
    """The unittest history as a task, by hand."""
    before, after = HISTORIES["unittest"]
    root = folder / "t"
    parts = {
        "task.toml": (
            'language = "python"\ncategory = "bugfix"\ndifficulty = "easy"\nentry = "money.py"\njudge = "command"\n'
            'command = "python -m unittest -v -b"\nshow = ["money.py"]\n'
        ),
        "prompt.md": "Mend it.\n",
        "files/money.py": before["money.py"],
        "files/test_other.py": "import unittest\n",
        "solution/money.py": after["money.py"],
        "mutants/none/money.py": before["money.py"],
        "tests/tree/test_money.py": after["test_money.py"],
        "tests/expected.toml": 'fixed = ["test_money.Money.test_rest"]\nkept = ["test_money.Money.test_even"]\n',
    }
    for path, text in parts.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    (task,) = load_folder(root).tasks
    return task


def test_the_model_sees_the_report_and_not_the_fix(tmp_path: Path) -> None:
    """Files that are not shown are named; hidden tests are neither."""
    said = _task(tmp_path).ask.messages[0].content
    assert "- `test_other.py`" in said
    assert _task(tmp_path).grading["put_back"] == ["test_other.py"]
    assert "test_money" not in said
    assert "python -m unittest -v -b" in said


@pytest.mark.parametrize(
    ("files", "message", "reason"),
    [
        ({"a.py": "x = 1\n"}, "Change the number of x", "changes no tests"),
        ({"test_a.py": "x = 1\n"}, "Test more than before", "changes no code"),
        ({"a.md": "x\n"}, "Words and nothing else", "changes no code in a language whose tests are known"),
        ({"a.py": "x = 1\n", "test_a.py": "x = 1\n"}, "fix", "its message says too little"),
        (
            {f"m{n}.py": "x = 1\n" for n in range(9)} | {"test_a.py": "x = 1\n"},
            "Change nine files at once",
            "changes more than 8 files of code or 40 of tests",
        ),
        (
            {"a.py": "x = 1\n" * 100_000, "test_a.py": "x = 1\n"},
            "Make a file too large",
            "changes a file that is no text, or too large",
        ),
    ],
)
def test_what_makes_no_task_is_dropped_with_a_reason(
    tmp_path: Path, run: Run, files: dict[str, str], message: str, reason: str
) -> None:
    """Nothing is tried of it; the exit code says that no task came of the history."""
    commit(tmp_path / "r", {"a.py": "x = 0\n"}, "Begin")
    commit(tmp_path / "r", files, message)
    code, out, _ = run("mine", tmp_path / "r", "--out", "out", "--json")
    found = json.loads(out)
    assert code == 1
    assert found["dropped"] == {reason: 1}
    assert (found["commits"], found["tried"]) == (1, 0)


@pytest.mark.usefixtures("sandbox")
def test_what_a_repository_needs_and_is_not_here_ends_nothing(tmp_path: Path, run: Run) -> None:
    """The commit is dropped, with what is missing; the next one is looked at."""
    if isinstance(reason := find("rust", "command"), str):
        pytest.skip(reason)
    before, after = HISTORIES["rust"]
    wanted = '[dependencies]\nrenamed = { version = "1", package = "no-such-crate-anywhere" }\n'
    needy = {"Cargo.toml": f"{before['Cargo.toml']}{wanted}[workspace]\nmembers = ['crates/*']\nexclude = ['fuzz']\n"}
    needy["crates/a/Cargo.toml"] = f"[package]\nname = 'a'\n{wanted.replace('anywhere', 'in-a-member')}"
    needy["fuzz/Cargo.toml"] = f"[package]\nname = 'f'\n{wanted.replace('anywhere', 'outside')}"
    commit(tmp_path / "r", {**before, **needy}, "Begin")
    commit(tmp_path / "r", after, MESSAGE)
    commit(tmp_path / "r", {"src/lib.rs": "// nothing\n"}, "Change the code and nothing else")
    code, out, _ = run("mine", tmp_path / "r", "--out", "out", "--json")
    found = json.loads(out)
    assert code == 1
    assert found["dropped"] == {"changes no tests": 1, "needs what is not here": 1}
    said = found["examples"]["needs what is not here"]
    assert "no-such-crate-anywhere" in said and "no-such-crate-in-a-member" in said
    assert "no-such-crate-outside" not in said, "what cargo does not build is not asked for"


@pytest.mark.slow
@pytest.mark.usefixtures("sandbox")
@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("Merge pull request #9 from somebody/side\n\nParts are all alike", "Parts are all alike"),
        ("Merge branch 'side'\n\n# Conflicts:\n#\tmoney.py\n", "Splitting loses the rest (#7)"),
    ],
)
def test_a_merge_is_the_change_that_it_brings(tmp_path: Path, run: Run, said: str, title: str) -> None:
    """Its report is what it says itself, else what those of its commits say that change the code."""
    root = tmp_path / "r"
    before, after = HISTORIES["unittest"]
    commit(root, before, "Begin")
    git(root, "checkout", "-q", "-b", "side")
    commit(root, {"README.md": "Words\n"}, "Words that concern nothing")
    commit(root, {"money.py": after["money.py"]}, MESSAGE)
    commit(root, {"test_money.py": after["test_money.py"]}, "Test what was mended")
    git(root, "checkout", "-q", "-")
    git(root, "merge", "-q", "--no-ff", "-m", said, "side")
    code, out, err = run("mine", root, "--out", "out", "--json")
    assert code == 0, err
    assert [task["title"] for task in json.loads(out)["tasks"]] == [title]
    (task,) = load_folder("out").tasks
    asked = task.ask.messages[0].content
    assert "Test what was mended" not in asked and "Words that concern" not in asked


@pytest.mark.slow
@pytest.mark.usefixtures("sandbox")
def test_modules_of_go_are_taken_from_a_cache_beside_the_tools(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As `go mod download` lays it; a commit whose module is not there is dropped, with its name."""
    if isinstance(reason := find("go", "command"), str):
        pytest.skip(reason)
    sums = _cached_module(tmp_path / "tools/exercises/modules/cache/download", "example.org/parts", "v1.0.0")
    before, after = HISTORIES["go"]
    uses = 'import "testing"\n\nimport _ "example.org/parts"\n'
    needy = {"go.mod": before["go.mod"] + "\nrequire example.org/parts v1.0.0\n", "go.sum": sums}
    trees = [
        {**tree, "money_test.go": tree["money_test.go"].replace('import "testing"\n', uses)} for tree in (before, after)
    ]
    commit(tmp_path / "r", {**trees[0], **needy}, "Begin")
    commit(tmp_path / "r", {path: text for path, text in trees[1].items() if path != "go.mod"}, MESSAGE)
    code, out, _ = run("mine", tmp_path / "r", "--out", "without", "--json")
    assert code == 1
    assert "example.org/parts" in json.loads(out)["examples"]["its tests do not run here"]
    monkeypatch.setenv("ASSAY_TOOLCHAINS", str(tmp_path / "tools"))
    find.cache_clear()
    try:
        code, out, err = run("mine", tmp_path / "r", "--out", "out")
    finally:
        find.cache_clear()
    assert (code, "1 test mended, 1 kept" in out) == (0, True), err


def _cached_module(root: Path, module: str, version: str) -> str:
    """A module of one file in a cache of Go's form, and its lines of go.sum."""
    files = {"go.mod": f"module {module}\n", "parts.go": "package parts\n"}
    folder = root / module / "@v"
    folder.mkdir(parents=True)
    (folder / f"{version}.info").write_text(json.dumps({"Version": version, "Time": "2020-01-01T00:00:00Z"}))
    (folder / f"{version}.mod").write_text(files["go.mod"])
    with zipfile.ZipFile(folder / f"{version}.zip", "w") as packed:
        for name, text in files.items():
            packed.writestr(f"{module}@{version}/{name}", text)

    def hashed(named: dict[str, str]) -> str:
        lines = "".join(
            f"{hashlib.sha256(text.encode()).hexdigest()}  {name}\n" for name, text in sorted(named.items())
        )
        return f"h1:{base64.b64encode(hashlib.sha256(lines.encode()).digest()).decode()}"

    whole = hashed({f"{module}@{version}/{name}": text for name, text in files.items()})
    return f"{module} {version} {whole}\n{module} {version}/go.mod {hashed({'go.mod': files['go.mod']})}\n"


def test_renames_are_left(tmp_path: Path, run: Run) -> None:
    """An answer cannot remove a file."""
    root = tmp_path / "r"
    commit(root, {"a.py": "x = 0\n", "test_a.py": "\n"}, "Begin")
    git(root, "mv", "a.py", "c.py")
    commit(root, {"test_a.py": "import c\n"}, "Give it another name")
    code, out, _ = run("mine", root, "--out", "out", "--json")
    assert code == 1
    assert json.loads(out)["dropped"] == {"removes or renames files: an answer cannot say that": 1}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["mine", "absent", "--out", "o"], "absent: there is no such folder"),
        (["mine", ".", "--out", "o"], "not a git repository"),
        (["mine", ".", "--out", "o", "--language", "pyhton"], "did you mean “python”"),
        (["mine", ".", "--out", "full"], "not a git repository"),
        (["mine", "."], "--out"),
    ],
)
def test_a_slip_is_one_line(tmp_path: Path, run: Run, arguments: list[str], said: str) -> None:
    (tmp_path / "full").mkdir()
    code, _, err = run(*arguments)
    assert code == 2
    assert said in err
    assert "Traceback" not in err
    assert not (tmp_path / "o").exists()


def test_what_was_written_once_is_not_written_over(tmp_path: Path, run: Run) -> None:
    commit(tmp_path / "r", {"a.py": "x = 0\n"}, "Begin")
    assert run("mine", tmp_path / "r", "--out", "out")[0] == 1
    code, _, err = run("mine", tmp_path / "r", "--out", "out")
    assert (code, "exists already and is not empty" in err) == (2, True)


def test_commands_and_other_judges_do_not_mix(tmp_path: Path) -> None:
    """They need other tools, so a suite has one or the other."""
    new_suite(tmp_path / "s")
    assert load_folder(tmp_path / "s").grader == "cases"
    _task(tmp_path)
    (tmp_path / "t").rename(tmp_path / "s" / "tasks" / "t")
    with pytest.raises(UserError, match="put them into a suite of their own"):
        load_folder(tmp_path / "s")
    shutil.rmtree(tmp_path / "s" / "tasks" / "python")
    assert load_folder(tmp_path / "s").grader == "command"


@pytest.mark.parametrize(
    ("path", "old", "new", "said"),
    [
        ("task.toml", "command = ", "why = ", 'judge = "command" needs command = "…"'),
        ("task.toml", '["money.py"]', '["noney.py"]', "show: “noney.py” is not in files/: did you mean “money.py”"),
        (
            "task.toml",
            "python -m unittest -v -b",
            "make check",
            "the words of “make check” cannot be read test by test",
        ),
        ("task.toml", '"python"', '"java"', 'judge = "command" knows python, javascript'),
        ("tests/expected.toml", "fixed = [", "fixed = [1, ", "fixed: needs a list of names of tests"),
        ("tests/expected.toml", "kept", "keeps", "unknown key “keeps”: did you mean “kept”?"),
    ],
)
def test_what_is_wrong_with_such_a_task_is_said(tmp_path: Path, path: str, old: str, new: str, said: str) -> None:
    _task(tmp_path)
    file = tmp_path / "t" / path
    file.write_text(file.read_text().replace(old, new))
    with pytest.raises(UserError) as raised:
        load_folder(tmp_path / "t")
    assert said in str(raised.value)


def test_the_message_is_stripped_of_the_fix() -> None:
    """Trailers and the fix's own difference are gone; links stay as they were."""
    from assay.authoring.mining.report import prompt_of, report_of

    title, body = report_of(MESSAGE)
    said = prompt_of(title, body)
    assert title == "Splitting loses the rest (#7)"
    assert "https://example.org/7" in said
    assert "given away" not in said
    assert "Signed-off-by" not in said


def test_names_that_nobody_could_guess_are_told() -> None:
    """What tests use and the fix brings in is in the prompt, as it is defined; what is known already is not."""
    from assay.authoring.mining.wanted_names import wanted_names

    start = {"a.py": "def known(): ...\n"}
    solution = {
        "a.py": "def known(policy='x'):\n    ...\n\n\nclass Basket(list):\n    def fill_up(self, much: int) -> None:\n        word = 1\n",
        "b.go": "func (r *Route) Metadata(key any) *Route {\n",
        "c.js": "export const spread = (total, parts) => total; // remark\n",
    }
    tests = {"t.py": "known(policy='y'); Basket().fill_up(3); Metadata; spread; 'remark'; reported\n"}
    assert wanted_names(start, solution, tests, report="reported") == [
        "def known(policy='x')",
        "class Basket(list)",
        "def fill_up(self, much: int) -> None",
        "func (r *Route) Metadata(key any) *Route",
        "export const spread",
    ]


def test_no_name_is_told_that_is_only_a_word() -> None:
    """Words in texts and remarks, names that the tests bind themselves and those that the language has are none."""
    from assay.authoring.mining.wanted_names import wanted_names

    solution = {
        "a.py": "def made(way: str = '') -> dict(int):\n    chosen = dict(a=1)\n    note = 'of the form: x'\n    # spoken (so)\n"
        "    return chosen.form\n"
    }
    tests = {"t.py": "chosen = made(way='in the form: x')\n# spoken\nassert chosen == dict(b=2), 'note'\n"}
    assert wanted_names({}, solution, tests, report="") == ["def made(way: str = '') -> dict(int)"]
    told = wanted_names(
        {}, {"b.ts": "  predicate: (key: string) => boolean,\n"}, {"t.ts": "const predicate = 1;\n"}, report=""
    )
    assert told == []


def test_texts_that_tests_look_for_letter_for_letter_are_told() -> None:
    """Those that the fix brings in and the report does not say."""
    from assay.authoring.mining.report import prompt_of
    from assay.authoring.mining.wanted_names import wanted_texts

    start = {"a.py": "raise ValueError('known before')\n"}
    solution = {
        "a.py": "raise ValueError('known before')\nraise ValueError('no parts to split')\nx = 'said in words'\n"
    }
    tests = {"t.py": "match='no parts to split'; 'known before'; 'said in words'; 'only in the tests'\n"}
    texts = wanted_texts(start, solution, tests, report="It is said in words")
    assert texts == ["no parts to split"]
    assert prompt_of("Title", "", (), texts).endswith("letter for letter:\n\n- `no parts to split`\n")
