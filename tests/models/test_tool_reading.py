"""With `tool_format`, Assay reads the calls out of the text itself, and the record says so."""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE
from pathlib import Path
from typing import Any

import msgspec
import pytest

from assay.config import parse_short_form, resolve
from assay.core.errors import UserError
from assay.core.messages import Message, Reply, Request, Tool
from assay.core.ports import Model
from assay.core.trial import CallEvent
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


async def test_what_was_forbidden_is_not_read(tmp_path: Path) -> None:
    """A call in the text of an answer that may hold none is text; where the entry itself always says `none`, what a
    request asks for is not tried."""
    file = tmp_path / "models.yaml"
    async with ScriptedServer(Script.served(Engine(kind="vllm", parser="raw"))) as server:
        entry = f"models:\n  - name: it\n    type: openai\n    model: demo\n    api_base: {server.url}\n    tool_format: hermes\n"
        for more, verdict in (("", "works"), ("    extra_body: {tool_choice: none}\n", "untried")):
            file.write_text(entry + more)
            wanted = Examination(target="it", models_file=str(file), only=("tools.none",), repeat=1)
            found = {one.capability: one for one in (await examine_endpoint(wanted, lambda one: None)).findings}
            assert found["tools.none"].verdict == verdict, found["tools.none"]


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


@pytest.mark.parametrize(
    ("engine", "settings", "said"),
    [
        (Engine(kind="vllm", parser="raw"), "", "its tool calls would be lost"),
        (Engine(kind="vllm", parser="raw"), ",tool_format=hermes", ""),
        (Engine(kind="vllm", parser="none"), "", "its tool calls would be lost"),
        (Engine(kind="llama.cpp", lies=("ignores_tools",)), "", "never sees the tools"),
        (Engine(kind="llama.cpp", lies=("unwilling",)), "", ""),
        (Engine(kind="vllm", lies=("mute",)), "", ""),
        (Engine(kind="vllm", parser="emptied"), "", "without any of its arguments"),
        (Engine(kind="sglang", parser="emptied"), "", ""),
        (Engine(), "", ""),
    ],
)
async def test_a_run_of_tool_calls_does_not_begin_where_calls_are_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine: Engine, settings: str, said: str
) -> None:
    """A mute parser, or a template without tools, is named with what mends it, before a single trial, and no score is
    blamed on the model."""
    monkeypatch.chdir(tmp_path)
    async with ScriptedServer(Script.served(engine)) as server:
        command = [
            sys.executable, "-m", "assay", "run", "toolcalls", "-m", f"demo@{server.url}{settings}",
            "--limit", "2", "--yes", "--name", "r",
        ]  # fmt: skip
        done = await asyncio.create_subprocess_exec(*command, stdout=PIPE, stderr=PIPE, cwd=tmp_path)
        _, err = await done.communicate()
    assert (said in err.decode()) if said else ("lost" not in err.decode()), err.decode()
    assert done.returncode == (3 if said else 0), err.decode()
    decided = (tmp_path / "runs" / "r" / "trials.jsonl").read_text().splitlines()
    assert len(decided) == (0 if said else 2)
    if "lost" in said:
        assert "or tool_format: hermes in models.yaml" in err.decode()
    if said:
        assert "--tool-call-parser hermes" in err.decode() or "--chat-template-file FILE" in err.decode()
