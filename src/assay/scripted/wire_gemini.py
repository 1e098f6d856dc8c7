"""Google's generateContent and streamGenerateContent, from the server's side.

Knows contents and parts, both forms of a stream (server-sent events and a JSON array), the errors and the list
of models; refuses to know sockets and scripts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from assay.scripted.talk import (
    Asked,
    BadRequest,
    Given,
    Problem,
    Said,
    alternatives,
    encode,
    input_tokens,
    logprob,
    need,
    optional,
    pieces,
    strings,
    take,
    text_of,
    tokens,
)

CONTEXT = 1_048_576

_STATUSES = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    409: "ABORTED",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    503: "UNAVAILABLE",
    504: "DEADLINE_EXCEEDED",
}

_MESSAGES = {
    401: "Request had invalid authentication credentials.",
    403: "The caller does not have permission.",
    429: "You exceeded your current quota, please check your plan and billing details.",
    500: "An internal error has occurred. Please retry.",
    503: "The model is overloaded. Please try again later.",
}

_FINISH = {"stop": "STOP", "length": "MAX_TOKENS", "tool_calls": "STOP", "content_filter": "SAFETY"}


class Gemini:
    """`POST …/models/<model>:generateContent`, and `:streamGenerateContent`, whose stream is a JSON array
    unless `alt=sse` asks for events"""

    def __init__(self, *, array: bool = False) -> None:
        self.stream_type = "application/json; charset=UTF-8" if array else "text/event-stream"
        self._array = array

    def asked(self, body: dict[str, Any], given: Given, /) -> Asked:
        body = _camel(body)
        texts, last = _read_contents(need(body, "contents", list))
        config = _camel(take(body, "generationConfig", dict, {}))
        thinking = _camel(take(config, "thinkingConfig", dict, {}))
        system = take(body, "systemInstruction", dict, {})
        instruction = text_of(system.get("parts"))
        with_logprobs = take(config, "responseLogprobs", bool, False)
        return Asked(
            model=given.model,
            texts=(instruction, *texts) if instruction else texts,
            last=last,
            stream=given.method == "streamGenerateContent",
            tools=_tool_names(take(body, "tools", list, [])),
            max_tokens=optional(config, "maxOutputTokens", int),
            stop=strings(config.get("stopSequences"), "generationConfig.stopSequences"),
            logprobs=take(config, "logprobs", int, 0) if with_logprobs else None,
            reasoning=bool(thinking.get("includeThoughts")),
        )

    def whole(self, said: Said, asked: Asked) -> Any:
        if said.empty or said.finish == "refusal":
            return _nothing(said)
        parts = [{"text": said.reasoning, "thought": True}] if said.reasoning and asked.reasoning else []
        parts += [{"text": said.text}] if said.text else []
        parts += _call_parts(said)
        return _response(said, [_candidate(parts, said=said, text=said.text, asked=asked)])

    def events(self, said: Said, asked: Asked) -> Iterator[bytes]:
        chunks = list(_chunks(said, asked))
        for index, chunk in enumerate(chunks):
            if not self._array:
                yield b"data: " + encode(chunk) + b"\r\n\r\n"
                continue
            opening = b"[" if index == 0 else b",\r\n"
            closing = b"\n]" if index == len(chunks) - 1 else b"\n"
            yield opening + encode(chunk) + closing

    def problem(self, problem: Problem) -> tuple[int, Any]:
        if problem.kind == "overflow":
            count = max(problem.tokens, CONTEXT + 1)
            text = problem.message or (
                f"The input token count ({count}) exceeds the maximum number of tokens allowed ({CONTEXT})."
            )
            return 400, _error(400, text)
        if problem.kind == "wrong_key":
            # The vendor answers a wrong key with 400, not 401.
            reason = {
                "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                "reason": "API_KEY_INVALID",
                "domain": "googleapis.com",
            }
            return 400, _error(400, "API key not valid. Please pass a valid API key.", details=[reason])
        if problem.kind == "missing_key":
            return 403, _error(
                403,
                "Method doesn't allow unregistered callers (callers without established identity). "
                "Please use API Key or other form of API consumer identity to call this API.",
            )
        if problem.kind == "no_model":
            text = (
                f"models/{problem.model} is not found for API version v1beta, or is not supported for generateContent."
            )
            return 404, _error(404, text)
        status = 400 if problem.kind == "bad_request" else problem.status
        details = []
        if problem.retry_after is not None:
            retry = f"{problem.retry_after:g}s"
            details = [{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": retry}]
        text = problem.message or _MESSAGES.get(status, f"Scripted error {status}.")
        return status, _error(status, text, details=details)

    def stream_error(self, body: Any, number: int, /) -> bytes:
        if self._array:
            return (b",\r\n" if number else b"[") + encode(body) + b"\n]"
        return b"data: " + encode(body) + b"\r\n\r\n"


def _error(status: int, message: str, *, details: Sequence[Any] = ()) -> dict[str, Any]:
    name = _STATUSES.get(status, "UNKNOWN")
    error = {"code": status, "message": message, "status": name}
    return {"error": {**error, "details": details} if details else error}


def model_card(model: str) -> dict[str, Any]:
    """One model."""
    return {
        "name": f"models/{model}",
        "version": "1",
        "displayName": model,
        "description": "A scripted model.",
        "inputTokenLimit": CONTEXT,
        "outputTokenLimit": 65_536,
        "supportedGenerationMethods": ["generateContent", "streamGenerateContent", "countTokens"],
    }


def model_list(models: Sequence[str]) -> dict[str, Any]:
    """`GET /v1beta/models`, all on one page."""
    return {"models": [model_card(model) for model in models]}


def count_tokens(body: dict[str, Any], given: Given) -> dict[str, Any]:
    """`POST …/models/<model>:countTokens`. Raises BadRequest."""
    inner = take(_camel(body), "generateContentRequest", dict, body)
    total = input_tokens(Gemini().asked(inner, given))
    return {"totalTokens": total, "promptTokensDetails": [{"modality": "TEXT", "tokenCount": total}]}


def _response(said: Said, candidates: list[Any]) -> dict[str, Any]:
    counted = said.usage
    usage = {
        "promptTokenCount": counted.prompt,
        "candidatesTokenCount": counted.output - counted.reasoning,
        "totalTokenCount": counted.prompt + counted.output,
        "promptTokensDetails": [{"modality": "TEXT", "tokenCount": counted.prompt}],
    }
    if counted.cache_read:
        usage["cachedContentTokenCount"] = counted.cache_read
    if counted.reasoning:
        usage["thoughtsTokenCount"] = counted.reasoning
    return {
        "candidates": candidates,
        "usageMetadata": usage,
        "modelVersion": said.model,
        "responseId": f"scripted{said.number:06d}",
    }


def _nothing(said: Said) -> dict[str, Any]:
    """An answer without a candidate; a refusal says so in `promptFeedback`."""
    response = _response(said, [])
    del response["candidates"]
    if said.finish == "refusal":
        response["promptFeedback"] = {"blockReason": "PROHIBITED_CONTENT"}
    return response


def _candidate(
    parts: list[Any], *, said: Said, text: str, asked: Asked, start: int = 0, last: bool = True
) -> dict[str, Any]:
    candidate: dict[str, Any] = {"content": {"parts": parts, "role": "model"}, "index": 0}
    if said.finish == "content_filter" and last and not parts:
        del candidate["content"]
    if last:
        candidate["finishReason"] = _FINISH[said.finish]
    if asked.logprobs is not None and text:
        candidate["logprobsResult"] = _logprobs(text, start, asked.logprobs)
    return candidate


def _logprobs(text: str, start: int, top: int) -> dict[str, Any]:
    chosen, others = [], []
    for index, token in enumerate(tokens(text), start=start):
        chosen.append({"token": token, "tokenId": index, "logProbability": logprob(index)})
        ranked = [
            {"token": other, "tokenId": index, "logProbability": value}
            for other, value in alternatives(token, index, top=top)
        ]
        others.append({"candidates": ranked})
    return {"chosenCandidates": chosen, "topCandidates": others}


def _call_parts(said: Said) -> list[dict[str, Any]]:
    parts: list[dict[str, Any]] = []
    for index, call in enumerate(said.calls):
        arguments = {} if isinstance(call.arguments, str) else call.arguments
        function = {"name": call.name, "args": arguments, "id": said.call_id(index, "call_")}
        parts.append({"functionCall": function})
    if parts and said.reasoning:
        parts[0]["thoughtSignature"] = "c2NyaXB0ZWQ="
    return parts


def _chunks(said: Said, asked: Asked) -> Iterator[dict[str, Any]]:
    if said.empty or said.finish == "refusal":
        yield _nothing(said)
        return

    def chunk(parts: list[Any], *, text: str = "", start: int = 0, last: bool = False) -> dict[str, Any]:
        return _response(said, [_candidate(parts, said=said, text=text, asked=asked, start=start, last=last)])

    if asked.reasoning:
        for _, piece in pieces(said.reasoning, chunk=said.chunk):
            yield chunk([{"text": piece, "thought": True}])
    for start, piece in pieces(said.text, chunk=said.chunk):
        yield chunk([{"text": piece}], text=piece, start=start)
    for part in _call_parts(said):
        yield chunk([part])
    yield chunk([] if said.finish == "content_filter" else [{"text": ""}], last=True)


def _camel(message: dict[str, Any]) -> dict[str, Any]:
    """The fields of one message under the names used here: the vendor takes `include_thoughts` for
    `includeThoughts`, and its own SDK makes use of that."""
    return {re.sub("_([a-z])", lambda found: found[1].upper(), name): value for name, value in message.items()}


def _read_contents(contents: list[Any]) -> tuple[tuple[str, ...], str]:
    """All texts, and the last one that the model did not say itself. Raises BadRequest."""
    if not contents:
        raise BadRequest("* GenerateContentRequest.contents: contents is not specified")
    texts, last = [], ""
    for content in contents:
        role = content.get("role", "user") if isinstance(content, dict) else None
        if role not in ("user", "model", "function"):
            raise BadRequest("Please use a valid role: user, model.")
        said = []
        for part in map(_camel, content.get("parts") or []):
            if isinstance(part.get("text"), str):
                said.append(part["text"])
            elif "functionResponse" in part:
                said.append(encode(part["functionResponse"].get("response")).decode())
        texts += said
        if role != "model":
            last = "\n".join(said)
    return tuple(texts), last


def _tool_names(tools: list[Any]) -> tuple[str, ...]:
    names = []
    for tool in map(_camel, tools):
        for function in tool.get("functionDeclarations") or []:
            if "name" not in function:
                raise BadRequest("Invalid value at 'tools[0].function_declarations[0].name'")
            names.append(str(function["name"]))
    return tuple(names)
