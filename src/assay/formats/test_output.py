"""What a test command printed, without what differs from run to run: times, numbers of processes, places on disk.

A model that is shown it is then asked the same question each time; what is the same is asked, and paid for, once.
"""

from __future__ import annotations

import re

MOST = 64_000
"""Characters that are kept: the first quarter, and the end."""

_VARIES = (
    (re.compile(r"\bin \d+\.\d+s\b"), ""),
    (re.compile(r"\b(\d+(?:\.\d+)?|\d+:\d\d\.\d+) ?(ms|s)\b(?=\)|$|, estimated)", re.MULTILINE), r"0 \2"),
    (re.compile(r"^((?:ok|FAIL|---).*\t)\d+\.\d+s$", re.MULTILINE), r"\g<1>0 s"),
    (re.compile(r"^(Time: +).*$", re.MULTILINE), r"\g<1>0 s"),
    (re.compile(r"^(thread '[^'\n]*') \(\d+\)", re.MULTILINE), r"\1"),
    (re.compile(r"-[0-9a-f]{16}\b"), ""),
    (re.compile(r"\b0x[0-9a-f]{6,16}\b"), "0x…"),
    (re.compile(r"^(Test run finished after )\d+ ms$", re.MULTILINE), r"\g<1>0 ms"),
)


def cleaned(text: str, *, folder: str) -> str:
    """`folder` is the name that stands for the path of the folder that was tested."""
    text = text.replace(f"/box/{folder}", folder).replace("\r\n", "\n")
    for pattern, instead in _VARIES:
        text = pattern.sub(instead, text)
    return text


def shortened(text: str) -> str:
    """Its beginning and its end, with a line in between that says what is left out."""
    if len(text) <= MOST:
        return text
    left_out = len(text) - MOST
    return f"{text[: MOST // 4]}\n[… {left_out:,} characters left out …]\n{text[-(MOST - MOST // 4) :]}"
