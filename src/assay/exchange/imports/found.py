"""What a reader of another tool's results gives: trials as that tool recorded them, in our words. What it
did not record stays empty: an empty hash is unknown, which is not the same as different.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from assay.core.entrant import Entrant
from assay.core.errors import UserError
from assay.core.ids import content_hash
from assay.core.messages import Message, Sampling
from assay.core.task import Ask
from assay.core.trial import WHOLE, Decision, Status, Trial
from assay.exchange.carried import taken_back

Notes = Callable[[str], None]
"""Takes a line that a person has to know about what is imported."""


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """One trial."""

    entrant: Entrant
    decision: Decision
    ask: Ask | None = None
    """What was asked, where the tool kept it."""
    files: dict[str, str] = {}
    """The answer's code as it was judged, where the tool kept it."""
    date: str = ""
    """The day on which the task was published, for benchmarks that follow the calendar."""
    release: str = ""
    """The tool's own version, where it says so."""


Reader = Callable[[Path, Notes], Iterator[Found]]


class Series:
    """One model on one suite: what all its trials share, said once."""

    def __init__(
        self,
        *,
        tool: str,
        model: str,
        suite: str,
        version: str = "",
        protocol: str = "",
        solver: str = "",
        sampling: Sampling | None = None,
        settings: dict[str, Any] | None = None,
        release: str = "",
    ) -> None:
        """`version`: of the data, where it is known; `settings`: what else may change an answer, or tells
        one entry of a board from another; `release`: of the tool, where it says so."""
        self.entrant = Entrant(
            name=model,
            type="imported",
            model_id=model,
            sampling=sampling or Sampling(),
            solver=solver,
            options={"from": tool, **(settings or {})},
        )
        self.suite = suite
        self.version = version
        self.protocol = protocol or tool
        self.release = release
        self._hash = self.entrant.entrant_hash
        self._samples: dict[str, int] = {}

    def next_sample(self, task_id: str) -> int:
        """For tools that repeat a task without numbering the repeats."""
        sample = self._samples.get(task_id, 0)
        self._samples[task_id] = sample + 1
        return sample

    def found(
        self,
        task_id: str,
        *,
        score: float | None,
        status: Status | None = None,
        sample: int = 0,
        ask: Ask | None = None,
        files: dict[str, str] | None = None,
        date: str = "",
        **known: Any,
    ) -> Found:
        """A trial with a score from 0 to 1, or none where the apparatus failed; `known` are further fields of
        a Decision."""
        aggregate = task_id == WHOLE
        trial = Trial(entrant_hash=self._hash, suite=self.suite, version=self.version, task_id=task_id, sample=sample)
        completion = known.pop("completion", None)
        decision = Decision(
            model=self.entrant.name,
            task_id=task_id,
            completion=completion,
            passed=known.pop("passed", None if aggregate or score is None else score == 1),
            latency=known.pop("latency", None),
            trial_id=trial.trial_id,
            entrant_hash=self._hash,
            model_id=self.entrant.model_id,
            provider=known.pop("provider", ""),
            solver=self.entrant.solver,
            protocol=self.protocol,
            suite=self.suite,
            version=self.version,
            sample=sample,
            status=status or (Status.SCORED if aggregate else status_of(score)),
            score=score,
            turns=known.pop("turns", 0 if completion is None else 1),
            prompt_hash=known.pop("prompt_hash", "" if ask is None else content_hash(ask)),
            **known,
        )
        return Found(
            entrant=self.entrant, decision=decision, ask=ask, files=files or {}, date=date, release=self.release
        )

    def whole(self, score: float, *, tasks: int, **known: Any) -> Found:
        """An aggregate: one score for so many tasks."""
        return self.found(WHOLE, score=score, weight=float(max(tasks, 1)), **known)


def as_carried(native: Found, kept: Any) -> Found:
    """Our own record of a trial that comes back in a foreign form, unless its score was changed there since."""
    was = native.decision
    decision = taken_back(kept, completion=was.completion, score=was.score)
    if decision is None:
        return native
    entrant = msgspec.structs.replace(native.entrant, name=decision.model, model_id=decision.model_id)
    return Found(entrant=entrant, decision=decision, ask=native.ask)


def status_of(score: float | None) -> Status:
    if score is None:
        return Status.SANDBOX_ERROR
    return {0.0: Status.FAILED, 1.0: Status.PASSED}.get(score, Status.SCORED)


def score_in(value: Any, place: str) -> float:
    """A number from 0 to 1. UserError, naming the place, for anything else."""
    score = number(value)
    if score is None or not 0 <= score <= 1:
        raise UserError(f"{place}: a score lies between 0 and 1, this one is {shown(value)}")
    return score


def number(value: Any) -> float | None:
    """A finite number, or nothing."""
    if isinstance(value, (int, float)):
        try:
            real = float(value)
        except OverflowError:
            return None
        return real if math.isfinite(real) else None
    return None


def counted(value: Any) -> int | None:
    """A count that is not negative, or nothing."""
    real = number(value)
    return int(real) if real is not None and 0 <= real < 2**53 else None


def seconds_at(text: Any) -> float:
    """Seconds since 1970 of a date that a tool wrote; 0 where it is none."""
    try:
        when = datetime.fromisoformat(str(text))
        return (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError, OSError):
        return 0.0


def seconds_between(begun: Any, ended: Any) -> float | None:
    """Of two dates; nothing where one is unknown."""
    first, last = seconds_at(begun), seconds_at(ended)
    return max(0.0, last - first) if first and last else None


def day(milliseconds: Any) -> str:
    real = number(milliseconds)
    try:
        return time.strftime("%Y-%m-%d", time.gmtime(real / 1000)) if real is not None else ""
    except (ValueError, OverflowError, OSError):
        return ""


def asked(*turns: tuple[str, str], stop: tuple[str, ...] = ()) -> Ask:
    """A conversation of (role, text)."""
    roles = {"system": "system", "developer": "system", "assistant": "assistant", "tool": "tool"}
    return Ask(messages=tuple(Message(roles.get(role, "user"), text) for role, text in turns), stop=stop)  # type: ignore[arg-type]


def shown(value: Any) -> str:
    """A foreign value, short enough for a line."""
    text = ascii(value) if not isinstance(value, str) else ascii(value)[1:-1]
    return text if len(text) <= 60 else text[:57] + "…"
