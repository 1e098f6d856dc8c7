"""Amounts of money as a German bank writes them."""

import re

AMOUNT = re.compile(r"(?P<sign>[+-]?)(?P<euros>[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,(?P<cents>[0-9]{1,2}))?(?P<side>-| ?[SH])?")


def to_cents(text: str) -> int:
    """`text`, such as "1.234,56", "12,5-" or "7 S", in cents; what leaves the account is negative."""
    match = AMOUNT.fullmatch(text.strip(" "))
    if match is None or (match["sign"] and match["side"]):
        raise ValueError(f"no amount: {text!r}")
    cents = int(match["euros"].replace(".", "")) * 100 + int((match["cents"] or "0").ljust(2, "0"))
    leaves = "-" in (match["sign"], match["side"]) or (match["side"] or "").endswith("S")
    return -cents if leaves else cents
