"""Text with each line's indentation told relative to the line above, so that moved code still looks the same."""

from __future__ import annotations

from itertools import pairwise

_OUT = "←"
_LAST = 0x10FFFF


class Relative:
    """To and from the relative form, for texts that are to be compared."""

    def __init__(self, *texts: str) -> None:
        """The sign for less indentation must stand in none of them."""
        taken = set().union(*texts)
        self._out = _OUT if _OUT not in taken else next(c for n in range(_LAST, 0, -1) if (c := chr(n)) not in taken)

    def encode(self, text: str) -> str:
        """Two lines a line: how the indentation changes, then what is behind it."""
        lines = text.splitlines(keepends=True)
        margins = [""] + [_margin(line) for line in lines]
        made = []
        for line, (above, own) in zip(lines, pairwise(margins), strict=True):
            more = len(own) - len(above)
            change = own[-more:] if more > 0 else self._out * -more
            made.append(f"{change}\n{line[len(own) :]}")
        return "".join(made)

    def decode(self, text: str) -> str | None:
        """None where it is no such form (any more)."""
        lines = text.splitlines(keepends=True)
        if len(lines) % 2:
            return None
        made = []
        margin = ""
        for change, line in zip(lines[::2], lines[1::2], strict=True):
            told = change.rstrip("\r\n")
            margin = margin[: -len(told)] if told.startswith(self._out) else margin + told
            made.append(margin + line if line.rstrip("\r\n") else line)
        found = "".join(made)
        return None if self._out in found else found


def _margin(line: str) -> str:
    ended = line.rstrip("\n\r")
    return ended[: len(ended) - len(ended.lstrip())]
