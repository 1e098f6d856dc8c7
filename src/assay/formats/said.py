"""A whole reply as one text: its words, its calls, and whether the vendor's own signal says that it would not answer.

For tasks that are judged by what was called or said, not by code. The form `reply` of `Extract`. Knows nothing of what
a call should be.
"""

from __future__ import annotations

import msgspec

from assay.core.messages import Reply, ToolCall

PATH = "reply.json"
"""Where such an answer stands among an attempt's files."""


class Said(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a model said, ids and timings apart: the same again is the same text."""

    text: str = ""
    calls: tuple[tuple[str, str], ...] = ()
    """Names with their arguments' JSON text as it came."""
    declined: str = ""
    """The vendor's signal, where it gave one."""
    reading: str = ""
    """How calls are read out of the text, where a file of answers shows it; empty: as the task says."""


_decoder = msgspec.json.Decoder(Said)


def said_of(reply: Reply, *, declined: str = "") -> Said:
    calls = tuple((_clean(call.name), _clean(call.arguments)) for call in reply.tool_calls)
    return Said(text=_clean(reply.text), calls=calls, declined=declined)


def reply_of(said: Said) -> Reply:
    """The reply that would be taken for it."""
    calls = tuple(
        ToolCall(id=f"call_{number}", name=name, arguments=given) for number, (name, given) in enumerate(said.calls)
    )
    reason = said.declined or ("tool_calls" if calls else "stop")
    return Reply(text=said.text, tool_calls=calls, finish_reason=reason)


def written(said: Said) -> str:
    return msgspec.json.encode(said).decode()


def read(text: str) -> Said:
    """Raises ValueError where it is none."""
    return _decoder.decode(text)


def shown(said: Said) -> str:
    """As a person reads it: the words, then a line for each call."""
    return "\n".join(part for part in (said.text, *(f"{name}({given})" for name, given in said.calls)) if part)


def _clean(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
