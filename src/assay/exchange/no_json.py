"""Why bytes that should be JSON cannot be decoded, in words that say what to change: decoders name a byte, and call
a number that Python writes and JSON has not, or half a character, malformed or cut short."""

from __future__ import annotations

import json

_MARKS = {
    b"\x1f\x8b": "packed with gzip; unpack it",
    b"\xff\xfe": "UTF-16; write UTF-8",
    b"\xfe\xff": "UTF-16; write UTF-8",
}


class _Constant(Exception):
    """Raised at the first NaN or Infinity."""


def why_no_json(data: bytes, error: Exception) -> str:
    """A few words; those of `error` where nothing better is known."""
    if not data.strip():
        return "there is nothing in it"
    if data[:2] in _MARKS:
        return _MARKS[data[:2]]
    if isinstance(error, RecursionError):
        return "nested too deeply"
    if isinstance(error, UnicodeDecodeError):
        return f"not UTF-8 at byte {error.start}"
    try:
        json.loads(data, parse_constant=_refuse)
    except _Constant as constant:
        return f"it holds {constant}, which JSON has not; write null, or leave the field"
    except (ValueError, RecursionError):
        return " ".join(str(error).split())[:120]
    return "it holds half of a surrogate pair (\\ud800 to \\udfff), which is no text"


def _refuse(name: str) -> None:
    raise _Constant(name)
