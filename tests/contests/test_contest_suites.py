"""LiveCodeBench, CodeContests and APPS from their official rows: what becomes a task, and what is refused."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import pickle
import zipfile
from pathlib import Path
from typing import Any

import duckdb
import msgspec
import pytest
from contest_data import livecodebench_row, packed, write_rows

from assay.core.errors import UserError
from assay.core.task import Suite
from assay.formats.extract import take_code
from assay.suites import apps, load, official_files
from assay.suites.livecodebench import FILES, PARTS
from assay.suites.official_data import place_of

ROWS = tuple(file.rows for file in FILES)

ROW_CC: dict[str, Any] = {
    "name": "1_A. Sums",
    "description": "Add them.",
    "public_tests": {"input": ["1\n5\n"], "output": ["5\n"]},
    "private_tests": {"input": [], "output": []},
    "generated_tests": {"input": ["2\n1 2\n", "0\n\n"], "output": ["3\n", "0\n"]},
    "source": 2,
    "difficulty": 8,
    "solutions": {"language": [2, 3], "solution": ["int main() {}", "input()\nprint(sum(map(int, input().split())))"]},
    "incorrect_solutions": {"language": [3, 4], "solution": ["print(5)", "class Main {}"]},
    "time_limit": {"seconds": 2, "nanos": 500000000},
    "memory_limit_bytes": 256000000,
    "cf_rating": 800,
}
ROW_APPS: dict[str, Any] = {
    "id": 7,
    "question": "Add them.",
    "solutions": json.dumps(["input()\nprint(sum(map(int, input().split())))"]),
    "input_output": json.dumps({"inputs": ["1\n5\n"], "outputs": ["5\n"]}),
    "difficulty": "interview",
    "url": "https://example.org/7",
    "starter_code": "",
}


def folder_of(tmp_path: Path, *, counts: tuple[int, ...] = ROWS) -> Path:
    """A folder of all releases, with as many rows as are official."""
    for release, count in enumerate(counts, start=1):
        name = "test.jsonl" if release == 1 else f"test{release}.jsonl"
        rows = [livecodebench_row(f"v{release}_{number}", date=f"2024-{release:02d}-01") for number in range(count)]
        write_rows(tmp_path / name, rows)
    return tmp_path


@pytest.mark.parametrize(
    "name", ["livecodebench:v6", "codecontests", "codecontests:valid", "apps:train", "bigcodebench:instruct-hard"]
)
def test_a_fetched_file_that_has_changed_since_is_refused(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What lies where `assay suites get` puts it is the official file, or it is said what differs."""
    monkeypatch.setenv("ASSAY_HOME", str(tmp_path))
    (file,) = official_files(name)
    row = {
        **livecodebench_row("a"),
        **ROW_CC,
        **ROW_APPS,
        "task_id": "a",
        "instruct_prompt": "a",
        "complete_prompt": "a",
    }
    place_of(file).parent.mkdir(parents=True)
    text = json.dumps(row)
    if place_of(file).suffix == ".parquet":
        (tmp_path / "row.json").write_text(text, encoding="utf-8")
        duckdb.sql(f"copy (from '{tmp_path}/row.json') to '{place_of(file)}' (format parquet)")
    else:
        place_of(file).write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=r"is not the official .* bytes with SHA-256 .* instead of .* fetches it anew"):
        load(name)


def test_a_fetched_file_is_read_while_it_is_what_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the sum that its makers' file has, it is the suite."""
    monkeypatch.setenv("ASSAY_HOME", str(tmp_path))
    content = json.dumps(ROW_APPS).encode()
    file = msgspec.structs.replace(apps.FILES["test"], sha256=hashlib.sha256(content).hexdigest())
    monkeypatch.setitem(apps.FILES, "test", file)
    place_of(file).parent.mkdir(parents=True)
    place_of(file).write_bytes(content)
    assert [task.id for task in load("apps").tasks] == ["0007"]


