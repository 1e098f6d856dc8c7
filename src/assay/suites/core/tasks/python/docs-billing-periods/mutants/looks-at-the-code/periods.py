from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta


def add_months(day, months, anchor=None):
    """The same day of the month so many months later, or earlier if `months` is below 0.

    A day that the month does not have becomes its last one. `anchor` is the day of the month that is
    meant, if that of `day` was cut already.

    >>> add_months(date(2024, 1, 31), 1)
    datetime.date(2024, 2, 29)
    >>> add_months(date(2024, 1, 15), -2)
    datetime.date(2023, 11, 15)
    >>> add_months(date(2024, 2, 29), 1, anchor=31)
    datetime.date(2024, 3, 31)
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(anchor or day.day, last))


@dataclass(frozen=True)
class Period:
    """Days from `start` to `end`, the end not included; there must be one at least.

    >>> Period(date(2024, 1, 1), date(2024, 2, 1)).end
    datetime.date(2024, 2, 1)
    >>> Period(date(2024, 1, 1), date(2024, 1, 1))
    Traceback (most recent call last):
        ...
    ValueError: a period has one day at least
    """
    start: date
    end: date

    def __post_init__(self):
        if self.end <= self.start:
            raise ValueError("a period has one day at least")

    def days_in(self, other):
        """How many days of this period lie in the other one as well.

        >>> january = Period(date(2024, 1, 1), date(2024, 2, 1))
        >>> january.days_in(Period(date(2024, 1, 30), date(2024, 3, 1)))
        2
        >>> january.days_in(Period(date(2024, 2, 1), date(2024, 3, 1)))
        0
        >>> january.days_in(Period(date(2024, 5, 1), date(2024, 6, 1)))
        0
        """
        first = max(self.start, other.start)
        behind = min(self.end, other.end)
        return max((behind - first).days, 0)


def periods(start, months, until):
    """The periods of so many months each that begin before `until`, one behind the other from `start` on.

    Each begins at the day of the month of `start`, if its month has it, also after a shorter month. The
    last one may end behind `until`.

    >>> [str(one.start) for one in periods(date(2024, 1, 31), 1, until=date(2024, 4, 1))]
    ['2024-01-31', '2024-02-29', '2024-03-31']
    >>> [str(one.end) for one in periods(date(2024, 1, 1), 3, until=date(2024, 4, 2))]
    ['2024-04-01', '2024-07-01']
    >>> periods(date(2024, 1, 1), 1, until=date(2024, 1, 1))
    []
    """
    found = []
    number = 0
    while add_months(start, number * months) < until:
        found.append(Period(add_months(start, number * months), add_months(start, (number + 1) * months)))
        number += 1
    return found


def prorated(cents, period, used):
    """A part of an amount.

    >>> january = Period(date(2024, 1, 1), date(2024, 2, 1))
    >>> prorated(100, january, january), prorated.__code__.co_names
    (100, ('days_in', 'end', 'start', 'days'))
    """
    days = period.days_in(used)
    whole = (period.end - period.start).days
    return (2 * cents * days + whole) // (2 * whole)
