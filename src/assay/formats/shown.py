"""Values as people read them: JSON's spelling, bounded in length and in time, whatever they hold."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from typing import Any

from assay.core.judging import Opaque

MOST = 200
"""Characters of a value that a line of prose can bear."""

_WIDEST_INTEGER = 2000
"""Bits beyond which an integer is told by its size: writing it out takes quadratic time."""


def render(value: Any, limit: int = MOST) -> str:
    """`value` in at most about `limit` characters; `…` stands for what was left out."""
    parts: list[str] = []
    _write(value, parts, limit)
    text = "".join(parts)
    return text if len(text) <= limit + 1 else text[:limit] + "…"


def _write(value: Any, parts: list[str], room: int) -> int:
    """Appends `value` to `parts` and returns the room that is left."""
    if room <= 0:
        parts.append("…")
        return 0
    if isinstance(value, dict):
        return _write_map(value, parts, room)
    if isinstance(value, (list, tuple)):
        opening, closing = ("(", ",)" if len(value) == 1 else ")") if isinstance(value, tuple) else ("[", "]")
        return _write_items(value, parts, room, opening, closing)
    if isinstance(value, (set, frozenset)):
        return _write_items(value, parts, room, "{", "}") if value else _put("an empty set", parts, room)
    return _put(_scalar(value, room), parts, room)


def _put(text: str, parts: list[str], room: int) -> int:
    parts.append(text)
    return room - len(text)


def _write_items(value: Iterable[Any], parts: list[str], room: int, opening: str, closing: str) -> int:
    room = _put(opening, parts, room)
    for index, item in enumerate(value):
        if index:
            room = _put(", ", parts, room)
        room = _write(item, parts, room)
        if room <= 0:
            return 0
    return _put(closing, parts, room)


def _write_map(value: dict[Any, Any], parts: list[str], room: int) -> int:
    room = _put("{", parts, room)
    for index, (key, item) in enumerate(value.items()):
        if index:
            room = _put(", ", parts, room)
        room = _write(key, parts, room)
        room = _write(item, parts, _put(": ", parts, room))
        if room <= 0:
            return 0
    return _put("}", parts, room)


def _scalar(value: Any, room: int) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        bits = value.bit_length()
        return str(value) if bits <= _WIDEST_INTEGER else f"an integer of {bits} bits"
    if isinstance(value, float):
        return repr(value) if math.isfinite(value) else ("NaN" if math.isnan(value) else str(value))
    if isinstance(value, str):
        text = _quoted(value[: room + 1])
        return text if len(value) <= room else text[:-1] + f'…" ({len(value)} characters)'
    if isinstance(value, bytes):
        return repr(value[: room + 1]) if len(value) <= room else f"{value[:room]!r}… ({len(value)} bytes)"
    if isinstance(value, Opaque):
        return f"<{value.type_name[:80]}>"
    return f"<{type(value).__name__}>"


def _quoted(text: str) -> str:
    """`text` as JSON writes it, and nothing in it that could steer a terminal or be no UTF-8."""
    quoted = json.dumps(text, ensure_ascii=False)
    if quoted.isprintable():
        return quoted
    return "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in quoted)


def plain(text: str, limit: int = MOST) -> str:
    """Foreign prose as one line of at most about `limit` characters, without what could steer a terminal."""
    words = " ".join(text[: 4 * limit].split())
    shown = "".join(c if c.isprintable() else "\ufffd" for c in words[:limit])
    return shown + "…" if len(words) > limit else shown


def visible(text: str) -> str:
    """Foreign text of many lines, with what could steer a terminal or turn its words around written out: `\\u001b`."""
    text = text.replace("\r\n", "\n")
    return "".join(c if c.isprintable() or c in "\n\t" else json.dumps(c)[1:-1] for c in text)


def render_text(expected: str, got: str) -> str:
    """How two texts differ: whole when they are short, else around the place where they part."""
    if len(expected) <= 80 and len(got) <= 80:
        return f"expected {render(expected)}, got {render(got)}"
    place = _parting(expected, got)
    start = max(0, place - 20)
    return (
        f"expected {_excerpt(expected, start)}, got {_excerpt(got, start)} "
        f"(they part at character {place + 1} of {len(expected)} and {len(got)})"
    )


def _excerpt(text: str, start: int) -> str:
    end = start + 60
    return ("…" if start else "") + _quoted(text[start:end]) + ("…" if end < len(text) else "")


def _parting(one: str, other: str) -> int:
    """The first index at which two texts differ."""
    for index, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return index
    return min(len(one), len(other))