@pytest.mark.parametrize(
    "name",
    ["livecodebench:v6", "codecontests:valid", "apps:train", "bigcodebench:complete-hard", "bigcodebench:instruct"],
)
def test_the_command_that_is_named_fetches_what_is_missing(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says the part, of which the files are, and not all of the suite or another part of it."""
    monkeypatch.setenv("ASSAY_HOME", str(tmp_path))
    with pytest.raises(UserError, match=rf"`assay suites get {name}` fetches it"):
        load(name)
    assert len(official_files(name)) == 1


def test_what_no_part_of_a_suite_is_is_not_fetched() -> None:
    """A part that is misspelt is not taken for the whole."""
    for name in ("livecodebench:v9", "codecontests:valdi", "apps:tran", "bigcodebench:complete-hrad"):
        with pytest.raises(UserError, match=f"^{name}: "):
            official_files(name)


def test_what_is_fetched_of_livecodebench_is_what_the_part_reads() -> None:
    """A release's files are fetched by the release's name, and all of them by the suite's."""
    names = [
        [file.name for file in official_files(f"livecodebench{part}")] for part in ("", ":v6", ":v2_v3", ":v6:base")
    ]
    assert names[0] == [f"test{number}.jsonl" for number in ("", 2, 3, 4, 5, 6)]
    assert names[1:] == [["test6.jsonl"], ["test2.jsonl", "test3.jsonl"], ["test6.jsonl", "func.json", "stdin.json"]]


@pytest.mark.parametrize(
    ("part", "count"),
    [
        ("", 1055), (":release_v1", 400), (":release_v5", 880), (":release_v6", 1055), (":release_latest", 1055),
        (":v1", 400), (":v6", 175), (":v5_v6", 342), (":v2_v4", 313),
    ],
)  # fmt: skip
def test_releases_hold_their_official_problems(part: str, count: int, tmp_path: Path) -> None:
    """`release_vN` is everything up to it, `vN` what came with it: the names and numbers of the makers."""
    assert len(load(f"livecodebench{part}", data=folder_of(tmp_path)).tasks) == count


def test_a_release_with_another_number_of_problems_is_refused(tmp_path: Path) -> None:
    """A file that lost a line gives no number under the release's name."""
    folder = folder_of(tmp_path, counts=(*ROWS[:5], 174))
    for name in ("livecodebench", "livecodebench:v6"):
        with pytest.raises(UserError, match="official"):
            load(name, data=folder)


@pytest.mark.parametrize(
    ("since", "until", "names"),
    [
        ("", "", "abcd"),
        ("2024-01-31", "", "bcd"),
        ("", "2024-02-01", "abc"),
        ("2024-01-31", "2024-02-01", "bc"),
    ],
)
def test_a_window_of_dates_holds_both_its_days(since: str, until: str, names: str, tmp_path: Path) -> None:
    """First and last day belong to it; each task says its day."""
    days = {"a": "2024-01-30T00:00:00", "b": "2024-01-31T23:59:00", "c": "2024-02-01T12:00:00", "d": "2024-02-02"}
    file = write_rows(tmp_path / "rows.jsonl", [livecodebench_row(name, date=day) for name, day in days.items()])
    suite = load("livecodebench", data=file, since=since, until=until)
    assert "".join(task.id for task in suite.tasks) == names
    assert [task.date for task in suite.tasks] == [days[name][:10] for name in names]


def test_questions_are_asked_in_the_official_words(tmp_path: Path) -> None:
    """A system message, the question, its format, its starter code; and the last fenced block is the answer."""
    rows = [livecodebench_row("a"), livecodebench_row("b", function="f", tests=(("1", "2"),))]
    stdin, called = load("livecodebench", data=write_rows(tmp_path / "rows.jsonl", rows)).tasks
    system, user = stdin.ask.messages
    assert system.role == "system"
    assert system.content.startswith("You are an expert Python programmer. You will be given a question")
    assert user.content.startswith("### Question:\nThe words of a.\n\n### Format: Read the inputs from stdin solve")
    assert user.content.endswith(
        "```python\n# YOUR CODE HERE\n```\n\n### Answer: (use the provided format with backticks)\n\n"
    )
    assert "```python\nclass Solution:\n    def f(self, x: int)" in called.ask.messages[1].content
    assert "YOUR CODE HERE" not in called.ask.messages[1].content
    assert (stdin.grading["function"], called.grading["function"]) == ("", "f")
    assert not stdin.ask.stop
    reply = "First:\n```python\nprint(1)\n```\nNo:\n```python\nprint(2)\n```\nSo."
    assert take_code(reply, stdin.extract, language="python").files == {"answer.py": "print(2)"}
    assert take_code("print(3)", stdin.extract, language="python").problem


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"private_test_cases": "gASVCg=="}, "no packed text; nothing of them was run"),
        ({"private_test_cases": packed("x")[:-8]}, "no packed text"),
        ({"contest_date": "yesterday"}, "is no day"),
        ({"metadata": "{"}, "no JSON object"),
        ({"metadata": "[]"}, "no JSON object"),
        ({"question_id": None}, "question_id"),
    ],
)
def test_a_row_that_is_none_is_refused_with_its_place(changes: dict[str, Any], said: str, tmp_path: Path) -> None:
    """One line: the file, the line, what is wrong."""
    file = write_rows(tmp_path / "rows.jsonl", [livecodebench_row("a"), livecodebench_row("b", **changes)])
    with pytest.raises(UserError, match="line 2") as caught:
        load("livecodebench", data=file)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_malicious_file_runs_nothing(tmp_path: Path) -> None:
    """Private tests whose pickle makes a folder are refused when the suite is loaded."""
    import base64
    import os
    import zlib

    class Evil:
        def __reduce__(self) -> tuple[object, ...]:
            return (os.mkdir, (str(tmp_path / "made"),))

    evil = base64.b64encode(zlib.compress(pickle.dumps(Evil()))).decode()
    file = write_rows(tmp_path / "rows.jsonl", [livecodebench_row("a", private_test_cases=evil)])
    with pytest.raises(UserError, match="nothing of them was run"):
        load("livecodebench", data=file)
    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize(
    ("name", "settings", "said"),
    [
        ("livecodebench:v7", {}, "known: base, release_v1"),
        ("livecodebench:v6_v5", {}, "no part"),
        ("livecodebench", {"since": "2024-13-01"}, "write it as 2024-08-31"),
        ("livecodebench", {"since": "2030-01-01"}, "none of 1 problems"),
        ("livecodebench", {"protocol": "assay"}, "takes no --protocol"),
        ("codecontests:rust", {}, "no part “rust”"),
        ("codecontests", {"since": "2024-01-01"}, "takes no --since"),
        ("apps:valid", {}, "no part “valid”"),
    ],
)
def test_what_cannot_be_asked_for_is_said(name: str, settings: dict[str, Any], said: str, tmp_path: Path) -> None:
    """Parts and settings that a suite does not have."""
    file = write_rows(tmp_path / "rows.jsonl", [livecodebench_row("a")])
    with pytest.raises(UserError, match=said):
        load(name, data=file, **settings)


