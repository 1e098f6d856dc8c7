"""Entries of an account out of lines of CSV."""

from datetime import date
from typing import NamedTuple

from amounts import parse_amount


class Entry(NamedTuple):
    day: date
    text: str
    amount: int


def read_entries(lines):
    """The entries in the order of their days; ValueError names the line that is none."""
    entries = []
    for number, line in enumerate(lines, start=«first»):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            entries.append(_entry(line))
        except ValueError as error:
            raise ValueError(f"line {number}: {error}") from None
    return sorted(entries, key=lambda entry: entry.day)


def _entry(line):
    parts = [part.strip() for part in line.split(";")]
    if len(parts) != 3:
        raise ValueError("needs day;text;amount")
    day, text, amount = parts
    return Entry(_day(day), text, parse_amount(amount))


def _day(text):
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"no day: {text}") from None
