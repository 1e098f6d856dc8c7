"""How each engine says no, and what it tells of itself to those who only look.

Statuses and words as the engines have them; no call is answered here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from assay.scripted.engine import Engine, Kind
from assay.scripted.talk import CREATED, text_of


class Refused(msgspec.Struct, frozen=True):
    """A refusal in the engine's own form."""

    status: int
    body: Any


NO_PARSER: dict[Kind, tuple[int, str]] = {
    "vllm": (400, '"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set'),
    "llama.cpp": (500, "tools param requires --jinja flag"),
    "ollama": (400, "{model} does not support tools"),
}
"""Engines that say so when tools are asked for and no parser is set; the others leave calls in the text."""
NO_HISTORY: dict[Kind, tuple[int, str]] = {
    "llama.cpp": (500, "can only concatenate str to str"),
    "llama-cpp-python": (500, "7 validation errors: Input should be a valid string"),
}
NO_SUFFIX: dict[Kind, tuple[int, str]] = {
    "vllm": (400, "suffix is only supported for models with FIM completion"),
    "tgi": (422, "suffix not supported"),
}
TOO_LONG: dict[Kind, tuple[int, str]] = {
    "vllm": (400, "This model's maximum context length is {context} tokens. However, you requested {asked} tokens."),
    "sglang": (400, "The input ({asked} tokens) is longer than the model's context length ({context} tokens)."),
    "llama.cpp": (400, "the request exceeds the available context size, try increasing it"),
    "tgi": (422, "Input validation error: `inputs` must have less than {context} tokens. Given: {asked}"),
}
_DEFAULT_TOO_LONG = (400, "This model's maximum context length is {context} tokens.")


def refused(engine: Engine, table: Mapping[Kind, tuple[int, str]], **words: Any) -> Refused | None:
    """The engine's refusal; `None` where it takes such a request."""
    if engine.kind not in table:
        return None
    status, text = table[engine.kind]
    return said_no(engine, status, text.format(**words))


def too_long(engine: Engine, asked: int) -> Refused:
    status, text = TOO_LONG.get(engine.kind, _DEFAULT_TOO_LONG)
    return said_no(engine, status, text.format(context=engine.context, asked=asked))


def said_no(engine: Engine, status: int, text: str) -> Refused:
    """The body that the engine puts its words in."""
    if engine.kind == "vllm":
        kind = "BadRequestError" if status < 500 else "InternalServerError"
        return Refused(status, {"error": {"message": text, "type": kind, "param": None, "code": status}})
    if engine.kind == "sglang":
        return Refused(status, {"object": "error", "message": text, "type": "BadRequestError", "code": status})
    if engine.kind == "llama.cpp":
        kind = "exceed_context_size_error" if "context size" in text else "server_error"
        return Refused(status, {"error": {"code": status, "message": text, "type": kind}})
    if engine.kind == "transformers":
        return Refused(status, text if status == 500 else {"detail": text})
    if engine.kind == "tgi":
        return Refused(status, {"error": text, "error_type": "validation"})
    return Refused(status, {"error": {"message": text, "type": "invalid_request_error", "param": None, "code": None}})


def page(engine: Engine, method: str, path: str, raw: bytes, *, models: tuple[str, ...]) -> Refused | None:
    """What the engine tells at an address of its own; `None`: no such address, or none of this engine's."""
    if not engine.tells:
        return None
    model = models[0] if models else "demo"
    if method == "GET" and path.endswith("/v1/models") and engine.kind in _OWNERS:
        return Refused(200, {"object": "list", "data": [_card(engine, one) for one in models]})
    known = _PAGES.get((engine.kind, method, path))
    if known is None:
        return None
    try:
        body = msgspec.json.decode(raw) if raw else {}
    except msgspec.DecodeError as error:
        return said_no(engine, 400, f"the body is no JSON: {error}")
    return Refused(200, known(engine, model, body if isinstance(body, dict) else {}))


def has_route(engine: Engine, what: str) -> bool:
    """Whether a route of the scripted server's is one of this engine's as well."""
    return what not in ("tags", "version") or engine.kind == "ollama"


_OWNERS: dict[Kind, str] = {"vllm": "vllm", "sglang": "sglang", "llama.cpp": "llamacpp", "ollama": "library"}


def _card(engine: Engine, model: str) -> dict[str, Any]:
    card: dict[str, Any] = {"id": model, "object": "model", "created": CREATED, "owned_by": _OWNERS[engine.kind]}
    if engine.kind in ("vllm", "sglang"):
        card["max_model_len"] = engine.context
    return card


