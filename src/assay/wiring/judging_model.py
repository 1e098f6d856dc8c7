"""A model that judges the answers of a run, put together: its calls are limited, priced and recorded like any others,
and count for no entrant.
"""

from __future__ import annotations

import asyncio
import random
import time

import msgspec

from assay.catalog.prices import Prices
from assay.config import Configured
from assay.core.errors import SandboxError, UserError
from assay.core.messages import Reply, Request, Usage
from assay.core.ports import Journal, Listener
from assay.core.task import Task
from assay.engine.budget import Budget, BudgetExhausted
from assay.engine.calls import Desk, Seat, TrialCalls
from assay.engine.limits import CEILING, Gate
from assay.engine.preflight import JUDGING, Estimate
from assay.engine.retry import RetryPolicy
from assay.graders.refusals_by_model import PROTOCOL, RefusalsByModel, request_of
from assay.wiring.models import build_model, choose_models

GRADER = "refusals"
"""The one grader that a model can stand in for."""


async def choose_judge(name: str) -> Configured:
    """The model of that name or short form. Raises UserError."""
    chosen = await choose_models([name], models_file=None)
    if len(chosen) != 1 or chosen[0].entrant.built_in:
        raise UserError(f"--judge-model {name}: name one model")
    return chosen[0]


class JudgingModel:
    """`grader` asks it; `close` when all is judged."""

    def __init__(self, configured: Configured, journal: Journal, *, max_cost: float | None, listen: Listener) -> None:
        entrant = configured.entrant
        self._configured = configured
        self._model = build_model(configured, lookup=_no_tasks)
        gate = Gate(clock=time.monotonic, ceiling=entrant.concurrency or CEILING)
        self._seat = Seat.of(entrant, self._model, gate)
        self._desk = Desk(
            journal=journal,
            pricer=Prices(),
            budget=Budget(max_cost, spent=0.0),
            retry=RetryPolicy(),
            listen=listen,
            answered={},
            chance=random.Random(0),
            stop=asyncio.Event(),
        )
        self.grader = RefusalsByModel(entrant.name, self._ask)

    @property
    def stands_for(self) -> str:
        """What of it can change a verdict."""
        return f"{PROTOCOL} {self._configured.entrant.entrant_hash}"

    async def _ask(self, request: Request) -> Reply:
        own = msgspec.structs.replace(self._configured.entrant.sampling, max_tokens=request.sampling.max_tokens)
        calls = TrialCalls(self._desk, self._seat, JUDGING, fresh=True)
        try:
            return await calls.reply(msgspec.structs.replace(request, sampling=own))
        except BudgetExhausted as error:
            raise SandboxError(f"stopped by --max-cost: {error}") from error

    async def close(self) -> None:
        await self._model.close()


def estimate(configured: Configured, replies: list[str]) -> Estimate:
    """What judging these replies may cost."""
    usd: float | None = 0.0
    pricer, entrant = Prices(), configured.entrant
    for text in replies:
        size = len(request_of("", text).messages[0].content) // 4 + 100
        cost = pricer.price(entrant, Reply(text="", usage=Usage(input=size, output=20))).usd
        usd = None if usd is None or cost is None else usd + cost
    return Estimate(len(replies), usd, () if usd is not None else (entrant.name,))


def _no_tasks(suite: str, task_id: str) -> Task:
    raise KeyError(task_id)
