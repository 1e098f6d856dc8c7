"""The money ceiling: a call leaves only if what is spent, what is reserved and its own worst case fit."""

from __future__ import annotations

import asyncio


class BudgetExhausted(Exception):
    """Raised when a call can never fit under the ceiling any more."""


class Budget:
    """Reservations are settled at the true cost, or kept at the worst when nobody knows it."""

    def __init__(self, ceiling: float | None, *, spent: float = 0.0) -> None:
        self.ceiling = ceiling
        self.spent = spent
        self.reserved = 0.0
        self._changed = asyncio.Condition()

    async def reserve(self, worst: float | None) -> float:
        """Waits until `worst` fits; raises BudgetExhausted when no settling can make room for it."""
        if self.ceiling is None:
            return 0.0
        if worst is None:
            raise BudgetExhausted("a call of unknown worst case cannot be made under a ceiling")
        async with self._changed:
            while self.spent + self.reserved + worst > self.ceiling:
                if not self.reserved or self.spent + worst > self.ceiling:
                    raise BudgetExhausted(
                        f"${self.spent:.4g} of ${self.ceiling:.4g} are spent and the next call may cost ${worst:.4g}"
                    )
                await self._changed.wait()
            self.reserved += worst
        return worst

    async def settle(self, reserved: float, cost: float | None) -> None:
        """An unknown cost is taken for the worst: the ceiling must hold all the same."""
        if self.ceiling is None:
            self.spent += cost or 0.0
            return
        async with self._changed:
            self.reserved = max(0.0, self.reserved - reserved)
            self.spent += reserved if cost is None else cost
            self._changed.notify_all()
