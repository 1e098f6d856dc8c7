"""What the calls of one trial came to: dollars and how they are known, seconds, tokens."""

from __future__ import annotations

import msgspec

from assay.core.messages import Reply, Usage
from assay.core.ports import Cost


class Tally(msgspec.Struct):
    """What the calls of one trial came to."""

    cost_usd: float | None = 0.0
    cost_source: str = ""
    latency: float = 0.0
    waited: float = 0.0
    ttft: float | None = None
    turns: int = 0
    usage: Usage = Usage()
    served_model: str | None = None
    fingerprint: str | None = None
    provider: str | None = None
    first_sent_at: float | None = None

    def add_cost(self, cost: Cost) -> None:
        """One unknown part makes the sum unknown; the weakest source names the whole."""
        strength = ("reused", "billed", "priced", "local", "estimated", "unknown")
        self.cost_usd = None if cost.usd is None or self.cost_usd is None else self.cost_usd + cost.usd
        self.cost_source = max(self.cost_source or cost.source, cost.source, key=strength.index)

    def add_reply(self, reply: Reply) -> None:
        self.latency += reply.latency
        self.ttft = reply.ttft if self.ttft is None else self.ttft
        self.turns += 1
        self.usage = _sum_usage(self.usage, reply.usage) if self.turns > 1 else reply.usage
        self.served_model = reply.served_model or self.served_model
        self.fingerprint = reply.fingerprint or self.fingerprint
        self.provider = reply.provider or self.provider


def _sum_usage(one: Usage, other: Usage) -> Usage:
    sums = {}
    for field in Usage.__struct_fields__:
        a, b = getattr(one, field), getattr(other, field)
        sums[field] = None if a is None or b is None else a + b
    return Usage(**sums)
