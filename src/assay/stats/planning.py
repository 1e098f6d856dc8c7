"""How many tasks and samples a question needs before it is asked: from the variance that a pilot showed to
the tasks that a difference takes, the difference that tasks can show, and the cheapest way there.

The difference of two entrants scatters by `omega2` between tasks (how differently they find a task hard)
and by `sigma2_a` and `sigma2_b` within a task (each one's luck of a run). More samples take away the
second only."""

from __future__ import annotations

from math import ceil, inf, nan, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from assay.stats.bounds import Numbers

_MOST_SAMPLES = 1_000
"""A plan asks no task oftener."""


class Components(NamedTuple):
    """What a paired difference scatters by. `separated` is false where one run per task could not tell
    the parts apart: then all is in `omega2`, and more samples seem of no use."""

    omega2: float
    sigma2_a: float
    sigma2_b: float
    separated: bool = True

    def one_task(self, samples: float) -> float:
        """The variance of one task's difference with so many samples of each entrant."""
        return self.omega2 + (self.sigma2_a + self.sigma2_b) / samples


class Plan(NamedTuple):
    """So many tasks, each asked so often of both entrants, show `delta` with the stated power."""

    tasks: int
    samples: int
    delta: float
    power: float
    alpha: float
    dollars: float
    minutes: float

    @property
    def trials(self) -> int:
        """Of each entrant."""
        return self.tasks * self.samples


def components(x: ArrayLike, y: ArrayLike, *, runs_x: ArrayLike = 1, runs_y: ArrayLike = 1) -> Components:
    """Wang's estimators from two entrants' mean scores on the same tasks, over so many runs of each."""
    a, b = np.asarray(x, np.float64).ravel(), np.asarray(y, np.float64).ravel()
    if a.shape != b.shape or a.size == 0:
        raise ValueError("a pilot needs the same tasks of both, and one at least")
    if not (np.all((a >= 0) & (a <= 1)) and np.all((b >= 0) & (b <= 1))):
        raise ValueError("scores lie between 0 and 1")
    total = float(np.var(a - b))
    ka, kb = (np.broadcast_to(np.asarray(runs, np.float64), a.shape) for runs in (runs_x, runs_y))
    if np.any(ka < 2) or np.any(kb < 2):
        return Components(total, 0.0, 0.0, separated=False)
    of_a, of_b = _within(a, ka), _within(b, kb)
    noise = float((of_a / ka + of_b / kb).mean())
    return Components(max(total - noise, 0.0), float(of_a.mean()), float(of_b.mean()))


def tasks_needed(
    delta: float,
    *,
    power: float = 0.8,
    alpha: float = 0.05,
    omega2: float,
    sigma2_a: float = 0.0,
    sigma2_b: float = 0.0,
    samples: float = 1,
    population: int | None = None,
) -> int:
    """The tasks at which a true difference `delta` is found with this power at two-sided `alpha`. With a
    `population` the question is what the whole benchmark would say, and all of it always suffices."""
    if not delta > 0:
        raise ValueError("a difference to be found is above 0")
    z2 = _quantiles(power, alpha) ** 2
    n = z2 * _checked(omega2, sigma2_a, sigma2_b, samples) / delta**2
    if population is not None:
        n = n / (1 + n / population)
    return max(ceil(n - 1e-9), 1)


def detectable(
    n: float,
    *,
    power: float = 0.8,
    alpha: float = 0.05,
    omega2: float,
    sigma2_a: float = 0.0,
    sigma2_b: float = 0.0,
    samples: float = 1,
    population: int | None = None,
) -> float:
    """The smallest difference that `n` tasks find with this power: the same formula, solved for it."""
    if not n > 0:
        return inf
    left = 1.0 if population is None else max(1 - n / population, 0.0)
    return _quantiles(power, alpha) * sqrt(_checked(omega2, sigma2_a, sigma2_b, samples) * left / n)


def best_samples(
    *, omega2: float, sigma2_a: float = 0.0, sigma2_b: float = 0.0, per_task: float = 0.0, per_run: float = 1.0
) -> int:
    """The samples per task that reach any precision most cheaply, where a task costs `per_task` once and
    `per_run` each time: one, unless tasks are dear to set up."""
    if not (per_task >= 0 and per_run > 0):
        raise ValueError("a task costs 0 or more, and a run more than 0")
    sigma2 = _checked(0.0, sigma2_a, sigma2_b, 1)
    if omega2 <= 0:
        return _MOST_SAMPLES if per_task > 0 and sigma2 > 0 else 1
    wanted = sqrt(per_task / per_run * sigma2 / omega2)
    around = {min(max(int(wanted) + step, 1), _MOST_SAMPLES) for step in (0, 1)}
    return min(sorted(around), key=lambda k: (omega2 + sigma2 / k) * (per_task + per_run * k))


def plan(
    delta: float,
    scatter: Components,
    *,
    power: float = 0.8,
    alpha: float = 0.05,
    available: int | None = None,
    dollars_per_run: float = nan,
    dollars_per_task: float = 0.0,
    seconds_per_run: float = nan,
    at_once: int = 1,
) -> Plan | None:
    """The cheapest plan for tasks like these; where fewer tasks are `available` than it wants, all of
    them with as many more samples as make up for it. None where no number of samples does.

    `dollars_per_run` and `seconds_per_run` are of one run of both entrants, `at_once` how many go on side
    by side; what is unknown is NaN, and stays so.
    """
    # Runs that are right or wrong and differ by delta scatter by this at least, whatever a small pilot saw.
    omega2 = scatter.omega2 + max(delta * (1 - delta) - scatter.one_task(1), 0.0)
    a, b = scatter.sigma2_a, scatter.sigma2_b
    per_run = dollars_per_run if dollars_per_run > 0 else 1.0
    samples = best_samples(omega2=omega2, sigma2_a=a, sigma2_b=b, per_task=dollars_per_task, per_run=per_run)
    tasks = tasks_needed(delta, power=power, alpha=alpha, omega2=omega2, sigma2_a=a, sigma2_b=b, samples=samples)
    if available is not None and tasks > available:
        left = available * (delta / _quantiles(power, alpha)) ** 2 - omega2
        if left <= 0 or a + b > left * _MOST_SAMPLES:
            return None
        tasks, samples = available, max(ceil((a + b) / left - 1e-9), 1)
    runs = tasks * samples
    return Plan(
        tasks,
        samples,
        delta,
        power,
        alpha,
        dollars=runs * dollars_per_run + tasks * dollars_per_task,
        minutes=ceil(runs / at_once) * seconds_per_run / 60,
    )


def _within(p: Numbers, runs: Numbers) -> Numbers:
    """A task's variance between runs, without bias, from runs that were right or wrong."""
    return p * (1 - p) * runs / (runs - 1)


def _quantiles(power: float, alpha: float) -> float:
    if not 0 < alpha < power < 1:
        raise ValueError("alpha lies between 0 and the power, and the power below 1")
    return float(ndtri(1 - alpha / 2) + ndtri(power))


def _checked(omega2: float, sigma2_a: float, sigma2_b: float, samples: float) -> float:
    if not (min(omega2, sigma2_a, sigma2_b) >= 0 and samples > 0):
        raise ValueError("variances are 0 or more, and there is a sample of each task")
    return Components(omega2, sigma2_a, sigma2_b).one_task(samples)
