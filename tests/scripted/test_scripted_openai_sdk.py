"""OpenAI's own SDK, unchanged, against the scripted server: chat completions, completions, responses."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import openai
import pytest
from scripted_sdk_setup import ANSWER, KEY, SCRIPT, THOUGHT, WEATHER, user

from assay.scripted.server import ScriptedServer


@pytest.fixture
async def server() -> AsyncIterator[ScriptedServer]:
    async with ScriptedServer(SCRIPT, key=KEY) as running:
        yield running


@pytest.fixture
async def oai(server: ScriptedServer) -> AsyncIterator[openai.AsyncOpenAI]:
    async with openai.AsyncOpenAI(base_url=server.url, api_key=KEY, max_retries=0) as client:
        yield client


# --- OpenAI chat completions


async def test_openai_chat_answers_whole(oai: openai.AsyncOpenAI) -> None:
    """The SDK reads text, finish reason, model and usage of an unstreamed chat."""
    reply = await oai.chat.completions.create(model="demo", messages=user("add two numbers"))
    assert reply.choices[0].message.content == ANSWER
    assert reply.choices[0].finish_reason == "stop"
    assert reply.choices[0].message.model_dump()["reasoning_content"] == THOUGHT
    assert reply.model == "demo"
    assert reply.usage is not None and reply.usage.completion_tokens_details is not None
    assert reply.usage.prompt_tokens == 4
    assert reply.usage.completion_tokens_details.reasoning_tokens == -(-len(THOUGHT) // 4)


async def test_openai_chat_stream_says_the_same(oai: openai.AsyncOpenAI) -> None:
    """Deltas put together are the unstreamed answer, and usage comes last because it was asked for."""
    stream = await oai.chat.completions.create(
        model="demo", messages=user("add"), stream=True, stream_options={"include_usage": True}
    )
    chunks = [chunk async for chunk in stream]
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
    thought = "".join(
        chunk.choices[0].delta.model_dump().get("reasoning_content", "") for chunk in chunks if chunk.choices
    )
    assert (text, thought) == (ANSWER, THOUGHT)
    assert [chunk.choices[0].finish_reason for chunk in chunks if chunk.choices][-1] == "stop"
    assert chunks[-1].usage is not None and chunks[-1].usage.prompt_tokens == 1
    assert all(chunk.usage is None for chunk in chunks[:-1])


async def test_openai_chat_tools_and_their_results(oai: openai.AsyncOpenAI, server: ScriptedServer) -> None:
    """Calls come whole and as deltas through the SDK's streaming helper, and their results may be sent back."""
    tools: list[Any] = [{"type": "function", "function": {"name": "weather", "parameters": WEATHER}}]
    asked: Any = {"model": "demo", "messages": user("weather?"), "tools": tools}
    message = (await oai.chat.completions.create(**asked)).choices[0].message
    async with oai.chat.completions.stream(**asked) as stream:
        async for _ in stream:
            pass
        final = await stream.get_final_completion()
    for calls in (message.tool_calls, final.choices[0].message.tool_calls):
        functions = [call.function for call in calls or [] if call.type == "function"]
        assert [json.loads(function.arguments)["city"] for function in functions] == ["Köln", "Bonn"]
    assert final.choices[0].finish_reason == "tool_calls"
    results = [{"role": "tool", "tool_call_id": call.id, "content": "rainy"} for call in message.tool_calls or []]
    turns: list[Any] = [*user("weather?"), message.model_dump(exclude_none=True), *results]
    again = await oai.chat.completions.create(model="demo", messages=turns, tools=tools)
    assert again.choices[0].message.content == "It rains in both."
    assert server.requests[0].body["tools"] == tools
    with pytest.raises(openai.BadRequestError, match="must be a response to a preceding"):
        await oai.chat.completions.create(model="demo", messages=[*user("x"), results[0]])  # type: ignore[list-item]


async def test_openai_chat_logprobs(oai: openai.AsyncOpenAI) -> None:
    """Log-probabilities cover the text token by token, streamed or not."""
    asked: Any = {"model": "demo", "messages": user("add"), "logprobs": True, "top_logprobs": 2}
    whole = (await oai.chat.completions.create(**asked)).choices[0].logprobs
    stream = await oai.chat.completions.create(**asked, stream=True)
    parts = [chunk.choices[0].logprobs.content or [] async for chunk in stream if chunk.choices[0].logprobs]
    assert whole is not None and whole.content is not None
    assert "".join(token.token for token in whole.content) == ANSWER
    assert [token for part in parts for token in part] == whole.content
    assert all(len(token.top_logprobs) == 2 for token in whole.content)


