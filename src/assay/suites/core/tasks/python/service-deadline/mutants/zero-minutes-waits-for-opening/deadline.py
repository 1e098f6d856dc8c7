"""When a promise like "within «closes - opens - 1» office hours" falls due."""

import re
from datetime import date, datetime, timedelta

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
INTERVAL = re.compile(r"([0-9]{2}):([0-9]{2})-([0-9]{2}):([0-9]{2})")
START = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}")
MIDNIGHT = 24 * 60


def deadline(start: str, minutes: int, week: dict[str, list[str]], holidays: list[str]) -> str:
    """The earliest moment from `start` on by which `minutes` open minutes have passed."""
    if not START.fullmatch(start):
        raise ValueError(f"not a moment: {start!r}")
    begin = datetime.strptime(start, "%Y-%m-%dT%H:%M")
    if minutes < 0:
        raise ValueError("minutes must not be negative")
    hours = opening_hours(week)
    if not any(hours):
        raise ValueError("it never opens")

    closed = set(holidays)
    day, earliest, owed = begin.date(), begin.hour * 60 + begin.minute, minutes
    while True:
        for opens, closes in [] if is_holiday(day, closed) else hours[day.weekday()]:
            opens = max(opens, earliest)
            if owed <= closes - opens:
                moment = datetime.combine(day, datetime.min.time()) + timedelta(minutes=opens + owed)
                return moment.strftime("%Y-%m-%dT%H:%M")
            owed -= max(0, closes - opens)
        day, earliest = day + timedelta(days=1), 0


def opening_hours(week: dict[str, list[str]]) -> list[list[tuple[int, int]]]:
    """For each weekday from Monday: its intervals in minutes of the day, in order, without overlap."""
    unknown = set(week) - set(DAYS)
    if unknown:
        raise ValueError(f"unknown weekdays: {sorted(unknown)}")
    return [union([interval(text) for text in week.get(name, [])]) for name in DAYS]


def interval(text: str) -> tuple[int, int]:
    match = INTERVAL.fullmatch(text)
    if match is None:
        raise ValueError(f"not an interval: {text!r}")
    from_hour, from_minute, to_hour, to_minute = map(int, match.groups())
    opens, closes = from_hour * 60 + from_minute, to_hour * 60 + to_minute
    if from_minute > 59 or to_minute > 59 or not opens < closes <= MIDNIGHT:
        raise ValueError(f"not an interval: {text!r}")
    return opens, closes


def union(intervals: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for opens, closes in sorted(intervals):
        if merged and opens <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], closes))
        else:
            merged.append((opens, closes))
    return merged


def is_holiday(day: date, holidays: set[str]) -> bool:
    return day.isoformat() in holidays or day.strftime("%m-%d") in holidays
