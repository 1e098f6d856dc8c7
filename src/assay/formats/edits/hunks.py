"""Hunks of a unified diff in a reply: which file each is for, and its lines. Line numbers are not looked at."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

import msgspec

_OPENS, _CLOSES = "```diff", "```"
_MINIMISED = 1500
"""Lines of a hunk up to which its lines are compared anew."""


class Hunk(msgspec.Struct, frozen=True):
    """Lines with their sign; each ends with a line end."""

    path: str
    lines: tuple[str, ...]

    @property
    def before(self) -> list[str]:
        return [_content(line) for line in self.lines if _sign(line) != "+"]

    @property
    def after(self) -> list[str]:
        return [_content(line) for line in self.lines if _sign(line) != "-"]


def _sign(line: str) -> str:
    return line[0] if len(line) > 1 else " "


def _content(line: str) -> str:
    return line[1:] if len(line) > 1 else line


def read_hunks(reply: str) -> list[Hunk]:
    """The hunks of all ```diff blocks; one without a file's name is for the file before it."""
    lines = reply.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    found: list[Hunk] = []
    block: list[str] | None = None
    for line in [*lines, _CLOSES]:
        if block is None:
            block = [] if line.startswith(_OPENS) else None
        elif line.startswith(_CLOSES):
            found += _hunks(block, found[-1].path if found else "")
            block = None
        else:
            block.append(line)
    return found


def _hunks(block: Sequence[str], path: str) -> list[Hunk]:
    """Hunks begin at a line of `@` or at a file's two lines, and hold a changed line at least."""
    found: list[Hunk] = []
    lines: list[str] = []
    changes = False

    def close() -> None:
        nonlocal lines, changes
        if changes:
            found.append(Hunk(path, tuple(lines)))
        lines, changes = [], False

    for at, line in enumerate(block):
        if line.startswith("+++ ") and at and block[at - 1].startswith("--- "):
            lines = lines[:-1]
            if lines and lines[-1] == "\n":
                lines = lines[:-1]
            changes = any(_sign(one) in "+-" for one in lines)
            close()
            path = _named(block[at - 1], line)
        elif line.startswith("@") and len(line) > 1:
            close()
        else:
            lines.append(line)
            changes = changes or _sign(line) in "+-"
    close()
    return found


def _named(old: str, new: str) -> str:
    """The path of the `+++` line, without the letters that git puts before paths."""
    first, second = old[4:].strip(), new[4:].strip()
    if second.startswith("b/") and (first.startswith("a/") or first == "/dev/null"):
        return second[2:]
    return second


def minimised(hunk: Hunk) -> Hunk | None:
    """The same change with no line taken away and put back, blank lines without their spaces; None if it changes
    nothing."""
    before = [_blank(line) for line in hunk.before]
    after = [_blank(line) for line in hunk.after]
    return compared(hunk.path, before, after)


def compared(path: str, before: list[str], after: list[str]) -> Hunk | None:
    """The hunk that turns some lines into others."""
    if before == after:
        return None
    if max(len(before), len(after)) > _MINIMISED:
        return Hunk(path, (*("-" + line for line in before), *("+" + line for line in after)))
    made = difflib.unified_diff(before, after, n=max(len(before), len(after)))
    return Hunk(path, tuple(list(made)[3:]))


def _blank(line: str) -> str:
    return line if line.strip() else "\n"
