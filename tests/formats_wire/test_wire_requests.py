"""What each format sends: golden bodies for one conversation, one tool round, one continuation."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from assay.core.errors import Fault
from assay.core.messages import Message, Request, Sampling, Tool, ToolCall
from assay.formats.wire import WIRES, WireError, wire_for

SCHEMA = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}
WEATHER = Tool(name="weather", description="Looks outside", parameters=SCHEMA)
SETTINGS = Sampling(max_tokens=64, temperature=0.5, top_p=0.9, seed=7, stop=("END",))
TALK = Request(
    messages=(Message(role="system", content="Be brief."), Message(role="user", content="Hello")), sampling=SETTINGS
)
ROUND = Request(
    messages=(
        Message(role="user", content="Weather in Brno?"),
        Message(role="assistant", tool_calls=(ToolCall("c1", "weather", '{"city":"Brno"}'),)),
        Message(role="tool", content="12 °C", tool_call_id="c1"),
        Message(role="user", content="And tomorrow?"),
    ),
    tools=(WEATHER,),
    tool_choice="weather",
)
FIM = Request(prompt="def f():\n", suffix="\n    return x", sampling=SETTINGS)
OPENAI_TOOL = {
    "type": "function",
    "function": {"name": "weather", "description": "Looks outside", "parameters": SCHEMA},
}

GOLDEN: list[tuple[str, Request, bool, str, dict[str, Any]]] = [
    (
        "openai_chat",
        TALK,
        True,
        "/chat/completions",
        {
            "model": "m",
            "messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hello"}],
            "max_tokens": 64,
            "temperature": 0.5,
            "top_p": 0.9,
            "seed": 7,
            "stop": ["END"],
            "stream": True,
            "stream_options": {"include_usage": True},
        },
    ),
    (
        "openai_chat",
        ROUND,
        False,
        "/chat/completions",
        {
            "model": "m",
            "messages": [
                {"role": "user", "content": "Weather in Brno?"},
                {
                    "role": "assistant",
                    "content": None,
                    "tool_calls": [
                        {
                            "id": "c1",
                            "type": "function",
                            "function": {"name": "weather", "arguments": '{"city":"Brno"}'},
                        }
                    ],
                },
                {"role": "tool", "content": "12 °C", "tool_call_id": "c1"},
                {"role": "user", "content": "And tomorrow?"},
            ],
            "tools": [OPENAI_TOOL],
            "tool_choice": {"type": "function", "function": {"name": "weather"}},
        },
    ),
    (
        "openai_completions",
        FIM,
        True,
        "/completions",
        {
            "model": "m",
            "prompt": "def f():\n",
            "suffix": "\n    return x",
            "max_tokens": 64,
            "temperature": 0.5,
            "top_p": 0.9,
            "seed": 7,
            "stop": ["END"],
            "stream": True,
            "stream_options": {"include_usage": True},
        },
    ),
    (
        "openai_completions",
        Request(prompt="2+2=", sampling=Sampling(max_tokens=0, echo=True, logprobs=1)),
        False,
        "/completions",
        {"model": "m", "prompt": "2+2=", "max_tokens": 0, "logprobs": 1, "echo": True},
    ),
    (
        "infill",
        FIM,
        True,
        "/infill",
        {
            "model": "m",
            "input_prefix": "def f():\n",
            "input_suffix": "\n    return x",
            "n_predict": 64,
            "temperature": 0.5,
            "top_p": 0.9,
            "seed": 7,
            "stop": ["END"],
            "stream": True,
        },
    ),
    (
        "generate",
        FIM,
        True,
        "/api/generate",
        {
            "model": "m",
            "prompt": "def f():\n",
            "stream": True,
            "suffix": "\n    return x",
            "options": {"num_predict": 64, "temperature": 0.5, "top_p": 0.9, "seed": 7, "stop": ["END"]},
        },
    ),
    (
        "openai_responses",
        TALK,
        True,
        "/responses",
        {
            "model": "m",
            "input": [{"role": "user", "content": "Hello"}],
            "store": False,
            "instructions": "Be brief.",
            "max_output_tokens": 64,
            "temperature": 0.5,
            "top_p": 0.9,
            "stream": True,
        },
    ),
    (
        "openai_responses",
        ROUND,
        False,
        "/responses",
        {
            "model": "m",
            "input": [
                {"role": "user", "content": "Weather in Brno?"},
                {"type": "function_call", "call_id": "c1", "name": "weather", "arguments": '{"city":"Brno"}'},
                {"type": "function_call_output", "call_id": "c1", "output": "12 °C"},
                {"role": "user", "content": "And tomorrow?"},
            ],
            "store": False,
            "tools": [
                {
                    "type": "function",
                    "name": "weather",
                    "description": "Looks outside",
                    "parameters": SCHEMA,
                    "strict": False,
                }
            ],
            "tool_choice": {"type": "function", "name": "weather"},
        },
    ),
    (
        "anthropic",
        TALK,
        True,
        "/messages",
        {
            "model": "m",
            "max_tokens": 64,
            "messages": [{"role": "user", "content": [{"type": "text", "text": "Hello"}]}],
            "system": "Be brief.",
            "temperature": 0.5,
            "top_p": 0.9,
            "stop_sequences": ["END"],
            "stream": True,
        },
    ),
    (
        "anthropic",
        ROUND,
        False,
        "/messages",
        {
            "model": "m",
            "max_tokens": 8192,
            "messages": [
                {"role": "user", "content": [{"type": "text", "text": "Weather in Brno?"}]},
                {
                    "role": "assistant",
                    "content": [{"type": "tool_use", "id": "c1", "name": "weather", "input": {"city": "Brno"}}],
                },
                {
                    "role": "user",
                    "content": [
                        {"type": "tool_result", "tool_use_id": "c1", "content": "12 °C"},
                        {"type": "text", "text": "And tomorrow?"},
                    ],
                },
            ],
            "tools": [{"name": "weather", "description": "Looks outside", "input_schema": SCHEMA}],
            "tool_choice": {"type": "tool", "name": "weather"},
        },
    ),
    (
        "gemini",
        TALK,
        True,
        "/models/m:streamGenerateContent",
        {
            "contents": [{"role": "user", "parts": [{"text": "Hello"}]}],
            "systemInstruction": {"parts": [{"text": "Be brief."}]},
            "generationConfig": {
                "maxOutputTokens": 64,
                "temperature": 0.5,
                "topP": 0.9,
                "seed": 7,
                "stopSequences": ["END"],
            },
        },
    ),
    (
        "gemini",
        ROUND,
        False,
        "/models/m:generateContent",
        {
            "contents": [
                {"role": "user", "parts": [{"text": "Weather in Brno?"}]},
                {
                    "role": "model",
                    "parts": [{"functionCall": {"name": "weather", "args": {"city": "Brno"}, "id": "c1"}}],
                },
                {
                    "role": "user",
                    "parts": [
                        {"functionResponse": {"name": "weather", "response": {"result": "12 °C"}, "id": "c1"}},
                        {"text": "And tomorrow?"},
                    ],
                },
            ],
            "tools": [
                {
                    "functionDeclarations": [
                        {"name": "weather", "description": "Looks outside", "parametersJsonSchema": SCHEMA}
                    ]
                }
            ],
            "toolConfig": {"functionCallingConfig": {"mode": "ANY", "allowedFunctionNames": ["weather"]}},
        },
    ),
]


@pytest.mark.parametrize(
    ("wire", "request_", "stream", "path", "body"),
    GOLDEN,
    ids=[f"{row[0]}-{number}" for number, row in enumerate(GOLDEN)],
)
def test_the_body_is_what_the_vendor_documents(
    wire: str, request_: Request, stream: bool, path: str, body: dict[str, Any]
) -> None:
    """Every key that is sent was asked for, and every setting that the format has is sent."""
    call = WIRES[wire].call(request_, model_id="m", stream=stream)
    assert call.path == path
    assert msgspec.json.decode(msgspec.json.encode(call.body)) == body


@pytest.mark.parametrize("name", list(WIRES))
def test_a_key_is_a_header_and_nowhere_else(name: str) -> None:
    """The call itself holds no key, and the key never goes into the query."""
    wire = WIRES[name]
    call = wire.call(Request(prompt="x"), model_id="m", stream=True)
    headers = wire.auth("sk-secret")
    assert list(headers.values()) in (["Bearer sk-secret"], ["sk-secret"])
    assert "secret" not in repr(call)


@pytest.mark.parametrize("name", list(WIRES))
def test_the_users_own_keys_come_last_and_null_takes_ours_out(name: str) -> None:
    """`extra_body` overrides, adds and removes."""
    request = Request(prompt="x", sampling=Sampling(temperature=0.1, extra_body={"mine": [1], "model": None}))
    body = WIRES[name].call(request, model_id="m", stream=False).body
    assert body["mine"] == [1]
    assert "model" not in body


def test_openai_itself_gets_the_newer_name_of_the_limit() -> None:
    """Only at OpenAI's own host; a user who names the limit otherwise is obeyed."""
    request = Request(prompt="x", sampling=Sampling(max_tokens=9))
    own = wire_for("openai_chat", host="api.openai.com").call(request, model_id="m", stream=False).body
    other = wire_for("openai_chat", host="localhost").call(request, model_id="m", stream=False).body
    assert (own.get("max_completion_tokens"), own.get("max_tokens")) == (9, None)
    assert (other.get("max_completion_tokens"), other.get("max_tokens")) == (None, 9)
    named = Request(prompt="x", sampling=Sampling(max_tokens=9, extra_body={"max_completion_tokens": 5}))
    body = wire_for("openai_chat", host="localhost").call(named, model_id="m", stream=False).body
    assert (body.get("max_completion_tokens"), body.get("max_tokens")) == (5, None)


