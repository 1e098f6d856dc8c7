"""The lines of a V4A patch below a file's name: snippets of an update, and the lines of a file to add."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from assay.formats.edits.applied import Malformed

ACTIONS = ("Update", "Delete", "Add")
_ACTION_LINES = tuple(f"*** {name} File:" for name in ACTIONS)
_ENDS = ("@@", "*** End Patch", *_ACTION_LINES, "*** End of File")
_SHOWN = 400


class Change(msgspec.Struct, frozen=True):
    """Lines taken away at one place, and lines put there."""

    at: int
    taken: tuple[str, ...]
    put: tuple[str, ...]


class Snippet(msgspec.Struct, frozen=True):
    """Lines as they are (`old`), and the changes among them, by their place in `old`."""

    old: tuple[str, ...]
    changes: tuple[Change, ...]
    at_end: bool = False


def is_action(line: str) -> bool:
    """It names the next file."""
    return line.startswith(_ACTION_LINES)


def read_snippet(lines: Sequence[str], at: int) -> tuple[Snippet, int]:
    """The snippet that begins at `at`, and the line behind it."""
    old: list[str] = []
    changes: list[Change] = []
    taken: list[str] = []
    put: list[str] = []

    def close() -> None:
        if taken or put:
            changes.append(Change(len(old) - len(taken), tuple(taken), tuple(put)))
            taken.clear()
            put.clear()

    start = at
    while at < len(lines) and not lines[at].startswith(_ENDS) and lines[at] != "***":
        line = lines[at]
        sign, content = line[:1], line[1:]
        if sign == "+":
            put.append(content)
        elif sign == "-":
            taken.append(content)
            old.append(content)
        elif sign == " " or not line.strip():
            close()
            old.append(content)
        else:
            raise Malformed(f"A line of an update begins with none of blank, + and -: {line[:_SHOWN]}")
        at += 1
    close()
    at_end = at < len(lines) and lines[at] == "*** End of File"
    at += at_end
    if at == start:
        raise Malformed("An update has a part without lines.")
    return Snippet(tuple(old), tuple(changes), at_end), at


def add_lines(lines: Sequence[str], at: int) -> tuple[list[str], int]:
    """The lines of a new file, each behind a plus, and the line behind them."""
    added: list[str] = []
    while at < len(lines) and not lines[at].startswith(("*** End Patch", *_ACTION_LINES)):
        line = lines[at]
        if not line.startswith("+") and line.strip():
            raise Malformed(f"A line of a file to add begins without +: {line[:_SHOWN]}")
        added.append(line[1:] if line.startswith("+") else "")
        at += 1
    return added, at
