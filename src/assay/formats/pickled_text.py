"""The one pickle that is data: a single string. Anything else in it is refused, unread.

LiveCodeBench keeps its private tests as base64 of zlib of a pickled string. A pickle is a program that can do
anything; this reader knows the few words that a pickler needs to say one string, and runs nothing.
"""

from __future__ import annotations

import base64
import binascii
import zlib

LARGEST = 1 << 29
"""Bytes that unpacking may come to: many times what any task has."""
_START = 1 << 10

_PROTOCOL, _FRAME, _STOP = 0x80, 0x95, 0x2E
_LENGTHS = {0x8C: 1, 0x58: 4, 0x8D: 8}
"""The words that begin a string in UTF-8, and the bytes in which they give its length."""
_MEMOIZE = 0x94
_MEMO_PUT = {0x71: 1, 0x72: 4}
"""The words that number what was said, and the bytes of the number."""


def unpack_text(packed: str, *, largest: int = LARGEST) -> str:
    """The string in base64 of zlib of its pickle; ValueError says what is wrong with it."""
    return unpickle_text(_inflated(packed, largest=largest))


def begins_as_text(packed: str) -> bool:
    """Whether its first bytes are those of a packed string: a look that costs nothing, at what is read later."""
    try:
        start = zlib.decompressobj().decompress(base64.b64decode(packed[:_START][: len(packed) // 4 * 4]), _START)
    except (ValueError, zlib.error):
        return False
    try:
        at, _ = _preamble(start)
        return start[at] in _LENGTHS
    except (ValueError, IndexError):
        return False


def unpickle_text(data: bytes) -> str:
    """The string that `data` pickles; ValueError for every other pickle."""
    try:
        return _read(data)
    except (IndexError, UnicodeDecodeError) as error:
        raise ValueError("a pickle that ends inside its string, or holds no text") from error


def _read(data: bytes) -> str:
    at, _ = _preamble(data)
    width = _LENGTHS.get(data[at])
    if width is None:
        raise ValueError(f"a pickle that holds something else than a string (byte {data[at]:#04x} at {at})")
    begin = at + 1 + width
    end = begin + int.from_bytes(data[at + 1 : begin], "little")
    if end >= len(data):
        raise ValueError("a pickle that ends inside its string")
    text = data[begin:end]
    if data[end] == _MEMOIZE:
        end += 1
    elif data[end] in _MEMO_PUT:
        end += 1 + _MEMO_PUT[data[end]]
    if data[end:] != bytes([_STOP]):
        raise ValueError(f"a pickle that goes on after its string (at {end})")
    return text.decode("utf-8", "surrogatepass")


def _preamble(data: bytes) -> tuple[int, int]:
    """Where what is pickled begins, and the protocol."""
    at, protocol = 0, 0
    if data[0] == _PROTOCOL:
        at, protocol = 2, data[1]
    if data[at] == _FRAME:
        at += 9
    return at, protocol


def _inflated(packed: str, *, largest: int) -> bytes:
    try:
        deflated = base64.b64decode(packed, validate=True)
        reader = zlib.decompressobj()
        data = reader.decompress(deflated, largest)
    except (binascii.Error, zlib.error, ValueError) as error:
        raise ValueError(f"no base64 of zlib: {error}") from error
    if reader.unconsumed_tail:
        raise ValueError(f"more than {largest:,} bytes when unpacked")
    if not reader.eof:
        raise ValueError("it ends before its end")
    return data
