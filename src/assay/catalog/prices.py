"""What a call costs and how that is known: billed, priced, local, or unknown, which is never 0.

Each request is priced by itself, because price tiers depend on the size of one request: the price
of a sum is not the sum of the prices.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from assay.core.entrant import Entrant, Price
from assay.core.messages import Reply, Request, Usage
from assay.core.ports import Cost

_UNKNOWN = Cost(None, "unknown")
_FRAMING_TOKENS = 64
"""More than any vendor's template adds around one message."""


class Prices:
    """Implements core.ports.Pricer with the user's own price first and genai-prices after it."""

    def __init__(self, *, own: Mapping[str, Price] | None = None, on: datetime | None = None) -> None:
        """`own` goes before what an entrant says itself, by its name; `on` takes the price list of that day."""
        self._own = own or {}
        self._on = on

    def price(self, entrant: Entrant, reply: Reply) -> Cost:
        if reply.billed_usd is not None:
            return Cost(reply.billed_usd, "billed", "vendor")
        own = self._own.get(entrant.name, entrant.price)
        if own is not None and own.gpu_hour is not None:
            return Cost(own.gpu_hour * reply.latency / 3600, "estimated", "own gpu_hour")
        if own is not None:
            usd = _own_price(own, reply.usage)
            return _UNKNOWN if usd is None else Cost(usd, "priced", "own price")
        if entrant.local:
            return Cost(0.0, "local")
        if reply.usage.input is None or reply.usage.output is None:
            return _UNKNOWN
        return _table_price(entrant, reply.usage, on=self._on)

    def worst(self, entrant: Entrant, request: Request) -> float | None:
        own = entrant.price
        if own is not None and own.gpu_hour is not None:
            return own.gpu_hour * entrant.timeout / 3600
        if own is None and entrant.local:
            return 0.0
        most_out = request.sampling.max_tokens or entrant.context or (None if own else _context_window(entrant))
        if most_out is None:
            return None
        most_in = _most_input_tokens(request)
        usage = Usage(input=most_in, output=most_out)
        if own is not None:
            dearest = max((r for r in (own.input, own.cache_read, own.cache_write) if r is not None), default=None)
            return _own_price(Price(input=dearest, output=own.output), usage)
        return _table_price(entrant, usage).usd


def _most_input_tokens(request: Request) -> int:
    """An upper bound: no tokenizer makes more tokens than there are bytes."""
    texts = [m.content + m.reasoning for m in request.messages] + [request.prompt or "", request.suffix or ""]
    size = sum(len(text.encode()) for text in texts) + len(msgspec.json.encode(request.tools))
    size += sum(len(call.name) + len(call.arguments.encode()) for m in request.messages for call in m.tool_calls)
    return size + _FRAMING_TOKENS * (1 + len(request.messages))


def _own_price(own: Price, usage: Usage) -> float | None:
    """None as soon as a kind of token was used that the user gave no price for."""
    per_million = 0.0
    cache_read = own.input if own.cache_read is None else own.cache_read
    cache_write = own.input if own.cache_write is None else own.cache_write
    if usage.input is None or usage.output is None:
        return None
    for count, rate in (
        (usage.input, own.input),
        (usage.output, own.output),
        (usage.cache_read or 0, cache_read),
        (usage.cache_write or 0, cache_write),
    ):
        if count and rate is None:
            return None
        per_million += count * (rate or 0.0)
    return per_million / 1e6


def _table_price(entrant: Entrant, usage: Usage, *, on: datetime | None = None) -> Cost:
    import genai_prices

    read, write = usage.cache_read or 0, usage.cache_write or 0
    counted: dict[str, int] = {
        "input_tokens": (usage.input or 0) + read + write,
        "output_tokens": usage.output or 0,
    }
    counted |= {key: n for key, n in (("cache_read_tokens", read), ("cache_write_tokens", write)) if n}
    try:
        found = genai_prices.calc_price(
            genai_prices.Usage(**counted),
            entrant.model_id,
            provider_api_url=entrant.api_base,
            genai_request_timestamp=on,
        )
    except LookupError:
        return _UNKNOWN
    return Cost(float(found.total_price), "priced", f"genai-prices {_version()} {found.provider.id}/{found.model.id}")


def _context_window(entrant: Entrant) -> int | None:
    """The model's known limit, which no answer can be longer than."""
    import genai_prices

    try:
        found: Any = genai_prices.calc_price(
            genai_prices.Usage(input_tokens=1, output_tokens=1),
            entrant.model_id,
            provider_api_url=entrant.api_base,
        )
    except LookupError:
        return None
    window: int | None = found.model.context_window
    return window


def _version() -> str:
    from importlib.metadata import version

    return version("genai-prices")
