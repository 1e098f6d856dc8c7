"""The one policy for trying again: which faults, how often, how long, with what pause. No clock in here."""

from __future__ import annotations

import random

import msgspec

from assay.core.errors import ProviderError


class RetryPolicy(msgspec.Struct, frozen=True):
    """A count and a total time; both bound it. `attempts=1` switches retrying off."""

    attempts: int = 5
    total_seconds: float = 300.0
    first_pause: float = 0.5
    longest_pause: float = 60.0

    def pause(self, error: ProviderError, *, attempt: int, spent: float, chance: random.Random) -> float | None:
        """Seconds to wait before attempt `attempt + 1` (the first is 0); None: give up."""
        if not error.retryable or attempt + 1 >= self.attempts:
            return None
        drawn = chance.uniform(0.5, 1.0) * min(self.longest_pause, self.first_pause * 2**attempt)
        # A vendor that names a time is believed; jitter on top keeps its callers from coming back at once.
        wait = drawn if error.retry_after is None else error.retry_after + drawn / 4
        return wait if spent + wait <= self.total_seconds else None
