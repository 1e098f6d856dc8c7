"""Search/replace blocks in a reply, and the files that they name. What text they match is not known here."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

import msgspec

from assay.formats.edits.applied import Fence, Malformed

_HEAD = re.compile(r"<{5,9} SEARCH>?")
_DIVIDER = re.compile(r"={5,9}")
_END = re.compile(r">{5,9} REPLACE")
_SHELLS = tuple(
    f"```{name}" for name in ("bash", "sh", "cmd", "batch", "powershell", "ps1", "zsh", "fish", "ksh", "csh", "tcsh")
)
_TICKS = "```"
_LONGEST_NAME = 250
_LONGEST_QUOTE = 20_000


class Block(msgspec.Struct, frozen=True):
    """One block: whose lines, and what becomes of them."""

    path: str
    search: str
    replace: str


def read_blocks(reply: str, *, fence: Fence, known: tuple[str, ...]) -> list[Block]:
    """All blocks in order. Raises Malformed, quoting the reply as far as it could be read."""
    return _Reader(reply.splitlines(keepends=True), fence, known).read()


class _Reader:
    def __init__(self, lines: list[str], fence: Fence, known: tuple[str, ...]) -> None:
        self._lines = lines
        self._bare = [line.strip() for line in lines]
        self._fence = fence
        self._known = known
        self._at = 0

    def read(self) -> list[Block]:
        found: list[Block] = []
        path = ""
        while self._at < len(self._lines):
            if self._is_shell():
                self._skip_shell()
            elif _HEAD.fullmatch(self._bare[self._at]):
                try:
                    path = self._path() or path
                    found.append(self._block(path))
                except Malformed as error:
                    said = "".join(self._lines[: self._at + 1])[-_LONGEST_QUOTE:]
                    raise Malformed(f"{said}\n^^^ {error}") from None
            self._at += 1
        return found

    def _is_shell(self) -> bool:
        """A block of commands to suggest, not one with an edit in it."""
        if not self._bare[self._at].startswith(_SHELLS):
            return False
        return not any(_HEAD.fullmatch(line) for line in self._bare[self._at + 1 : self._at + 3])

    def _skip_shell(self) -> None:
        self._at += 1
        while self._at < len(self._lines) and not self._bare[self._at].startswith(_TICKS):
            self._at += 1

    def _path(self) -> str:
        is_new = self._at + 1 < len(self._lines) and _DIVIDER.fullmatch(self._bare[self._at + 1])
        before = self._lines[max(0, self._at - 3) : self._at]
        return find_path(before, fence=self._fence, known=() if is_new else self._known)

    def _block(self, path: str) -> Block:
        if not path:
            raise Malformed(
                f"No file is named for this block: its path has to stand alone on the line above {self._fence[0]}"
            )
        search = self._until((_DIVIDER,), "The block ends without a line `=======`")
        replace = self._until((_END, _DIVIDER), "The block ends without a line `>>>>>>> REPLACE`")
        return Block(path, search, replace)

    def _until(self, ends: Sequence[re.Pattern[str]], otherwise: str) -> str:
        """The lines from the next one to the one that ends them, where it then stands."""
        start = self._at = self._at + 1
        while self._at < len(self._lines):
            if any(end.fullmatch(self._bare[self._at]) for end in ends):
                return "".join(self._lines[start : self._at])
            self._at += 1
        raise Malformed(otherwise)


def find_path(before: Sequence[str], *, fence: Fence, known: tuple[str, ...]) -> str:
    """The file that is named by the lines before a block, the nearest first: one that is known, else one with an
    extension, else any."""
    names: list[str] = []
    for line in reversed(before):
        if name := _name(line, fence):
            names.append(name)
        if not line.startswith((fence[0], _TICKS)):
            break
    exact = [name for name in names if name in known]
    last = [path for name in names for path in known if name == path.rpartition("/")[2]]
    near = [path for name in names for path in difflib.get_close_matches(name, known, n=1, cutoff=0.8)]
    dotted = [name for name in names if "." in name]
    return next(iter((*exact, *last, *near, *dotted, *names)), "")


def _name(line: str, fence: Fence) -> str:
    name = line.strip()
    if name == "..." or len(name) > _LONGEST_NAME:
        return ""
    for opening in (fence[0], _TICKS):
        if name.startswith(opening):
            rest = name[len(opening) :]
            return rest if "." in rest or "/" in rest else ""
    return name.rstrip(":").lstrip("#").strip().strip("`").strip("*")
