"""A run at a table of stand-ins: models, judge and grader are small classes, the journal is the real one."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from assay.core.entrant import Entrant, Price
from assay.core.errors import ProviderError
from assay.core.judging import Attempt, Job, Outcome, Verdict
from assay.core.messages import Message, Reply, Request, Subject, Usage
from assay.core.ports import Cost, Grader, Judge, JudgeAttempt, Model
from assay.core.run import RunPlan
from assay.core.task import Ask, Suite, Task
from assay.core.trial import Decision, Status
from assay.engine.budget import Budget
from assay.engine.calls import Desk, Seat
from assay.engine.judging import Bench
from assay.engine.limits import Gate
from assay.engine.plan import plan_suite
from assay.engine.resume import where_it_stands
from assay.engine.retry import RetryPolicy
from assay.engine.run import Ended, Runner
from assay.engine.trials import Table
from assay.store.journal import FileJournal, RunFolder

QUICK = RetryPolicy(attempts=3, total_seconds=5.0, first_pause=0.001, longest_pause=0.002)

Behaviour = Callable[[str, int], str | ProviderError]
"""Task id and how often it was asked before → the answer, or the fault."""


class StandInModel:
    """Answers what it is told to, and counts who asked."""

    def __init__(self, behave: Behaviour, *, latency: float = 0.0) -> None:
        self._behave = behave
        self._latency = latency
        self.asked: Counter[str] = Counter()
        self.order: list[str] = []

    async def reply(self, request: Request) -> Reply:
        assert request.subject is not None
        task_id = request.subject.task_id
        before = self.asked[task_id]
        self.asked[task_id] += 1
        self.order.append(task_id)
        await asyncio.sleep(self._latency)
        said = self._behave(task_id, before)
        if isinstance(said, ProviderError):
            raise said
        return Reply(text=said, usage=Usage(input=100, output=50), latency=0.001, finish_reason="stop")

    async def close(self) -> None:
        pass


class StandInSolver:
    async def solve(self, task: Task, model: Model, entrant: Entrant, sample: int, judge: JudgeAttempt) -> Attempt:
        reply = await model.reply(Request(messages=task.ask.messages, subject=Subject("s", task.id, sample)))
        return Attempt(completion=reply.text, text=reply.text, finish_reason=reply.finish_reason)


class StandInGrader:
    """Right is `right`; what it is given to judge is counted. `verdict` may misbehave."""

    def __init__(self, verdict: Callable[[str, int], Verdict] | None = None) -> None:
        self._verdict = verdict
        self.judged: Counter[str] = Counter()

    async def grade(self, task: Task, attempt: Attempt, judge: Judge) -> Verdict:
        before = self.judged[task.id]
        self.judged[task.id] += 1
        if self._verdict is not None:
            return self._verdict(task.id, before)
        right = attempt.text == "right"
        return Verdict(status=Status.PASSED if right else Status.FAILED, score=float(right))


class NoJudge:
    """The stand-in grader runs nothing."""

    def supports(self, language: str) -> str:
        return ""

    def fingerprint(self, language: str) -> str:
        return "none"

    async def run(self, job: Job, *, on_run: object = None) -> Outcome:
        raise AssertionError("nothing is run here")

    async def close(self) -> None:
        pass


class FlatPricer:
    """So many dollars a call, or unknown."""

    def __init__(self, usd: float | None = 0.0, worst: float | None = None) -> None:
        self._usd = usd
        self._worst = usd if worst is None else worst

    def price(self, entrant: Entrant, reply: Reply) -> Cost:
        return Cost(self._usd, "unknown" if self._usd is None else "priced")

    def worst(self, entrant: Entrant, request: Request) -> float | None:
        return self._worst


def tasks(count: int) -> list[Task]:
    return [
        Task(id=f"t{n:04}", language="python", ask=Ask(messages=(Message("user", f"task {n}"),))) for n in range(count)
    ]


def entrant(name: str) -> Entrant:
    return Entrant(name=name, type="openai", model_id=name, api_base="http://elsewhere/v1", price=Price(input=1))


def make_plan(made: list[Task], names: list[str], *, samples: int = 1) -> RunPlan:
    suite = Suite(name="s", version="1", protocol="p/1", tasks=tuple(made))
    planned = plan_suite(
        suite,
        wanted={t.id for t in made},
        seed=0,
        source="s",
        limit=None,
        filters={},
        settings={},
        fingerprints={"python": "x"},
    )
    return RunPlan(
        run_id="r",
        created_at=0.0,
        seed=0,
        samples=samples,
        entrants=tuple(entrant(n) for n in names),
        suites=(planned,),
    )


class Played:
    """What came of one session."""

    def __init__(self, ended: Ended, folder: RunFolder, events: list[Any], budget: Budget) -> None:
        self.ended = ended
        self.folder = folder
        self.events = events
        self.budget = budget
        self.decisions: dict[str, Decision] = folder.latest()

    def statuses(self, model: str | None = None) -> Counter[str]:
        return Counter(d.status.value for d in self.decisions.values() if model in (None, d.model))


async def play(
    path: Path,
    plan: RunPlan,
    made: list[Task],
    models: dict[str, StandInModel],
    *,
    grader: Grader | None = None,
    pricer: FlatPricer | None = None,
    ceiling: float | None = None,
    stop: asyncio.Event | None = None,
    retry: RetryPolicy = QUICK,
    chance: random.Random | None = None,
    judge: Judge | None = None,
) -> Played:
    """One session of the run in `path`, begun or gone on with."""
    folder = RunFolder(path) if (path / "run.json").exists() else RunFolder.create(path, plan)
    standing = where_it_stands(folder.decisions(), folder.calls())
    events: list[Any] = []

    def listen(event: Any) -> None:
        events.append(event)

    budget = Budget(ceiling, spent=standing.spent)
    with FileJournal(folder) as journal:
        chance = chance or random.Random(0)
        desk = Desk(
            journal=journal, pricer=pricer or FlatPricer(), budget=budget, retry=retry, listen=listen,
            answered=standing.answered, chance=chance, stop=stop or asyncio.Event(),
        )  # fmt: skip
        graders = {"cases": grader or StandInGrader()}
        bench = Bench(judge=judge or NoJudge(), graders=graders, journal=journal, chance=chance)
        table = Table(
            desk=desk, bench=bench, solvers={("s", "one_shot"): StandInSolver()},
            tasks={("s", t.id): t for t in made}, revisions=standing.revisions,
        )  # fmt: skip
        seats = [
            Seat(entrant=e, model=models[e.name], gate=Gate(clock=time.monotonic))
            for e in plan.entrants
            if e.name in models
        ]
        runner = Runner(plan, table, seats)
        ended = await runner.run(settled=standing.settled, expected=0, estimate_usd=None)
    return Played(ended, folder, events, budget)
