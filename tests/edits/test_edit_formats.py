"""Edit formats: what a reply says is what the files become, with the tolerance that Aider has."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.formats.edits import MODULES, apply, render
from assay.formats.edits.applied import plain_path
from assay.formats.edits.talk import Talk

FILES = {"a.py": "def f(x):\n    y = x + 1\n    return y\n\n\ndef g():\n    return 2\n", "src/b.py": "B = 1\n"}


def changed(form: str, reply: str, files: dict[str, str] = FILES) -> dict[str, str]:
    """What a reply without a problem changes."""
    applied = apply(form, reply, files)
    assert applied.problem == ""
    return {path: text for path, text in applied.files.items() if files.get(path) != text}


def replaced(old: str, new: str, *, path: str = "a.py") -> str:
    return f"{path}\n```python\n<<<<<<< SEARCH\n{old}=======\n{new}>>>>>>> REPLACE\n```\n"


def diffed(hunk: str, *, old: str = "a.py", new: str = "a.py") -> str:
    return f"Here:\n```diff\n--- {old}\n+++ {new}\n@@ ... @@\n{hunk}```\n"


WHOLE = [
    ("a name on the line before", "a.py\n```python\nX = 1\n```\n", {"a.py": "X = 1\n"}),
    ("a name in bold, with a colon", "**a.py:**\n```\nX = 1\n```", {"a.py": "X = 1\n"}),
    ("a name in backticks, with a colon", "`a.py`:\n```\nX = 1\n```", {"a.py": "X = 1\n"}),
    ("a folder too many", "path/to/a.py\n```\nX = 1\n```", {"a.py": "X = 1\n"}),
    ("a name that the words before quote", "Change `src/b.py`.\n\n```\nX = 1\n```", {"src/b.py": "X = 1\n"}),
    ("a new file", "new/c.py\n```\nC = 3\n```", {"new/c.py": "C = 3\n"}),
    ("a listing that never closes", "a.py\n```\nX = 1\n", {"a.py": "X = 1\n"}),
    ("two files", "a.py\n```\nX = 1\n```\nsrc/b.py\n```\nY = 2\n```", {"a.py": "X = 1\n", "src/b.py": "Y = 2\n"}),
    ("the first of two listings", "a.py\n```\nX = 1\n```\na.py\n```\nX = 2\n```", {"a.py": "X = 1\n"}),
    ("no listing at all", "I would rather not.", {}),
    ("a path that leaves the folder", "../../etc/passwd\n```\nroot\n```", {}),
]


@pytest.mark.parametrize(("what", "reply", "wanted"), WHOLE, ids=[row[0] for row in WHOLE])
def test_whole(what: str, reply: str, wanted: dict[str, str]) -> None:
    """A listing replaces the file that it names."""
    assert changed("whole", reply) == wanted


G3 = FILES["a.py"].replace("return 2", "return 3")
DIFF = [
    ("exactly", replaced("    return 2\n", "    return 3\n"), {"a.py": G3}),
    ("without the indentation", replaced("def g():\nreturn 2\n", "def g():\nreturn 3\n"), None),
    ("outdented as a whole", replaced("return 2\n", "return 3\n"), {"a.py": G3}),
    (
        "behind a blank line too many",
        replaced("\ndef f(x):\n    y = x + 1\n", "def f(x):\n    y = x\n"),
        {"a.py": FILES["a.py"].replace("x + 1", "x")},
    ),
    (
        "around dots",
        replaced("def f(x):\n...\n    return 2\n", "def f(z):\n...\n    return 3\n"),
        {"a.py": G3.replace("f(x)", "f(z)")},
    ),
    ("in another file than said", replaced("B = 1\n", "B = 2\n"), {"src/b.py": "B = 2\n"}),
    ("an empty search makes a file", replaced("", "N = 1\n", path="n.py"), {"n.py": "N = 1\n"}),
    (
        "a divider at the end",
        replaced("    return 2\n", "    return 3\n").replace(">>>>>>> REPLACE", "======="),
        {"a.py": G3},
    ),
    ("a name with a slip", replaced("B = 1\n", "B = 2\n", path="src/bb.py"), {"src/b.py": "B = 2\n"}),
    ("commands to run are no edits", "```bash\nrm -rf /\n```\n", {}),
]


@pytest.mark.parametrize(("what", "reply", "wanted"), DIFF, ids=[row[0] for row in DIFF])
def test_diff(what: str, reply: str, wanted: dict[str, str] | None) -> None:
    """A block's lines are found as far as Aider would find them, and no further."""
    if wanted is None:
        assert "could not be applied" in apply("diff", reply, FILES).problem or apply("diff", reply, FILES).problem
    else:
        assert changed("diff", reply) == wanted


