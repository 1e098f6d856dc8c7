"""Which path speaks which format, and where each vendor puts its key.

Knows paths and header names; refuses to know bodies. Any prefix is taken (`/v1`, `/api/v1`,
`/v1beta/openai`), as servers and gateways put these paths anywhere.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from typing import Any, Literal

import msgspec

from assay.scripted import wire_anthropic, wire_gemini, wire_openai
from assay.scripted.talk import Given, Problem, Wire
from assay.scripted.wire_anthropic import Messages
from assay.scripted.wire_gemini import Gemini
from assay.scripted.wire_local import Infill, Ollama, ollama_tags
from assay.scripted.wire_openai import Chat, Completions
from assay.scripted.wire_responses import Responses

_POSTS: dict[str, Wire] = {
    "/chat/completions": Chat(),
    "/completions": Completions(),
    "/responses": Responses(),
    "/messages": Messages(),
    "/infill": Infill(),
    "/api/chat": Ollama(chat=True),
    "/api/generate": Ollama(chat=False),
}
_COUNT = "/messages/count_tokens"
_GEMINI_METHODS = ("generateContent", "streamGenerateContent", "countTokens")


class Route(msgspec.Struct, frozen=True):
    """What one request is about."""

    what: Literal["call", "count", "list", "tags", "health", "version"]
    wire: Wire
    given: Given


def find_route(
    method: str, path: str, *, query: Mapping[str, str], headers: Mapping[str, str], first_model: str
) -> Route | None:
    """The route of a request; `headers` has names in lower case. `None`: there is no such address."""
    path = path.rstrip("/")
    given = Given(model=first_model, query=query, headers=headers)
    if method == "POST":
        if path.endswith(_COUNT):
            return Route("count", _POSTS["/messages"], given)
        wire = next((wire for tail, wire in _POSTS.items() if path.endswith(tail)), None)
        return Route("call", wire, given) if wire is not None else _gemini_route(path, given)
    return _get_route(path, given) if method == "GET" else None


def _gemini_route(path: str, given: Given) -> Route | None:
    _, slash, tail = path.partition("/models/")
    model, colon, verb = tail.rpartition(":")
    if not slash or not colon or verb not in _GEMINI_METHODS:
        return None
    array = verb == "streamGenerateContent" and given.query.get("alt") != "sse"
    given = msgspec.structs.replace(given, model=model, method=verb)
    return Route("count" if verb == "countTokens" else "call", Gemini(array=array), given)


def _get_route(path: str, given: Given) -> Route | None:
    if path.endswith(("/api/tags", "/api/ps")):
        return Route("tags", _POSTS["/api/chat"], given)
    if path.endswith("/api/version"):
        return Route("version", _POSTS["/api/chat"], given)
    if path.endswith("/health"):
        return Route("health", _POSTS["/infill"], given)
    before, found, model = path.partition("/models")
    if not found or (model and not model.startswith("/")):
        return None
    given = msgspec.structs.replace(given, model=model[1:])
    return Route("list", _list_wire(before, given), given)


def _list_wire(before: str, given: Given) -> Wire:
    """Three vendors have `/models`; the caller's headers say whose form is meant."""
    if "anthropic-version" in given.headers:
        return _POSTS["/messages"]
    if "x-goog-api-key" in given.headers or "key" in given.query or before.endswith("/v1beta"):
        return Gemini()
    return _POSTS["/chat/completions"]


def key_problem(route: Route, key: str) -> Problem | None:
    """What is wrong with the caller's key, read from where the vendor wants it."""
    headers, query = route.given.headers, route.given.query
    bearer = headers.get("authorization", "").removeprefix("Bearer ").strip()
    own = ""
    if isinstance(route.wire, Messages):
        own = headers.get("x-api-key", "")
    elif isinstance(route.wire, Gemini):
        own = headers.get("x-goog-api-key", "") or query.get("key", "")
    shown = own or bearer
    if not shown:
        return Problem(kind="missing_key")
    return None if hmac.compare_digest(shown.encode(), key.encode()) else Problem(kind="wrong_key")


def list_models(route: Route, models: Sequence[str]) -> tuple[int, Any]:
    """The list of models, or one of them, in the vendor's form."""
    module: Any = wire_openai
    if isinstance(route.wire, Messages):
        module = wire_anthropic
    elif isinstance(route.wire, Gemini):
        module = wire_gemini
    wanted = route.given.model
    if not wanted:
        return 200, module.model_list(models)
    if wanted not in models:
        return route.wire.problem(Problem(kind="no_model", model=wanted))
    return 200, module.model_card(wanted)


def count_tokens(route: Route, body: dict[str, Any]) -> dict[str, Any]:
    """The vendor's count of a request's tokens. Raises BadRequest."""
    if isinstance(route.wire, Gemini):
        return wire_gemini.count_tokens(body, route.given)
    return wire_anthropic.count_tokens(body, route.given)


def small_answer(route: Route, models: Sequence[str]) -> Any:
    """The answers of local servers that need no model."""
    if route.what == "tags":
        return ollama_tags(models)
    return {"version": "0.0.0"} if route.what == "version" else {"status": "ok"}
