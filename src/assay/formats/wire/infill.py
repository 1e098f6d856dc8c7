"""Two servers' own ways to fill in between a prefix and a suffix: llama.cpp's `/infill` and Ollama's
`/api/generate`. Both put the model's fill-in-the-middle tokens around the code themselves.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from assay.core.errors import Fault
from assay.core.messages import Reply, Request, Usage
from assay.formats.wire.base import (
    Call,
    Root,
    WireError,
    continuation,
    count,
    cut_short,
    malformed,
    merged,
    put,
    uncached,
)
from assay.formats.wire.faults import stream_error


class _Piece(msgspec.Struct):
    """A line of either server: llama.cpp says `content` and `stop`, Ollama `response` and `done`."""

    content: str | None = None
    stop: bool = False
    stop_type: str | None = None
    stopped_limit: bool = False
    tokens_predicted: int | None = None
    tokens_evaluated: int | None = None
    tokens_cached: int | None = None
    timings: dict[str, Any] | None = None
    response: str | None = None
    thinking: str | None = None
    done: bool = False
    done_reason: str | None = None
    prompt_eval_count: int | None = None
    eval_count: int | None = None
    model: str | None = None
    error: Any = None


_decode = msgspec.json.Decoder(_Piece).decode


class LlamaInfill:
    """llama.cpp: `/infill`."""

    name = "infill"
    root = Root("/v1", "strip")
    framing: Literal["sse", "lines"] = "sse"
    takes_stops = True

    def call(self, request: Request, *, model_id: str, stream: bool) -> Call:
        sampling = request.sampling
        body: dict[str, Any] = {
            "model": model_id,
            "input_prefix": continuation(request),
            "input_suffix": request.suffix or "",
        }
        put(
            body,
            n_predict=sampling.max_tokens,
            temperature=sampling.temperature,
            top_p=sampling.top_p,
            seed=sampling.seed,
            stop=sampling.stop,
            stream=stream or None,
        )
        return Call(path="/infill", body=merged(body, sampling.extra_body))

    def auth(self, key: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {key}"}

    def reader(self) -> PiecesReader:
        return PiecesReader()

    def whole(self, body: bytes) -> Reply:
        return _whole(body)


class OllamaGenerate:
    """Ollama: `/api/generate`."""

    name = "generate"
    root = Root("/v1", "strip")
    framing: Literal["sse", "lines"] = "lines"
    takes_stops = True

    def call(self, request: Request, *, model_id: str, stream: bool) -> Call:
        sampling = request.sampling
        options: dict[str, Any] = {}
        put(
            options,
            num_predict=sampling.max_tokens,
            temperature=sampling.temperature,
            top_p=sampling.top_p,
            seed=sampling.seed,
            stop=sampling.stop,
        )
        body: dict[str, Any] = {"model": model_id, "prompt": continuation(request), "stream": stream}
        put(body, suffix=request.suffix, options=options or None)
        return Call(path="/api/generate", body=merged(body, sampling.extra_body))

    def auth(self, key: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {key}"}

    def reader(self) -> PiecesReader:
        return PiecesReader()

    def whole(self, body: bytes) -> Reply:
        return _whole(body)


class PiecesReader:
    """Gathers text until the piece that says that it is the last."""

    def __init__(self) -> None:
        self.started = False
        self.ended = False
        self._text: list[str] = []
        self._reasoning: list[str] = []
        self._model: str | None = None
        self._last = _Piece()
        self._raw: dict[str, Any] | None = None

    def feed(self, data: bytes) -> None:
        if data == b"[DONE]":
            return
        try:
            piece = _decode(data)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise malformed(error) from error
        if piece.error:
            raise stream_error(msgspec.json.decode(data))
        if piece.content is None and piece.response is None and not (piece.stop or piece.done):
            raise WireError("the answer holds no text", fault=Fault.MALFORMED)
        text = piece.content or piece.response
        if text:
            self._text.append(text)
        if piece.thinking:
            self._reasoning.append(piece.thinking)
        self.started = self.started or bool(text or piece.thinking)
        self._model = piece.model or self._model
        if piece.stop or piece.done:
            self.ended, self._last = True, piece
            raw = msgspec.json.decode(data)
            self._raw = {key: raw[key] for key in _USAGE_KEYS if key in raw}

    def reply(self) -> Reply:
        if not self.ended:
            raise cut_short()
        last = self._last
        reason = last.done_reason or last.stop_type or ("limit" if last.stopped_limit else None)
        prompt = last.prompt_eval_count if last.tokens_evaluated is None else last.tokens_evaluated
        read = count((last.timings or {}).get("cache_n"))
        return Reply(
            text="".join(self._text),
            reasoning="".join(self._reasoning),
            finish_reason=_REASONS.get(reason, reason) if reason else None,
            usage=Usage(
                input=uncached(prompt, read),
                output=last.eval_count if last.tokens_predicted is None else last.tokens_predicted,
                cache_read=read,
            ),
            usage_raw=self._raw,
            served_model=self._model,
        )


_REASONS = {"eos": "stop", "word": "stop", "limit": "length"}
_USAGE_KEYS = (
    "tokens_predicted",
    "tokens_evaluated",
    "tokens_cached",
    "timings",
    "prompt_eval_count",
    "eval_count",
    "load_duration",
    "eval_duration",
    "prompt_eval_duration",
    "total_duration",
)


def _whole(body: bytes) -> Reply:
    reader = PiecesReader()
    reader.feed(body)
    reader.ended = True
    return reader.reply()
