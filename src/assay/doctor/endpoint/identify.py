"""Which engine answers at an address, and what it tells of itself. Asks no model anything."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import msgspec

from assay.doctor.endpoint.findings import Identity
from assay.doctor.endpoint.patient import Patient

VENDORS = {
    "api.anthropic.com": "Anthropic",
    "api.openai.com": "OpenAI",
    "generativelanguage.googleapis.com": "Google",
    "openrouter.ai": "OpenRouter",
    "api.deepseek.com": "DeepSeek",
    "api.mistral.ai": "Mistral",
    "api.groq.com": "Groq",
    "api.together.xyz": "Together",
    "api.fireworks.ai": "Fireworks",
}


async def identify(patient: Patient) -> Identity:
    """Everything that is told without a token spent. A vendor's own address is asked nothing."""
    known = Identity(model=patient.entrant.model_id, context=patient.entrant.context)
    host = urlsplit(patient.base).hostname or ""
    if host in VENDORS:
        return msgspec.structs.replace(known, engine=VENDORS[host])
    listed, *pages = await asyncio.gather(*(patient.page(path) for path in ("/v1/models", *_PAGES)))
    card = _card(listed, patient.entrant.model_id)
    owner = _OWNERS.get(str(card.get("owned_by", "")), "")
    known = _joined(known, Identity(engine=owner, context=_number(card.get("max_model_len"))))
    for page, read in zip(pages, _PAGES.values(), strict=True):
        more = read(page) if isinstance(page, dict) else Identity()
        if not known.engine or more.engine == known.engine:
            known = _joined(known, more)
    if known.engine == "ollama":
        known = _joined(known, await _shown(patient))
    return known


async def first_model(patient: Patient) -> str:
    """The id to ask where the user named an address only. Raises ProviderError."""
    return next((one for one in map(_text, await patient.listed()) if one), "")


def _joined(known: Identity, more: Identity) -> Identity:
    """What is known stays; what was not yet is added."""
    added = {
        name: value
        for name in ("engine", "version", "context", "parser", "template")
        if not getattr(known, name) and (value := getattr(more, name))
    }
    return msgspec.structs.replace(known, **added, facts=known.facts + more.facts)


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None


def _text(value: Any) -> str:
    """A short text that may be printed; what else comes is hostile, or no name."""
    return value[:200] if isinstance(value, str) and value[:200].isprintable() else ""


def _template(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _version(page: dict[str, Any]) -> Identity:
    return Identity(engine="vllm" if page.get("version") else "", version=_text(page.get("version")))


def _ollama(page: dict[str, Any]) -> Identity:
    return Identity(engine="ollama" if page.get("version") else "", version=_text(page.get("version")))


def _model_info(page: dict[str, Any]) -> Identity:
    if "model_path" not in page:
        return Identity()
    parser = _text(page.get("tool_call_parser"))
    facts = (f"tool_call_parser: {parser or 'none'}",) if "tool_call_parser" in page else ()
    return Identity(engine="sglang", parser=parser, facts=facts)


def _server_info(page: dict[str, Any]) -> Identity:
    if not page.get("model_path"):
        return Identity()
    return Identity(
        engine="sglang",
        version=_text(page.get("version")),
        context=_number(page.get("context_length")),
        parser=_text(page.get("tool_call_parser")),
    )


def _props(page: dict[str, Any]) -> Identity:
    settings = page.get("default_generation_settings")
    if not isinstance(settings, dict):
        return Identity()
    caps = page.get("chat_template_caps")
    named = {_text(name): has for name, has in caps.items()} if isinstance(caps, dict) else {}
    lacking = [name.removeprefix("supports_").replace("_", " ") for name, has in named.items() if has is False]
    return Identity(
        engine="llama.cpp",
        version=_text(page.get("build_info")),
        context=_number(settings.get("n_ctx")),
        template=_template(page.get("chat_template_tool_use")) or _template(page.get("chat_template")),
        facts=(f"its template lacks: {', '.join(lacking)}",) if lacking else (),
    )


def _info(page: dict[str, Any]) -> Identity:
    if "model_id" not in page:
        return Identity()
    return Identity(engine="tgi", version=_text(page.get("version")), context=_number(page.get("max_total_tokens")))


def _addresses(page: dict[str, Any]) -> Identity:
    paths, info = page.get("paths"), page.get("info")
    if isinstance(info, dict) and "llama.cpp Python API" in _text(info.get("title")):
        return Identity(engine="llama-cpp-python", version=_text(info.get("version")))
    return Identity(engine="transformers" if isinstance(paths, dict) and "/load_model" in paths else "")


_PAGES: dict[str, Callable[[dict[str, Any]], Identity]] = {
    "/model_info": _model_info,
    "/server_info": _server_info,
    "/props": _props,
    "/api/version": _ollama,
    "/info": _info,
    "/openapi.json": _addresses,
    "/version": _version,
}
"""Addresses that only one engine has; `/version` last, as others have it too."""

_OWNERS = {"vllm": "vllm", "sglang": "sglang", "llamacpp": "llama.cpp"}


def _card(listed: Any, model: str) -> dict[str, Any]:
    rows = listed.get("data") if isinstance(listed, dict) else None
    cards = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    return next((card for card in cards if card.get("id") == model), cards[0] if cards else {})


async def _shown(patient: Patient) -> Identity:
    """Ollama's own page on a model."""
    page = await patient.page("/api/show", {"model": patient.entrant.model_id})
    if not isinstance(page, dict):
        return Identity()
    able = page.get("capabilities")
    facts = (f"capabilities: {', '.join(map(_text, able))}",) if isinstance(able, list) else ()
    return Identity(facts=facts)
