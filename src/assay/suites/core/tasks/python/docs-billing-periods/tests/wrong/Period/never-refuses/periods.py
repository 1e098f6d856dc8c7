from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta


def add_months(day, months, anchor=None):
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(anchor or day.day, last))


@dataclass(frozen=True)
class Period:
    start: date
    end: date

    def __post_init__(self):
        if self.end <= self.start:
            pass

    def days_in(self, other):
        first = max(self.start, other.start)
        behind = min(self.end, other.end)
        return max((behind - first).days, 0)


def periods(start, months, until):
    found = []
    number = 0
    while add_months(start, number * months) < until:
        found.append(Period(add_months(start, number * months), add_months(start, (number + 1) * months)))
        number += 1
    return found


def prorated(cents, period, used):
    days = period.days_in(used)
    whole = (period.end - period.start).days
    return (2 * cents * days + whole) // (2 * whole)
