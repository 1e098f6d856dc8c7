"""Google's Gemini: contents in parts, thoughts marked in the parts, signatures on text and calls.

The key goes into a header, never into the query. Calls without an id are numbered; results go back by
name, as this format wants them. What thoughts cost is counted beside the answer and added here.
"""

from __future__ import annotations

import re
from typing import Any, Literal
from urllib.parse import quote

import msgspec

from assay.core.errors import Fault
from assay.core.messages import Message, Reply, Request, ToolCall, Usage
from assay.formats.wire.base import (
    Call,
    Root,
    WireError,
    arguments_object,
    conversation,
    count,
    cut_short,
    malformed,
    merged,
    put,
    uncached,
)
from assay.formats.wire.faults import stream_error

FINISH = {
    "STOP": "stop",
    "MAX_TOKENS": "length",
    **dict.fromkeys(
        ("SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII", "IMAGE_SAFETY"), "content_filter"
    ),
}
_BUDGETED = re.compile(r"gemini-2")
"""Models that take a budget of thinking tokens and no word for the level."""
BUDGETS = {"none": 0, "minimal": 1024, "low": 1024, "medium": 8192, "high": 24576}


class _Part(msgspec.Struct, rename="camel"):
    text: str | None = None
    thought: bool = False
    thought_signature: str | None = None
    function_call: dict[str, Any] | None = None


class _Content(msgspec.Struct):
    parts: list[_Part] | None = None


class _Candidate(msgspec.Struct, rename="camel"):
    content: _Content | None = None
    finish_reason: str | None = None
    index: int | None = 0
    logprobs_result: dict[str, Any] | None = None


class _Chunk(msgspec.Struct, rename="camel"):
    candidates: list[_Candidate] | None = None
    prompt_feedback: dict[str, Any] | None = None
    usage_metadata: dict[str, Any] | None = None
    model_version: str | None = None
    error: Any = None


_decode = msgspec.json.Decoder(_Chunk).decode


class Gemini:
    """`/v1beta/models/{model}:streamGenerateContent`."""

    name = "gemini"
    root = Root("/v1beta", "always")
    framing: Literal["sse", "lines"] = "sse"
    takes_stops = True

    def call(self, request: Request, *, model_id: str, stream: bool) -> Call:
        messages = conversation(request)
        body: dict[str, Any] = {"contents": _contents(messages)}
        system = "\n\n".join(m.content for m in messages if m.role == "system")
        if system:
            body["systemInstruction"] = {"parts": [{"text": system}]}
        if request.tools:
            body["tools"] = [
                {
                    "functionDeclarations": [
                        {
                            "name": tool.name,
                            "description": tool.description,
                            **({"parametersJsonSchema": tool.parameters} if tool.parameters else {}),
                        }
                        for tool in request.tools
                    ]
                }
            ]
            put(body, toolConfig=_tool_config(request.tool_choice))
        put(body, generationConfig=_generation(request, model_id) or None)
        method = "streamGenerateContent" if stream else "generateContent"
        return Call(
            path=f"/models/{quote(model_id.removeprefix('models/'), safe='')}:{method}",
            query="alt=sse" if stream else "",
            body=merged(body, request.sampling.extra_body),
        )

    def auth(self, key: str) -> dict[str, str]:
        return {"x-goog-api-key": key}

    def reader(self) -> GeminiReader:
        return GeminiReader()

    def whole(self, body: bytes) -> Reply:
        reader = GeminiReader()
        reader.feed(body)
        reader.ended = True
        return reader.reply()


class GeminiReader:
    """Gathers the first candidate; it has ended when it says why."""

    def __init__(self) -> None:
        self.started = False
        self.ended = False
        self._text: list[str] = []
        self._reasoning: list[str] = []
        self._calls: list[ToolCall] = []
        self._signatures: list[str | None] = []
        self._text_signature: str | None = None
        self._heard = False
        self._answered = False
        self._finish: str | None = None
        self._blocked = False
        self._usage: dict[str, Any] | None = None
        self._model: str | None = None
        self._logprobs: list[tuple[str, float | None]] = []

    def feed(self, data: bytes) -> None:
        try:
            chunk = _decode(data)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            if data.lstrip()[:1] == b"[":
                raise stream_error(_list(data)) from error
            raise malformed(error) from error
        if chunk.error:
            raise stream_error(msgspec.json.decode(data))
        self._heard = True
        self._usage = chunk.usage_metadata or self._usage
        self._model = chunk.model_version or self._model
        if chunk.prompt_feedback and chunk.prompt_feedback.get("blockReason"):
            self._blocked = self.ended = True
        for candidate in chunk.candidates or ():
            if not candidate.index:
                self._take(candidate)

    def _take(self, candidate: _Candidate) -> None:
        self._answered = True
        for part in (candidate.content.parts if candidate.content else None) or ():
            self._hear(part)
        chosen = (candidate.logprobs_result or {}).get("chosenCandidates") or ()
        self._logprobs += [(str(token.get("token", "")), token.get("logProbability")) for token in chosen]
        if candidate.finish_reason and candidate.finish_reason != "FINISH_REASON_UNSPECIFIED":
            self._finish, self.ended = candidate.finish_reason, True

    def _hear(self, part: _Part) -> None:
        call = part.function_call
        if call is not None:
            arguments = msgspec.json.encode(call.get("args") or {}).decode()
            number = len(self._calls)
            self._calls.append(ToolCall(call.get("id") or f"call_{number}", call.get("name", ""), arguments))
            self._signatures.append(part.thought_signature)
            self.started = True
            return
        if part.text:
            (self._reasoning if part.thought else self._text).append(part.text)
            self.started = True
        if part.thought_signature:
            self._text_signature = part.thought_signature

    def reply(self) -> Reply:
        if not self.ended and (self._answered or not self._heard):
            raise cut_short()
        if not self._answered and not self._blocked:
            raise WireError("the answer has no candidates", fault=Fault.MALFORMED)
        finish = FINISH.get(self._finish, self._finish) if self._finish else None
        if self._blocked and not self._answered:
            finish = "content_filter"
        elif finish == "stop" and self._calls:
            finish = "tool_calls"
        signed = self._text_signature or any(self._signatures)
        return Reply(
            text="".join(self._text),
            tool_calls=tuple(self._calls),
            reasoning="".join(self._reasoning),
            reasoning_state={"text": self._text_signature, "calls": self._signatures} if signed else None,
            finish_reason=finish,
            usage=_usage(self._usage or {}),
            usage_raw=self._usage,
            served_model=self._model,
            logprobs=tuple(self._logprobs) or None,
        )


