"""One trial from question to decision: what happened becomes one line of the record."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

import msgspec

from assay.core.errors import Fault, ProviderError, SandboxError, StorageError, TaskError, Unsupported
from assay.core.judging import Attempt, Verdict
from assay.core.ports import Solver
from assay.core.run import PlannedSuite
from assay.core.task import Task
from assay.core.trial import Decision, Status
from assay.engine.budget import BudgetExhausted
from assay.engine.calls import Desk, Halted, Seat, TrialCalls
from assay.engine.decided import of_task, of_verdict
from assay.engine.judging import Bench, Judged
from assay.engine.plan import Owed

STATUS_OF_ERROR: dict[type[Exception], Status] = {
    SandboxError: Status.SANDBOX_ERROR,
    TaskError: Status.TASK_ERROR,
    Unsupported: Status.UNSUPPORTED,
}
"""What an error that is not the answer's fault makes of a trial."""


class Table(msgspec.Struct, frozen=True):
    """What every trial of a run needs."""

    desk: Desk
    bench: Bench
    solvers: Mapping[tuple[str, str], Solver]
    """By suite name and solver name."""
    tasks: Mapping[tuple[str, str], Task]
    """By suite name and task id."""
    revisions: Mapping[str, int]
    """For trials that are run again: the revision that the new decision gets."""


async def run_trial(table: Table, seat: Seat, owed: Owed) -> Decision:
    """Never raises for what a model, a sandbox or a task did wrong: that is in the decision."""
    begun = time.monotonic()
    calls = TrialCalls.of(table.desk, seat, owed.trial)
    task = table.tasks[owed.suite.name, owed.task.id]
    solver_name = seat.entrant.solver or owed.suite.solver
    solver = table.solvers[owed.suite.name, solver_name]
    attempt = Attempt()
    judged = Judged(Verdict(status=Status.TASK_ERROR, score=None), "", "")

    async def judge(tried: Attempt) -> Verdict:
        return (await table.bench.verdict(owed.suite, task, tried, trial_id=owed.trial.trial_id)).verdict

    try:
        attempt = await solver.solve(task, calls, seat.entrant, owed.trial.sample, judge)
        judged = await table.bench.verdict(owed.suite, task, attempt, trial_id=owed.trial.trial_id)
    except (StorageError, BudgetExhausted, Halted):
        raise
    except ProviderError as error:
        judged = _given_up(judged, error)
    except tuple(STATUS_OF_ERROR) as error:
        judged = _broken(judged, STATUS_OF_ERROR[type(error)], str(error))
    except Exception as error:  # a fault of our own in one trial must neither kill the run nor count against a model
        judged = _broken(judged, Status.SANDBOX_ERROR, f"a fault of our own: {type(error).__name__}: {error}")
    elapsed = time.monotonic() - begun
    return _decision(table, seat, owed, attempt=attempt, judged=judged, calls=calls, elapsed=elapsed)


_TOO_MUCH = frozenset({Fault.CONTEXT, Fault.TOO_LARGE})
"""The endpoint works; the task did not fit the model, or the reply was beyond any answer."""


def _given_up(judged: Judged, error: ProviderError) -> Judged:
    if error.fault in _TOO_MUCH:
        verdict = Verdict(status=Status.INVALID, score=0.0, reason=str(error))
        return msgspec.structs.replace(judged, verdict=verdict)
    return _broken(judged, Status.PROVIDER_ERROR, str(error))


def _broken(judged: Judged, status: Status, reason: str) -> Judged:
    return msgspec.structs.replace(judged, verdict=Verdict(status=status, score=None, reason=reason))


def not_asked(table: Table, seat: Seat, owed: Owed) -> Decision:
    """The decision on a trial whose entrant's endpoint had refused it for good before its turn came."""
    calls = TrialCalls.of(table.desk, seat, owed.trial)
    verdict = Verdict(status=Status.PROVIDER_ERROR, score=None, reason=f"not asked: {seat.stopped}")
    return _decision(table, seat, owed, attempt=Attempt(), judged=Judged(verdict, "", ""), calls=calls, elapsed=0.0)


def _decision(
    table: Table,
    seat: Seat,
    owed: Owed,
    *,
    attempt: Attempt,
    judged: Judged,
    calls: TrialCalls,
    elapsed: float,
) -> Decision:
    task = table.tasks[owed.suite.name, owed.task.id]
    entrant, trial, verdict, tally = seat.entrant, owed.trial, judged.verdict, calls.tally
    revision = table.revisions.get(trial.trial_id, 0)
    answered = tally.turns > 0
    made = of_task(trial, owed.task, task) | of_verdict(judged)
    made["flags"] = tuple(dict.fromkeys((*attempt.flags, *verdict.flags)))
    made["detail"] = _with_facts(verdict, attempt.facts)
    return Decision(
        **made,
        model=entrant.name,
        completion=attempt.completion if answered else None,
        latency=tally.latency if answered else None,
        model_id=entrant.model_id,
        provider=tally.provider or provider_of(entrant.type, entrant.api_base),
        solver=entrant.solver or owed.suite.solver,
        protocol=owed.suite.protocol,
        ttft=tally.ttft,
        waited=tally.waited,
        elapsed=elapsed,
        usage=tally.usage,
        cost_usd=tally.cost_usd if tally.cost_source else None,
        cost_source=tally.cost_source or "unknown",
        finish_reason=attempt.finish_reason,
        served_model=tally.served_model,
        fingerprint=tally.fingerprint,
        turns=tally.turns,
        started_at=tally.first_sent_at or time.time(),
        answer_hash=judged.answer_hash,
        revision=revision,
        because="retried" if revision else "",
    )


def _with_facts(verdict: Verdict, facts: dict[str, Any]) -> dict[str, Any] | None:
    """What is known of a verdict, and of how the solver came by the answer."""
    return {**(verdict.detail or {}), "solver": facts} if facts else verdict.detail


def provider_of(model_type: str, api_base: str) -> str:
    """The host that is asked, or the kind of model where nothing is asked over a network."""
    host = api_base.partition("://")[2].partition("/")[0]
    return host or model_type


def regraded(was: Decision, suite: PlannedSuite, judged: Judged) -> Decision:
    """The same answer judged again: what was said about the calls stands as it was."""
    made = of_verdict(judged) | {"detail": _with_facts(judged.verdict, (was.detail or {}).get("solver", {}))}
    return msgspec.structs.replace(was, **made, protocol=suite.protocol, revision=was.revision + 1, because="regraded")
