"""Every format against the shipped scripted server, which knows the vendors' side and shares no code with ours."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import msgspec
import pytest

from assay.core.entrant import Entrant
from assay.core.errors import Fault, ProviderError
from assay.core.messages import Message, Reply, Request, Sampling, Tool, ToolCall, Usage
from assay.models.http import HttpModel
from assay.models.transport import Transport
from assay.scripted.script import Answer, Call, Rule, Script, Tokens, Trouble
from assay.scripted.server import ScriptedServer

KEY = "sk-contract-0a1b2c3d4e5f6a7b"
TEXT = "def f():\n    return 'žluťoučký 🐎'\n"

FORMATS: dict[str, dict[str, Any]] = {
    "openai": {"type": "openai"},
    "completions": {"type": "completions"},
    "infill": {"type": "completions", "options": {"api": "infill"}},
    "generate": {"type": "completions", "options": {"api": "generate"}},
    "responses": {"type": "responses"},
    "anthropic": {"type": "anthropic"},
    "google": {"type": "google"},
}
CONVERSING = ("openai", "responses", "anthropic", "google")

each_format = pytest.mark.parametrize("name", FORMATS)
each_conversing = pytest.mark.parametrize("name", CONVERSING)
each_way = pytest.mark.parametrize("stream", [False, True], ids=["whole", "streamed"])


@asynccontextmanager
async def models(
    script: Script, name: str, *, stream: bool, silence: float = 5.0, **fields: Any
) -> AsyncIterator[HttpModel]:
    async with ScriptedServer(script, key=KEY) as server:
        form = FORMATS[name]
        options = {**form.get("options", {}), "stream": stream}
        entrant = Entrant(
            **{
                "name": name,
                "type": form["type"],
                "model_id": "demo",
                "api_base": server.root,
                "timeout": 5.0,
                **fields,
                "options": options,
            }
        )
        transport = Transport(silence=silence)
        model = HttpModel(entrant, key=KEY, transport=transport)
        try:
            yield model
        finally:
            await model.close()
            await transport.close()


def ask(name: str, **sampling: Any) -> Request:
    settings = Sampling(**{"max_tokens": 500, **sampling})
    if name in CONVERSING:
        return Request(messages=(Message(role="user", content="hello"),), sampling=settings)
    return Request(prompt="hello", suffix=None if name == "completions" else "end", sampling=settings)


async def reply_to(script: Script, name: str, *, stream: bool) -> Reply:
    async with models(script, name, stream=stream) as model:
        return await model.reply(ask(name))


async def fault_of(trouble: Trouble, name: str, *, stream: bool, **fields: Any) -> ProviderError:
    script = Script(rules=(Rule(trouble=trouble),), default=Answer(text=TEXT))
    async with models(script, name, stream=stream, **fields) as model:
        with pytest.raises(ProviderError) as caught:
            await model.reply(ask(name))
    assert KEY not in str(caught.value)
    return caught.value


@each_way
@each_format
async def test_text_usage_and_end_arrive(name: str, stream: bool) -> None:
    """Streamed in torn pieces or whole, the answer is the script's, with its counts."""
    usage = Tokens(input=30, output=9)
    rule = Rule(answer=Answer(text=TEXT, usage=usage), trouble=Trouble(piece=7, comments=1))
    reply = await reply_to(Script(rules=(rule,)), name, stream=stream)
    assert (reply.text, reply.finish_reason) == (TEXT, "stop")
    assert (reply.usage.input, reply.usage.output) == (30, 9)
    assert (reply.ttft is not None) is stream
    assert reply.usage_raw


@each_way
@each_conversing
async def test_calls_reasoning_and_caches_arrive(name: str, stream: bool) -> None:
    """With everything at once, and the next round of the conversation is accepted."""
    answer = Answer(
        text="Looking.",
        reasoning="Let me see.",
        tool_calls=(Call(name="weather", arguments={"city": "Brno"}), Call(name="clock")),
        usage=Tokens(input=40, output=25, cache_read=60, reasoning=10),
    )
    tools = (Tool(name="weather", description="Looks outside"), Tool(name="clock", description="Tells the time"))
    first = Request(
        messages=(Message(role="user", content="go"),), tools=tools, sampling=Sampling(reasoning_effort="low")
    )
    async with models(Script(rules=(Rule(answer=answer, times=1),), default=answer), name, stream=stream) as model:
        reply = await model.reply(first)
        turns = (
            *first.messages,
            Message(
                role="assistant",
                content=reply.text,
                tool_calls=reply.tool_calls,
                reasoning=reply.reasoning,
                reasoning_state=reply.reasoning_state,
            ),
            *(Message(role="tool", content="12 °C", tool_call_id=call.id) for call in reply.tool_calls),
        )
        again = await model.reply(Request(messages=turns, tools=tools, sampling=first.sampling))
    assert again.text == reply.text == "Looking."
    assert reply.reasoning == "Let me see."
    assert [call.name for call in reply.tool_calls] == ["weather", "clock"]
    assert [arguments(call) for call in reply.tool_calls] == [{"city": "Brno"}, {}]
    assert len({call.id for call in reply.tool_calls}) == 2
    assert reply.finish_reason == "tool_calls"
    read = reply.usage
    assert (read.input, read.output, read.cache_read) == (40, 25, 60)