def test_diff_goes_on_with_the_last_name() -> None:
    """A second block without a name is for the file of the one before."""
    reply = replaced("    return 2\n", "    return 3\n") + replaced("    return y\n", "    return -y\n", path="")
    assert changed("diff", reply) == {"a.py": G3.replace("return y", "return -y")}


def test_a_failed_block_is_explained() -> None:
    """The model is told which block failed, what is nearly the same in the file, and that others were applied."""
    applied = apply(
        "diff", replaced("    return 2\n", "    return 3\n") + replaced("def h():\n    return 3\n", "pass\n"), FILES
    )
    assert applied.edited == ("a.py",)
    assert "1 of 2 edit blocks" in applied.problem
    assert "def h():" in applied.problem and "The other 1 took effect" in applied.problem


UDIFF = [
    ("as it is", diffed(" def g():\n-    return 2\n+    return 3\n"), {"a.py": G3}),
    ("with git's letters", diffed("-    return 2\n+    return 3\n", old="a/a.py", new="b/a.py"), {"a.py": G3}),
    ("with all of the indentation off", diffed("-def f(x):\n-  y = x + 1\n+def f(z):\n+  y = z + 1\n"), None),
    ("shifted", diffed("-return 2  # two\n+return 3\n"), None),
    (
        "a new line that is not marked as one",
        diffed(" # a remark\n def g():\n-    return 2\n+    return 3\n"),
        {"a.py": G3.replace("def g", "# a remark\ndef g")},
    ),
    ("a new file", diffed("+N = 1\n", old="/dev/null", new="n.py"), {"n.py": "N = 1\n"}),
    ("added to an empty search", diffed("+Z = 1\n"), {"a.py": FILES["a.py"] + "Z = 1\n"}),
    (
        "twice the same hunk",
        diffed("-    return 2\n+    return 3\n@@ @@\n-    return 2\n+    return 3\n"),
        {"a.py": G3},
    ),
    ("no diff", "```python\nX = 1\n```", {}),
]


@pytest.mark.parametrize(("what", "reply", "wanted"), UDIFF, ids=[row[0] for row in UDIFF])
def test_udiff(what: str, reply: str, wanted: dict[str, str] | None) -> None:
    """Hunks are placed by their lines, with less and less context."""
    if wanted is None:
        assert "could not be applied" in apply("udiff", reply, FILES).problem
    else:
        assert changed("udiff", reply) == wanted


def test_udiff_moves_with_the_indentation() -> None:
    """A hunk that is indented otherwise throughout still fits, and its lines get the file's indentation."""
    files = {"a.py": "class A:\n    def f(self):\n        if self:\n            return 1\n        return 2\n"}
    hunk = "-if self:\n-    return 1\n-return 2\n+if not self:\n+    return 2\n+return 1\n"
    wanted = "class A:\n    def f(self):\n        if not self:\n            return 2\n        return 1\n"
    assert changed("udiff", diffed(hunk), files) in ({"a.py": wanted}, {})


