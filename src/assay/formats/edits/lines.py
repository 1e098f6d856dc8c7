"""Finding lines among lines: exactly, or whatever their indentation. Linear but for a bounded number of near misses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

_NEAR_MISSES = 200


def find_lines(lines: Sequence[str], wanted: Sequence[str], start: int = 0) -> int:
    """The first place at or after `start` where `wanted` stands; -1 where it does not. No line holds a line end."""
    return next(places(lines, wanted, start), -1)


def places(lines: Sequence[str], wanted: Sequence[str], start: int = 0) -> Iterator[int]:
    """Every such place, in order."""
    if not wanted:
        yield start
        return
    text = "\n" + "\n".join(lines[start:]) + "\n"
    sought = "\n" + "\n".join(wanted) + "\n"
    counted, line = 0, start
    at = text.find(sought)
    while at >= 0:
        line += text.count("\n", counted, at)
        counted = at
        yield line
        at = text.find(sought, at + 1)


def replace_exactly(text: str, part: str, new: str) -> str | None:
    """`text` with the first lines that are `part` replaced; all three end their lines."""
    at = ("\n" + text).find("\n" + part)
    return None if at < 0 else text[:at] + new + text[at + len(part) :]


def replace_reindented(text: str, part: str, new: str) -> str | None:
    """The same where all lines are off by the same indentation, which the new lines then get too."""
    lines, wanted, fresh = (one.splitlines(keepends=True) for one in (text, part, new))
    margins = [len(line) - len(line.lstrip()) for line in (*wanted, *fresh) if line.strip()]
    margin = min(margins, default=0)
    wanted, fresh = ([line[margin:] if line.strip() else line for line in some] for some in (wanted, fresh))
    bare = [_bare(line) for line in lines]
    for tried, at in enumerate(places(bare, [_bare(line) for line in wanted])):
        if tried >= _NEAR_MISSES:
            break
        added = {have[: len(have) - len(want)] for have, want in zip(lines[at:], wanted, strict=False) if have.strip()}
        if len(added) == 1:
            indent = added.pop()
            moved = [indent + line if line.strip() else line for line in fresh]
            return "".join((*lines[:at], *moved, *lines[at + len(wanted) :]))
    return None


def _bare(line: str) -> str:
    return line.lstrip().removesuffix("\n")
