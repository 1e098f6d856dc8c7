"""The vendors' own SDKs, unchanged, against the scripted server: whatever they accept from their makers' servers
they must accept from it, and take the same meaning from it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, NamedTuple

import anthropic
import openai
import pytest
from google import genai
from google.genai import types as gemini
from scripted_sdk_setup import ANSWER, KEY, SCRIPT, THOUGHT, WEATHER, google, user

from assay.scripted.server import ScriptedServer

# Google's SDK subclasses aiohttp's session, which aiohttp warns about: theirs to settle.
pytestmark = pytest.mark.filterwarnings("ignore:Inheritance class AiohttpClientSession:DeprecationWarning")


@pytest.fixture
async def server() -> AsyncIterator[ScriptedServer]:
    async with ScriptedServer(SCRIPT, key=KEY) as running:
        yield running


@pytest.fixture
async def oai(server: ScriptedServer) -> AsyncIterator[openai.AsyncOpenAI]:
    async with openai.AsyncOpenAI(base_url=server.url, api_key=KEY, max_retries=0) as client:
        yield client


@pytest.fixture
async def claude(server: ScriptedServer) -> AsyncIterator[anthropic.AsyncAnthropic]:
    async with anthropic.AsyncAnthropic(base_url=server.root, api_key=KEY, max_retries=0) as client:
        yield client


@pytest.fixture
async def gem(server: ScriptedServer) -> AsyncIterator[Any]:
    client = google(server)
    yield client.aio
    await client.aio.aclose()
    client.close()


# --- Anthropic messages


async def test_anthropic_messages(claude: anthropic.AsyncAnthropic) -> None:
    """Text, thinking, stop reason and usage come whole and through the SDK's streaming helper alike."""
    asked: Any = {
        "model": "demo",
        "max_tokens": 2048,
        "messages": user("add"),
        "system": "Be brief.",
        "thinking": {"type": "enabled", "budget_tokens": 1024},
    }
    whole = await claude.messages.create(**asked)
    async with claude.messages.stream(**asked) as stream:
        text = "".join([piece async for piece in stream.text_stream])
        final = await stream.get_final_message()
    assert text == ANSWER
    replies: list[Any] = [whole, final]
    for reply in replies:
        thinking, block = reply.content
        assert thinking.type == "thinking" and thinking.thinking == THOUGHT and thinking.signature
        assert block.type == "text" and block.text == ANSWER
        assert reply.stop_reason == "end_turn"
        assert reply.usage.input_tokens == 4
        assert reply.usage.output_tokens == whole.usage.output_tokens
        assert reply.usage.output_tokens_details is not None
        assert reply.usage.output_tokens_details.thinking_tokens == -(-len(THOUGHT) // 4)
    plain = await claude.messages.create(model="demo", max_tokens=99, messages=user("add"))
    assert [block.type for block in plain.content] == ["text"]


async def test_anthropic_tools(claude: anthropic.AsyncAnthropic) -> None:
    """Tool use comes whole and as JSON deltas, and results may be sent back."""
    tools: list[Any] = [{"name": "weather", "description": "w", "input_schema": WEATHER}]
    asked: Any = {"model": "demo", "max_tokens": 99, "messages": user("weather?"), "tools": tools}
    whole = await claude.messages.create(**asked)
    async with claude.messages.stream(**asked) as stream:
        final = await stream.get_final_message()
    replies: list[Any] = [whole, final]
    for reply in replies:
        assert [block.input["city"] for block in reply.content if block.type == "tool_use"] == ["Köln", "Bonn"]
        assert reply.stop_reason == "tool_use"
    results = [
        {"type": "tool_result", "tool_use_id": block.id, "content": "rainy"}
        for block in whole.content
        if block.type == "tool_use"
    ]
    turns: list[Any] = [*user("weather?"), {"role": "assistant", "content": whole.content}]
    results_turn: Any = {"role": "user", "content": results}
    again = await claude.messages.create(model="demo", max_tokens=99, tools=tools, messages=[*turns, results_turn])
    assert again.content[0].type == "text" and again.content[0].text == "It rains in both."


async def test_anthropic_stop_reasons_and_counts(claude: anthropic.AsyncAnthropic) -> None:
    """`max_tokens`, a stop sequence and a refusal end an answer in Anthropic's words; tokens can be counted."""
    short = await claude.messages.create(model="demo", max_tokens=13, messages=user("x"))
    assert short.stop_reason == "max_tokens"
    stopped = await claude.messages.create(
        model="demo", max_tokens=99, messages=user("x"), stop_sequences=["never", "return"]
    )
    assert (stopped.stop_reason, stopped.stop_sequence) == ("stop_sequence", "return")
    refused = await claude.messages.create(model="demo", max_tokens=99, messages=user("refuse"))
    assert refused.stop_reason == "refusal" and refused.stop_details is not None
    assert refused.stop_details.explanation == "I will not do that."
    counted = await claude.messages.count_tokens(model="demo", messages=user("12345678"), system="1")
    assert counted.input_tokens == 3


# --- Gemini


async def test_gemini_generate(gem: Any) -> None:
    """Text, thoughts, finish reason and usage come whole and streamed alike."""
    config = gemini.GenerateContentConfig(
        system_instruction="Be brief.", thinking_config=gemini.ThinkingConfig(include_thoughts=True)
    )
    whole = await gem.models.generate_content(model="demo", contents="add", config=config)
    stream = await gem.models.generate_content_stream(model="demo", contents="add", config=config)
    chunks = [chunk async for chunk in stream]
    assert whole.text == ANSWER
    assert "".join(chunk.text or "" for chunk in chunks) == ANSWER
    assert whole.candidates[0].content.parts[0].thought is True
    assert whole.candidates[0].content.parts[0].text == THOUGHT
    for reply in (whole, chunks[-1]):
        assert reply.candidates[0].finish_reason == gemini.FinishReason.STOP
        usage = reply.usage_metadata
        assert (usage.prompt_token_count, usage.thoughts_token_count) == (4, -(-len(THOUGHT) // 4))
        assert usage.candidates_token_count == -(-len(ANSWER) // 4)
        assert reply.model_version == "demo"
    plain = await gem.models.generate_content(model="demo", contents="add")
    assert len(plain.candidates[0].content.parts) == 1


async def test_gemini_tools(gem: Any) -> None:
    """Function calls come whole and streamed, and their results may be sent back."""
    function = gemini.FunctionDeclaration(name="weather", parameters_json_schema=WEATHER)
    config = gemini.GenerateContentConfig(
        tools=[gemini.Tool(function_declarations=[function])],
        automatic_function_calling=gemini.AutomaticFunctionCallingConfig(disable=True),
    )
    asked = {"model": "demo", "config": config}
    whole = await gem.models.generate_content(contents="weather?", **asked)
    stream = await gem.models.generate_content_stream(contents="weather?", **asked)
    streamed = [call async for chunk in stream for call in chunk.function_calls or []]
    for calls in (whole.function_calls, streamed):
        assert [(call.name, call.args["city"]) for call in calls] == [("weather", "Köln"), ("weather", "Bonn")]
    results = [
        gemini.Part.from_function_response(name=call.name, response={"result": "rainy"})
        for call in whole.function_calls
    ]
    turns = [
        gemini.UserContent("weather?"),
        whole.candidates[0].content,
        gemini.Content(role="user", parts=results),
    ]
    again = await gem.models.generate_content(contents=turns, **asked)
    assert again.text == "It rains in both."


async def test_gemini_stop_reasons_logprobs_and_counts(gem: Any) -> None:
    """Limits, filters and refusals end an answer in Google's words; logprobs and token counts are there."""

    async def ask(text: str, **config: Any) -> Any:
        return await gem.models.generate_content(
            model="demo", contents=text, config=gemini.GenerateContentConfig(**config)
        )

    short = await ask("x", max_output_tokens=12)
    assert short.candidates[0].finish_reason == gemini.FinishReason.MAX_TOKENS
    filtered = await ask("filter")
    assert filtered.candidates[0].finish_reason == gemini.FinishReason.SAFETY
    refused = await ask("refuse")
    assert refused.candidates is None
    assert refused.prompt_feedback.block_reason == gemini.BlockedReason.PROHIBITED_CONTENT
    scored = (await ask("x", response_logprobs=True, logprobs=2)).candidates[0].logprobs_result
    assert "".join(token.token for token in scored.chosen_candidates) == ANSWER
    assert len(scored.top_candidates[0].candidates) == 2
    counted = await gem.models.count_tokens(model="demo", contents="12345678")
    assert counted.total_tokens == 2


# --- What all of them share


async def test_cached_tokens_are_counted_as_each_vendor_counts(
    oai: openai.AsyncOpenAI, claude: anthropic.AsyncAnthropic, gem: Any
) -> None:
    """OpenAI and Google count cached tokens into the prompt, Anthropic beside it."""
    chat = (await oai.chat.completions.create(model="demo", messages=user("cached"))).usage
    assert chat is not None and chat.prompt_tokens_details is not None
    assert (chat.prompt_tokens, chat.prompt_tokens_details.cached_tokens) == (100, 90)
    response = (await oai.responses.create(model="demo", input="cached")).usage
    assert response is not None
    assert (response.input_tokens, response.input_tokens_details.cached_tokens) == (100, 90)
    message = (await claude.messages.create(model="demo", max_tokens=9, messages=user("cached"))).usage
    assert (message.input_tokens, message.cache_read_input_tokens) == (10, 90)
    google_usage = (await gem.models.generate_content(model="demo", contents="cached")).usage_metadata
    assert (google_usage.prompt_token_count, google_usage.cached_content_token_count) == (100, 90)


async def test_models_are_listed_in_each_vendors_form(
    oai: openai.AsyncOpenAI, claude: anthropic.AsyncAnthropic, gem: Any
) -> None:
    """Each SDK lists the models and finds one by its id; an unknown id is its own not-found error."""
    assert [model.id async for model in oai.models.list()] == ["demo", "org/other"]
    assert (await oai.models.retrieve("org/other")).id == "org/other"
    assert [model.id async for model in claude.models.list()] == ["demo", "org/other"]
    assert (await claude.models.retrieve("demo")).lifecycle == "active"
    assert [model.name async for model in await gem.models.list()] == ["models/demo", "models/org/other"]
    assert (await gem.models.get(model="demo")).name == "models/demo"
    with pytest.raises(openai.NotFoundError):
        await oai.models.retrieve("nobody")
    with pytest.raises(anthropic.NotFoundError):
        await claude.models.retrieve("nobody")


class Expected(NamedTuple):
    """What one error becomes in each SDK."""

    model: str
    text: str
    from_openai: type[openai.APIStatusError]
    from_anthropic: type[anthropic.APIStatusError]
    code: int
    status: str


ERRORS = [
    Expected("nobody", "x", openai.NotFoundError, anthropic.NotFoundError, 404, "NOT_FOUND"),
    Expected(
        "demo", "status 403", openai.PermissionDeniedError, anthropic.PermissionDeniedError, 403, "PERMISSION_DENIED"
    ),
    Expected("demo", "status 429", openai.RateLimitError, anthropic.RateLimitError, 429, "RESOURCE_EXHAUSTED"),
    Expected("demo", "status 500", openai.InternalServerError, anthropic.InternalServerError, 500, "INTERNAL"),
    Expected("demo", "overflow", openai.BadRequestError, anthropic.BadRequestError, 400, "INVALID_ARGUMENT"),
]


@pytest.mark.parametrize("expected", ERRORS, ids=lambda expected: expected.status)
async def test_errors_become_the_sdks_own(
    oai: openai.AsyncOpenAI, claude: anthropic.AsyncAnthropic, gem: Any, expected: Expected
) -> None:
    """Every error has the vendor's status and a body from which the SDK makes its own exception."""
    with pytest.raises(expected.from_openai) as chat:
        await oai.chat.completions.create(model=expected.model, messages=user(expected.text), stream=True)
    assert chat.value.type
    with pytest.raises(expected.from_openai):
        await oai.completions.create(model=expected.model, prompt=expected.text)
    with pytest.raises(expected.from_openai) as response:
        await oai.responses.create(model=expected.model, input=expected.text)
    with pytest.raises(expected.from_anthropic) as message:
        await claude.messages.create(model=expected.model, max_tokens=9, messages=user(expected.text))
    assert message.value.type and message.value.api_message
    with pytest.raises(genai.errors.APIError) as content:
        await gem.models.generate_content(model=expected.model, contents=expected.text)
    assert (content.value.code, content.value.status) == (expected.code, expected.status)
    with pytest.raises(genai.errors.APIError):
        async for _ in await gem.models.generate_content_stream(model=expected.model, contents=expected.text):
            pass
    if expected.text == "overflow":
        assert chat.value.code == response.value.code == "context_length_exceeded"
        assert "prompt is too long" in str(message.value.api_message)
    if expected.code == 429:
        assert chat.value.response.headers["retry-after"] == message.value.response.headers["retry-after"] == "7"
        assert content.value.details["error"]["details"][0]["retryDelay"] == "7s"


async def test_a_wrong_key_is_each_vendors_refusal(server: ScriptedServer) -> None:
    """OpenAI and Anthropic say 401; Google says 400 with API_KEY_INVALID, as it does."""
    async with openai.AsyncOpenAI(base_url=server.url, api_key="sk-wrong", max_retries=0) as client:
        with pytest.raises(openai.AuthenticationError) as refused:
            await client.chat.completions.create(model="demo", messages=user("x"))
        assert refused.value.code == "invalid_api_key"
    async with anthropic.AsyncAnthropic(base_url=server.root, api_key="wrong", max_retries=0) as claude:
        with pytest.raises(anthropic.AuthenticationError):
            await claude.messages.create(model="demo", max_tokens=9, messages=user("x"))
    client_google = google(server, "wrong")
    with pytest.raises(genai.errors.ClientError) as invalid:
        await client_google.aio.models.generate_content(model="demo", contents="x")
    assert invalid.value.code == 400
    assert invalid.value.details["error"]["details"][0]["reason"] == "API_KEY_INVALID"
    await client_google.aio.aclose()
    client_google.close()
    assert server.calls == []


async def test_an_error_within_a_stream_is_the_sdks_own(
    oai: openai.AsyncOpenAI, claude: anthropic.AsyncAnthropic, gem: Any
) -> None:
    """A stream that starts well and then reports an error raises it where the SDK reads the stream."""
    with pytest.raises(openai.APIError):
        async for _ in await oai.chat.completions.create(model="demo", messages=user("breaks off"), stream=True):
            pass
    events = [event.type async for event in await oai.responses.create(model="demo", input="breaks off", stream=True)]
    assert events[-1] == "error" and len(events) == 4
    with pytest.raises(anthropic.APIStatusError):
        async with claude.messages.stream(model="demo", max_tokens=99, messages=user("breaks off")) as stream:
            await stream.until_done()
    with pytest.raises(genai.errors.APIError):
        async for _ in await gem.models.generate_content_stream(model="demo", contents="breaks off"):
            pass


async def test_openai_clients_reach_googles_compatible_path(server: ScriptedServer) -> None:
    """`/v1beta/openai/` speaks OpenAI's format, the list of models included."""
    async with openai.AsyncOpenAI(base_url=f"{server.root}/v1beta/openai/", api_key=KEY, max_retries=0) as client:
        reply = await client.chat.completions.create(model="demo", messages=user("add"))
        assert reply.choices[0].message.content == ANSWER
        assert [model.id async for model in client.models.list()] == ["demo", "org/other"]
