"""The server's own neutral words: what was asked, what is said, and how tokens are counted.

It knows the counting rule and what `max_tokens` and `stop` do to an answer; it refuses to know any
vendor's field names. Everything is deterministic: the same script and the same calls give the same bytes.

The counting rule: a token is four characters, rounded up per text. Input is counted over all texts of the
request (system, messages, tool results, prompt and suffix; not tool schemas). A script's cache counts come
on top of the input.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol, TypeVar

import msgspec

from assay.scripted.script import Answer, Call, Finish

TOKEN = 4
CREATED = 1_750_000_000
"""The time stamp of every answer: a clock would make two runs differ."""
CONTEXT = 8192
"""The context length that an `overflow` names."""

T = TypeVar("T")


class BadRequest(Exception):
    """Raised for a request that the vendor would answer with 400."""

    def __init__(self, message: str, *, param: str | None = None) -> None:
        super().__init__(message)
        self.param = param


class Given(msgspec.Struct, frozen=True):
    """What of a request is not in its body."""

    model: str = ""
    """The model named in the path, or the server's first one where a format names none."""
    method: str = ""
    query: Mapping[str, str] = {}
    headers: Mapping[str, str] = {}
    """Names in lower case."""


class Asked(msgspec.Struct, frozen=True):
    """One request, in no vendor's words."""

    model: str
    texts: tuple[str, ...]
    last: str
    """What was last said to the model: the text that rules look at."""
    stream: bool = False
    tools: tuple[str, ...] = ()
    max_tokens: int | None = None
    stop: tuple[str, ...] = ()
    logprobs: int | None = None
    """How many alternatives to show for each token; `None`: no logprobs at all."""
    echo: bool = False
    """The prompt comes back before the answer (`completions` only)."""
    reasoning: bool = True
    """Whether the caller wants to see the reasoning."""
    options: Mapping[str, Any] = {}
    """What only one format knows."""


class Counted(msgspec.Struct, frozen=True):
    """Tokens of one call. `input` leaves out the caches; `output` includes `reasoning`."""

    input: int
    output: int
    cache_read: int
    cache_write: int
    reasoning: int

    @property
    def prompt(self) -> int:
        """All that was read, cached or not."""
        return self.input + self.cache_read + self.cache_write


class Said(msgspec.Struct, frozen=True):
    """One answer as it leaves, in no vendor's words."""

    number: int
    model: str
    text: str
    reasoning: str
    refusal: str
    calls: tuple[Call, ...]
    finish: Finish
    stop_sequence: str | None
    usage: Counted
    chunk: int
    empty: bool = False
    """Nothing is in it: no choice, no block, no item, no candidate."""

    def call_id(self, index: int, prefix: str) -> str:
        """The id of one tool call: the script's own, or one made of the call's number."""
        return self.calls[index].id or f"{prefix}{self.number:06d}{index:02d}"


class Problem(msgspec.Struct, frozen=True):
    """Why there is no answer; each format says it in its vendor's body."""

    kind: str
    """`status`, `bad_request`, `wrong_key`, `missing_key`, `no_model` or `overflow`."""
    status: int = 0
    message: str = ""
    param: str | None = None
    retry_after: float | None = None
    model: str = ""
    tokens: int = 0


class Wire(Protocol):
    """One wire format from the vendor's side."""

    stream_type: str
    """The content type of a stream."""

    def asked(self, body: dict[str, Any], given: Given, /) -> Asked:
        """Raises BadRequest."""
        ...

    def whole(self, said: Said, asked: Asked) -> Any: ...

    def events(self, said: Said, asked: Asked) -> Iterator[bytes]: ...

    def problem(self, problem: Problem) -> tuple[int, Any]: ...

    def stream_error(self, body: Any, number: int, /) -> bytes: ...


def settle(answer: Answer, asked: Asked, *, number: int, empty: bool = False) -> Said:
    """The answer after `stop` and `max_tokens` have cut it, with its tokens counted."""
    text = asked.last if answer.echo else answer.text
    text, stop_sequence = cut_at_stop(text, asked.stop)
    reasoning, shown, short = answer.reasoning, text, False
    if asked.max_tokens is not None:
        reasoning = answer.reasoning[: asked.max_tokens * TOKEN]
        shown = text[: max(0, asked.max_tokens - count(reasoning)) * TOKEN]
        short = len(shown) < len(text) or len(reasoning) < len(answer.reasoning)
    return Said(
        number=number,
        model=answer.model or asked.model,
        text=shown,
        reasoning=reasoning,
        refusal=answer.refusal,
        calls=answer.tool_calls,
        finish=answer.finish or _finish(answer, short=short),
        stop_sequence=None if short else stop_sequence,
        usage=_counted(answer, asked, text=shown, reasoning=reasoning),
        chunk=answer.chunk,
        empty=empty,
    )


