"""The server around the formats: what it records, whom it lets in, how much it takes, and how people start it."""

from __future__ import annotations

import asyncio
import json
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from assay.core.errors import UserError
from assay.scripted.fast import serve_fast
from assay.scripted.script import Answer, Match, Rule, Script, Trouble
from assay.scripted.server import ScriptedServer

FLAKY = Path(__file__).parent / "scripts" / "flaky.yaml"


def chat(text: str, model: str = "demo", **settings: Any) -> dict[str, Any]:
    return {"model": model, "messages": [{"role": "user", "content": text}], **settings}


async def post(
    server: ScriptedServer, path: str, body: Any, *, headers: dict[str, str] | None = None
) -> tuple[int, Any]:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    async with (
        aiohttp.ClientSession() as session,
        session.post(server.root + path, data=data, headers=headers) as reply,
    ):
        return reply.status, json.loads(await reply.read())


async def get(server: ScriptedServer, path: str, *, headers: dict[str, str] | None = None) -> tuple[int, Any]:
    async with aiohttp.ClientSession() as session, session.get(server.root + path, headers=headers) as reply:
        return reply.status, json.loads(await reply.read())


async def test_every_request_is_recorded() -> None:
    """Method, path, headers, body, model, text, status and end of each request can be looked at."""
    script = Script(rules=(Rule(match=Match(contains="bad"), trouble=Trouble(status=500)),))
    async with ScriptedServer(script) as server:
        await post(server, "/v1/chat/completions?a=b", chat("good"), headers={"Authorization": "Bearer k"})
        await post(server, "/v1/chat/completions", chat("bad", model="other"))
        await post(server, "/v1/chat/completions", b"{")
        await get(server, "/v1/models")
        good, bad, garbled, listed = server.requests
        assert (good.method, good.path, good.query) == ("POST", "/v1/chat/completions", {"a": "b"})
        assert good.headers["authorization"] == "Bearer k"
        assert good.body == chat("good")
        assert (good.model, good.text, good.status, good.finished) == ("demo", "good", 200, True)
        assert good.closed_at is not None and good.at <= good.closed_at <= bad.at
        assert (bad.status, bad.trouble) == (500, Trouble(status=500))
        assert (garbled.status, garbled.call, garbled.body) == (400, False, b"{")
        assert (listed.path, listed.call) == ("/v1/models", False)
        assert server.calls == [good, bad]
        assert (server.count(), server.count(model="other"), server.count(text="good")) == (2, 1, 1)
        assert (server.tally.requests, server.tally.by_model) == (4, {"demo": 1, "other": 1})


async def test_two_hundred_at_once() -> None:
    """200 calls in flight together are all answered, each with its own answer, and the peak is counted."""
    script = Script(rules=(Rule(trouble=Trouble(latency=0.3)),), default=Answer(echo=True))
    async with ScriptedServer(script) as server:
        connector = aiohttp.TCPConnector(limit=0)
        async with aiohttp.ClientSession(connector=connector) as session:

            async def one(number: int) -> str:
                body = chat(f"prompt {number}", stream=True)
                async with session.post(f"{server.url}/chat/completions", json=body) as reply:
                    lines = (await reply.text()).splitlines()
                events = [json.loads(line[6:]) for line in lines if line.startswith("data: {")]
                return "".join(event["choices"][0]["delta"].get("content", "") for event in events)

            said = await asyncio.gather(*(one(number) for number in range(200)))
        assert said == [f"prompt {number}" for number in range(200)]
        assert (server.tally.peak, server.tally.in_flight, server.tally.finished) == (200, 0, 200)


async def test_the_same_calls_get_the_same_bytes() -> None:
    """Two servers with one script answer alike to the byte: ids and time stamps come from no clock."""
    bodies = []
    for _ in range(2):
        async with ScriptedServer() as server:
            bodies.append([await post(server, "/v1/chat/completions", chat("x")) for _ in range(2)])
    assert bodies[0] == bodies[1]
    assert bodies[0][0] != bodies[0][1]


KEYS = [
    ("/v1/chat/completions", chat("x"), "Authorization", 401, 401),
    ("/v1/completions", {"model": "demo", "prompt": "x"}, "Authorization", 401, 401),
    ("/v1/responses", {"model": "demo", "input": "x"}, "Authorization", 401, 401),
    ("/v1/messages", {**chat("x"), "max_tokens": 9}, "x-api-key", 401, 401),
    ("/v1beta/models/demo:generateContent", {"contents": [{"parts": [{"text": "x"}]}]}, "x-goog-api-key", 400, 403),
    ("/infill", {"input_prefix": "x", "input_suffix": "y"}, "Authorization", 401, 401),
    ("/api/chat", {**chat("x"), "stream": False}, "Authorization", 401, 401),
]


