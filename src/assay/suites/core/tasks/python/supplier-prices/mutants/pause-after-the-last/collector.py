"""Fetches the price lists of many suppliers at once."""

import asyncio

from pauses import pause_after


class SupplierError(Exception):
    """The supplier could not answer now; it is worth another try."""


async def collect(suppliers, *, limit, tries, patience, budget):
    """One result for each supplier, in their order: {"name", "value"}, or {"name", "error"}."""
    slots = asyncio.Semaphore(limit)
    tasks = [asyncio.create_task(attempts(supplier, slots, tries, patience)) for supplier in suppliers]
    if tasks:
        _, late = await asyncio.wait(tasks, timeout=budget)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
    return [{"name": supplier.name, **outcome(task)} for supplier, task in zip(suppliers, tasks)]


async def attempts(supplier, slots, tries, patience):
    """Asks one supplier until it answers, or has been asked often enough."""
    for attempt in range(1, tries + 1):
        try:
            async with slots:
                return await asyncio.wait_for(supplier.fetch(), patience)
        except (SupplierError, asyncio.TimeoutError) as error:
            last = error
        await asyncio.sleep(pause_after(attempt))
    raise last


def outcome(task):
    if task.cancelled():
        return {"error": "out of time"}
    error = task.exception()
    if error is None:
        return {"value": task.result()}
    if isinstance(error, asyncio.TimeoutError):
        return {"error": "no answer"}
    if isinstance(error, SupplierError):
        return {"error": str(error)}
    return {"error": type(error).__name__}
