"""What is owed: pure functions over a run's frozen plan and what has been decided so far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set

import msgspec

from assay.core.entrant import Entrant
from assay.core.errors import UserError
from assay.core.ids import content_hash
from assay.core.order import committed_order
from assay.core.run import PlannedSuite, PlannedTask, Question, RunPlan
from assay.core.task import Suite, Task
from assay.core.trial import Trial


class Owed(msgspec.Struct, frozen=True):
    """One trial to be run, and where its task is found."""

    trial: Trial
    suite: PlannedSuite
    task: PlannedTask


def plan_suite(
    suite: Suite,
    *,
    wanted: Set[str],
    seed: int,
    source: str,
    limit: int | None,
    filters: Mapping[str, str],
    settings: Mapping[str, str],
    fingerprints: Mapping[str, str],
    stratified: bool = True,
) -> PlannedSuite:
    """Freezes a suite: `wanted` task ids, in an order drawn over the whole suite, so that a run that is
    later widened keeps the order that it was begun in."""
    by_id = {task.id: task for task in suite.tasks}
    supported = [
        by_id[task_id]
        for task_id in committed_order(suite.tasks, seed=seed, stratified=stratified)
        if task_id in wanted and not _slices(by_id[task_id]) & suite.unsupported.keys()
    ]
    return PlannedSuite(
        name=suite.name,
        version=suite.version,
        protocol=suite.protocol,
        solver=suite.solver,
        grader=suite.grader,
        source=source,
        tasks=tuple(_planned(task) for task in supported),
        limit=limit,
        unsupported={
            lacking: reason
            for lacking, reason in suite.unsupported.items()
            if any(lacking in _slices(by_id[task_id]) for task_id in wanted)
        },
        unsupported_tasks=len(wanted) - len(supported),
        without_variants=suite.without_variants,
        filters=dict(filters),
        verified=suite.verified,
        settings=dict(settings),
        judge_hashes={
            language: content_hash(suite.protocol, suite.grader, fingerprint)
            for language, fingerprint in fingerprints.items()
        },
    )


def _slices(task: Task) -> Set[str]:
    """What has to be here for it to be judged: its language, and libraries."""
    return {task.language, *task.needs}


def _planned(task: Task) -> PlannedTask:
    return PlannedTask(
        id=task.id,
        task_hash=task.task_hash,
        prompt_hash=task.prompt_hash,
        language=task.language,
        category=task.category,
        difficulty=task.difficulty,
        date=task.date,
    )


def trial_of(plan: RunPlan, entrant: Entrant, suite: PlannedSuite, task: PlannedTask, *, sample: int) -> Trial:
    return Trial(
        entrant_hash=entrant.entrant_hash,
        suite=suite.name,
        version=suite.version,
        task_id=task.id,
        variant=plan.variant,
        sample=sample,
    )


def owed(plan: RunPlan, entrant: Entrant, *, settled: Set[bytes]) -> Iterator[Owed]:
    """One entrant's trials that are not `settled`, in the committed order, never all in memory at once."""
    for suite in plan.suites:
        for task in suite.owed_tasks:
            for sample in range(plan.samples):
                trial = trial_of(plan, entrant, suite, task, sample=sample)
                if not settled or bytes.fromhex(trial.trial_id) not in settled:
                    yield Owed(trial, suite, task)


def grow(old: RunPlan, new: RunPlan) -> RunPlan:
    """The wider of two plans of one run. Refuses, naming the difference, what would change a trial that
    may be recorded already."""
    differences = [*_entrant_differences(old, new), *_suite_differences(old, new)]
    if old.variant != new.variant:  # which makes every task another one, so that is all there is to say
        differences = [f"variant: {old.variant} in the run, {new.variant} now"]
    if old.sandbox != new.sandbox:
        differences.append(f"sandbox: {old.sandbox or 'built in'} in the run, {new.sandbox or 'built in'} now")
    if old.seed != new.seed:
        differences.append(f"seed: {old.seed} in the run, {new.seed} now")
    differences += _question_differences(old, new)
    if differences:
        shown = "; ".join(differences[:6]) + (f"; and {len(differences) - 6} more" if len(differences) > 6 else "")
        raise UserError(
            f"run '{old.run_id}' was made otherwise: {shown}. Undo the change, or begin another run with --name"
        )
    known = {entrant.entrant_hash for entrant in old.entrants}
    added = tuple(entrant for entrant in new.entrants if entrant.entrant_hash not in known)
    return msgspec.structs.replace(
        old,
        entrants=old.entrants + added,
        suites=_grown_suites(old, new),
        samples=max(old.samples, new.samples),
        max_cost_usd=new.max_cost_usd,
        command=new.command,
    )