@pytest.mark.parametrize(("path", "body", "header", "wrong", "missing"), KEYS)
async def test_the_key_is_asked_for_where_each_vendor_wants_it(
    path: str, body: Any, header: str, wrong: int, missing: int
) -> None:
    """The right key opens, a wrong and a missing one are refused as the vendor does, and no call is counted."""
    prefix = "Bearer " if header == "Authorization" else ""
    version = {"anthropic-version": "2023-06-01"} if path == "/v1/messages" else {}
    async with ScriptedServer(key="sk-right") as server:
        refused = await post(server, path, body, headers={header: f"{prefix}sk-wrong", **version})
        nobody = await post(server, path, body, headers=version)
        assert (refused[0], nobody[0], server.tally.calls) == (wrong, missing, 0)
        assert "error" in refused[1] and "error" in nobody[1]
        assert (await post(server, path, body, headers={header: f"{prefix}sk-right", **version}))[0] == 200
        assert (await get(server, "/v1/models"))[0] == 401
        assert (await get(server, "/v1beta/models?key=sk-right"))[0] == 200


VERSION = {"anthropic-version": "2023-06-01"}
BAD = [
    ("/v1/chat/completions", b"{", "parse the JSON body"),
    ("/v1/chat/completions", [1], "must be a JSON object"),
    ("/v1/chat/completions", {"messages": []}, "model: field required"),
    ("/v1/chat/completions", {"model": "demo", "messages": []}, "empty array"),
    ("/v1/chat/completions", {"model": "demo", "messages": [{"role": "robot"}]}, "messages[0].role"),
    ("/v1/chat/completions", chat("x", stream_options={"include_usage": True}), "only allowed when"),
    ("/v1/chat/completions", chat("x", max_tokens="many"), "max_tokens: expected an integer"),
    ("/v1/chat/completions", chat("x", n=2), "one choice only"),
    ("/v1/chat/completions", chat("x", tools=[{"name": "f"}]), "tools[0].function"),
    ("/v1/completions", {"model": "demo", "prompt": [1, 2]}, "a string or an array of strings"),
    ("/v1/responses", {"model": "demo"}, "Missing required parameter: 'input'"),
    ("/v1/responses", {"model": "demo", "input": [{"type": "function_call_output", "call_id": "c"}]}, "call_id c"),
    ("/v1/responses", {"model": "demo", "input": "x", "previous_response_id": "r"}, "not found"),
    ("/v1/messages", chat("x"), "max_tokens: field required"),
    ("/v1/messages", {"model": "demo", "max_tokens": 9, "messages": [{"role": "tool", "content": "x"}]}, "role"),
    ("/v1/messages", {**chat(""), "max_tokens": 9}, "must be non-empty"),
    ("/v1beta/models/demo:generateContent", {"contents": []}, "contents is not specified"),
    ("/v1beta/models/demo:generateContent", {"contents": [{"role": "assistant", "parts": []}]}, "valid role"),
    ("/infill", {"input_prefix": "x"}, "input_suffix: field required"),
]


@pytest.mark.parametrize(("path", "body", "message"), BAD)
async def test_a_request_that_the_vendor_would_refuse_is_refused(path: str, body: Any, message: str) -> None:
    """A client's mistake is a 400 that names it, so that a wrong translation does not go unnoticed."""
    async with ScriptedServer() as server:
        status, told = await post(server, path, body, headers=VERSION)
        assert status == 400
        assert message in json.dumps(told["error"], ensure_ascii=False)
        assert server.calls == []


async def test_anthropic_wants_its_version_header() -> None:
    """A messages request without `anthropic-version` is refused."""
    async with ScriptedServer() as server:
        status, told = await post(server, "/v1/messages", {**chat("x"), "max_tokens": 9})
        assert (status, told["error"]["message"]) == (400, "anthropic-version: header is required")


async def test_local_servers_lists_and_signs_of_life() -> None:
    """Ollama's and llama.cpp's small addresses answer; an unknown one is a 404 that names it."""
    async with ScriptedServer(Script(models=("a", "b/c"), known_only=True)) as server:
        assert [model["name"] for model in (await get(server, "/api/tags"))[1]["models"]] == ["a", "b/c"]
        assert [model["name"] for model in (await get(server, "/api/ps"))[1]["models"]] == ["a", "b/c"]
        assert await get(server, "/health") == (200, {"status": "ok"})
        assert "version" in (await get(server, "/api/version"))[1]
        assert (await get(server, "/v1/models/b/c"))[1]["id"] == "b/c"
        assert await post(server, "/api/chat", chat("x")) == (404, {"error": "model 'demo' not found"})
        for method, path in (("POST", "/v1/embeddings"), ("POST", "/v1/models/a:embedContent"), ("GET", "/nowhere")):
            status, told = await (post(server, path, {}) if method == "POST" else get(server, path))
            assert (status, told["error"]["code"]) == (404, "unknown_url")
            assert path in told["error"]["message"]


async def test_a_taken_port_is_one_line() -> None:
    """An address that cannot be had is the user's to change, said in one line."""
    async with ScriptedServer() as server:
        port = int(server.root.rpartition(":")[2])
        with pytest.raises(UserError, match=f"cannot listen on 127.0.0.1:{port}"):
            async with ScriptedServer(port=port):
                pass


async def test_a_server_without_a_record_still_counts() -> None:
    """`record=False` keeps counts only, so that a long run's memory stays flat."""
    async with ScriptedServer(record=False) as server:
        await post(server, "/v1/chat/completions", chat("x"))
        assert server.requests == []
        assert (server.tally.calls, server.tally.finished) == (1, 1)


