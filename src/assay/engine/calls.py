"""Everything that surrounds one question to a model: turn, budget, record, retry, price.

A solver sees a plain `Model`. Behind it each physical call is announced (`sent`) before it leaves and
kept (`answered` or `failed`) before anything else is done with it, so that a kill at any moment
loses no answer that was paid for and asks no question twice.
"""

from __future__ import annotations

import asyncio
import random
import time
import uuid
from collections.abc import Callable, Mapping
from contextlib import suppress

import msgspec

from assay.core.entrant import Entrant
from assay.core.errors import Fault, ProviderError
from assay.core.events import CallRetried
from assay.core.messages import Reply, Request
from assay.core.ports import Answers, Cost, Journal, Listener, Model, Pricer
from assay.core.trial import CallEvent, Trial
from assay.engine.budget import Budget
from assay.engine.call_records import recorded_reply, recorded_request, reply_of, request_hash
from assay.engine.limits import Gate, Quota
from assay.engine.retry import RetryPolicy
from assay.engine.tally import Tally

_MAYBE_BILLED = frozenset({Fault.TIMEOUT, Fault.CUT, Fault.SILENT, Fault.MALFORMED, Fault.TOO_LARGE})
"""After these nobody knows whether the vendor counted the call."""


class Halted(Exception):
    """Raised instead of a call that would have left after the run was told to stop."""


class Seat(msgspec.Struct):
    """One entrant at the table: its model, and where its calls wait."""

    entrant: Entrant
    model: Model
    gate: Gate
    requests: Quota | None = None
    tokens: Quota | None = None
    stopped: str = ""
    """Why its endpoint refuses it for good; empty while it does not."""

    @classmethod
    def of(cls, entrant: Entrant, model: Model, gate: Gate) -> Seat:
        """With the limits that the entrant sets itself."""
        requests, tokens = (
            Quota(limit, now=time.monotonic()) if limit else None for limit in (entrant.rpm, entrant.tpm)
        )
        return cls(entrant=entrant, model=model, gate=gate, requests=requests, tokens=tokens)


class Desk:
    """What all calls of a run share."""

    def __init__(
        self,
        *,
        journal: Journal,
        pricer: Pricer,
        budget: Budget,
        retry: RetryPolicy,
        listen: Listener,
        answered: Mapping[tuple[str, int], CallEvent],
        reuse: Answers | None = None,
        chance: random.Random,
        stop: asyncio.Event,
        clock: Callable[[], float] = time.monotonic,
        wall_clock: Callable[[], float] = time.time,
    ) -> None:
        self.journal = journal
        self.pricer = pricer
        self.budget = budget
        self.retry = retry
        self.listen = listen
        self.answered = answered
        self.reuse = reuse
        self.chance = chance
        self.stop = stop
        self.clock = clock
        self.wall_clock = wall_clock


