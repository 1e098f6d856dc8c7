"""Ranges of semantic versions."""

import re

_NUMBER = "(0|[1-9][0-9]*)"
_VERSION = re.compile(rf"{_NUMBER}\.{_NUMBER}\.{_NUMBER}(?:-([0-9A-Za-z.-]+))?")
_CONDITION = re.compile(r"(<=|>=|<|>|=|~|\^|)(.*)", re.DOTALL)


def satisfies(version: str, wanted: str) -> bool:
    """Whether `version` is in the range `wanted`."""
    key = _key(version)
    alternatives = [_alternative(text) for text in wanted.split("||")]
    return any(all(_meets(key, sign, bound) for sign, bound in conditions) for conditions in alternatives)


def _key(text):
    """What versions are ordered by."""
    match = _VERSION.fullmatch(text)
    if match is None:
        raise ValueError(f"no version: {text!r}")
    numbers = tuple(int(match[n]) for n in (1, 2, 3))
    if match[4] is None:
        return numbers, (1,)
    [_identifier(part, text) for part in match[4].split(".")]
    return numbers, (1,)


def _identifier(part, text):
    if not part or (part.isdigit() and part != "0" and part.startswith("0")):
        raise ValueError(f"no pre-release: {text!r}")
    return (0, int(part), "") if part.isdigit() else (1, 0, part)


def _alternative(text):
    conditions = [_CONDITION.fullmatch(word).groups() for word in text.split()]
    if not conditions:
        raise ValueError("an alternative is empty")
    return [(sign, _key(bound)) for sign, bound in conditions]


def _meets(key, sign, bound):
    if sign == "<":
        return key < bound
    if sign == "<=":
        return key <= bound
    if sign == ">":
        return key > bound
    if sign == ">=":
        return key >= bound
    if sign == "~":
        return key >= bound and key[0][:2] == bound[0][:2]
    if sign == "^":
        first = next((n for n, number in enumerate(bound[0]) if number), 2)
        return key >= bound and key[0][: first + 1] == bound[0][: first + 1]
    return key == bound
