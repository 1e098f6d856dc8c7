"""Anthropic's messages, from the server's side.

Knows content blocks, the order of the stream's events, the errors and the list of models; refuses to know
sockets and scripts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from assay.scripted.talk import (
    Asked,
    BadRequest,
    Given,
    Problem,
    Said,
    input_tokens,
    need,
    pieces,
    sse,
    strings,
    take,
    text_of,
)

CREATED_AT = "2025-06-15T15:06:40Z"
SIGNATURE = "c2NyaXB0ZWQ="
CONTEXT = 200_000

_TYPES = {
    400: "invalid_request_error",
    401: "authentication_error",
    402: "billing_error",
    403: "permission_error",
    404: "not_found_error",
    413: "request_too_large",
    429: "rate_limit_error",
    504: "timeout_error",
    529: "overloaded_error",
}

_MESSAGES = {
    401: "invalid x-api-key",
    403: "Your API key does not have permission to use the specified resource.",
    413: "Request exceeds the maximum size",
    429: "This request would exceed your organization's rate limit.",
    500: "Internal server error",
    529: "Overloaded",
}

_STOP_REASONS = {
    "stop": "end_turn",
    "length": "max_tokens",
    "tool_calls": "tool_use",
    "content_filter": "refusal",
    "refusal": "refusal",
}


class Messages:
    """`POST …/messages`"""

    stream_type = "text/event-stream; charset=utf-8"

    def asked(self, body: dict[str, Any], given: Given, /) -> Asked:
        asked = read(body, given)
        need(body, "max_tokens", int)
        if body["max_tokens"] < 1:
            raise BadRequest("max_tokens: Input should be greater than or equal to 1")
        return asked

    def whole(self, said: Said, asked: Asked) -> Any:
        return {
            **_head(said),
            "content": _blocks(said, asked),
            "stop_reason": _stop_reason(said),
            "stop_sequence": said.stop_sequence,
            "stop_details": _stop_details(said),
            "usage": {
                **_input_usage(said),
                "output_tokens": said.usage.output,
                "output_tokens_details": {"thinking_tokens": said.usage.reasoning},
                "service_tier": "standard",
            },
        }

    def events(self, said: Said, asked: Asked) -> Iterator[bytes]:
        for event in _events(said, asked):
            yield sse(event, event=event["type"])

    def problem(self, problem: Problem) -> tuple[int, Any]:
        if problem.kind == "overflow":
            tokens = max(problem.tokens, CONTEXT + 1)
            text = problem.message or f"prompt is too long: {tokens} tokens > {CONTEXT} maximum"
            return 400, _error("invalid_request_error", text)
        if problem.kind == "no_model":
            return 404, _error("not_found_error", f"model: {problem.model}")
        if problem.kind == "missing_key":
            return 401, _error("authentication_error", "x-api-key header is required")
        status = {"bad_request": 400, "wrong_key": 401}.get(problem.kind, problem.status)
        kind = _TYPES.get(status, "api_error" if status >= 500 else "invalid_request_error")
        return status, _error(kind, problem.message or _MESSAGES.get(status, f"Scripted error {status}."))

    def stream_error(self, body: Any, _number: int, /) -> bytes:
        return sse(body, event="error")


def _error(kind: str, message: str) -> dict[str, Any]:
    return {"type": "error", "error": {"type": kind, "message": message}, "request_id": "req_scripted"}


def model_card(model: str) -> dict[str, Any]:
    """One model."""
    return {
        "type": "model",
        "id": model,
        "display_name": model,
        "created_at": CREATED_AT,
        "lifecycle": "active",
        "max_input_tokens": CONTEXT,
        "max_tokens": 64_000,
        "capabilities": None,
    }


def model_list(models: Sequence[str]) -> dict[str, Any]:
    """`GET /v1/models`, all on one page."""
    return {
        "data": [model_card(model) for model in models],
        "has_more": False,
        "first_id": models[0] if models else None,
        "last_id": models[-1] if models else None,
    }


def count_tokens(body: dict[str, Any], given: Given) -> dict[str, Any]:
    """`POST …/messages/count_tokens`. Raises BadRequest."""
    return {"input_tokens": input_tokens(read(body, given))}


def read(body: dict[str, Any], given: Given) -> Asked:
    """What a request and a count of its tokens share. Raises BadRequest."""
    if "anthropic-version" not in given.headers:
        raise BadRequest("anthropic-version: header is required")
    texts, last = _read_messages(need(body, "messages", list))
    system = text_of(body.get("system"))
    thinking = take(body, "thinking", dict, {})
    tools = take(body, "tools", list, [])
    for index, tool in enumerate(tools):
        if not isinstance(tool, dict) or "name" not in tool or "input_schema" not in tool:
            raise BadRequest(f"tools.{index}.custom.input_schema: Field required")
    return Asked(
        model=need(body, "model", str),
        texts=(system, *texts) if system else texts,
        last=last,
        stream=take(body, "stream", bool, False),
        tools=tuple(str(tool["name"]) for tool in tools),
        max_tokens=take(body, "max_tokens", int, 1),
        stop=strings(body.get("stop_sequences"), "stop_sequences"),
        reasoning=thinking.get("type") in ("enabled", "adaptive"),
        options={"thinking_text": thinking.get("display") != "omitted"},
    )


def _read_messages(messages: list[Any]) -> tuple[tuple[str, ...], str]:
    """All texts, and the last one that the model did not say itself. Raises BadRequest."""
    if not messages:
        raise BadRequest("messages: at least one message is required")
    texts, last, called = [], "", set()
    for index, message in enumerate(messages):
        role = message.get("role") if isinstance(message, dict) else None
        if role not in ("user", "assistant", "system"):
            raise BadRequest(f"messages.{index}.role: Input should be 'user', 'assistant' or 'system'")
        content = message.get("content")
        blocks = [{"type": "text", "text": content}] if isinstance(content, str) else content
        if not isinstance(blocks, list):
            raise BadRequest(f"messages.{index}.content: Field required")
        said = []
        for block in blocks:
            kind = block.get("type")
            if kind == "tool_use":
                called.add(block.get("id"))
            elif kind == "tool_result":
                if block.get("tool_use_id") not in called:
                    raise BadRequest(
                        f"messages.{index}.content.0: unexpected `tool_use_id` found in `tool_result` blocks: "
                        f"{block.get('tool_use_id')}. Each `tool_result` block must have a corresponding "
                        "`tool_use` block in the previous message."
                    )
                said.append(text_of(block.get("content")))
            elif kind == "text":
                if not block.get("text"):
                    raise BadRequest(f"messages.{index}: text content blocks must be non-empty")
                said.append(block["text"])
        texts += said
        if role == "user":
            last = "\n".join(said)
    return tuple(texts), last


def _head(said: Said) -> dict[str, Any]:
    return {"id": f"msg_{said.number:06d}", "type": "message", "role": "assistant", "model": said.model}


def _input_usage(said: Said) -> dict[str, Any]:
    return {
        "input_tokens": said.usage.input,
        "cache_creation_input_tokens": said.usage.cache_write,
        "cache_read_input_tokens": said.usage.cache_read,
        "cache_creation": {
            "ephemeral_5m_input_tokens": said.usage.cache_write,
            "ephemeral_1h_input_tokens": 0,
        },
    }


def _stop_reason(said: Said) -> str:
    return "stop_sequence" if said.stop_sequence else _STOP_REASONS[said.finish]


def _stop_details(said: Said) -> dict[str, Any] | None:
    if _stop_reason(said) != "refusal":
        return None
    return {"type": "refusal", "category": None, "explanation": said.refusal or None}


def _blocks(said: Said, asked: Asked) -> list[dict[str, Any]]:
    """The content blocks as they are in the end."""
    if said.empty:
        return []
    blocks: list[dict[str, Any]] = []
    if said.reasoning and asked.reasoning:
        shown = said.reasoning if asked.options["thinking_text"] else ""
        blocks.append({"type": "thinking", "thinking": shown, "signature": SIGNATURE})
    if said.text:
        blocks.append({"type": "text", "text": said.text})
    for index, call in enumerate(said.calls):
        arguments = {} if isinstance(call.arguments, str) else call.arguments
        blocks.append(
            {
                "type": "tool_use",
                "id": said.call_id(index, "toolu_"),
                "name": call.name,
                "input": arguments,
            }
        )
    return blocks


def _events(said: Said, asked: Asked) -> Iterator[dict[str, Any]]:
    start = {**_head(said), "content": [], "stop_reason": None, "stop_sequence": None, "stop_details": None}
    usage = {**_input_usage(said), "output_tokens": 1, "service_tier": "standard"}
    yield {"type": "message_start", "message": {**start, "usage": usage}}
    yield {"type": "ping"}
    calls = iter(said.calls)
    for index, block in enumerate(_blocks(said, asked)):
        if block["type"] == "thinking":
            blank, deltas = {**block, "thinking": "", "signature": ""}, _thinking_deltas(block, said.chunk)
        elif block["type"] == "text":
            blank, deltas = {**block, "text": ""}, _deltas("text_delta", "text", block["text"], said.chunk)
        else:
            arguments = next(calls).json
            blank, deltas = {**block, "input": {}}, _deltas("input_json_delta", "partial_json", arguments, said.chunk)
        yield {"type": "content_block_start", "index": index, "content_block": blank}
        for delta in deltas:
            yield {"type": "content_block_delta", "index": index, "delta": delta}
        yield {"type": "content_block_stop", "index": index}
    yield {
        "type": "message_delta",
        "delta": {
            "stop_reason": _stop_reason(said),
            "stop_sequence": said.stop_sequence,
            "stop_details": _stop_details(said),
        },
        "usage": {
            "output_tokens": said.usage.output,
            "output_tokens_details": {"thinking_tokens": said.usage.reasoning},
        },
    }
    yield {"type": "message_stop"}


def _deltas(kind: str, key: str, text: str, chunk: int) -> Iterator[dict[str, Any]]:
    if kind == "input_json_delta":
        yield {"type": kind, key: ""}
    for _, piece in pieces(text, chunk=chunk):
        yield {"type": kind, key: piece}


def _thinking_deltas(block: dict[str, Any], chunk: int) -> Iterator[dict[str, Any]]:
    yield from _deltas("thinking_delta", "thinking", block["thinking"], chunk)
    yield {"type": "signature_delta", "signature": block["signature"]}
