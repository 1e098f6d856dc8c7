"""One JSON value out of text that comes in pieces, written on as JSON while it comes.

Knows JSON, and what models write instead of it: single quotes, Python's words and tuples, trailing commas, keys
without quotes, line breaks in strings, escapes that JSON has not. Each is mended and said. The brackets are
checked here; the rest is for whoever decodes the finished text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Generator
from typing import Any

from assay.formats.tools.marks import Marks
from assay.formats.tools.sink import Broken
from assay.formats.tools.source import Source, Step

DEEPEST = 100
"""Levels of nesting of one value; decoding recurses."""

_ESCAPE = r'\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})'
_CHARACTERS = rf'[^"\\\x00-\x1f]*+(?:{_ESCAPE}[^"\\\x00-\x1f]*+)*+'
"""What of a string between double quotes is JSON as it stands."""
_BEGUN = rf'"(?!"|\Z){_CHARACTERS}'
"""A string that is not empty, up to its end."""
_FLAT = rf"""{_BEGUN}"(?::[ ]?+)?+
    |,[ ]?+(?=["\w\[{{-])
    |-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?+(?:[eE][-+]?[0-9]++)?+(?=[ \t\r\n,}}\]])
    |(?:true|false|null)(?=[ \t\r\n,}}\]])
    |[ \t\r\n:]++
    |""(?=[ \t\r\n,:}}\]])
    |,(?=[ \t\r\n]{{0,64}}+[^ \t\r\n\]}})])"""
"""What is plain JSON and holds no bracket, the most frequent first."""
_RUN = re.compile(rf"(?:{_FLAT})*+(?:([\[\]{{}}])|({_BEGUN})\Z)?+", re.VERBOSE)
"""As much of that as there is, and the bracket behind it, or a string that goes on in the next piece."""
_STRING = re.compile(rf'{_CHARACTERS}(")?+')
"""What there is of a string that has begun, and its end."""
_IN_STRING = re.compile(_CHARACTERS).fullmatch
"""Whether a string goes on with all of a piece."""
_UNTOLD = re.compile(r'(?:,[ \t\r\n]{0,64}|-?[0-9][-+.0-9eE]{0,40}|[a-z]{1,5}|-|"{1,2})?\Z')
_UNTOLD_IN_STRING = re.compile(r"(?:\\(?:u[0-9a-fA-F]{0,3})?)?\Z")
"""What the next piece tells whether it is plain JSON."""

_CLOSING = {"{": "}", "[": "]", "(": ")"}
_AS_JSON = {"(": "[", ")": "]"}
_WORDS = {"true": "true", "false": "false", "null": "null"}
_SLOPPY_WORDS = {"True": "true", "False": "false", "None": "null", "undefined": "null", "NaN": "null"}
_WORD = re.compile(r"[\w$-]++")
_NUMBER = re.compile(r"[-+.0-9eE]++")
_QUOTES = ('"', "'")
_JSON_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
_BLANK = re.compile(r"[ \t\r\n]++")
_PLAIN = {
    '"': re.compile(_CHARACTERS),
    "'": re.compile(rf"""(?:[^"'\\\x00-\x1f]++|{_ESCAPE})*+"""),
}
"""What of a string is JSON as it stands, by its quote."""
_CONTROLS = re.compile(r"[\x00-\x1f]++")
_SINGLE = re.compile(r"""'([^"'\\\x00-\x1f]*+)'(?=[ \t\r\n,:}\]])""")
_TRIPLE = Marks('"""', "'''")
_HEX = re.compile(r"[0-9a-fA-F]+")

_PYTHON_QUOTES = "Python's quotes instead of JSON's"


