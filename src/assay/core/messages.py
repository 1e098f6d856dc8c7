"""What is said to a model and what comes back, in no vendor's words."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

Role = Literal["system", "user", "assistant", "tool"]


class ToolCall(msgspec.Struct, frozen=True, omit_defaults=True):
    """One call that the model wants made; `arguments` is the JSON text as it came."""

    id: str
    name: str
    arguments: str


class Tool(msgspec.Struct, frozen=True, omit_defaults=True):
    """A function that the model may call; `parameters` is its JSON schema."""

    name: str
    description: str = ""
    parameters: dict[str, Any] = {}


class Message(msgspec.Struct, frozen=True, omit_defaults=True):
    """One turn of a conversation."""

    role: Role
    content: str = ""
    tool_calls: tuple[ToolCall, ...] = ()
    tool_call_id: str | None = None
    """For role `tool`: which call this answers."""
    reasoning: str = ""
    """For role `assistant`: the thinking that came before the answer, kept apart from it."""
    reasoning_state: Any = None
    """What a vendor wants back verbatim with its reasoning (signatures, encrypted items)."""
    name: str = ""
    """Who speaks, where one role has several; formats without a place for it leave it out."""


class Sampling(msgspec.Struct, frozen=True, omit_defaults=True):
    """The settings of a request that change the answer. `None` leaves the server's own default."""

    max_tokens: int | None = None
    temperature: float | None = None
    top_p: float | None = None
    seed: int | None = None
    stop: tuple[str, ...] = ()
    reasoning_effort: str | None = None
    logprobs: int | None = None
    echo: bool = False
    extra_body: dict[str, Any] = {}


class Subject(msgspec.Struct, frozen=True, omit_defaults=True):
    """Which trial a request belongs to. Never sent: only the built-in entrants look at it."""

    suite: str
    task_id: str
    sample: int = 0


class Request(msgspec.Struct, frozen=True, omit_defaults=True):
    """One question to a model: a conversation, or a `prompt` (with `suffix`) to go on with."""

    messages: tuple[Message, ...] = ()
    prompt: str | None = None
    suffix: str | None = None
    tools: tuple[Tool, ...] = ()
    tool_choice: str | None = None
    """`auto`, `none`, `required`, or the name of a tool."""
    sampling: Sampling = Sampling()
    subject: Subject | None = None


class Usage(msgspec.Struct, frozen=True):
    """Tokens as billed. `input` leaves out what was read from or written to a cache; `output`
    includes `reasoning`. `None` is unknown, never 0."""

    input: int | None = None
    output: int | None = None
    cache_read: int | None = None
    cache_write: int | None = None
    reasoning: int | None = None


class Reply(msgspec.Struct, frozen=True, omit_defaults=True):
    """One answer, whole."""

    text: str
    tool_calls: tuple[ToolCall, ...] = ()
    reasoning: str = ""
    reasoning_state: Any = None
    finish_reason: str | None = None
    """`stop`, `length`, `tool_calls`, `content_filter`, `refusal`, or the vendor's own word."""
    usage: Usage = Usage()
    usage_raw: Any = None
    """The vendor's usage object as it came."""
    ttft: float | None = None
    """Seconds from the first byte sent to the first token of text, reasoning or call received."""
    latency: float = 0.0
    """Seconds from the first byte sent to the last received."""
    http_status: int | None = None
    served_model: str | None = None
    fingerprint: str | None = None
    provider: str | None = None
    """Who really served it, where a broker says so."""
    billed_usd: float | None = None
    """What the vendor says that it charged, where it says so."""
    logprobs: tuple[tuple[str, float | None], ...] | None = None
    read_as: str = ""
    """The dialect in which the calls were read out of the text here; empty: the server read them."""
    read_from: str = ""
    """That text, as it came."""
    rate_hint: float | None = None
    """Seconds after which the vendor's rate headers allow the next call; `None`: no word."""
