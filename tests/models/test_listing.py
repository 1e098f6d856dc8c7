"""Lists of models, and the local servers that answer."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from aiohttp import web
from misbehaving import served

from assay.core.errors import Fault, ProviderError
from assay.models.listing import ENGINES, Engine, LocalServer, discover_local, ids_in, list_models
from assay.models.transport import Transport


@pytest.mark.parametrize(
    ("listed", "ids"),
    [
        ({"object": "list", "data": [{"id": "a"}, {"id": "b"}]}, ("a", "b")),
        ({"data": [{"type": "model", "id": "claude"}], "has_more": False}, ("claude",)),
        ({"models": [{"name": "models/gemini-x"}]}, ("gemini-x",)),
        ({"models": [{"name": "qwen:7b", "model": "qwen:7b"}]}, ("qwen:7b",)),
        ([{"id": "bare"}], ("bare",)),
        ({"data": [{"id": 5}, "x", None]}, ()),
        ({"data": "x"}, ()),
        (None, ()),
    ],
)
def test_every_vendors_list_is_read(listed: Any, ids: tuple[str, ...]) -> None:
    """And what is no list has no ids."""
    assert ids_in(listed) == ids


@pytest.mark.parametrize(
    ("wire", "path"),
    [
        ("openai_chat", "/v1/models"),
        ("anthropic", "/v1/models"),
        ("gemini", "/v1beta/models"),
        ("generate", "/api/tags"),
        ("infill", "/models"),
    ],
)
async def test_the_list_is_asked_for_where_the_vendor_keeps_it(wire: str, path: str) -> None:
    """With the headers that hold the key."""

    async def handler(request: web.Request) -> web.Response:
        assert (request.method, request.path, request.headers["x-key"]) == ("GET", path, "k")
        return web.json_response({"data": [{"id": "m"}]})

    transport = Transport()
    async with served(handler) as base:
        assert await list_models(transport, wire=wire, base=base, headers={"x-key": "k"}) == ("m",)
    await transport.close()


async def test_a_server_without_a_list_says_so() -> None:
    """In a fault, not in an empty list."""

    async def handler(request: web.Request) -> web.Response:
        return web.Response(status=401) if request.path == "/v1/models" else web.Response(text="<html>")

    transport = Transport()
    async with served(handler) as base:
        with pytest.raises(ProviderError) as refused:
            await list_models(transport, wire="openai_chat", base=base, headers={})
        with pytest.raises(ProviderError) as page:
            await list_models(transport, wire="openai_chat", base=base + "/other", headers={})
    await transport.close()
    assert (refused.value.fault, page.value.fault) == (Fault.AUTH, Fault.MALFORMED)


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (401, b"{}", "the server gives no list of its models (HTTP 401)"),
        (200, b"[" * 100_000, "the server's list of models is no JSON"),
    ],
)
async def test_what_is_wrong_with_a_list_is_said(status: int, body: bytes, said: str) -> None:
    """With the status, and however the list is spoilt."""

    async def handler(request: web.Request) -> web.Response:
        return web.Response(status=status, body=body)

    transport = Transport()
    async with served(handler) as base:
        with pytest.raises(ProviderError) as caught:
            await list_models(transport, wire="openai_chat", base=base, headers={})
    await transport.close()
    assert str(caught.value) == said


def fake(owner: str, *, loaded: Any = None, delay: float = 0.0) -> Any:
    async def handler(request: web.Request) -> web.Response:
        await asyncio.sleep(delay)
        if request.path == "/v1/models":
            return web.json_response({"data": [{"id": "a", "owned_by": owner}, {"id": "b", "owned_by": owner}]})
        if loaded is not None and request.path in ("/api/ps", "/api/v0/models"):
            return web.json_response(loaded)
        return web.Response(status=404)

    return handler


async def found(handler: Any, engine: Engine) -> list[LocalServer]:
    async with served(handler) as base:
        moved = Engine(
            engine.name,
            engine.prefix,
            int(base.rpartition(":")[2]),
            owner=engine.owner,
            loaded_path=engine.loaded_path,
        )
        return await discover_local(engines=[moved])


async def test_local_servers_are_known_by_what_they_say() -> None:
    """Ollama and LM Studio tell what is loaded; another server on a known port is not taken for vLLM."""
    ollama, lmstudio, vllm = ENGINES[:3]
    [one] = await found(fake("library", loaded={"models": [{"name": "a"}]}), ollama)
    assert (one.engine, one.loaded, one.available) == ("Ollama", ("a",), ("b",))
    assert one.typed == {"a": "ollama/a", "b": "ollama/b"}
    rows = {"data": [{"id": "a", "state": "not-loaded"}, {"id": "b", "state": "loaded"}]}
    [two] = await found(fake("me", loaded=rows), lmstudio)
    assert (two.engine, two.loaded) == ("LM Studio", ("b",))
    [three] = await found(fake("vllm"), vllm)
    assert (three.engine, three.loaded, three.typed["a"]) == ("vLLM", ("a", "b"), "vllm/a")
    [four] = await found(fake("somebody"), vllm)
    assert (four.engine, four.typed["a"]) == ("an OpenAI-compatible server", f"a@{four.base}")


async def test_what_is_absent_slow_or_something_else_is_not_there() -> None:
    """No server, no effect; and a server that never answers is not waited for."""
    assert await discover_local(engines=[Engine("none", "none", 9)]) == []
    assert await found(fake("vllm", delay=3600.0), ENGINES[2]) == []

    async def page(request: web.Request) -> web.Response:
        return web.Response(text="<html>my app</html>", content_type="text/html")

    assert await found(page, ENGINES[2]) == []