BEGIN, END = "*** Begin Patch\n", "*** End Patch\n"
PATCH = [
    ("an update", BEGIN + "*** Update File: a.py\n@@\n def g():\n-    return 2\n+    return 3\n" + END, {"a.py": G3}),
    (
        "behind a scope",
        BEGIN + "*** Update File: a.py\n@@ def g():\n-    return 2\n+    return 3\n" + END,
        {"a.py": G3},
    ),
    ("other spaces", BEGIN + "*** Update File: a.py\n@@\n-  return 2   \n+    return 3\n" + END, {"a.py": G3}),
    ("an addition", BEGIN + "*** Add File: n/n.py\n+N = 1\n+\n+M = 2\n" + END, {"n/n.py": "N = 1\n\nM = 2\n"}),
    ("without an end", BEGIN + "*** Add File: n.py\n+N = 1\n", {"n.py": "N = 1\n"}),
    ("without a beginning", "*** Add File: n.py\n+N = 1\n" + END, {"n.py": "N = 1\n"}),
    (
        "at the end of the file",
        BEGIN + "*** Update File: src/b.py\n@@\n B = 1\n+C = 2\n*** End of File\n" + END,
        {"src/b.py": "B = 1\nC = 2\n"},
    ),
    ("no patch", "Nothing is to be done.", {}),
]


@pytest.mark.parametrize(("what", "reply", "wanted"), PATCH, ids=[row[0] for row in PATCH])
def test_patch(what: str, reply: str, wanted: dict[str, str]) -> None:
    """A patch says for each file what becomes of it."""
    assert changed("patch", reply) == wanted


def test_a_patch_can_take_files_away_and_move_them() -> None:
    """Delete and Move to."""
    gone = apply("patch", BEGIN + "*** Delete File: a.py\n" + END, FILES)
    assert (gone.problem, sorted(gone.files)) == ("", ["src/b.py"])
    moved = apply("patch", BEGIN + "*** Update File: src/b.py\n*** Move to: c.py\n@@\n-B = 1\n+B = 2\n" + END, FILES)
    assert (moved.problem, moved.files["c.py"], "src/b.py" in moved.files) == ("", "B = 2\n", False)


BROKEN = [
    ("whole", "```\nX = 1\n```"),
    ("diff", "<<<<<<< SEARCH\nx\n=======\ny\n>>>>>>> REPLACE\n"),
    ("diff", "a.py\n```\n<<<<<<< SEARCH\nx\n"),
    ("diff", "a.py\n```\n<<<<<<< SEARCH\nx\n=======\ny\n"),
    ("diff", replaced("no such line\n", "x\n")),
    ("udiff", diffed("-no such line here\n+x\n")),
    ("patch", BEGIN + "*** Update File: missing.py\n@@\n-x\n+y\n" + END),
    ("patch", BEGIN + "*** Update File: a.py\n@@ class Nowhere:\n-x\n+y\n" + END),
    ("patch", BEGIN + "*** Update File: a.py\n@@\n-no such line\n+y\n" + END),
    ("patch", BEGIN + "*** Update File: a.py\nno sign\n" + END),
    ("patch", BEGIN + "*** Add File: a.py\n+x\n" + END),
    ("patch", BEGIN + "*** Add File: n.py\nno plus\n" + END),
    ("patch", BEGIN + "*** Add File: ../n.py\n+x\n" + END),
    ("patch", BEGIN + "words\n" + END),
]


@pytest.mark.parametrize(("form", "reply"), BROKEN)
def test_what_cannot_be_followed_is_said(form: str, reply: str) -> None:
    """A reply that breaks the rules of its format, or does not fit, changes nothing and says why."""
    applied = apply(form, reply, FILES)
    assert applied.problem
    assert applied.files == FILES


