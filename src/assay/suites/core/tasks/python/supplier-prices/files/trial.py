"""Tries out the collector: scripted suppliers, on a clock that jumps to the next moment at which anything happens."""

import asyncio
import selectors

from collector import SupplierError, collect


class JumpingSelector(selectors.DefaultSelector):
    """Instead of waiting, moves the clock of its loop."""

    seconds = 0.0

    def select(self, timeout=None):
        ready = super().select(0)
        if not ready:
            if timeout is None:
                raise RuntimeError("everything waits, for nothing")
            self.seconds += max(timeout, 0)
        return ready


class JumpingLoop(asyncio.SelectorEventLoop):
    def __init__(self):
        self.clock = JumpingSelector()
        super().__init__(self.clock)

    def time(self):
        return self.clock.seconds


class Supplier:
    """Answers each fetch as its script says: {"takes": seconds, "gives": value}, or "busy" or "broken" instead."""

    running = 0
    most = 0

    def __init__(self, name, script):
        self.name = name
        self.script = list(script)
        self.asked = []
        self.ended = 0

    async def fetch(self):
        self.asked.append(round(asyncio.get_running_loop().time(), 3))
        answer = self.script.pop(0)
        Supplier.running += 1
        Supplier.most = max(Supplier.most, Supplier.running)
        try:
            await asyncio.sleep(answer["takes"])
            if "busy" in answer:
                raise SupplierError(answer["busy"])
            if "broken" in answer:
                raise KeyError(answer["broken"])
            return answer["gives"]
        finally:
            Supplier.running -= 1
            self.ended += 1


def trial(scripts, limit=2, tries=3, patience=10, budget=1000):
    """What `collect` gives for suppliers with these scripts, when each was asked, and how it went."""
    Supplier.running = Supplier.most = 0
    suppliers = [Supplier(name, script) for name, script in scripts.items()]
    loop = JumpingLoop()
    try:
        results = loop.run_until_complete(
            collect(suppliers, limit=limit, tries=tries, patience=patience, budget=budget)
        )
        return {
            "results": results,
            "asked": {supplier.name: supplier.asked for supplier in suppliers},
            "most": Supplier.most,
            "seconds": round(loop.time(), 3),
            "left_running": Supplier.running,
        }
    finally:
        loop.close()
