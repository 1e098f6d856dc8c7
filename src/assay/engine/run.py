"""The only place that schedules trials: a lane per entrant, each walking the committed order.

A lane holds a bounded number of trials, so memory does not grow with the plan. Lanes do not wait for
each other's endpoints; under a money ceiling, and where a question may be decided early, none may run
far ahead, so that a stop finds them at about the same place of the order.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence, Set

import msgspec

from assay.core.errors import ApparatusError
from assay.core.events import EntrantStopped, RunEnded, RunStarted, Spent, TrialDecided
from assay.core.run import RunPlan
from assay.core.trial import MISSING
from assay.engine.budget import BudgetExhausted
from assay.engine.calls import Halted, Seat
from assay.engine.plan import Owed, owed
from assay.engine.stopping import Watch
from assay.engine.trials import Table, not_asked, run_trial

ROOM = 128
"""Trials of one lane that may be open at once: asked, answered, or waiting to be judged."""
_LEAD = 16
_GRACE = 10.0
"""Seconds that calls in flight are given to come home after a first Ctrl-C."""


class Ended(msgspec.Struct, frozen=True):
    """How a session of a run ended."""

    decided: int
    missing: int
    stopped_by: str = ""
    """Empty, `budget`, `decided` or `interrupted`."""
    why: str = ""


class _Lane:
    def __init__(self, seat: Seat) -> None:
        self.seat = seat
        self.room = asyncio.Semaphore(ROOM)
        self.started = 0
        self.finished = 0
        self.done = False


class Runner:
    """Runs what is owed of one plan."""

    def __init__(self, plan: RunPlan, table: Table, seats: Sequence[Seat], *, watch: Watch | None = None) -> None:
        """`watch` knows when the run's question is answered."""
        self._plan = plan
        self._watch = watch
        self._in_step = table.desk.budget.ceiling is not None or watch is not None
        """A stop should find all lanes at about the same place of the order."""
        self._table = table
        self._lanes = [_Lane(seat) for seat in seats]
        self._stop = table.desk.stop
        self._budget_gone = ""
        self._answered = watch is not None and watch.decided
        self._progress = asyncio.Condition()
        self._decided = 0
        self._missing = 0

    async def run(self, *, settled: Set[bytes], expected: int, estimate_usd: float | None) -> Ended:
        listen = self._table.desk.listen
        listen(RunStarted(self._plan.run_id, expected, len(settled), estimate_usd))
        work = asyncio.create_task(self._all_lanes(settled))
        watch = asyncio.create_task(self._stop_in_time(work))
        try:
            await work
        except* asyncio.CancelledError:
            pass
        except* ApparatusError as group:
            raise _first(group) from group
        finally:
            watch.cancel()
        stopped_by = self._stopped_by()
        listen(RunEnded(self._plan.run_id, self._decided, stopped_by))
        return Ended(self._decided, self._missing, stopped_by, self._budget_gone)

    async def _all_lanes(self, settled: Set[bytes]) -> None:
        async with asyncio.TaskGroup() as group:
            for lane in self._lanes:
                group.create_task(self._walk(lane, settled))

    async def _stop_in_time(self, work: asyncio.Task[None]) -> None:
        """After a stop, calls in flight have a while to come home; then they are given up."""
        await self._stop.wait()
        await asyncio.sleep(_GRACE)
        work.cancel()

    def _stopped_by(self) -> str:
        if self._budget_gone:
            return "budget"
        if self._stop.is_set():
            return "interrupted"
        return "decided" if self._answered else ""

    @property
    def _halted(self) -> bool:
        return self._stop.is_set() or bool(self._budget_gone) or self._answered

    def _beaten(self, lane: _Lane) -> bool:
        """Nothing more is asked of who has lost already."""
        return self._watch is not None and lane.seat.entrant.name in self._watch.beaten

    async def _walk(self, lane: _Lane, settled: Set[bytes]) -> None:
        try:
            async with asyncio.TaskGroup() as group:
                for one in owed(self._plan, lane.seat.entrant, settled=settled):
                    if self._in_step:
                        await self._wait_for_others(lane)
                    await lane.room.acquire()
                    if self._halted or self._beaten(lane):
                        break
                    lane.started += 1
                    group.create_task(self._trial(lane, one))
        finally:
            lane.done = True
            async with self._progress:
                self._progress.notify_all()

    async def _wait_for_others(self, lane: _Lane) -> None:
        def far_ahead() -> bool:
            others = [other.finished for other in self._lanes if other is not lane and not other.done]
            return bool(others) and not self._halted and lane.started > min(others) + _LEAD

        async with self._progress:
            await self._progress.wait_for(lambda: not far_ahead())

    async def _trial(self, lane: _Lane, one: Owed) -> None:
        table = self._table
        try:
            if lane.seat.stopped:
                decision = not_asked(table, lane.seat, one)
            else:
                decision = await run_trial(table, lane.seat, one)
                if lane.seat.stopped:
                    table.desk.listen(EntrantStopped(lane.seat.entrant.name, lane.seat.stopped))
        except Halted:
            pass  # its call never left: it is owed when the run goes on
        except BudgetExhausted as error:
            self._budget_gone = self._budget_gone or str(error)
        else:
            table.desk.journal.decide(decision)
            self._decided += 1
            self._missing += decision.status in MISSING
            self._answered = self._answered or (self._watch is not None and self._watch(decision))
            table.desk.listen(TrialDecided(decision))
            table.desk.listen(Spent(table.desk.budget.spent, table.desk.budget.reserved))
        finally:
            lane.finished += 1
            lane.room.release()
            if self._in_step:
                async with self._progress:
                    self._progress.notify_all()


def _first(group: BaseExceptionGroup[ApparatusError]) -> ApparatusError:
    error: BaseException = group
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    assert isinstance(error, ApparatusError)
    return error
