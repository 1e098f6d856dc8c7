"""A model behind an address: what is sent, what is measured, and what every trouble is called."""

from __future__ import annotations

import asyncio
import codecs
import gzip
import traceback
from http import HTTPStatus
from typing import Any

import pytest
from aiohttp import web
from misbehaving import DELTA, DONE, END, GOOD, KEY, USAGE, Handler, ask, model_at, raw, served, stream

from assay.core.entrant import Entrant
from assay.core.errors import Fault, ProviderError, UserError
from assay.core.messages import Request, Sampling, Usage
from assay.formats.wire import WIRES
from assay.models.addresses import TYPES, endpoint
from assay.models.http import HttpModel, nearest_ids


async def fault_at(base: str, **fields: Any) -> ProviderError:
    async with model_at(base, **fields) as model:
        with pytest.raises(ProviderError) as caught:
            await model.reply(ask())
    error = caught.value
    assert KEY not in repr((str(error), error.args))
    assert "\n" not in str(error)
    return error


async def fault_of(handler: Handler, **fields: Any) -> ProviderError:
    async with served(handler) as base:
        return await fault_at(base, **fields)


def answering(status: int, body: Any = None, **headers: str) -> Handler:
    async def handler(request: web.Request) -> web.Response:
        if isinstance(body, dict):
            return web.json_response(body, status=status, headers=headers)
        return web.Response(status=status, text=body or "", headers=headers)

    return handler


async def test_a_stream_is_read_and_its_first_token_timed() -> None:
    """Text, usage, end, and a time to the first token that is not the time to the first byte."""

    async def handler(request: web.Request) -> web.StreamResponse:
        assert request.headers["Authorization"] == f"Bearer {KEY}"
        body = await request.json()
        assert body["stream"] is True and request.path == "/v1/chat/completions"
        return await stream(request, b": wait\n\n", 0.1, DELTA % b"Hel", 0.1, DELTA % b"lo", END + USAGE + DONE)

    async with served(handler) as base, model_at(base) as model:
        reply = await model.reply(ask())
    assert (reply.text, reply.finish_reason, reply.http_status) == ("Hello", "stop", 200)
    assert reply.usage == Usage(input=3, output=2)
    assert reply.ttft is not None and 0.08 < reply.ttft < reply.latency - 0.05


async def test_a_whole_answer_to_a_stream_is_read_without_a_first_token() -> None:
    """A server that does not stream is understood; a time that was not seen is not invented."""
    body = {"choices": [{"index": 0, "message": {"content": "Hi"}, "finish_reason": "stop"}]}
    async with served(answering(200, body)) as base, model_at(base) as model:
        reply = await model.reply(ask())
    assert (reply.text, reply.ttft) == ("Hi", None)
    assert reply.latency > 0


async def test_nothing_is_streamed_where_the_option_says_so() -> None:
    """`stream: false` asks for one piece."""

    async def handler(request: web.Request) -> web.Response:
        assert "stream" not in await request.json()
        return web.json_response({"choices": [{"message": {"content": "Hi"}}]})

    async with served(handler) as base, model_at(base, options={"stream": False}) as model:
        assert (await model.reply(ask())).text == "Hi"


