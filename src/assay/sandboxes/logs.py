"""What an answer or a compiler printed, made safe to keep and to show: bounded, and without a voice of its own.

Hostile text must not be able to move a reader's cursor, hide lines, or pass for ours.
"""

from __future__ import annotations

import re

_HEAD = 8 * 1024
_TAIL = 8 * 1024
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def readable(*parts: bytes) -> str:
    """The parts one after the other, decoded, cut in the middle where long, control characters spelt out."""
    data = b"\n".join(part.rstrip(b"\r\n") for part in parts if part.strip())
    if len(data) > _HEAD + _TAIL:
        cut = len(data) - _HEAD - _TAIL
        head, tail = data[:_HEAD].decode("utf-8", "replace"), data[-_TAIL:].decode("utf-8", "replace")
        text = f"{head}\n… {cut} bytes cut …\n{tail}"
    else:
        text = data.decode("utf-8", "replace")
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text.replace("\r\n", "\n"))
