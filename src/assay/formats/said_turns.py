"""A conversation of several turns as one text: for each turn its steps, each a whole reply; and the calls in them, as
the Berkeley Function-Calling Leaderboard has them made.

The form `turns` of `Extract`. A step without a call that can be read ends its turn.
"""

from __future__ import annotations

from collections.abc import Callable
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
    write = repr if said.calls else _nested
    try:
        calls = decode(said, READINGS[said.reading or reading])
        return [as_python(name, arguments, write) for call in calls for name, arguments in call.items()]
    except Undecodable:
        return []


def as_python(name: str, arguments: dict[str, Any], write: Callable[[Any], str] = repr) -> str:
    """A call as it is written in Python."""
    return f"{name}({','.join(f'{key}={write(value)}' for key, value in arguments.items())})"


def _nested(value: Any) -> str:
    """Out of a text, a call within a call comes as a map of its arguments by its name; so it is taken for one wherever
    all that is in a map are maps, and where it is empty the official decoder fails."""
    if not isinstance(value, dict):
        return repr(value)
    if not value:
        raise Undecodable("an empty map")
    if all(isinstance(one, dict) for one in value.values()):
        name, arguments = next(iter(value.items()))
        return as_python(name, arguments, _nested)
    entries = [f"'{key}': {_nested(one)}" for key, one in value.items()]
    return f"{{{', '.join(entries)}}}"
