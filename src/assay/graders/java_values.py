"""A Java expression as the value that it stands for, as far as the leaderboard reads it. What it does not read stays
text."""

from __future__ import annotations

import re
from typing import Any

from assay.graders.literals import LARGEST, Read, boolean, number

_INTEGER = re.compile(r"-?\d+\Z")
_LONG = re.compile(r"-?\d+[lL]\Z")
_DOUBLE = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?\Z")
_FLOAT = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?[fF]\Z")
_AS_LIST = re.compile(r"new\s+ArrayList<\w*>\(Arrays\.asList\((.+?)\)\)")
_ADDED = re.compile(r"new\s+ArrayList<\w*>\(\)\s*\{\{\s*")
_ADD = re.compile(r"add\((.+?)\)")
_NO_ITEMS = re.compile(r"new\s+ArrayList<\w*>\(\)")
_ARRAY = re.compile(r"new\s+\w+\[\]\s*\{(.*?)\}")
_MAP = re.compile(r"new\s+HashMap<.*?>\s*\(\)\s*\{\s*\{?\s*", re.DOTALL)
_PUT = re.compile(r"put\(\"(.*?)\",\s*(.*?)\)")
_NO_ENTRIES = re.compile(r"new\s+HashMap<.*?>\s*\(\)")


def java_value(text: str, kind: str, inner: str | None = None) -> Any:
    if len(text) > LARGEST:
        return text
    read = _READ.get(kind)
    return read(text, inner) if read else text


def _item(text: str, inner: str | None, *, unquoted: bool) -> Any:
    if unquoted and inner in ("char", "String"):
        return text[1:-1]
    return java_value(text, inner) if inner else _guess(text)


def _array_list(text: str, inner: str | None) -> Any:
    if found := _AS_LIST.search(text):
        return [_item(item.strip(), inner, unquoted=True) for item in found[1].split(",")]
    if (body := _body(_ADDED, text, "}}", least=1)) is not None:
        return [_item(item.strip(), inner, unquoted=True) for item in _ADD.findall(body)]
    return [] if _NO_ITEMS.search(text) else text


def _body(head: re.Pattern[str], text: str, end: str, *, least: int) -> str | None:
    """What stands in the braces behind `head`."""
    found = head.search(text)
    stop = text.find(end, found.end() + least) if found else -1
    return text[found.end() : stop].rstrip() if found and stop >= 0 else None


def _array(text: str, inner: str | None) -> Any:
    found = _ARRAY.search(text)
    if not found:
        return text
    return [_item(item.strip(), inner, unquoted=False) for item in found[1].split(",") if item.strip()]


def _map(text: str, _inner: str | None) -> Any:
    if (body := _body(_MAP, text, "}", least=0)) is not None:
        return {key: _guess(value.strip()) for key, value in _PUT.findall(body)}
    return {} if _NO_ENTRIES.search(text) else text


def _guess(text: str) -> Any:
    """Without a word on its type."""
    if text in ("true", "false"):
        return text == "true"
    if text.startswith('"') and text.endswith('"'):
        return text[1:-1]
    for kind in ("long", "float"):
        value = java_value(text, kind)
        if type(value) is not str:
            return value
    for made in (int, float):
        try:
            return made(text)
        except ValueError:
            continue
    return text


_READ: dict[str, Read] = {
    "byte": number(_INTEGER, int),
    "short": number(_INTEGER, int),
    "integer": number(_INTEGER, int),
    "long": number(_LONG, int, "lL"),
    "float": number(_FLOAT, float, "fF"),
    "double": number(_DOUBLE, float),
    "boolean": boolean,
    "Array": _array,
    "ArrayList": _array_list,
    "HashMap": _map,
}
