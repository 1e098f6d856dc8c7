"""How many bytes a size is."""

from fractions import Fraction

DIGITS = frozenset("0123456789")
POWERS = (("kib", 1024, 1), ("mib", 1024, 2), ("gib", 1024, 3), ("kb", 1024, 1), ("mb", 1000, 2), ("gb", 1000, 3))


def _factor(text):
    for unit, base, power in POWERS:
        if text.endswith(unit):
            return text[: -len(unit)], base**power
    return text.removesuffix("b"), 1


def parse_size(text: str) -> int:
    text = text.strip()
    number, factor = _factor(text.lower() if text.isascii() else "")
    pieces = number.rstrip().split(".")
    if len(pieces) > 2 or not all(piece and DIGITS.issuperset(piece) for piece in pieces):
        raise ValueError("a size is a number and a unit")
    return int(Fraction(".".join(pieces)) * factor)
