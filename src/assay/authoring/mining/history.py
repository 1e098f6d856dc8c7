"""A git history, read and never run: objects alone, by plumbing commands, every answer bounded.

A repository is a stranger's. Its configuration is no reason to start anything: nothing is checked out (filters, hooks,
submodules), no index is refreshed (file system monitors), nothing is fetched, no signature is verified, no difference
is made by an outside program.
"""

from __future__ import annotations

import contextlib
import os
import resource
import subprocess
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from assay.core.errors import UserError

_OFF = (
    "core.hooksPath=/dev/null", "core.fsmonitor=false", "core.pager=cat", "core.attributesFile=/dev/null",
    "diff.external=", "log.showSignature=false", "protocol.allow=never", "submodule.recurse=false",
    # The owner is checked because configuration could start programs; here none can.
    "safe.directory=*",
)  # fmt: skip
_ENVIRONMENT = {
    "PATH": os.defpath,
    "LC_ALL": "C",
    "HOME": "/nonexistent",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_LITERAL_PATHSPECS": "1",
}
_SECONDS = 120.0
_MEMORY = 2 << 30
"""Bytes for git itself: a small pack may hold an object of any size."""
_MOST_LISTED = 64 << 20
_LONGEST_MESSAGE = 64 << 10
_MOST_MERGED = 20
FILE = ("100644", "100755")
"""Modes of plain files: others are links and submodules."""


class Entry(msgspec.Struct, frozen=True):
    """One file of a tree."""

    path: str
    mode: str
    oid: str
    size: int


class Changed(msgspec.Struct, frozen=True):
    """One path that a commit changed."""

    path: str
    status: str
    """`A`, `M`, `D` or `T`; a rename is a `D` and an `A`."""
    modes: tuple[str, str]


class Commit(msgspec.Struct, frozen=True):
    """One commit and the one before it on its line."""

    oid: str
    parent: str
    is_merge: bool = False


