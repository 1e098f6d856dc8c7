"""How long to wait before a request is sent again."""

import re
from datetime import datetime, timedelta, timezone


def parse_retry_after(value: str, now: int) -> int | None:
    """Seconds that a Retry-After header asks for, counted from `now` (seconds since 1970, UTC).

    None if the header is in none of the forms that HTTP allows; 0 for a date that has passed.
    """
    # <-- to be written


def next_wait(attempt: int, header: str | None, now: int, *, base: float = 1.0, cap: float = «cap».0) -> float:
    """Seconds to wait after failed attempt number `attempt` (1, 2, 3 …).

    What the server asks for is obeyed up to `cap`; without a usable wish the wait doubles each time.
    """
    asked = None if header is None else parse_retry_after(header, now)
    if asked is not None:
        return float(min(asked, cap))
    return min(cap, base * 2 ** (attempt - 1))
