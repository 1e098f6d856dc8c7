"""With `tool_format`, Assay reads the calls out of the text itself, and the record says so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from assay.config import parse_short_form, resolve
from assay.core.errors import UserError
from assay.core.messages import Message, Reply, Request, Tool
from assay.core.ports import Model
from assay.core.trial import CallEvent
from assay.doctor.endpoint.patient import Patient
from assay.doctor.endpoint.short import calls_arrive
from assay.engine.call_records import recorded_reply, reply_of
from assay.scripted.engine import Engine
from assay.scripted.script import Script
from assay.scripted.server import ScriptedServer
from assay.wiring.endpoint import Examination, examine_endpoint
from assay.wiring.models import build_model

WEATHER = Tool(
    "get_weather", "", {"type": "object", "properties": {"city": {"type": "string"}, "days": {"type": "integer"}}}
)
ORDER = 'Call get_weather with {"city": "Paris", "days": 3}.'


def model_of(text: str) -> Model:
    def no_tasks(suite: str, task_id: str) -> Any:
        raise AssertionError

    return build_model(resolve(parse_short_form(text), {}), lookup=no_tasks)


async def said(model: Model, *, tools: tuple[Tool, ...] = (WEATHER,)) -> Reply:
    try:
        return await model.reply(Request(messages=(Message(role="user", content=ORDER),), tools=tools))
    finally:
        await model.close()


@pytest.mark.parametrize("form", ["hermes", "qwen3_coder", "qwen25coder_fence", "pythonic", "llama3_json", "glm45"])
async def test_calls_are_read_out_of_the_text(form: str) -> None:
    """A server that leaves the call in the text, and an entry that says how it is written: there is the call, typed."""
    script = Script.served(Engine(parser="raw", writes=form))
    async with ScriptedServer(script) as server:
        plain = await said(model_of(f"demo@{server.url}"))
        reply = await said(model_of(f"demo@{server.url},tool_format={form}"))
    assert plain.tool_calls == () and plain.text and plain.read_as == ""
    (call,) = reply.tool_calls
    assert (call.name, msgspec.json.decode(call.arguments)) == ("get_weather", {"city": "Paris", "days": 3})
    assert call.id.isalnum() and len(call.id) == 9
    assert (reply.text, reply.finish_reason, reply.read_as, reply.read_from) == ("", "tool_calls", form, plain.text)


@pytest.mark.parametrize(("parser", "form"), [("empty", "hermes"), ("bogus", "deepseek_v3"), ("none", "kimi_k2")])
async def test_vllm_can_be_made_to_read_nothing(parser: str, form: str, tmp_path: Path) -> None:
    """Where its parser loses calls, or none is set, `tool_choice: none` leaves the text to Assay."""
    file = tmp_path / "models.yaml"
    engine = msgspec.convert({"kind": "vllm", "parser": parser, "writes": form}, Engine)
    async with ScriptedServer(Script.served(engine)) as server:
        file.write_text(
            f"models:\n  - name: it\n    type: openai\n    model: demo\n    api_base: {server.url}\n    tool_format: {form}\n"
            "    extra_body: {tool_choice: none, skip_special_tokens: false}\n"
        )
        wanted = Examination(target="it", models_file=str(file), only=("tools.auto", "tools.typed"), repeat=1)
        report = await examine_endpoint(wanted, lambda one: None)
    found = {finding.capability: finding for finding in report.findings}
    assert found["tools.auto"].verdict == found["tools.streamed"].verdict == found["tools.typed"].verdict == "works"
    assert f"read out of the text as {form}" in found["tools.auto"].detail


async def test_the_record_says_who_read_the_calls() -> None:
    """Dialect and text are written down with the answer, and come back with it."""
    async with ScriptedServer(Script.served(Engine(parser="raw"))) as server:
        reply = await said(model_of(f"demo@{server.url},tool_format=hermes"))
    written = recorded_reply(reply)
    assert written["read_as"] == "hermes" and "<tool_call>" in written["read_from"]
    event = CallEvent(call_id="c", trial_id="t", event="answered", at=0.0, reply=written)
    assert (reply_of(event).read_as, reply_of(event).tool_calls) == ("hermes", reply.tool_calls)


async def test_what_the_server_reads_rightly_stays() -> None:
    """Calls that the server read, and answers without any, pass as they are; so does a request without tools."""
    async with ScriptedServer(Script.served(Engine())) as server:
        reply = await said(model_of(f"demo@{server.url},tool_format=hermes"))
        words = await said(model_of(f"demo@{server.url},tool_format=hermes"), tools=())
    assert len(reply.tool_calls) == 1 and reply.read_as == ""
    assert words.tool_calls == () and words.text


def test_an_unknown_dialect_is_named() -> None:
    """With the nearest that there is."""
    with pytest.raises(UserError, match="unknown tool-call dialect “hermess”: did you mean “hermes”"):
        model_of("demo@http://127.0.0.1:9/v1,tool_format=hermess")


async def test_the_short_check_tells_a_mute_parser_from_a_model(tmp_path: Path) -> None:
    """Before a run: does a call arrive? With a parser that loses it, no, and why; with tool_format, yes."""
    async with ScriptedServer(Script.served(Engine(kind="vllm", parser="raw"))) as server:
        for entry, verdict in ((f"demo@{server.url}", "broken"), (f"demo@{server.url},tool_format=hermes", "works")):
            patient = Patient(resolve(parse_short_form(entry), {}).entrant, repeat=1, timeout=10.0)
            found = await calls_arrive(patient)
            await patient.close()
            assert [one.verdict for one in found] == [verdict, verdict]
            assert verdict == "works" or (found[0].fault is not None and "parser hermes" in found[0].fault.mend)
