"""Calls out of an answer, to the letter of the Berkeley Function-Calling Leaderboard: what its decoders take.

A decoder is part of that benchmark's score, so its leniency and its strictness are kept, but nothing of an answer is
ever evaluated. `formats.tools` reads what models mean; this reads what the leaderboard reads.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import msgspec

from assay.formats.official_calls.base import Decoded, NoCalls, Undecodable
from assay.formats.official_calls.java_text import java_calls
from assay.formats.official_calls.javascript_text import javascript_calls
from assay.formats.official_calls.model_text import glm_calls, granite_calls, hermes_calls, json_calls
from assay.formats.official_calls.python_text import python_calls
from assay.formats.said import Said

LARGEST = 1 << 20
"""Characters of an answer; nothing longer is a list of calls."""


def _no_words(text: str) -> Decoded:
    if text:
        raise Undecodable("there is no call")
    return []


class Reading(msgspec.Struct, frozen=True):
    """How calls stand in an answer."""

    words: Callable[[str], Decoded]
    """Calls out of the text, where the server gave none of its own."""
    dotted: bool
    """Whether functions keep the dots of their names, which no server takes."""


READINGS = {
    "native": Reading(_no_words, dotted=False),
    "native-dotted": Reading(_no_words, dotted=True),
    "python": Reading(python_calls, dotted=True),
    "java": Reading(java_calls, dotted=True),
    "javascript": Reading(javascript_calls, dotted=True),
    "xlam": Reading(json_calls, dotted=True),
    "hermes": Reading(hermes_calls, dotted=False),
    "granite": Reading(granite_calls, dotted=False),
    "glm": Reading(glm_calls, dotted=False),
}
PROMPTED = "prompted"
"""The reading of the task's own language."""


def decode(said: Said, reading: Reading) -> Decoded:
    """The calls that the answer holds. Raises Undecodable, with the reason."""
    if said.calls:
        return [{name: _arguments(name, text)} for name, text in said.calls]
    if len(said.text) > LARGEST:
        raise Undecodable(f"more than {LARGEST:,} characters")
    try:
        calls = reading.words(said.text)
    except (RecursionError, MemoryError) as error:
        raise Undecodable("nested too deeply") from error
    if not all(isinstance(arguments, dict) for call in calls for arguments in call.values()):
        raise NoCalls("a call's arguments are no map")
    return calls


def _arguments(name: str, text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)  # Python's own reader, as officially: it takes NaN and repeated keys
    except (ValueError, RecursionError) as error:
        raise Undecodable(f"{name[:80]}: its arguments are no JSON ({str(error)[:120]})") from error
    if not isinstance(found, dict):
        raise NoCalls(f"{name[:80]}: its arguments are no map")
    return found