class TrialCalls:
    """The `Model` that a solver is given for one trial."""

    def __init__(self, desk: Desk, seat: Seat, trial_id: str, *, sample: int = 0, fresh: bool = False) -> None:
        """`fresh` asks even what is answered on disk already."""
        self._fresh = fresh
        self._desk = desk
        self._seat = seat
        self._trial_id = trial_id
        self._sample = sample
        self._turn = 0
        self.tally = Tally()

    @classmethod
    def of(cls, desk: Desk, seat: Seat, trial: Trial) -> TrialCalls:
        return cls(desk, seat, trial.trial_id, sample=trial.sample)

    async def close(self) -> None:
        """The seat's model outlives the trial."""

    async def reply(self, request: Request) -> Reply:
        turn, self._turn = self._turn, self._turn + 1
        asked = request_hash(self._seat.entrant, request)
        known = None if self._fresh else self._known_answer(asked, turn)
        if known is not None:
            return known
        begun = self._desk.clock()
        attempt = 0
        while True:
            try:
                return await self._call_once(request, asked, turn=turn, attempt=attempt)
            except ProviderError as error:
                if error.stops_entrant:
                    self._seat.stopped = str(error)
                pause = self._desk.retry.pause(
                    error, attempt=attempt, spent=self._desk.clock() - begun, chance=self._desk.chance
                )
                if pause is None or self._seat.stopped:
                    raise
                subject = request.subject.task_id if request.subject else ""
                self._desk.listen(CallRetried(self._seat.entrant.name, subject, attempt + 1, str(error), pause))
                if error.fault is Fault.RATE:
                    self._seat.gate.hold_off(pause)
                await self._pause(pause)
                attempt += 1

    async def _pause(self, seconds: float) -> None:
        """Sleeps, unless the run is stopped meanwhile."""
        begun = self._desk.clock()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._desk.stop.wait(), seconds)
        self.tally.waited += self._desk.clock() - begun

    def _known_answer(self, asked: str, turn: int) -> Reply | None:
        """An answer that is on disk already: ours, from before a kill, or another run's."""
        desk = self._desk
        event = desk.answered.get((self._trial_id, turn))
        if event is not None and event.request_hash == asked:
            reply = reply_of(event)
            self.tally.add_reply(reply)
            self.tally.add_cost(Cost(event.cost_usd, event.cost_source or "unknown"))
            self.tally.first_sent_at = event.at
            return reply
        event = desk.reuse.find(asked, sample=self._sample, turn=turn) if desk.reuse else None
        if event is None:
            return None
        desk.journal.call(
            msgspec.structs.replace(
                event, trial_id=self._trial_id, cost_usd=0.0, cost_source="reused",
                reused_from=event.call_id, call_id=uuid.uuid4().hex, at=desk.wall_clock(),
            )
        )  # fmt: skip
        reply = reply_of(event)
        self.tally.add_reply(reply)
        self.tally.add_cost(Cost(0.0, "reused"))
        return reply

    async def _call_once(self, request: Request, asked: str, *, turn: int, attempt: int) -> Reply:
        desk, seat = self._desk, self._seat
        queued = desk.clock()
        await self._wait_for_quota(request)
        worst = desk.pricer.worst(seat.entrant, request) if desk.budget.ceiling is not None else None
        async with seat.gate.turn():
            if desk.stop.is_set():
                raise Halted
            reserved = await desk.budget.reserve(worst)
            settled = False
            try:
                sent_at = desk.clock()
                self.tally.waited += sent_at - queued
                event = self._announce(request, asked, turn=turn, attempt=attempt, worst=worst)
                try:
                    reply = await seat.model.reply(request)
                except ProviderError as error:
                    settled = True
                    await self._failed(event, error, reserved, sent_at)
                    raise
                settled = True
                await self._answered(event, request, reply, reserved)
                return reply
            finally:
                if not settled:
                    # Cancelled in flight: it may have been billed, so its worst case stays spent.
                    await asyncio.shield(desk.budget.settle(reserved, None))

    async def _wait_for_quota(self, request: Request) -> None:
        now = self._desk.clock()
        waits = [0.0]
        if self._seat.requests is not None:
            waits.append(self._seat.requests.wait(1, now=now))
        if self._seat.tokens is not None:
            waits.append(self._seat.tokens.wait(_expected_tokens(request), now=now))
        if max(waits) > 0:
            await self._pause(max(waits))

    def _announce(self, request: Request, asked: str, *, turn: int, attempt: int, worst: float | None) -> CallEvent:
        desk = self._desk
        event = CallEvent(
            call_id=uuid.uuid4().hex,
            trial_id=self._trial_id,
            event="sent",
            at=desk.wall_clock(),
            turn=turn,
            attempt=attempt,
            sample=self._sample,
            model=self._seat.entrant.name,
            request_hash=asked,
            request=recorded_request(desk.journal, request) if attempt == 0 else None,
            worst_usd=worst,
        )
        desk.journal.call(event)
        if self.tally.first_sent_at is None:
            self.tally.first_sent_at = event.at
        return event

    async def _answered(self, sent: CallEvent, request: Request, reply: Reply, reserved: float) -> None:
        desk, seat = self._desk, self._seat
        cost = desk.pricer.price(seat.entrant, reply)
        desk.journal.call(
            msgspec.structs.replace(
                sent, event="answered", at=desk.wall_clock(), request=None, worst_usd=None,
                reply=recorded_reply(reply), usage_raw=reply.usage_raw, usage=reply.usage,
                cost_usd=cost.usd, cost_source=cost.source, price_id=cost.price_id, ttft=reply.ttft,
                latency=reply.latency, http_status=reply.http_status, served_model=reply.served_model,
                fingerprint=reply.fingerprint,
            )
        )  # fmt: skip
        self.tally.add_reply(reply)
        self.tally.add_cost(cost)
        seat.gate.pace.succeeded(reply.latency)
        if reply.rate_hint:
            seat.gate.hold_off(reply.rate_hint)
        if seat.tokens is not None and reply.usage.output is not None:
            used = (reply.usage.input or 0) + reply.usage.output
            seat.tokens.give_back(_expected_tokens(request) - used)
        await desk.budget.settle(reserved, cost.usd)

    async def _failed(self, sent: CallEvent, error: ProviderError, reserved: float, sent_at: float) -> None:
        desk, seat = self._desk, self._seat
        free = error.fault not in _MAYBE_BILLED or seat.entrant.local
        cost = Cost(0.0, "local" if seat.entrant.local else "estimated") if free else Cost(None, "unknown")
        desk.journal.call(
            msgspec.structs.replace(
                sent, event="failed", at=desk.wall_clock(), request=None, worst_usd=None, cost_usd=cost.usd,
                cost_source=cost.source, http_status=error.http_status, fault=error.fault.value, error=str(error),
                latency=desk.clock() - sent_at,
            )
        )  # fmt: skip
        self.tally.add_cost(cost)
        if error.fault is Fault.RATE:
            seat.gate.pace.refused(sent_at=sent_at, now=desk.clock())
        await desk.budget.settle(reserved, cost.usd)


def _expected_tokens(request: Request) -> float:
    size = sum(len(message.content) for message in request.messages) + len(request.prompt or "")
    return size / 4 + (request.sampling.max_tokens or 1024)
