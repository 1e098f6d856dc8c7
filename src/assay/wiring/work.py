"""A session with its journal open and its models connected."""

from __future__ import annotations

import asyncio
import os
import random
import time
from collections.abc import Mapping
from types import TracebackType

from assay.core.entrant import Entrant
from assay.core.ports import Listener
from assay.core.task import Suite
from assay.engine.budget import Budget
from assay.engine.calls import Desk, Seat
from assay.engine.judging import Bench
from assay.engine.limits import CEILING, Gate
from assay.engine.plan import owed
from assay.engine.preflight import Checked, Further, preflight
from assay.engine.retry import RetryPolicy
from assay.engine.run import Ended, Runner
from assay.engine.stopping import Watch
from assay.engine.trials import Table
from assay.store.journal import FileJournal, RunFolder
from assay.store.runs import remove_run
from assay.store.tasks import StoredTask, read_tasks, write_tasks
from assay.wiring.endpoint import tool_check
from assay.wiring.judging import build_judge, graders_for, solvers_for, tools_for
from assay.wiring.session import Session

_PREFLIGHT_RETRIES = RetryPolicy(attempts=2, total_seconds=20.0)


class AtWork:
    """A session with its journal open and its models connected; leaving it closes everything."""

    def __init__(self, session: Session, *, listen: Listener, stop: asyncio.Event) -> None:
        self.session = session
        self._is_new = not session.begun
        self._discard = False
        self.folder = session.open_folder()
        self.journal = FileJournal(self.folder)
        if session.plan != self.folder.plan:
            self.folder.replace_plan(session.plan)
        _keep_tasks(self.folder, session.suites)
        chance = random.Random(session.plan.seed)
        tools = {
            tools_for(task.language, grader=suite.grader) for suite in session.asked.suites for task in suite.tasks
        }
        self._judge = build_judge(tools, sandbox=session.plan.sandbox)
        self._bench = Bench(judge=self._judge, graders=graders_for(session.suites), journal=self.journal, chance=chance)
        self._desk = Desk(
            journal=self.journal,
            pricer=session.pricer,
            budget=Budget(session.options.max_cost, spent=session.standing.spent),
            retry=RetryPolicy(),
            listen=listen,
            answered=session.standing.answered,
            reuse=session.reuse,
            chance=chance,
            stop=stop,
        )
        self.seats = self._take_seats()
        self.watch = self._watch()

    @property
    def spent(self) -> float:
        return self._desk.budget.spent

    async def preflight(self) -> list[Checked]:
        """Under a hastier retry policy than the run's: a person is waiting for the answer."""
        patient, self._desk.retry = self._desk.retry, _PREFLIGHT_RETRIES
        try:
            working = [seat for seat in self.seats if self._has_work(seat)]
            return await preflight(self._desk, working, further=self._calls_tools)
        finally:
            self._desk.retry = patient

    def _has_work(self, seat: Seat) -> bool:
        return any(True for _ in owed(self.session.asked, seat.entrant, settled=self.session.standing.settled))

    def _calls_tools(self, seat: Seat) -> Further | None:
        """Where tasks hand out tools: whether a call arrives, lest a model be blamed for a parser that loses it."""
        session = self.session
        trials = owed(session.asked, seat.entrant, settled=session.standing.settled)
        if not any(session.tasks[one.suite.name, one.task.id].ask.tools for one in trials):
            return None
        return tool_check(next(one for one in session.configured if one.entrant is seat.entrant))

    async def run(self, *, expected: int, estimate_usd: float | None) -> Ended:
        table = Table(
            desk=self._desk,
            bench=self._bench,
            solvers=solvers_for(self.session.suites, self.session.entrants),
            tasks=self.session.tasks,
            revisions=self.session.standing.revisions,
        )
        runner = Runner(self.session.asked, table, self.seats, watch=self.watch)
        return await runner.run(settled=self.session.standing.settled, expected=expected, estimate_usd=estimate_usd)

    def _watch(self) -> Watch | None:
        """Begins with what the run has decided before this session."""
        plan, settled = self.session.plan, self.session.standing.settled
        if plan.question is None:
            return None
        before = self.folder.latest().values()
        return Watch(plan, plan.question, (one for one in before if bytes.fromhex(one.trial_id) in settled))

    def _take_seats(self) -> list[Seat]:
        gates: dict[str, Gate] = {}
        seats = []
        for entrant, model in zip(self.session.entrants, self.session.models, strict=True):
            ceiling = self.session.options.concurrency or entrant.concurrency or _usual_ceiling(entrant)
            endpoint = entrant.api_base or entrant.name
            gate = gates.setdefault(endpoint, Gate(clock=time.monotonic, ceiling=ceiling))
            gate.pace.ceiling = min(gate.pace.ceiling, ceiling)
            seats.append(Seat.of(entrant, model, gate))
        return seats

    def discard_if_empty(self) -> None:
        """A run that was begun just now, and in which nothing was answered, leaves no folder behind."""
        self._discard = self._is_new and not any(event.event == "answered" for event in self.journal.calls())

    async def __aenter__(self) -> AtWork:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            for seat in self.seats:
                await seat.model.close()
            await self._judge.close()
        finally:
            self.journal.close()
            if self._discard:
                remove_run(self.folder)


def _usual_ceiling(entrant: Entrant) -> int:
    if entrant.type == "command":
        return os.cpu_count() or 2
    return int(entrant.options.get("batch_size") or 8) if entrant.type == "huggingface" else CEILING


def _keep_tasks(folder: RunFolder, suites: Mapping[str, Suite]) -> None:
    """The tasks as judged, beside those of suites that only an earlier session had."""
    kept = [stored for stored in read_tasks(folder.path) if stored.suite not in suites]
    for suite in suites.values():
        if not suite.pinned:
            kept += [StoredTask(suite.name, suite.version, task) for task in suite.tasks]
    write_tasks(folder.path, kept)
