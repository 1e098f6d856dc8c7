"""What local servers speak besides OpenAI's formats: llama.cpp's `/infill`, Ollama's `/api/…`.

Knows their requests, answers, streams (events there, lines of JSON here) and errors; refuses to know sockets
and scripts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from assay.scripted.talk import (
    CONTEXT,
    Asked,
    BadRequest,
    Given,
    Problem,
    Said,
    count,
    encode,
    need,
    optional,
    pieces,
    sse,
    strings,
    take,
    text_of,
    tokens,
)

CREATED_AT = "2025-06-15T15:06:40.000000Z"
NANOSECONDS = 1_000_000
"""The invented duration of every phase of an Ollama call."""


class Infill:
    """llama.cpp's `POST /infill`"""

    stream_type = "text/event-stream"

    def asked(self, body: dict[str, Any], given: Given, /) -> Asked:
        prefix = need(body, "input_prefix", str)
        suffix = need(body, "input_suffix", str)
        extra = take(body, "input_extra", list, [])
        others = tuple(text_of(file.get("text")) for file in extra if isinstance(file, dict))
        limit = optional(body, "n_predict", int)
        return Asked(
            model=take(body, "model", str, given.model),
            texts=(*others, prefix, take(body, "prompt", str, ""), suffix),
            last=prefix,
            stream=take(body, "stream", bool, False),
            max_tokens=None if limit is None or limit < 0 else limit,
            stop=strings(body.get("stop"), "stop"),
        )

    def whole(self, said: Said, asked: Asked) -> Any:
        return _infill_end(said, asked, content="" if said.empty else said.text)

    def events(self, said: Said, asked: Asked) -> Iterator[bytes]:
        done = 0
        for _, piece in pieces("" if said.empty else said.text, chunk=said.chunk):
            done += count(piece)
            yield sse(
                {
                    "index": 0,
                    "content": piece,
                    "tokens": list(range(len(tokens(piece)))),
                    "stop": False,
                    "id_slot": 0,
                    "tokens_predicted": done,
                    "tokens_evaluated": said.usage.prompt,
                }
            )
        yield sse(_infill_end(said, asked, content=""))

    def problem(self, problem: Problem) -> tuple[int, Any]:
        if problem.kind == "overflow":
            size = max(problem.tokens, CONTEXT + 1)
            text = problem.message or (
                f"the request exceeds the available context size ({CONTEXT} tokens), try increasing it"
            )
            error = {"code": 400, "message": text, "type": "exceed_context_size_error"}
            return 400, {"error": {**error, "n_prompt_tokens": size, "n_ctx": CONTEXT}}
        status = {"bad_request": 400, "wrong_key": 401, "missing_key": 401, "no_model": 404}.get(
            problem.kind, problem.status
        )
        kind = {400: "invalid_request_error", 401: "authentication_error", 404: "not_found_error"}.get(
            status, "server_error"
        )
        text = problem.message or ("Invalid API Key" if status == 401 else f"Scripted error {status}.")
        return status, {"error": {"code": status, "message": text, "type": kind}}

    def stream_error(self, body: Any, _number: int, /) -> bytes:
        return sse(body)


def _infill_end(said: Said, asked: Asked, *, content: str) -> dict[str, Any]:
    kind = "limit" if said.finish == "length" else "word" if said.stop_sequence else "eos"
    return {
        "index": 0,
        "content": content,
        "tokens": [],
        "id_slot": 0,
        "stop": True,
        "model": said.model,
        "tokens_predicted": said.usage.output,
        "tokens_evaluated": said.usage.prompt,
        "generation_settings": {"n_predict": -1 if asked.max_tokens is None else asked.max_tokens},
        "prompt": "",
        "has_new_line": "\n" in said.text,
        "truncated": False,
        "stop_type": kind,
        "stopping_word": said.stop_sequence or "",
        "tokens_cached": said.usage.prompt + said.usage.output,
        "timings": {
            "cache_n": said.usage.cache_read,
            "prompt_n": said.usage.input + said.usage.cache_write,
            "predicted_n": said.usage.output,
        },
    }


