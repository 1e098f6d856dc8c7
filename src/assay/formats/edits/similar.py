"""Lines of a file that a search may have meant. For a message only; too much text is not looked through."""

from __future__ import annotations

from difflib import SequenceMatcher

_CLOSE = 0.6
_AROUND = 5
_MOST = 200_000
"""Lines sought times lines there are."""


def similar_lines(search: str, text: str) -> str:
    """The lines of `text` most like `search`, with a few around; nothing where none are like it."""
    wanted, lines = search.splitlines(), text.splitlines()
    if not wanted or len(wanted) * len(lines) > _MOST:
        return ""
    matcher: SequenceMatcher[str] = SequenceMatcher()
    matcher.set_seq2(wanted)
    best, place = _CLOSE, -1
    for at in range(len(lines) - len(wanted) + 1):
        matcher.set_seq1(lines[at : at + len(wanted)])
        if matcher.real_quick_ratio() >= best and matcher.quick_ratio() >= best:
            ratio = matcher.ratio()
            if ratio > best or (place < 0 and ratio >= best):
                best, place = ratio, at
    if place < 0:
        return ""
    end = place + len(wanted)
    if lines[place] == wanted[0] and lines[end - 1] == wanted[-1]:
        return "\n".join(lines[place:end])
    return "\n".join(lines[max(0, place - _AROUND) : end + _AROUND])
