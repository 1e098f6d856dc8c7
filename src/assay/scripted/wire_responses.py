"""OpenAI's responses, from the server's side.

Knows the request's input items, the output items and the order of the stream's events; refuses to know
sockets, scripts and stored conversations (`previous_response_id` is refused).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assay.scripted import wire_openai
from assay.scripted.talk import (
    CREATED,
    Asked,
    BadRequest,
    Given,
    Problem,
    Said,
    encode,
    need,
    optional,
    pieces,
    sse,
    strings,
    take,
    text_of,
)


class Responses:
    """`POST …/responses`"""

    stream_type = "text/event-stream"

    def asked(self, body: dict[str, Any], _given: Given, /) -> Asked:
        model = need(body, "model", str)
        if body.get("previous_response_id") is not None:
            raise BadRequest(
                f"Previous response with id '{body['previous_response_id']}' not found.",
                param="previous_response_id",
            )
        texts, last = _read_input(body.get("input"))
        instructions = take(body, "instructions", str, "")
        include = strings(body.get("include"), "include")
        reasoning = take(body, "reasoning", dict, {})
        with_logprobs = "message.output_text.logprobs" in include
        return Asked(
            model=model,
            texts=(instructions, *texts) if instructions else texts,
            last=last,
            stream=take(body, "stream", bool, False),
            tools=_tool_names(take(body, "tools", list, [])),
            max_tokens=optional(body, "max_output_tokens", int),
            logprobs=take(body, "top_logprobs", int, 0) if with_logprobs else None,
            reasoning=bool(reasoning.get("summary")),
            options={"encrypted": "reasoning.encrypted_content" in include, "body": body},
        )

    def whole(self, said: Said, asked: Asked) -> Any:
        output = [] if said.empty else [item for _, item in _items(said, asked)]
        return _response(said, asked, status=_status(said), output=output)

    def events(self, said: Said, asked: Asked) -> Iterator[bytes]:
        for number, event in enumerate(self._events(said, asked)):
            yield sse({**event, "sequence_number": number}, event=event["type"])

    def _events(self, said: Said, asked: Asked) -> Iterator[dict[str, Any]]:
        started = _response(said, asked, status="in_progress", output=[])
        yield {"type": "response.created", "response": started}
        yield {"type": "response.in_progress", "response": started}
        output = []
        for index, (kind, item) in enumerate([] if said.empty else _items(said, asked)):
            yield from _STREAMS[kind](said, item, index)
            output.append(item)
        status = _status(said)
        yield {
            "type": f"response.{status}",
            "response": _response(said, asked, status=status, output=output),
        }

    def problem(self, problem: Problem) -> tuple[int, Any]:
        if problem.kind == "overflow" and not problem.message:
            message = "Your input exceeds the context window of this model. Please adjust your input and try again."
            code = "context_length_exceeded"
            return 400, {
                "error": {
                    "message": message,
                    "type": "invalid_request_error",
                    "param": "input",
                    "code": code,
                }
            }
        return wire_openai.problem(problem)

    def stream_error(self, body: Any, number: int, /) -> bytes:
        error = body["error"]
        event = {
            "type": "error",
            "code": error["code"] or "server_error",
            "message": error["message"],
            "param": None,
        }
        return sse({**event, "sequence_number": number}, event="error")


def _response(said: Said, asked: Asked, *, status: str, output: list[Any]) -> dict[str, Any]:
    body, done = asked.options["body"], status != "in_progress"
    reason = "content_filter" if said.finish == "content_filter" else "max_output_tokens"
    return {
        "id": f"resp_{said.number:06d}",
        "object": "response",
        "created_at": CREATED,
        "completed_at": CREATED if status == "completed" else None,
        "status": status,
        "background": False,
        "error": None,
        "incomplete_details": {"reason": reason} if status == "incomplete" else None,
        "instructions": body.get("instructions"),
        "max_output_tokens": asked.max_tokens,
        "model": said.model,
        "output": output,
        "parallel_tool_calls": True,
        "previous_response_id": None,
        "reasoning": {"effort": None, "summary": None, **(body.get("reasoning") or {})},
        "store": body.get("store", True),
        "temperature": body.get("temperature", 1.0),
        "text": body.get("text") or {"format": {"type": "text"}},
        "tool_choice": body.get("tool_choice") or "auto",
        "tools": body.get("tools") or [],
        "top_logprobs": asked.logprobs or 0,
        "top_p": body.get("top_p", 1.0),
        "truncation": "disabled",
        "usage": _usage(said) if done else None,
        "user": None,
        "metadata": {},
    }


def _usage(said: Said) -> dict[str, Any]:
    counted = said.usage
    return {
        "input_tokens": counted.prompt,
        "input_tokens_details": {
            "cached_tokens": counted.cache_read,
            "cache_write_tokens": counted.cache_write,
        },
        "output_tokens": counted.output,
        "output_tokens_details": {"reasoning_tokens": counted.reasoning},
        "total_tokens": counted.prompt + counted.output,
    }


def _status(said: Said) -> str:
    return "incomplete" if said.finish in ("length", "content_filter") else "completed"


def _items(said: Said, asked: Asked) -> Iterator[tuple[str, dict[str, Any]]]:
    """The output items as they are in the end, each with its kind."""
    if said.reasoning:
        shown = [{"type": "summary_text", "text": said.reasoning}] if asked.reasoning else []
        item = {"id": f"rs_{said.number:06d}", "type": "reasoning", "summary": shown}
        yield (
            "reasoning",
            {**item, "encrypted_content": "c2NyaXB0ZWQ="} if asked.options["encrypted"] else item,
        )
    if said.text or said.refusal or not said.calls:
        part: dict[str, Any] = {"type": "refusal", "refusal": said.refusal}
        if not said.refusal:
            part = {"type": "output_text", "text": said.text, "annotations": [], "logprobs": []}
            if asked.logprobs is not None:
                part["logprobs"] = wire_openai.token_logprobs(said.text, 0, asked.logprobs)
        status = "incomplete" if _status(said) == "incomplete" else "completed"
        yield (
            "message",
            {
                "id": f"msg_{said.number:06d}",
                "type": "message",
                "status": status,
                "role": "assistant",
                "content": [part],
            },
        )
    for index, call in enumerate(said.calls):
        yield (
            "function_call",
            {
                "id": f"fc_{said.number:06d}{index:02d}",
                "type": "function_call",
                "status": "completed",
                "call_id": said.call_id(index, "call_"),
                "name": call.name,
                "arguments": call.json,
            },
        )


def _reasoning_events(said: Said, item: dict[str, Any], index: int) -> Iterator[dict[str, Any]]:
    yield _item_event("added", {**item, "summary": []}, index)
    for at, part in enumerate(item["summary"]):
        where = {"item_id": item["id"], "output_index": index, "summary_index": at}
        blank = {"type": "summary_text", "text": ""}
        yield {"type": "response.reasoning_summary_part.added", **where, "part": blank}
        for _, piece in pieces(part["text"], chunk=said.chunk):
            yield {"type": "response.reasoning_summary_text.delta", **where, "delta": piece}
        yield {"type": "response.reasoning_summary_text.done", **where, "text": part["text"]}
        yield {"type": "response.reasoning_summary_part.done", **where, "part": part}
    yield _item_event("done", item, index)


def _message_events(said: Said, item: dict[str, Any], index: int) -> Iterator[dict[str, Any]]:
    part = item["content"][0]
    where = {"item_id": item["id"], "output_index": index, "content_index": 0}
    yield _item_event("added", {**item, "status": "in_progress", "content": []}, index)
    if part["type"] == "refusal":
        yield {"type": "response.content_part.added", **where, "part": {**part, "refusal": ""}}
        for _, piece in pieces(said.refusal, chunk=said.chunk):
            yield {"type": "response.refusal.delta", **where, "delta": piece}
        yield {"type": "response.refusal.done", **where, "refusal": said.refusal}
    else:
        blank = {**part, "text": "", "logprobs": []}
        yield {"type": "response.content_part.added", **where, "part": blank}
        for start, piece in pieces(said.text, chunk=said.chunk):
            logprobs = part["logprobs"][start : start + said.chunk]
            yield {
                "type": "response.output_text.delta",
                **where,
                "delta": piece,
                "logprobs": logprobs,
            }
        yield {
            "type": "response.output_text.done",
            **where,
            "text": said.text,
            "logprobs": part["logprobs"],
        }
    yield {"type": "response.content_part.done", **where, "part": part}
    yield _item_event("done", item, index)


def _call_events(said: Said, item: dict[str, Any], index: int) -> Iterator[dict[str, Any]]:
    where = {"item_id": item["id"], "output_index": index}
    yield _item_event("added", {**item, "status": "in_progress", "arguments": ""}, index)
    for _, piece in pieces(item["arguments"], chunk=said.chunk):
        yield {"type": "response.function_call_arguments.delta", **where, "delta": piece}
    yield {
        "type": "response.function_call_arguments.done",
        **where,
        "name": item["name"],
        "arguments": item["arguments"],
    }
    yield _item_event("done", item, index)


_STREAMS = {
    "reasoning": _reasoning_events,
    "message": _message_events,
    "function_call": _call_events,
}


def _item_event(what: str, item: dict[str, Any], index: int) -> dict[str, Any]:
    return {"type": f"response.output_item.{what}", "output_index": index, "item": item}


def _read_input(value: Any) -> tuple[tuple[str, ...], str]:
    """All texts, and the last one that the model did not say itself. Raises BadRequest."""
    if isinstance(value, str):
        return (value,), value
    if not isinstance(value, list) or not value:
        raise BadRequest("Missing required parameter: 'input'.", param="input")
    texts, last, called = [], "", set()
    for index, item in enumerate(value):
        kind = item.get("type", "message") if isinstance(item, dict) else None
        if kind == "message":
            text = text_of(item.get("content"))
            if item.get("role") == "user":
                last = text
        elif kind == "function_call":
            called.add(item.get("call_id"))
            text = text_of(item.get("arguments"))
        elif kind == "function_call_output":
            if item.get("call_id") not in called:
                raise BadRequest(
                    f"No tool call found for function call output with call_id {item.get('call_id')}.",
                    param="input",
                )
            output = item.get("output")
            text = last = text_of(output) if isinstance(output, str | list) else encode(output).decode()
        elif kind == "reasoning":
            text = ""
        else:
            raise BadRequest(f"Invalid value: '{kind}'.", param=f"input[{index}].type")
        texts.append(text)
    return tuple(texts), last


def _tool_names(tools: list[Any]) -> tuple[str, ...]:
    names = []
    for index, tool in enumerate(tools):
        if not isinstance(tool, dict) or tool.get("type") != "function" or not tool.get("name"):
            raise BadRequest(f"Missing required parameter: 'tools[{index}].name'.", param=f"tools[{index}].name")
        names.append(tool["name"])
    return tuple(names)
