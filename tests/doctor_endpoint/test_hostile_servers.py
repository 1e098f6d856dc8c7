"""A server may send anything: the examination ends with a report, never with a fault of our own."""

from __future__ import annotations

import itertools
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web

from assay.core.errors import ProviderError, UserError
from assay.doctor.endpoint.findings import Report
from assay.wiring.endpoint import Examination, examine_endpoint

PAGES: tuple[Any, ...] = (
    [], "x", 3, None, {}, {"data": 3}, {"data": [3, {"id": 4}]}, {"version": {"a": 1}}, {"version": "1", "model_path": []},
    {"model_path": "m", "tool_call_parser": 3, "context_length": -5}, {"model_id": None, "max_total_tokens": True},
    {"default_generation_settings": [], "chat_template": 3}, {"default_generation_settings": {"n_ctx": "x"}},
    {"default_generation_settings": {"n_ctx": 99}, "chat_template": "{% for", "chat_template_caps": {"\x1b": False}},
    {"default_generation_settings": {"n_ctx": 99}, "chat_template": "{{ 9 ** 9 ** 9 }}", "chat_template_caps": 1},
    {"version": "1", "capabilities": {"a": 1}}, {"capabilities": [3, None, "tools"], "version": "9"},
)  # fmt: skip

CALL = {"id": "c", "type": "function", "function": {"name": "get_weather", "arguments": '{"city": "Paris", "days": 3}'}}
SAID: tuple[Any, ...] = (
    {"content": "OK"},
    {"content": None},
    {"content": "OK", "tool_calls": [CALL]},
    {"content": "<tool_call>" * 3000},
    {"content": "[" * 20_000},
    {"content": '{"name": "get_weather", "arguments": ' + "[" * 5_000},
    {"content": "OK", "tool_calls": [{"function": {"name": None, "arguments": {"a": [1]}}}]},
    {"content": "OK", "tool_calls": [{"id": "c", "function": {"name": "get_weather", "arguments": "[" * 20_000}}]},
    {"content": "OK", "tool_calls": [{"id": "c", "function": {"name": "save_note", "arguments": '{"text": 3}'}}]},
    {"content": "OK", "reasoning_content": "<think>" * 999},
)
USAGES: tuple[Any, ...] = ({"prompt_tokens": 5, "completion_tokens": 2}, None, {"prompt_tokens": "x"}, {})


@asynccontextmanager
async def served(answer: Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]) -> AsyncIterator[str]:
    """An address at which every request is answered so."""
    runner = web.ServerRunner(web.Server(answer))
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/v1"
    finally:
        await runner.cleanup()


async def examined(page: Any, said: Any, usage: Any) -> Report:
    """A server whose every page is `page` and whose every answer is `said`."""
    count = itertools.count()

    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        if request.method == "GET" or not request.path.endswith("completions"):
            return web.Response(body=json.dumps(page).encode(), content_type="application/json")
        asked = json.loads(await request.read())
        head = {"id": "a", "model": "m", "usage": usage}
        if not asked.get("stream"):
            choice = {"index": 0, "message": said, "text": said["content"], "finish_reason": "stop"}
            return web.json_response({**head, "choices": [choice]})
        chunks = [{**head, "choices": [{"index": 0, "delta": said, "text": said["content"], "finish_reason": None}]}]
        chunks += [{**head, "choices": [{"index": 0, "delta": {}, "text": "", "finish_reason": "stop"}]}]
        if next(count) % 2:
            chunks += [{"choices": "x", "usage": 3}, {"choices": [3]}, {"choices": [{"delta": [3]}]}]
        events = b"".join(b"data: " + json.dumps(chunk).encode() + b"\n\n" for chunk in chunks)
        return web.Response(body=events + b"data: [DONE]\n\n", content_type="text/event-stream")

    async with served(answer) as base:
        wanted = Examination(target=f"m@{base}", timeout=10.0, repeat=1, context=600)
        return await examine_endpoint(wanted, lambda one: None)


async def test_an_address_beside_the_right_one_is_the_users_to_mend() -> None:
    """Somebody answers, and has nothing there: what the address may lack is said, or a model is to be named."""

    async def nothing(request: web.BaseRequest) -> web.StreamResponse:
        return web.json_response({"detail": "Not Found"}, status=404)

    async with served(nothing) as base:
        with pytest.raises(UserError, match=r"HTTP 404\); if the address is right .*name a model: '<model>@http"):
            await examine_endpoint(Examination(target=base, timeout=5.0), lambda one: None)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: json.dumps(page)[:50])
async def test_whatever_its_pages_hold(page: Any) -> None:
    """Pages of engines are read with care: what has another shape than it should says nothing."""
    report = await examined(page, SAID[0], USAGES[0])
    assert "\x1b" not in str(report) and report.findings[0].verdict == "works"


@pytest.mark.parametrize("said", SAID, ids=lambda said: json.dumps(said)[:50])
async def test_whatever_it_answers(said: Any) -> None:
    """Answers are looked at with care: every one leads to verdicts, or to one line."""
    for usage in USAGES[: 2 if said is not SAID[0] else None]:
        try:
            report = await examined({}, said, usage)
        except (UserError, ProviderError) as error:
            assert "\n" not in str(error)
        else:
            assert report.findings
