"""One physical call as it is written down, and an answer read back from its record."""

from __future__ import annotations

from typing import Any

import msgspec

from assay.core.entrant import Entrant
from assay.core.ids import content_hash
from assay.core.messages import Reply, Request, ToolCall, Usage
from assay.core.ports import Journal
from assay.core.trial import CallEvent


def request_hash(entrant: Entrant, request: Request) -> str:
    """Over everything that was asked, and of whom; not over which trial wanted to know."""
    return content_hash(
        entrant.entrant_hash, request.messages, request.prompt, request.suffix, request.tools, request.tool_choice,
        request.sampling,
    )  # fmt: skip


def recorded_request(journal: Journal, request: Request) -> dict[str, Any]:
    recorded: dict[str, Any] = {
        "messages": [journal.blob(msgspec.json.encode(message)) for message in request.messages],
        "params": msgspec.to_builtins(request.sampling),
    }
    for key in ("prompt", "suffix"):
        text = getattr(request, key)
        if text is not None:
            recorded[key] = journal.blob(text.encode())
    if request.tools:
        recorded["tools"] = journal.blob(msgspec.json.encode(request.tools))
    if request.tool_choice:
        recorded["tool_choice"] = request.tool_choice
    return recorded


def recorded_reply(reply: Reply) -> dict[str, Any]:
    recorded: dict[str, Any] = {"text": reply.text, "finish_reason": reply.finish_reason}
    if reply.tool_calls:
        recorded["tool_calls"] = msgspec.to_builtins(reply.tool_calls)
    if reply.reasoning:
        recorded["reasoning"] = reply.reasoning
    if reply.reasoning_state is not None:
        recorded["reasoning_state"] = reply.reasoning_state
    if reply.read_as:
        recorded |= {"read_as": reply.read_as, "read_from": reply.read_from}
    if reply.logprobs is not None:
        recorded["logprobs"] = reply.logprobs
    return recorded


def reply_of(event: CallEvent) -> Reply:
    """The answer as it was, read back from its record."""
    said = event.reply or {}
    return Reply(
        text=said.get("text", ""),
        tool_calls=tuple(msgspec.convert(call, ToolCall) for call in said.get("tool_calls", ())),
        reasoning=said.get("reasoning", ""),
        reasoning_state=said.get("reasoning_state"),
        finish_reason=said.get("finish_reason"),
        read_as=said.get("read_as", ""),
        read_from=said.get("read_from", ""),
        usage=event.usage or Usage(),
        usage_raw=event.usage_raw,
        ttft=event.ttft,
        latency=event.latency or 0.0,
        http_status=event.http_status,
        served_model=event.served_model,
        fingerprint=event.fingerprint,
    )
