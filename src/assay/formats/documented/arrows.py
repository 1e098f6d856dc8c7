"""Statements whose line ends in `// => value` or `// throws Kind`: which they are, and what they must come to.

The remark stands behind the statement's last line, or on the line below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from assay.formats.documented.syntax import Token, loosely, tokens

_KIND = re.compile(r"[\w.:$]*")
_GOES_ON = (".", "?.", "+ ", "&&", "||", "??", "? ", ": ")
"""How lines begin that go on with the expression above them."""
_OPENS, _CLOSES = frozenset("([{"), frozenset(")]}")


class Piece(msgspec.Struct, frozen=True):
    """A part of an example."""

    code: str
    """Statements as they are; with a remark one expression or declaration, without its semicolon."""
    value: str | None = None
    """What it must come to, in the language's own words."""
    throws: str | None = None
    """The kind of error with which it must end; empty for any."""
    variable: str = ""
    """The variable that it declares."""


VALUES = ("javascript", "typescript", "java")
"""Languages whose values have a literal, and an equality for all of them; elsewhere `// => …` is a comment."""


def pieces(language: str, code: str) -> list[Piece]:
    """The example in parts; ValueError when a remark stands behind nothing."""
    return list(_Lines(language, code).pieces())


def _remark(token: Token, *, values: bool) -> tuple[str | None, str | None] | None:
    """The value and the kind of error that a comment speaks of; None when it is another comment."""
    text = token.text
    if not text.startswith("//"):
        return None
    body = text[2:].strip()
    arrow = body.startswith("=>")
    body = body.removeprefix("=>").strip()
    if body == "throws" or body.startswith("throws "):
        kind = _KIND.match(body.removeprefix("throws").strip())
        return None, kind[0].rstrip(":.") if kind else ""
    return (body, None) if arrow and body and values else None


class _Lines:
    """An example's lines, and how deep in brackets each begins and ends."""

    def __init__(self, language: str, code: str) -> None:
        self._text = code.encode("utf-8", "replace")
        lines = self._text.split(b"\n")
        self._starts = [0]
        for line in lines:
            self._starts.append(self._starts[-1] + len(line) + 1)
        found = list(tokens(loosely(language, code)))
        self._tokens = [token for token in found if not token.is_comment]
        values = language in VALUES
        self._remarks = [
            (token, remark) for token in found if token.is_comment and (remark := _remark(token, values=values))
        ]
        self._measure(len(lines))

    def _measure(self, rows: int) -> None:
        """For each row: the depth at its beginning and at its end, and its first token and the one behind its last."""
        change = [0] * (rows + 1)
        first, behind = [len(self._tokens)] * rows, [0] * rows
        for at, token in enumerate(self._tokens):
            change[token.row] += (token.text in _OPENS) - (token.text in _CLOSES)
            if token.last_row > token.row:
                change[token.row] += 1
                change[token.last_row] -= 1
            for row in {token.row, token.last_row}:
                first[row] = min(first[row], at)
                behind[row] = max(behind[row], at + 1)
        depth = [0]
        for row in range(rows):
            depth.append(depth[-1] + change[row])
        self._depth, self._first, self._behind = depth, first, behind

    def pieces(self) -> Iterator[Piece]:
        done = 0
        for token, (value, throws) in self._remarks:
            last = self._code_row(token)
            first = self._begin(last)
            if first < 0 or self._starts[first] < done:
                raise ValueError(f"“{' '.join(token.text.split())[:60]}” stands behind no statement of its own")
            mine = self._tokens[self._first[first] : self._behind[last]]
            mine = mine[self._last_statement(mine) :]
            if before := self._slice(done, mine[0].start):
                yield Piece(before)
            done = token.end
            yield self._checked(mine, value, throws)
        if rest := self._slice(done, len(self._text)):
            yield Piece(rest)

    def _slice(self, start: int, end: int) -> str:
        return self._text[start:end].decode("utf-8", "replace").strip("\n")

    def _code_row(self, token: Token) -> int:
        """The row of the code that a remark belongs to; -1 for none."""
        row = token.row
        while row >= 0 and (self._behind[row] == 0 or self._tokens[self._first[row]].start > token.start):
            row -= 1
        return row

    def _begin(self, last: int) -> int:
        """The row in which the statement begins that ends in row `last`."""
        row = last
        while row > 0 and (
            self._behind[row] == 0
            or self._depth[row] > self._depth[last + 1]
            or self._text.startswith(_MARKS, self._tokens[self._first[row]].start)
        ):
            row -= 1
        return row if last >= 0 and self._behind[row] else -1

    @staticmethod
    def _last_statement(mine: list[Token]) -> int:
        """The index of its first token: behind the last semicolon that is followed by something."""
        depth, begin = 0, 0
        for at, token in enumerate(mine[:-1]):
            depth += (token.text in _OPENS) - (token.text in _CLOSES)
            if token.text == ";" and depth == 0:
                begin = at + 1
        return begin

    def _checked(self, mine: list[Token], value: str | None, throws: str | None) -> Piece:
        if len(mine) > 1 and mine[-1].text == ";":
            mine = mine[:-1]
        code, variable = self._slice(mine[0].start, mine[-1].end), _declared(mine)
        if value is not None and mine[0].text in _DECLARES and not variable:
            raise ValueError(f"“{' '.join(code.split())[:60]}” declares no single variable that could be looked at")
        return Piece(code, value=value, throws=throws, variable=variable)


_MARKS = tuple(mark.encode() for mark in _GOES_ON)
_NAMES = ("identifier", "property_identifier")
_DECLARES = ("const", "let", "var")


def _declared(mine: list[Token]) -> str:
    """The variable that a statement declares: `const x = …`, `final var x = …`, `List<String> x = …`."""
    if mine[0].text in _DECLARES and len(mine) > 1:
        return mine[1].text if mine[1].kind in _NAMES else ""
    at = next((at for at, token in enumerate(mine) if token.text in ("=", "(")), 0)
    if at < 2 or mine[at].text != "=" or mine[at - 1].kind != "identifier":
        return ""
    before = mine[at - 2]
    return "" if before.text in (".", "=") else mine[at - 1].text
