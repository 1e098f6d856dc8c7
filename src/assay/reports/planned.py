"""What a question costs before it is asked: how small a difference a suite can show, how many tasks and
samples a difference takes, in dollars and minutes. From what a pilot run showed, or from what such runs
usually show. Refuses to know how it is printed."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np

from assay.reports.matrix import Matrix, Numbers
from assay.stats.planning import Components, components, detectable, plan

USUAL = Components(omega2=0.09, sigma2_a=0.09, sigma2_b=0.09)
"""Of the thirty best agents on Terminal-Bench 2.0, pair by pair: what is taken where there is no pilot."""

SAMPLES = (1, 2, 3, 5, 10)


class Scatter(msgspec.Struct, frozen=True, kw_only=True):
    """How the difference of two entrants varies, and where that is known from."""

    source: str
    between: float
    """Of a task's true difference; `first` and `second` are the luck of one run of each."""
    first: float
    second: float
    dollars_per_task: float | None = None
    """One run of both entrants; `None` is unknown."""
    seconds_per_task: float | None = None


class Reach(msgspec.Struct, frozen=True):
    """What the tasks at hand show with so many samples of each."""

    samples: int
    points: float
    """The smallest true difference that is found with the power asked."""
    dollars: float | None
    minutes: float | None


class Wanted(msgspec.Struct, frozen=True):
    """What it takes to find a difference."""

    points: float
    tasks: int
    samples: int
    dollars: float | None
    minutes: float | None
    enough: bool
    """The suite has so many tasks."""


class Planned(msgspec.Struct, frozen=True, kw_only=True):
    """The answer of `assay plan`."""

    suite: str
    tasks: int
    power: float
    level: float
    scatter: Scatter
    reach: tuple[Reach, ...]
    wanted: tuple[Wanted, ...]


def usual() -> Scatter:
    """Where nothing was measured."""
    return Scatter(
        source="no pilot: what pairs of good agents usually show; say --pilot RUN for your own",
        between=USUAL.omega2,
        first=USUAL.sigma2_a,
        second=USUAL.sigma2_b,
    )


def scatter_of(matrix: Matrix, first: int, second: int) -> Scatter:
    """From two entrants' trials on their common tasks."""
    both = matrix.rows([first, second]).common()
    x, y = both.score
    found = components(x, y, runs_x=both.runs[0], runs_y=both.runs[1])
    pilot = f"{both.labels[0]} and {both.labels[1]} on {len(both.tasks)} tasks of {both.suite}"
    apart = "" if found.separated else "; one run of each task cannot tell luck from tasks, so more samples seem no use"
    return Scatter(
        source=f"{pilot}{apart}",
        between=found.omega2,
        first=found.sigma2_a,
        second=found.sigma2_b,
        dollars_per_task=_per_run(both.cost, both.runs),
        seconds_per_task=_per_run(both.seconds, both.runs),
    )


def plan_question(
    suite: str,
    *,
    tasks: int,
    scatter: Scatter,
    points: Sequence[float],
    power: float,
    level: float,
    at_once: int,
) -> Planned:
    """For the differences in `points`, and for the samples that people take."""
    spread = Components(scatter.between, scatter.first, scatter.second)
    dollars, seconds = (_nan(one) for one in (scatter.dollars_per_task, scatter.seconds_per_task))
    reach = tuple(
        Reach(
            samples,
            100
            * detectable(
                tasks, power=power, alpha=1 - level, samples=samples,
                omega2=spread.omega2, sigma2_a=spread.sigma2_a, sigma2_b=spread.sigma2_b,
            ),
            _known(dollars * tasks * samples),
            _known(seconds * tasks * samples / at_once / 60),
        )
        for samples in (SAMPLES if scatter.first + scatter.second > 0 else SAMPLES[:1])
    )  # fmt: skip
    wanted: list[Wanted] = []
    for one in points:
        for available in (tasks, None):  # with this suite if it can be done, else with as many such tasks as it takes
            found = plan(
                one / 100, spread, power=power, alpha=1 - level, available=available,
                dollars_per_run=dollars, seconds_per_run=seconds, at_once=at_once,
            )  # fmt: skip
            if found is not None:
                enough = found.tasks <= tasks
                wanted.append(
                    Wanted(one, found.tasks, found.samples, _known(found.dollars), _known(found.minutes), enough)
                )
                break
    return Planned(
        suite=suite, tasks=tasks, power=power, level=level, scatter=scatter, reach=reach, wanted=tuple(wanted)
    )


def _per_run(values: Numbers, runs: Numbers) -> float | None:
    """Of one run of both: the mean over tasks, entrants added up."""
    if not (values.size and np.isfinite(values).all()):
        return None
    return float((values / np.maximum(runs, 1)).mean(axis=1).sum())


def _nan(value: float | None) -> float:
    return float("nan") if value is None else value


def _known(value: float) -> float | None:
    return value if np.isfinite(value) else None