def _usage(usage: dict[str, Any]) -> Usage:
    prompt, tools = count(usage.get("promptTokenCount")), count(usage.get("toolUsePromptTokenCount"))
    read = count(usage.get("cachedContentTokenCount"))
    answer, thoughts = count(usage.get("candidatesTokenCount")), count(usage.get("thoughtsTokenCount"))
    return Usage(
        input=uncached(None if prompt is None else prompt + (tools or 0), read),
        output=None if answer is None and thoughts is None else (answer or 0) + (thoughts or 0),
        cache_read=read,
        reasoning=thoughts,
    )


def _generation(request: Request, model_id: str) -> dict[str, Any]:
    sampling = request.sampling
    config: dict[str, Any] = {}
    put(
        config,
        maxOutputTokens=sampling.max_tokens,
        temperature=sampling.temperature,
        topP=sampling.top_p,
        seed=sampling.seed,
        stopSequences=sampling.stop,
    )
    if sampling.logprobs is not None:
        config["responseLogprobs"] = True
        put(config, logprobs=sampling.logprobs or None)
    effort = sampling.reasoning_effort
    if effort is not None:
        if effort.isdigit():
            thinking: dict[str, Any] = {"thinkingBudget": int(effort)}
        elif effort in BUDGETS and (_BUDGETED.search(model_id) or effort == "none"):
            thinking = {"thinkingBudget": BUDGETS[effort]}
        else:
            thinking = {"thinkingLevel": effort}
        config["thinkingConfig"] = {**thinking, "includeThoughts": effort not in ("none", "0")}
    return config


def _contents(messages: tuple[Message, ...]) -> list[dict[str, Any]]:
    names = {call.id: call.name for message in messages for call in message.tool_calls}
    contents: list[dict[str, Any]] = []
    for message in messages:
        if message.role == "system":
            continue
        role = "model" if message.role == "assistant" else "user"
        parts = _parts(message, names)
        if contents and contents[-1]["role"] == role:
            contents[-1]["parts"] += parts
        elif parts:
            contents.append({"role": role, "parts": parts})
    return contents


def _parts(message: Message, names: dict[str, str]) -> list[dict[str, Any]]:
    if message.role == "tool":
        called = message.tool_call_id or ""
        answer: dict[str, Any] = {"name": names.get(called, called), "response": {"result": message.content}}
        return [{"functionResponse": _with_id(answer, called)}]
    state = message.reasoning_state if isinstance(message.reasoning_state, dict) else {}
    parts: list[dict[str, Any]] = []
    if message.content or state.get("text"):
        parts.append(_signed({"text": message.content}, state.get("text")))
    signatures = list(state.get("calls") or ())
    for number, call in enumerate(message.tool_calls):
        made = _with_id({"name": call.name, "args": arguments_object(call.arguments)}, call.id)
        parts.append(_signed({"functionCall": made}, signatures[number] if number < len(signatures) else None))
    return parts


def _with_id(value: dict[str, Any], call_id: str) -> dict[str, Any]:
    """Ids that we made up are unknown to the vendor and stay here."""
    return value if re.fullmatch(r"call_\d{1,4}", call_id) else {**value, "id": call_id}


def _signed(part: dict[str, Any], signature: str | None) -> dict[str, Any]:
    return {**part, "thoughtSignature": signature} if signature else part


def _tool_config(choice: str | None) -> dict[str, Any] | None:
    if choice is None:
        return None
    mode = {"auto": "AUTO", "none": "NONE"}.get(choice, "ANY")
    config: dict[str, Any] = {"mode": mode}
    if mode == "ANY" and choice != "required":
        config["allowedFunctionNames"] = [choice]
    return {"functionCallingConfig": config}


def _list(data: bytes) -> Any:
    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return {}
