"""Takes card numbers out of what support staff write down."""

import re


def redact(text: str) -> tuple[str, int]:
    """`text` with all but the last four digits of each card number replaced by `*`, and how many numbers there were."""
    # <-- to be written


def has_valid_checksum(digits: str) -> bool:
    """Whether the last digit fits the others, as it does in every card number."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def redact_lines(lines: list[str]) -> dict:
    """A whole log, and a count for the audit."""
    redacted = [redact(line) for line in lines]
    return {"lines": [text for text, _ in redacted], "found": sum(count for _, count in redacted)}
