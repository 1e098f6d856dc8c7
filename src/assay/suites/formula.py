"""Whole-number arithmetic over named numbers: `+ - * // %` and parentheses, and nothing else.

Total: a text gives a whole number or a ValueError that says what is wrong with it. Floors as Python does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from assay.core.names import did_you_mean

LONGEST = 100
"""Characters: a longer formula belongs into the task itself."""

_TOKEN = re.compile(r"\s*(?:([0-9]+)|([A-Za-z_]\w*)|(//|[-+*%()]))", re.ASCII)

_SUMS: dict[str, Callable[[int, int], int]] = {"+": int.__add__, "-": int.__sub__}
_PRODUCTS: dict[str, Callable[[int, int], int]] = {"*": int.__mul__, "//": int.__floordiv__, "%": int.__mod__}


def evaluate(formula: str, numbers: Mapping[str, int]) -> int:
    """What `formula` comes to."""
    if len(formula) > LONGEST:
        raise ValueError(f"is longer than {LONGEST} characters")
    reader = _Reader(_tokens(formula), numbers)
    value = reader.chain(0)
    if reader.next:
        raise ValueError(f"ends before “{reader.next}”")
    return value


def _tokens(formula: str) -> list[str]:
    found: list[str] = []
    at = 0
    text = formula.rstrip()
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None:
            raise ValueError(f"“{text[at:].lstrip()[:1]}” is no part of whole-number arithmetic")
        found.append(token[0].strip())
        at = token.end()
    return found


_LEVELS = (_SUMS, _PRODUCTS)
"""Loosest first."""


class _Reader:
    """Goes through the tokens once, by recursive descent."""

    def __init__(self, tokens: list[str], numbers: Mapping[str, int]) -> None:
        self._tokens = tokens
        self._numbers = numbers
        self._at = 0

    @property
    def next(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _take(self) -> str:
        token = self.next
        self._at += 1
        return token

    def chain(self, level: int) -> int:
        """Operands of the next tighter level, joined from the left."""
        if level == len(_LEVELS):
            return self._operand()
        value = self.chain(level + 1)
        while self.next in _LEVELS[level]:
            operator = self._take()
            other = self.chain(level + 1)
            if other == 0 and operator in ("//", "%"):
                raise ValueError("divides by 0")
            value = _LEVELS[level][operator](value, other)
        return value

    def _operand(self) -> int:
        token = self._take()
        if token == "-":
            return -self._operand()
        if token == "(":
            value = self.chain(0)
            if self._take() != ")":
                raise ValueError("a parenthesis is not closed")
            return value
        if token.isdigit():
            return int(token)
        if token in self._numbers:
            return self._numbers[token]
        if token.isidentifier():
            raise ValueError(f"knows no number “{token}”: {did_you_mean(token, self._numbers)}")
        raise ValueError(f"needs a number {f'before “{token}”' if token else 'at its end'}")
