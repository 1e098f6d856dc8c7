"""How hard each task is and how well it tells models apart, learnt from who solved what.

The two-parameter logistic model: a model of ability θ solves a task with chance 1 / (1 + exp(−(slope·θ +
intercept))), fitted by marginal maximum likelihood with abilities from a standard normal population.
Priors hold the tasks finite that everybody or nobody solved. It knows scores only: neither what a task
asks nor which models are relatives of one another, though relatives are not independent."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit, log_expit, logsumexp

from assay.stats.bounds import Numbers

NODES: Numbers = np.linspace(-4.5, 4.5, 46)
"""The abilities that are looked at."""

SLOPE_PRIOR = (2.0, 0.7)
"""Mean and standard deviation. A task that weaker models solve more often is read as one that says little."""

INTERCEPT_PRIOR = (0.0, 3.0)

LEAST_SLOPE = 0.05

LOG_POPULATION: Numbers = -0.5 * NODES**2 - logsumexp(-0.5 * NODES**2)


class Items(NamedTuple):
    """The tasks, in the order of the columns that they were learnt from."""

    slope: Numbers
    intercept: Numbers


def fit(responses: ArrayLike, *, steps: int = 100, tolerance: float = 1e-2) -> Items:
    """From a table of models × tasks: 0, 1 or a share of runs; NaN where a model has not met a task."""
    scores, seen = scores_and_seen(responses)
    items = _first_guess(scores, seen)
    for _ in range(steps):
        weights = posterior(items, responses)
        before, items = items, _standardised(_maximised(items, weights.T @ seen, weights.T @ scores), weights)
        if max(np.abs(now - was).max() for now, was in zip(items, before, strict=True)) < tolerance:
            break
    return items


def chance(items: Items, ability: ArrayLike) -> Numbers:
    """That a model of this ability solves each task: abilities × tasks."""
    found: Numbers = expit(np.multiply.outer(np.asarray(ability, np.float64), items.slope) + items.intercept)
    return found


def posterior(items: Items, responses: ArrayLike) -> Numbers:
    """What the answers seen say about each model's ability: models × `NODES`, each row adding up to 1."""
    scores, seen = scores_and_seen(responses)
    gain, missed = log_curves(items)
    return normalised(scores @ gain + seen @ missed + LOG_POPULATION)


def log_curves(items: Items) -> tuple[Numbers, Numbers]:
    """Tasks × `NODES`: the logarithm of the odds of solving, and of the chance of not solving."""
    log_odds = np.multiply.outer(items.slope, NODES) + items.intercept[:, None]
    return log_odds, log_expit(-log_odds)


def normalised(log_weights: Numbers) -> Numbers:
    """Rows of probabilities from their logarithms up to a constant."""
    found: Numbers = np.exp(log_weights - logsumexp(log_weights, axis=1, keepdims=True))
    return found


def scores_and_seen(responses: ArrayLike) -> tuple[Numbers, Numbers]:
    """The table with 0 where nothing was seen, and 1 or 0 for seen or not."""
    table = np.asarray(responses, np.float64)
    if table.ndim != 2 or 0 in table.shape:
        raise ValueError("responses are a table of models × tasks, with at least one of each")
    known = ~np.isnan(table)
    scores = np.where(known, table, 0.0)
    if np.any(scores < 0) or np.any(scores > 1):
        raise ValueError("responses lie between 0 and 1, or are NaN where there is none")
    return scores, known.astype(np.float64)


def _first_guess(scores: Numbers, seen: Numbers) -> Items:
    rate = (scores.sum(0) + 0.5) / (seen.sum(0) + 1)
    slope = np.full_like(rate, SLOPE_PRIOR[0])
    return Items(slope, np.log(rate / (1 - rate)) * SLOPE_PRIOR[0])


def _standardised(items: Items, weights: Numbers) -> Items:
    """The same curves with these models at mean 0 and variance 1, where rounds of expectations would creep to."""
    mean = float((weights @ NODES).mean())
    spread = float(np.sqrt((weights @ NODES**2).mean() - mean**2))
    return Items(items.slope * spread, items.intercept + items.slope * mean)


def _maximised(items: Items, trials: Numbers, solved: Numbers) -> Items:
    """Newton's steps for all tasks at once, from expected trials and solutions at each node (nodes × tasks).
    The logarithm of a logistic likelihood with normal priors is concave: few steps are enough, and each is
    held short because the next round of expectations starts from here."""
    slope, intercept = items
    for _ in range(3):
        p = chance(Items(slope, intercept), NODES)
        error = solved - trials * p
        spread = trials * p * (1 - p)
        g_slope = NODES @ error - (slope - SLOPE_PRIOR[0]) / SLOPE_PRIOR[1] ** 2
        g_intercept = error.sum(0) - (intercept - INTERCEPT_PRIOR[0]) / INTERCEPT_PRIOR[1] ** 2
        h_slope = NODES**2 @ spread + SLOPE_PRIOR[1] ** -2
        h_both = NODES @ spread
        h_intercept = spread.sum(0) + INTERCEPT_PRIOR[1] ** -2
        determinant = h_slope * h_intercept - h_both**2
        to_slope = (h_intercept * g_slope - h_both * g_intercept) / determinant
        to_intercept = (h_slope * g_intercept - h_both * g_slope) / determinant
        slope = np.maximum(slope + np.clip(to_slope, -1.0, 1.0), LEAST_SLOPE)
        intercept = intercept + np.clip(to_intercept, -2.0, 2.0)
    return Items(slope, intercept)
