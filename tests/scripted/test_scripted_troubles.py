"""Every misbehaviour, observed by a client that reads bare bytes: what really arrives, and when."""

from __future__ import annotations

import asyncio
import json
from typing import Any
from urllib.parse import urlsplit

import pytest
from scripted_raw import FORMATS, Heard, ask

from assay.scripted.script import Answer, Script, Trouble
from assay.scripted.server import ScriptedServer

TEXT = "The quick brown fox jumps over the lazy dog — ☃."


async def meet(trouble: Trouble, name: str = "chat", *, stream: bool = True, **settings: Any) -> Heard:
    """One call of one format that meets one trouble."""
    script = Script(rules=Script.troubled(trouble).rules, default=Answer(text=TEXT))
    async with ScriptedServer(script) as server:
        return await ask(server, FORMATS[name], stream=stream, **settings)


each_format = pytest.mark.parametrize("name", FORMATS)
each_way = pytest.mark.parametrize("stream", [False, True], ids=["whole", "streamed"])


@each_format
async def test_without_trouble_every_format_answers(name: str) -> None:
    """Streamed or not, each format brings the script's text and is framed to its end."""
    form = FORMATS[name]
    async with ScriptedServer(Script.fixed(TEXT)) as server:
        whole = await ask(server, form, stream=False)
        streamed = await ask(server, form, stream=True)
    assert (whole.status, streamed.status) == (200, 200)
    assert form.text(json.loads(whole.body)) == TEXT
    assert "".join(map(form.piece, streamed.events(form.framing))) == TEXT
    assert whole.headers["content-type"] == "application/json"
    assert streamed.whole and whole.whole


@each_way
@each_format
async def test_errors_have_the_vendors_body(name: str, stream: bool) -> None:
    """An error is a whole JSON body with its status, streamed request or not, and says when to come back."""
    heard = await meet(Trouble(status=429, retry_after=1.5), name, stream=stream)
    told = json.loads(heard.body)
    assert (heard.status, heard.headers["content-type"]) == (429, "application/json")
    if name.startswith("gemini"):
        assert "retry-after" not in heard.headers
        assert told["error"]["details"][0]["retryDelay"] == "1.5s"
    else:
        assert heard.headers["retry-after"] == "1.5"
    silent = await meet(Trouble(status=429), name, stream=stream)
    assert "retry-after" not in silent.headers
    assert "retryDelay" not in silent.body.decode()
    broken = await meet(Trouble(status=500, message="The disk is gone."), name, stream=stream)
    assert broken.status == 500 and b"The disk is gone." in broken.body


OVERFLOWS = {
    "chat": "context_length_exceeded",
    "completions": "context_length_exceeded",
    "responses": "context_length_exceeded",
    "messages": "prompt is too long",
    "gemini": "exceeds the maximum number of tokens",
    "gemini-array": "exceeds the maximum number of tokens",
    "infill": "exceed_context_size_error",
    "ollama-chat": "exceeds the context length",
    "ollama-generate": "exceeds the context length",
}


@each_format
async def test_a_context_overflow_is_said_in_the_vendors_words(name: str) -> None:
    """Too long a prompt is a 400 with the words that each vendor has for it."""
    heard = await meet(Trouble(does="overflow"), name)
    assert heard.status == 400
    assert OVERFLOWS[name] in heard.body.decode()


@each_way
@each_format
async def test_a_cut_reply_is_never_framed_to_its_end(name: str, stream: bool) -> None:
    """After the promised events, or half a body, the connection ends and the framing says that more was owed."""
    heard = await meet(Trouble(does="cut", after=2), name, stream=stream)
    assert (heard.status, heard.closed, heard.whole) == (200, "end", False)
    assert heard.body
    if stream and FORMATS[name].framing != "array":
        assert len(heard.events(FORMATS[name].framing)) == 2


