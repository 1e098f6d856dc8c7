"""Tests that expect something else than they did: who passes them too has not been judged by what is expected.

Only the plainest assertions are taken, in any language's words: behind the call stand `==` or its like, or a comma, and
then a value. What is right cannot pass them, whatever the value: the text is not understood beyond that, so an
assertion that joins, negates or only mentions is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_TEXT = r'"(?:\\.|[^"\\])*"|' r"'(?:\\.|[^'\\])*'"
_LITERAL = rf"(?P<value>{_TEXT}|(?<![\w.])\d+|\b(?:true|false|TRUE|FALSE|True|False)\b)"
_TOKEN = re.compile(rf"{_LITERAL}|[(\[{{]|[)\]}}]|[,;]|(?<![!=<>])===?")
_EQUALS = re.compile(r"\s*(?:!==|===?|=|,(?:\s*expected:)?|\.\w*[eE]quals?\()(?!=)")
_EXPECTED_FIRST = re.compile(r"\bassert_equal\(?")
_NOT_PLAIN = re.compile(r"#|//|--|&&|\|\||(?<!\w)!\(|\bnot|Not[A-Z]|_not_|\b(?:or|and|in|else|for|while)\b")
_OPPOSITE = {"true": "false", "TRUE": "FALSE", "True": "False"}
_OPPOSITE |= {other: word for word, other in _OPPOSITE.items()}

_ASSERTION = re.compile(
    r"\b(?:(?P<chained>expect|assertThat)|REQUIRE|CHECK|assert!?"
    r"|(?P<listed>assert_eq!|assertEquals?|assert_equal|assert\.(?:deep|strict|deepStrict)?[eE]qual))\("
)
_CHAINED = re.compile(r"\.(?:toEqual|toStrictEqual|toBe|isEqualTo)(?=\()")
_BARE = re.compile(rf"[\s&\[({{-]*(?:(?:vec!|Some|Ok)[\[(]\s*)?{_LITERAL}")
_UNLESS = re.compile(rf"\bif [^\n{{]*!= {_LITERAL}(?= \{{)")
_NOT_BARE = re.compile(r"\b[a-z_]\w*\s*\(|\.\s*[a-z_]|[|?]|\b(?:or|and)\b")


def altered(tests: str, *, calls: Sequence[str]) -> str:
    """The tests with another value in the last assertion on one of these functions; empty where none is plain. It is
    the last, so that who leaves before it is not stopped by it either."""
    names = "|".join(re.escape(name) for name in calls if name)
    call = re.compile(rf"\$\(\s*(?:{names})\b|(?<![\w.!])\$?(?:{names})(?:->|\.call)?\(")
    end = len(tests)
    for line in reversed(tests.splitlines(keepends=True)):
        end -= len(line)
        for found in call.finditer(line):
            if place := _expected(line, found):
                start, stop = end + place[0], end + place[1]
                return f"{tests[:start]}{_another(tests[start:stop])}{tests[stop:]}"
    return ""


def _expected(line: str, call: re.Match[str]) -> tuple[int, int] | None:
    """Where the first value is that a call's result is compared with."""
    opened = line.index("(", call.start())
    closed = next((at for at, depth, _ in _walk(line, opened) if depth == 0), None)
    if closed is None:
        return None
    around = re.sub(_TEXT, "", f"{line[: call.start()]} {line[closed:]}")
    if _NOT_PLAIN.search(around):
        return None
    equals, first = _EQUALS.match(line, closed), _EXPECTED_FIRST.search(line, 0, call.start())
    if equals:
        return _value(line, equals.end(), len(line))
    return _value(line, first.end(), call.start()) if first else None


def _value(line: str, start: int, stop: int) -> tuple[int, int] | None:
    for _, depth, token in _walk(line[:stop], start):
        if token["value"]:
            return token.span("value")
        if depth < 0 or (depth == 0 and token[0] in ",;"):
            break
    return None


def _walk(line: str, start: int) -> Iterator[tuple[int, int, re.Match[str]]]:
    """What stands there from `start` on: where each token ends, and in how many brackets that is."""
    depth = 0
    for token in _TOKEN.finditer(line, start):
        if not token["value"]:
            depth += (token[0] in "([{") - (token[0] in ")]}")
        yield token.end(), depth, token


def _another(value: str) -> str:
    if value[0] in "\"'":
        return f"{value[0]}{'b' if value[1] == 'a' else 'a'}{value[2:] or value[0]}"
    return _OPPOSITE.get(value) or f"{value[:-1]}{(int(value[-1]) + 1) % 10}"


def altered_assertion(tests: str) -> str:
    """The same in the words of test libraries, whatever is called: `expect(…).toEqual(4)`, `assert_eq!(…, 4)`,
    `REQUIRE(4 == …)` and their like; else in Go's, which has none: `if … != 4 {`."""
    for found in reversed(list(_ASSERTION.finditer(tests))):
        line = tests[tests.rfind("\n", 0, found.start()) + 1 : found.start()]
        if _NOT_PLAIN.search(line):
            continue
        for start, stop in _compared(tests, found):
            bare = _BARE.match(tests, start, stop)
            if bare and not _NOT_BARE.search(tests, start, stop):
                return _with_another(tests, bare)
    unless = list(_UNLESS.finditer(tests))
    return _with_another(tests, unless[-1]) if unless else ""


def _with_another(tests: str, found: re.Match[str]) -> str:
    start, stop = found.span("value")
    return f"{tests[:start]}{_another(found['value'])}{tests[stop:]}"


def _compared(tests: str, found: re.Match[str]) -> list[tuple[int, int]]:
    """Where the two sides of an assertion stand, the later one first."""
    sides = _parted(tests, found.end() - 1, "," if found["listed"] else "==")
    if not found["chained"] or not sides:
        return sides[1::-1] if len(sides) == 2 or (found["listed"] and len(sides) > 2) else []
    chained = _CHAINED.match(tests, sides[-1][1] + 1)
    return _parted(tests, chained.end(), ";") if chained else []


def _parted(tests: str, opened: int, sign: str) -> list[tuple[int, int]]:
    """What stands in the brackets that are opened there, parted by a sign."""
    parts: list[tuple[int, int]] = []
    start = opened + 1
    for end, depth, token in _walk(tests, opened):
        if depth == 0:
            return [*parts, (start, end - 1)]
        if depth == 1 and token[0].startswith(sign):
            parts.append((start, token.start()))
            start = end
    return []