def _finish(answer: Answer, *, short: bool) -> Finish:
    if short:
        return "length"
    if answer.tool_calls:
        return "tool_calls"
    return "refusal" if answer.refusal else "stop"


def _counted(answer: Answer, asked: Asked, *, text: str, reasoning: str) -> Counted:
    given = answer.usage
    thought = count(reasoning) if given.reasoning is None else given.reasoning
    calls = sum(count(call.name) + count(call.json) for call in answer.tool_calls)
    output = thought + count(text) + count(answer.refusal) + calls
    return Counted(
        input=input_tokens(asked) if given.input is None else given.input,
        output=output if given.output is None else given.output,
        cache_read=given.cache_read or 0,
        cache_write=given.cache_write or 0,
        reasoning=thought,
    )


def cut_at_stop(text: str, stops: Sequence[str]) -> tuple[str, str | None]:
    """The text before the first stop sequence, and that sequence."""
    found = [(at, stop) for stop in stops if stop and (at := text.find(stop)) >= 0]
    if not found:
        return text, None
    at, stop = min(found)
    return text[:at], stop


def count(text: str) -> int:
    """The tokens of a text: a token is four characters."""
    return -(-len(text) // TOKEN)


def input_tokens(asked: Asked) -> int:
    """The tokens of everything that was said to the model."""
    return sum(count(text) for text in asked.texts)


def tokens(text: str) -> list[str]:
    """The text cut into its tokens."""
    return [text[start : start + TOKEN] for start in range(0, len(text), TOKEN)]


def pieces(text: str, *, chunk: int) -> Iterator[tuple[int, str]]:
    """The text in events of `chunk` tokens, each with the index of its first token."""
    step = chunk * TOKEN
    for start in range(0, len(text), step):
        yield start // TOKEN, text[start : start + step]


def logprob(index: int) -> float:
    """The invented log-probability of the token at `index`."""
    return -0.25 * (index % 4 + 1)


def alternatives(token: str, index: int, *, top: int) -> list[tuple[str, float]]:
    """The token itself and what else could have come, likeliest first."""
    return [(token if rank == 0 else f"{token}~{rank}", logprob(index) - rank) for rank in range(top)]


def encode(value: Any) -> bytes:
    """JSON."""
    return msgspec.json.encode(value)


def sse(value: Any, *, event: str = "") -> bytes:
    """One server-sent event."""
    head = f"event: {event}\n" if event else ""
    return head.encode() + b"data: " + encode(value) + b"\n\n"


def take(body: Mapping[str, Any], key: str, kind: type[T], default: T) -> T:
    """An optional field of a body; `null` counts as absent. Raises BadRequest."""
    value = body.get(key)
    if value is None:
        return default
    if (kind is int and isinstance(value, bool)) or not isinstance(value, kind):
        raise BadRequest(f"{key}: expected {_NAMES[kind]}", param=key)
    return value


def optional(body: Mapping[str, Any], key: str, kind: type[T]) -> T | None:
    """A field that may be absent, without a default. Raises BadRequest."""
    return None if body.get(key) is None else take(body, key, kind, kind())


def need(body: Mapping[str, Any], key: str, kind: type[T]) -> T:
    """A field that must be there. Raises BadRequest."""
    if body.get(key) is None:
        raise BadRequest(f"{key}: field required", param=key)
    return take(body, key, kind, kind())


_NAMES: dict[type, str] = {
    str: "a string",
    int: "an integer",
    bool: "a boolean",
    list: "an array",
    dict: "an object",
}


def strings(value: Any, key: str) -> tuple[str, ...]:
    """A string or a list of strings. Raises BadRequest."""
    if value is None:
        return ()
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    raise BadRequest(f"{key}: expected a string or an array of strings", param=key)


def text_of(content: Any) -> str:
    """The text in a message's content: a string, or parts of which some hold text."""
    if isinstance(content, str):
        return content
    if not isinstance(content, list):
        return ""
    parts = [part if isinstance(part, str) else part.get("text") for part in content if isinstance(part, str | dict)]
    return "".join(part for part in parts if isinstance(part, str))
