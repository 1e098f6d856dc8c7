"""From the address that a user typed to the one that is called. Text in, text out; nothing is contacted."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit, urlunsplit

import msgspec

from assay.core.errors import UserError
from assay.formats.wire import Root


class Spoken(msgspec.Struct, frozen=True):
    """What a type of entrant speaks, and where, if its entry does not say."""

    wire: str
    base: str


TYPES: dict[str, Spoken] = {
    "openai": Spoken("openai_chat", "https://api.openai.com/v1"),
    "completions": Spoken("openai_completions", "https://api.openai.com/v1"),
    "responses": Spoken("openai_responses", "https://api.openai.com/v1"),
    "anthropic": Spoken("anthropic", "https://api.anthropic.com/v1"),
    "google": Spoken("gemini", "https://generativelanguage.googleapis.com/v1beta"),
}

COMPLETION_APIS: dict[str, str] = {
    "": "openai_completions",
    "openai": "openai_completions",
    "infill": "infill",
    "generate": "generate",
}
"""For type `completions`, the option `api`: llama.cpp's `/infill` and Ollama's `/api/generate` besides OpenAI's."""

_ENDPOINTS = re.compile(r"/(chat/completions|completions|responses|messages|models|infill|api/generate)$")
_VERSION = re.compile(r"/v\d+[a-z]*\d*$")


def endpoint(base: str, root: Root, path: str, *, query: str = "") -> str:
    """`path` below the format's root at `base`. An address that already ends in an endpoint is taken back to
    its root; one with a path of its own is trusted, as brokers keep their API below all kinds of paths."""
    parts = split(base)
    stem = _ENDPOINTS.sub("", parts.path.rstrip("/"))
    if root.rule == "strip":
        stem = _VERSION.sub("", stem)
    elif (root.rule == "if_bare" and not stem) or (root.rule == "always" and not _VERSION.search(stem)):
        stem += root.segment
    whole_query = "&".join(part for part in (parts.query, query) if part)
    return urlunsplit((parts.scheme, parts.netloc, stem + path, whole_query, ""))


def split(base: str) -> SplitResult:
    """Raises UserError for what is no web address, without repeating a password that may be in it."""
    try:
        parts = urlsplit(base)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        sound = False
    if not sound:
        shown = re.sub(r"//[^/@]*@", "//…@", base.partition("?")[0])
        raise UserError(f"api_base {shown!r} is no web address; write http://host:port/v1 or https://…")
    if parts.username is not None:
        raise UserError(f"api_base of {parts.hostname} holds a user name or password; use api_key or headers instead")
    return parts


def shown(url: str) -> str:
    """An address for a person: no user-info, no query."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    port = f":{parts.port}" if parts.port else ""
    return f"{host}{port}{parts.path}"