@each_way
@each_format
async def test_malformed_json_is_well_framed(name: str, stream: bool) -> None:
    """HTTP is in order and the JSON is not."""
    heard = await meet(Trouble(does="malformed", after=1), name, stream=stream)
    assert (heard.status, heard.whole) == (200, True)
    with pytest.raises(json.JSONDecodeError):
        heard.events(FORMATS[name].framing) if stream else json.loads(heard.body)


@each_way
@each_format
async def test_an_empty_answer_is_well_formed_and_holds_nothing(name: str, stream: bool) -> None:
    """No choice, block, item or candidate: valid JSON in which no text can be found."""
    heard = await meet(Trouble(does="empty"), name, stream=stream)
    assert (heard.status, heard.whole) == (200, True)
    values = heard.events(FORMATS[name].framing) if stream else [json.loads(heard.body)]
    assert values
    if name == "responses" and stream:
        values = [event["response"] for event in values]
    for value in values:
        assert value.get("choices", []) == value.get("candidates", []) == value.get("output", []) == []
        assert not value.get("content") and not value.get("response")
    assert TEXT[:4] not in heard.body.decode()


@each_way
@pytest.mark.parametrize("does", ["close", "reset"])
async def test_hanging_up_leaves_no_byte(does: Any, stream: bool) -> None:
    """The connection ends, in order or with a reset, before a status line."""
    heard = await meet(Trouble(does=does), stream=stream)
    assert heard.raw == b""
    assert heard.closed == {"close": "end", "reset": "reset"}[does]


@each_way
async def test_hanging_says_nothing_and_holds_on(stream: bool) -> None:
    """Not a byte comes, and the connection stays open; the server forgets the call when the caller leaves."""
    script = Script.troubled(Trouble(does="hang"))
    async with ScriptedServer(script) as server:
        heard = await ask(server, FORMATS["chat"], stream=stream, patience=0.2)
        assert (heard.raw, heard.closed) == (b"", "")
        await asyncio.sleep(0.1)
        assert server.tally.in_flight == 0
        assert (server.requests[0].status, server.requests[0].finished) == (0, False)


@each_way
async def test_a_silent_reply_stops_after_its_headers(stream: bool) -> None:
    """Headers and the promised events arrive at once, and then nothing, with the connection open."""
    heard = await meet(Trouble(does="silent"), stream=stream, patience=0.2)
    assert (heard.status, heard.body, heard.closed, heard.whole) == (200, b"", "", False)
    if stream:
        heard = await meet(Trouble(does="silent", after=3), patience=0.2)
        assert len(heard.events()) == 3 and not heard.closed


@each_way
async def test_a_page_for_people_instead_of_an_answer(stream: bool) -> None:
    """Status 200, text/html and a page, as a captive proxy sends it."""
    heard = await meet(Trouble(does="html"), stream=stream)
    assert (heard.status, heard.whole) == (200, True)
    assert heard.headers["content-type"].startswith("text/html")
    assert heard.body.startswith(b"<!DOCTYPE html>")


@each_way
@each_format
async def test_a_huge_answer_is_valid_and_as_long_as_said(name: str, stream: bool) -> None:
    """The answer holds the promised number of bytes and is correct to its end."""
    heard = await meet(Trouble(does="huge", size=3_000_000), name, stream=stream)
    form = FORMATS[name]
    text = "".join(map(form.piece, heard.events(form.framing))) if stream else form.text(json.loads(heard.body))
    assert heard.whole and text == "x" * 3_000_000


