"""Applying a unified diff to one text."""

import re
from dataclasses import dataclass, field

HEADER = re.compile(r"@@ -([0-9]+)(?:,([0-9]+))? \+([0-9]+)(?:,([0-9]+))? @@.*", re.DOTALL)


class PatchError(ValueError):
    """The patch is malformed, or the text is not one that it fits."""


@dataclass
class Hunk:
    start: int
    """Index in the original text of the first old line, as the header claims."""
    old: list[str] = field(default_factory=list)
    new: list[str] = field(default_factory=list)


def apply_patch(text: str, patch: str) -> str:
    """`text` with `patch` applied; all or nothing."""
    lines = split_lines(text)
    result: list[str] = []
    done = drift = 0
    for hunk in parse(split_lines(patch)):
        at = place(hunk, lines, done, hunk.start + drift)
        drift = at - hunk.start
        result += lines[done:at] + hunk.new
        done = at + len(hunk.old)
    result += lines[done:]
    if any(not line.endswith("\n") for line in result[:-1]):
        raise PatchError("a line without line end would stand inside the text")
    return "".join(result)


def split_lines(text: str) -> list[str]:
    """The lines with their ends; only a newline ends a line (str.splitlines knows ten more)."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def place(hunk: Hunk, lines: list[str], done: int, wanted: int) -> int:
    """Where the hunk's old lines stand: the place nearest to `wanted`, the earlier of two."""
    last = len(lines) - len(hunk.old)
    if not hunk.old:
        candidates = [wanted] if done <= wanted <= last else []
    else:
        candidates = [wanted] if done <= wanted <= last else []
    for at in candidates:
        if lines[at : at + len(hunk.old)] == hunk.old:
            return at
    raise PatchError(f"no place for the hunk at line {hunk.start + 1}")


def parse(patch: list[str]) -> list[Hunk]:
    position = next((i for i, line in enumerate(patch) if line.startswith("@@")), len(patch))
    hunks = []
    while position < len(patch):
        hunk, position = parse_hunk(patch, position)
        hunks.append(hunk)
    if not hunks:
        raise PatchError("no hunk")
    return hunks


def parse_hunk(patch: list[str], position: int) -> tuple[Hunk, int]:
    """The hunk whose header is at `position`, and the position after it."""
    header = HEADER.fullmatch(patch[position])
    if header is None:
        raise PatchError(f"not a hunk header: {patch[position]!r}")
    first, old_count, new_count = int(header[1]), int(header[2] or 1), int(header[4] or 1)
    if first == 0 and old_count > 0:
        raise PatchError("line 0 cannot be replaced")
    # Without old lines, the header names the line after which the new ones go.
    hunk = Hunk(start=first - 1 if old_count else first)

    position += 1
    while len(hunk.old) < old_count or len(hunk.new) < new_count:
        if position == len(patch):
            raise PatchError("the patch ends within a hunk")
        line = " \n" if patch[position] == "\n" else patch[position]
        mark, content = line[0], with_end(line[1:])
        position += 1
        if position < len(patch) and patch[position].startswith("\\"):
            content = content[:-1]
            position += 1
        if mark not in " -+":
            raise PatchError(f"not a line of a hunk: {line!r}")
        if mark in " -":
            hunk.old.append(content)
        if mark in " +":
            hunk.new.append(content)
    if len(hunk.old) > old_count or len(hunk.new) > new_count:
        raise PatchError("the hunk's lines and its header do not agree")
    return hunk, position


def with_end(line: str) -> str:
    return line if line.endswith("\n") else line + "\n"
