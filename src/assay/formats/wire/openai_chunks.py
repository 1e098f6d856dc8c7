"""What OpenAI's two text formats share: the envelope of an answer, in one piece or in chunks of a stream.

Knows models, usage, ends and errors; what a choice holds, each format says for itself.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, ClassVar

import msgspec

from assay.core.errors import Fault
from assay.core.messages import Usage
from assay.formats.wire.base import WireError, count, cut_short, malformed, uncached
from assay.formats.wire.faults import stream_error

FINISH = {
    "function_call": "tool_calls",
    "eos": "stop",
    "eos_token": "stop",
    "stop_sequence": "stop",
    "end_turn": "stop",
    "max_tokens": "length",
    "model_length": "length",
}
"""Other servers' words for what OpenAI has a word for."""


class ChunkReader(ABC):
    """Gathers the first choice of an answer; a format adds what its choices hold."""

    decode: ClassVar[Any]
    """Bytes to the format's own chunk."""

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
            chunk = type(self).decode(data)
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
                self._answered = True
                self._hear(choice)
                if choice.logprobs is not None:
                    self._logprobs += token_logprobs(choice.logprobs)
                if choice.finish_reason:
                    self._finish = choice.finish_reason
                    self.ended = True

    @abstractmethod
    def _hear(self, choice: Any) -> None:
        """Takes what the format's choice says."""

    def _envelope(self) -> dict[str, Any]:
        """Everything of a Reply but what was said. Raises where the answer is not whole."""
        if not self.ended:
            raise cut_short()
        if not self._answered:
            raise WireError("the answer has no choices", fault=Fault.MALFORMED)
        return {
            "finish_reason": FINISH.get(self._finish, self._finish) if self._finish else None,
            "usage": usage_of(self._usage),
            "usage_raw": self._usage,
            "served_model": self._model,
            "fingerprint": self._fingerprint,
            "provider": self._provider,
            "billed_usd": billed(self._usage),
            "logprobs": tuple(self._logprobs) if self._logprobs else None,
        }


def put_stream(body: dict[str, Any], stream: bool) -> None:
    if stream:
        body["stream"] = True
        body["stream_options"] = {"include_usage": True}


def usage_of(usage: dict[str, Any] | None) -> Usage:
    """OpenAI's `prompt_tokens` has what was read from and written to the cache in it; ours leaves them out."""
    if not usage:
        return Usage()
    prompt = usage.get("prompt_tokens_details") or {}
    completion = usage.get("completion_tokens_details") or {}
    read = count(prompt.get("cached_tokens"))
    if read is None:
        read = count(usage.get("prompt_cache_hit_tokens"))
    written = count(prompt.get("cache_write_tokens"))
    return Usage(
        input=uncached(count(usage.get("prompt_tokens")), read, written),
        output=count(usage.get("completion_tokens")),
        cache_read=read,
        cache_write=written,
        reasoning=count(completion.get("reasoning_tokens")),
    )


def billed(usage: dict[str, Any] | None) -> float | None:
    """What a broker says that it charged."""
    cost = usage.get("cost") if usage else None
    return float(cost) if isinstance(cost, int | float) and not isinstance(cost, bool) else None


def token_logprobs(logprobs: Any) -> list[tuple[str, float | None]]:
    """Chat's `content` list, or completions' parallel lists."""
    if not isinstance(logprobs, dict):
        return []
    if isinstance(logprobs.get("content"), list):
        return [(str(token.get("token", "")), token.get("logprob")) for token in logprobs["content"]]
    return list(zip(logprobs.get("tokens") or (), logprobs.get("token_logprobs") or (), strict=False))
