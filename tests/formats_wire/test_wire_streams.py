"""Transcripts as the vendors document them, in, and the reply that they hold, out."""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec
import pytest

from assay.core.errors import Fault
from assay.core.messages import Message, Reply, Request, ToolCall, Usage
from assay.formats.wire import WIRES, WireError


def chat(delta: dict[str, Any], finish: str | None = None, **top: Any) -> dict[str, Any]:
    choice = {"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}
    return {"id": "x", "object": "chat.completion.chunk", "model": "m-2", "choices": [choice], **top}


def call_delta(index: int | None, *, call_id: str | None = None, name: str | None = None, arguments: str = "") -> Any:
    function = {"arguments": arguments, **({"name": name} if name else {})}
    piece: dict[str, Any] = {"function": function}
    if index is not None:
        piece["index"] = index
    if call_id:
        piece |= {"id": call_id, "type": "function"}
    return {"tool_calls": [piece]}


class Row(NamedTuple):
    name: str
    wire: str
    stream: list[Any]
    """Values are written as JSON, bytes are fed as they are."""
    expected: dict[str, Any]
    """Fields of the reply."""
    first: int
    """The event with the first token, from 0; -1: none."""


THINKING = {"type": "thinking", "thinking": "Let me see.", "signature": "sig=="}

ROWS = [
    Row(
        "chat: text, usage behind the end, cached and reasoning tokens",
        "openai_chat",
        [
            chat({"role": "assistant", "content": ""}, system_fingerprint="fp_1"),
            chat({"content": "Hel"}),
            chat({"content": "lo"}),
            chat({}, "stop"),
            {
                "model": "m-2",
                "choices": [],
                "usage": {
                    "prompt_tokens": 100,
                    "completion_tokens": 20,
                    "total_tokens": 120,
                    "prompt_tokens_details": {"cached_tokens": 60, "cache_write_tokens": 10},
                    "completion_tokens_details": {"reasoning_tokens": 15},
                },
            },
            b"[DONE]",
        ],
        {
            "text": "Hello",
            "finish_reason": "stop",
            "served_model": "m-2",
            "fingerprint": "fp_1",
            "usage": Usage(input=30, output=20, cache_read=60, cache_write=10, reasoning=15),
        },
        1,
    ),
    Row(
        "chat: two tool calls in pieces, interleaved",
        "openai_chat",
        [
            chat({"role": "assistant", "content": None}),
            chat(call_delta(0, call_id="a", name="f")),
            chat(call_delta(0, arguments='{"x"')),
            chat(call_delta(1, call_id="b", name="g", arguments="{")),
            chat(call_delta(0, arguments=":1}")),
            chat(call_delta(1, arguments="}")),
            chat({}, "tool_calls"),
            b"[DONE]",
        ],
        {
            "text": "",
            "tool_calls": (ToolCall("a", "f", '{"x":1}'), ToolCall("b", "g", "{}")),
            "finish_reason": "tool_calls",
            "usage": Usage(),
        },
        1,
    ),
    Row(
        "chat: a server that numbers every call 0, and one that numbers none",
        "openai_chat",
        [
            chat(call_delta(0, call_id="a", name="f", arguments="{}")),
            chat(call_delta(0, call_id="b", name="f", arguments="{}")),
            chat(call_delta(None, call_id="c", name="g", arguments='{"y"')),
            chat(call_delta(None, arguments=":2}")),
            chat({}, "tool_calls"),
        ],
        {
            "tool_calls": (ToolCall("a", "f", "{}"), ToolCall("b", "f", "{}"), ToolCall("c", "g", '{"y":2}')),
        },
        0,
    ),
    Row(
        "chat: reasoning_content, kept for a round of tools under its own name",
        "openai_chat",
        [
            chat({"reasoning_content": "hm"}),
            chat({"reasoning_content": "m"}),
            chat(call_delta(0, name="f", arguments="{}")),
            chat({}, "tool_calls"),
        ],
        {
            "reasoning": "hmm",
            "reasoning_state": {"reasoning_content": "hmm"},
            "tool_calls": (ToolCall("call_0", "f", "{}"),),
        },
        0,
    ),
    Row(
        "chat: a broker's reasoning under two names at once, its price, and who served",
        "openai_chat",
        [
            chat(
                {"reasoning": "a", "reasoning_content": "a", "reasoning_details": [{"type": "reasoning.text"}]},
                provider="Fireworks",
            ),
            chat({"content": "ok"}),
            chat({}, "stop"),
            {"choices": [], "usage": {"prompt_tokens": 5, "completion_tokens": 2, "cost": 0.00125}},
            b"[DONE]",
        ],
        {
            "text": "ok",
            "reasoning": "a",
            "reasoning_state": {"reasoning_details": [{"type": "reasoning.text"}]},
            "provider": "Fireworks",
            "billed_usd": 0.00125,
            "usage": Usage(input=5, output=2),
        },
        0,
    ),
    Row(
        "chat: content in parts, a limit in another's word",
        "openai_chat",
        [
            chat({"content": [{"type": "thinking", "thinking": [{"type": "text", "text": "so"}]}]}),
            chat({"content": [{"type": "text", "text": "yes"}]}),
            chat({}, "model_length"),
        ],
        {"text": "yes", "reasoning": "so", "finish_reason": "length"},
        0,
    ),
    Row(
        "chat: a refusal, and log-probabilities",
        "openai_chat",
        [
            chat({"refusal": "I can"}),
            chat({"refusal": "not."}),
            {
                "choices": [
                    {
                        "index": 0,
                        "delta": {},
                        "finish_reason": "stop",
                        "logprobs": {"content": [{"token": "I", "logprob": -0.5, "top_logprobs": []}]},
                    }
                ]
            },
            b"[DONE]",
        ],
        {"text": "I cannot.", "finish_reason": "refusal", "logprobs": (("I", -0.5),)},
        0,
    ),
    Row(
        "completions: text, echoed log-probabilities with none for the first token",
        "openai_completions",
        [
            {
                "model": "base",
                "choices": [
                    {"index": 0, "text": "2+", "logprobs": {"tokens": ["2", "+"], "token_logprobs": [None, -1.5]}}
                ],
            },
            {"choices": [{"index": 0, "text": "2", "finish_reason": "length"}]},
            {"choices": [], "usage": {"prompt_tokens": 2, "completion_tokens": 1}},
            b"[DONE]",
        ],
        {
            "text": "2+2",
            "finish_reason": "length",
            "served_model": "base",
            "logprobs": (("2", None), ("+", -1.5)),
            "usage": Usage(input=2, output=1),
        },
        0,
    ),
    Row(
        "infill: llama.cpp's last line has the counts",
        "infill",
        [
            {"content": "    x", "stop": False},
            {"content": " = 1", "stop": False},
            {
                "content": "",
                "stop": True,
                "stop_type": "eos",
                "model": "qwen.gguf",
                "tokens_evaluated": 30,
                "tokens_predicted": 4,
                "timings": {"cache_n": 10},
            },
        ],
        {
            "text": "    x = 1",
            "finish_reason": "stop",
            "served_model": "qwen.gguf",
            "usage": Usage(input=20, output=4, cache_read=10),
        },
        0,
    ),
    Row(
        "generate: Ollama's last line has the counts",
        "generate",
        [
            {"model": "qwen", "response": "ret", "done": False},
            {"model": "qwen", "response": "urn", "done": False},
            {
                "model": "qwen",
                "response": "",
                "done": True,
                "done_reason": "length",
                "prompt_eval_count": 9,
                "eval_count": 2,
            },
        ],
        {"text": "return", "finish_reason": "length", "usage": Usage(input=9, output=2)},
        0,
    ),
    Row(
        "responses: reasoning, text and a call; the last event counts",
        "openai_responses",
        [
            {"type": "response.created", "response": {"status": "in_progress"}},
            {"type": "response.output_item.added", "output_index": 0, "item": {"type": "reasoning"}},
            {"type": "response.reasoning_summary_text.delta", "delta": "Thi"},
            {"type": "response.output_text.delta", "delta": "Hi"},
            {
                "type": "response.completed",
                "response": {
                    "status": "completed",
                    "model": "gpt-x",
                    "output": [
                        {
                            "type": "reasoning",
                            "id": "rs_1",
                            "summary": [{"type": "summary_text", "text": "Think"}],
                            "encrypted_content": "gAAA",
                        },
                        {"type": "message", "content": [{"type": "output_text", "text": "Hi"}]},
                        {"type": "function_call", "call_id": "c9", "name": "f", "arguments": "{}"},
                    ],
                    "usage": {
                        "input_tokens": 50,
                        "input_tokens_details": {"cached_tokens": 20, "cache_write_tokens": 0},
                        "output_tokens": 30,
                        "output_tokens_details": {"reasoning_tokens": 25},
                    },
                },
            },
        ],
        {
            "text": "Hi",
            "reasoning": "Think",
            "tool_calls": (ToolCall("c9", "f", "{}"),),
            "finish_reason": "tool_calls",
            "served_model": "gpt-x",
            "usage": Usage(input=30, output=30, cache_read=20, cache_write=0, reasoning=25),
        },
        2,
    ),
    Row(
        "responses: cut at the limit; the items came only as events",
        "openai_responses",
        [
            {"type": "response.output_text.delta", "delta": "Hi"},
            {
                "type": "response.output_item.done",
                "item": {"type": "message", "content": [{"type": "output_text", "text": "Hi"}]},
            },
            {
                "type": "response.incomplete",
                "response": {"status": "incomplete", "incomplete_details": {"reason": "max_output_tokens"}},
            },
        ],
        {"text": "Hi", "finish_reason": "length"},
        0,
    ),
    Row(
        "anthropic: thinking with its signature, text, a call in pieces, caches apart",
        "anthropic",
        [
            {
                "type": "message_start",
                "message": {
                    "model": "claude-x",
                    "usage": {
                        "input_tokens": 10,
                        "cache_read_input_tokens": 100,
                        "cache_creation_input_tokens": 20,
                        "output_tokens": 1,
                    },
                },
            },
            {"type": "ping"},
            {"type": "content_block_start", "index": 0, "content_block": {"type": "thinking", "thinking": ""}},
            {"type": "content_block_delta", "index": 0, "delta": {"type": "thinking_delta", "thinking": "Let me "}},
            {"type": "content_block_delta", "index": 0, "delta": {"type": "thinking_delta", "thinking": "see."}},
            {"type": "content_block_delta", "index": 0, "delta": {"type": "signature_delta", "signature": "sig=="}},
            {"type": "content_block_stop", "index": 0},
            {"type": "content_block_start", "index": 1, "content_block": {"type": "text", "text": ""}},
            {"type": "content_block_delta", "index": 1, "delta": {"type": "text_delta", "text": "Look"}},
            {"type": "content_block_delta", "index": 1, "delta": {"type": "text_delta", "text": "ing."}},
            {"type": "content_block_stop", "index": 1},
            {
                "type": "content_block_start",
                "index": 2,
                "content_block": {"type": "tool_use", "id": "toolu_1", "name": "weather", "input": {}},
            },
            {"type": "content_block_delta", "index": 2, "delta": {"type": "input_json_delta", "partial_json": ""}},
            {
                "type": "content_block_delta",
                "index": 2,
                "delta": {"type": "input_json_delta", "partial_json": '{"city": '},
            },
            {
                "type": "content_block_delta",
                "index": 2,
                "delta": {"type": "input_json_delta", "partial_json": '"Brno"}'},
            },
            {"type": "content_block_stop", "index": 2},
            {
                "type": "message_delta",
                "delta": {"stop_reason": "tool_use", "stop_sequence": None},
                "usage": {"output_tokens": 40, "output_tokens_details": {"thinking_tokens": 30}},
            },
            {"type": "message_stop"},
        ],
        {
            "text": "Looking.",
            "reasoning": "Let me see.",
            "tool_calls": (ToolCall("toolu_1", "weather", '{"city": "Brno"}'),),
            "reasoning_state": [
                THINKING,
                {"type": "text", "text": "Looking."},
                {"type": "tool_use", "id": "toolu_1", "name": "weather", "input": {"city": "Brno"}},
            ],
            "finish_reason": "tool_calls",
            "served_model": "claude-x",
            "usage": Usage(input=10, output=40, cache_read=100, cache_write=20, reasoning=30),
        },
        2,
    ),
    Row(
        "anthropic: a refusal",
        "anthropic",
        [
            {"type": "message_start", "message": {"model": "c", "usage": {"input_tokens": 3, "output_tokens": 1}}},
            {"type": "message_delta", "delta": {"stop_reason": "refusal"}, "usage": {"output_tokens": 1}},
            {"type": "message_stop"},
        ],
        {"text": "", "finish_reason": "refusal", "usage": Usage(input=3, output=1)},
        -1,
    ),
    Row(
        "gemini: thoughts, text, a signed call; thoughts are output too",
        "gemini",
        [
            {"candidates": [{"content": {"parts": [{"text": "Hm.", "thought": True}], "role": "model"}, "index": 0}]},
            {"candidates": [{"content": {"parts": [{"text": "Ok "}], "role": "model"}, "index": 0}]},
            {
                "candidates": [
                    {
                        "content": {
                            "parts": [
                                {"functionCall": {"name": "f", "args": {"x": 1}}, "thoughtSignature": "S1"},
                                {"functionCall": {"name": "g", "args": {}, "id": "q"}},
                            ]
                        },
                        "finishReason": "STOP",
                        "index": 0,
                    }
                ],
                "usageMetadata": {
                    "promptTokenCount": 80,
                    "cachedContentTokenCount": 30,
                    "candidatesTokenCount": 12,
                    "thoughtsTokenCount": 8,
                    "totalTokenCount": 100,
                },
                "modelVersion": "gemini-x",
            },
        ],
        {
            "text": "Ok ",
            "reasoning": "Hm.",
            "tool_calls": (ToolCall("call_0", "f", '{"x":1}'), ToolCall("q", "g", "{}")),
            "reasoning_state": {"text": None, "calls": ["S1", None]},
            "finish_reason": "tool_calls",
            "served_model": "gemini-x",
            "usage": Usage(input=50, output=20, cache_read=30, reasoning=8),
        },
        0,
    ),
    Row(
        "gemini: a blocked prompt is an answer of a kind",
        "gemini",
        [{"promptFeedback": {"blockReason": "SAFETY"}, "usageMetadata": {"promptTokenCount": 4}}],
        {"text": "", "finish_reason": "content_filter", "usage": Usage(input=4)},
        -1,
    ),
    Row(
        "gemini: an answer broken off by the filter",
        "gemini",
        [{"candidates": [{"content": {"parts": [{"text": "Well"}]}, "finishReason": "RECITATION"}]}],
        {"text": "Well", "finish_reason": "content_filter"},
        0,
    ),
]


def written(event: Any) -> bytes:
    return event if isinstance(event, bytes) else msgspec.json.encode(event)


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
def test_a_transcript_gives_its_reply(row: Row) -> None:
    """Text, reasoning, calls, end, usage and names come out, and the first token is seen where it is."""
    reader = WIRES[row.wire].reader()
    first = -1
    for number, event in enumerate(row.stream):
        reader.feed(written(event))
        if first < 0 and reader.started:
            first = number
    reply = reader.reply()
    assert reader.ended
    assert {field: getattr(reply, field) for field in row.expected} == row.expected
    assert first == row.first


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
def test_a_transcript_cut_before_its_end_is_known_as_cut(row: Row) -> None:
    """However much of it came: without its end it is a cut stream and never a short answer."""
    for upto in range(len(row.stream)):
        reader = WIRES[row.wire].reader()
        for event in row.stream[:upto]:
            reader.feed(written(event))
        if reader.ended:
            break
        with pytest.raises(WireError) as caught:
            reader.reply()
        assert caught.value.fault is Fault.CUT


WHOLE: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    (
        "openai_chat",
        {
            "model": "m",
            "choices": [
                {
                    "index": 0,
                    "message": {
                        "role": "assistant",
                        "content": "Hi",
                        "tool_calls": [
                            {"id": "a", "type": "function", "function": {"name": "f", "arguments": {"x": 1}}}
                        ],
                    },
                    "finish_reason": "tool_calls",
                }
            ],
            "usage": {"prompt_tokens": 3, "completion_tokens": 4, "prompt_cache_hit_tokens": 1},
        },
        {"text": "Hi", "tool_calls": (ToolCall("a", "f", '{"x":1}'),), "usage": Usage(input=2, output=4, cache_read=1)},
    ),
    (
        "openai_completions",
        {"choices": [{"index": 0, "text": "ok", "finish_reason": "stop"}]},
        {"text": "ok", "usage": Usage()},
    ),
    ("infill", {"content": "mid", "stop": True, "stop_type": "limit"}, {"text": "mid", "finish_reason": "length"}),
    ("generate", {"response": "mid", "done": True, "done_reason": "stop"}, {"text": "mid", "finish_reason": "stop"}),
    (
        "openai_responses",
        {"status": "completed", "output": [{"type": "message", "content": [{"type": "refusal", "refusal": "No."}]}]},
        {"text": "No.", "finish_reason": "refusal"},
    ),
    (
        "anthropic",
        {
            "model": "c",
            "content": [
                {"type": "text", "text": "Hi"},
                {"type": "tool_use", "id": "t", "name": "f", "input": {"x": 1}},
            ],
            "stop_reason": "tool_use",
            "usage": {"input_tokens": 1, "output_tokens": 2},
        },
        {"text": "Hi", "tool_calls": (ToolCall("t", "f", '{"x":1}'),), "usage": Usage(input=1, output=2)},
    ),
    (
        "gemini",
        {"candidates": [{"content": {"parts": [{"text": "Hi"}]}, "finishReason": "MAX_TOKENS"}]},
        {"text": "Hi", "finish_reason": "length"},
    ),
]


