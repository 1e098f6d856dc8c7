"""A repository of a stranger's: its history is read, and nothing in it is started, followed or written elsewhere."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from histories import commit, git

from assay.authoring.mining.choose import choose, collide, usable
from assay.authoring.mining.history import Changed, Commit, Repository
from assay.core.errors import UserError


@pytest.fixture
def trap(tmp_path: Path) -> Iterator[Path]:
    """A program that leaves a mark; no mark must be there at the end."""
    program, mark = tmp_path / "trap", tmp_path / "sprung"
    program.write_text(f"#!/bin/sh\ntouch {mark}\ncat\n")
    program.chmod(0o755)
    yield program
    assert not mark.exists(), "something of the repository was started"


def read_all(root: Path) -> dict[str, bytes]:
    """Everything that mining asks of a repository."""
    repository = Repository(root)
    assert repository.origin
    found: dict[str, bytes] = {}
    for one in repository.commits(most=50, since="2001-01-01"):
        repository.messages(one, about=["a.py"])
        choose(repository.changes(one))
        entries = [entry for entry in repository.tree(one.oid) if entry.size < 1_000_000]
        found |= zip((entry.path for entry in entries), repository.contents(entries), strict=True)
    return found


def history(root: Path) -> None:
    commit(root, {"a.py": "x = 0\n"}, "Begin")
    commit(root, {"a.py": "x = 1\n", "test_a.py": "import a\n", ".gitattributes": "* filter=trap diff=trap\n"}, "Go on")


SETTINGS = {
    "core.fsmonitor": "{trap}",
    "core.hooksPath": "{folder}",
    "core.pager": "{trap}",
    "core.sshCommand": "{trap}",
    "core.editor": "{trap}",
    "core.askPass": "{trap}",
    "core.alternateRefsCommand": "{trap}",
    "credential.helper": "!{trap}",
    "diff.external": "{trap}",
    "diff.trap.command": "{trap}",
    "diff.trap.textconv": "{trap}",
    "filter.trap.smudge": "{trap}",
    "filter.trap.clean": "{trap}",
    "filter.trap.process": "{trap}",
    "filter.trap.required": "true",
    "gpg.program": "{trap}",
    "log.showSignature": "true",
    "pager.rev-list": "{trap}",
    "pager.cat-file": "{trap}",
    "alias.rev-list": "!{trap}",
    "alias.cat-file": "!{trap}",
    "uploadpack.packObjectsHook": "{trap}",
    "trace2.eventTarget": "{folder}/sprung",
}
"""What a repository's own configuration could have git start or write."""


def test_no_setting_of_a_repository_starts_anything(tmp_path: Path, trap: Path) -> None:
    """Filters, hooks, monitors, pagers, helpers, differences and signatures stay unused, and all can be read."""
    root = tmp_path / "r"
    history(root)
    for name, value in SETTINGS.items():
        git(root, "config", name, value.format(trap=trap, folder=tmp_path))
    for hook in ("post-checkout", "pre-commit", "post-index-change", "reference-transaction"):
        (root / ".git" / "hooks" / hook).write_text(trap.read_text())
        (root / ".git" / "hooks" / hook).chmod(0o755)
    assert read_all(root)["a.py"] == b"x = 1\n"


def test_the_trap_works(tmp_path: Path) -> None:
    """Git on its own does start what such a repository names: the test above would see it."""
    root, mark = tmp_path / "r", tmp_path / "mark"
    history(root)
    git(root, "config", "core.fsmonitor", f"touch {mark}; false")
    subprocess.run(["git", "-C", str(root), "status"], capture_output=True, check=False)
    assert mark.exists()


