"""One `assay run`, put together: options → plan → folder → everything that the engine needs."""

from __future__ import annotations

import os
import platform
import re
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from assay import __version__
from assay.catalog.prices import Prices
from assay.config import Configured
from assay.core.entrant import Entrant
from assay.core.errors import UserError
from assay.core.run import Question, RunPlan
from assay.core.task import Suite, Task
from assay.engine.plan import grow, owed, plan_suite, session_plan
from assay.engine.preflight import Estimate, estimate
from assay.engine.resume import Standing, where_it_stands
from assay.store.answers import AnswerIndex
from assay.store.journal import RunFolder
from assay.store.runs import find_run
from assay.wiring.models import build_models, choose_models, rejoin
from assay.wiring.suites import Chosen, Wish, choose_suite, wish_again


class RunOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What `assay run` was told."""

    suites: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    models_file: Path | None = None
    samples: int = 1
    limit: int | None = None
    wish: Wish = Wish()
    max_cost: float | None = None
    seed: int | None = None
    name: str = ""
    resume: str | None = None
    """Empty: the newest run; None: not asked for."""
    retry_missing: bool = True
    reuse: str = ""
    concurrency: int | None = None
    question: Question | None = None
    """Stop when it is decided."""
    command: str = ""


def runs_root() -> Path:
    return Path(os.environ.get("ASSAY_RUNS") or "runs")


class Session:
    """What is to be done, before anything of it is done; then the doing of it."""

    def __init__(
        self,
        *,
        options: RunOptions,
        plan: RunPlan,
        asked: RunPlan,
        configured: Sequence[Configured],
        suites: Mapping[str, Suite],
        folder: RunFolder | None,
        standing: Standing,
    ) -> None:
        self.options = options
        self.plan = plan
        """The run, grown to what is asked now."""
        self.asked = asked
        """What this session is to do of it."""
        self.configured = configured
        self.suites = suites
        self.standing = standing
        self.pricer = Prices()
        self._folder = folder
        self.reuse = AnswerIndex(find_run(runs_root(), options.reuse)) if options.reuse else None
        self.tasks = {(suite.name, task.id): task for suite in suites.values() for task in suite.tasks}
        self.models = build_models(configured, lookup=self._lookup)
        """Made, not yet asked anything: what is wrong with a file or an address is found out here."""

    @property
    def entrants(self) -> list[Entrant]:
        return [one.entrant for one in self.configured]

    def _lookup(self, suite: str, task_id: str) -> Task:
        return self.tasks[suite, task_id]

    def owed_trials(self) -> dict[str, Counter[tuple[str, str]]]:
        """Per entrant hash: how many trials of each task are still to be run."""
        return {
            entrant.entrant_hash: Counter(
                (one.suite.name, one.task.id) for one in owed(self.asked, entrant, settled=self.standing.settled)
            )
            for entrant in self.entrants
        }

    def estimate(self) -> Estimate:
        return estimate(self.entrants, owed=self.owed_trials(), tasks=self.tasks, pricer=self.pricer)

    @property
    def begun(self) -> bool:
        """There is a folder of this run already."""
        return self._folder is not None

    def open_folder(self) -> RunFolder:
        """Writes the plan: from here on the run exists."""
        root = runs_root()
        if self._folder is None:
            self._folder = RunFolder.create(root / self.plan.run_id, self.plan)
        return self._folder


async def open_session(options: RunOptions) -> Session:
    """Reads and checks everything that the user named; writes nothing, asks no model."""
    folder, before = _run_before(options)
    if before is not None and before.imported_from:
        raise UserError(
            f"run '{before.run_id}' was imported from {before.imported_from} and cannot go on; choose another --name"
        )
    if options.resume is not None and before is not None:
        return await _resumed(options, folder, before)
    chosen = [choose_suite(name, options.wish) for name in options.suites or ("core",)]
    configured = await choose_models(options.models, models_file=options.models_file)
    seed = options.seed if options.seed is not None else before.seed if before else 0
    new = _plan(
        options,
        chosen,
        [one.entrant for one in configured],
        seed=seed,
        run_id=new_run_id(options.name, [one.suite.name for one in chosen]),
        question=options.question,
    )
    plan = grow(before, new) if before else new
    return Session(
        options=options,
        plan=plan,
        asked=session_plan(plan, new),
        configured=configured,
        suites={one.suite.name: one.suite for one in chosen},
        folder=folder,
        standing=_standing(folder, options),
    )


def _run_before(options: RunOptions) -> tuple[RunFolder | None, RunPlan | None]:
    if options.resume is not None:
        folder = find_run(runs_root(), options.resume)
        return folder, folder.plan
    if options.name and (runs_root() / options.name / "run.json").is_file():
        folder = RunFolder(runs_root() / options.name)
        return folder, folder.plan
    return None, None


async def _resumed(options: RunOptions, folder: RunFolder | None, before: RunPlan) -> Session:
    """Exactly what the run is owed: its suites, entrants, samples and limits as they were."""
    chosen = [
        choose_suite(suite.source, wish_again(suite, variant=before.variant, sandbox=before.sandbox))
        for suite in before.suites
    ]
    configured = await rejoin(before.entrants, models_file=options.models_file)
    limits = {suite.name: suite.limit for suite in before.suites}
    new = _plan(options, chosen, before.entrants, seed=before.seed, run_id=before.run_id, question=before.question)
    new = msgspec.structs.replace(
        new,
        samples=before.samples,
        variant=before.variant,
        sandbox=before.sandbox,
        suites=tuple(msgspec.structs.replace(suite, limit=limits[suite.name]) for suite in new.suites),
        command=before.command,
    )
    plan = grow(before, new)
    return Session(
        options=options,
        plan=plan,
        asked=session_plan(plan, msgspec.structs.replace(new, suites=plan.suites)),
        configured=configured,
        suites={one.suite.name: one.suite for one in chosen},
        folder=folder,
        standing=_standing(folder, options),
    )


def _standing(folder: RunFolder | None, options: RunOptions) -> Standing:
    if folder is None:
        return where_it_stands((), ())
    return where_it_stands(folder.decisions(), folder.calls(), retry_missing=options.retry_missing)


def _plan(
    options: RunOptions,
    chosen: Sequence[Chosen],
    entrants: Sequence[Entrant],
    *,
    seed: int,
    run_id: str,
    question: Question | None,
) -> RunPlan:
    if question is not None and (len(chosen) != 1 or len(entrants) < 2):
        raise UserError(
            f"--until-decided asks which of several models is better on one suite; there are {len(entrants)} models and"
            f" {len(chosen)} suites"
        )
    return RunPlan(
        run_id=run_id,
        created_at=time.time(),
        seed=seed,
        samples=options.samples,
        variant=options.wish.variant,
        question=question,
        entrants=tuple(entrants),
        suites=tuple(
            plan_suite(
                one.suite,
                wanted=one.wanted,
                seed=seed,
                source=one.source,
                limit=options.limit,
                filters=one.filters,
                settings=one.settings,
                fingerprints=one.fingerprints,
                stratified=question is None,
            )
            for one in chosen
        ),
        max_cost_usd=options.max_cost,
        sandbox=options.wish.sandbox,
        versions={
            "assay": __version__,
            "python": platform.python_version(),
            **{f"judge of {language}": made for one in chosen for language, made in one.fingerprints.items()},
        },
        machine={"system": platform.platform(), "cpus": os.cpu_count(), "python": sys.implementation.name},
        command=options.command,
    )


def new_run_id(name: str, suites: Sequence[str]) -> str:
    """The name that was given, if it can be one; else one from the suites and the time."""
    if name:
        if not name.replace("-", "").replace("_", "").replace(".", "").isalnum() or name[0] in ".-":
            raise UserError(f"--name {name!r}: use letters, digits, '-', '_' and '.' only")
        return name
    stem = re.sub(r"[^\w.+-]", "-", "-".join(suites))[:40]
    stamp = time.strftime("%Y%m%d-%H%M%S")
    names = (f"{stem}-{stamp}{suffix}" for suffix in ("", *(f"-{n}" for n in range(2, 1000))))
    return next(name for name in names if not (runs_root() / name).exists())
