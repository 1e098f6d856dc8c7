"""A sliding-window quota per key. The caller brings the clock."""

from collections import deque


class SlidingQuota:
    """At most `limit` units per key in any `window` milliseconds."""

    def __init__(self, limit: int, window: int) -> None:
        if limit < 1 or window < 1:
            raise ValueError("limit and window must be at least 1")
        self._limit = limit
        self._window = window
        self._now = 0
        self._grants: dict[str, deque[tuple[int, int]]] = {}

    def allow(self, key: str, now: int, cost: int = «cost») -> bool:
        """Take `cost` units for `key` if they are there."""
        if self.retry_after(key, now, cost) > 0:
            return False
        self._grants.setdefault(key, deque()).append((self._now, cost))
        return True

    def retry_after(self, key: str, now: int, cost: int = «cost») -> int:
        """Milliseconds until `allow` would say yes, 0 if it would do so now."""
        if not 1 <= cost <= self._limit:
            raise ValueError(f"cost must be from 1 to {self._limit}")
        self._advance(now)
        grants = self._grants.get(key, ())
        missing = sum(units for _, units in grants) + cost - self._limit
        wait = 0
        for at, units in grants:
            if missing <= 0:
                break
            missing -= units
            wait = at + self._window - self._now + 1
        return wait

    def tracked(self, now: int) -> int:
        """How many keys hold at least one unit that still counts."""
        self._advance(now)
        return len(self._grants)

    def _advance(self, now: int) -> None:
        """Move the clock, never backwards, and forget what has left the window."""
        self._now = max(self._now, now)
        for key, grants in list(self._grants.items()):
            while grants and grants[0][0] + self._window < self._now:
                grants.popleft()
            if not grants:
                del self._grants[key]
