"""What a server's headers say about when to come back. Pure: a mapping and the time in, seconds out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime

LONGEST = 86_400.0
"""A day: what is said beyond it is no pace."""

_BUDGETS = (
    ("x-ratelimit-remaining-requests", "x-ratelimit-reset-requests"),
    ("x-ratelimit-remaining-tokens", "x-ratelimit-reset-tokens"),
    ("x-ratelimit-remaining", "x-ratelimit-reset"),
    ("anthropic-ratelimit-requests-remaining", "anthropic-ratelimit-requests-reset"),
    ("anthropic-ratelimit-tokens-remaining", "anthropic-ratelimit-tokens-reset"),
    ("anthropic-ratelimit-input-tokens-remaining", "anthropic-ratelimit-input-tokens-reset"),
    ("anthropic-ratelimit-output-tokens-remaining", "anthropic-ratelimit-output-tokens-reset"),
)
_DURATION = re.compile(r"(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+(?:\.\d+)?)s)?(?:(\d+(?:\.\d+)?)ms)?")
_SCALES = (86_400.0, 3_600.0, 60.0, 1.0, 0.001)


def retry_after(headers: Mapping[str, str], *, now: float) -> float | None:
    """Seconds to wait, as `Retry-After` (seconds or a date) or `retry-after-ms` say."""
    precise = _number(headers.get("retry-after-ms"))
    if precise is not None:
        return _bounded(precise / 1000)
    text = headers.get("retry-after")
    if text is None:
        return None
    seconds = _number(text)
    if seconds is not None:
        return _bounded(seconds)
    try:
        return _bounded(parsedate_to_datetime(text).timestamp() - now)
    except (ValueError, TypeError, OverflowError):
        return None


def rate_hint(headers: Mapping[str, str], *, now: float) -> float | None:
    """Seconds until every budget that the vendor names has room again; 0 when all have; `None` without a word."""
    hint: float | None = None
    for remaining, reset in _BUDGETS:
        left = _number(headers.get(remaining))
        if left is None:
            continue
        wait = 0.0 if left > 0 else until(headers.get(reset), now=now)
        if wait is not None:
            hint = max(hint or 0.0, wait)
    return hint


def until(text: str | None, *, now: float) -> float | None:
    """A moment in any of the vendors' notations: `6m0s`, `17ms`, seconds, a Unix time, RFC 3339."""
    if not text:
        return None
    text = text.strip()
    number = _number(text)
    if number is not None:
        if number > 1e11:
            number /= 1000
        return _bounded(number - now if number > 1e9 else number)
    match = _DURATION.fullmatch(text)
    if match:
        return _bounded(sum(float(part) * scale for part, scale in zip(match.groups(), _SCALES, strict=True) if part))
    try:
        return _bounded(datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp() - now)
    except (ValueError, OverflowError):
        return None


def _number(text: str | None) -> float | None:
    if text is None or not re.fullmatch(r"\s*\d{1,15}(\.\d{1,9})?\s*", text):
        return None
    return float(text)


def _bounded(seconds: float) -> float:
    return min(max(0.0, seconds), LONGEST)
