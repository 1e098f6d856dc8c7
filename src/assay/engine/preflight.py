"""One cheap call per entrant before the first real one, and what the whole will cost.

All faults of all entrants are found at once, while nothing but pennies has been spent.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence

import msgspec

from assay.core.entrant import Entrant
from assay.core.errors import ProviderError
from assay.core.messages import Message, Reply, Request, Sampling, Usage
from assay.core.ports import Pricer
from assay.core.task import Task
from assay.engine.calls import Desk, Halted, Seat, TrialCalls

PREFLIGHT = "preflight"
"""The trial id under which these calls are recorded."""
JUDGING = "judging"
"""And that of the calls of a model that judges answers."""

_TYPICAL_OUTPUT = 700
"""Tokens: what an answer to a coding task tends to be, where no limit says less."""


class Checked(msgspec.Struct, frozen=True):
    """What the cheap call showed of one entrant."""

    entrant: Entrant
    fault: str = ""
    notes: tuple[str, ...] = ()


def _why_unbounded(desk: Desk, entrant: Entrant, request: Request) -> str:
    """Under a ceiling, every real call must have a known worst case; the cheap one is bounded by itself."""
    if desk.budget.ceiling is None:
        return ""
    if desk.pricer.worst(entrant, request) is None:
        return "its price is unknown, and --max-cost cannot hold without; give `price:` in models.yaml"
    real = msgspec.structs.replace(request, sampling=entrant.sampling)
    if desk.pricer.worst(entrant, real) is None:
        return "an answer's length has no known limit, and --max-cost cannot hold without; give `max_tokens:`"
    return ""


class Estimate(msgspec.Struct, frozen=True):
    """What is owed and what it may cost."""

    trials: int
    usd: float | None
    """None: no price is known for at least one entrant."""
    unpriced: tuple[str, ...] = ()
    """Entrants that send requests away and whose price is unknown."""


class Further(msgspec.Struct, frozen=True):
    """A second cheap call, where the score hangs on more than words, and who says what is wrong with its answer."""

    request: Request
    fault: Callable[[Reply | ProviderError], Awaitable[str]]
    """Empty where nothing is."""


async def preflight(
    desk: Desk, seats: Sequence[Seat], *, further: Callable[[Seat], Further | None] = lambda seat: None
) -> list[Checked]:
    asked = [seat for seat in seats if not seat.entrant.built_in and seat.entrant.type != "recorded"]
    return list(await asyncio.gather(*(_check(desk, seat, further(seat)) for seat in asked)))


async def _check(desk: Desk, seat: Seat, further: Further | None) -> Checked:
    request = Request(
        messages=(Message(role="user", content="Reply with the single word: ready"),),
        sampling=Sampling(max_tokens=64),
    )
    unbounded = _why_unbounded(desk, seat.entrant, request)
    if unbounded:
        return Checked(seat.entrant, fault=unbounded)
    calls = TrialCalls(desk, seat, PREFLIGHT, fresh=True)
    try:
        reply = await calls.reply(request)
    except ProviderError as error:
        return Checked(seat.entrant, fault=str(error))
    except Halted:
        return Checked(seat.entrant)
    notes = list(seat.entrant.notes)
    if reply.usage.output is None:
        notes.append("reports no token usage: cost and tokens per second will be unknown")
    served = reply.served_model
    if served and served != seat.entrant.model_id and not served.startswith(seat.entrant.model_id):
        notes.append(f"serves '{served}' for '{seat.entrant.model_id}'")
    fault = await _asked_further(calls, further) if further is not None else ""
    return Checked(seat.entrant, fault=fault, notes=tuple(notes))


async def _asked_further(calls: TrialCalls, further: Further) -> str:
    told: Reply | ProviderError
    try:
        told = await calls.reply(further.request)
    except ProviderError as error:
        told = error
    except Halted:
        return ""
    return await further.fault(told)


def estimate(
    entrants: Sequence[Entrant],
    *,
    owed: Mapping[str, Mapping[tuple[str, str], int]],
    tasks: Mapping[tuple[str, str], Task],
    pricer: Pricer,
) -> Estimate:
    """`owed`: per entrant hash, how many trials of each task (suite, id) are still to be run."""
    total = 0.0
    trials = 0
    unpriced: list[str] = []
    for entrant in entrants:
        counts = owed.get(entrant.entrant_hash, {})
        trials += sum(counts.values())
        for key, count in counts.items():
            cost = pricer.price(entrant, Reply(text="", usage=_typical_usage(entrant, tasks[key])))
            if cost.usd is None:
                unpriced.append(entrant.name)
                break
            total += count * cost.usd
    return Estimate(trials, None if unpriced else total, tuple(unpriced))


def _typical_usage(entrant: Entrant, task: Task) -> Usage:
    size = len(entrant.system) + sum(len(message.content) for message in task.ask.messages)
    size += len(task.ask.prompt or "") + len(task.ask.suffix or "")
    most = entrant.sampling.max_tokens or _TYPICAL_OUTPUT
    return Usage(input=size // 4 + 16, output=min(most, _TYPICAL_OUTPUT))
