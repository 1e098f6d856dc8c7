"""When a run may stop early: its question is decided by the longest complete prefix of the committed order,
never by the trials that happened to finish first. Pure: decisions in, an answer out. Refuses to know models."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from itertools import combinations

import msgspec
import numpy as np
from numpy.typing import NDArray

from assay.core.run import Question, RunPlan
from assay.core.trial import JUDGED, Decision
from assay.stats.anytime import log_e_mcnemar
from assay.stats.planning import tasks_needed
from assay.stats.sequential import Decision as Certain
from assay.stats.sequential import Sequential, complete_prefix, decide, differences

_LOOKS = 100
"""Looking is free in error, but not in time: a prefix is looked at when it has grown by this share of the whole."""

_FINAL = (Certain.FIRST, Certain.SECOND, Certain.WITHIN)
"""Certain once is certain for good; that it is not worth going on may change when others make it go on."""


class Settled(msgspec.Struct, frozen=True, kw_only=True):
    """What is certain of two entrants, after how many of the tasks."""

    first: str
    second: str
    certain: Certain
    seen: int
    of: int
    low: float
    high: float
    """Limits of first less second over the whole benchmark."""
    difference: float
    """On the tasks seen."""
    log_e: float
    """Evidence that the two differ on tasks like these, valid at any time: beyond ln(1 / (1 − level)) they do."""
    further: int
    """Tasks that a decision is expected to take yet, at most."""
    elsewhere: int | None
    """Tasks like these that would show such a difference with the question's power; `None` where none was seen."""

    def holds(self, names: Set[str]) -> bool:
        return self.first in names or self.second in names


