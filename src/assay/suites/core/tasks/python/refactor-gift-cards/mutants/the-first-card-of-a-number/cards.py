"""Gift cards of a shop: what is on them, and what a purchase leaves. Amounts are in cents."""

MOST = 50000
YEARS = 3


def redeem(card, amount, today, *, partial=False, log=None):
    """Pays `amount` with a card; gives what is left to pay."""
    _check(card, amount, today)
    paid = min(amount, card["balance"])
    if paid < amount and not partial:
        raise ValueError(f"card {card['number']} has only {_euros(card['balance'])}")
    if paid:
        card["balance"] -= paid
        _note(log, card, f"-{_euros(paid)}")
    return amount - paid


def charge(card, amount, today, *, log=None):
    """Puts money on a card, which is then good for three years; gives its balance."""
    _check(card, amount, today)
    room = MOST - card["balance"]
    if amount > room:
        raise ValueError(f"card {card['number']} takes only {_euros(room)}")
    card["balance"] += amount
    card["expires"] = f"{int(today[:4]) + YEARS}-12-31"
    _note(log, card, f"+{_euros(amount)}")
    return card["balance"]


def checkout(cards, events):
    """Goes through events such as `["pay", "A1", 1250, "2024-05-01"]`, `["split", …]` and `["charge", …]`.

    `cards` is a list of dicts with number, balance, expires, and blocked or not; they are changed. The log is what comes
    back; events that fail stand in it too.
    """
    by_number = {card["number"]: card for card in reversed(cards)}
    log = []
    for kind, number, amount, today in events:
        if number not in by_number:
            log.append(f"{number}: there is no such card")
        elif kind not in _EVENTS:
            log.append(f"{number}: no {kind}")
        else:
            try:
                _EVENTS[kind](by_number[number], amount, today, log)
            except (PermissionError, ValueError) as error:
                log.append(f"{number}: {error}")
    return log


def _pay(card, amount, today, log):
    redeem(card, amount, today, log=log)


def _split(card, amount, today, log):
    rest = redeem(card, amount, today, partial=True, log=log)
    if rest > 0:
        _note(log, card, f"{_euros(rest)} to pay")


def _charge(card, amount, today, log):
    charge(card, amount, today, log=log)


_EVENTS = {"pay": _pay, "split": _split, "charge": _charge}


def _check(card, amount, today):
    if card.get("blocked"):
        raise PermissionError(f"card {card['number']} is blocked")
    if card["expires"] < today:
        raise PermissionError(f"card {card['number']} has expired")
    if amount <= 0:
        raise ValueError(f"{amount} is no amount")


def _note(log, card, text):
    if log is not None:
        log.append(f"{card['number']}: {text}")


def _euros(cents):
    return f"{cents // 100}.{cents % 100:02}"
