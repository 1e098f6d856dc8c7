"""Amounts of money as people write them, `12,50`, and as whole cents."""


def parse_amount(text):
    """Whole cents; ValueError for anything else."""
    euros, _, cents = text.partition(",")
    if not (euros.isdecimal() and cents.isdecimal() and len(cents) == 2):
        raise ValueError(f"no amount: {text}")
    return int(euros) * 100 + int(cents)


def format_amount(cents):
    """What `parse_amount` reads back, with a sign where it needs one."""
    euros, rest = divmod(abs(cents), 100)
    return f"{'-' if cents < 0 else ''}{euros},{rest:02}"
