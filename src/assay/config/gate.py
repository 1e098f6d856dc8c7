"""A gate: how much worse a candidate may be than a baseline, metric by metric. Text in, values out."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

import msgspec

from assay.core.errors import UserError
from assay.core.names import did_you_mean

METRICS: dict[str, str] = {
    "accuracy": "points that the candidate may solve less",
    "cost": "per cent that the candidate may cost more",
    "cost_per_solved": "per cent that a solved task may cost more",
    "seconds": "per cent that the candidate may take longer",
    "missing": "per cent of the candidate's trials that may be missing",
}
"""What can be gated, and what its margin says."""

_KEYS = ("margin", "level")


class Margin(msgspec.Struct, frozen=True):
    """How much worse is still good enough."""

    metric: str
    margin: float
    """Points or per cent, as METRICS says."""
    level: float = 0.95


def parse_gate(text: str, *, where: str) -> tuple[Margin, ...]:
    """A TOML file with a table per metric: `[accuracy]`, `margin = 2`."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UserError(f"{where}: {error}; a gate is TOML, as in: [accuracy] and below it margin = 2") from error
    if not raw:
        raise UserError(f"{where}: there is no metric in it; known: {', '.join(METRICS)}")
    return tuple(_margin(name, table, where=where) for name, table in raw.items())


def _margin(name: str, table: Any, *, where: str) -> Margin:
    if name not in METRICS:
        raise UserError(f"{where}: unknown metric “{name}”: {did_you_mean(name, METRICS)}")
    if not isinstance(table, Mapping):
        raise UserError(f"{where}: write [{name}] and below it margin = {table if _number(table) >= 0 else 2}")
    for key in table:
        if key not in _KEYS:
            raise UserError(f"{where}: unknown key “{key}” in [{name}]: {did_you_mean(key, _KEYS)}")
    margin, level = _number(table.get("margin")), _number(table.get("level", 0.95))
    if not 0 <= margin < 1e6:
        raise UserError(f"{where}: [{name}] wants margin = NUMBER, not negative: {METRICS[name]}")
    if not 0.5 <= level < 1:
        raise UserError(f"{where}: [{name}] level lies between 0.5 and 1, as 0.95 does")
    return Margin(name, margin, level)


def _number(value: Any) -> float:
    """NaN for whatever is none, which lies in no range."""
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else float("nan")
