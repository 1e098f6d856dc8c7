"""Reads a bank's statements, and joins those that overlap."""

import csv
import io
from collections import Counter
from datetime import datetime

from amounts import to_cents

COLUMNS = ("Buchungstag", "Betrag", "Verwendungszweck")


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
    text = text.strip(" ")
    if len(text) == len("DD.MM.YY"):
        text = text[:6] + "20" + text[6:]
    return datetime.strptime(text, "%d.%m.%Y").date().isoformat()


def merge(first: list[dict], second: list[dict]) -> list[dict]:
    """The bookings of two statements that may overlap: each as often as in the statement that has more of it."""
    joined = counted(first) | counted(second)
    return [{"day": day, "cents": cents, "text": text} for day, cents, text in sorted(joined.elements())]


def counted(bookings: list[dict]) -> Counter[tuple[str, int, str]]:
    return Counter((booking["day"], booking["cents"], booking["text"]) for booking in bookings)