class Repository:
    """Reads one repository."""

    def __init__(self, path: Path) -> None:
        if not path.is_dir():
            raise UserError(f"{path}: there is no such folder; give a git repository's")
        self.path = path
        self._git("rev-parse", "--git-dir")

    @property
    def origin(self) -> str:
        """Where it came from, without who asked for it; else the folder's name."""
        try:
            url = self._git("config", "--local", "--no-includes", "--get", "remote.origin.url").decode().strip()
        except (UserError, UnicodeDecodeError):
            url = ""
        scheme, slashes, rest = url.partition("://")
        if slashes:
            host, slash, inner = rest.partition("/")
            return f"{scheme}://{host.rpartition('@')[2]}{slash}{inner.partition('?')[0]}"
        is_place = not url or url.startswith(("/", ".", "~")) or not url.isprintable()
        return self.path.resolve().name if is_place else url

    def commits(self, *, most: int, since: str = "", until: str = "") -> list[Commit]:
        """Those of the current branch's own line, latest first: a merge is the change that it brings to the line."""
        days = [f"--{word}={value}" for word, value in (("since", since), ("until", until)) if value]
        argv = ("rev-list", "--first-parent", "--parents", f"--max-count={most}", *days, "HEAD", "--")
        lines = self._git(*argv).decode("ascii", "replace").splitlines()
        return [
            Commit(words[0], words[1], is_merge=len(words) > 2) for line in lines if len(words := line.split()) >= 2
        ]

    def messages(self, commit: Commit, *, about: Sequence[str]) -> list[str]:
        """The commit's own, then those of the commits that it merges and that change such a path, earliest first."""
        if not commit.is_merge:
            return [self._message(commit.oid)]
        argv = ("rev-list", "--no-merges", "--reverse", f"--max-count={_MOST_MERGED}", f"{commit.parent}..{commit.oid}")
        return [self._message(oid) for oid in (commit.oid, *self._git(*argv, "--", *about).decode("ascii").split())]

    def _message(self, oid: str) -> str:
        """The first so many bytes of what its author said."""
        _, _, said = self._git("cat-file", "commit", oid, most=_LONGEST_MESSAGE, cut=True).partition(b"\n\n")
        return said.decode("utf-8", "replace")

    def changes(self, commit: Commit) -> list[Changed]:
        """What the commit changed, links and submodules among it."""
        argv = ("diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-abbrev", "--no-relative")
        more = ("--no-ext-diff", "--no-textconv", "--ignore-submodules=all")
        parts = self._git(*argv, *more, commit.parent, commit.oid).split(b"\0")
        changes = []
        for head, path in zip(parts[::2], parts[1::2], strict=False):
            old, new, _, _, status = head.decode("ascii", "replace").lstrip(":").split(" ")
            changes.append(Changed(os.fsdecode(path), status[:1], (old, new)))
        return changes

    def tree(self, oid: str) -> list[Entry]:
        """The plain files of a commit's tree."""
        entries = []
        for line in self._git("ls-tree", "-r", "-z", "-l", "--full-tree", oid).split(b"\0"):
            head, tab, path = line.partition(b"\t")
            words = head.decode("ascii", "replace").split()
            if tab and words[0] in FILE:
                if not words[3].isdigit():
                    raise UserError(
                        f"{self.path}: {os.fsdecode(path)!r} is not there: give a whole clone (no --filter)"
                    )
                entries.append(Entry(os.fsdecode(path), words[0], words[2], int(words[3])))
        return entries

    def contents(self, entries: Sequence[Entry]) -> Iterator[bytes]:
        """The files' bytes, in their order, as they are stored."""
        if not entries:
            return
        asked = "".join(f"{entry.oid}\n" for entry in entries).encode()
        room = sum(entry.size + 128 for entry in entries)
        data = self._git("cat-file", "--batch", stdin=asked, most=room)
        at = 0
        for entry in entries:
            end = data.index(b"\n", at)
            if data[at:end].split() != [entry.oid.encode(), b"blob", str(entry.size).encode()]:
                raise UserError(f"{self.path}: the object {entry.oid} of {entry.path} is damaged or not there")
            yield data[end + 1 : end + 1 + entry.size]
            at = end + 2 + entry.size

    def _git(self, *argv: str, stdin: bytes = b"", most: int = _MOST_LISTED, cut: bool = False) -> bytes:
        """What git says: no more than `most`, of which the rest is `cut` off or refused."""
        settings = [word for setting in _OFF for word in ("-c", setting)]
        words = ["git", "--no-pager", *settings, "-C", str(self.path), *argv]
        try:
            process = subprocess.Popen(
                words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=_ENVIRONMENT
            )
        except FileNotFoundError as error:
            raise UserError("git is not here: install it (Debian: git)") from error
        assert process.stdin and process.stdout and process.stderr
        timer = threading.Timer(_SECONDS, process.kill)
        timer.start()
        try:
            with contextlib.suppress(ProcessLookupError):
                resource.prlimit(process.pid, resource.RLIMIT_DATA, (_MEMORY, _MEMORY))
            with process:
                writer = threading.Thread(target=_feed, args=(process, stdin), daemon=True)
                writer.start()
                data = process.stdout.read(most + 1)
                whole = len(data) <= most
                if not whole:
                    process.kill()
                said = process.stderr.read(2000).decode("utf-8", "replace").strip()
                writer.join()
        finally:
            timer.cancel()
        if not whole and not cut:
            raise UserError(f"{self.path}: git {argv[0]} says more than {most >> 20} MiB; no task comes of so much")
        if whole and process.returncode != 0:
            raise UserError(f"{self.path}: git {argv[0]}: {said.partition(chr(10))[0] or 'it was stopped'}")
        return data[:most]


def _feed(process: subprocess.Popen[bytes], data: bytes) -> None:
    assert process.stdin
    try:
        process.stdin.write(data)
        process.stdin.close()
    except OSError:
        process.stdin = None
