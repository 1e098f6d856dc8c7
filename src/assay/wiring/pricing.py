"""What `--reprice` names, put together: a day's price list, or the user's own."""

from __future__ import annotations

import datetime
from pathlib import Path

from assay.catalog.prices import Prices
from assay.config.price_list import parse_price_list
from assay.core.errors import UserError


def other_prices(named: str) -> Prices:
    """A day as 2026-01-31, or a TOML file of prices by model."""
    path = Path(named)
    if path.is_file():
        try:
            text = path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise UserError(f"cannot read the prices in {path}: {error}") from error
        return Prices(own=parse_price_list(text, where=named))
    try:
        day = datetime.date.fromisoformat(named)
    except ValueError as error:
        raise UserError(f"--reprice {named!r} is no day, as 2026-01-31 is, and no file of prices") from error
    return Prices(on=datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC))
