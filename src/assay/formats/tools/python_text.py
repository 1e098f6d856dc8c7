"""Calls written as Python writes them, `f(a=1, b='x')`, out of text that comes in pieces.

Knows Python's literals, and what models write among them: JSON's words, text without quotes. Sets and tuples
become lists, for that is what JSON has. Nothing is evaluated: an expression is no value.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Generator
from typing import Any

from assay.formats.tools.json_text import DEEPEST
from assay.formats.tools.marks import BLANK, in_steps
from assay.formats.tools.python_strings import read_strings, surely_ended
from assay.formats.tools.sink import Broken, NoCall
from assay.formats.tools.source import Source, Step
from assay.formats.tools.typed import allowed_types, property_schema, typed

_Container = list[Any] | dict[str, Any]
Value = Generator[None, None, Any]

_NAME = re.compile(r"[\w.-]++")
_BEGUN = re.compile(r"([\w.-]{1,200}+)[ \t\r\n]*+\(")
NAME = re.compile(r"[^\W\d][\w.-]*")
"""What a call may be named."""
KEY = re.compile(r"[^\W\d]\w*")
"""What an argument may be named."""
_WORD = re.compile(r"\w++")
_LOOSE = re.compile(r"[^,()\[\]{}'\"=]++")
_NUMBER = r"-?(?:0|[1-9][0-9]{0,15})(?:\.[0-9]{0,15}+)?+"
_CONSTANT = "True|False|None|true|false|null"
_SINGLE, _DOUBLE = r"'(?P<single>[^'\\\n]*+)'", r'"(?P<double>[^"\\\n]*+)"'
_PLAINEST = f"(?:{_SINGLE}|{_DOUBLE}|(?P<number>{_NUMBER})|(?P<word>{_CONSTANT}))"
_HALF_PLAIN = rf"(?:{_NUMBER}|-|{_CONSTANT}|[a-zA-Z]{{1,4}})\Z"
"""What may become a number or a constant, or be a longer one: the next piece tells."""
_SIMPLE = re.compile(rf"{_PLAINEST}(?=[,)\]}}:])(?P<whole>)|{_HALF_PLAIN}")
_KEYWORD = re.compile(
    in_steps(
        (r"[ \t\r\n,]{0,64}+", r"([^\W\d]\w{0,100}+)", "[ ]?+", "=", "[ ]?+"),
        rf"(?:(?:(?P<plain>{_PLAINEST}(?=[,)]))|(?=[\"'(\[{{]))(?P<whole>)"
        rf"|{_HALF_PLAIN})",
    )
)
"""An argument's name and, where it is plain and all there, the value; or what the value begins with."""
_KEYS = r"""(?:'(?P<key>[^'\\\n]*+)'|"(?P<other>[^"\\\n]*+)")[ ]?+:"""
_KEY_NEXT = r"""(?=\}|'[^'\\\n]{0,400}+'[ ]?+:|"[^"\\\n]{0,400}+"[ ]?+:)"""
_BEGUN_STRING = r"""(?:'[^'\\\n]{0,400}+(?:'[ ]?+)?+|"[^"\\\n]{0,400}+(?:"[ ]?+)?+)"""
_DICT = re.compile(rf"\{{{BLANK}(?:{_KEY_NEXT}(?P<whole>)|{_BEGUN_STRING}?+\Z)")
"""Braces that begin with a plain key, or hold nothing."""
_INNER = re.compile(
    rf"{BLANK}(?:{_KEYS}[ ]?+)?+(?:{_PLAINEST}(?:(?P<next>,)|(?=[\]}}]))"
    rf"|(?P<opening>\[|\{{(?={BLANK}{_KEY_NEXT}))|(?P<closing>[\]}}])(?P<comma>,)?)"
)
"""What a list or a dict may hold: a plain value, perhaps with a key, or the beginning or the end of another."""
_INNER_BEGUN = re.compile(
    r"""[ \t\r\n]{0,64}+(?:(?:'[^'\\\n]{0,400}+'|"[^"\\\n]{0,400}+")[ ]?+:[ ]?+)?+(?:\{[ \t\r\n]{0,64}+)?+"""
    rf"(?:{_BEGUN_STRING}|-?+[0-9.]{{0,33}}+|[a-zA-Z]{{0,5}}+)\Z"
)
"""What may become one of these with the next piece, all of it."""
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9_]*|0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+)")
_FLOAT = re.compile(r"[-+]?(?:(?:0|[1-9][0-9_]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_PROSE = re.compile(r"[\w.:/-]++(?: [\w.:/-]++)*+")
_SHOWN = "print"
_PREFIXES = frozenset({"r", "f", "u", "fr", "rf"})
_WORDS = {"True": True, "False": False, "None": None, "true": True, "false": False, "null": None}


def read_call(source: Source, *, known: bool = False, method: str = "") -> Step:
    """Reads one call. Raises NoCall where it does not even begin as one; `known`: only a tool's name begins one.
    `method` is no part of the name."""
    begun = _BEGUN.match(source.text, source.at)
    name = (begun[1] if begun else (yield from source.run(_NAME, limit=200))).removesuffix(method)
    if not NAME.fullmatch(name) or (known and source.tools and name not in source.tools):
        raise NoCall("no call")
    if begun:
        source.at = begun.end()
    elif (yield from source.skip_blank()) == "(":
        source.at += 1
    else:
        raise NoCall("no call")
    if name == _SHOWN and name not in source.tools:
        yield from _shown(source)
    else:
        yield from _arguments(source, name)
    source.mark()


def _arguments(source: Source, name: str) -> Step:
    """Reads up to the call's closing bracket, and over it."""
    parameters = source.schema(name)
    told = 0
    while True:
        found = _KEYWORD.match(source.text, source.at)
        if found and found.lastgroup != "whole":
            found = yield from source.rest(found)
        if not found:
            letter = source.letter() or (yield from source.skip_blank())
            if letter == ")":
                break
            if letter == ",":
                source.at += 1
                continue
            found = yield from source.whole(_KEYWORD)
        if found and found["plain"] and (not source.loose_quotes or _certain(source, found, 0)):
            source.at = found.end()
            key, value = found[1], _simple(found)
        else:
            key, value = yield from _argument(source, found, parameters, told)
            if (source.letter() or (yield from source.skip_blank())) not in (",", ")"):
                raise Broken("an argument that is no plain value")
        if not told:
            source.sink.open(name)
        source.sink.put(key, value)
        told += 1
    source.at += 1
    if not told:
        source.sink.open(name)
    source.sink.end(source.place)


def _shown(source: Source) -> Step:
    """A call of a tool that there is, within `print(…)`."""
    yield from source.skip_blank()
    if not source.tools:
        raise NoCall("no call")
    yield from read_call(source, known=True)
    if (yield from source.skip_blank()) == ")":
        source.at += 1
    source.forgive("a call whose result is printed")


def _argument(
    source: Source, begun: re.Match[str] | None, parameters: dict[str, Any], place: int
) -> Generator[None, None, tuple[str, Any]]:
    if begun:
        source.at = begun.start("plain") if begun["plain"] else begun.end()
        return begun[1], (yield from read_value(source))
    letter, word = source.text[source.at : source.at + 1], ""
    if letter.isalpha() or letter == "_":
        word = yield from source.run(_WORD)
        if (yield from source.skip_blank()) == "=":
            source.at += 1
            bare = (yield from source.skip_blank()).isdigit()
            value = yield from read_value(source)
            return word, _counted(source, parameters, word, value) if bare and isinstance(value, str) else value
    value = (yield from _named(source, word)) if word else (yield from read_value(source))
    positions = list(parameters.get("properties", ()))
    if place >= len(positions):
        raise Broken("an argument without a name")
    source.forgive("arguments without names, taken in the order of the tool's schema")
    return positions[place], value


def _counted(source: Source, parameters: dict[str, Any], key: str, text: str) -> Any:
    """What begins with a digit and is no number in Python: `07` is one where the schema allows no text."""
    types = allowed_types(property_schema(parameters, key), parameters)
    return typed(text, types, source.forgive)


def read_value(source: Source, depth: int = 0) -> Value:
    """Reads one value."""
    letter = source.letter() or (yield from source.skip_blank())
    found = _SIMPLE.match(source.text, source.at)
    if found and found.lastgroup != "whole":
        found = yield from source.rest(found)
    if found and _certain(source, found, depth):
        source.at = found.end()
        return _simple(found)
    if letter in ("'", '"'):
        return (yield from read_strings(source, depth=depth))
    if depth >= DEEPEST:
        raise Broken(f"a value nested deeper than {DEEPEST} levels")
    if letter == "[":
        source.at += 1
        return (yield from _nested(source, [], depth))
    if letter == "{":
        return (yield from _braces(source, depth))
    if letter == "(":
        return (yield from _brackets(source, depth))
    if letter.isalpha() or letter == "_":
        return (yield from _named(source, (yield from source.run(_WORD))))
    return _number(source, (yield from source.run(_LOOSE)))


def _nested(source: Source, whole: _Container, depth: int) -> Value:
    """Fills the list or the dict whose bracket was read, and all that is nested in it."""
    open_, comma = [whole], True

    def more() -> bool:
        nonlocal comma
        comma = _read_plain(source, open_, depth, comma=comma)
        return bool(open_) and _INNER_BEGUN.match(source.text, source.at) is not None

    while True:
        if more() and not source.ended:
            source.more = more
            yield
        if not open_:
            return whole
        comma = yield from _read_odd(source, open_, depth, comma=comma)


def _read_plain(source: Source, open_: list[_Container], depth: int, *, comma: bool) -> bool:
    """Reads on within what is open, as long as it is plain and all there. `comma`, and what is given back: whether
    another item may come, or only what separates or ends."""
    while open_ and (found := _INNER.match(source.text, source.at)):
        inner, key = open_[-1], found["key"] if found["key"] is not None else found["other"]
        if closing := found["closing"]:
            if key is not None or (closing == "]") != isinstance(inner, list):
                break
            open_.pop()
            source.at = found.end() if open_ else found.end("closing")
            comma = found["comma"] is not None
            continue
        opening = found["opening"]
        if not comma or (key is None) != isinstance(inner, list) or (opening and depth + len(open_) >= DEEPEST):
            break
        value: Any = _simple(found) if not opening else [] if opening == "[" else {}
        if isinstance(inner, list):
            inner.append(value)
        else:
            inner[key] = value
        if opening:
            open_.append(value)
        else:
            comma = found["next"] is not None
        source.at = found.end()
    return comma


def _read_odd(source: Source, open_: list[_Container], depth: int, *, comma: bool) -> Generator[None, None, bool]:
    """As `_read_plain`, one step, whatever it is."""
    inner = open_[-1]
    letter = source.letter() or (yield from source.skip_blank())
    if letter == "," and not comma:
        source.at += 1
        return True
    if letter == ("]" if isinstance(inner, list) else "}"):
        source.at += 1
        open_.pop()
        return False
    if not comma:
        raise Broken(f"a {type(inner).__name__} that goes on without a comma")
    item = yield from read_value(source, depth + len(open_))
    if isinstance(inner, list):
        inner.append(item)
    elif (yield from source.skip_blank()) == ":":
        source.at += 1
        key = item if isinstance(item, str) else json.dumps(item)
        inner[key] = yield from read_value(source, depth + len(open_))
    else:
        raise Broken("a dict with a key that has no value")
    return False


def _brackets(source: Source, depth: int) -> Value:
    """A tuple, or a value in brackets."""
    source.at += 1
    items: list[Any] = []
    commas = 0
    while (letter := source.letter() or (yield from source.skip_blank())) != ")":
        if letter == "," and commas < len(items):
            commas += 1
            source.at += 1
        elif commas == len(items):
            items.append((yield from read_value(source, depth + 1)))
        else:
            raise Broken("a list that goes on without a comma")
    source.at += 1
    return items[0] if len(items) == 1 and not commas else items


def _certain(source: Source, found: re.Match[str], depth: int) -> bool:
    """Whether the plain literal ends there: where strings may hold their own quotes, that takes a second look."""
    return not source.loose_quotes or surely_ended(source, found.end(), depth)


def _simple(found: re.Match[str]) -> Any:
    """The value that a plain literal is."""
    if number := found["number"]:
        return float(number) if "." in number else int(number)
    word = found["word"]
    return _WORDS[word] if word else found["single"] or found["double"] or ""


def _braces(source: Source, depth: int) -> Value:
    """A dict, or a set."""
    plain = _DICT.match(source.text, source.at)
    if plain and plain.lastgroup != "whole":
        plain = yield from source.rest(plain)
    if plain:
        source.at += 1
        return (yield from _nested(source, {}, depth))
    source.at += 1
    members: dict[str, Any] = {}
    items: list[Any] = []
    comma = True
    while (letter := source.letter() or (yield from source.skip_blank())) != "}":
        if letter == "," and not comma:
            comma = True
            source.at += 1
            continue
        if not comma:
            raise Broken("a dict that goes on without a comma")
        item = yield from read_value(source, depth + 1)
        comma = False
        if (yield from source.skip_blank()) == ":" and not items:
            source.at += 1
            key = item if isinstance(item, str) else json.dumps(item)
            members[key] = yield from read_value(source, depth + 1)
        elif members:
            raise Broken("a dict with a key that has no value")
        else:
            items.append(item)
    source.at += 1
    return items or members


def _named(source: Source, word: str) -> Value:
    """What begins with a word: a constant, a string with a prefix, or text that wants quotes."""
    letter = yield from source.peek()
    if letter in ("'", '"') and word.lower() in _PREFIXES:
        return (yield from read_strings(source, raw="r" in word.lower()))
    before = source.place
    if (yield from source.skip_blank()) in (",", ")", "]", "}", ":") and word in _WORDS:
        return _WORDS[word]
    gap = " " if source.place > before else ""
    rest = yield from source.run(_LOOSE)
    if (yield from source.peek()) in ("(", "[", "{", "'", '"', "="):
        raise Broken("an argument that is no plain value")
    return _unquoted(source, f"{word}{gap}{rest}".strip())


def _number(source: Source, text: str) -> Any:
    text = text.strip()
    if not text:
        raise Broken("a value is missing")
    try:
        if _INTEGER.fullmatch(text):
            return int(text, 0)
        if _FLOAT.fullmatch(text):
            if math.isfinite(number := float(text)):
                return number
            raise Broken("a number that is too large")
    except ValueError:  # too many digits
        pass
    return _unquoted(source, text)


def _unquoted(source: Source, text: str) -> str:
    if not _PROSE.fullmatch(text) or not all(map(_WORD.search, text.split(" "))):
        raise Broken("an expression is no value")
    source.forgive("text without quotes")
    return text


def literal(value: Any) -> str:
    """The value as Python writes it."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{literal(key)}: {literal(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(literal, value)) + "]"
    return repr(value)
