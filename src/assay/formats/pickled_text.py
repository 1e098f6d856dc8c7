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
_SHORT = 1 << 12

_PROTOCOL, _FRAME, _STOP = 0x80, 0x95, 0x2E
_LENGTHS = {0x8C: 1, 0x58: 4, 0x8D: 8}
"""The words that begin a string in UTF-8, and the bytes in which they give its length."""
_MEMOIZE = 0x94
_MEMO_PUT = {0x71: 1, 0x72: 4}
"""The words that number what was said, and the bytes of the number."""


def unpack_text(packed: str, *, largest: int = LARGEST) -> str:
    """The string in base64 of zlib of its pickle; ValueError says what is wrong with it."""
    return unpickle_text(_inflated(packed, largest=largest))


def looks_packed(packed: str) -> bool:
    """Whether it is a packed string, as far as can be seen at once: a short one is read, of a long one the start."""
    try:
        if len(packed) <= _SHORT:
            return isinstance(unpack_text(packed), str)
        start = zlib.decompressobj().decompress(base64.b64decode(packed[:_SHORT]), _SHORT)
        return start[_begin(start)] in _LENGTHS
    except (ValueError, IndexError, zlib.error):
        return False


def unpickle_text(data: bytes) -> str:
    """The string that `data` pickles; ValueError for every other pickle."""
    try:
        return _read(data)
    except (IndexError, UnicodeDecodeError) as error:
        raise ValueError("a pickle that ends inside its string, or holds no text") from error


def _read(data: bytes) -> str:
    at = _begin(data)
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


def _begin(data: bytes) -> int:
    """Where what is pickled begins."""
    at = 2 if data[0] == _PROTOCOL else 0
    return at + 9 if data[at] == _FRAME else at


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
