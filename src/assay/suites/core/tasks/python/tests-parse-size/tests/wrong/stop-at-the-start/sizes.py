"""Sizes as people write them."""

import re

_UNITS = {
    "": 1,
    "b": 1,
    "kb": 1000,
    "mb": 1000**2,
    "gb": 1000**3,
    "kib": 1024,
    "mib": 1024**2,
    "gib": 1024**3,
}
_SIZE = re.compile(r"([0-9]*)(?:\.([0-9]+))?\s*([a-zA-Z]*)", re.ASCII)


def parse_size(text: str) -> int:
    """The number of bytes that a text such as `1.5 MiB` means."""
    match = _SIZE.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"no size: {text!r}")
    whole, part, unit = match[1], match[2] or "", match[3].lower()
    if unit not in _UNITS:
        raise ValueError(f"unknown unit: {match[3]}")
    return int((whole + part) or "0") * _UNITS[unit] // 10 ** len(part)
