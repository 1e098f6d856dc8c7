"""Answers by an interval: yes, no, or not yet, and about how many tasks would decide. A limit that the
interval holds is undecided: neither side of it has been shown."""

from __future__ import annotations

from enum import StrEnum
from math import ceil, isfinite

from scipy.special import ndtri

from assay.stats.bounds import normal_quantile
from assay.stats.compare import Difference


class Answer(StrEnum):
    """What an interval says of a claim."""

    YES = "yes"
    NO = "no"
    UNDECIDED = "undecided"


def at_least(low: float, high: float, limit: float) -> Answer:
    """Is the truth no less than `limit`? For scores, and for differences with a margin: −0.02 allows a
    loss of two points."""
    if low >= limit:
        return Answer.YES
    return Answer.NO if high < limit else Answer.UNDECIDED


def at_most(low: float, high: float, limit: float) -> Answer:
    """Is the truth no more than `limit`? For dollars, seconds, and the share of unusable replies."""
    return at_least(-high, -low, -limit)


def non_inferiority(difference: Difference, margin: float) -> Answer:
    """Is the first less than `margin` worse than the second? An error of 2.5 % is customary, which is the
    lower limit at level 0.95: at level 1 − 2α a wrong yes has the chance α at most."""
    return _strictly_within(difference.low, difference.high, -_positive(margin), float("inf"))


def equivalence(difference: Difference, margin: float) -> Answer:
    """Do the two differ by less than `margin`? By two one-sided tests: a difference taken at level 0.90
    errs in 5 %, as is customary, and one at 0.95 in 2.5 %. No means that they differ by the margin or
    more, and not that they merely differ."""
    return _strictly_within(difference.low, difference.high, -_positive(margin), margin)


def tasks_to_decide(
    value: float, low: float, high: float, *, n: int, limit: float, level: float = 0.95, power: float = 0.8
) -> int | None:
    """About how many tasks, those seen included, would put `limit` outside the interval with this chance,
    were the truth the value seen. None where that says nothing: at the limit itself, or unbounded."""
    gap = abs(value - limit)
    reach = value - low if value > limit else high - value
    if not (isfinite(reach) and gap > 0 and n > 0):
        return None
    if reach < gap:
        return n
    z = normal_quantile(level)
    return ceil(n * (reach / gap * (1 + max(float(ndtri(power)), 0.0) / z)) ** 2)


def _strictly_within(low: float, high: float, least: float, most: float) -> Answer:
    if low > least and high < most:
        return Answer.YES
    return Answer.NO if high <= least or low >= most else Answer.UNDECIDED


def _positive(margin: float) -> float:
    if not margin > 0:
        raise ValueError("a margin is above 0")
    return margin
