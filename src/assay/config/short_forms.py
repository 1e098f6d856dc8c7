"""`-m anthropic/<model>,effort=high`: a model named on the command line."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import yaml

from assay.config.entry import KEYS, ModelEntry, read_entry
from assay.core.errors import UserError
from assay.core.names import did_you_mean


class Provider(NamedTuple):
    """What a prefix stands for."""

    type: str
    api_base: str
    key_variables: tuple[str, ...]
    """The first of these that is set holds the key; none: the server wants no key."""


PROVIDERS: dict[str, Provider] = {
    "anthropic": Provider("anthropic", "https://api.anthropic.com/v1", ("ANTHROPIC_API_KEY",)),
    "openai": Provider("openai", "https://api.openai.com/v1", ("OPENAI_API_KEY",)),
    "google": Provider(
        "google", "https://generativelanguage.googleapis.com/v1beta", ("GEMINI_API_KEY", "GOOGLE_API_KEY")
    ),
    "openrouter": Provider("openai", "https://openrouter.ai/api/v1", ("OPENROUTER_API_KEY",)),
    "ollama": Provider("openai", "http://127.0.0.1:11434/v1", ()),
    "lmstudio": Provider("openai", "http://127.0.0.1:1234/v1", ()),
    "vllm": Provider("openai", "http://127.0.0.1:8000/v1", ()),
    "sglang": Provider("openai", "http://127.0.0.1:30000/v1", ()),
    "llamacpp": Provider("openai", "http://127.0.0.1:8080/v1", ()),
}

_BARE_ADDRESS = re.compile(r"(localhost|[\w-]+(\.[\w-]+)+|\[[0-9a-fA-F:]+\]):\d+(/|$)")
"""A host and a port, and nothing before them."""
_VARIABLE = re.compile(r"\$\w+|\$\{\w+\}")
_SHORT_KEYS = {"effort": "reasoning_effort", "key": "api_key", "base": "api_base"}
_FORMS = (
    "anthropic/<model>, openai/<model>, google/<model>, openrouter/<model>, ollama/<model>, lmstudio/<model>,"
    " vllm/<model>, hf/<repo>, recorded/<file>, <name>@http://localhost:8000/v1, reference, mutant, local"
)


def parse_short_form(text: str) -> ModelEntry:
    """One `-m` value that is not a name from a models file."""
    head, *settings = text.split(",")
    raw = _read_head(head, whole=text)
    for setting in settings:
        key, equals, value = setting.partition("=")
        key = _SHORT_KEYS.get(key.strip(), key.strip())
        if not equals:
            raise UserError(f"-m {text}: '{setting}' is no setting; write key=value, as in {head},effort=high")
        if key == "api_key" and not _VARIABLE.fullmatch(value.strip()):
            # What is typed here is recorded with the run; and the value is not repeated in this line either.
            raise UserError(f"-m {head},…: a key is never typed here; set a variable and give its name: key='$NAME'")
        if key == "headers":
            raise UserError(f"-m {head},…: headers stand in models.yaml, not on the command line")
        if key not in KEYS:
            raise UserError(f"-m {text}: unknown setting '{key}'; {did_you_mean(key, KEYS)}")
        raw[key] = _value(value)
    if settings and not any(setting.startswith("name=") for setting in settings):
        raw["name"] = text
    return read_entry(raw, where=f"-m {text}")


def _read_head(head: str, *, whole: str) -> dict[str, Any]:
    if head in ("reference", "mutant"):
        return {"name": head, "type": head}
    name, at, address = head.partition("@")
    if at and name and "://" in address:
        return {"name": name, "type": "openai", "model": name, "api_base": address}
    if _BARE_ADDRESS.match(address or head):
        there = f"{name if at else '<model>'}@http://{address or head}"
        raise UserError(f"-m {whole}: an address begins with http:// or https://; write {there}")
    prefix, slash, model = head.partition("/")
    if not slash or not model:
        raise UserError(f"-m {whole}: no model of that name in models.yaml, and no short form{_hint(head)}")
    if prefix == "hf":
        return {"name": model, "type": "huggingface", "repo": model}
    if prefix == "recorded":
        return {"name": model.rpartition("/")[2], "type": "recorded", "path": model}
    provider = PROVIDERS.get(prefix)
    if provider is None:
        raise UserError(
            f"-m {whole}: '{prefix}' is no provider; {did_you_mean(prefix, [*PROVIDERS, 'hf', 'recorded'])}"
        )
    return {"name": head, "type": provider.type, "model": model, "api_base": provider.api_base}


def _hint(head: str) -> str:
    return f" (forms: {_FORMS})" if head else "; give a name"


def _value(text: str) -> Any:
    """`0.2` is a number and `high` a word, as they would be in the file."""
    try:
        return yaml.safe_load(text) if text else ""
    except yaml.YAMLError:
        return text
