"""From an address or a model's name to an examined endpoint."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from assay.config import Configured
from assay.core.entrant import LOCAL_TYPES
from assay.core.errors import Fault, ProviderError, UserError
from assay.core.messages import Reply
from assay.core.names import did_you_mean
from assay.doctor.endpoint.examine import Listen, examine
from assay.doctor.endpoint.findings import NEEDS, Report, within
from assay.doctor.endpoint.identify import first_model
from assay.doctor.endpoint.patient import Patient
from assay.doctor.endpoint.short import QUESTION, why_mute
from assay.engine.preflight import Further
from assay.models.addresses import TYPES, shown
from assay.wiring.models import choose_models

_UNNAMED = "?"
"""Stands for the model where an address alone was given."""


class Examination(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be examined, and how thoroughly."""

    target: str
    """A model's name, a short form, or an address."""
    models_file: str | None = None
    needs: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    repeat: int = 5
    context: int = 8192
    timeout: float = 60.0
    max_cost: float | None = None


async def examine_endpoint(wanted: Examination, listen: Listen) -> Report:
    """Raises UserError for what cannot be examined, ProviderError where not even a model can be found out."""
    _check(wanted.needs, "--need")
    _check(wanted.only, "--only")
    configured = await _configured(wanted)
    patient = _patient(configured, wanted)
    try:
        if configured.entrant.model_id == _UNNAMED:
            model = await _listed_first(patient, wanted.target)
            await patient.close()
            entrant = msgspec.structs.replace(configured.entrant, name=model, model_id=model)
            patient = _patient(msgspec.structs.replace(configured, entrant=entrant), wanted)
        return await examine(
            patient,
            needs=wanted.needs,
            only=[name for word in wanted.only for name in within(word)],
            max_cost=wanted.max_cost,
            listen=listen,
        )
    finally:
        await patient.close()


async def _listed_first(patient: Patient, target: str) -> str:
    try:
        model = await first_model(patient)
    except ProviderError as error:
        if error.fault is Fault.NOT_FOUND:
            raise UserError(
                f"{error}; if the address is right (most end in /v1), name a model: '<model>@{target}'"
            ) from error
        if error.fault is not Fault.AUTH:
            raise
        raise UserError(f"{error}; name it, and the variable with its key: '<model>@{target},key=$KEY'") from error
    if not model:
        raise UserError(f"{shown(patient.base)} lists no model; name one: <model>@{target}")
    return model


def tool_check(configured: Configured) -> Further | None:
    """The short examination before a run; None for what has no endpoint, or takes no conversations."""
    if configured.entrant.type not in TYPES or configured.entrant.type == "completions":
        return None
    patient = _patient(configured, Examination(target=configured.entrant.name))

    async def fault(told: Reply | ProviderError) -> str:
        try:
            return await why_mute(patient, told)
        finally:
            await patient.close()

    return Further(QUESTION, fault)


def _patient(configured: Configured, wanted: Examination) -> Patient:
    return Patient(
        configured.entrant,
        key=configured.key.reveal() if configured.key else None,
        headers={name: secret.reveal() for name, secret in configured.headers.items()},
        timeout=wanted.timeout,
        repeat=wanted.repeat,
        context=wanted.context,
    )


async def _configured(wanted: Examination) -> Configured:
    name = wanted.target.strip()
    if name.startswith(("http://", "https://")):
        name = f"{_UNNAMED}@{name}"
    chosen = await choose_models([name], models_file=Path(wanted.models_file) if wanted.models_file else None)
    if len(chosen) != 1:
        raise UserError(f"{wanted.target} is {len(chosen)} models; examine them one by one")
    entrant = chosen[0].entrant
    if entrant.type not in TYPES:
        what = "answers in this process" if entrant.type in LOCAL_TYPES else "is a program"
        raise UserError(f"'{entrant.name}' {what}: there is no endpoint to examine")
    return chosen[0]


def _check(words: Sequence[str], option: str) -> None:
    for word in words:
        if word not in NEEDS:
            raise UserError(f"{option} {word}: no capability of that name; {did_you_mean(word, NEEDS)}")
