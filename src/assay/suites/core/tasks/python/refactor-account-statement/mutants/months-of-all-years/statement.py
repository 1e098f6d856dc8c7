"""Statements of accounts out of CSV lines: `day;text;amount`, amounts as `-12,50`."""

from itertools import groupby

from amounts import format_amount, parse_amount
from entries import read_entries

__all__ = ["format_amount", "parse_amount", "read_entries", "statement"]


def statement(lines, opening):
    """The statement as text; raises ValueError for a line that is none."""
    entries = read_entries(lines)
    result = []
    balance = opening
    for month, inside in groupby(entries, key=lambda entry: entry.day.month):
        for day, text, amount in inside:
            balance += amount
            result.append(f"{day.isoformat()} {text} {format_amount(amount)}")
        result.append(f"balance {day.year}-{month:02}: {format_amount(balance)}")
    amounts = [entry.amount for entry in entries]
    came = sum(max(amount, 0) for amount in amounts)
    went = sum(max(-amount, 0) for amount in amounts)
    result.append(f"in {format_amount(came)}, out {format_amount(went)}")
    return "\n".join(result)
