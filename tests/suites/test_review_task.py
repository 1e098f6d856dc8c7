"""Tasks of review: what the model is shown, where defects are found, and what is said of a folder that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from task_files import write_files

from assay.core.errors import UserError
from assay.formats.extract import take_code
from assay.formats.numbered_diff import read_diff
from assay.suites.folder import load_folder

DIFF = """\
--- a/src/a.go
+++ b/src/a.go
@@ -8,3 +8,4 @@ func A() {
 open
-old
+new one
+new two
 end
@@ -40,2 +41,3 @@
 far

+added
--- /dev/null
+++ b/b.go
@@ -0,0 +1 @@
+package b
"""
PLAN = """\
[kinds]
leak = "not released"
race = "not ordered"

[[defects]]
file = "src/a.go"
code = ["new one", "added"]
kind = "leak"
why = "Never closed."

[[decoys]]
file = "b.go"
code = "package b"
why = "Only a name."
"""
TOML = 'language = "go"\ncategory = "review"\ndifficulty = "easy"\nentry = "findings.json"\n'
RIGHT = '[{"file": "src/a.go", "line": 9, "kind": "leak"}]\n'
FILES: dict[str, str | bytes | None] = {
    "task.toml": TOML,
    "prompt.md": "Review it.\n",
    "files/change.diff": DIFF,
    "tests/review.toml": PLAN,
    "solution/findings.json": RIGHT,
    "mutants/a/findings.json": "[]\n",
    "mutants/b/findings.json": RIGHT.replace("leak", "race"),
    "mutants/c/findings.json": RIGHT.replace("9", "90"),
}


def write(root: Path, **changes: str | None) -> Path:
    """The task with some files changed; `plan` and `diff` are the two that matter."""
    names = {"plan": "tests/review.toml", "diff": "files/change.diff", "toml": "task.toml"}
    return write_files(root, {**FILES, **{names.get(name, name): text for name, text in changes.items()}})


def test_a_right_task(tmp_path: Path) -> None:
    """Places are told by parts of lines and become numbers; each task names its own grader."""
    suite = load_folder(write(tmp_path))
    (task,) = suite.tasks
    assert suite.grader == "by_task"
    assert task.grading == {
        "judge": "findings",
        "tolerance": 2,
        "false_alarms": 1,
        "kinds": {"leak": "not released", "race": "not ordered"},
        "defects": [{"file": "src/a.go", "lines": [9, 43], "why": "Never closed.", "kinds": ["leak"]}],
        "decoys": [{"file": "b.go", "lines": [1], "why": "Only a name."}],
    }
    assert (task.extract.form, task.extract.path) == ("file", "findings.json")


def test_what_the_model_is_shown(tmp_path: Path) -> None:
    """Lines carry their numbers in the new file, and the rule by which findings are right is said; no defect is."""
    (task,) = load_folder(write(tmp_path, **{"files/src/c.go": "package c\n"})).tasks
    text = task.ask.messages[0].content
    assert "The file before the change:\n\n`src/c.go`\n\n```go\npackage c\n```" in text
    assert (
        "+++ src/a.go\n@@ -8,3 +8,4 @@ func A() {\n 8  open\n   -old\n 9 +new one\n10 +new two\n11  end\n"
        "@@ -40,2 +41,3 @@\n41  far\n42\n43 +added\n\n+++ b.go\n@@ -0,0 +1 @@\n1 +package b\n```"
    ) in text
    assert "- `leak`: not released\n- `race`: not ordered" in text
    assert "at most 2 lines away" in text
    assert "with at most 1 false alarm." in text
    assert "Never closed" not in text
    assert "Only a name" not in text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"plan": None}, "tests/review.toml: is missing"),
        ({"diff": None}, "files/change.diff: is missing; it is what is reviewed"),
        ({"diff": "hello\n"}, "no unified diff: holds no hunk"),
        ({"diff": DIFF.replace("@@ -0,0 +1 @@", "@@ -0,0 +1,2 @@")}, "its last hunk is shorter than its head says"),
        ({"diff": DIFF.replace(" end", "end")}, "line 8 begins with neither a space, “+” nor “-”"),
        ({"plan": PLAN.replace("decoys", "decoy")}, "unknown key “decoy”: did you mean “decoys”?"),
        ({"plan": PLAN.replace('"new one", ', '"new", ')}, "defect 1: “new” stands on 2 lines of the new src/a.go"),
        ({"plan": PLAN.replace('"new one", ', '"old", ')}, "defect 1: “old” stands on 0 lines of the new src/a.go"),
        ({"plan": PLAN.replace('"b.go"', '"c.go"')}, "decoy 1: the change touches no file “c.go”"),
        ({"plan": PLAN.replace('kind = "leak"', 'kind = "leek"')}, "kind “leek” is not among the kinds: did you mean"),
        ({"plan": PLAN.replace("why", "wy", 1)}, "defect 1: unknown key “wy”: did you mean “why”?"),
        ({"plan": PLAN.replace("race =", "Race =")}, "kinds: “Race” needs small letters"),
        ({"plan": "tolerance = true\n" + PLAN}, "tolerance: needs a whole number from 0 to 20"),
        (
            {"plan": PLAN.replace('file = "b.go"\ncode = "package b"', 'file = "src/a.go"\ncode = "end"')},
            "decoy 1 is within the reach of defect 1",
        ),
        (
            {"plan": f'{PLAN}\n[[defects]]\nfile = "src/a.go"\ncode = "end"\nkind = ["race", "leak"]\nwhy = "x"\n'},
            "defects 1 and 2 are of one kind and within one finding's reach",
        ),
        ({"toml": TOML.replace("findings.json", "f.json")}, "a review has the entry “findings.json”"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, changes: dict[str, str | None], said: str) -> None:
    """Each slip is a line that says where, and what to do."""
    with pytest.raises(UserError) as raised:
        load_folder(write(tmp_path, **changes))
    assert said in str(raised.value)


@pytest.mark.parametrize(
    "reply",
    [
        RIGHT,
        f"```json\n{RIGHT}```\n",
        f"I looked at `src/a.go`:\n\n```go\nnew one\n```\n\nIt is never closed.\n\n```\n{RIGHT}```\n",
        f"Here is what I found.\n\n{RIGHT}\nThat is all.\n",
        '<think>[{"file": 1}]</think>\n' + RIGHT,
    ],
    ids=["bare", "fenced", "with a quotation", "between sentences", "after thinking"],
)
def test_findings_are_taken_out_of_replies(tmp_path: Path, reply: str) -> None:
    """The list comes out of fences, prose and thinking as it is."""
    (task,) = load_folder(write(tmp_path)).tasks
    taken = take_code(reply, task.extract, language=task.language)
    assert taken.files["findings.json"].strip() == RIGHT.strip()


def test_an_empty_line_of_a_diff_may_have_lost_its_space() -> None:
    """Editors take blanks off the ends of lines; such a line is still a line of the hunk."""
    (one, _) = read_diff(DIFF)
    assert [(line.sign, line.number) for line in one.lines][-3:] == [(" ", 41), (" ", 42), ("+", 43)]
