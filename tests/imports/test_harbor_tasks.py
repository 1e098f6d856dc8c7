"""Tasks of Harbor, read into folders of ours and written out of them. Containers are in `sandbox_containers`."""

from __future__ import annotations

import filecmp
import json
import subprocess
import sys
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

Assay = Callable[..., "subprocess.CompletedProcess[str]"]

TASK = {
    "task.toml": 'schema_version = "1.4"\n[task]\nname = "org/pick"\ndescription = "Pick"\n[metadata]\ndifficulty = "hard"\n',
    "instruction.md": "<!-- benchmark canary 1234 -->\n\nPick one.\n",
    "environment/Dockerfile": "FROM scratch\n",
    "tests/test.sh": "echo 1 > /logs/verifier/reward.txt\n",
    "solution/solve.sh": "echo\n",
}


@pytest.fixture
def assay(tmp_path: Path) -> Assay:
    def call(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, "-m", "assay", *words], cwd=tmp_path, capture_output=True, text=True)

    return call


def write(folder: Path, files: Mapping[str, str | bytes]) -> None:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content.encode() if isinstance(content, str) else content)


def test_a_task_of_harbor_becomes_a_script_in_its_image(assay: Assay, tmp_path: Path) -> None:
    """Its words, times, image and parts are kept; what marks it against training is not shown to a model."""
    table = TASK["task.toml"] + "[agent]\ntimeout_sec = 900\n[environment]\nmemory_mb = 4096\nworkdir = '/srv'\n"
    write(tmp_path / "theirs" / "a" / "pick", {**TASK, "task.toml": table})
    write(tmp_path / "theirs" / "pulled", {**TASK, "task.toml": "[environment]\ndocker_image = 'org/it:1'\n"})
    said = assay("import", "harbor", "theirs", "--out", "ours")
    assert (said.stdout, said.stderr) == ("ours: 2 tasks; next: assay tasks check ours\n", "")
    folder = tmp_path / "ours" / "tasks" / "a" / "pick"
    read = tomllib.loads((folder / "task.toml").read_text())
    assert read["limits"] == {
        "cpu": 900.0, "wall": 900.0, "memory": 4096, "disk": 1024, "processes": 512, "output": 4096,
    }  # fmt: skip
    assert (read["title"], read["difficulty"], read["workdir"]) == ("Pick", "hard", "/srv")
    assert (folder / "prompt.md").read_text() == "Pick one.\n"
    assert tomllib.loads((tmp_path / "ours/tasks/pulled/task.toml").read_text())["image"] == "org/it:1"
    shown = assay("tasks", "show", "ours", "a/pick").stdout
    assert "a script for bash, `solve.sh`" in shown
    assert "FROM scratch" in shown


