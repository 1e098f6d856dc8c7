"""Amounts in foreign currencies, in euro. A table is a dictionary of columns: lists of the same length."""

from bisect import bisect_right
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

HOME = "EUR"


def with_rates(invoices: dict[str, list], rates: dict[str, list], max_age: int = 7) -> dict[str, list]:
    """The invoices with the columns `rate_day`, `rate` and `euro_cents` added."""
    size = rows(invoices)
    rows(rates)
    known: dict[str, dict[str, str]] = {}
    for day, currency, rate in zip(rates["day"], rates["currency"], rates["rate"]):
        known.setdefault(currency, {})[day] = rate
    days = {currency: sorted(by_day) for currency, by_day in known.items()}

    result = {name: list(column) for name, column in invoices.items()}
    result.update(rate_day=[None] * size, rate=[None] * size, euro_cents=[None] * size)
    for row, (day, currency, cents) in enumerate(zip(invoices["day"], invoices["currency"], invoices["cents"])):
        if currency == HOME:
            rate_day, rate = day, "1"
        else:
            before = bisect_right(days.get(currency, []), day)
            if before == 0:
                continue
            rate_day = days[currency][before - 1]
            if date.fromisoformat(day) - date.fromisoformat(rate_day) > timedelta(days=max_age):
                continue
            rate = known[currency][rate_day]
        result["rate_day"][row] = rate_day
        result["rate"][row] = rate
        with localcontext() as context:
            context.prec = len(str(cents)) + 28
            result["euro_cents"][row] = int((cents / Decimal(rate)).quantize(Decimal(1), ROUND_HALF_UP))
    return result


def rows(table: dict[str, list]) -> int:
    """How many rows a table has."""
    sizes = {len(column) for column in table.values()}
    if len(sizes) > 1:
        raise ValueError(f"columns of different lengths: {sorted(sizes)}")
    return sizes.pop() if sizes else 0


def rounded(value: Fraction) -> int:
    """To the nearest whole number, halves away from zero."""
    whole = int(abs(value) + Fraction(1, 2))
    return whole if value >= 0 else -whole


def totals(invoices: dict[str, list]) -> dict[str, int]:
    """Euro cents by customer, of those invoices that have a rate."""
    sums: dict[str, int] = {}
    for customer, cents in zip(invoices["customer"], invoices["euro_cents"]):
        if cents is not None:
            sums[customer] = sums.get(customer, 0) + cents
    return sums