async def test_openai_stop_reasons(oai: openai.AsyncOpenAI) -> None:
    """`max_tokens`, `stop`, a refusal and a filter each end an answer in OpenAI's words."""
    short = (await oai.chat.completions.create(model="demo", messages=user("x"), max_tokens=12)).choices[0]
    assert (short.finish_reason, short.message.content) == ("length", ANSWER[:12])
    stopped = (await oai.chat.completions.create(model="demo", messages=user("x"), stop=["return"])).choices[0]
    assert (stopped.finish_reason, stopped.message.content) == ("stop", "def add(a, b):\n    ")
    refused = (await oai.chat.completions.create(model="demo", messages=user("refuse"))).choices[0]
    assert (refused.message.refusal, refused.message.content) == ("I will not do that.", None)
    filtered = (await oai.chat.completions.create(model="demo", messages=user("filter"))).choices[0]
    assert filtered.finish_reason == "content_filter"


# --- OpenAI completions


async def test_openai_completions(oai: openai.AsyncOpenAI, server: ScriptedServer) -> None:
    """`suffix`, `echo` and `logprobs` are understood, streamed or not; 16 tokens are the default limit."""
    asked: Any = {"model": "demo", "prompt": "def ad", "suffix": "\n\n", "max_tokens": 99, "echo": True}
    whole = await oai.completions.create(**asked, logprobs=2)
    assert whole.choices[0].text == "def ad" + ANSWER
    logprobs = whole.choices[0].logprobs
    assert logprobs is not None and logprobs.tokens and logprobs.token_logprobs and logprobs.text_offset
    assert "".join(logprobs.tokens) == "def ad" + ANSWER
    assert logprobs.token_logprobs[0] is None and logprobs.token_logprobs[1] == -0.5
    assert logprobs.text_offset[:3] == [0, 4, 8]
    stream = await oai.completions.create(**asked, stream=True)
    assert "".join([chunk.choices[0].text async for chunk in stream]) == "def ad" + ANSWER
    assert server.requests[0].body["suffix"] == "\n\n"
    default = await oai.completions.create(model="demo", prompt="x")
    assert default.choices[0].finish_reason == "length"
    assert default.usage is not None and default.usage.completion_tokens == 16


# --- OpenAI responses


async def test_openai_responses(oai: openai.AsyncOpenAI) -> None:
    """Text, reasoning summary and usage come whole and through the SDK's streaming helper alike."""
    asked: Any = {"model": "demo", "input": "add", "instructions": "Be brief.", "reasoning": {"summary": "auto"}}
    whole: Any = await oai.responses.create(**asked)
    async with oai.responses.stream(**asked) as stream:
        kinds = [event.type async for event in stream]
        final = await stream.get_final_response()
    replies: list[Any] = [whole, final]
    for reply in replies:
        assert reply.output_text == ANSWER
        assert reply.status == "completed"
        assert reply.usage is not None and reply.usage.input_tokens == 4
        assert reply.output[0].type == "reasoning" and reply.output[0].summary[0].text == THOUGHT
    assert (kinds[0], kinds[-1]) == ("response.created", "response.completed")
    assert {"response.reasoning_summary_text.delta", "response.output_text.delta"} <= set(kinds)
    silent = await oai.responses.create(model="demo", input="add")
    assert silent.output[0].type == "reasoning" and silent.output[0].summary == []


async def test_openai_responses_tools(oai: openai.AsyncOpenAI) -> None:
    """Function calls come whole and as argument deltas, and their outputs may be sent back."""
    tools: list[Any] = [{"type": "function", "name": "weather", "parameters": WEATHER, "strict": False}]
    asked: Any = {"model": "demo", "input": user("weather?"), "tools": tools}
    whole: Any = await oai.responses.create(**asked)
    async with oai.responses.stream(**asked) as stream:
        final = await stream.get_final_response()
    replies: list[Any] = [whole, final]
    for reply in replies:
        calls = [item for item in reply.output if item.type == "function_call"]
        assert [json.loads(call.arguments)["city"] for call in calls] == ["Köln", "Bonn"]
    items = [item.model_dump(exclude_none=True) for item in whole.output]
    results = [
        {"type": "function_call_output", "call_id": call.call_id, "output": "rainy"}
        for call in whole.output
        if call.type == "function_call"
    ]
    turns: Any = [*user("weather?"), *items, *results]
    again = await oai.responses.create(model="demo", input=turns, tools=tools)
    assert again.output_text == "It rains in both."


async def test_openai_responses_stop_reasons_and_logprobs(oai: openai.AsyncOpenAI) -> None:
    """An incomplete response says why, a refusal is a part of its own, logprobs come when included."""
    short = await oai.responses.create(model="demo", input="x", max_output_tokens=16)
    assert short.status == "incomplete" and short.incomplete_details is not None
    assert short.incomplete_details.reason == "max_output_tokens"
    stream = await oai.responses.create(model="demo", input="filter", stream=True)
    last = [event async for event in stream][-1]
    assert last.type == "response.incomplete" and last.response.incomplete_details is not None
    assert last.response.incomplete_details.reason == "content_filter"
    refused = await oai.responses.create(model="demo", input="refuse")
    message = refused.output[0]
    assert message.type == "message" and message.content[0].type == "refusal"
    scored: Any = await oai.responses.create(
        model="demo", input="x", include=["message.output_text.logprobs"], top_logprobs=1
    )
    part = scored.output[1].content[0]
    assert "".join(token.token for token in part.logprobs) == ANSWER