class _Copied:
    """A value that is being copied: how far it is nested, and the short way over what of it is plain JSON."""

    def __init__(self, source: Source, parts: list[str]) -> None:
        self._source, self._parts = source, parts
        self.open: list[str] = []
        """The brackets that will close what is open."""
        self.in_string = False

    def more(self) -> bool:
        """Takes what is plain JSON in one go, up to the end of the value: most of most values. Whether what there
        is was plain so far."""
        source, open_ = self._source, self.open
        text = source.text
        at = start = source.at
        if self.in_string and (found := _STRING.match(text, at)):
            at = found.end()
            self.in_string = found.lastindex is None
        while open_ and not self.in_string and (found := _RUN.match(text, at)):
            at = found.end()
            if found.lastindex != 1:
                self.in_string = found.lastindex == 2
                break
            bracket = found[1]
            if bracket == open_[-1]:
                open_.pop()
            elif bracket in "[{" and len(open_) < DEEPEST:
                open_.append(_CLOSING[bracket])
            else:  # it is left to whoever says what is wrong with it
                at -= 1
                break
        if at > start:
            self._parts.append(text[start:at])
            source.at = at
        if at < len(text):
            return bool(open_) and bool((_UNTOLD_IN_STRING if self.in_string else _UNTOLD).match(text, at))
        if self.in_string:
            source.let_pass(_IN_STRING, self._parts)
        return bool(open_)


def read_whole(source: Source) -> tuple[str, Any] | None:
    """The text and the value of an object that begins here, where all of it is there, plain and no long one;
    else nothing is read."""
    ahead = source.text[source.at : source.at + _SHORT]
    if ahead.count("}") < ahead.count("{"):
        return None
    try:
        value, end = _decode(ahead)
    except (ValueError, RecursionError):
        return None
    if ahead.count("{", 0, end) + ahead.count("[", 0, end) > DEEPEST:
        return None
    source.at += end
    return ahead[:end], value


def _refuse(constant: str) -> None:
    raise ValueError(constant)


_decode = json.JSONDecoder(parse_constant=_refuse).raw_decode
_SHORT = 4096
"""Characters of what is tried to be read in one go: so much, at most, is read twice."""


def copy_value(source: Source, parts: list[str], *, stop: Marks | None = None) -> Step:
    """Reads one value and adds its JSON text to `parts`, piece by piece. At `stop`, and not in a string, what is open
    is closed; `stop` is left unread. Raises Broken where there is no value."""
    copied = _Copied(source, parts)
    open_ = copied.open
    while True:
        if open_:
            if copied.more() and not source.ended:
                source.more = copied.more
                yield
            if copied.in_string:
                copied.in_string = False
                yield from _copy_rest(source, parts, '"')
                continue
            if not open_:
                return
        if source.at >= len(source.text):
            if source.ended:
                raise Broken("the answer ends within a value")
            yield
            continue
        letter = source.text[source.at]
        if letter in _CLOSING or (open_ and letter == open_[-1]):
            parts.append(_bracket(source, letter, open_))
        elif open_ and stop and letter in stop.firsts and (yield from source.stands(stop)):
            source.forgive("closing brackets are missing")
            parts.append("".join(_AS_JSON.get(closing, closing) for closing in reversed(open_)))
            return
        else:
            yield from _atom(source, parts, letter, within=bool(open_))
        if not open_:
            return


def _bracket(source: Source, letter: str, open_: list[str]) -> str:
    source.at += 1
    if letter not in _CLOSING:
        open_.pop()
        return _AS_JSON.get(letter, letter)
    if len(open_) >= DEEPEST:
        raise Broken(f"a value nested deeper than {DEEPEST} levels")
    if letter == "(":
        source.forgive("a Python tuple instead of JSON")
    open_.append(_CLOSING[letter])
    return _AS_JSON.get(letter, letter)


def _atom(source: Source, parts: list[str], letter: str, *, within: bool) -> Step:
    if letter == "," and within:
        yield from _comma(source, parts)
    elif letter in "\"'":
        yield from copy_string(source, parts)
    elif letter in "-0123456789":
        number = yield from source.run(_NUMBER)
        if not _JSON_NUMBER.fullmatch(number) or source.text[source.at : source.at + 1] in _QUOTES:
            raise Broken(f"“{number[:40]}” is no number")
        parts.append(number)
    elif letter.isalpha() or letter in "_$":
        yield from _word(source, parts)
    else:
        raise Broken(f"“{letter}” where a value goes on")


def _comma(source: Source, parts: list[str]) -> Step:
    source.at += 1
    gap = []
    while True:
        if found := _BLANK.match(source.text, source.at):
            gap.append(found.group())
            source.at = found.end()
        if source.at < len(source.text) or source.ended:
            break
        yield
    if source.text[source.at : source.at + 1] in ("}", "]", ")"):
        source.forgive("a trailing comma")
    else:
        parts.append(",")
    parts.append("".join(gap))


