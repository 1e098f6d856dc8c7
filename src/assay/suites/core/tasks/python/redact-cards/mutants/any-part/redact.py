"""Takes card numbers out of what support staff write down."""

import re

RUN = re.compile(r"[0-9](?:[ -]?[0-9]){12,18}")
SHORTEST, LONGEST, SHOWN = 13, 19, 4


def redact(text: str) -> tuple[str, int]:
    """`text` with all but the last four digits of each card number replaced by `*`, and how many numbers there were."""
    found = 0

    def hidden(run: re.Match[str]) -> str:
        nonlocal found
        digits = re.sub("[ -]", "", run[0])
        if not SHORTEST <= len(digits) <= LONGEST or not has_valid_checksum(digits):
            return run[0]
        found += 1
        # Digits that are followed by at least four others, whatever stands between them.
        return re.sub(rf"[0-9](?=(?:[ -]?[0-9]){{{SHOWN}}})", "*", run[0])

    return RUN.sub(hidden, text), found


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
