"""The same answers under other prices: each call, or imported trial, priced again from the tokens that it
used. Knows the tables of calls and trials; refuses to know any price."""

from __future__ import annotations

from typing import Any, Protocol

from assay.core.entrant import Entrant
from assay.core.messages import Reply, Usage
from assay.core.ports import Cost
from assay.store.tables import SOURCES, Tables

_USED = """
SELECT run, trial_id, model, usage.input, usage.output, usage.cache_read, usage.cache_write, latency
FROM replies
WHERE event <> 'sent' AND coalesce(reused_from, '') = '' AND (event = 'answered' OR usage.input IS NOT NULL)
UNION ALL
SELECT run, trial_id, model, usage.input, usage.output, usage.cache_read, usage.cache_write, latency
FROM trials t WHERE judged AND NOT EXISTS (
  SELECT 1 FROM replies r WHERE r.run = t.run AND r.trial_id = t.trial_id AND r.event <> 'sent')
"""

_ADD_TRIALS = """
INSERT INTO spent
SELECT run, trial_id, model, 1, 1, NULL, true, 0, latency,
       usage.input + coalesce(usage.cache_read, 0) + coalesce(usage.cache_write, 0), usage.output, 0, 0
FROM trials t WHERE judged AND NOT EXISTS (SELECT 1 FROM spent s WHERE s.run = t.run AND s.trial_id = t.trial_id)
"""

_TAKE_PRICES = f"""
UPDATE spent SET cost_usd = p.usd, cost_unknown = p.unknown,
                 sources = CASE WHEN p.unknown THEN {1 << SOURCES.index("unknown")} ELSE p.sources END
FROM (SELECT run, trial_id, sum(usd) AS usd, bool_or(usd IS NULL) AS unknown, bit_or(source) AS sources
      FROM (SELECT unnest(?) AS run, unnest(?) AS trial_id, unnest(?::DOUBLE[]) AS usd, unnest(?::INTEGER[]) AS source)
      GROUP BY run, trial_id) p
WHERE spent.run = p.run AND spent.trial_id = p.trial_id
"""


class Pricing(Protocol):
    """As much of core.ports.Pricer as is needed here."""

    def price(self, entrant: Entrant, reply: Reply) -> Cost: ...


def reprice(tables: Tables, prices: Pricing) -> None:
    """Replaces what each trial cost. `tables` hold `replies` and `spent`. What a vendor billed is a price of its
    day, so tokens count here and bills do not."""
    entrants = {(run, one.name): one for run, plan in tables.runs.items() for one in plan.entrants}
    tables.rows(_ADD_TRIALS)
    priced: list[tuple[str, str, float | None, int]] = []
    for run, trial_id, model, *used in tables.rows(_USED)[1]:
        entrant = entrants.get((str(run), str(model)))
        found = prices.price(entrant, _reply(used)) if entrant is not None else Cost(None, "unknown")
        priced.append((str(run), str(trial_id), found.usd, 1 << SOURCES.index(found.source)))
    columns: list[Any] = [list(column) for column in zip(*priced, strict=True)] or [[], [], [], []]
    tables.rows(_TAKE_PRICES, columns)


def _reply(used: list[Any]) -> Reply:
    tokens_in, tokens_out, cache_read, cache_write, latency = used
    usage = Usage(input=tokens_in, output=tokens_out, cache_read=cache_read, cache_write=cache_write)
    return Reply(text="", usage=usage, latency=latency or 0.0)
