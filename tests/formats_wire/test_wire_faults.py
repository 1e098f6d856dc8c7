"""What vendors' error bodies mean: their words, collected."""

from __future__ import annotations

import contextlib
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.core.errors import Fault
from assay.core.messages import Reply
from assay.formats.wire import WIRES, WireError, blocked, fault_of, read_problem


def error(message: str, **more: Any) -> dict[str, Any]:
    return {"error": {"message": message, **more}}


BODIES: list[tuple[int, Any, Fault]] = [
    (401, error("Incorrect API key provided"), Fault.AUTH),
    (403, error("Project does not have access to model"), Fault.AUTH),
    (403, error("Your chosen model requires moderation and your input was flagged"), Fault.REJECTED),
    (404, error("The model `x` does not exist", code="model_not_found"), Fault.NOT_FOUND),
    (400, error("x/y is not a valid model ID", code=400), Fault.NOT_FOUND),
    (402, error("Insufficient credits"), Fault.AUTH),
    (400, error("Your credit balance is too low to access the API", type="invalid_request_error"), Fault.AUTH),
    (429, error("You exceeded your current quota", code="insufficient_quota"), Fault.AUTH),
    (429, error("You exceeded your current quota", status="RESOURCE_EXHAUSTED"), Fault.RATE),
    (429, error("Rate limit reached. Please reduce the length of the messages or completion."), Fault.RATE),
    (400, error("API key not valid. Please pass a valid API key.", status="INVALID_ARGUMENT"), Fault.AUTH),
    (408, error("timeout"), Fault.TIMEOUT),
    (409, error("conflict"), Fault.RATE),
    (425, error("too early"), Fault.RATE),
    (500, error("boom"), Fault.SERVER),
    (529, {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}, Fault.SERVER),
    (422, {"detail": [{"loc": ["body"], "msg": "field required"}]}, Fault.REJECTED),
    (400, error("Unsupported value: 'temperature'"), Fault.REJECTED),
    (
        400,
        error(
            "This model's maximum context length is 8192 tokens. However, your messages resulted in 9000 tokens.",
            code="context_length_exceeded",
        ),
        Fault.CONTEXT,
    ),
    (400, error("Your input exceeds the context window of this model."), Fault.CONTEXT),
    (
        400,
        {"type": "error", "error": {"type": "x", "message": "prompt is too long: 210 tokens > 200 maximum"}},
        Fault.CONTEXT,
    ),
    (400, error("input length and `max_tokens` exceed context limit: 199000 + 8192 > 200000"), Fault.CONTEXT),
    (
        400,
        error("The input token count (1200000) exceeds the maximum number of tokens allowed (1048575)."),
        Fault.CONTEXT,
    ),
    (
        400,
        {"object": "error", "message": "The input (9 tokens) is longer than the model's context length (4 tokens)."},
        Fault.CONTEXT,
    ),
    (
        400,
        error("the request exceeds the available context size, try increasing it", type="exceed_context_size_error"),
        Fault.CONTEXT,
    ),
    (
        400,
        {"message": "Prompt contains 9 tokens and 0 draft tokens, too large for model with 4 maximum context length"},
        Fault.CONTEXT,
    ),
    (400, error("Please reduce the length of the messages or completion."), Fault.CONTEXT),
    (400, error("This model's maximum prompt length is 131072 but the request contains 140000 tokens."), Fault.CONTEXT),
    (500, {"error": "input length exceeds the context length"}, Fault.CONTEXT),
    (413, {"error": {"type": "request_too_large", "message": "Request exceeds the maximum size"}}, Fault.REJECTED),
]


@pytest.mark.parametrize(("status", "body", "fault"), BODIES)
def test_a_vendors_words_are_understood(status: int, body: Any, fault: Fault) -> None:
    """A status and a body in, the kind of fault and the server's message out."""
    problem = read_problem(msgspec.json.encode(body))
    assert fault_of(status, problem) is fault
    assert problem.message


def test_an_error_behind_a_page_or_in_a_list_is_read_too() -> None:
    """A proxy's page gives its title; Gemini's list its first error, with the wait that it names."""
    page = read_problem(b"<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>")
    assert page.message.strip() == "502 Bad Gateway"
    listed = read_problem(
        b'[{"error":{"code":429,"message":"Quota","status":"RESOURCE_EXHAUSTED",'
        b'"details":[{"@type":"RetryInfo","retryDelay":"34.5s"}]}}]'
    )
    assert (listed.message, listed.status, listed.retry_after) == ("Quota", 429, 34.5)
    relayed = read_problem(
        b'{"error":{"message":"Provider returned error","code":502,"metadata":{"raw":"GPU fell off"}}}'
    )
    assert relayed.message == "Provider returned error: GPU fell off"


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (400, error("The response was filtered due to the prompt", code="content_filter"), True),
        (400, error("Your prompt was flagged as potentially violating our usage policy", code="invalid_prompt"), True),
        (403, error("requires moderation and your input was flagged"), True),
        (400, error("Unknown parameter: 'foo'"), False),
        (500, error("content filter service is down"), False),
    ],
)
def test_a_blocked_prompt_is_told_from_a_broken_request(status: int, body: Any, expected: bool) -> None:
    """The filter's refusal is about the prompt; all else is about us or them."""
    assert blocked(status, read_problem(msgspec.json.encode(body))) is expected


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 500) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(
            ["choices", "delta", "message", "content", "error", "type", "usage", "output", "candidates", "parts",
             "index", "text", "finish_reason", "status", "code", "response", "item", "content_block", "metadata",
             "details", "input_tokens_details", "stop", "done", "tool_calls", "function", "x"]
        ),
        inner,
        max_size=4,
    ),
    max_leaves=12,
)  # fmt: skip


@given(st.sampled_from(sorted(WIRES)), JSON)
def test_no_answer_in_any_shape_does_more_than_fail(name: str, value: Any) -> None:
    """A hostile server gets a reply or a fault; only errors of shape, which the transport expects, escape."""
    body = msgspec.json.encode(value)
    with contextlib.suppress(WireError, AttributeError, TypeError, ValueError, KeyError, IndexError):
        assert isinstance(WIRES[name].whole(body), Reply)
    problem = read_problem(body)
    assert isinstance(fault_of(400, problem), Fault)


def test_a_body_nested_beyond_reason_is_a_body_without_a_message() -> None:
    """It neither crashes the reader nor fills a line."""
    assert fault_of(400, read_problem(b"[" * 100_000)) is Fault.REJECTED
