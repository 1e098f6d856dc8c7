"""Other prices for the same answers: a day's price list, or the user's own. Text in, values out."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

import msgspec

from assay.core.entrant import Price
from assay.core.errors import UserError
from assay.core.names import did_you_mean


def parse_price_list(text: str, *, where: str) -> dict[str, Price]:
    """TOML with a table per model: `["gpt-4o"]`, `input = 2.5`, in dollars per million tokens."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UserError(
            f'{where}: {error}; a price list is TOML, as in: ["MODEL"] and below it input = 2.5, output = 10'
        ) from error
    if not raw:
        raise UserError(f"{where}: there is no price in it")
    return {name: _price(name, table, where=where) for name, table in raw.items()}


def _price(name: str, table: Any, *, where: str) -> Price:
    if not isinstance(table, Mapping):
        raise UserError(f'{where}: write ["{name}"] and below it input = 2.5, output = 10')
    for key, value in table.items():
        if key not in Price.__struct_fields__:
            raise UserError(f"{where}: unknown key “{key}” of {name}: {did_you_mean(key, Price.__struct_fields__)}")
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < float("inf"):
            raise UserError(f"{where}: {key} of {name} is a number of dollars, not negative")
    return msgspec.convert(dict(table), Price, strict=False)
