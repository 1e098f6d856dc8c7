"""One call with named arguments, `a.b(x=1, y="z")`, taken apart in a language of braces; its values stay source text.

Knows strings and brackets, no grammar: what is balanced and has no list literal where the language has none is taken
for well-formed, which the official decoder's parser would look at more closely.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from assay.formats.official_calls.base import Decoded, NoCalls, Undecodable

_HEAD = re.compile(r"\s*+([A-Za-z_$][\w$]*+(?:\s*+\.\s*+[A-Za-z_$][\w$]*+)*+)\s*+\(")
_NAMED = re.compile(r"([A-Za-z_$][\w$.]*+)\s*+=(?![=>])")
_WORD = re.compile(r"[A-Za-z_$][\w$]*+")
_TAIL = re.compile(r"[\s;]*+")
_CLOSING = {"(": ")", "[": "]", "{": "}", "<": ">"}


class Token(msgspec.Struct, frozen=True):
    """A string whole, a word, blank space, or one letter of anything else."""

    text: str
    kind: str
    """`string`, `word`, `blank` or `sign`."""


_TOKEN = re.compile(
    r"""(?P<string>"(?:[^"\\\n]|\\.)*+"|'(?:[^'\\\n]|\\.)*+'|`(?:[^`\\]|\\.)*+`)|(?P<blank>\s++)|(?P<word>[\w$.]++)""",
    re.DOTALL,
)


def tokens(text: str) -> Iterator[Token]:
    at = 0
    while at < len(text):
        if found := _TOKEN.match(text, at):
            yield Token(found.group(), found.lastgroup or "")
            at = found.end()
        elif text[at] in "\"'`":
            raise Undecodable("a string without an end")
        else:
            yield Token(text[at], "sign")
            at += 1


def one_call(text: str, *, opening: str, beside: bool = False) -> tuple[str, list[list[Token]]]:
    """The function's name, and the tokens of each argument. `opening`: the brackets that the language has. `beside`:
    whether another call may stand beside it, in which case neither is found."""
    if not text.strip():
        raise NoCalls("there is no call")
    head = _HEAD.match(text)
    if not head:
        raise Undecodable("it does not begin as a call")
    parts: list[list[Token]] = [[]]
    owed = [")"]
    rest = tokens(text[head.end() :])
    for token in rest:
        if token.kind != "sign":
            parts[-1].append(token)
            continue
        if token.text in opening:
            owed.append(_CLOSING[token.text])
        elif token.text == owed[-1] and not _is_arrow(parts[-1], token):
            owed.pop()
            if not owed:
                break
        elif token.text in ")]}":
            raise Undecodable("brackets that do not match")
        if token.text == "," and len(owed) == 1:
            parts.append([])
        else:
            parts[-1].append(token)
    if owed:
        raise Undecodable("the call has no end")
    _end(_text(rest).strip(), beside=beside)
    return re.sub(r"\s", "", head[1]), [part for part in parts if _text(part).strip()]


def _end(tail: str, *, beside: bool) -> None:
    if beside and tail.startswith(","):
        raise NoCalls("there is more than one call")
    if not _TAIL.fullmatch(tail):
        raise Undecodable("something follows the call")


def _is_arrow(part: list[Token], token: Token) -> bool:
    return token.text == ">" and bool(part) and part[-1].text in ("-", "=")


def _text(part: Iterable[Token]) -> str:
    return "".join(token.text for token in part)


def named(part: list[Token]) -> tuple[str, list[Token]] | None:
    """An argument's name, and its value's tokens without the blanks around; None where it has no name."""
    found = _NAMED.match(_text(part).lstrip())
    if not found:
        return None
    value = part[next(at for at, token in enumerate(part) if token.text == "=") + 1 :]
    while value and value[0].kind == "blank":
        value = value[1:]
    while value and value[-1].kind == "blank":
        value = value[:-1]
    if not value:
        raise Undecodable("an argument without a value")
    return found[1], value


def unnamed(part: list[Token]) -> bool:
    """Whether an argument without a name is a bare word, which counts; other ones are passed over."""
    return bool(_WORD.fullmatch(_text(part).strip()))


def as_calls(name: str, arguments: list[tuple[str, str]]) -> Decoded:
    """Raises Undecodable where a name comes twice."""
    found = dict(arguments)
    if len(found) != len(arguments):
        raise Undecodable("an argument is given twice")
    return [{name: found}]