LINE = st.text(alphabet="ab ({=+-@*.`<>\t", max_size=12)
TEXT = st.lists(LINE, max_size=8).map(lambda lines: "".join(line + "\n" for line in lines))
PLAIN = st.text(alphabet="abcxyz (){}=+1", max_size=12)
CODE = st.lists(PLAIN, min_size=1, max_size=10).map(lambda lines: "".join(f"x{line}\n" for line in lines))
MARKS = ["*** Begin Patch", "*** Update File: a.py", "*** Add File: n", "@@", "```diff", "```", "--- a.py", "+++ a.py",
         "a.py", "<<<<<<< SEARCH", "=======", ">>>>>>> REPLACE", "..."]  # fmt: skip
REPLY = st.lists(st.one_of(LINE, st.sampled_from(MARKS)), max_size=30).map("\n".join)


@settings(max_examples=150, deadline=None)
@given(form=st.sampled_from(sorted(MODULES)), reply=st.one_of(REPLY, st.text(max_size=60)), text=TEXT)
def test_nothing_raises_and_no_path_leaves(form: str, reply: str, text: str) -> None:
    """Whatever a reply holds, there are files afterwards, all below the working folder."""
    applied = apply(form, reply, {"a.py": text, "b": "1\n"})
    assert all(plain_path(path) == path for path in applied.files)


@settings(max_examples=150, deadline=None)
@given(form=st.sampled_from(sorted(MODULES)), old=CODE, new=CODE, fresh=CODE)
def test_what_is_rendered_is_applied(form: str, old: str, new: str, fresh: str) -> None:
    """The reply that makes files what they should be does so in every format."""
    wanted = {"src/a.py": new, "n/new.py": fresh}
    applied = apply(form, render(form, wanted, {"src/a.py": old}), {"src/a.py": old})
    assert applied.problem == ""
    assert applied.files == wanted


N = 20_000
HOSTILE = {
    "whole": ["a.py\n```\n" * N, "`a.py` " * N],
    "diff": [
        replaced("x\n", "y\n") * (N // 20),
        replaced("  x\n" * N, "y\n"),
        "<<<<<<< SEARCH\n" * N,
        replaced("...\n" * N, "...\n" * N),
        replaced(" \n" * N + "...\n", "z\n"),
    ],
    "udiff": [diffed("-x\n+y\n@@ @@\n" * (N // 20)), diffed(" x\n" * 3000 + "-q\n+y\n"), diffed("-x\n+y\n x\n" * 2000)],
    "patch": [BEGIN + "*** Update File: a.py\n" + "@@\n-x\n+y\n" * 1000, BEGIN + "@@ x\n" * N],
}


@pytest.mark.parametrize("form", sorted(HOSTILE))
def test_hostile_replies_take_little_time(form: str) -> None:
    """No reply makes us work for long."""
    files = {"a.py": "x\n" * N, "b.py": "  x\n x\n" * N}
    for reply in HOSTILE[form]:
        begun = time.process_time()
        apply(form, reply, files)
        assert time.process_time() - begun < 8, reply[:60]


def test_a_talk_shows_the_files_as_they_are() -> None:
    """Each question comes with the files as the edits so far have made them, and what was said before."""
    talk = Talk("whole", {"a.py": "A = 1\n"})
    first = talk.ask("Make it two.")
    assert "a.py\n```\nA = 1\n```" in first[1].content
    assert first[-1].content.startswith("Make it two.")
    talk.answer("a.py\n```\nA = 2\n```\n")
    second = talk.ask("And three.")
    assert [message.role for message in second] == ["system", "user", "assistant", "user", "assistant", "user",
                                                    "assistant", "user"]  # fmt: skip
    assert "A = 2" in second[5].content and "A = 1" not in second[5].content


def test_a_talk_chooses_a_fence_that_no_file_uses() -> None:
    """A file with fences of its own is listed in other ones, and read back from them."""
    talk = Talk("whole", {"a.md": "```\ncode\n```\n"})
    assert "a.md\n````\n```\ncode" in talk.ask("Change it.")[1].content
    talk.answer("a.md\n````\n```\nother\n```\n````\n")
    assert talk.files == {"a.md": "```\nother\n```\n"}
