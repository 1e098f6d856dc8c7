"""A JavaScript expression as the value that it stands for, as far as the leaderboard reads it. What it does not read
stays text."""

from __future__ import annotations

import re
from typing import Any

from assay.graders.literals import LARGEST, Read, boolean, number

_INTEGER = re.compile(r"-?\d+\Z")
_FLOAT = re.compile(r"-?\d+(\.\d+)?\Z")
_BIGINT = re.compile(r"-?\d+n\Z")
_ROWS = re.compile(r"(?:\[|new\s+Array\()\s*+\[[^\]\n]*+\]\s*+(?:,\s*+\[[^\]\n]*+\]\s*+)*+[\])]")
_STRETCHED = re.compile(r"\[\s*+\[.*?\]\s*+\]")
"""Rows that hold brackets of their own; the official expression takes an exponential time to find that out."""
_ROW = re.compile(r"\[(.*?)\]")
_ARRAY = re.compile(r"\[(.*?)\]|\bnew\s+Array\((.*?)\)")
_OBJECT = re.compile(r"\{(.*?)\}")
_PAIR = re.compile(r"([^:]+):\s*(.*?)(?:,\s*(?=[^,]+:)|$)")


def javascript_value(text: str, kind: str, inner: str | None = None) -> Any:
    if len(text) > LARGEST:
        return text
    read = _READ.get(kind)
    return read(text, inner) if read else text


def _quoted(text: str) -> bool:
    return any(text.startswith(mark) and text.endswith(mark) for mark in ('"', "'"))


def _string(text: str, _inner: str | None) -> Any:
    return text[1:-1] if _quoted(text) else text


def _array(text: str, inner: str | None) -> Any:
    code = text.strip()
    if rows := _ROWS.match(code) or _STRETCHED.match(code):
        found = _ROW.findall(rows.group(0))
        found[0] = found[0].strip().removeprefix("[")
        return [[_guess(item) for item in row.split(",")] for row in found]
    row = _ARRAY.match(code)
    if not row:
        return code
    held = (row[1] if row[1] is not None else row[2] or "").strip()
    items = [item.strip() for item in held.split(",")] if held else []
    if not inner:
        return [_guess(item) for item in items]
    return code if inner not in _KNOWN else [javascript_value(item, inner) for item in items]


def _object(text: str, _inner: str | None) -> Any:
    code = text.strip()
    if code == "{}":
        return {}
    held = _OBJECT.match(code)
    if not held:
        return code
    return {key.strip().strip("'\""): _member(value.strip()) for key, value in _PAIR.findall(held[1])}


def _member(text: str) -> Any:
    if text.startswith("[") and text.endswith("]"):
        return _array(text, None)
    if text.startswith("{") and text.endswith("}"):
        return _object(text, None)
    return _guess(text.strip("'\""))


def _guess(text: str) -> Any:
    """Without a word on its type."""
    text = text.strip()
    if text in ("true", "false"):
        return text == "true"
    if _quoted(text):
        return text[1:-1]
    for made in (int, float):
        try:
            return made(text)
        except ValueError:
            continue
    return text


_READ: dict[str, Read] = {
    "String": _string,
    "integer": number(_INTEGER, int),
    "float": number(_FLOAT, float),
    "Bigint": number(_BIGINT, int, "n"),
    "Boolean": boolean,
    "array": _array,
    "dict": _object,
}
_KNOWN = (*_READ, "any")
