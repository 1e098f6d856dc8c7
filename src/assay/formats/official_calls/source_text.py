"""One call with named arguments, `a.b(x=1, y="z")`, taken apart in Java or JavaScript; its values stay source text."""

from __future__ import annotations

import re
from itertools import groupby

from assay.formats.official_calls.base import Decoded, NoCalls, Undecodable
from assay.formats.official_calls.source_shape import is_expression
from assay.formats.official_calls.source_tokens import Token, split, text_of, tokens

_HEAD = re.compile(r"\s*+([A-Za-z_$][\w$]*+(?:\s*+\.\s*+[A-Za-z_$][\w$]*+)*+)\s*+(?=\()")
_NAMED = re.compile(r"([A-Za-z_$][\w$.]*+)\s*+=(?![=>])")
_WORD = re.compile(r"[A-Za-z_$][\w$]*+")
_OPEN, _CLOSE, _SEMICOLON = Token("(", "sign"), Token(")", "sign"), Token(";", "sign")


def one_call(text: str, *, javascript: bool) -> tuple[str, list[list[Token]]]:
    """The function's name, and the tokens of each argument."""
    head = _HEAD.match(text)
    held = list(tokens(text[head.end() :] if head else text, javascript=javascript))
    if not head:
        raise _no_call(held, javascript=javascript)
    parts, end = split(held, 1, javascript=javascript)
    if not all(is_expression(part, javascript=javascript) for part in parts):
        raise Undecodable("an argument is no expression")
    if not _is_end(held[end + 1 :], javascript=javascript):
        raise _no_call(held[end + 1 :], javascript=javascript)
    return re.sub(r"\s", "", head[1]), parts


def _is_end(tail: list[Token], *, javascript: bool) -> bool:
    """Of the statement; what is called in later ones does not count, but has to parse."""
    if javascript and tail and "\n" in tail[0].text:
        tail = [_SEMICOLON, *tail]
    statements = [list(group) for ends, group in groupby(tail, _is_semicolon) if not ends]
    first = next((token for token in tail if token.kind != "blank"), _SEMICOLON)
    return _is_semicolon(first) and all(
        is_expression(one, javascript=javascript) for one in statements if text_of(one).strip()
    )


def _is_semicolon(token: Token) -> bool:
    return token == _SEMICOLON


def _no_call(held: list[Token], *, javascript: bool) -> Undecodable:
    """What can be parsed holds no call of its own; what cannot be is an error before that is seen. JavaScript's calls
    side by side are one expression."""
    words = [token for token in held if token.kind != "blank"]
    if javascript:
        parts, _ = split([_OPEN, *words, _CLOSE], 1, javascript=True)
        fine = all(is_expression(part, javascript=True) for part in parts)
    else:
        fine = all(token.kind == "string" for token in words) and len(words) < 2
    return NoCalls("there is no call by itself") if fine else Undecodable("it is more, or something else, than a call")


def named(part: list[Token]) -> tuple[str, list[Token]] | None:
    """An argument's name, and its value's tokens without the blanks around; None where it has no name."""
    found = _NAMED.match(text_of(part).lstrip())
    if not found:
        return None
    value = part[next(at for at, token in enumerate(part) if token.text == "=") + 1 :]
    while value[0].kind == "blank":
        value = value[1:]
    while value[-1].kind == "blank":
        value = value[:-1]
    return found[1], value


def unnamed(part: list[Token]) -> bool:
    """Whether an argument without a name is a bare word, which counts; other ones are passed over."""
    return bool(_WORD.fullmatch(text_of(part).strip()))


def as_calls(name: str, arguments: list[tuple[str, str]]) -> Decoded:
    """Raises Undecodable where a name comes twice."""
    found = dict(arguments)
    if len(found) != len(arguments):
        raise Undecodable("an argument is given twice")
    return [{name: found}]
