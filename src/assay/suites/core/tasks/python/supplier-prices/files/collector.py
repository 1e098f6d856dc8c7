"""Fetches the price lists of many suppliers at once."""

import asyncio

from pauses import pause_after


class SupplierError(Exception):
    """The supplier could not answer now; it is worth another try."""


async def collect(suppliers, *, limit, tries, patience, budget):
    """One result for each supplier, in their order: {"name", "value"}, or {"name", "error"}."""
    results = []
    slots = asyncio.Semaphore(limit)

    async def one(supplier):
        async with slots:
            results.append(await attempts(supplier, tries, patience))

    await asyncio.wait_for(asyncio.gather(*[one(supplier) for supplier in suppliers]), budget)
    return results


async def attempts(supplier, tries, patience):
    """Asks one supplier until it answers, or has been asked often enough."""
    for attempt in range(tries):
        task = asyncio.ensure_future(supplier.fetch())
        try:
            await asyncio.wait([task], timeout=patience)
            return {"name": supplier.name, "value": task.result()}
        except BaseException as error:
            last = error
            await asyncio.sleep(pause_after(attempt))
    return {"name": supplier.name, "error": str(last)}