# --- the fast path


async def test_the_fast_server_answers_any_client_and_fails_the_same_prompts_always() -> None:
    """Streamed and unstreamed, kept alive and torn into pieces; each third prompt fails as often as it comes."""
    server = await serve_fast(host="127.0.0.1", port=0, text="a quick answer", fail_every=3)
    port = server.sockets[0].getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    async with aiohttp.ClientSession() as session:

        async def one(text: str, *, stream: bool) -> tuple[int, str]:
            async with session.post(f"{url}/v1/chat/completions", json=chat(text, stream=stream)) as reply:
                raw = await reply.text()
            if reply.status != 200:
                return reply.status, ""
            if not stream:
                return 200, json.loads(raw)["choices"][0]["message"]["content"]
            events = [json.loads(line[6:]) for line in raw.splitlines() if line.startswith("data: {")]
            assert raw.endswith("data: [DONE]\n\n") and events[-1]["usage"]["completion_tokens"] == 4
            return 200, "".join(event["choices"][0]["delta"].get("content", "") for event in events[:-1])

        asked = ("a", "b", "c", "d", "c", "a")
        said = [await one(text, stream=True) for text in asked]
        fine = (200, "a quick answer")
        assert said == [fine, fine, (500, ""), fine, (500, ""), fine]
        assert await one("e", stream=False) == fine
        async with session.get(f"{url}/v1/models") as reply:
            assert [model["id"] for model in (await reply.json())["data"]] == ["demo"]
        async with session.get(f"{url}/stats") as reply:
            assert await reply.json() == {"requests": 7, "failed": 2}
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    data = json.dumps(chat("a", stream=True)).encode()
    request = b"POST /v1/chat/completions HTTP/1.1\r\ncontent-length: %d\r\n\r\n" % len(data) + data
    for start in range(0, len(request), 7):
        writer.write(request[start : start + 7])
        await writer.drain()
        await asyncio.sleep(0)
    assert (await reader.readuntil(b"\r\n")).startswith(b"HTTP/1.1 200")
    writer.close()
    await writer.wait_closed()
    server.close()


# --- for people: python -m assay.scripted


@contextmanager
def started(*flags: str) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """The command, once it has said where it listens; ended with Ctrl-C."""
    command = [sys.executable, "-m", "assay.scripted", *flags]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield process, [process.stdout.readline() for _ in range(2)]
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=10)


def fetch(url: str, body: Any) -> Any:
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as reply:
        return json.loads(reply.read())


@pytest.mark.parametrize("flags", [("--echo",), ("--fast", "--text", "hello")])
def test_the_command_says_how_to_use_it_and_ends_cleanly(flags: tuple[str, ...]) -> None:
    """It prints its address and the exact `assay run` to type, answers, and ends with 0 on Ctrl-C."""
    with started("--port", "0", *flags) as (process, (first, second)):
        url = first.split(" on ")[1].split(" ")[0]
        assert second.strip() == f"assay run -m demo@{url}/v1"
        assert fetch(f"{url}/v1/chat/completions", chat("hello"))["choices"][0]["message"]["content"] == "hello"
    assert process.returncode == 0


def test_the_command_follows_a_script() -> None:
    """`--script` makes the flaky example flaky: the third and the sixth call fail, and then it is healed."""
    with started("--port", "0", "--script", str(FLAKY)) as (_, (first, _second)):
        url = first.split(" on ")[1].split(" ")[0]
        failed = []
        for number in range(1, 10):
            try:
                fetch(f"{url}/v1/chat/completions", chat(f"prompt {number}"))
            except urllib.error.HTTPError as error:
                failed.append((number, error.code))
                error.close()
        assert failed == [(3, 500), (6, 500)]


def test_a_mistake_on_the_command_line_is_one_line() -> None:
    """A bad flag, a missing script and a taken port each end with 2 and one line on stderr."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        mistakes = [
            (("--prot", "1"), "No such option"),
            (("--script", "none.yaml"), "none.yaml: No such file"),
            (("--port", port), f"cannot listen on 127.0.0.1:{port}"),
            (("--fast", "--port", port), f"cannot listen on 127.0.0.1:{port}"),
            (("--fast", "--echo"), "--fast has one canned answer"),
            (("--echo", "--text", "x"), "exclude one another"),
            (("--fail-every", "3"), "needs --fast"),
        ]
        runs = [
            subprocess.Popen(
                [sys.executable, "-m", "assay.scripted", *flags],
                stderr=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            for flags, _ in mistakes
        ]
        for process, (_, message) in zip(runs, mistakes, strict=True):
            out, told = process.communicate(timeout=20)
            assert (process.returncode, out, told.count("\n")) == (2, "", 1), told
            assert told.startswith("error: ") and message in told


def test_importing_the_server_starts_nothing() -> None:
    """The modules import without a socket, a file or a click of the command line."""
    code = "import assay.scripted.script, assay.scripted.fast, sys; print('aiohttp' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=20)
    assert done.stdout.strip() == "False"