def test_an_absent_object_is_fetched_from_nowhere(tmp_path: Path, trap: Path) -> None:
    """A partial clone promises objects that its remote would have to be asked for, by a program of its choice."""
    root = tmp_path / "r"
    history(root)
    blob = git(root, "rev-parse", "HEAD:a.py")
    (root / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    for name, value in {
        "extensions.partialClone": "origin",
        "core.repositoryFormatVersion": "1",
        "remote.origin.url": f"ext::{trap}",
        "remote.origin.promisor": "true",
        "remote.origin.uploadpack": str(trap),
        "protocol.ext.allow": "always",
        "protocol.file.allow": "always",
    }.items():
        git(root, "config", name, value)
    with pytest.raises(UserError, match=r"'a\.py' is not there: give a whole clone"):
        read_all(root)


def test_links_submodules_and_paths_that_leave_are_no_files(tmp_path: Path, trap: Path) -> None:
    """A link out of the tree is not followed, a submodule not opened, and a path with `..` not used."""
    root = tmp_path / "r"
    (tmp_path / "secret").write_text("secret")
    history(root)
    (root / "link.py").symlink_to(tmp_path / "secret")
    (root / "folder").symlink_to("/etc")
    head = git(root, "rev-parse", "HEAD")
    git(root, "update-index", "--add", "--cacheinfo", f"160000,{head},module")
    commit(root, {"test_a.py": "import link\n"}, "Bring links")
    (newest, *_) = Repository(root).commits(most=1)
    assert {"link.py", "folder", "module"}.isdisjoint(read_all(root))
    assert choose(Repository(root).changes(newest)) == "changes links or submodules"
    for path in (
        "../up.py",
        "a/../../b.py",
        "/etc/passwd",
        ".git/hooks/x",
        "a/.git/config",
        "a\nb.py",
        "a\\b.py",
        "-\udc80",
    ):
        assert not usable(path), path
    assert usable("a/b c.py")
    assert collide(["a", "b/c/d", "b/c"])
    assert not collide(["a", "b/c/d", "b/cd", "aa/a"])


def test_a_tree_made_by_hand_cannot_name_a_place_outside(tmp_path: Path) -> None:
    """Git's own tools refuse such trees; objects written by hand do not ask them."""
    root = tmp_path / "r"
    commit(root, {"a.py": "x = 0\n"}, "Begin")
    blob = bytes.fromhex(git(root, "rev-parse", "HEAD:a.py"))
    rows = b"".join(b"100644 " + name + b"\0" + blob for name in (b"..", b".git", b"a.py", b"test_a.py"))
    made = subprocess.run(
        ["git", "hash-object", "-t", "tree", "--literally", "-w", "--stdin"], cwd=root, input=rows, capture_output=True
    )
    oid = git(root, "commit-tree", made.stdout.decode().strip(), "-p", "HEAD", "-m", "Leave the tree")
    git(root, "update-ref", "HEAD", oid)
    repository = Repository(root)
    changes = repository.changes(Commit(oid, git(root, "rev-parse", "HEAD~1")))
    assert {change.path for change in changes if not usable(change.path)} == {"..", ".git"}


def test_a_folder_within_stands_for_its_repository(tmp_path: Path) -> None:
    """Paths are those of the whole tree, wherever in it one stands, and whatever the configuration says."""
    root = tmp_path / "r"
    commit(root, {"a.py": "x = 0\n", "sub/b.py": "y = 0\n"}, "Begin")
    commit(root, {"a.py": "x = 1\n", "sub/b.py": "y = 1\n"}, "Go on")
    git(root, "config", "diff.relative", "true")
    repository = Repository(root / "sub")
    (newest,) = repository.commits(most=9)
    assert {change.path for change in repository.changes(newest)} == {"a.py", "sub/b.py"}
    assert {entry.path for entry in repository.tree(newest.oid)} == {"a.py", "sub/b.py"}


def test_a_large_object_is_never_read_whole(tmp_path: Path) -> None:
    """Its size is known before its bytes are asked for, and a message is cut."""
    root = tmp_path / "r"
    commit(root, {"a.py": "x = 0\n", "large.txt": "0" * (8 << 20)}, "Begin")
    commit(root, {"a.py": "x = 1\n"}, f"Long\n\n{'word ' * 100_000}")
    repository = Repository(root)
    (newest,) = repository.commits(most=9)
    assert {entry.path: entry.size for entry in repository.tree(newest.oid)}["large.txt"] == 8 << 20
    (said,) = repository.messages(newest, about=["a.py"])
    assert len(said) < 70_000


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://name:word@example.org/a/b.git?key=1", "https://example.org/a/b.git"),
        ("git@example.org:a/b.git", "git@example.org:a/b.git"),
        ("/home/somebody/b", "r"),
        ("", "r"),
    ],
)
def test_the_origin_names_no_person_and_no_place_here(tmp_path: Path, url: str, shown: str) -> None:
    root = tmp_path / "r"
    commit(root, {"a.py": "x = 0\n"}, "Begin")
    if url:
        git(root, "config", "remote.origin.url", url)
    assert Repository(root).origin == shown


def test_removed_and_linked_code_makes_no_task() -> None:
    """An answer writes files and nothing else."""
    plain, test = ("100644", "100644"), Changed("test_a.py", "M", ("100644", "100644"))
    assert choose([Changed("a.py", "M", plain), test]) != ""
    assert choose([Changed("a.py", "D", ("100644", "000000")), Changed("b.py", "M", plain), test]) == (
        "removes or renames files: an answer cannot say that"
    )
    assert choose([Changed("a.py", "M", ("100644", "120000")), test]) == "changes links or submodules"
