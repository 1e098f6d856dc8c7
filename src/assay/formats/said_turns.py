"""A conversation of several turns as one text: for each turn its steps, each a whole reply; and the calls in them, as
the Berkeley Function-Calling Leaderboard has them made.

The form `turns` of `Extract`. A step without a call that can be read ends its turn.
"""

from __future__ import annotations

from typing import Any

import msgspec

from assay.formats.official_calls import READINGS, decode
from assay.formats.official_calls.base import Undecodable
from assay.formats.said import Said

PATH = "turns.json"
"""Where such an answer stands among an attempt's files."""

RESULTS = {"wanted": "results"}
"""Facts of an attempt that asks for the results of its last step, and for no verdict."""

Turns = list[list[Said]]

_decoder = msgspec.json.Decoder(Turns)


def written(turns: Turns) -> str:
    return msgspec.json.encode(turns).decode()


def read(text: str) -> Turns:
    """Raises ValueError where it is none."""
    return _decoder.decode(text)


def calls_of(said: Said, reading: str) -> list[str]:
    """The calls of a step as Python would write them; none where none can be read."""
    try:
        calls = decode(said, READINGS[said.reading or reading])
    except Undecodable:
        return []
    return [as_python(name, arguments) for call in calls for name, arguments in call.items()]


def as_python(name: str, arguments: dict[str, Any]) -> str:
    """A call as it is written in Python."""
    return f"{name}({','.join(f'{key}={value!r}' for key, value in arguments.items())})"
