"""The values of a board: one entrant on one suite or on a slice of it, and the whole that it stands in."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from assay.core.run import RunPlan
from assay.stats.binomial import Limits
from assay.stats.estimands import DEFAULT, Estimand


class Rate(msgspec.Struct, frozen=True):
    """A proportion and its interval."""

    value: float
    low: float
    high: float


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """One line of results.csv. `None` is unknown or undefined, never 0."""

    run: str
    model: str
    suite: str
    slice: str = ""
    """`language`, `category` or `difficulty`; empty for the whole suite."""
    value: str = ""
    table: str = ""
    """The runs, joined by commas, whose standings share a board with this one: they were judged alike."""
    built_in: bool = False
    """`reference` or `mutant`: not a model."""
    tasks: int
    trials: int
    """Planned: tasks × samples."""
    judged: int
    passed: int
    missing: int
    """Owed, tried, and lost to the apparatus."""
    not_run: int
    """Planned and not decided: the run was stopped, or still goes on."""
    missing_by: dict[str, int] = {}
    flagged: int = 0
    together: int = 0
    """Trials judged by tests in one process with the answer."""
    accuracy_unflagged: float | None = None
    """Over the trials without a flag alone; the same as `accuracy` where no trial has one."""
    accuracy: float | None = None
    """The mean over tasks of their samples' mean score."""
    ci_low: float | None = None
    ci_high: float | None = None
    rank_low: int | None = None
    """Best and worst rank that the data allow among the models of this suite, all of them at once; `None`
    where there is nothing to rank against, and on slices."""
    rank_high: int | None = None
    letters: str = ""
    """Models that share a letter cannot be told apart."""
    maybe_best: bool = False
    """In the confidence set for the best."""
    worst: float | None = None
    """Had all missing trials been wrong; `best`: had all been right."""
    best: float | None = None
    pass_at: dict[int, Rate] = {}
    latency_mean: float | None = None
    latency_p50: float | None = None
    latency_p50_low: float | None = None
    """`None`: too few trials to bound it from this side, or several runs of a task."""
    latency_p50_high: float | None = None
    latency_p50_capped: bool = False
    """The upper limit is open because calls reached the time at which they are cut off: censored."""
    latency_p95: float | None = None
    latency_p95_low: float | None = None
    latency_p95_high: float | None = None
    latency_p95_capped: bool = False
    ttft_p50: float | None = None
    tokens_in: int | None = None
    tokens_out: int | None = None
    cost_usd: float | None = None
    """With failed and repeated calls; `None` as soon as one call's cost is unknown."""
    cost_known_usd: float | None = None
    """The part of it that is known: at least so much."""
    cost_source: str = ""
    cost_per_1k_tokens: float | None = None
    cost_per_solved: float | None = None
    solved_per_hour: float | None = None
    """Per hour of waiting for the model, one request at a time."""
    earned_usd: float | None = None
    """`earned_low_usd` and `earned_high_usd` are its limits on tasks like these."""
    earned_low_usd: float | None = None
    earned_high_usd: float | None = None
    offered_usd: float | None = None


class Gap(msgspec.Struct, frozen=True, kw_only=True):
    """One model on one suite: its score in variant 0 less that in others, on the tasks that both were judged on."""

    model: str
    suite: str
    runs: tuple[str, ...]
    """Those of variant 0."""
    others: tuple[str, ...]
    variants: tuple[int, ...]
    """Which others there are: all of them together."""
    tasks: int
    first: float
    """The mean score in variant 0; `second`: in the others."""
    second: float
    difference: float
    low: float
    high: float
    p: float
    """Corrected for how many models were looked at."""
    method: str
    level: float

    @property
    def beyond_chance(self) -> bool:
        return self.p <= 1 - self.level


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a board, the CSV files and the report's head say."""

    runs: dict[str, RunPlan]
    standings: tuple[Standing, ...]
    slices: tuple[Standing, ...]
    notes: tuple[str, ...]
    """What the reader has to know about the denominators, a line each."""
    gaps: tuple[Gap, ...] = ()
    """Where runs of variant 0 and of others are here."""
    level: float = 0.95
    about: Estimand = DEFAULT
    """The question that the intervals of scores answer."""
    limits: Limits = Limits.WILSON


_BEST_FIRST: dict[str, tuple[str, int]] = {
    "solved": ("accuracy", -1),
    "cost": ("cost_usd", 1),
    "per-solved": ("cost_per_solved", 1),
    "latency": ("latency_p50", 1),
    "per-hour": ("solved_per_hour", -1),
}
"""What to sort by, and whether less or more of it is better."""


def sorted_by(what: str, standings: Sequence[Standing]) -> tuple[Standing, ...]:
    """Within each table, best first, unknown after known, what is built in last; or by name."""
    field, sign = _BEST_FIRST.get(what, ("", 0))

    def place(one: Standing) -> tuple[object, ...]:
        value = getattr(one, field) if field else 0.0
        return (one.suite, one.table, one.built_in, value is None, sign * (value or 0.0), one.model, one.run)

    return tuple(sorted(standings, key=place))