@pytest.mark.parametrize(("wire", "body", "expected"), WHOLE, ids=[row[0] for row in WHOLE])
def test_an_answer_in_one_piece_gives_its_reply(wire: str, body: Any, expected: dict[str, Any]) -> None:
    """The same parts, whole."""
    reply = WIRES[wire].whole(msgspec.json.encode(body))
    assert {field: getattr(reply, field) for field in expected} == expected


EMPTY: list[tuple[str, Any]] = [
    ("openai_chat", {"choices": []}),
    ("openai_chat", {}),
    ("openai_completions", {"choices": []}),
    ("infill", {}),
    ("generate", {"model": "x"}),
    ("openai_responses", {"status": "completed"}),
    ("anthropic", {"role": "assistant"}),
    ("gemini", {"candidates": []}),
]


@pytest.mark.parametrize(("wire", "body"), EMPTY)
def test_an_answer_with_nothing_in_it_is_malformed(wire: str, body: Any) -> None:
    """Not an empty answer: the model never got to say that."""
    with pytest.raises(WireError) as caught:
        WIRES[wire].whole(msgspec.json.encode(body))
    assert caught.value.fault is Fault.MALFORMED


@pytest.mark.parametrize("name", list(WIRES))
@pytest.mark.parametrize("junk", [b"", b"{", b"not json", b"[1]", b'"text"', b"\xff\xfe{}", b"null"])
def test_junk_is_malformed(name: str, junk: bytes) -> None:
    """Whatever is no JSON object of the format says so, whole or in a stream."""
    with pytest.raises(WireError) as caught:
        WIRES[name].whole(junk)
    assert caught.value.fault in (Fault.MALFORMED, Fault.SERVER)
    with pytest.raises(WireError):
        reader = WIRES[name].reader()
        reader.feed(junk)
        reader.reply()