async def test_connections_are_kept_and_used_again() -> None:
    """A hundred calls in a row share one connection."""
    ports: set[Any] = set()

    async def handler(request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        ports.add(request.transport.get_extra_info("peername"))
        return await stream(request, GOOD)

    async with served(handler) as base, model_at(base) as model:
        for _ in range(100):
            await model.reply(ask())
    assert len(ports) == 1


async def test_a_kept_connection_that_is_dropped_is_no_fault() -> None:
    """llama.cpp says that it keeps a connection, and drops it behind a stream: the next call makes a new one at once."""
    ports: list[Any] = []

    async def handler(request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        port = request.transport.get_extra_info("peername")
        if port in ports:
            request.transport.abort()
            return web.Response()
        ports.append(port)
        return await stream(request, GOOD)

    async with served(handler) as base, model_at(base) as model:
        assert [(await model.reply(ask())).text for _ in range(10)] == ["Hello"] * 10
    assert len(ports) == 10


STATUSES: list[tuple[int, Any, Fault]] = [
    (400, {"error": {"message": "Unknown parameter"}}, Fault.REJECTED),
    (400, {"error": {"message": "maximum context length is 5", "code": "context_length_exceeded"}}, Fault.CONTEXT),
    (401, {"error": {"message": "bad key"}}, Fault.AUTH),
    (403, {"error": {"message": "no"}}, Fault.AUTH),
    (404, {"error": {"message": "no model"}}, Fault.NOT_FOUND),
    (408, None, Fault.TIMEOUT),
    (409, None, Fault.RATE),
    (425, None, Fault.RATE),
    (429, {"error": {"message": "slow down"}}, Fault.RATE),
    (500, {"error": {"message": "oops"}}, Fault.SERVER),
    (502, "<html><title>Bad Gateway</title></html>", Fault.SERVER),
    (503, None, Fault.SERVER),
    (529, {"error": {"type": "overloaded_error", "message": "Overloaded"}}, Fault.SERVER),
    (307, None, Fault.REJECTED),
    (200, {"error": {"message": "later", "code": 429}}, Fault.RATE),
    (200, {"choices": []}, Fault.MALFORMED),
    (200, {"choices": 5}, Fault.MALFORMED),
]


@pytest.mark.parametrize(("status", "body", "fault"), STATUSES)
async def test_a_status_becomes_its_fault(status: int, body: Any, fault: Fault) -> None:
    """Each with the status and the server's own message."""
    error = await fault_of(answering(status, body))
    assert error.fault is fault
    assert error.http_status == status
    if isinstance(body, dict) and isinstance(body.get("error"), dict):
        assert body["error"]["message"] in str(error)


@pytest.mark.parametrize("status", [401, 402, 404, 409, 413, 429, 500, 503])
async def test_a_status_without_a_word_is_told_in_those_of_http(status: int) -> None:
    """Nothing is made up: who must pay is not told that the key is wrong."""
    assert f"HTTP {status}: {HTTPStatus(status).phrase}" in str(await fault_of(answering(status)))


def framed(body: bytes, coding: str = "identity") -> bytes:
    """A whole answer in JSON, said to be compressed so."""
    head = f"Content-Type: application/json\r\nContent-Encoding: {coding}\r\nContent-Length: {len(body)}"
    return f"HTTP/1.1 200 OK\r\n{head}\r\n\r\n".encode() + body


HI = b'{"choices": [{"message": {"content": "Hi"}}]}'


@pytest.mark.parametrize("answer", [framed(HI), framed(gzip.compress(HI), "gzip"), framed(codecs.BOM_UTF8 + HI)])
async def test_an_answer_may_be_compressed_and_may_begin_with_a_byte_order_mark(answer: bytes) -> None:
    async with raw(answer) as base, model_at(base) as model:
        assert (await model.reply(ask())).text == "Hi"


@pytest.mark.parametrize(
    ("answer", "fault", "said"),
    [
        (framed(HI, "gzip"), Fault.MALFORMED, "not compressed as it says"),
        (framed(HI, "br"), Fault.MALFORMED, "not compressed as it says"),
        (framed(b" \n"), Fault.CUT, "the answer is empty"),
    ],
)
async def test_an_answer_with_nothing_to_read_in_it_says_why(answer: bytes, fault: Fault, said: str) -> None:
    """One that lies about its compression is neither cut off nor no HTTP."""
    async with raw(answer) as base:
        error = await fault_at(base)
    assert error.fault is fault and said in str(error)


STREAMS: list[tuple[str, tuple[bytes | float, ...], Fault]] = [
    ("cut between events", (DELTA % b"Hel",), Fault.CUT),
    ("cut in an event", (DELTA % b"Hel", b'data: {"choices": [{"del'), Fault.CUT),
    ("nothing", (), Fault.CUT),
    ("broken event", (b'data: {"choices": [}\n\n', DONE), Fault.MALFORMED),
    ("no choices", (USAGE, DONE), Fault.MALFORMED),
    ("silent", (DELTA % b"Hel", 1.0, END), Fault.SILENT),
    ("silent at once", (1.0, END), Fault.SILENT),
    ("error event", (DELTA % b"x", b'data: {"error":{"message":"gone","type":"server_error"}}\n\n'), Fault.SERVER),
]


@pytest.mark.parametrize(("name", "pieces", "fault"), STREAMS, ids=[row[0] for row in STREAMS])
async def test_a_bad_stream_becomes_its_fault(name: str, pieces: tuple[bytes | float, ...], fault: Fault) -> None:
    """Cut, silent, broken and empty streams are told apart, and none is a short answer."""

    async def handler(request: web.Request) -> web.StreamResponse:
        return await stream(request, *pieces)

    assert (await fault_of(handler, silence=0.3)).fault is fault


async def test_a_connection_lost_in_the_body_is_a_cut() -> None:
    """A length that is not kept and a chunk that is not finished."""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
    for rest in (b"Content-Length: 900\r\n\r\n" + DELTA % b"a", b"Transfer-Encoding: chunked\r\n\r\nff\r\ndata: {"):
        async with raw(head + rest) as base:
            assert (await fault_at(base)).fault is Fault.CUT


async def test_what_is_no_http_and_what_is_no_answer_are_told_apart() -> None:
    """Another protocol is malformed; a hang-up before the first word is a failed connection."""
    async with raw(b"SSH-2.0-OpenSSH_9.2\r\n") as base:
        assert (await fault_at(base)).fault is Fault.MALFORMED
    async with raw(b"") as base:
        assert (await fault_at(base)).fault is Fault.CONNECT
    assert (await fault_at("http://127.0.0.1:9")).fault is Fault.CONNECT
    assert (await fault_at("http://no-such-host.invalid")).fault is Fault.CONNECT


async def test_a_server_that_never_answers_runs_into_the_time_limit() -> None:
    """The entrant's `timeout` covers the whole call; a steady drip does not escape it."""

    async def silent(request: web.Request) -> web.StreamResponse:
        await asyncio.sleep(5)
        return web.Response()

    async def dripping(request: web.Request) -> web.StreamResponse:
        return await stream(request, *(piece for _ in range(50) for piece in (b": ping\n\n", 0.05)))

    for handler in (silent, dripping):
        error = await fault_of(handler, timeout=0.3, silence=0.2)
        assert error.fault is Fault.TIMEOUT


async def test_an_answer_that_is_whole_is_kept_although_the_server_does_not_hang_up() -> None:
    """After the end of the answer only its bookkeeping is waited for, and not for long."""

    async def handler(request: web.Request) -> web.StreamResponse:
        return await stream(request, DELTA % b"Hello", END, 4.0)

    async with served(handler) as base, model_at(base) as model:
        reply = await model.reply(ask())
    assert reply.text == "Hello"
    assert reply.latency < 1


@pytest.mark.parametrize("kind", ["text/html", "text/plain", "application/octet-stream", "image/png"])
async def test_an_answer_of_the_wrong_kind_is_malformed(kind: str) -> None:
    """A captive portal's page is no answer, even with status 200."""

    async def handler(request: web.Request) -> web.StreamResponse:
        return await stream(request, b"<html>Please log in</html>", kind=kind)

    error = await fault_of(handler)
    assert error.fault is Fault.MALFORMED
    assert kind in str(error)


@pytest.mark.parametrize("kind", ["text/event-stream", "application/json"])
async def test_an_endless_answer_is_given_up_and_its_connection_closed(kind: str) -> None:
    """More than the limit is not read, streamed or whole, with or without line ends."""
    closed = asyncio.Event()

    async def handler(request: web.Request) -> web.StreamResponse:
        try:
            return await stream(request, b"data: ", *([b"x" * 2**20] * 100), kind=kind)
        finally:
            closed.set()

    async with served(handler) as base:
        error = await fault_at(base)
        assert error.fault is Fault.TOO_LARGE
        await asyncio.wait_for(closed.wait(), 5)


async def test_an_unknown_model_is_answered_with_the_nearest_that_the_server_lists() -> None:
    """The list is asked for once, however many calls meet the 404."""
    listed = 0

    async def handler(request: web.Request) -> web.Response:
        nonlocal listed
        if request.path == "/v1/models":
            listed += 1
            assert request.headers["Authorization"] == f"Bearer {KEY}"
            ids = ["gpt-9-mini", "meta/llama-7", "whisper"]
            return web.json_response({"object": "list", "data": [{"id": i} for i in ids]})
        return web.json_response({"error": {"message": "The model does not exist"}}, status=404)

    async with served(handler) as base, model_at(base, model_id="gpt9-mini") as model:
        errors = await asyncio.gather(*(model.reply(ask()) for _ in range(5)), return_exceptions=True)
    assert all("nearest ids that it lists: gpt-9-mini" in str(error) for error in errors)
    assert listed == 1
    assert nearest_ids("llama7", ("meta/llama-7", "whisper")) == ["meta/llama-7"]


async def test_a_blocked_prompt_is_a_reply_with_the_filters_word() -> None:
    """The vendor's filter is no fault of the apparatus."""
    body = {"error": {"message": "The response was filtered", "code": "content_filter"}}
    async with served(answering(400, body)) as base, model_at(base) as model:
        reply = await model.reply(ask())
    assert (reply.text, reply.finish_reason, reply.http_status) == ("", "content_filter", 400)


@pytest.mark.parametrize(
    ("headers", "body", "expected"),
    [
        ({"Retry-After": "7"}, None, 7.0),
        ({"retry-after-ms": "1500", "Retry-After": "2"}, None, 1.5),
        ({"x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "6m0s"}, None, 360.0),
        ({}, {"error": {"message": "x", "details": [{"retryDelay": "12s"}]}}, 12.0),
        ({}, None, None),
    ],
)
async def test_the_servers_wish_to_wait_is_passed_on(
    headers: dict[str, str], body: Any, expected: float | None
) -> None:
    """From headers or body, whichever says it."""
    error = await fault_of(answering(429, body, **headers))
    assert error.retry_after == expected


async def test_rate_headers_of_a_good_answer_become_a_hint() -> None:
    """Zero where there is room, seconds where there is none, nothing without a word."""
    hints = []
    for left in ("0", "5", None):

        async def handler(request: web.Request, left: str | None = left) -> web.StreamResponse:
            headers = {"x-ratelimit-remaining-tokens": left, "x-ratelimit-reset-tokens": "20s"} if left else {}
            return web.json_response({"choices": [{"message": {"content": "Hi"}}]}, headers=headers)

        async with served(handler) as base, model_at(base) as model:
            hints.append((await model.reply(ask())).rate_hint)
    assert hints == [20.0, 0.0, None]


async def test_a_server_that_echoes_what_it_was_sent_gives_no_key_away() -> None:
    """Not whole, not shortened, not starred, not in a header's value, an address or an answer."""

    async def handler(request: web.Request) -> web.Response:
        told = request.headers["Authorization"]
        message = (
            f"{told} | {KEY[:12]}... | sk-l********1c | X-Team: {request.headers['X-Team']}"
            f" | {dict(request.headers)} | https://user:{KEY}@host/path?key={KEY}&a=b\nsecond line"
        )
        return web.json_response({"error": {"message": message}}, status=401)

    async with served(handler) as base, model_at(base, headers={"X-Team": "blue-team-token"}) as model:
        with pytest.raises(ProviderError) as caught:
            await model.reply(ask())
    assert KEY not in "".join(traceback.format_exception(caught.value))
    text = str(caught.value)
    for secret in (KEY, KEY[:12], KEY[4:12], "sk-l*", "1c", "blue-team-token", "key=", "user:"):
        assert secret not in text.replace("127.0.0.1", "")
    assert "\n" not in text and len(text) < 700

    async def echo(request: web.Request) -> web.Response:
        return web.json_response({"choices": [{"message": {"content": f"I got {request.headers['Authorization']}"}}]})

    async with served(echo) as base, model_at(base) as model:
        assert KEY not in repr(await model.reply(ask()))


async def test_a_redirect_takes_the_key_nowhere() -> None:
    """The other address is not followed."""
    reached = False

    async def elsewhere(request: web.Request) -> web.Response:
        nonlocal reached
        reached = True
        return web.Response()

    async with served(elsewhere) as other:
        error = await fault_of(answering(302, None, Location=f"{other}/v1/chat/completions"))
    assert error.fault is Fault.REJECTED
    assert not reached


async def test_a_format_without_stop_strings_is_cut_here() -> None:
    """The responses API takes none, and the reply ends before the first all the same."""

    async def handler(request: web.Request) -> web.Response:
        assert "stop" not in await request.json()
        output = [{"type": "message", "content": [{"type": "output_text", "text": "one END two"}]}]
        return web.json_response({"status": "completed", "output": output})

    async with served(handler) as base, model_at(base, type="responses") as model:
        assert (await model.reply(ask(stop=("END",)))).text == "one "


@pytest.mark.parametrize(
    ("fields", "path", "header"),
    [
        ({"type": "anthropic"}, "/v1/messages", "x-api-key"),
        ({"type": "google"}, "/v1beta/models/m:streamGenerateContent", "x-goog-api-key"),
        ({"type": "responses"}, "/v1/responses", "Authorization"),
        ({"type": "completions"}, "/v1/completions", "Authorization"),
        ({"type": "completions", "options": {"api": "infill"}}, "/infill", "Authorization"),
        ({"type": "completions", "options": {"api": "generate"}}, "/api/generate", "Authorization"),
    ],
)
async def test_each_type_knocks_at_its_own_door(fields: dict[str, Any], path: str, header: str) -> None:
    """Path and key header of every type; the key is never in the query."""
    seen: list[web.Request] = []

    async def handler(request: web.Request) -> web.Response:
        seen.append(request)
        return web.json_response({"error": {"message": "x"}}, status=500)

    assert (await fault_of(handler, **fields)).fault is Fault.SERVER
    assert seen[0].path == path
    assert KEY in seen[0].headers[header]
    assert KEY not in seen[0].query_string
    assert ("anthropic-version" in seen[0].headers) is (fields["type"] == "anthropic")


ADDRESSES = [
    ("openai", "http://h:1", "http://h:1/v1/chat/completions"),
    ("openai", "http://h:1/v1/", "http://h:1/v1/chat/completions"),
    ("openai", "https://h/api/v1", "https://h/api/v1/chat/completions"),
    ("openai", "https://h/v1/chat/completions", "https://h/v1/chat/completions"),
    ("openai", "https://h/v1beta/openai/", "https://h/v1beta/openai/chat/completions"),
    ("openai", "https://h/openai/v1?api-version=2", "https://h/openai/v1/chat/completions?api-version=2"),
    ("anthropic", "https://h", "https://h/v1/messages"),
    ("anthropic", "https://h/v1/", "https://h/v1/messages"),
    ("anthropic", "https://h/anthropic", "https://h/anthropic/v1/messages"),
    ("google", "https://h", "https://h/v1beta/models/m:generateContent"),
    ("google", "https://h/v1beta/models/", "https://h/v1beta/models/m:generateContent"),
]


@pytest.mark.parametrize(("kind", "base", "expected"), ADDRESSES)
def test_an_address_may_be_written_in_several_ways(kind: str, base: str, expected: str) -> None:
    """With and without the version, with the endpoint, below a broker's path."""
    wire = WIRES[TYPES[kind].wire]
    call = wire.call(Request(prompt="x"), model_id="m", stream=False)
    assert endpoint(base, wire.root, call.path, query=call.query) == expected


@pytest.mark.parametrize("base", ["localhost:8000", "ftp://h", "http://", "http://h:port", "https://u:pw@h/v1"])
def test_an_address_that_is_none_is_the_users_to_mend(base: str) -> None:
    """Said before anything is sent, without a password that it may hold."""
    with pytest.raises(UserError) as caught:
        HttpModel(Entrant(name="x", type="openai", model_id="m", api_base=base))
    assert "pw" not in str(caught.value)


def test_a_key_with_a_line_break_is_named_and_not_shown() -> None:
    """The commonest slip with keys read from files."""
    with pytest.raises(UserError) as caught:
        HttpModel(Entrant(name="x", type="openai", model_id="m", api_base="http://h"), key="sk-abcdefgh\nijk")
    assert "line break" in str(caught.value) and "abcdefgh" not in str(caught.value)


async def test_what_cannot_be_asked_is_said_without_asking() -> None:
    """A suffix for a conversation, and a body that is no JSON, never leave."""
    async with model_at("http://127.0.0.1:9") as model:
        for request in (
            Request(prompt="a", suffix="b"),
            Request(prompt="a", sampling=Sampling(extra_body={"x": object()})),
            ask("\ud800"),
        ):
            with pytest.raises(ProviderError) as caught:
                await model.reply(request)
            assert caught.value.fault is Fault.REJECTED


async def test_a_cancelled_call_is_over_at_once() -> None:
    """Cancelling closes the connection and is not turned into a fault."""
    gone = asyncio.Event()

    async def handler(request: web.Request) -> web.StreamResponse:
        try:
            return await stream(request, DELTA % b"a", *(piece for _ in range(200) for piece in (0.02, DELTA % b"b")))
        finally:
            gone.set()

    async with served(handler) as base, model_at(base) as model:
        task = asyncio.create_task(model.reply(ask()))
        await asyncio.sleep(0.1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await asyncio.wait_for(gone.wait(), 2)