async def test_a_hundred_megabytes_can_be_read_and_dropped() -> None:
    """The default huge answer is 100 MB, and a caller may leave in the middle of it."""
    async with ScriptedServer(Script.troubled(Trouble(does="huge"))) as server:
        where = urlsplit(server.root)
        reader, writer = await asyncio.open_connection(where.hostname, where.port)
        data = json.dumps({**FORMATS["chat"].body, "stream": True}).encode()
        writer.write(b"POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % len(data) + data)
        read = 0
        while read < 20_000_000:
            read += len(await reader.read(1 << 20))
        writer.close()
        await asyncio.sleep(0.1)
        assert server.requests[0].trouble is not None and server.requests[0].trouble.size == 100 * 1024 * 1024
        assert not server.requests[0].finished


async def test_an_error_in_the_stream_follows_whole_events() -> None:
    """The stream begins well and then brings the vendor's error under status 200; unstreamed it is a 500."""
    for name in ("chat", "responses", "messages", "gemini", "gemini-array", "infill", "ollama-chat"):
        heard = await meet(Trouble(does="error", after=2, message="Overloaded"), name)
        events = heard.events(FORMATS[name].framing)
        assert (heard.status, len(events)) == (200, 3), name
        assert "Overloaded" in json.dumps(events[-1])
    heard = await meet(Trouble(does="error"), stream=False)
    assert heard.status == 500


async def test_latency_ttft_and_drip_are_waited_for() -> None:
    """Each pause lies where it says: before the status, before the first event, between events."""
    calm = await meet(Trouble())
    late = await meet(Trouble(latency=0.2), patience=0.1)
    assert calm.whole and late.raw == b""
    waiting = await meet(Trouble(ttft=0.3), patience=0.15)
    assert (waiting.status, waiting.body) == (200, b"")
    dripping = await meet(Trouble(drip=0.02))
    assert dripping.whole and dripping.seconds >= 0.02 * (len(dripping.events()) - 1)
    unstreamed = await meet(Trouble(ttft=0.2), stream=False)
    assert unstreamed.whole and unstreamed.seconds >= 0.2


async def test_torn_pieces_are_the_same_bytes() -> None:
    """Pieces of three bytes tear events and characters apart and change nothing of the whole."""
    calm, torn = await meet(Trouble()), await meet(Trouble(piece=3))
    assert torn.body == calm.body
    assert torn.raw.count(b"\r\n3\r\n") > 100


async def test_comments_come_before_every_event() -> None:
    """Keep-alive comments fill the stream without being events, while the first token is waited for, too."""
    heard = await meet(Trouble(comments=2))
    assert heard.body.count(b": keep-alive\n\n") == 2 * heard.body.count(b"data: ")
    waiting = await meet(Trouble(comments=1, ttft=0.5), patience=0.2)
    assert waiting.body == b": keep-alive\n\n"


async def test_an_error_may_give_the_callers_key_away() -> None:
    """`echo_headers` puts the request's headers into the error text, so that a client's redaction can be tested."""
    heard = await meet(Trouble(status=400, echo_headers=True), headers={"Authorization": "Bearer sk-secret"})
    assert "sk-secret" in json.loads(heard.body)["error"]["message"]


async def test_further_headers_and_another_model_id() -> None:
    """A script may add rate headers, and may answer under another model's id."""
    rates = {"x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "1s"}
    for stream in (False, True):
        assert rates.items() <= (await meet(Trouble(headers=rates), stream=stream)).headers.items()
    async with ScriptedServer(Script(default=Answer(text="a", model="other"))) as server:
        for name in ("chat", "messages", "ollama-chat", "responses"):
            heard = await ask(server, FORMATS[name], stream=False)
            assert json.loads(heard.body)["model"] == "other"
        heard = await ask(server, FORMATS["gemini"], stream=False)
        assert json.loads(heard.body)["modelVersion"] == "other"


async def test_a_trouble_heals_and_a_port_opens_again() -> None:
    """After `times` calls the server is well; a refused connection is accepted later on the same port."""
    script = Script(rules=Script.troubled(Trouble(status=503), times=2).rules, default=Answer(text=TEXT))
    async with ScriptedServer(script) as server:
        seen = [(await ask(server, FORMATS["chat"], stream=True)).status for _ in range(4)]
        assert seen == [503, 503, 200, 200]
        address = server.root
        await server.refuse()
        with pytest.raises(ConnectionRefusedError):
            await ask(server, FORMATS["chat"], stream=True)
        await server.accept()
        assert server.root == address
        assert (await ask(server, FORMATS["chat"], stream=True)).status == 200
