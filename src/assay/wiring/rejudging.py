"""A finished run, judged again from its own records: no download, nothing but the folder, and no model unless one is to
judge."""

from __future__ import annotations

import random
from collections import Counter

import msgspec

from assay.config import Configured
from assay.core.errors import UserError
from assay.core.ids import content_hash
from assay.core.ports import Journal, Listener
from assay.core.run import PlannedSuite, RunPlan
from assay.core.task import Task
from assay.engine.judging import Bench
from assay.engine.regrade import Regraded, regrade
from assay.store.journal import FileJournal, RunFolder
from assay.store.tasks import read_tasks
from assay.wiring.judging import build_judge, make_grader, tools_for
from assay.wiring.judging_model import GRADER, JudgingModel
from assay.wiring.suites import load_wished, wish_again
from assay.wiring.unwritten import Unwritten


class JudgedAgain(msgspec.Struct, frozen=True):
    """What came of it, and what could not be judged on this machine."""

    result: Regraded
    unsupported: dict[str, int]
    """Per language without a toolchain here: how many trials were left alone."""
    other_judge: tuple[str, ...]
    """Languages whose toolchain or judge is not the one of the record."""


async def judge_again(
    folder: RunFolder,
    *,
    record: bool,
    listen: Listener,
    by: Configured | None = None,
    max_cost: float | None = None,
) -> JudgedAgain:
    """With `record`, new verdicts become new lines of the run; without, the run is only read. With `by`, that model
    judges, and nothing is judged again but what a model can judge."""
    plan = folder.plan
    tasks = _tasks_of(folder, plan)
    latest = [one for one in folder.latest().values() if by is None or one.suite in judged_by_model(plan)]
    spoken: dict[str, set[str]] = {suite.name: set() for suite in plan.suites}
    for decision in latest:
        spoken[decision.suite].add(decision.language)
    tools = {
        (suite.name, language): tools_for(language, grader=suite.grader)
        for suite in plan.suites
        for language in spoken[suite.name]
    }
    judge = build_judge(tools.values(), sandbox=plan.sandbox)
    reasons = {key: judge.supports(tool) for key, tool in tools.items()}
    prints = {key: judge.fingerprint(tool) for key, tool in tools.items() if not reasons[key]}
    journal: Journal = FileJournal(folder) if record else Unwritten(folder)
    graders = {suite.grader: make_grader(suite.grader) for suite in plan.suites}
    model = JudgingModel(by, journal, max_cost=max_cost, listen=listen) if by is not None else None
    if model is not None:
        graders[GRADER] = model.grader
    suites = {suite.name: _judged_here(suite, prints, model) for suite in plan.suites}
    other = {
        language
        for suite in plan.suites
        for language, judge_hash in suites[suite.name].judge_hashes.items()
        if suite.judge_hashes.get(language, judge_hash) != judge_hash
    }
    able = [decision for decision in latest if not reasons[decision.suite, decision.language]]
    unable = Counter(decision.language for decision in latest if reasons[decision.suite, decision.language])
    bench = Bench(judge=judge, graders=graders, journal=journal, chance=random.Random(plan.seed))
    try:
        result = await regrade(
            able,
            journal=journal,
            bench=bench,
            suites=suites,
            tasks=tasks,
            listen=listen,
            record=record,
            verdicts_only=model is not None,
        )
    finally:
        if model is not None:
            await model.close()
        await judge.close()
        journal.close()
    return JudgedAgain(result, dict(unable), tuple(sorted(other)))


def _tasks_of(folder: RunFolder, plan: RunPlan) -> dict[tuple[str, str], Task]:
    """Those that the run keeps, and those of pinned suites, which are read again from their official files."""
    tasks = {(stored.suite, stored.task.id): stored.task for stored in read_tasks(folder.path)}
    kept = {suite for suite, _ in tasks}
    for suite in plan.suites:
        if suite.name in kept:
            continue
        if not suite.source:
            raise UserError(f"{folder.path}: it keeps no tasks (tasks.jsonl.zst), so it cannot be judged again")
        loaded = load_wished(suite.source, wish_again(suite, variant=plan.variant, sandbox=plan.sandbox))
        recorded = {task.id: task.task_hash for task in suite.tasks}
        for task in loaded.tasks:
            if recorded.get(task.id, task.task_hash) != task.task_hash:
                raise UserError(f"{suite.name}: task {task.id} is not the one that the run was judged with")
            tasks[suite.name, task.id] = task
    return tasks


def judged_by_model(plan: RunPlan) -> set[str]:
    """The suites of a run whose answers a model can judge."""
    return {suite.name for suite in plan.suites if suite.grader == GRADER}


def _judged_here(suite: PlannedSuite, prints: dict[tuple[str, str], str], model: JudgingModel | None) -> PlannedSuite:
    grader = f"{suite.grader} {model.stands_for}" if model is not None else suite.grader
    hashes = {
        language: content_hash(suite.protocol, grader, known)
        for (name, language), known in prints.items()
        if name == suite.name
    }
    return msgspec.structs.replace(suite, judge_hashes=hashes)