def _version(engine: Engine, model: str, body: dict[str, Any]) -> Any:
    return {"version": engine.version}


def _model_info(engine: Engine, model: str, body: dict[str, Any]) -> Any:
    parser = {"right": engine.writes, "none": None}.get(engine.parser, "interns1")
    return {
        "model_path": model, "tokenizer_path": model, "is_generation": True, "tool_call_parser": parser,
        "reasoning_parser": None, "model_type": "scripted", "architectures": ["ScriptedForCausalLM"],
    }  # fmt: skip


def _server_info(engine: Engine, model: str, body: dict[str, Any]) -> Any:
    return {"version": engine.version, "model_path": model, "context_length": engine.context}


_TEMPLATE = "{% for m in messages %}{{ m.role }}: {{ m.content }}\n{% endfor %}"
_HERMES = (
    "{% for m in messages %}{{ m.role }}: {{ m.content }}{% for c in m.tool_calls %}\n<tool_call>\n"
    '{"name": "{{ c.function.name }}", "arguments": {{ c.function.arguments | tojson }}}\n</tool_call>{% endfor %}\n'
    "{% endfor %}"
)


def _props(engine: Engine, model: str, body: dict[str, Any]) -> Any:
    return {
        "default_generation_settings": {"n_ctx": engine.context},
        "total_slots": 4,
        "model_path": f"/models/{model}.gguf",
        "chat_template": _HERMES if "skips_parsing" in engine.lies else _TEMPLATE,
        "chat_template_caps": {
            "supports_tools": engine.parser != "none",
            "supports_tool_calls": engine.parser == "right",
            "supports_parallel_tool_calls": engine.parser == "right",
        },
        "build_info": engine.version,
    }


def _show(engine: Engine, model: str, body: dict[str, Any]) -> Any:
    tools = [] if engine.parser == "none" else ["tools"]
    return {
        "modelfile": f"FROM {model}\n",
        "template": "{{ .Prompt }}" if engine.parser == "none" else "{{ .Tools }}{{ .ToolCalls }}{{ .Prompt }}",
        "capabilities": ["completion", *tools, *(["thinking"] if engine.thinks else [])],
        "model_info": {"scripted.context_length": engine.context * 4},
    }


def _info(engine: Engine, model: str, body: dict[str, Any]) -> Any:
    return {"model_id": model, "version": engine.version, "max_total_tokens": engine.context, "sha": "0" * 40}


def _addresses(engine: Engine, model: str, body: dict[str, Any]) -> Any:
    return {"openapi": "3.1.0", "paths": {path: {} for path in ("/v1/chat/completions", "/v1/models", "/load_model")}}


def _api(engine: Engine, model: str, body: dict[str, Any]) -> Any:
    title = "\N{LLAMA} llama.cpp Python API"
    return {"openapi": "3.1.0", "info": {"title": title, "version": engine.version}, "paths": {"/v1/completions": {}}}


def chat_prompt(messages: Any, tools: Any) -> str:
    """A conversation as this model's template would write it."""
    rows = messages if isinstance(messages, list) else []
    head = f"tools: {msgspec.json.encode(tools).decode()}\n" if tools else ""
    said = (f"{one.get('role')}: {text_of(one.get('content'))}\n" for one in rows if isinstance(one, dict))
    return f"{head}{''.join(said)}assistant: "


def _apply_template(engine: Engine, model: str, body: dict[str, Any]) -> Any:
    return {"prompt": chat_prompt(body.get("messages"), body.get("tools"))}


def _tokenize(engine: Engine, model: str, body: dict[str, Any]) -> Any:
    """A token id is a character's number: enough to be sent back as a prompt."""
    tokens = [ord(one) for one in chat_prompt(body.get("messages"), body.get("tools"))]
    return {"tokens": tokens, "count": len(tokens), "max_model_len": engine.context}


_PAGES: dict[tuple[Kind, str, str], Any] = {
    ("vllm", "GET", "/version"): _version,
    ("vllm", "POST", "/tokenize"): _tokenize,
    ("sglang", "GET", "/model_info"): _model_info,
    ("sglang", "GET", "/server_info"): _server_info,
    ("llama.cpp", "GET", "/props"): _props,
    ("llama.cpp", "POST", "/apply-template"): _apply_template,
    ("llama-cpp-python", "GET", "/openapi.json"): _api,
    ("ollama", "GET", "/api/version"): _version,
    ("ollama", "POST", "/api/show"): _show,
    ("tgi", "GET", "/info"): _info,
    ("transformers", "GET", "/openapi.json"): _addresses,
}