class Watch:
    """Follows the decisions of one run whose plan asks a question."""

    def __init__(self, plan: RunPlan, question: Question, decided: Iterable[Decision] = ()) -> None:
        suite = plan.suites[0]
        self.question = question
        self._names = [entrant.name for entrant in plan.entrants]
        self._row = {entrant.entrant_hash: at for at, entrant in enumerate(plan.entrants)}
        self._column = {task.id: at for at, task in enumerate(suite.owed_tasks)}
        self._samples = plan.samples
        shape = (len(self._names), len(self._column), plan.samples)
        self._scores = np.full(shape, np.nan)
        self._settled: NDArray[np.bool_] = np.zeros(shape, np.bool_)
        self._looked = 0
        self.pairs: tuple[Settled, ...] = ()
        for decision in decided:
            self._take(decision)
        self.look(again=True)

    @property
    def decided(self) -> bool:
        """Who is the best is known, or as much of it as is worth knowing."""
        beaten = self.beaten
        still_open = any(pair.certain is Certain.UNDECIDED and not pair.holds(beaten) for pair in self.pairs)
        return bool(self.pairs) and (bool(self.leaders) or not still_open)

    @property
    def beaten(self) -> set[str]:
        """Certainly worse than somebody by more than the margin."""
        lost = {pair.second for pair in self.pairs if pair.certain is Certain.FIRST}
        return lost | {pair.first for pair in self.pairs if pair.certain is Certain.SECOND}

    @property
    def leaders(self) -> list[str]:
        """Those to whom every other one is beaten, or within the margin of them."""
        ahead = {(pair.first, pair.second) for pair in self.pairs if pair.certain in (Certain.FIRST, Certain.WITHIN)}
        ahead |= {(pair.second, pair.first) for pair in self.pairs if pair.certain in (Certain.SECOND, Certain.WITHIN)}
        beaten = self.beaten
        return [
            one
            for one in self._names
            if one not in beaten
            and all((one, other) in ahead or other in beaten for other in self._names if other != one)
        ]

    def __call__(self, decision: Decision) -> bool:
        """Takes a decision in; whether the question is answered now."""
        self._take(decision)
        self.look()
        return self.decided

    def look(self, *, again: bool = False) -> None:
        """At the longest complete prefix, when it has grown enough to be worth it."""
        beaten = self.beaten
        going = [name not in beaten for name in self._names]
        seen, of = complete_prefix(self._settled[going].all(axis=(0, 2))), len(self._column)
        if not again and seen != of and seen - self._looked < max(1, of // _LOOKS):
            return
        self._looked = seen
        pairs = list(combinations(self._names, 2))
        # All pairs share the chance of error, so that all that is said holds together.
        level = 1 - (1 - self.question.level) / max(len(pairs), 1)
        means = dict(zip(self._names, self._scores[:, :seen].mean(axis=2), strict=True))
        final = {(pair.first, pair.second): pair for pair in self.pairs if pair.certain in _FINAL or pair.holds(beaten)}
        self.pairs = tuple(
            final.get((one, other)) or self._pair(one, other, means[one], means[other], level=level)
            for one, other in pairs
        )

    def _pair(
        self, first: str, second: str, x: NDArray[np.float64], y: NDArray[np.float64], *, level: float
    ) -> Settled:
        found: Sequential = decide(differences(x, y), len(self._column), margin=self.question.margin, level=level)
        both = np.isfinite(x) & np.isfinite(y)
        seen = (x - y)[both]
        mean = float(seen.mean()) if seen.size else 0.0
        return Settled(
            first=first,
            second=second,
            certain=found.decision,
            seen=found.seen,
            of=len(self._column),
            low=found.low,
            high=found.high,
            difference=mean,
            log_e=float(log_e_mcnemar(int((seen > 0).sum()), int((seen < 0).sum()))),
            further=found.further,
            elsewhere=self._elsewhere(seen, mean),
        )

    def _elsewhere(self, seen: NDArray[np.float64], mean: float) -> int | None:
        alpha = 1 - self.question.level
        if mean == 0:
            return None
        return tasks_needed(abs(mean), power=self.question.power, alpha=alpha, omega2=float(np.var(seen)))

    def _take(self, decision: Decision) -> None:
        row, column = self._row.get(decision.entrant_hash), self._column.get(decision.task_id)
        if row is None or column is None or decision.sample >= self._samples:
            return
        judged = decision.status in JUDGED and decision.score is not None
        self._scores[row, column, decision.sample] = float(decision.score or 0.0) if judged else np.nan
        self._settled[row, column, decision.sample] = True


def said(pairs: Sequence[Settled], question: Question) -> list[str]:
    """Both sentences of each pair: what is decided for this benchmark, and what is not for tasks like these."""
    return [line for pair in pairs for line in (_for_this(pair, question), _for_others(pair, question))]


def _for_this(pair: Settled, question: Question) -> str:
    margin = f"{100 * question.margin:g} points"
    more = f"by more than {margin}" if question.margin else "at all"
    verdict = {
        Certain.FIRST: f"{pair.first} is better than {pair.second} {more}",
        Certain.SECOND: f"{pair.second} is better than {pair.first} {more}",
        Certain.WITHIN: f"{pair.first} and {pair.second} are within {margin} of each other",
        Certain.NOT_WORTH_IT: f"{pair.first} against {pair.second}: only practically all remaining tasks would tell",
        Certain.UNDECIDED: f"{pair.first} against {pair.second}: undecided",
    }[pair.certain]
    limits = f"{pair.first} less {pair.second} lies between {100 * pair.low:+.1f} and {100 * pair.high:+.1f} points"
    return (
        f"for this benchmark: {verdict}, after {pair.seen} of {pair.of} tasks; {limits}"
        f" (certain at {100 * question.level:g} %)"
    )


def _for_others(pair: Settled, question: Question) -> str:
    told = pair.log_e >= -np.log(1 - question.level)
    if told:
        better = pair.first if pair.difference > 0 else pair.second
        return f"for tasks like these: {better} is the better one as well, at {100 * question.level:g} %"
    seen = f"{pair.first} less {pair.second} was {100 * pair.difference:+.1f} points on the {pair.seen} tasks seen"
    if pair.elsewhere is None:
        return f"for tasks like these: not decided; {seen}"
    wanted = f"to show so much with a chance of {100 * question.power:g} % takes about {pair.elsewhere:,} tasks"
    return f"for tasks like these: not decided; {seen}, and {wanted}"
