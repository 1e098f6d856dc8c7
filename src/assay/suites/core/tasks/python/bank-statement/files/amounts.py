"""Amounts of money as a German bank writes them."""


def to_cents(text: str) -> int:
    """`text`, such as "1.234,56", "12,5-" or "7 S", in cents; what leaves the account is negative."""
    number = text.strip("+-SH ").replace(".", "").replace(",", ".")
    cents = int(float(number) * 100)
    return -cents if "-" in text else cents