REFUSED: dict[str, tuple[dict[str, str | bytes], str]] = {
    "several steps": ({"task.toml": "[[steps]]\nname = 'one'\n"}, "it has several steps"),
    "Windows": ({"task.toml": "[environment]\nos = 'windows'\n"}, "its environment is windows"),
    "GPUs": ({"task.toml": "[environment]\ngpus = 1\n"}, "it needs an accelerator"),
    "several containers": ({"environment/docker-compose.yaml": "services: {}\n"}, "more than one container"),
    "tests apart": ({"task.toml": "[verifier]\nenvironment_mode = 'separate'\n"}, "an environment of their own"),
    "no text": ({"tests/picture.png": b"\x89PNG\r\n\xff"}, "tests/picture.png: line 1 is not UTF-8"),
    "no TOML": ({"task.toml": "[task\n"}, "task.toml: no TOML"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_has_no_form_here_is_left_out_by_name(assay: Assay, tmp_path: Path, case: str) -> None:
    """With the reason; the others are taken, and where none is left that is the user's to mend."""
    files, reason = REFUSED[case]
    write(tmp_path / "theirs" / "odd", {**TASK, **files})
    alone = assay("import", "harbor", "theirs", "--out", "none")
    assert alone.returncode == 2
    assert reason in alone.stderr
    assert not (tmp_path / "none").exists()
    write(tmp_path / "theirs" / "plain", TASK)
    both = assay("import", "harbor", "theirs", "--out", "ours")
    assert both.stdout.startswith("ours: 1 task;")
    assert "note: odd is left out: " in both.stderr
    assert reason in both.stderr


@pytest.mark.parametrize("part", ["instruction.md", "tests/test.sh", "solution/solve.sh"])
def test_a_part_that_is_missing_is_named(assay: Assay, tmp_path: Path, part: str) -> None:
    """A task without a solution cannot prove itself."""
    write(tmp_path / "theirs", {path: text for path, text in TASK.items() if path != part})
    said = assay("import", "harbor", "theirs", "--out", "ours")
    assert said.returncode == 2
    assert f"it has no {part}" in said.stderr


def test_what_a_task_would_lack_here_is_said(assay: Assay, tmp_path: Path) -> None:
    """Variables, by name and never by value, and a network."""
    table = TASK["task.toml"] + "[verifier]\nenv = { API_KEY = 'sk-secret' }\n"
    write(tmp_path / "theirs", {**TASK, "task.toml": table, "tests/test.sh": "# curl x\n  uvx pytest /tests\n"})
    said = assay("import", "harbor", "theirs", "--out", "ours").stderr
    assert "wants variables that it is not given here: API_KEY" in said
    assert "put it into its image" in said
    written = "".join(path.read_text() for path in (tmp_path / "ours").rglob("*") if path.is_file())
    assert "sk-secret" not in said + written


def test_tasks_of_ours_come_back_as_they_were(assay: Assay, tmp_path: Path) -> None:
    """Every file, under the same id, mutants and hidden cases included; the judge beside them holds no solution."""
    assay("new", "suite", "ours")
    for category in ("bugfix", "review", "docs"):
        assay("new", "task", f"ours/tasks/python/{category}", "--language", "python", "--category", category)
    assert len(assay("export", "harbor", "ours", "--out", "theirs").stdout.split()) == 4
    assert assay("export", "harbor", "ours", "--out", "theirs").returncode == 2
    assert assay("import", "harbor", "theirs", "--out", "again").stdout.startswith("again: 4 tasks")
    before, after = tmp_path / "ours" / "tasks", tmp_path / "again" / "tasks"
    names = [path.relative_to(before).as_posix() for path in before.rglob("*") if path.is_file()]
    assert sorted(path.relative_to(after).as_posix() for path in after.rglob("*") if path.is_file()) == sorted(names)
    assert filecmp.cmpfiles(before, after, names, shallow=False)[0] == names
    shown = (tmp_path / "theirs" / "python-bugfix" / "environment").rglob("*")
    assert {path.name for path in shown if path.is_file()} == {"Dockerfile", "between.py"}


def test_an_id_from_outside_stays_in_the_suite(assay: Assay, tmp_path: Path) -> None:
    """A task cannot name itself out of the folder that it is written to."""
    assay("new", "suite", "ours")
    assay("export", "harbor", "ours", "--out", "theirs")
    toml = tmp_path / "theirs" / "python-between" / "task.toml"
    toml.write_text(toml.read_text().replace('assay_id = "python/between"', 'assay_id = "../../../escaped"'))
    assert assay("import", "harbor", "theirs", "--out", "again").returncode == 0
    assert (tmp_path / "again" / "tasks" / "python-between" / "task.toml").is_file()
    assert not (tmp_path / "escaped").exists()


def test_one_answer_is_judged_by_itself(assay: Assay, tmp_path: Path) -> None:
    """Exit code 0 and 1 as it passes or not. No file where one is asked for is an answer too, and a wrong one: an agent
    that leaves nothing has failed. A folder that is not there is the user's to mend."""
    assay("new", "suite", "ours")
    task = tmp_path / "ours" / "tasks" / "python" / "between"
    right = assay("tasks", "judge", str(task), str(task / "solution"))
    assert (right.returncode, right.stdout) == (0, "passed\n")
    wrong = assay("tasks", "judge", str(task), str(task / "mutants" / "high-excluded"))
    assert (wrong.returncode, wrong.stdout[:8]) == (1, "failed: ")
    none = assay("tasks", "judge", str(task), str(task / "tests"), "--json")
    verdict = json.loads(none.stdout)
    assert (none.returncode, verdict["status"], verdict["score"]) == (1, "invalid", 0)
    assert "there is no between.py" in verdict["reason"]
    absent = assay("tasks", "judge", str(task), str(task / "nothing"))
    assert (absent.returncode, absent.stdout) == (2, "")
    assert "there is no such folder" in absent.stderr
