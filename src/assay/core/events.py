"""What happens in a run, told as values; progress, logs and streams are listeners."""

from __future__ import annotations

import msgspec

from assay.core.trial import Decision


class RunStarted(msgspec.Struct, frozen=True):
    run_id: str
    owed: int
    """Trials that this session will decide."""
    done: int
    """Trials that were decided before it."""
    estimate_usd: float | None


class TrialDecided(msgspec.Struct, frozen=True):
    decision: Decision


class CallRetried(msgspec.Struct, frozen=True):
    model: str
    task_id: str
    attempt: int
    reason: str
    wait: float


class EntrantStopped(msgspec.Struct, frozen=True):
    """An entrant's remaining trials are given up: its endpoint refuses it for good."""

    model: str
    reason: str


class Spent(msgspec.Struct, frozen=True):
    """Dollars so far: settled, and reserved for calls in flight."""

    usd: float
    reserved: float


class RunEnded(msgspec.Struct, frozen=True):
    run_id: str
    decided: int
    stopped_by: str
    """Empty when all that was owed was decided; else `budget`, `interrupted`, `storage`."""
