"""Tokens of a language of braces, and what is in its brackets. Knows strings and brackets, and no grammar."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from assay.formats.official_calls.base import Undecodable

_CLOSING = {"(": ")", "[": "]", "{": "}", "<": ">"}
_DEEPEST, _LONGEST = 50, 100_000
"""Brackets within brackets, each of which is gone through anew, and characters: no call that is meant has more."""
_OPENING = {True: "([{", False: "([{<"}
"""JavaScript's brackets, and Java's."""


class Token(msgspec.Struct, frozen=True):
    """A string whole, a word, blank space, or one letter of anything else."""

    text: str
    kind: str
    """`string`, `word`, `blank` or `sign`."""


_TOKEN = (
    r"""(?P<string>"(?:[^"\\%s]|\\.)*+"|'(?:[^'\\\n]|\\.)*+'|`(?:[^`\\]|\\.)*+`)|(?P<blank>\s++)|(?P<word>[\w$.]++)"""
)
_TOKENS = {True: re.compile(_TOKEN % r"\n", re.DOTALL), False: re.compile(_TOKEN % "", re.DOTALL)}
"""JavaScript's, and Java's, where the official parser lets a string go on in the next line."""


def tokens(text: str, *, javascript: bool) -> Iterator[Token]:
    if len(text) > _LONGEST:
        raise Undecodable("too long for a call")
    at = 0
    while at < len(text):
        if found := _TOKENS[javascript].match(text, at):
            yield Token(found.group(), found.lastgroup or "")
            at = found.end()
        elif text[at] in "\"'`":
            raise Undecodable("a string without an end")
        else:
            yield Token(text[at], "sign")
            at += 1


def text_of(part: Iterable[Token]) -> str:
    return "".join(token.text for token in part)


def split(held: Sequence[Token], at: int, *, javascript: bool) -> tuple[list[list[Token]], int]:
    """What stands between commas in the bracket that is open before `at`, and the place of its end."""
    parts: list[list[Token]] = [[]]
    owed = [_CLOSING[held[at - 1].text]]
    for end in range(at, len(held)):
        token = held[end]
        if token.kind == "sign":
            if token.text in _OPENING[javascript]:
                owed.append(_CLOSING[token.text])
                if len(owed) > _DEEPEST:
                    raise Undecodable("nested too deeply")
            elif token.text == owed[-1] and not _is_arrow(parts[-1], token):
                owed.pop()
                if not owed:
                    return [part for part in parts if text_of(part).strip()], end
            elif token.text in ")]}":
                raise Undecodable("brackets that do not match")
            elif token.text == "," and len(owed) == 1:
                parts.append([])
                continue
        parts[-1].append(token)
    raise Undecodable("a bracket has no end")


def _is_arrow(part: list[Token], token: Token) -> bool:
    return token.text == ">" and bool(part) and part[-1].text in ("-", "=")
