"""OpenAI's legacy completions: text to go on with, and a suffix to meet where the server can.

What base models are asked with, and what scoring needs (`echo`, `logprobs`). Knows no chat template.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from assay.core.messages import Reply, Request
from assay.formats.wire.base import Call, Root, continuation, merged, put
from assay.formats.wire.openai_chunks import ChunkReader, put_stream


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


class CompletionsReader(ChunkReader):
    """Gathers the first choice."""

    decode = msgspec.json.Decoder(_Chunk).decode

    def _hear(self, choice: _Choice) -> None:
        if choice.text:
            self._text.append(choice.text)
            self.started = True

    def reply(self) -> Reply:
        envelope = self._envelope()
        return Reply(text="".join(self._text), **envelope)
