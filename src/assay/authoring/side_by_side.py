"""Many things done at once, but never more than so many."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


async def side_by_side(do: Callable[[T], Awaitable[R]], items: Sequence[T], *, parallel: int) -> list[R]:
    """What `do` makes of each item, in the order of the items; they are begun in that order."""
    results: dict[int, R] = {}
    waiting = iter(enumerate(items))

    async def work() -> None:
        for at, item in waiting:
            results[at] = await do(item)

    async with asyncio.TaskGroup() as group:
        for _ in range(parallel):
            group.create_task(work())
    return [results[at] for at in range(len(items))]
