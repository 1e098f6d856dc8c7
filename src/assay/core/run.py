"""A run's frozen plan: run.json, from which everything owed and every denominator follows."""

from __future__ import annotations

from typing import Any

import msgspec

from assay.core.entrant import Entrant


class PlannedTask(msgspec.Struct, frozen=True):
    """One task as it was when it was planned."""

    id: str
    task_hash: str
    prompt_hash: str
    language: str = ""
    category: str = ""
    difficulty: str = ""
    date: str = ""


class PlannedSuite(msgspec.Struct, frozen=True, kw_only=True):
    """One suite of a run: its tasks in the committed order, and how far down that order the run goes."""

    name: str
    version: str
    protocol: str
    solver: str
    grader: str
    source: str = ""
    """What the user typed to name it: a name or a folder."""
    tasks: tuple[PlannedTask, ...]
    """All that this machine supports and the filters let through, in the committed order."""
    limit: int | None = None
    """`--limit`: only the first so many of `tasks` are owed."""
    unsupported: dict[str, str] = {}
    """Languages left out as whole slices, each with its reason."""
    unsupported_tasks: int = 0
    without_variants: int = 0
    """Tasks of the suite that a run of another variant than 0 leaves out, as they are only as they are written."""
    filters: dict[str, str] = {}
    verified: bool = True
    """As `Suite.verified`."""
    settings: dict[str, str] = {}
    """How else the suite was asked for: `data`, `protocol`."""
    judge_hashes: dict[str, str] = {}
    """Per language: what of the judge can change a verdict."""

    @property
    def owed_tasks(self) -> tuple[PlannedTask, ...]:
        return self.tasks if self.limit is None else self.tasks[: self.limit]


class Question(msgspec.Struct, frozen=True):
    """What a run goes on until it knows: who is better, or that nobody is by more than the margin."""

    margin: float
    """A share, as 0.03 for three points."""
    level: float = 0.95
    power: float = 0.8
    """For what is said about tasks that were not run."""


class RunPlan(msgspec.Struct, frozen=True, kw_only=True):
    """run.json."""

    run_id: str
    created_at: float
    seed: int
    samples: int
    variant: int = 0
    entrants: tuple[Entrant, ...]
    suites: tuple[PlannedSuite, ...]
    max_cost_usd: float | None = None
    question: Question | None = None
    """Asked before the run began: its order is a plain permutation, and it ends when this is decided."""
    sandbox: str = ""
    """Where answers are judged: empty for the built-in sandbox, or `docker:IMAGE`, `podman:IMAGE`."""
    imported_from: str = ""
    """The tool that these results were read from; empty for a run of our own. An import owes nothing."""
    given: bool = False
    """The answers came in files (`assay grade`), to whichever tasks: those judged are no random part of the suite."""
    versions: dict[str, str] = {}
    machine: dict[str, Any] = {}
    command: str = ""
    """How to go on with it, as typed."""

    @property
    def planned_trials(self) -> int:
        return len(self.entrants) * self.samples * sum(len(suite.owed_tasks) for suite in self.suites)
