"""Amounts of money as people write them, `-12,50`, and as whole cents."""


def parse_amount(text):
    """Whole cents; ValueError for anything else."""
    digits = text.removeprefix("-")
    euros, _, cents = digits.partition(",")
    if not (euros.isdecimal() and cents.isdecimal() and cents):
        raise ValueError(f"no amount: {text}")
    value = int(euros) * 100 + int(cents)
    return -value if text.startswith("-") else value


def format_amount(cents):
    """What `parse_amount` reads back."""
    euros, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{euros},{rest:02}"
