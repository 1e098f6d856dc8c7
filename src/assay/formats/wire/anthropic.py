"""Anthropic's messages: content in blocks, thinking signed, caches counted apart.

An assistant turn that thought goes back block by block as it came, because the vendor checks the order
and the signatures. The format has no seed; one is not sent.
"""

from __future__ import annotations

import re
from typing import Any, Literal

import msgspec

from assay.core.errors import Fault
from assay.core.messages import Message, Reply, Request, Sampling, ToolCall, Usage
from assay.formats.wire.base import (
    Call,
    Root,
    WireError,
    arguments_object,
    conversation,
    count,
    cut_short,
    malformed,
    merged,
    put,
)
from assay.formats.wire.faults import stream_error

VERSION = "2023-06-01"
DEFAULT_MAX_TOKENS = 8192
"""The format demands a limit; this one is sent where none was set."""

FINISH = {
    "end_turn": "stop",
    "stop_sequence": "stop",
    "max_tokens": "length",
    "model_context_window_exceeded": "length",
    "tool_use": "tool_calls",
}

_BUDGETED = re.compile(r"claude-3|claude-(opus|sonnet|haiku)-4(-[0-5])?(-20\d{6})?$|claude-.*-4[.-][0-5]\b")
"""Models that take a budget of thinking tokens and no word for the effort."""
BUDGETS = {"minimal": 1024, "low": 2048, "medium": 8192, "high": 16384, "xhigh": 32768, "max": 32768}


class _Delta(msgspec.Struct):
    type: str = ""
    text: str = ""
    thinking: str = ""
    signature: str = ""
    partial_json: str = ""
    stop_reason: str | None = None


class _Event(msgspec.Struct):
    type: str = ""
    index: int = 0
    delta: _Delta | None = None
    content_block: dict[str, Any] | None = None
    message: dict[str, Any] | None = None
    usage: dict[str, Any] | None = None


_decode = msgspec.json.Decoder(_Event).decode
_decode_object = msgspec.json.Decoder(dict[str, Any]).decode


class Messages:
    """`/v1/messages`."""

    name = "anthropic"
    root = Root("/v1", "always")
    framing: Literal["sse", "lines"] = "sse"
    takes_stops = True

    def call(self, request: Request, *, model_id: str, stream: bool) -> Call:
        sampling = request.sampling
        messages = conversation(request)
        body: dict[str, Any] = {
            "model": model_id,
            "max_tokens": sampling.max_tokens or DEFAULT_MAX_TOKENS,
            "messages": _turns(messages),
        }
        put(
            body,
            system="\n\n".join(m.content for m in messages if m.role == "system") or None,
            temperature=sampling.temperature,
            top_p=sampling.top_p,
            stop_sequences=sampling.stop,
            stream=stream or None,
        )
        _put_thinking(body, sampling, model_id)
        if request.tools:
            body["tools"] = [
                {
                    "name": tool.name,
                    "description": tool.description,
                    "input_schema": tool.parameters or {"type": "object", "properties": {}},
                }
                for tool in request.tools
            ]
            put(body, tool_choice=_tool_choice(request.tool_choice))
        return Call(
            path="/messages",
            body=merged(body, sampling.extra_body),
            headers={"anthropic-version": VERSION},
        )

    def auth(self, key: str) -> dict[str, str]:
        return {"x-api-key": key}

    def reader(self) -> MessagesReader:
        return MessagesReader()

    def whole(self, body: bytes) -> Reply:
        try:
            message = _decode_object(body)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise malformed(error) from error
        if message.get("type") == "error" or message.get("error"):
            raise stream_error(message)
        blocks = message.get("content")
        if not isinstance(blocks, list):
            raise WireError("the answer has no content", fault=Fault.MALFORMED)
        usage = message.get("usage") or {}
        return _reply(blocks, stop=message.get("stop_reason"), usage=usage, model=message.get("model"))


