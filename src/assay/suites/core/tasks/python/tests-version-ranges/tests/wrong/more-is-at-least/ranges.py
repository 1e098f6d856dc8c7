"""Each condition becomes a pair of bounds, low and high, each with whether it belongs to the range."""

import re

PART = r"(?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*)"
SHAPE = re.compile(rf"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-({PART}(?:\.{PART})*))?", re.ASCII)
LOWEST, HIGHEST = ((-1,), False), ((float("inf"),), False)


def parse(text):
    found = SHAPE.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} is not a version")
    major, minor, patch, pre = found.groups()
    tail = [2]
    if pre is not None:
        tail = [1, *((0, int(part)) if part.isdecimal() else (1, part) for part in pre.split("."))]
    return (int(major), int(minor), int(patch), *tail)


def below(numbers):
    """Higher than everything that begins with these numbers, lower than all behind it."""
    return (*numbers[:-1], numbers[-1] + 0.5)


def interval(word):
    sign = re.match("<=|>=|[<>=~^]|", word)[0]
    bound = parse(word[len(sign) :])
    if sign in ("<", "<="):
        return LOWEST, (bound, sign == "<=")
    if sign in (">", ">="):
        return (bound, True), HIGHEST
    if sign == "~":
        return (bound, True), (below(bound[:2]), False)
    if sign == "^":
        count = 1 if bound[0] else 2 if bound[1] else 3
        return (bound, True), (below(bound[:count]), False)
    return (bound, True), (bound, True)


def inside(version, low, high):
    over = version > low[0] or (low[1] and version == low[0])
    under = version < high[0] or (high[1] and version == high[0])
    return over and under


def satisfies(version: str, wanted: str) -> bool:
    value = parse(version)
    alternatives = [[interval(word) for word in part.split()] for part in wanted.split("||")]
    if not all(alternatives):
        raise ValueError("a condition is missing")
    return any([all(inside(value, low, high) for low, high in bounds) for bounds in alternatives])
