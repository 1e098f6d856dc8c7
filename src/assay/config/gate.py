"""A gate: how much worse a candidate may be than a baseline, metric by metric. Text in, values out."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import msgspec

from assay.core.errors import UserError
from assay.core.names import did_you_mean


class Asked(NamedTuple):
    """What can be asked of one metric, and what the number after it says."""

    margin: str = ""
    at_least: str = ""
    at_most: str = ""


METRICS: dict[str, Asked] = {
    "accuracy": Asked(
        margin="points that the candidate may solve less than the baseline",
        at_least="per cent that the candidate has to solve",
    ),
    "cost": Asked(margin="per cent that the candidate may cost more"),
    "cost_per_solved": Asked(
        margin="per cent that a solved task may cost more", at_most="dollars that a solved task may cost"
    ),
    "seconds": Asked(margin="per cent that the candidate may take longer"),
    "latency_p50": Asked(at_most="seconds that half of the calls may take"),
    "latency_p95": Asked(at_most="seconds that 95 of 100 calls may take"),
    "missing": Asked(at_most="per cent of the candidate's trials that may be missing"),
}
"""Margins are about the two; the others about the candidate alone."""

_LEVEL = 0.95


class Bound(msgspec.Struct, frozen=True):
    """One condition of a gate."""

    metric: str
    asked: str
    """`margin`, `at_least` or `at_most`."""
    number: float
    level: float = _LEVEL


def parse_gate(text: str, *, where: str) -> tuple[Bound, ...]:
    """A TOML file with a table per metric: `[accuracy]`, `margin = 2`."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UserError(f"{where}: {error}; a gate is TOML, as in: [accuracy] and below it margin = 2") from error
    if not raw:
        raise UserError(f"{where}: there is no metric in it; known: {', '.join(METRICS)}")
    return tuple(bound for name, table in raw.items() for bound in _bounds(name, table, where=where))


def _bounds(name: str, table: Any, *, where: str) -> Iterator[Bound]:
    if name not in METRICS:
        raise UserError(f"{where}: unknown metric “{name}”: {did_you_mean(name, METRICS)}")
    asked = {key: said for key, said in METRICS[name]._asdict().items() if said}
    if not isinstance(table, Mapping):
        raise UserError(f"{where}: write [{name}] and below it {next(iter(asked))} = NUMBER")
    for key in table:
        if key not in asked and key != "level":
            raise UserError(f"{where}: unknown key “{key}” in [{name}]: {did_you_mean(key, [*asked, 'level'])}")
    level = _number(table.get("level", _LEVEL))
    if not 0.5 <= level < 1:
        raise UserError(f"{where}: [{name}] level lies between 0.5 and 1, as 0.95 does")
    if not table.keys() & asked.keys():
        wanted = " or ".join(f"{key} = NUMBER ({said})" for key, said in asked.items())
        raise UserError(f"{where}: [{name}] wants {wanted}")
    for key in asked.keys() & table.keys():
        number = _number(table[key])
        if not 0 <= number < 1e6:
            raise UserError(f"{where}: [{name}] wants {key} = NUMBER, not negative: {asked[key]}")
        yield Bound(name, key, number, level)


def _number(value: Any) -> float:
    """NaN for whatever is none, which lies in no range."""
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else float("nan")