def test_two_tasks_of_one_name_are_refused(tmp_path: Path) -> None:
    """A file given twice would count twice."""
    file = write_rows(tmp_path / "rows.jsonl", [livecodebench_row("a"), livecodebench_row("a")])
    with pytest.raises(UserError, match="two tasks are called a"):
        load("livecodebench", data=file)


@pytest.mark.parametrize("name", ["livecodebench", "codecontests", "apps"])
def test_absent_data_is_named_with_its_address(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Which file, from where, to which folder."""
    monkeypatch.setenv("ASSAY_HOME", str(tmp_path))
    with pytest.raises(UserError, match=f"no test.jsonl .*{tmp_path}.*https://huggingface.co/") as caught:
        load(name)
    assert "\n" not in str(caught.value)


def test_codecontests_rows_become_tasks(tmp_path: Path) -> None:
    """All tests of all kinds, the problem's own limits, its solutions, its difficulty."""
    (task,) = load("codecontests", data=write_rows(tmp_path / "rows.jsonl", [ROW_CC])).tasks
    assert json.loads(task.grading["tests"]) == [["1\n5\n", "5\n"], ["2\n1 2\n", "3\n"], ["0\n\n", "0\n"]]
    assert (task.difficulty, task.language, task.limits.cpu, task.limits.memory) == ("B", "python", 2.0, 276)
    assert task.solution == {"answer.py": ROW_CC["solutions"]["solution"][1]}
    assert task.mutants == ({"answer.py": "print(5)"},)
    (cpp,) = load("codecontests:test:cpp", data=tmp_path / "rows.jsonl").tasks
    assert (cpp.language, cpp.solution, cpp.mutants) == ("cpp", {"answer.cpp": "int main() {}"}, ())
    assert "a complete program in C++" in cpp.ask.messages[0].content


@pytest.mark.parametrize(
    ("number", "word"), [(0, ""), (1, "easy"), (7, "A"), (17, "K"), (19, "L"), (29, "V"), (99, "")]
)
def test_difficulties_are_the_makers_own(number: int, word: str, tmp_path: Path) -> None:
    """Words for some sites, letters for Codeforces."""
    file = write_rows(tmp_path / "rows.jsonl", [ROW_CC | {"difficulty": number}])
    assert load("codecontests", data=file).tasks[0].difficulty == word


def test_apps_rows_become_tasks(tmp_path: Path) -> None:
    """Numbered as official, asked as official; what has no tests is left out."""
    called = {
        "input_output": json.dumps({"inputs": [[1]], "outputs": [2], "fn_name": "f"}),
        "starter_code": "def f(x):",
    }
    rows = [ROW_APPS, ROW_APPS | {"id": 8, "input_output": ""}, ROW_APPS | {"id": 9} | called]
    first, second = load("apps", data=write_rows(tmp_path / "rows.jsonl", rows)).tasks
    assert (first.id, first.difficulty, second.id, second.grading["function"]) == ("0007", "interview", "0009", "f")
    based = load("apps:base", data=tmp_path / "rows.jsonl").tasks
    assert based[0].ask.prompt == "\nQUESTION:\nAdd them.\nUse Standard Input format\nANSWER:\n"
    assert based[1].ask.prompt == "\nQUESTION:\nAdd them.\ndef f(x):\nUse Call-Based format\nANSWER:\n"


def _forms(tmp_path: Path) -> dict[str, Path]:
    plain = write_rows(tmp_path / "test.jsonl", [ROW_CC])
    whole, gz, parquet = tmp_path / "whole.json", tmp_path / "test.jsonl.gz", tmp_path / "test-00000-of-00001.parquet"
    archive = tmp_path / "test.jsonl.zip"
    whole.write_text(json.dumps([ROW_CC]), encoding="utf-8")
    gz.write_bytes(gzip.compress(plain.read_bytes()))
    with zipfile.ZipFile(archive, "w") as packed:
        packed.write(plain, "rows.jsonl")
    duckdb.connect().execute(f"copy (select * from read_json('{plain}')) to '{parquet}' (format parquet)")
    return {"jsonl": plain, "json": whole, "gz": gz, "zip": archive, "parquet": parquet}


def test_every_form_of_file_gives_the_same_tasks(tmp_path: Path) -> None:
    """JSON lines, packed or not, a JSON list, Parquet; and a folder that holds one of them."""
    suites: dict[str, Suite] = {name: load("codecontests", data=path) for name, path in _forms(tmp_path).items()}
    assert len({suite.tasks[0].task_hash for suite in suites.values()}) == 1
    assert load("codecontests", data=tmp_path).tasks == suites["jsonl"].tasks
    assert suites["jsonl"].version.startswith("test ")
    assert suites["jsonl"].version != suites["json"].version


def _zipped(*names: str) -> bytes:
    with zipfile.ZipFile(file := io.BytesIO(), "w") as packed:
        for name in names:
            packed.writestr(name, json.dumps(ROW_CC))
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", b'{"name": "half'),
        ("a.jsonl", b"\xff\xfe"),
        ("a.json", b"{}"),
        ("a.jsonl: line 2", json.dumps(ROW_CC).encode() + b'\n{"name": "half'),
        ("a.jsonl.gz", b"no gzip"),
        ("a.jsonl.gz", gzip.compress(b"{}", mtime=0)[:10] + b"\xff" * 9),
        ("a.zip", b"no archive"),
        ("a.zip", _zipped("a.jsonl", "b.jsonl")),
        ("a.parquet", b"no parquet"),
        ("a.jsonl", b"[" * 100_000),
        ("a.jsonl", b""),
    ],
)
def test_broken_files_are_refused_in_one_line(name: str, content: bytes, tmp_path: Path) -> None:
    """Whatever is wrong with a file, it is said with its name."""
    path = tmp_path / name.partition(":")[0]
    path.write_bytes(content)
    with pytest.raises(UserError, match=name) as caught:
        load("codecontests", data=path)
    assert "\n" not in str(caught.value)


def test_the_listed_parts_are_known() -> None:
    """Every release has both of its names."""
    assert len(PARTS) == 2 * len(ROWS)