@pytest.mark.parametrize(
    ("wire", "model", "effort", "expected"),
    [
        ("openai_chat", "m", "high", {"reasoning_effort": "high"}),
        (
            "openai_responses",
            "m",
            "low",
            {"reasoning": {"effort": "low", "summary": "auto"}, "include": ["reasoning.encrypted_content"]},
        ),
        ("anthropic", "claude-opus-5", "high", {"thinking": {"type": "adaptive"}, "output_config": {"effort": "high"}}),
        (
            "anthropic",
            "claude-sonnet-4-5-20250929",
            "high",
            {"thinking": {"type": "enabled", "budget_tokens": 16384}, "max_tokens": 8192 + 16384},
        ),
        ("anthropic", "claude-opus-4-20250514", "2000", {"thinking": {"type": "enabled", "budget_tokens": 2000}}),
        ("anthropic", "claude-opus-4-6", "low", {"output_config": {"effort": "low"}}),
        ("anthropic", "claude-opus-5", "none", {"thinking": {"type": "disabled"}}),
        (
            "gemini",
            "gemini-3-pro",
            "low",
            {"generationConfig": {"thinkingConfig": {"thinkingLevel": "low", "includeThoughts": True}}},
        ),
        (
            "gemini",
            "gemini-2.5-flash",
            "medium",
            {"generationConfig": {"thinkingConfig": {"thinkingBudget": 8192, "includeThoughts": True}}},
        ),
        (
            "gemini",
            "gemini-2.5-flash",
            "none",
            {"generationConfig": {"thinkingConfig": {"thinkingBudget": 0, "includeThoughts": False}}},
        ),
    ],
)
def test_effort_is_said_in_each_formats_words(wire: str, model: str, effort: str, expected: dict[str, Any]) -> None:
    """One setting, five dialects; older models get a budget of tokens."""
    request = Request(prompt="x", sampling=Sampling(reasoning_effort=effort))
    body = WIRES[wire].call(request, model_id=model, stream=False).body
    assert {key: body.get(key) for key in expected} == expected


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ("auto", ["auto", {"type": "auto"}, {"functionCallingConfig": {"mode": "AUTO"}}]),
        ("none", ["none", {"type": "none"}, {"functionCallingConfig": {"mode": "NONE"}}]),
        ("required", ["required", {"type": "any"}, {"functionCallingConfig": {"mode": "ANY"}}]),
    ],
)
def test_tool_choice_is_said_in_each_formats_words(choice: str, expected: list[Any]) -> None:
    """The three words that all vendors have."""
    request = Request(prompt="x", tools=(WEATHER,), tool_choice=choice)
    bodies = {name: WIRES[name].call(request, model_id="m", stream=False).body for name in WIRES if name in CHATS}
    said = [bodies["openai_chat"]["tool_choice"], bodies["anthropic"]["tool_choice"], bodies["gemini"]["toolConfig"]]
    assert said == expected
    assert bodies["openai_responses"]["tool_choice"] == choice


CHATS = ("openai_chat", "openai_responses", "anthropic", "gemini")


@pytest.mark.parametrize("name", CHATS)
def test_a_format_of_turns_says_that_it_cannot_fill_in(name: str) -> None:
    """A suffix is refused, never dropped."""
    with pytest.raises(WireError) as caught:
        WIRES[name].call(FIM, model_id="m", stream=True)
    assert caught.value.fault is Fault.REJECTED


@pytest.mark.parametrize("name", ["openai_completions", "infill", "generate"])
def test_a_format_of_text_says_that_it_takes_no_tools(name: str) -> None:
    """So are tools."""
    with pytest.raises(WireError) as caught:
        WIRES[name].call(ROUND, model_id="m", stream=True)
    assert caught.value.fault is Fault.REJECTED


def test_geminis_model_id_cannot_leave_its_place_in_the_path() -> None:
    """An id is quoted, and the list's `models/` in front of it is taken off."""
    wire = WIRES["gemini"]
    assert wire.call(Request(prompt="x"), model_id="models/g", stream=False).path == "/models/g:generateContent"
    assert wire.call(Request(prompt="x"), model_id="../a?b", stream=False).path == "/models/..%2Fa%3Fb:generateContent"
