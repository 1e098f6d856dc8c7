"""OpenAI's chat completions, and what the many servers that speak it make of it.

The answer in one piece and the pieces of a stream have one shape but for `message` and `delta`, so one
reader takes both. Two names of the reasoning field are in use; whichever came goes back under its name.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from assay.core.messages import Message, Reply, Request, ToolCall
from assay.formats.wire.base import Call, Root, conversation, merged, put
from assay.formats.wire.faults import stream_error
from assay.formats.wire.openai_chunks import ChunkReader, put_stream


class _Function(msgspec.Struct):
    name: str | None = None
    arguments: Any = None


class _ToolCall(msgspec.Struct):
    index: int | None = None
    id: str | None = None
    function: _Function | None = None


class _Said(msgspec.Struct):
    content: str | list[Any] | None = None
    reasoning_content: Any = None
    reasoning: Any = None
    reasoning_details: list[Any] | None = None
    refusal: str | None = None
    tool_calls: list[_ToolCall] | None = None


class _Choice(msgspec.Struct):
    index: int | None = 0
    delta: _Said | None = None
    message: _Said | None = None
    finish_reason: str | None = None
    logprobs: Any = None
    error: Any = None


class _Chunk(msgspec.Struct):
    choices: list[_Choice] | None = None
    usage: dict[str, Any] | None = None
    model: str | None = None
    system_fingerprint: str | None = None
    provider: str | None = None
    error: Any = None
    object: str | None = None


class Chat:
    """`/v1/chat/completions`; `limit_name` is what the server calls the limit on the answer's length."""

    name = "openai_chat"
    root = Root("/v1", "if_bare")
    framing: Literal["sse", "lines"] = "sse"
    takes_stops = True

    def __init__(self, limit_name: str = "max_tokens") -> None:
        self._limit_name = limit_name

    def call(self, request: Request, *, model_id: str, stream: bool) -> Call:
        sampling = request.sampling
        body: dict[str, Any] = {"model": model_id, "messages": [_message(m) for m in conversation(request)]}
        if request.tools:
            body["tools"] = [
                {
                    "type": "function",
                    "function": {
                        "name": tool.name,
                        "description": tool.description,
                        "parameters": tool.parameters or {"type": "object", "properties": {}},
                    },
                }
                for tool in request.tools
            ]
            put(body, tool_choice=_tool_choice(request.tool_choice))
        if not any(name in sampling.extra_body for name in ("max_tokens", "max_completion_tokens")):
            body |= {} if sampling.max_tokens is None else {self._limit_name: sampling.max_tokens}
        put(
            body,
            temperature=sampling.temperature,
            top_p=sampling.top_p,
            seed=sampling.seed,
            stop=sampling.stop,
            reasoning_effort=sampling.reasoning_effort,
        )
        if sampling.logprobs is not None:
            body["logprobs"] = True
            if sampling.logprobs > 0:
                body["top_logprobs"] = sampling.logprobs
        put_stream(body, stream)
        return Call(path="/chat/completions", body=merged(body, sampling.extra_body))

    def auth(self, key: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {key}"}

    def reader(self) -> ChatReader:
        return ChatReader()

    def whole(self, body: bytes) -> Reply:
        reader = ChatReader()
        reader.feed(body)
        reader.ended = True
        return reader.reply()


class ChatReader(ChunkReader):
    """Gathers the first choice."""

    decode = msgspec.json.Decoder(_Chunk).decode

    def __init__(self) -> None:
        super().__init__()
        self._reasoning: list[str] = []
        self._refusal: list[str] = []
        self._calls: list[_Slot] = []
        self._details: list[Any] = []
        self._reasoning_field = ""

    def _hear(self, choice: _Choice) -> None:
        if choice.error or choice.finish_reason == "error":
            raise stream_error({"error": choice.error or "the server broke off its answer"})
        said = choice.delta or choice.message
        if said is None:
            return
        content = said.content
        if content:
            if isinstance(content, str):
                self._text.append(content)
            else:
                self._parts(content)
            self.started = True
        for field, thought in (("reasoning_content", said.reasoning_content), ("reasoning", said.reasoning)):
            if thought and isinstance(thought, str) and self._reasoning_field in ("", field):
                self._reasoning_field = field
                self._reasoning.append(thought)
                self.started = True
        if said.reasoning_details:
            self._details += said.reasoning_details
        if said.refusal:
            self._refusal.append(said.refusal)
            self.started = True
        if said.tool_calls:
            for piece in said.tool_calls:
                self._slot(piece).take(piece)
            self.started = True

    def _parts(self, parts: list[Any]) -> None:
        """Content as a list: text parts, and thinking parts that hold text parts."""
        for part in parts:
            if isinstance(part, dict):
                if part.get("type") == "thinking":
                    inner = part.get("thinking")
                    pieces = inner if isinstance(inner, list) else [{"text": inner}]
                    self._reasoning += [str(p["text"]) for p in pieces if isinstance(p, dict) and p.get("text")]
                elif isinstance(part.get("text"), str):
                    self._text.append(part["text"])

    def _slot(self, piece: _ToolCall) -> _Slot:
        """Deltas belong together by index. A new id with a name under an old index is another call all the
        same: some servers number every call 0, and merging two calls would make neither."""
        named = piece.id and piece.function is not None and piece.function.name
        for slot in reversed(self._calls):
            if piece.index is None and not piece.id:
                return slot
            same = slot.id == piece.id if piece.index is None else slot.index == piece.index
            if same and not (named and slot.id and slot.id != piece.id):
                return slot
        self._calls.append(_Slot(piece.index))
        return self._calls[-1]

    def reply(self) -> Reply:
        envelope = self._envelope()
        text = "".join(self._text)
        if self._refusal and not text:
            text, envelope["finish_reason"] = "".join(self._refusal), "refusal"
        reasoning = "".join(self._reasoning)
        return Reply(
            text=text,
            tool_calls=tuple(slot.call(number) for number, slot in enumerate(self._calls)),
            reasoning=reasoning,
            reasoning_state=self._state(reasoning),
            **envelope,
        )

    def _state(self, reasoning: str) -> dict[str, Any] | None:
        """What a server wants back: its details always, its plain words only within a round of tools."""
        if self._details:
            return {"reasoning_details": self._details}
        return {self._reasoning_field: reasoning} if reasoning and self._calls else None


class _Slot:
    """A call whose arguments come in pieces."""

    __slots__ = ("_arguments", "_name", "id", "index")

    def __init__(self, index: int | None) -> None:
        self.index = index
        self.id = ""
        self._name = ""
        self._arguments: list[str] = []

    def take(self, piece: _ToolCall) -> None:
        self.id = piece.id or self.id
        if piece.function is not None:
            self._name = piece.function.name or self._name
            arguments = piece.function.arguments
            if isinstance(arguments, str):
                self._arguments.append(arguments)
            elif arguments is not None:
                self._arguments.append(msgspec.json.encode(arguments).decode())

    def call(self, number: int) -> ToolCall:
        return ToolCall(self.id or f"call_{number}", self._name, "".join(self._arguments))


def _message(message: Message) -> dict[str, Any]:
    said: dict[str, Any] = {"role": message.role, "content": message.content}
    if message.name:
        said["name"] = message.name
    if message.role == "tool":
        said["tool_call_id"] = message.tool_call_id or ""
    if message.tool_calls:
        said["content"] = message.content or None
        said["tool_calls"] = [
            {"id": call.id, "type": "function", "function": {"name": call.name, "arguments": call.arguments or "{}"}}
            for call in message.tool_calls
        ]
    if message.role == "assistant" and isinstance(message.reasoning_state, dict):
        said.update(message.reasoning_state)
    return said


def _tool_choice(choice: str | None) -> Any:
    if choice is None or choice in ("auto", "none", "required"):
        return choice
    return {"type": "function", "function": {"name": choice}}
