"""One models.yaml entry as written: which keys exist, what they may hold, and what a wrong one is told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from assay.core.entrant import Price
from assay.core.errors import UserError
from assay.core.names import did_you_mean

TYPES = (
    "openai", "anthropic", "google", "responses", "completions",
    "huggingface", "command", "recorded", "reference", "mutant",
)  # fmt: skip


class ModelEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The keys of an entry. Variables such as `$OPENAI_API_KEY` still stand in it as they were written."""

    name: str
    type: str
    model: str = ""
    api_base: str = ""
    api_key: str = ""
    repo: str = ""
    command: str | list[str] = ""
    path: str = ""
    max_tokens: int | None = None
    max_new_tokens: int | None = None
    temperature: float | None = None
    top_p: float | None = None
    seed: int | None = None
    stop: str | list[str] = []
    reasoning_effort: str | None = None
    system: str = ""
    context: int | None = None
    quant: str = ""
    tool_format: str = ""
    extra_body: dict[str, Any] = {}
    headers: dict[str, str] = {}
    price: Price | None = None
    private: bool | None = None
    region: str = ""
    concurrency: int | None = None
    rpm: int | None = None
    tpm: int | None = None
    timeout: float = 600.0
    device: str = ""
    dtype: str = ""
    batch_size: int | None = None
    api: str = ""
    """For type `completions`: which of its variants the server speaks."""
    fim: str = ""
    """The family whose fill-in-the-middle tokens go into a prompt with a suffix."""
    stream: bool | None = None
    template: dict[str, Any] = {}
    """For type `huggingface`: arguments for the chat template."""


KEYS = ModelEntry.__struct_fields__

_POSITIVE = ("max_tokens", "max_new_tokens", "context", "concurrency", "rpm", "tpm", "timeout", "batch_size")
_LONGEST_NAME = 200
_NEEDS = {"huggingface": "repo", "command": "command", "recorded": "path"}


def read_entry(raw: Mapping[str, Any], *, where: str) -> ModelEntry:
    """Checks one entry; raises UserError saying which key is wrong and how to mend it."""
    for key in raw:
        if key not in KEYS:
            raise UserError(f"{where}: unknown key '{key}'; {did_you_mean(str(key), KEYS)}")
    if "name" not in raw or not str(raw["name"] or "").strip():
        raise UserError(f"{where}: an entry without a name; add `name: …`")
    name = raw["name"]
    if raw.get("type") is None:
        raise UserError(f"{where}: '{name}' has no type; add one of: {', '.join(TYPES)}")
    if raw["type"] not in TYPES:
        raise UserError(
            f"{where}: '{name}' has the unknown type '{raw['type']}'; {did_you_mean(str(raw['type']), TYPES)}"
        )
    _refuse_unknown_price(raw.get("price"), where=f"{where}: '{name}'")
    try:
        entry = msgspec.convert(dict(raw), ModelEntry)
    except msgspec.ValidationError as error:
        raise UserError(f"{where}: '{name}': {_plain(error)}") from error
    _check_values(entry, where=where)
    return entry


def _refuse_unknown_price(price: Any, *, where: str) -> None:
    """Not left to the type, which is also read out of records, and there what a newer version wrote is no fault."""
    for key in price if isinstance(price, Mapping) else ():
        if key not in Price.__struct_fields__:
            raise UserError(f"{where}: unknown key 'price.{key}'; {did_you_mean(str(key), Price.__struct_fields__)}")


def _check_values(entry: ModelEntry, *, where: str) -> None:
    if not entry.name.isprintable():
        raise UserError(f"{where}: the name {entry.name!a} holds a character that cannot be seen; take it out")
    if len(entry.name) > _LONGEST_NAME:
        raise UserError(f"{where}: the name '{entry.name[:40]}…' has more than {_LONGEST_NAME} characters")
    needed = _NEEDS.get(entry.type)
    if needed and not getattr(entry, needed):
        raise UserError(f"{where}: '{entry.name}' is of type {entry.type} and needs `{needed}: …`")
    for key in _POSITIVE:
        value = getattr(entry, key)
        if value is not None and not 0 < value < float("inf"):
            raise UserError(f"{where}: '{entry.name}': {key} must be above 0 and finite, not {value}")
    if entry.temperature is not None and not 0 <= entry.temperature <= 2:
        raise UserError(f"{where}: '{entry.name}': temperature must be from 0 to 2, not {entry.temperature:g}")
    if entry.top_p is not None and not 0 < entry.top_p <= 1:
        raise UserError(f"{where}: '{entry.name}': top_p must be above 0 and at most 1, not {entry.top_p:g}")
    if entry.price is not None:
        for key in Price.__struct_fields__:
            dollars = getattr(entry.price, key)
            if dollars is not None and not 0 <= dollars < float("inf"):
                raise UserError(
                    f"{where}: '{entry.name}': price.{key} must not be negative, but a number of dollars;"
                    f" it is {dollars:g}"
                )
    if entry.api_base and not re.match(r"(https?://|\$)", entry.api_base):
        raise UserError(
            f"{where}: '{entry.name}': api_base must begin with http:// or https://, not '{entry.api_base}'"
        )


def _plain(error: msgspec.ValidationError) -> str:
    """msgspec's words with the path as a person writes it."""
    text = str(error)
    match = re.fullmatch(r"(.*) - at `\$\.?(.*)`", text)
    return f"{match[2]}: {match[1].replace('`', '')}" if match else text