ERRORS: list[tuple[str, Any, Fault]] = [
    ("openai_chat", {"error": {"message": "Overloaded", "type": "server_error", "code": None}}, Fault.SERVER),
    ("openai_chat", {"error": {"message": "slow down", "code": 429}}, Fault.RATE),
    ("openai_chat", {"error": "it broke"}, Fault.SERVER),
    ("openai_chat", chat({}, "error"), Fault.SERVER),
    (
        "openai_chat",
        {"object": "error", "message": "This model's maximum context length is 10 tokens.", "code": 400},
        Fault.CONTEXT,
    ),
    ("openai_completions", {"error": {"message": "x", "type": "rate_limit_exceeded"}}, Fault.RATE),
    ("infill", {"error": {"code": 400, "message": "bad", "type": "exceed_context_size_error"}}, Fault.CONTEXT),
    ("generate", {"error": "model 'x' does not support insert"}, Fault.SERVER),
    (
        "openai_responses",
        {"type": "response.failed", "response": {"error": {"code": "rate_limit_exceeded", "message": "later"}}},
        Fault.RATE,
    ),
    ("openai_responses", {"type": "error", "code": "server_error", "message": "oops"}, Fault.SERVER),
    ("anthropic", {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}, Fault.SERVER),
    ("anthropic", {"type": "error", "error": {"type": "rate_limit_error", "message": "x"}}, Fault.RATE),
    ("gemini", {"error": {"code": 503, "message": "overloaded", "status": "UNAVAILABLE"}}, Fault.SERVER),
]