def arguments(call: ToolCall) -> Any:
    return msgspec.json.decode(call.arguments)


@each_way
@pytest.mark.parametrize(
    ("finish", "expected"),
    [
        ("length", {"length"}),
        ("content_filter", {"content_filter", "refusal"}),
        ("refusal", {"refusal", "content_filter"}),
    ],
)
@each_conversing
async def test_why_it_ended_is_said_in_one_set_of_words(
    name: str, finish: Any, expected: set[str], stream: bool
) -> None:
    """A limit is a limit and a refusal a refusal, whatever the vendor calls it."""
    answer = Answer(
        text="" if finish == "refusal" else "Well", refusal="No." if finish == "refusal" else "", finish=finish
    )
    reply = await reply_to(Script(default=answer), name, stream=stream)
    assert reply.finish_reason in expected


MATRIX: list[tuple[str, Trouble, set[Fault]]] = [
    ("401", Trouble(status=401), {Fault.AUTH}),
    ("403", Trouble(status=403), {Fault.AUTH}),
    ("404", Trouble(status=404), {Fault.NOT_FOUND}),
    ("408", Trouble(status=408), {Fault.TIMEOUT}),
    ("409", Trouble(status=409), {Fault.RATE}),
    ("429", Trouble(status=429, retry_after=1.5), {Fault.RATE}),
    ("500", Trouble(status=500), {Fault.SERVER}),
    ("503", Trouble(status=503), {Fault.SERVER}),
    ("529", Trouble(status=529), {Fault.SERVER}),
    ("overflow", Trouble(does="overflow"), {Fault.CONTEXT}),
    ("close", Trouble(does="close"), {Fault.CONNECT}),
    ("reset", Trouble(does="reset"), {Fault.CONNECT}),
    ("cut", Trouble(does="cut", after=2), {Fault.CUT}),
    ("malformed", Trouble(does="malformed", after=1), {Fault.MALFORMED}),
    ("html", Trouble(does="html"), {Fault.MALFORMED}),
    ("error", Trouble(does="error", after=1), {Fault.SERVER}),
]


@pytest.mark.parametrize(("what", "trouble", "faults"), MATRIX, ids=[row[0] for row in MATRIX])
@each_way
@each_format
async def test_a_trouble_is_called_by_its_name(
    name: str, stream: bool, what: str, trouble: Trouble, faults: set[Fault]
) -> None:
    """The same trouble has the same name in every format, streamed or not; its wait is passed on."""
    error = await fault_of(trouble, name, stream=stream)
    assert error.fault in faults
    if trouble.retry_after is not None:
        assert error.retry_after == trouble.retry_after


@each_format
async def test_a_server_that_says_nothing_more_is_not_waited_for(name: str) -> None:
    """From the start, or in the middle of its answer."""
    assert (await fault_of(Trouble(does="hang"), name, stream=True, timeout=0.3)).fault is Fault.TIMEOUT
    assert (await fault_of(Trouble(does="silent", after=1), name, stream=True, silence=0.25)).fault is Fault.SILENT


@each_way
@each_format
async def test_echoed_headers_do_not_leak(name: str, stream: bool) -> None:
    """Checked in `fault_of`, in every format."""
    await fault_of(Trouble(status=500, echo_headers=True), name, stream=stream)


@each_way
@pytest.mark.parametrize("name", ["openai", "completions", "responses", "google"])
async def test_an_answer_without_a_choice_is_malformed(name: str, stream: bool) -> None:
    """Where the format has choices, items or candidates, none is no answer."""
    assert (await fault_of(Trouble(does="empty"), name, stream=stream)).fault is Fault.MALFORMED


@each_conversing
async def test_a_wrong_model_is_answered_with_the_nearest(name: str) -> None:
    """In every format that lists its models."""
    script = Script(models=("demo-large", "other"), known_only=True)
    async with models(script, name, stream=True, model_id="demo-larg") as model:
        with pytest.raises(ProviderError, match="nearest ids that it lists: demo-large") as caught:
            await model.reply(ask(name))
    assert caught.value.stops_entrant


async def test_log_probabilities_and_echo_arrive() -> None:
    """For scoring with completions."""
    async with models(Script.fixed("two words"), "completions", stream=True) as model:
        reply = await model.reply(ask("completions", logprobs=1, echo=True))
    assert reply.text == "hellotwo words"
    assert reply.logprobs
    assert "".join(token for token, _ in reply.logprobs) == reply.text
    assert reply.usage != Usage()
