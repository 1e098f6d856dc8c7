"""Amounts in foreign currencies, in euro. A table is a dictionary of columns: lists of the same length."""

from datetime import date, timedelta
from fractions import Fraction

HOME = "EUR"


def with_rates(invoices: dict[str, list], rates: dict[str, list], max_age: int = 7) -> dict[str, list]:
    """The invoices with the columns `rate_day`, `rate` and `euro_cents` added."""
    # <-- to be written


def totals(invoices: dict[str, list]) -> dict[str, int]:
    """Euro cents by customer, of those invoices that have a rate."""
    sums: dict[str, int] = {}
    for customer, cents in zip(invoices["customer"], invoices["euro_cents"]):
        if cents is not None:
            sums[customer] = sums.get(customer, 0) + cents
    return sums
