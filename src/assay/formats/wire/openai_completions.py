"""OpenAI's legacy completions: text to go on with, and a suffix to meet where the server can.

What base models are asked with, and what scoring needs (`echo`, `logprobs`). Knows no chat template.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from assay.core.errors import Fault
from assay.core.messages import Reply, Request
from assay.formats.wire.base import Call, Root, WireError, continuation, cut_short, malformed, merged, put
from assay.formats.wire.faults import stream_error
from assay.formats.wire.openai_chat import FINISH, billed, put_stream, token_logprobs, usage_of


class _Choice(msgspec.Struct):
    index: int | None = 0
    text: str | None = None
    finish_reason: str | None = None
    logprobs: Any = None


class _Chunk(msgspec.Struct):
    choices: list[_Choice] | None = None
    usage: dict[str, Any] | None = None
    model: str | None = None
    system_fingerprint: str | None = None
    provider: str | None = None
    error: Any = None
    object: str | None = None


_decode = msgspec.json.Decoder(_Chunk).decode


class Completions:
    """`/v1/completions`."""

    name = "openai_completions"
    root = Root("/v1", "if_bare")
    framing: Literal["sse", "lines"] = "sse"
    takes_stops = True

    def call(self, request: Request, *, model_id: str, stream: bool) -> Call:
        sampling = request.sampling
        body: dict[str, Any] = {"model": model_id, "prompt": continuation(request)}
        put(
            body,
            suffix=request.suffix,
            max_tokens=sampling.max_tokens,
            temperature=sampling.temperature,
            top_p=sampling.top_p,
            seed=sampling.seed,
            stop=sampling.stop,
            logprobs=sampling.logprobs,
            echo=sampling.echo or None,
        )
        put_stream(body, stream)
        return Call(path="/completions", body=merged(body, sampling.extra_body))

    def auth(self, key: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {key}"}

    def reader(self) -> CompletionsReader:
        return CompletionsReader()

    def whole(self, body: bytes) -> Reply:
        reader = CompletionsReader()
        reader.feed(body)
        reader.ended = True
        return reader.reply()


class CompletionsReader:
    """Gathers the first choice."""

    def __init__(self) -> None:
        self.started = False
        self.ended = False
        self._text: list[str] = []
        self._logprobs: list[tuple[str, float | None]] = []
        self._answered = False
        self._finish: str | None = None
        self._usage: dict[str, Any] | None = None
        self._model: str | None = None
        self._fingerprint: str | None = None
        self._provider: str | None = None

    def feed(self, data: bytes) -> None:
        if data == b"[DONE]":
            self.ended = True
            return
        try:
            chunk = _decode(data)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise malformed(error) from error
        if chunk.error or chunk.object == "error":
            raise stream_error(msgspec.json.decode(data))
        self._model = chunk.model or self._model
        self._fingerprint = chunk.system_fingerprint or self._fingerprint
        self._provider = chunk.provider or self._provider
        self._usage = chunk.usage or self._usage
        for choice in chunk.choices or ():
            if not choice.index:
                self._take(choice)

    def _take(self, choice: _Choice) -> None:
        self._answered = True
        if choice.text:
            self._text.append(choice.text)
            self.started = True
        if choice.logprobs is not None:
            self._logprobs += token_logprobs(choice.logprobs)
        if choice.finish_reason:
            self._finish = choice.finish_reason
            self.ended = True

    def reply(self) -> Reply:
        if not self.ended:
            raise cut_short()
        if not self._answered:
            raise WireError("the answer has no choices", fault=Fault.MALFORMED)
        return Reply(
            text="".join(self._text),
            finish_reason=FINISH.get(self._finish, self._finish) if self._finish else None,
            usage=usage_of(self._usage),
            usage_raw=self._usage,
            served_model=self._model,
            fingerprint=self._fingerprint,
            provider=self._provider,
            billed_usd=billed(self._usage),
            logprobs=tuple(self._logprobs) if self._logprobs else None,
        )
