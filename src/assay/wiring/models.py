"""From what the user named to entrants, and from entrants to models that answer."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from assay.config import Configured, parse_models, parse_short_form, resolve
from assay.config.entry import ModelEntry
from assay.core.entrant import Entrant
from assay.core.errors import UserError
from assay.core.names import did_you_mean
from assay.core.ports import Model
from assay.core.task import Task
from assay.formats.fim import family

DEFAULT_FILE = Path("models.yaml")
_BUILT_IN = ("reference", "mutant")

Lookup = Callable[[str, str], Task]
"""Suite name and task id → the task: how the built-in entrants find their stored answers."""


def read_models_file(path: Path) -> list[ModelEntry]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise UserError(f"{path}: there is no such file; write one (see docs/models.md) or use -m") from error
    except UnicodeDecodeError as error:
        raise UserError(f"{path}: not UTF-8 text (byte {error.start}); save it as UTF-8") from error
    except OSError as error:
        raise UserError(f"{path}: cannot be read: {error.strerror}") from error
    return parse_models(text, where=str(path))


async def choose_models(names: Sequence[str], *, models_file: Path | None) -> list[Configured]:
    """What `-m` and `--models` name; without both, models.yaml if there is one, else the built-in entrants."""
    entries = await _entries(names, models_file=models_file)
    chosen: list[Configured] = []
    faults: list[str] = []
    for entry in entries:
        try:
            chosen.append(resolve(entry, os.environ))
        except UserError as fault:
            faults.append(str(fault))
    if faults:
        raise UserError("\n".join(faults))
    _refuse_doubled([one.entrant for one in chosen])
    return chosen


async def _entries(names: Sequence[str], *, models_file: Path | None) -> list[ModelEntry]:
    filed: dict[str, ModelEntry] = {}
    if models_file is not None or DEFAULT_FILE.is_file():
        filed = {entry.name: entry for entry in read_models_file(models_file or DEFAULT_FILE)}
    if not names:
        return list(filed.values()) or [parse_short_form(name) for name in _BUILT_IN]
    entries: list[ModelEntry] = []
    for name in names:
        if name == "local":
            entries += await _local_entries()
        else:
            entries.append(filed[name] if name in filed else _short_form(name, filed))
    return entries


def _short_form(name: str, filed: dict[str, ModelEntry]) -> ModelEntry:
    try:
        return parse_short_form(name)
    except UserError as fault:
        if filed and not set("/@,") & set(name):
            raise UserError(f"-m {name}: no model of that name; {did_you_mean(name, filed)}") from fault
        raise


async def _local_entries() -> list[ModelEntry]:
    from assay.models.listing import discover_local

    found = [parse_short_form(server.typed[model]) for server in await discover_local() for model in server.loaded]
    if not found:
        raise UserError(
            "-m local: no local server answers (looked for Ollama 11434, LM Studio 1234, vLLM 8000, SGLang 30000,"
            " llama.cpp 8080); start one and load a model"
        )
    return found


def _refuse_doubled(entrants: Sequence[Entrant]) -> None:
    seen: dict[str, str] = {}
    for entrant in entrants:
        if entrant.name in seen:
            raise UserError(f"the model name '{entrant.name}' is used twice; give one of them another with name=…")
        if entrant.entrant_hash in seen.values():
            other = next(name for name, known in seen.items() if known == entrant.entrant_hash)
            raise UserError(f"'{entrant.name}' and '{other}' are the same model with the same settings; leave one out")
        seen[entrant.name] = entrant.entrant_hash


async def rejoin(entrants: Sequence[Entrant], *, models_file: Path | None) -> list[Configured]:
    """The entrants of a run that goes on: their keys come from the environment again, never from disk."""
    filed: dict[str, Configured] = {}
    if models_file is not None or DEFAULT_FILE.is_file():
        for entry in read_models_file(models_file or DEFAULT_FILE):
            try:
                configured = resolve(entry, os.environ)
            except UserError:
                continue
            filed[configured.entrant.entrant_hash] = configured
    return [filed.get(entrant.entrant_hash) or _from_environment(entrant) for entrant in entrants]


def _from_environment(entrant: Entrant) -> Configured:
    from assay.config import Secret

    if entrant.header_names:
        raise UserError(
            f"'{entrant.name}' sends headers ({', '.join(entrant.header_names)}) whose values are not in the run;"
            " go on with the models.yaml that it was begun with"
        )
    key = os.environ.get(entrant.key_variable) if entrant.key_variable else None
    if entrant.key_variable and not key:
        raise UserError(f"'{entrant.name}': ${entrant.key_variable} is not set; set it and go on")
    return Configured(entrant, Secret(key) if key else None)


def build_models(configured: Sequence[Configured], *, lookup: Lookup) -> list[Model]:
    """All of them, or all that is wrong with any of them at once."""
    models: list[Model] = []
    faults: list[str] = []
    for one in configured:
        try:
            models.append(build_model(one, lookup=lookup))
        except UserError as fault:
            faults.append(str(fault))
    if faults:
        raise UserError("\n".join(faults))
    return models


def build_model(configured: Configured, *, lookup: Lookup) -> Model:
    """Raises UserError that says whose entry is wrong."""
    try:
        return _build(configured, lookup=lookup)
    except UserError as fault:
        name = f"'{configured.entrant.name}'"
        raise UserError(str(fault) if str(fault).startswith(name) else f"{name}: {fault}") from fault


def _build(configured: Configured, *, lookup: Lookup) -> Model:
    """Imports only what this type needs."""
    entrant = configured.entrant
    if "fim" in entrant.options:
        family(entrant.options["fim"])
    if not entrant.tool_format:
        return _BUILDERS[entrant.type](configured, lookup)
    from assay.formats.tools import dialect
    from assay.models.tool_reading import ToolReadingModel

    reader = dialect(entrant.tool_format)
    return ToolReadingModel(_BUILDERS[entrant.type](configured, lookup), reader)


def _http(configured: Configured, lookup: Lookup) -> Model:
    from assay.models.http import HttpModel

    key = configured.key.reveal() if configured.key else None
    headers = {name: secret.reveal() for name, secret in configured.headers.items()}
    return HttpModel(configured.entrant, key=key, headers=headers)


def _huggingface(configured: Configured, lookup: Lookup) -> Model:
    from assay.models.huggingface import HuggingFaceModel

    key = configured.key.reveal() if configured.key else None
    return HuggingFaceModel(configured.entrant, key=key)


def _command(configured: Configured, lookup: Lookup) -> Model:
    from assay.models.command import CommandModel

    return CommandModel(configured.entrant)


def _recorded(configured: Configured, lookup: Lookup) -> Model:
    from assay.models.recorded import RecordedModel

    return RecordedModel(configured.entrant)


def _reference(configured: Configured, lookup: Lookup) -> Model:
    from assay.models.builtin import ReferenceModel

    return ReferenceModel(lookup, render=_render)


def _mutant(configured: Configured, lookup: Lookup) -> Model:
    from assay.models.builtin import MutantModel

    return MutantModel(lookup, render=_render)


def _render(files: dict[str, str], language: str) -> str:
    from assay.formats.extract import render_files

    return render_files(files, language=language)


_BUILDERS: dict[str, Callable[[Configured, Lookup], Model]] = {
    "openai": _http,
    "anthropic": _http,
    "google": _http,
    "responses": _http,
    "completions": _http,
    "huggingface": _huggingface,
    "command": _command,
    "recorded": _recorded,
    "reference": _reference,
    "mutant": _mutant,
}
