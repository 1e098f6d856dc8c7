"""What could be measured from here: nothing is called that the user did not name."""

from __future__ import annotations

import asyncio
import os
import random
import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

from assay.catalog.prices import Prices
from assay.config import PROVIDERS, resolve
from assay.config.entry import ModelEntry
from assay.core.errors import UserError
from assay.core.task import Task
from assay.core.trial import CallEvent
from assay.engine.budget import Budget
from assay.engine.calls import Desk, Seat
from assay.engine.limits import Gate
from assay.engine.preflight import Checked, preflight
from assay.engine.retry import RetryPolicy
from assay.wiring.models import DEFAULT_FILE, build_model, choose_models, read_models_file
from assay.wiring.unwritten import Unwritten


class Usable(msgspec.Struct, frozen=True):
    """One line of `assay models`."""

    what: str
    type_this: str
    ready: bool
    detail: str = ""


async def what_could_be_used() -> list[Usable]:
    return [*_from_file(), *await _local(), *_hosted(), *_built_in()]


def _from_file() -> list[Usable]:
    if not DEFAULT_FILE.is_file():
        return []
    return [_entry(entry) for entry in read_models_file(DEFAULT_FILE)]


def _entry(entry: ModelEntry) -> Usable:
    try:
        configured = resolve(entry, os.environ)
    except UserError as fault:
        return Usable(f"{DEFAULT_FILE}: {entry.name}", f'-m "{entry.name}"', False, str(fault))
    return Usable(f"{DEFAULT_FILE}: {entry.name}", f'-m "{entry.name}"', True, configured.entrant.api_base)


async def _local() -> list[Usable]:
    from assay.models.listing import discover_local

    found = await discover_local()
    lines = [
        Usable(server.engine, f"-m {server.typed[model]}", True, server.base)
        for server in found
        for model in (*server.loaded, *server.available)
    ]
    lines += [
        Usable(server.engine, "", False, f"{server.base}: no model loaded") for server in found if not server.typed
    ]
    if any(server.loaded for server in found):
        lines.append(Usable("all that is loaded locally", "-m local", True))
    return lines


def _hosted() -> list[Usable]:
    lines = []
    for prefix, provider in PROVIDERS.items():
        if provider.key_variables:
            held = next((name for name in provider.key_variables if os.environ.get(name)), "")
            detail = f"${held} is set" if held else f"set ${provider.key_variables[0]}"
            lines.append(Usable(prefix, f"-m {prefix}/<model>", bool(held), detail))
    return lines


def _built_in() -> list[Usable]:
    return [
        Usable("reference", "-m reference", True, "no model: the stored solutions"),
        Usable("mutant", "-m mutant", True, "no model: the stored wrong answers"),
    ]


async def ping_models(names: Sequence[str], models_file: str | None) -> list[Checked]:
    """The cheap call that a run would begin with, and no run."""
    configured = await choose_models(names, models_file=Path(models_file) if models_file else None)
    seats = [
        Seat(entrant=one.entrant, model=build_model(one, lookup=_no_tasks), gate=Gate(clock=time.monotonic))
        for one in configured
    ]
    answered: dict[tuple[str, int], CallEvent] = {}
    desk = Desk(
        journal=Unwritten(),
        pricer=Prices(),
        budget=Budget(None),
        retry=RetryPolicy(attempts=1),
        listen=lambda event: None,
        answered=answered,
        chance=random.Random(0),
        stop=asyncio.Event(),
    )
    try:
        return await preflight(desk, seats)
    finally:
        for seat in seats:
            await seat.model.close()


def _no_tasks(suite: str, task_id: str) -> Task:
    raise UserError("the built-in entrants answer tasks only")
