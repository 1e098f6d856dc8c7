from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import floor


def add_months(day, months, anchor=None):
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    for _ in range(-months):
        year, month = (year - 1, 12) if month == 1 else (year, month - 1)
    wanted = anchor if anchor else day.day
    while True:
        try:
            return date(year, month, wanted)
        except ValueError:
            wanted -= 1


@dataclass(frozen=True)
class Period:
    start: date
    end: date

    def __post_init__(self):
        if not self.start < self.end:
            raise ValueError("a period has one day at least")

    def _all(self):
        return {self.start + timedelta(days=n) for n in range((self.end - self.start).days)}

    def days_in(self, other):
        return len(self._all() & other._all())


def periods(start, months, until):
    found, begin = [], start
    while begin < until:
        end = add_months(begin, months, anchor=start.day)
        found.append(Period(begin, end))
        begin = end
    return found


def prorated(cents, period, used):
    share = Fraction(period.days_in(used), (period.end - period.start).days)
    return floor(cents * share + Fraction(1, 2))