@pytest.mark.parametrize(("wire", "event", "fault"), ERRORS)
def test_an_error_in_a_stream_is_the_error_that_it_says(wire: str, event: Any, fault: Fault) -> None:
    """A server that fails after its 200 has failed all the same."""
    reader = WIRES[wire].reader()
    with pytest.raises(WireError) as caught:
        reader.feed(written(event))
    assert caught.value.fault is fault


@pytest.mark.parametrize("row", [row for row in ROWS if row.expected.get("reasoning_state")], ids=lambda row: row.name)
def test_reasoning_goes_back_as_it_came(row: Row) -> None:
    """The next request of a round of tools holds what the vendor signed, where the vendor wants it."""
    reader = WIRES[row.wire].reader()
    for event in row.stream:
        reader.feed(written(event))
    body = next_body(row.wire, reader.reply())
    state = row.expected["reasoning_state"]
    if row.wire == "openai_chat":
        assert body["messages"][1].items() >= state.items()
    elif row.wire == "anthropic":
        assert body["messages"][1]["content"] == state
    else:
        assert [part.get("thoughtSignature") for part in body["contents"][1]["parts"]] == [None, "S1", None]


def test_responses_items_go_back_in_their_order() -> None:
    """Encrypted thinking is sent again before what followed from it."""
    row = next(row for row in ROWS if row.name.startswith("responses: reasoning"))
    output = row.stream[-1]["response"]["output"]
    reply = WIRES[row.wire].whole(msgspec.json.encode(row.stream[-1]["response"]))
    assert reply.reasoning_state == output
    assert next_body(row.wire, reply)["input"][1:4] == output


def next_body(wire: str, reply: Reply) -> Any:
    turns = (
        Message(role="user", content="go"),
        Message(
            role="assistant",
            content=reply.text,
            tool_calls=reply.tool_calls,
            reasoning=reply.reasoning,
            reasoning_state=reply.reasoning_state,
        ),
        *(Message(role="tool", content="r", tool_call_id=call.id) for call in reply.tool_calls),
    )
    call = WIRES[wire].call(Request(messages=turns), model_id="m", stream=False)
    return msgspec.json.decode(msgspec.json.encode(call.body))
