"""How long to wait before a request is sent again."""

import re
from datetime import datetime, timedelta, timezone

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SHORT_DAY = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
LONG_DAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
MONTH = f"(?P<month>{'|'.join(MONTHS)})"
TIME = r"(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2})"
DATE_FORMS = (
    re.compile(rf"{SHORT_DAY}, (?P<day>[0-9]{{2}}) {MONTH} (?P<year>[0-9]{{4}}) {TIME} GMT"),
    re.compile(rf"{LONG_DAY}, (?P<day>[0-9]{{2}})-{MONTH}-(?P<year>[0-9]{{2}}) {TIME} GMT"),
    re.compile(rf"{SHORT_DAY} {MONTH}  ?(?P<day>[0-9]{{1,2}}) {TIME} (?P<year>[0-9]{{4}})"),
)
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def parse_retry_after(value: str, now: int) -> int | None:
    """Seconds that a Retry-After header asks for, counted from `now` (seconds since 1970, UTC).

    None if the header is in none of the forms that HTTP allows; 0 for a date that has passed.
    """
    value = value.strip(" \t")
    if re.fullmatch("[0-9]+", value):
        return int(value)
    for form in DATE_FORMS:
        match = form.fullmatch(value)
        if match is not None:
            moment = _moment(match, now)
            return None if moment is None else max(0, moment - now)
    return None


def _moment(match: re.Match[str], now: int) -> int | None:
    year = int(match["year"])
    if len(match["year"]) == 2:
        year = _full_year(year, (EPOCH + timedelta(seconds=now)).year)
    month = MONTHS.index(match["month"]) + 1
    try:
        moment = datetime(
            year, month, int(match["day"]),
            int(match["hour"]), int(match["minute"]), int(match["second"]), tzinfo=timezone.utc,
        )  # fmt: skip
    except ValueError:
        return None
    return (moment - EPOCH) // timedelta(seconds=1)


def _full_year(two_digits: int, this_year: int) -> int:
    """The latest year with these last digits that is at most 50 years ahead."""
    horizon = this_year + 50
    return horizon - (horizon - two_digits) % 100


def next_wait(attempt: int, header: str | None, now: int, *, base: float = 1.0, cap: float = «cap».0) -> float:
    """Seconds to wait after failed attempt number `attempt` (1, 2, 3 …).

    What the server asks for is obeyed up to `cap`; without a usable wish the wait doubles each time.
    """
    asked = None if header is None else parse_retry_after(header, now)
    if asked is not None:
        return float(min(asked, cap))
    return min(cap, base * 2 ** (attempt - 1))
