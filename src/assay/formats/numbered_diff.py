"""A unified diff as a reviewer reads it: its lines with their numbers in the new files.

It knows nothing of git and applies nothing.
"""

from __future__ import annotations

import re

import msgspec

_HUNK = re.compile(r"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")


class Line(msgspec.Struct, frozen=True):
    """One line of a hunk, or the head of one."""

    sign: str
    """A space, `+`, `-`, or `@` for the head."""
    number: int
    """Its number in the new file; 0 where it has none."""
    text: str


class Change(msgspec.Struct, frozen=True):
    """What becomes of one file."""

    path: str
    lines: tuple[Line, ...]

    def places(self, part: str) -> list[int]:
        """The numbers of the new file's lines that hold `part`."""
        return [line.number for line in self.lines if line.number and part in line.text]


def read_diff(text: str) -> tuple[Change, ...]:
    """The changes, file by file; ValueError says which line is none of a unified diff."""
    changes: list[Change] = []
    lines: list[Line] = []
    old = new = number = 0
    for at, raw in enumerate(text.removesuffix("\n").split("\n"), start=1):
        if old or new:
            sign, rest = raw[:1] or " ", raw[1:]
            if sign not in " +-":
                raise ValueError(f"line {at} begins with neither a space, “+” nor “-”, and its hunk is not over")
            lines.append(Line(sign, 0 if sign == "-" else number, rest))
            old, new, number = old - (sign != "+"), new - (sign != "-"), number + (sign != "-")
            if min(old, new) < 0:
                raise ValueError(f"line {at} is more than the head of its hunk says")
        elif raw.startswith("+++ "):
            lines = []
            path = raw[4:].partition("\t")[0].removeprefix("b/")
            changes.append(Change(path, ()))
        elif head := _HUNK.match(raw):
            if not changes:
                raise ValueError(f"line {at} begins a hunk before any file is named by “+++ ”")
            old, new, number = int(head[1] or 1), int(head[3] or 1), int(head[2])
            lines.append(Line("@", 0, raw))
        if changes:
            changes[-1] = Change(changes[-1].path, tuple(lines))
    if old or new:
        raise ValueError("its last hunk is shorter than its head says")
    if not any(change.lines for change in changes):
        raise ValueError("holds no hunk of a unified diff")
    return tuple(changes)


def numbered(change: Change) -> str:
    """The change under its file's name, with the new file's numbers at its left."""
    width = max(len(str(line.number)) for line in change.lines)
    return f"+++ {change.path}\n" + "".join(
        f"{line.text}\n" if line.sign == "@" else f"{line.number or '':>{width}} {line.sign}{line.text}".rstrip() + "\n"
        for line in change.lines
    )
