"""Faults of a stream's own: its events are right, and then something in them is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec

from assay.scripted.talk import sse

_DATA = b"data: "


def spoiled(events: Iterator[bytes], lies: Sequence[str]) -> Iterator[bytes]:
    """The events with the calls in them changed; everything else passes as it is."""
    spoilers = [spoiler for lie, spoiler in _SPOILERS.items() if lie in lies]
    for event in events:
        yield _changed(event, spoilers) if spoilers and b'"tool_calls":[' in event else event


def _changed(event: bytes, spoilers: Sequence[Callable[[dict[str, Any]], None]]) -> bytes:
    value = msgspec.json.decode(event.removeprefix(_DATA))
    for choice in value.get("choices") or ():
        for call in (choice.get("delta") or {}).get("tool_calls") or ():
            for spoiler in spoilers:
                spoiler(call)
    return sse(value)


def _late_id(call: dict[str, Any]) -> None:
    call.pop("id", None)


def _same_index(call: dict[str, Any]) -> None:
    call["index"] = 0


_SPOILERS: dict[str, Callable[[dict[str, Any]], None]] = {"late_ids": _late_id, "same_index": _same_index}