class MessagesReader:
    """Puts blocks together from their deltas."""

    def __init__(self) -> None:
        self.started = False
        self.ended = False
        self._blocks: dict[int, dict[str, Any]] = {}
        self._pieces: dict[tuple[int, str], list[str]] = {}
        self._usage: dict[str, Any] = {}
        self._model: str | None = None
        self._begun = False
        self._stop: str | None = None

    def feed(self, data: bytes) -> None:
        try:
            event = _decode(data)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise malformed(error) from error
        if event.type == "content_block_delta" and event.delta is not None:
            self._hear(event.index, event.delta)
        elif event.type == "content_block_start" and event.content_block is not None:
            self._blocks[event.index] = event.content_block
            self.started = self.started or event.content_block.get("type") != "text"
        elif event.type == "message_start" and event.message is not None:
            self._begun = True
            self._model = event.message.get("model")
            self._usage.update(event.message.get("usage") or {})
        elif event.type == "message_delta":
            self._usage.update({k: v for k, v in (event.usage or {}).items() if v is not None})
            if event.delta is not None and event.delta.stop_reason:
                self._stop, self.ended = event.delta.stop_reason, True
        elif event.type == "message_stop":
            self.ended = True
        elif event.type == "error" or not event.type:
            raise stream_error(msgspec.json.decode(data))

    def _hear(self, index: int, delta: _Delta) -> None:
        for field, piece in (
            ("text", delta.text),
            ("thinking", delta.thinking),
            ("signature", delta.signature),
            ("input", delta.partial_json),
        ):
            if piece:
                self._pieces.setdefault((index, field), []).append(piece)
                self.started = True

    def reply(self) -> Reply:
        if not self.ended:
            raise cut_short()
        if not self._begun:
            raise WireError("the answer holds no message", fault=Fault.MALFORMED)
        calls: dict[int, str] = {}
        for (index, field), pieces in self._pieces.items():
            block = self._blocks.setdefault(index, {"type": "text"})
            if field == "input":
                calls[index] = "".join(pieces)
                block["input"] = arguments_object(calls[index])
            else:
                block[field] = (block.get(field) or "") + "".join(pieces)
        order = sorted(self._blocks)
        blocks = [self._blocks[index] for index in order]
        arguments = {at: calls[index] for at, index in enumerate(order) if index in calls}
        return _reply(blocks, stop=self._stop, usage=self._usage, model=self._model, arguments=arguments)


def _reply(
    blocks: list[dict[str, Any]],
    *,
    stop: str | None,
    usage: dict[str, Any],
    model: str | None,
    arguments: dict[int, str] | None = None,
) -> Reply:
    """`arguments`: the JSON text of calls as it was streamed, by the block's place."""
    kinds = [block.get("type") for block in blocks]
    return Reply(
        text="".join(b.get("text") or "" for b, kind in zip(blocks, kinds, strict=True) if kind == "text"),
        tool_calls=tuple(
            ToolCall(
                block.get("id") or f"call_{at}",
                block.get("name") or "",
                (arguments or {}).get(at) or msgspec.json.encode(block.get("input") or {}).decode(),
            )
            for at, block in enumerate(blocks)
            if kinds[at] == "tool_use"
        ),
        reasoning="\n\n".join(b["thinking"] for b in blocks if b.get("type") == "thinking" and b.get("thinking")),
        reasoning_state=blocks if "thinking" in kinds or "redacted_thinking" in kinds else None,
        finish_reason=FINISH.get(stop, stop) if stop else None,
        usage=_usage(usage),
        usage_raw=usage or None,
        served_model=model,
    )


def _usage(usage: dict[str, Any]) -> Usage:
    details = usage.get("output_tokens_details") or {}
    return Usage(
        input=count(usage.get("input_tokens")),
        output=count(usage.get("output_tokens")),
        cache_read=count(usage.get("cache_read_input_tokens")),
        cache_write=count(usage.get("cache_creation_input_tokens")),
        reasoning=count(details.get("thinking_tokens")),
    )


def _put_thinking(body: dict[str, Any], sampling: Sampling, model_id: str) -> None:
    """Effort as a word for the models that know it; as a budget on top of the answer's for the older."""
    effort = sampling.reasoning_effort
    if effort is None:
        return
    if effort == "none":
        body["thinking"] = {"type": "disabled"}
    elif effort.isdigit() or (_BUDGETED.search(model_id) and effort in BUDGETS):
        budget = max(1024, int(effort) if effort.isdigit() else BUDGETS[effort])
        body["thinking"] = {"type": "enabled", "budget_tokens": budget}
        if sampling.max_tokens is None or body["max_tokens"] <= budget:
            body["max_tokens"] += budget
    else:
        body["thinking"] = {"type": "adaptive"}
        body["output_config"] = {"effort": effort}


def _turns(messages: tuple[Message, ...]) -> list[dict[str, Any]]:
    """Turns alternate: results of tools are the user's, and neighbours of one role are one turn."""
    turns: list[dict[str, Any]] = []
    for message in messages:
        if message.role == "system":
            continue
        role = "assistant" if message.role == "assistant" else "user"
        blocks = _blocks(message)
        if turns and turns[-1]["role"] == role:
            turns[-1]["content"] += blocks
        elif blocks:
            turns.append({"role": role, "content": blocks})
    return turns


def _blocks(message: Message) -> list[dict[str, Any]]:
    if message.role == "tool":
        return [{"type": "tool_result", "tool_use_id": message.tool_call_id or "", "content": message.content}]
    if message.role == "assistant" and isinstance(message.reasoning_state, list):
        return [block for block in message.reasoning_state if isinstance(block, dict)]
    blocks: list[dict[str, Any]] = []
    if message.content:
        blocks.append({"type": "text", "text": message.content})
    blocks += [
        {"type": "tool_use", "id": call.id, "name": call.name, "input": arguments_object(call.arguments)}
        for call in message.tool_calls
    ]
    return blocks


def _tool_choice(choice: str | None) -> dict[str, str] | None:
    if choice is None:
        return None
    if choice in ("auto", "none"):
        return {"type": choice}
    return {"type": "any"} if choice == "required" else {"type": "tool", "name": choice}
