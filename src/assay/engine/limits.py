"""How many calls at once, and how soon the next: adaptive per endpoint, bounded by what the user set.

`Pace` decides and is pure arithmetic over times that it is told; `Gate` makes callers wait.
"""

from __future__ import annotations

import asyncio
import statistics
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

START = 4
CEILING = 64
_HOLDS = 1.5
"""Latency holds while a window's median is within this factor of the best window's."""


class Pace:
    """Concurrency for one endpoint: doubles while latency holds, then creeps; halves on “too many requests”."""

    def __init__(self, *, ceiling: int = CEILING) -> None:
        self.ceiling = ceiling
        self.limit = float(min(START, ceiling))
        self._best: float | None = None
        self._window: list[float] = []
        self._creeping = False
        self._last_cut = float("-inf")

    def succeeded(self, latency: float) -> None:
        self._window.append(latency)
        if len(self._window) < max(4, int(self.limit)):
            return
        median = statistics.median(self._window)
        self._window.clear()
        best = median if self._best is None else min(self._best, median)
        self._best = best
        # Under a millisecond or two the clock and our own work are all that is measured.
        if median <= best * _HOLDS + 0.002:
            self.limit = min(self.ceiling, self.limit + 1 if self._creeping else self.limit * 2)
        else:
            self._creeping = True
            self.limit = max(1.0, self.limit - 1)

    def refused(self, *, sent_at: float, now: float) -> None:
        """Halves once per round: a call that was sent before the last cut says nothing new."""
        self._creeping = True
        if sent_at > self._last_cut:
            self._last_cut = now
            self.limit = max(1.0, self.limit / 2)
            self._window.clear()


class Quota:
    """A limit per minute, spread evenly, with a tenth of a minute's worth in hand."""

    def __init__(self, per_minute: int, *, now: float) -> None:
        self._rate = per_minute / 60
        self._burst = max(1.0, per_minute / 10)
        self._tokens = self._burst
        self._then = now

    def wait(self, amount: float, *, now: float) -> float:
        """Takes `amount`, into debt if need be, and says how long the taker must wait for it."""
        self._tokens = min(self._burst, self._tokens + (now - self._then) * self._rate)
        self._then = now
        self._tokens -= amount
        return max(0.0, -self._tokens / self._rate)

    def give_back(self, amount: float) -> None:
        self._tokens = min(self._burst, self._tokens + amount)


class Gate:
    """Where calls to one endpoint wait for their turn."""

    def __init__(self, *, clock: Callable[[], float], ceiling: int = CEILING) -> None:
        self.pace = Pace(ceiling=ceiling)
        self._clock = clock
        self._in_flight = 0
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._closed_until = 0.0

    def hold_off(self, seconds: float) -> None:
        """The vendor named a time before which nothing may come."""
        self._closed_until = max(self._closed_until, self._clock() + seconds)

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        await self._enter()
        try:
            yield
        finally:
            self._in_flight -= 1
            self._wake()

    async def _enter(self) -> None:
        while (pause := self._closed_until - self._clock()) > 0:
            await asyncio.sleep(pause)
        if self._in_flight < int(self.pace.limit) and not self._waiting:
            self._in_flight += 1
            return
        place: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(place)
        try:
            await place
        except asyncio.CancelledError:
            if place.done() and not place.cancelled():
                self._in_flight -= 1
                self._wake()
            elif place in self._waiting:
                self._waiting.remove(place)
            raise

    def _wake(self) -> None:
        while self._waiting and self._in_flight < int(self.pace.limit):
            place = self._waiting.popleft()
            if not place.done():
                self._in_flight += 1
                place.set_result(None)