class Ollama:
    """Ollama's `POST /api/chat` and `POST /api/generate`; both stream unless told not to"""

    stream_type = "application/x-ndjson"

    def __init__(self, *, chat: bool) -> None:
        self._chat = chat

    def asked(self, body: dict[str, Any], _given: Given, /) -> Asked:
        options = take(body, "options", dict, {})
        limit = optional(options, "num_predict", int)
        texts, last = self._texts(body)
        functions = [tool.get("function") or {} for tool in take(body, "tools", list, []) if isinstance(tool, dict)]
        return Asked(
            model=need(body, "model", str),
            texts=texts,
            last=last,
            stream=take(body, "stream", bool, True),
            tools=tuple(str(function.get("name")) for function in functions),
            max_tokens=None if limit is None or limit < 0 else limit,
            stop=strings(options.get("stop"), "options.stop"),
            reasoning=body.get("think") is not False,
        )

    def _texts(self, body: dict[str, Any]) -> tuple[tuple[str, ...], str]:
        if not self._chat:
            prompt = take(body, "prompt", str, "")
            others = (take(body, "system", str, ""), take(body, "suffix", str, ""))
            return (*(text for text in others if text), prompt), prompt
        texts, last = [], ""
        for index, message in enumerate(take(body, "messages", list, [])):
            if not isinstance(message, dict) or message.get("role") not in ("system", "user", "assistant", "tool"):
                raise BadRequest(f"messages[{index}]: invalid role", param="messages")
            texts.append(text_of(message.get("content")))
            if message["role"] in ("user", "tool"):
                last = texts[-1]
        return tuple(texts), last

    def whole(self, said: Said, asked: Asked) -> Any:
        thinking = said.reasoning if asked.reasoning else ""
        return self._end(said, text="" if said.empty else said.text, thinking=thinking, calls=_calls(said))

    def events(self, said: Said, asked: Asked) -> Iterator[bytes]:
        if not said.empty:
            for _, piece in pieces(said.reasoning if asked.reasoning else "", chunk=said.chunk):
                yield _line(self._part(said, "", thinking=piece))
            for _, piece in pieces(said.text, chunk=said.chunk):
                yield _line(self._part(said, piece))
            for call in _calls(said):
                yield _line(self._part(said, "", calls=[call]))
        yield _line(self._end(said, text="", thinking="", calls=[]))

    def _part(self, said: Said, text: str, *, thinking: str = "", calls: Sequence[Any] = ()) -> dict[str, Any]:
        part: dict[str, Any] = {"thinking": thinking} if thinking else {}
        if not self._chat:
            return {
                "model": said.model,
                "created_at": CREATED_AT,
                "response": text,
                **part,
                "done": False,
            }
        if calls:
            part["tool_calls"] = calls
        message = {"role": "assistant", "content": text, **part}
        return {"model": said.model, "created_at": CREATED_AT, "message": message, "done": False}

    def _end(self, said: Said, *, text: str, thinking: str, calls: Sequence[Any]) -> dict[str, Any]:
        return {
            **self._part(said, text, thinking=thinking, calls=calls),
            "done": True,
            "done_reason": "length" if said.finish == "length" else "stop",
            "total_duration": 3 * NANOSECONDS,
            "load_duration": NANOSECONDS,
            "prompt_eval_count": said.usage.prompt,
            "prompt_eval_duration": NANOSECONDS,
            "eval_count": said.usage.output,
            "eval_duration": NANOSECONDS,
        }

    def problem(self, problem: Problem) -> tuple[int, Any]:
        if problem.kind == "no_model":
            return 404, {"error": f"model '{problem.model}' not found"}
        if problem.kind == "overflow":
            return 400, {"error": problem.message or "the input length exceeds the context length"}
        status = {"bad_request": 400, "wrong_key": 401, "missing_key": 401}.get(problem.kind, problem.status)
        return status, {"error": problem.message or ("unauthorized" if status == 401 else f"scripted error {status}")}

    def stream_error(self, body: Any, _number: int, /) -> bytes:
        return _line(body)


def _calls(said: Said) -> list[dict[str, Any]]:
    calls = []
    for call in said.calls:
        arguments = {} if isinstance(call.arguments, str) else call.arguments
        calls.append({"function": {"name": call.name, "arguments": arguments}})
    return [] if said.empty else calls


def _line(value: Any) -> bytes:
    return encode(value) + b"\n"


def ollama_tags(models: Sequence[str]) -> dict[str, Any]:
    """`GET /api/tags`, and `/api/ps`: what is there, and what is loaded."""
    return {
        "models": [
            {
                "name": model,
                "model": model,
                "modified_at": CREATED_AT,
                "size": 0,
                "digest": "0" * 64,
                "details": {"format": "gguf", "family": "scripted", "parameter_size": "1B"},
            }
            for model in models
        ]
    }