def _word(source: Source, parts: list[str]) -> Step:
    word = yield from source.run(_WORD)
    if word in _WORDS:
        parts.append(word)
        return
    if word in _SLOPPY_WORDS:
        source.excuse(f"“{word}” instead of JSON")
        parts.append(_SLOPPY_WORDS[word])
        return
    if (yield from source.skip_blank()) != ":":
        raise Broken(f"“{word[:40]}” where a value goes on")
    source.excuse("a key without quotes")
    parts.append(json.dumps(word))


def copy_string(source: Source, parts: list[str]) -> Step:
    """Reads a string, however quoted, and adds it to `parts` as JSON, piece by piece."""
    if found := _SINGLE.match(source.text, source.at):
        source.forgive(_PYTHON_QUOTES)
        parts.append(f'"{found[1]}"')
        source.at = found.end()
        return
    triple = yield from source.accept(_TRIPLE)
    quote = triple[:1] or source.text[source.at]
    if triple or quote == "'":
        source.forgive(_PYTHON_QUOTES)
    source.at += 0 if triple else 1
    parts.append('"')
    yield from _copy_rest(source, parts, quote, triple)


def _copy_rest(source: Source, parts: list[str], quote: str, triple: str = "") -> Step:
    """Reads a string from within, to its end."""
    plain = _PLAIN[quote]
    while True:
        if (found := plain.match(source.text, source.at)) and (text := found.group()):
            parts.append(text)
            source.at = found.end()
        if source.at >= len(source.text):
            if source.ended:
                raise Broken("the answer ends within a string")
            source.let_pass(plain.fullmatch, parts)
            yield
            continue
        letter = source.text[source.at]
        if letter == "\\":
            yield from _escape(source, parts)
        elif letter == quote and not triple:
            source.at += 1
            break
        elif letter == quote and (yield from source.accept(_TRIPLE)) == triple:
            break
        else:
            controls = _CONTROLS.match(source.text, source.at)
            if controls:
                source.forgive("a bare control character in a string")
                letter = controls.group()
            parts.append(json.dumps(letter)[1:-1])
            source.at += len(letter)
    parts.append('"')


def _escape(source: Source, parts: list[str]) -> Step:
    while len(source.text) - source.at < 2 and not source.ended:
        yield
    kind = source.text[source.at + 1 : source.at + 2]
    digits = {"u": 4, "x": 2}.get(kind, 0)
    while digits and len(source.text) - source.at < 2 + digits and not source.ended:
        yield
    code = source.text[source.at + 2 : source.at + 2 + digits]
    if kind and kind in '"\\/bfnrt':
        parts.append("\\" + kind)
        source.at += 2
    elif kind == "'":
        source.forgive("an escape that JSON has not")
        parts.append("'")
        source.at += 2
    elif digits and len(code) == digits and _HEX.fullmatch(code):
        parts.append("\\u" + code.zfill(4))
        source.at += 2 + digits
        if kind == "x":
            source.forgive("an escape that JSON has not")
    else:
        source.forgive("an escape that JSON has not")
        parts.append("\\\\")
        source.at += 1


def read_string(source: Source) -> Generator[None, None, str]:
    """A string's value. Raises Broken where none begins."""
    if (yield from source.peek()) not in ("'", '"'):
        raise Broken("no string where one should be")
    parts: list[str] = []
    yield from copy_string(source, parts)
    try:
        return str(json.loads("".join(parts)))
    except ValueError:
        raise Broken("a string that cannot be read") from None


def read_text(text: str) -> Any:
    """The value that all of `text` is, sloppy or not. Raises Broken."""
    source = Source((), thinking=False)
    source.add(text)
    source.ended = True
    source.mark()
    parts: list[str] = []
    try:
        _exhaust(source.skip_blank())
        _exhaust(copy_value(source, parts))
        if _exhaust(source.skip_blank()):
            raise Broken("more than one value")
        return json.loads("".join(parts))
    except (ValueError, RecursionError):
        raise Broken("a value that cannot be read") from None


def _exhaust(steps: Any) -> Any:
    """Runs to its end what need not wait for more text."""
    try:
        while True:
            next(steps)
    except StopIteration as done:
        return done.value
