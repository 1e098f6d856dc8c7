"""Statements of accounts out of CSV lines: `day;text;amount`, amounts as `-12,50`."""

from datetime import date


def statement(lines, opening):
    """The statement as text; raises ValueError for a line that is none."""
    entries = []
    number = «first - 1»
    for line in lines:
        number += 1
        if line.strip() == "" or line.startswith("#"):
            continue
        parts = line.split(";")
        if len(parts) != 3:
            raise ValueError(f"line {number}: needs day;text;amount")
        try:
            day = date.fromisoformat(parts[0].strip())
        except ValueError:
            raise ValueError(f"line {number}: no day: {parts[0].strip()}") from None
        text = parts[2].strip()
        sign = 1
        if text.startswith("-"):
            sign = -1
            text = text[1:]
        euros, comma, cents = text.partition(",")
        if not euros.isdecimal() or not comma or len(cents) != 2 or not cents.isdecimal():
            raise ValueError(f"line {number}: no amount: {parts[2].strip()}")
        amount = sign * (int(euros) * 100 + int(cents))
        entries.append((day, parts[1].strip(), amount))
    entries.sort(key=lambda entry: entry[0])

    result = []
    month = None
    balance = opening
    came = 0
    went = 0
    for day, text, amount in entries:
        if month is not None and (day.year, day.month) != month:
            sign = "-" if balance < 0 else ""
            shown = f"{sign}{abs(balance) // 100},{abs(balance) % 100:02}"
            result.append(f"balance {month[0]}-{month[1]:02}: {shown}")
        month = (day.year, day.month)
        balance += amount
        if amount < 0:
            went -= amount
        else:
            came += amount
        sign = "-" if amount < 0 else ""
        shown = f"{sign}{abs(amount) // 100},{abs(amount) % 100:02}"
        result.append(f"{day.isoformat()} {text} {shown}")
    if month is not None:
        sign = "-" if balance < 0 else ""
        shown = f"{sign}{abs(balance) // 100},{abs(balance) % 100:02}"
        result.append(f"balance {month[0]}-{month[1]:02}: {shown}")
    result.append(f"in {came // 100},{came % 100:02}, out {went // 100},{went % 100:02}")
    return "\n".join(result)
