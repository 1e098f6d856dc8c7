"""Strings as Python writes them, out of text that comes in pieces: every quote, prefix and escape.

Knows when a quote ends a string, and, where strings may hold their own quotes, what has to follow it then.
"""

from __future__ import annotations

import re
from collections.abc import Generator

from assay.formats.tools.marks import BLANK, Marks
from assay.formats.tools.sink import Broken
from assay.formats.tools.source import Source, Step

_B = BLANK
_AFTER_ITEM = re.compile(rf"{_B}(?:(?P<whole>[,\]}}):])|\Z)")
_AFTER_ARGUMENT = re.compile(
    rf"{_B}(?:\Z|\){_B}(?:\Z|(?=[\],<])(?P<whole>))|,{_B}(?:\Z|[^\W\d]\w{{0,100}}+{_B}(?:\Z|=(?P<named>))))"
)
_TRIPLE = Marks('"""', "'''")
_PLAIN = {
    ("'", False): re.compile(r"""(?:[^'\\\n]++|\\[^xuU])++"""),
    ('"', False): re.compile(r"""(?:[^"\\\n]++|\\[^xuU])++"""),
    ("'", True): re.compile(r"""[^'\\\n]++"""),
    ('"', True): re.compile(r"""[^"\\\n]++"""),
}
"""What of a string ends it by no means, by its quote and whether it is raw: escapes of one character among it."""
_ESCAPED = re.compile(r"(\\.)", re.DOTALL)
_ESCAPES = {r"\n": "\n", r"\t": "\t", r"\r": "\r", r"\b": "\b", r"\f": "\f", r"\a": "\a", r"\v": "\v", r"\0": "\0",
            "\\\n": "", r"\\": "\\", r"\'": "'", r'\"': '"'}  # fmt: skip
_USUAL = re.compile(r"""(?:[^\\]++|\\[ntrbfav\\'"])*+""").fullmatch
_CODES = {"x": 2, "u": 4, "U": 8}


def read_strings(source: Source, *, raw: bool = False, depth: int = 0) -> Generator[None, None, str]:
    """One string, or several that stand next to each other."""
    parts: list[str] = []
    while True:
        yield from _string(source, parts, raw, depth)
        if (yield from source.skip_blank()) not in ("'", '"'):
            return "".join(parts)


def _string(source: Source, parts: list[str], raw: bool, depth: int) -> Step:
    quote = source.text[source.at]
    alone = source.text[source.at + 1 : source.at + 2] not in ("", quote)
    triple = "" if alone else (yield from source.accept(_TRIPLE))
    source.at += 0 if triple else 1
    plain = _PLAIN[quote, raw]

    read: list[str] = []
    """What is plain, its escapes as they are."""
    while True:
        if found := plain.match(source.text, source.at):
            read.append(found.group())
            source.at = found.end()
        left = len(source.text) - source.at
        if not left and source.ended:
            raise Broken("the answer ends within a string")
        if not source.ended and (not left or (left == 1 and source.text.endswith("\\"))):
            source.let_pass(plain.fullmatch, read)
            yield
            continue
        parts.append(_meant("".join(read)))
        read.clear()
        letter = source.text[source.at]
        if letter == "\\":
            parts.append((yield from _escape(source, raw)))
            continue
        if letter == quote:
            if not triple and (not source.loose_quotes or (yield from _ends_string(source, depth))):
                source.at += 1
                return
            if not triple:
                source.forgive("quotes within a string")
            elif (yield from source.accept(_TRIPLE)):
                return
        elif letter == "\n" and not triple:
            source.forgive("a bare line break in a string")
        parts.append(letter)
        source.at += 1


def surely_ended(source: Source, at: int, depth: int) -> bool:
    """Whether what stands at `at`, behind a quote, is what follows a string, and all of it is there."""
    found = (_AFTER_ITEM if depth else _AFTER_ARGUMENT).match(source.text, at)
    return found is not None and found.lastgroup is not None


def _ends_string(source: Source, depth: int) -> Generator[None, None, bool]:
    """Whether what follows the quote here is what follows a string."""
    pattern = _AFTER_ITEM if depth else _AFTER_ARGUMENT
    while True:
        found = pattern.match(source.text, source.at + 1)
        if found is None:
            return False
        if found.lastgroup or source.ended:
            return True
        if found.end() < len(source.text):
            return False
        yield


def _escape(source: Source, raw: bool) -> Generator[None, None, str]:
    while len(source.text) - source.at < 2 and not source.ended:
        yield
    kind = source.text[source.at + 1 : source.at + 2]
    digits = 0 if raw else _CODES.get(kind, 0)
    while digits and len(source.text) - source.at < 2 + digits and not source.ended:
        yield
    if digits:
        code = source.text[source.at + 2 : source.at + 2 + digits]
        try:
            letter = chr(int(code, 16)) if len(code) == digits and code.isalnum() else ""
        except (ValueError, OverflowError):
            letter = ""
        if letter:
            source.at += 2 + digits
            return (yield from _paired(source, letter))
    source.at += 1 + len(kind)
    return "\\" + kind if raw else _ESCAPES.get("\\" + kind, "\\" + kind)


def _meant(text: str) -> str:
    """`text` with what its escapes stand for: those that are none stay as they are."""
    if "\\" not in text:
        return text
    if _USUAL(text):  # Python's own codec is three times as quick, and takes more for an escape
        return text.encode("latin-1", "backslashreplace").decode("unicode_escape")
    parts = _ESCAPED.split(text)
    parts[1::2] = map(_ESCAPES.get, parts[1::2], parts[1::2])
    return "".join(parts)


def _paired(source: Source, letter: str) -> Generator[None, None, str]:
    """JSON writes a character beyond the first 65536 as two escapes; Python's readers are handed such text too."""
    if not 0xD800 <= ord(letter) <= 0xDBFF:
        return letter
    while len(source.text) - source.at < 6 and not source.ended:
        yield
    low = re.fullmatch(r"\\u([dD][c-fC-F][0-9a-fA-F]{2})", source.text[source.at : source.at + 6])
    if not low:
        return letter
    source.at += 6
    return (letter + chr(int(low[1], 16))).encode("utf-16", "surrogatepass").decode("utf-16")
