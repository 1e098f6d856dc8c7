"""What the whole benchmark would say, predicted from the few tasks that say most about one model.

For screening only: the tasks are chosen by the answers, so the prediction rests on the model of `irt` and on
past models being like the new one. Its interval is therefore not the model's own, which is too narrow, but
as wide as it had to be for past models that the fit had not seen. It knows nothing of costs, and decides
nothing: a decision wants tasks in a random order."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from assay.stats.bounds import Numbers, normal_quantile
from assay.stats.irt import (
    LOG_POPULATION,
    NODES,
    Items,
    chance,
    fit,
    log_curves,
    normalised,
    posterior,
    scores_and_seen,
)

LABEL = "screening only"


class Prediction(NamedTuple):
    """A predicted full score for each model, with its limits, and from how many tasks."""

    value: Numbers
    low: Numbers
    high: Numbers
    tasks: Numbers
    label: str = LABEL


class Screen(NamedTuple):
    """Tasks learnt from past models, and how many of its own standard errors a prediction was off by, at
    `level`, for past models held out. Infinite where there were too few of them to say."""

    items: Items
    factor: float
    level: float

    def next_task(self, responses: ArrayLike) -> NDArray[np.intp]:
        """For each model (a row, NaN where a task was not asked), the task to ask next; −1 after the last."""
        _, seen = scores_and_seen(responses)
        return _most_telling(self.items, posterior(self.items, responses) @ NODES, owed=seen == 0)

    def predict(self, responses: ArrayLike) -> Prediction:
        """From the answers seen so far. Limits never contradict them: what was solved stays solved."""
        scores, seen = scores_and_seen(responses)
        value, error = _full_score(self.items, responses, whole=np.ones_like(seen, np.bool_))
        size = seen.shape[1]
        least, most = scores.sum(1) / size, (scores.sum(1) + size - seen.sum(1)) / size
        reach = np.where(error > 0, error, 1e-12) * self.factor
        low, high = np.clip(value - reach, least, most), np.clip(value + reach, least, most)
        return Prediction(value, low, high, seen.sum(1))


def screen(history: ArrayLike, *, tasks: int, level: float = 0.95, folds: int = 8, seed: int = 0) -> Screen:
    """Learn from a table of past models × tasks (NaN where there is none), for screens of `tasks` tasks.

    The interval is made to fit in turn on the models of each fold, with the tasks learnt from the others.
    """
    normal_quantile(level)
    table = np.asarray(history, np.float64)
    models = len(scores_and_seen(table)[0])
    off = np.full(models, np.inf)
    if models >= 2:
        fold = np.random.default_rng(seed).permutation(models) % min(folds, models)
        for held in (fold == number for number in range(min(folds, models))):
            off[held] = _standardised_misses(fit(table[~held]), table[held], tasks=tasks)
    rank = int(np.ceil((models + 1) * level - 1e-9))
    return Screen(fit(table), float(np.sort(off)[rank - 1]) if rank <= models else float("inf"), level)


def asked_adaptively(items: Items, answers: ArrayLike, *, tasks: int) -> Numbers:
    """What would have been seen of models whose answers are all known: their table with NaN where no
    question was put. A task without an answer is not asked."""
    full = np.asarray(answers, np.float64)
    seen = np.full_like(full, np.nan)
    gain, missed = log_curves(items)
    log_weights = np.tile(LOG_POPULATION, (len(full), 1))
    for _ in range(min(tasks, full.shape[1])):
        owed = np.isnan(seen) & ~np.isnan(full)
        picked = _most_telling(items, normalised(log_weights) @ NODES, owed=owed)
        rows = np.flatnonzero(picked >= 0)
        told = picked[rows]
        seen[rows, told] = full[rows, told]
        log_weights[rows] += full[rows, told, None] * gain[told] + missed[told]
    return seen


def _most_telling(items: Items, ability: Numbers, *, owed: NDArray[np.bool_]) -> NDArray[np.intp]:
    p = chance(items, ability)
    information = np.where(owed, items.slope**2 * p * (1 - p), -1.0)
    return np.where(owed.any(1), information.argmax(1), -1)


def _standardised_misses(items: Items, answers: Numbers, *, tasks: int) -> Numbers:
    """By how many standard errors the prediction misses each model's score over the tasks that it has."""
    value, error = _full_score(items, asked_adaptively(items, answers, tasks=tasks), whole=~np.isnan(answers))
    misses: Numbers = np.abs(value - np.nanmean(answers, axis=1)) / np.maximum(error, 1e-12)
    return misses


def _full_score(items: Items, responses: ArrayLike, *, whole: NDArray[np.bool_]) -> tuple[Numbers, Numbers]:
    """The mean over the tasks in `whole`: what was seen as it is, the rest as expected over the abilities that
    remain possible; and its standard error, from the ability and from the answers that are not in yet."""
    scores, seen = scores_and_seen(responses)
    weights = posterior(items, responses)
    p = chance(items, NODES)
    unseen = whole - seen
    rest = unseen @ p.T
    expected = (weights * rest).sum(1)
    of_ability = (weights * (rest - expected[:, None]) ** 2).sum(1)
    of_answers = (weights * (unseen @ (p * (1 - p)).T)).sum(1)
    size = whole.sum(1)
    return (scores.sum(1) + expected) / size, np.sqrt(of_ability + of_answers) / size
