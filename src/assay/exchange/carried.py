"""What a foreign form has no field for, kept under a key of our own where the form has room for it."""

from __future__ import annotations

from typing import Any

import msgspec

from assay.core.trial import Decision

CARRIED = "assay"
"""The key. Other tools leave alone what they do not know."""


def carried(decision: Decision) -> dict[str, Any]:
    """The decision without its completion, which every form has a place for."""
    kept: dict[str, Any] = msgspec.to_builtins(decision)
    del kept["completion"]
    return kept


def taken_back(kept: Any, *, completion: str | None, score: float | None) -> Decision | None:
    """The decision that was carried; nothing where there is none, or where the form's own score is another one now."""
    if not isinstance(kept, dict):
        return None
    try:
        decision = msgspec.convert({**kept, "completion": completion}, Decision)
    except msgspec.ValidationError:
        return None
    return decision if decision.score == score else None