def _question_differences(old: RunPlan, new: RunPlan) -> Iterator[str]:
    """A question is asked before its answers come in, of these entrants and these tasks."""
    if old.question is None and new.question is None:
        return
    if old.question != new.question:
        yield f"--until-decided: {_asked(old.question)} in the run, {_asked(new.question)} now"
    if {one.entrant_hash for one in old.entrants} != {one.entrant_hash for one in new.entrants}:
        yield "--until-decided is about the entrants that the run began with"
    if old.samples != new.samples or [len(one.owed_tasks) for one in old.suites] != [
        len(one.owed_tasks) for one in new.suites
    ]:
        yield "--until-decided is about the tasks and samples that the run began with"


def _asked(question: Question | None) -> str:
    if question is None:
        return "not asked"
    return f"margin {100 * question.margin:g} at {100 * question.level:g} %"


def _entrant_differences(old: RunPlan, new: RunPlan) -> Iterator[str]:
    before = {entrant.name: entrant for entrant in old.entrants}
    names = {entrant.entrant_hash: entrant.name for entrant in old.entrants}
    for entrant in new.entrants:
        was = before.get(entrant.name)
        if was is None:
            if entrant.entrant_hash in names:
                yield f"'{entrant.name}' has the settings of '{names[entrant.entrant_hash]}' under another name"
        elif was.entrant_hash != entrant.entrant_hash:
            yield f"model '{entrant.name}': {', '.join(_changes(was, entrant))}"


def _changes(was: msgspec.Struct, now: msgspec.Struct) -> Iterator[str]:
    """The settings that differ, the innermost ones."""
    for field in was.__struct_fields__:
        before, after = getattr(was, field), getattr(now, field)
        if isinstance(before, msgspec.Struct) and isinstance(after, msgspec.Struct):
            yield from _changes(before, after)
        elif before != after:
            yield f"{field} {before!r} → {after!r}"


def _suite_differences(old: RunPlan, new: RunPlan) -> Iterator[str]:
    before = {suite.name: suite for suite in old.suites}
    for suite in new.suites:
        was = before.get(suite.name)
        if was is None:
            continue
        for field in ("version", "protocol", "solver", "grader"):
            if getattr(was, field) != getattr(suite, field):
                yield f"suite {suite.name}: {field} {getattr(was, field)!r} → {getattr(suite, field)!r}"
        if was.filters != suite.filters and (was.limit is not None or suite.limit is not None):
            yield f"suite {suite.name}: other filters under --limit, whose order would not be the committed one"
        for language, judge_hash in suite.judge_hashes.items():
            if was.judge_hashes.get(language, judge_hash) != judge_hash:
                yield f"suite {suite.name}: another toolchain or judge for {language or 'its tasks'}"
        tasks = {task.id: task for task in was.tasks}
        for task in suite.tasks:
            if task.id in tasks and tasks[task.id].prompt_hash != task.prompt_hash:
                yield f"task {task.id}: another prompt"
            elif task.id in tasks and tasks[task.id].task_hash != task.task_hash:
                yield f"task {task.id}: other tests, files or limits"


def _grown_suites(old: RunPlan, new: RunPlan) -> tuple[PlannedSuite, ...]:
    later = {suite.name: suite for suite in new.suites}
    grown = []
    for suite in old.suites:
        now = later.pop(suite.name, None)
        grown.append(suite if now is None else _grown_suite(suite, now))
    return (*grown, *later.values())


def _grown_suite(was: PlannedSuite, now: PlannedSuite) -> PlannedSuite:
    """What was committed to stays in front, in its order; what is new comes after it."""
    known = {task.id for task in was.tasks}
    limit = None if was.limit is None or now.limit is None else max(was.limit, now.limit)
    return msgspec.structs.replace(
        was,
        tasks=was.tasks + tuple(task for task in now.tasks if task.id not in known),
        limit=limit,
        filters=now.filters,
        judge_hashes=was.judge_hashes | now.judge_hashes,
        unsupported=now.unsupported,
        unsupported_tasks=now.unsupported_tasks,
        without_variants=now.without_variants,
    )


def session_plan(grown: RunPlan, asked: RunPlan) -> RunPlan:
    """What one session is to do of a run: only what its command asked for, in the run's own order."""
    whole = {suite.name: suite for suite in grown.suites}
    suites = []
    for suite in asked.suites:
        wanted = {task.id for task in suite.tasks}
        tasks = tuple(task for task in whole[suite.name].tasks if task.id in wanted)
        suites.append(msgspec.structs.replace(suite, tasks=tasks))
    return msgspec.structs.replace(asked, run_id=grown.run_id, suites=tuple(suites))
