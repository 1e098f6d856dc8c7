"""Whether tokens may be an expression of Java or JavaScript. The official decoder's parser has to find one before it
looks for a call in it.

Looks at what stands beside what: between two operands there is an operator, and none is last. Knows no types, and looks
into no body of a class or a function.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assay.formats.official_calls.source_tokens import Token, split, text_of

_NAME = r"\.?[A-Za-z_$][\w$]*+(?:\.[A-Za-z_$][\w$]*+)*+\.?"
_NUMBER = r"(?:0[xX][\da-fA-F]++|\d[\d_]*+(?:\.\d*+)?|\.\d++)(?:[eE]\d*+)?[lLfFdDn]?"
_WORD = re.compile(rf"{_NAME}|{_NUMBER}")
_SIGN = re.compile(r">>>=?|<<=?|>>=?|===?|!==?|<=|>=|&&|\|\||\?\?|\?\.|\*\*|\+\+|--|->|=>|::|[-+*/%&|^]=?|[<>=!~?:]")
_GENERIC = re.compile(r"<[\w,.?<>\[\]]*>")
_REGULAR = re.compile(r"/(?:[^/\\]|\\.)+/(?:[a-z]++(?![\w$]))?")
_FAR = 100
"""Tokens that are looked at for one sign, for types between `<` and `>`, or for a regular expression."""
_BEFORE = ("+", "-", "!", "~", "++", "--")
_WORDS_BEFORE = ("new", "typeof", "void", "delete", "await", "async", "function")
_WORDS_BETWEEN = ("instanceof", "in")
_OTHERS = {True: ("->", "::"), False: ("=>", "===", "!==", "**", "??", "?.")}
"""Signs that JavaScript lacks, and Java."""


def is_expression(tokens: Sequence[Token], *, javascript: bool) -> bool:
    return _Reader([token for token in tokens if token.kind != "blank"], javascript=javascript).whole()


class _Reader:
    def __init__(self, tokens: Sequence[Token], *, javascript: bool) -> None:
        self._tokens = tokens
        self._javascript = javascript
        self._at = 0
        self._operand = False
        """Whether one has just ended."""
        self._cast = False
        """Whether it may have been the type, in brackets, of what follows."""
        self._owed = 0
        """Signs `:`."""

    def whole(self) -> bool:
        while self._at < len(self._tokens):
            if not self._step(self._tokens[self._at]):
                return False
        return self._operand and not self._owed

    def _step(self, token: Token) -> bool:
        if token.kind != "sign":
            self._at += 1
            return self._word(token)
        return self._bracketed(token.text) if token.text in "([{" else self._sign()

    def _word(self, token: Token) -> bool:
        if token.text in _WORDS_BETWEEN:
            fine, self._operand = self._operand, False
            return fine
        if token.text in _WORDS_BEFORE:
            return not self._operand
        goes_on = self._cast or token.text[0] in (".`" if self._javascript else ".")
        fine = goes_on or not self._operand
        self._operand, self._cast = not token.text.endswith("."), False
        return fine and (token.kind == "string" or bool(_WORD.fullmatch(token.text)))

    # --- brackets -----------------------------------------------------------------------------------

    def _bracketed(self, opening: str) -> bool:
        parts, end = split(self._tokens, self._at + 1, javascript=self._javascript)
        fine = {"(": self._round, "[": self._square, "{": self._curly}[opening](parts, end)
        self._cast = opening == "(" and not self._operand and not self._javascript
        self._at, self._operand = end + 1, True
        return fine

    def _all(self, parts: list[list[Token]]) -> bool:
        return all(is_expression(part, javascript=self._javascript) for part in parts)

    def _round(self, parts: list[list[Token]], end: int) -> bool:
        arrow = text_of(self._tokens[end + 1 : end + 3]) == "->"
        return (self._operand or self._javascript or arrow or len(parts) < 2) and self._all(parts)

    def _square(self, parts: list[list[Token]], _end: int) -> bool:
        if self._operand:
            return self._all(parts) and bool(parts or not self._javascript)
        return self._javascript and self._all(parts)

    def _curly(self, parts: list[list[Token]], _end: int) -> bool:
        before = self._tokens[self._at - 1].text if self._at else ""
        if before in (")", ">"):
            return True  # a body
        if not self._javascript:
            return before == "]" and all(part[0].text == "{" or self._all([part]) for part in parts)
        return not self._operand and all(map(self._entry, parts))

    def _entry(self, part: list[Token]) -> bool:
        if len(part) > 1 and part[1].text == ":":
            return part[0].kind != "sign" and self._all([part[2:]])
        return part[0].kind == "word" and self._all([part])

    # --- signs --------------------------------------------------------------------------------------

    def _sign(self) -> bool:
        text = text_of(self._tokens[self._at : self._at + _FAR])
        if self._operand and not self._javascript and (generic := _GENERIC.match(text)):
            return self._skip(generic.group())
        if self._javascript and not self._operand and (regular := _REGULAR.match(text)):
            self._operand = True
            return self._skip(regular.group())
        found = _SIGN.match(text)
        if not found or found.group() in _OTHERS[self._javascript]:
            return False
        self._at += len(found.group())
        if not self._operand or found.group() in ("++", "--"):
            return self._operand or found.group() in _BEFORE
        self._owed += (found.group() == "?") - (found.group() == ":")
        self._operand = False
        return self._owed >= 0 and found.group() not in ("!", "~")

    def _skip(self, text: str) -> bool:
        while text:
            text = text[len(self._tokens[self._at].text) :]
            self._at += 1
        return True
