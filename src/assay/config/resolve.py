"""An entry and the variables that it names become an entrant, and, apart from it, its secrets."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping
from typing import Any

import msgspec

from assay.config.entry import ModelEntry
from assay.config.short_forms import PROVIDERS
from assay.core.entrant import Entrant
from assay.core.errors import UserError
from assay.core.messages import Sampling

_VARIABLE = re.compile(r"\$(?:\{(\w+)\}|(\w+))")
_NO_VARIABLE = re.compile(r"\$\{(?!\w+\})")
_GEMINI_NATIVE = re.compile(r"^(https://generativelanguage\.googleapis\.com)/(v1beta|v1)/models/?$")

DEFAULT_BASES = {
    "openai": "https://api.openai.com/v1",
    "responses": "https://api.openai.com/v1",
    "completions": "https://api.openai.com/v1",
    "anthropic": "https://api.anthropic.com/v1",
    "google": "https://generativelanguage.googleapis.com/v1beta",
}


class Secret:
    """A value that is never printed, logged, compared or written: only `reveal` gives it away."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        return self._value

    def __repr__(self) -> str:
        return "Secret(…)"


class Configured(msgspec.Struct, frozen=True):
    """An entrant and what only its transport may know."""

    entrant: Entrant
    key: Secret | None = None
    headers: Mapping[str, Secret] = {}


def resolve(entry: ModelEntry, variables: Mapping[str, str]) -> Configured:
    """Fills in variables and defaults; raises UserError naming every variable that is not set."""
    unset: list[str] = []

    def fill(text: str) -> str:
        if _NO_VARIABLE.search(text):
            # The text is not repeated: a key may stand in it.
            raise UserError(f"'{entry.name}': behind ${{ stands a variable's name and then }}, and nothing else")

        def one(match: re.Match[str]) -> str:
            name = match[1] or match[2]
            if not variables.get(name):
                unset.append(name)
            return variables.get(name, "")

        return _VARIABLE.sub(one, text)

    key, key_variable = _find_key(entry, variables, fill)
    api_base, notes = _address(
        fill(entry.api_base) or DEFAULT_BASES.get(entry.type, ""), wire=entry.type, name=entry.name
    )
    headers = {name: Secret(fill(value)) for name, value in entry.headers.items()}
    if unset:
        names = ", ".join(dict.fromkeys(f"${name}" for name in unset))
        raise UserError(f"'{entry.name}': {names} is not set; set it (export {unset[0]}=…) or change the entry")
    entrant = Entrant(
        name=entry.name,
        type=entry.type,
        model_id=entry.model or entry.repo or entry.name,
        api_base=api_base,
        key_variable=key_variable,
        repo=entry.repo,
        command=_command(entry),
        path=entry.path,
        sampling=_sampling(entry),
        system=entry.system,
        context=entry.context,
        quant=entry.quant,
        tool_format=entry.tool_format,
        header_names=tuple(sorted(headers)),
        price=entry.price,
        private=entry.private,
        region=entry.region,
        concurrency=entry.concurrency,
        rpm=entry.rpm,
        tpm=entry.tpm,
        timeout=entry.timeout,
        options=_options(entry),
        notes=notes,
    )
    return Configured(entrant, Secret(key) if key else None, headers)


def _find_key(entry: ModelEntry, variables: Mapping[str, str], fill: Any) -> tuple[str, str]:
    """The key and the name of the variable that held it; both empty for a server that wants none."""
    if entry.api_key:
        match = _VARIABLE.fullmatch(entry.api_key.strip())
        return fill(entry.api_key.strip()), (match[1] or match[2]) if match else ""
    for provider in PROVIDERS.values():
        if provider.key_variables and _same_host(
            entry.api_base or DEFAULT_BASES.get(entry.type, ""), provider.api_base
        ):
            for name in provider.key_variables:
                if variables.get(name):
                    return variables[name], name
            fill(f"${provider.key_variables[0]}")
    return "", ""


def _same_host(one: str, other: str) -> bool:
    return bool(one) and one.split("/")[2:3] == other.split("/")[2:3]


def _command(entry: ModelEntry) -> tuple[str, ...]:
    try:
        return tuple(shlex.split(entry.command) if isinstance(entry.command, str) else entry.command)
    except ValueError as error:
        raise UserError(
            f"'{entry.name}': command cannot be split into words ({error}); write it as a list: [program, argument]"
        ) from error


def _address(api_base: str, *, wire: str, name: str) -> tuple[str, tuple[str, ...]]:
    """The address without secrets in it; Gemini's own path is turned into its OpenAI-compatible one."""
    scheme, _, rest = api_base.partition("://")
    host = rest.partition("/")[0]
    if "@" in host or "?" in rest:
        raise UserError(
            f"'{name}': api_base '{scheme}://{host.rpartition('@')[2]}/…' holds a password or a query;"
            " use api_key or headers instead"
        )
    match = _GEMINI_NATIVE.match(api_base)
    if match and wire == "google":
        return f"{match[1]}/{match[2]}", ()
    if match:
        sent = f"{match[1]}/{match[2]}/openai"
        return sent, (f"api_base {api_base} speaks Gemini's own format; sent to {sent}/ instead",)
    return api_base.rstrip("/"), ()


def _sampling(entry: ModelEntry) -> Sampling:
    return Sampling(
        max_tokens=entry.max_tokens if entry.max_tokens is not None else entry.max_new_tokens,
        temperature=entry.temperature,
        top_p=entry.top_p,
        seed=entry.seed,
        stop=(entry.stop,) if isinstance(entry.stop, str) else tuple(entry.stop),
        reasoning_effort=entry.reasoning_effort,
        extra_body=entry.extra_body,
    )


def _options(entry: ModelEntry) -> dict[str, Any]:
    chosen = {key: getattr(entry, key) for key in ("device", "dtype", "batch_size", "api", "fim", "stream", "template")}
    return {key: value for key, value in chosen.items() if value not in (None, "", {})}
