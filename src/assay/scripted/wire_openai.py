"""OpenAI's chat completions and completions, from the server's side.

Knows both request forms, their answers, streams and errors, and the list of models; refuses to know
sockets and scripts. `reasoning_content` is what vLLM, DeepSeek and others add to the format.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from assay.scripted.talk import (
    CONTEXT,
    CREATED,
    TOKEN,
    Asked,
    BadRequest,
    Counted,
    Given,
    Problem,
    Said,
    alternatives,
    logprob,
    need,
    optional,
    pieces,
    sse,
    strings,
    take,
    text_of,
    tokens,
)

DONE = b"data: [DONE]\n\n"

_ROLES = ("system", "developer", "user", "assistant", "tool", "function")

_TYPES = {
    400: ("invalid_request_error", None),
    401: ("invalid_request_error", "invalid_api_key"),
    403: ("invalid_request_error", "unsupported_country_region_territory"),
    404: ("invalid_request_error", "model_not_found"),
    429: ("requests", "rate_limit_exceeded"),
    503: ("server_error", None),
}

_MESSAGES = {
    401: "Incorrect API key provided. You can find your API key at the provider's site.",
    403: "Country, region, or territory not supported",
    429: "Rate limit reached for requests. Please try again later.",
    500: "The server had an error while processing your request. Sorry about that!",
    503: "The engine is currently overloaded, please try again later.",
}


def problem(problem: Problem) -> tuple[int, Any]:
    """The error body of OpenAI and of all that follow it."""
    if problem.kind == "overflow":
        text = problem.message or (
            f"This model's maximum context length is {CONTEXT} tokens. However, your messages resulted in "
            f"{max(problem.tokens, CONTEXT + 1)} tokens. Please reduce the length of the messages."
        )
        return 400, _error(text, "invalid_request_error", "context_length_exceeded", param="messages")
    status = {"bad_request": 400, "wrong_key": 401, "missing_key": 401, "no_model": 404}.get(
        problem.kind, problem.status
    )
    kind, code = _TYPES.get(status, ("server_error" if status >= 500 else "invalid_request_error", None))
    text = problem.message or _MESSAGES.get(status, f"Scripted error {status}.")
    if problem.kind == "no_model":
        text = f"The model `{problem.model}` does not exist or you do not have access to it."
    if problem.kind == "missing_key":
        text = "You didn't provide an API key. You need to provide your API key in an Authorization header."
        code = None
    return status, _error(text, kind, code, param=problem.param)


def _error(message: str, kind: str, code: str | None, *, param: str | None) -> dict[str, Any]:
    return {"error": {"message": message, "type": kind, "param": param, "code": code}}


def stream_error(body: Any, _number: int, /) -> bytes:
    """An error in the middle of a stream."""
    return sse(body)


def model_card(model: str) -> dict[str, Any]:
    """One model."""
    return {"id": model, "object": "model", "created": CREATED, "owned_by": "scripted"}


def model_list(models: Sequence[str]) -> dict[str, Any]:
    """`GET /v1/models`."""
    return {"object": "list", "data": [model_card(model) for model in models]}


def usage(counted: Counted) -> dict[str, Any]:
    """Tokens as OpenAI counts them: what was cached is part of the prompt."""
    return {
        "prompt_tokens": counted.prompt,
        "completion_tokens": counted.output,
        "total_tokens": counted.prompt + counted.output,
        "prompt_tokens_details": {
            "cached_tokens": counted.cache_read,
            "cache_write_tokens": counted.cache_write,
            "audio_tokens": 0,
        },
        "completion_tokens_details": {
            "reasoning_tokens": counted.reasoning,
            "audio_tokens": 0,
            "accepted_prediction_tokens": 0,
            "rejected_prediction_tokens": 0,
        },
    }


def _common(body: dict[str, Any]) -> dict[str, Any]:
    """What both request forms share, as arguments of Asked."""
    stream = take(body, "stream", bool, False)
    options = body.get("stream_options")
    if options is not None and not stream:
        raise BadRequest(
            "The 'stream_options' parameter is only allowed when 'stream' is enabled.", param="stream_options"
        )
    if take(body, "n", int, 1) != 1:
        raise BadRequest("This scripted server answers with one choice only.", param="n")
    with_usage = isinstance(options, dict) and bool(options.get("include_usage"))
    limit = optional(body, "max_completion_tokens", int)
    return {
        "model": need(body, "model", str),
        "stream": stream,
        "stop": strings(body.get("stop"), "stop"),
        "max_tokens": optional(body, "max_tokens", int) if limit is None else limit,
        "options": {"usage": with_usage},
    }


class Chat:
    """`POST …/chat/completions`"""

    stream_type = "text/event-stream"

    def asked(self, body: dict[str, Any], _given: Given, /) -> Asked:
        common = _common(body)
        messages = need(body, "messages", list)
        texts, last = _read_messages(messages)
        logprobs = take(body, "top_logprobs", int, 0) if take(body, "logprobs", bool, False) else None
        return Asked(
            texts=texts, last=last, tools=_tool_names(take(body, "tools", list, [])), logprobs=logprobs, **common
        )

    def whole(self, said: Said, asked: Asked) -> Any:
        message: dict[str, Any] = {
            "role": "assistant",
            "content": said.text or (None if said.calls or said.refusal else ""),
            "refusal": said.refusal or None,
            "annotations": [],
        }
        if said.reasoning:
            message["reasoning_content"] = said.reasoning
        if said.calls:
            message["tool_calls"] = [
                {
                    "id": said.call_id(index, "call_"),
                    "type": "function",
                    "function": {"name": call.name, "arguments": call.json},
                }
                for index, call in enumerate(said.calls)
            ]
        choice = {
            "index": 0,
            "message": message,
            "logprobs": _chat_logprobs(said.text, 0, asked),
            "finish_reason": _finish(said),
        }
        return {
            **_head(said, "chat.completion"),
            "choices": [] if said.empty else [choice],
            "usage": usage(said.usage),
        }

    def events(self, said: Said, asked: Asked) -> Iterator[bytes]:
        base = _head(said, "chat.completion.chunk")
        if asked.options["usage"]:
            base["usage"] = None
        if said.empty:
            yield sse({**base, "choices": []})
            yield DONE
            return

        def event(delta: dict[str, Any], *, finish: str | None = None, logprobs: Any = None) -> bytes:
            choice = {"index": 0, "delta": delta, "logprobs": logprobs, "finish_reason": finish}
            return sse({**base, "choices": [choice]})

        yield event({"role": "assistant", "content": "", "refusal": None})
        for _, piece in pieces(said.reasoning, chunk=said.chunk):
            yield event({"reasoning_content": piece})
        for start, piece in pieces(said.text, chunk=said.chunk):
            yield event({"content": piece}, logprobs=_chat_logprobs(piece, start, asked))
        for _, piece in pieces(said.refusal, chunk=said.chunk):
            yield event({"refusal": piece})
        for delta in _call_deltas(said):
            yield event({"tool_calls": [delta]})
        yield event({}, finish=_finish(said))
        if asked.options["usage"]:
            yield sse({**base, "choices": [], "usage": usage(said.usage)})
        yield DONE

    problem = staticmethod(problem)
    stream_error = staticmethod(stream_error)


class Completions:
    """`POST …/completions`, with `suffix`, `echo` and `logprobs`"""

    stream_type = "text/event-stream"

    def asked(self, body: dict[str, Any], _given: Given, /) -> Asked:
        common = _common(body)
        prompts = strings(body.get("prompt"), "prompt")
        if len(prompts) != 1:
            raise BadRequest("This scripted server takes exactly one prompt, as text.", param="prompt")
        suffix = take(body, "suffix", str, "")
        if common["max_tokens"] is None:
            common["max_tokens"] = 16
        return Asked(
            texts=(prompts[0], suffix) if suffix else prompts,
            last=prompts[0],
            logprobs=optional(body, "logprobs", int),
            echo=take(body, "echo", bool, False),
            **common,
        )

    def whole(self, said: Said, asked: Asked) -> Any:
        text = (asked.last if asked.echo else "") + said.text
        choice = {
            "text": text,
            "index": 0,
            "logprobs": _completion_logprobs(text, asked),
            "finish_reason": _completion_finish(said),
        }
        return {
            **_head(said, "text_completion"),
            "choices": [] if said.empty else [choice],
            "usage": usage(said.usage),
        }

    def events(self, said: Said, asked: Asked) -> Iterator[bytes]:
        base = _head(said, "text_completion")
        if asked.options["usage"]:
            base["usage"] = None
        if said.empty:
            yield sse({**base, "choices": []})
            yield DONE
            return
        text = (asked.last if asked.echo else "") + said.text
        for start, piece in pieces(text, chunk=said.chunk):
            choice = {
                "text": piece,
                "index": 0,
                "logprobs": _completion_logprobs(piece, asked, start=start),
                "finish_reason": None,
            }
            yield sse({**base, "choices": [choice]})
        last = {"text": "", "index": 0, "logprobs": None, "finish_reason": _completion_finish(said)}
        yield sse({**base, "choices": [last]})
        if asked.options["usage"]:
            yield sse({**base, "choices": [], "usage": usage(said.usage)})
        yield DONE

    problem = staticmethod(problem)
    stream_error = staticmethod(stream_error)


def _head(said: Said, kind: str) -> dict[str, Any]:
    prefix = "cmpl" if kind == "text_completion" else "chatcmpl"
    return {
        "id": f"{prefix}-{said.number:06d}",
        "object": kind,
        "created": CREATED,
        "model": said.model,
        "system_fingerprint": "fp_scripted",
    }


def _finish(said: Said) -> str:
    return "stop" if said.finish == "refusal" else said.finish


def _completion_finish(said: Said) -> str:
    return said.finish if said.finish in ("length", "content_filter") else "stop"


def _read_messages(messages: list[Any]) -> tuple[tuple[str, ...], str]:
    """All texts, and the last one that the model did not say itself. Raises BadRequest."""
    if not messages:
        raise BadRequest("Invalid 'messages': empty array.", param="messages")
    texts, last, called = [], "", set()
    for index, message in enumerate(messages):
        where = f"messages[{index}]"
        if not isinstance(message, dict) or message.get("role") not in _ROLES:
            raise BadRequest(f"Invalid value for '{where}.role'.", param=f"{where}.role")
        text = text_of(message.get("content"))
        texts.append(text)
        for call in message.get("tool_calls") or []:
            called.add(call.get("id"))
            texts.append(text_of((call.get("function") or {}).get("arguments")))
        if message["role"] == "tool" and message.get("tool_call_id") not in called:
            raise BadRequest(
                "Invalid parameter: messages with role 'tool' must be a response to a preceding message "
                "with 'tool_calls'.",
                param=f"{where}.role",
            )
        if message["role"] in ("user", "tool", "function"):
            last = text
    return tuple(texts), last


def _tool_names(tools: list[Any]) -> tuple[str, ...]:
    names = []
    for index, tool in enumerate(tools):
        function = tool.get("function") if isinstance(tool, dict) else None
        if not isinstance(function, dict) or not isinstance(function.get("name"), str):
            raise BadRequest(f"Missing required parameter: 'tools[{index}].function'.", param=f"tools[{index}]")
        names.append(function["name"])
    return tuple(names)


def _call_deltas(said: Said) -> Iterator[dict[str, Any]]:
    """A call's id and name come once, then its arguments in pieces."""
    for index, call in enumerate(said.calls):
        function = {"name": call.name, "arguments": ""}
        yield {"index": index, "id": said.call_id(index, "call_"), "type": "function", "function": function}
        for _, piece in pieces(call.json, chunk=said.chunk):
            yield {"index": index, "function": {"arguments": piece}}


