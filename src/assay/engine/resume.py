"""What a run's own journal says about how to go on: what is settled, what is answered, what is spent."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from assay.core.trial import OWED_AGAIN, CallEvent, Decision


class Standing(msgspec.Struct, frozen=True):
    """Where a run stands before a session of it begins."""

    settled: frozenset[bytes]
    """Ids of the trials that are decided for good."""
    revisions: dict[str, int]
    """For trials that will be decided again: the revision of the next line."""
    answered: dict[tuple[str, int], CallEvent]
    """Answers on disk of trials that are not settled: by trial and turn. They are not asked for again."""
    spent: float
    """Dollars: what was settled, and the worst case of calls that nobody knows the end of."""
    possibly_paid: int
    """Calls that were sent and whose answer never reached the disk."""
    asked_again: int
    """Those of them whose trials are still owed."""


def where_it_stands(
    decisions: Iterable[Decision], calls: Iterable[CallEvent], *, retry_missing: bool = True
) -> Standing:
    settled: set[bytes] = set()
    revisions: dict[str, int] = {}
    for decision in decisions:
        key = bytes.fromhex(decision.trial_id)
        if retry_missing and decision.status in OWED_AGAIN:
            settled.discard(key)
            revisions[decision.trial_id] = decision.revision + 1
        else:
            settled.add(key)
            revisions.pop(decision.trial_id, None)
    answered: dict[tuple[str, int], CallEvent] = {}
    open_calls: dict[str, tuple[str, float]] = {}
    spent = 0.0
    for event in calls:
        if event.event == "sent":
            open_calls[event.call_id] = (event.trial_id, event.worst_usd or 0.0)
            continue
        _, worst = open_calls.pop(event.call_id, ("", 0.0))
        spent += worst if event.cost_usd is None else event.cost_usd
        if event.event == "answered" and not _is_settled(event.trial_id, settled):
            answered[event.trial_id, event.turn] = event
    return Standing(
        settled=frozenset(settled),
        revisions=revisions,
        answered=answered,
        spent=spent + sum(worst for _, worst in open_calls.values()),
        possibly_paid=len(open_calls),
        asked_again=sum(not _is_settled(trial_id, settled) for trial_id, _ in open_calls.values()),
    )


def _is_settled(trial_id: str, settled: set[bytes]) -> bool:
    try:
        return bytes.fromhex(trial_id) in settled
    except ValueError:
        return True  # a call of no trial: the cheap one before a run
