"""The edit format `udiff`: unified diffs without line numbers, each hunk a search and a replacement.

A hunk's old lines are looked for as they are, without blank lines at their ends, and by relative indentation; then
without lines that only the reply has; then change by change, with less and less of what stands around.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from itertools import groupby

from assay.formats.edits.applied import DEFAULT_FENCE, Applied, Budget, Fence, Malformed, plain_path, with_newline
from assay.formats.edits.hunks import Hunk, compared, minimised, read_hunks
from assay.formats.edits.relative import Relative

_TINY = 10
"""Characters that are not space: less than this is no place if it stands there twice, and no proof of a hunk."""
_SHARE = 0.66
_COMPARED = 4_000_000
"""Lines times lines up to which a hunk is compared with a file."""

_NO_MATCH = """A hunk for {path} could not be applied. The file has no such {count} lines in a row:
```
{lines}```
Repeat every line between the first and the last that the hunk touches, blank lines and comments too.
"""
_OTHERS = "The other hunks took effect: send only the failed ones again, corrected.\n"


def apply(reply: str, files: Mapping[str, str], *, fence: Fence = DEFAULT_FENCE) -> Applied:
    """What every hunk that fits makes of the files."""
    budget = Budget()
    after = dict(files)
    edited: dict[str, None] = {}
    failed: list[str] = []
    try:
        hunks = dict.fromkeys(hunk for raw in read_hunks(reply) if (hunk := minimised(raw)))
        for hunk in hunks:
            path = plain_path(hunk.path)
            changed = _applied(after.get(path), hunk, budget) if path else None
            if changed:
                after[path] = changed
                edited[path] = None
            else:
                lines = hunk.before
                failed.append(_NO_MATCH.format(path=hunk.path, count=len(lines), lines="".join(lines)))
    except Malformed as error:
        return Applied(files=after, edited=tuple(edited), problem=str(error))
    problem = "\n".join(failed)
    if failed and len(failed) < len(hunks):
        problem += "\n" + _OTHERS
    return Applied(files=after, edited=tuple(edited), problem=problem)


def _applied(text: str | None, hunk: Hunk, budget: Budget) -> str | None:
    """The text after one hunk; None where it does not fit."""
    if not "".join(hunk.before).strip():
        return (text or "") + "".join(hunk.after)
    if text is None:
        return None
    whole = _replaced(text, hunk.before, hunk.after, budget)
    return _change_by_change(text, _only_known_lines(text, hunk), budget) if whole is None else whole


def _replaced(text: str, before: Sequence[str], after: Sequence[str], budget: Budget) -> str | None:
    """All places that are `before` replaced; a tiny one has to be the only one."""
    old, new = "".join(before), "".join(after)
    budget.spend(4 * (len(text) + len(old) + len(new)))
    if not old:
        return None
    if len("".join(line.strip() for line in before)) < _TINY and text.count(old) > 1:
        return None
    if old in text:
        return text.replace(old, new)
    bare, bare_old, bare_new = (one.strip("\n") + "\n" for one in (text, old, new))
    if bare_old in bare:
        return bare.replace(bare_old, bare_new)
    return _replaced_relatively(text, old, new) or _replaced_relatively(bare, bare_old, bare_new)


def _replaced_relatively(text: str, old: str, new: str) -> str | None:
    relative = Relative(text, old, new)
    inside, sought = relative.encode(text), relative.encode(old)
    return relative.decode(inside.replace(sought, relative.encode(new))) if sought in inside else None


def _only_known_lines(text: str, hunk: Hunk) -> Hunk:
    """The hunk without old lines that the text does not have: lines that should have been marked as new."""
    before, lines = hunk.before, with_newline(text).splitlines(keepends=True)
    if len(before) * len(lines) > _COMPARED:
        return hunk
    matcher = difflib.SequenceMatcher(None, before, lines, autojunk=False)
    known = [line for at, _, size in matcher.get_matching_blocks() for line in before[at : at + size]]
    if len("".join(known).strip()) < _TINY or len(known) < _SHARE * len(before):
        return hunk
    return compared(hunk.path, known, hunk.after) or hunk


def _change_by_change(text: str, hunk: Hunk, budget: Budget) -> str | None:
    """Each run of changed lines by itself, with as much of the lines around it as fits."""
    runs = [(changed, list(lines)) for changed, lines in groupby(hunk.lines, key=_is_change)]
    for at, (changed, lines) in enumerate(runs):
        if not changed:
            continue
        above = runs[at - 1][1] if at else []
        below = runs[at + 1][1] if at + 1 < len(runs) else []
        fitted = _with_less_around(text, hunk.path, above, lines, below, budget)
        if fitted is None:
            return None
        text = fitted
    return text


def _is_change(line: str) -> bool:
    return len(line) > 1 and line[0] in "+-"


def _with_less_around(
    text: str, path: str, above: list[str], lines: list[str], below: list[str], budget: Budget
) -> str | None:
    for used in range(len(above) + len(below), -1, -1):
        for over in range(min(used, len(above)), -1, -1):
            under = used - over
            if under > len(below):
                break
            part = Hunk(path, (*above[len(above) - over :], *lines, *below[:under]))
            changed = _replaced(text, part.before, part.after, budget)
            if changed:
                return changed
    return None


def render(wanted: Mapping[str, str], files: Mapping[str, str]) -> str:
    """One block a file, with the whole old file taken away."""
    return "\n".join(
        _block(path, files.get(path, ""), text) for path, text in wanted.items() if files.get(path) != text
    )


def _block(path: str, old: str, new: str) -> str:
    taken = "".join(f"-{line}" for line in with_newline(old).splitlines(keepends=True))
    put = "".join(f"+{line}" for line in with_newline(new).splitlines(keepends=True))
    return f"```diff\n--- {path if old else '/dev/null'}\n+++ {path}\n@@ ... @@\n{taken}{put}```\n"
