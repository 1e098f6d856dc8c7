"""Reads a bank's statements, and joins those that overlap."""

import csv
import io
import re
from collections import Counter
from datetime import date

from amounts import to_cents

COLUMNS = ("Buchungstag", "Betrag", "Verwendungszweck")
DAY = re.compile(r"([0-9]{2})\.([0-9]{2})\.([0-9]{4}|[0-9]{2})")


def read_statement(text: str) -> list[dict]:
    """The bookings of a statement, in its order."""
    lines = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";")
    for row in lines:
        names = [name.strip(" ") for name in row]
        if all(column in names for column in COLUMNS):
            break
    else:
        raise ValueError("no line with the names of the columns")
    day, amount, purpose = (names.index(column) for column in COLUMNS)
    return [
        {"day": to_day(row[day]), "cents": to_cents(row[amount]), "text": " ".join(row[purpose].split())}
        for row in lines
        if any(field.strip(" ") for field in row)
    ]


def to_day(text: str) -> str:
    """A day such as 01.03.2025 or 01.03.25, as 2025-03-01."""
    match = DAY.fullmatch(text.strip(" "))
    if match is None:
        raise ValueError(f"no day: {text!r}")
    day, month, year = match.groups()
    return date(int(year if len(year) == 4 else "20" + year), int(month), int(day)).isoformat()


def merge(first: list[dict], second: list[dict]) -> list[dict]:
    """The bookings of two statements that may overlap: each as often as in the statement that has more of it."""
    joined = counted(first) | counted(second)
    return [{"day": day, "cents": cents, "text": text} for day, cents, text in sorted(set(joined))]


def counted(bookings: list[dict]) -> Counter[tuple[str, int, str]]:
    return Counter((booking["day"], booking["cents"], booking["text"]) for booking in bookings)