def token_logprobs(text: str, start: int, top: int) -> list[dict[str, Any]]:
    """Chat's and responses' form of log-probabilities."""
    return [
        {
            "token": token,
            "logprob": logprob(start + index),
            "bytes": list(token.encode()),
            "top_logprobs": [
                {"token": other, "logprob": value, "bytes": list(other.encode())}
                for other, value in alternatives(token, start + index, top=top)
            ],
        }
        for index, token in enumerate(tokens(text))
    ]


def _chat_logprobs(text: str, start: int, asked: Asked) -> dict[str, Any] | None:
    if asked.logprobs is None:
        return None
    return {"content": token_logprobs(text, start, asked.logprobs), "refusal": None}


def _completion_logprobs(text: str, asked: Asked, *, start: int = 0) -> dict[str, Any] | None:
    if asked.logprobs is None:
        return None
    parts = tokens(text)
    offsets = [(start + index) * TOKEN for index in range(len(parts))]
    values: list[float | None] = [logprob(start + index) for index in range(len(parts))]
    tops: list[dict[str, float] | None] = [
        dict(alternatives(token, start + index, top=asked.logprobs)) for index, token in enumerate(parts)
    ]
    if asked.echo and start == 0 and parts:
        # Nothing comes before the prompt's first token, so it has no probability.
        values[0], tops[0] = None, None
    return {"tokens": parts, "token_logprobs": values, "top_logprobs": tops, "text_offset": offsets}
