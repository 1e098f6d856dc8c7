"""OpenAI's responses: a list of items in, a list of items out.

The last event of a stream carries the whole response, so that the deltas only tell when the first token
came. Nothing is kept at the vendor (`store` is false): a reasoning model's items go back as they came.
The format has no stop strings and no seed: whoever asks cuts at the stops, and no seed is sent.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from assay.core.errors import Fault
from assay.core.messages import Message, Reply, Request, ToolCall, Usage
from assay.formats.wire.base import (
    Call,
    Root,
    WireError,
    conversation,
    count,
    cut_short,
    malformed,
    merged,
    put,
    uncached,
)
from assay.formats.wire.faults import stream_error

_FINAL = ("response.completed", "response.incomplete")
_TOKENS = (
    "response.output_text.delta",
    "response.refusal.delta",
    "response.reasoning_text.delta",
    "response.reasoning_summary_text.delta",
    "response.function_call_arguments.delta",
)


class _Event(msgspec.Struct):
    type: str = ""
    response: dict[str, Any] | None = None
    item: dict[str, Any] | None = None


_decode = msgspec.json.Decoder(_Event).decode
_decode_object = msgspec.json.Decoder(dict[str, Any]).decode


class Responses:
    """`/v1/responses`."""

    name = "openai_responses"
    root = Root("/v1", "if_bare")
    framing: Literal["sse", "lines"] = "sse"
    takes_stops = False

    def call(self, request: Request, *, model_id: str, stream: bool) -> Call:
        sampling = request.sampling
        messages = conversation(request)
        system = "\n\n".join(m.content for m in messages if m.role == "system")
        body: dict[str, Any] = {
            "model": model_id,
            "input": [item for m in messages if m.role != "system" for item in _items(m)],
            "store": False,
        }
        put(
            body,
            instructions=system or None,
            max_output_tokens=sampling.max_tokens,
            temperature=sampling.temperature,
            top_p=sampling.top_p,
            stream=stream or None,
        )
        include = []
        if sampling.reasoning_effort is not None:
            body["reasoning"] = {"effort": sampling.reasoning_effort, "summary": "auto"}
            include.append("reasoning.encrypted_content")
        if sampling.logprobs is not None:
            body["top_logprobs"] = sampling.logprobs
            include.append("message.output_text.logprobs")
        put(body, include=include or None)
        if request.tools:
            body["tools"] = [
                {
                    "type": "function",
                    "name": tool.name,
                    "description": tool.description,
                    "parameters": tool.parameters or {"type": "object", "properties": {}},
                    "strict": False,
                }
                for tool in request.tools
            ]
            put(body, tool_choice=_tool_choice(request.tool_choice))
        return Call(path="/responses", body=merged(body, sampling.extra_body))

    def auth(self, key: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {key}"}

    def reader(self) -> ResponsesReader:
        return ResponsesReader()

    def whole(self, body: bytes) -> Reply:
        try:
            response = _decode_object(body)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise malformed(error) from error
        return _reply(response)


class ResponsesReader:
    """Waits for the event that holds the whole response."""

    def __init__(self) -> None:
        self.started = False
        self.ended = False
        self._items: list[dict[str, Any]] = []
        self._response: dict[str, Any] = {}

    def feed(self, data: bytes) -> None:
        if data == b"[DONE]":
            return
        try:
            event = _decode(data)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise malformed(error) from error
        if event.type in _TOKENS:
            self.started = True
        elif event.type == "response.output_item.done" and event.item is not None:
            self._items.append(event.item)
        elif event.type in _FINAL and event.response is not None:
            self._response, self.ended = event.response, True
        elif event.type == "response.failed":
            raise stream_error(event.response or {})
        elif event.type == "error" or not event.type:
            raise stream_error(msgspec.json.decode(data))

    def reply(self) -> Reply:
        if not self.ended:
            raise cut_short()
        if not self._response.get("output"):
            self._response["output"] = self._items
        return _reply(self._response)


def _reply(response: dict[str, Any]) -> Reply:
    if response.get("error"):
        raise stream_error(response)
    output = response.get("output")
    if not isinstance(output, list) or (not output and response.get("status") == "completed"):
        raise WireError("the answer has no output", fault=Fault.MALFORMED)
    items = [item for item in output if isinstance(item, dict)]
    text, refusal, logprobs = _spoken(items)
    calls = tuple(
        ToolCall(item.get("call_id") or item.get("id") or "", item.get("name", ""), item.get("arguments", ""))
        for item in items
        if item.get("type") == "function_call"
    )
    usage = response.get("usage")
    return Reply(
        text=text or refusal,
        tool_calls=calls,
        reasoning="\n\n".join(_thoughts(items)),
        reasoning_state=_state(items),
        finish_reason=_finish(response, refused=bool(refusal and not text), called=bool(calls)),
        usage=_usage(usage or {}),
        usage_raw=usage,
        served_model=response.get("model"),
        fingerprint=response.get("system_fingerprint"),
        logprobs=tuple(logprobs) or None,
    )


def _spoken(items: list[dict[str, Any]]) -> tuple[str, str, list[tuple[str, float | None]]]:
    text: list[str] = []
    refusal: list[str] = []
    logprobs: list[tuple[str, float | None]] = []
    for item in items:
        for part in item.get("content") or () if item.get("type") == "message" else ():
            if part.get("type") == "refusal":
                refusal.append(part.get("refusal") or "")
            else:
                text.append(part.get("text") or "")
            logprobs += [(str(token.get("token", "")), token.get("logprob")) for token in part.get("logprobs") or ()]
    return "".join(text), "".join(refusal), logprobs


def _thoughts(items: list[dict[str, Any]]) -> list[str]:
    return [
        part.get("text", "")
        for item in items
        if item.get("type") == "reasoning"
        for part in (item.get("content") or item.get("summary") or ())
    ]


def _state(items: list[dict[str, Any]]) -> list[dict[str, Any]] | None:
    """All items in their order, once one of them is thinking that the vendor can read again."""
    if any(item.get("type") == "reasoning" and item.get("encrypted_content") for item in items):
        return items
    return None


def _finish(response: dict[str, Any], *, refused: bool, called: bool) -> str | None:
    if refused:
        return "refusal"
    if response.get("status") == "incomplete":
        reason = (response.get("incomplete_details") or {}).get("reason")
        return "length" if reason == "max_output_tokens" else reason or "incomplete"
    return "tool_calls" if called else "stop"


def _usage(usage: dict[str, Any]) -> Usage:
    details = usage.get("input_tokens_details") or {}
    read, written = count(details.get("cached_tokens")), count(details.get("cache_write_tokens"))
    return Usage(
        input=uncached(count(usage.get("input_tokens")), read, written),
        output=count(usage.get("output_tokens")),
        cache_read=read,
        cache_write=written,
        reasoning=count((usage.get("output_tokens_details") or {}).get("reasoning_tokens")),
    )


def _items(message: Message) -> list[dict[str, Any]]:
    if message.role == "tool":
        return [{"type": "function_call_output", "call_id": message.tool_call_id or "", "output": message.content}]
    if message.role == "assistant" and isinstance(message.reasoning_state, list):
        return [item for item in message.reasoning_state if isinstance(item, dict)]
    items: list[dict[str, Any]] = []
    if message.content or not message.tool_calls:
        items.append({"role": message.role, "content": message.content})
    items += [
        {"type": "function_call", "call_id": call.id, "name": call.name, "arguments": call.arguments or "{}"}
        for call in message.tool_calls
    ]
    return items


def _tool_choice(choice: str | None) -> Any:
    if choice is None or choice in ("auto", "none", "required"):
        return choice
    return {"type": "function", "name": choice}
