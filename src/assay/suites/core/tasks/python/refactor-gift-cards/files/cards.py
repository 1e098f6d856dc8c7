"""Gift cards of a shop: what is on them, and what a purchase leaves. Amounts are in cents."""


def redeem(card, amount, today, partial=False, log=None):
    """Pays `amount` with a card; gives what is left to pay."""
    if log is None:
        log = []
    if card.get("blocked"):
        raise PermissionError(f"card {card['number']} is blocked")
    else:
        if card["expires"] < today:
            raise PermissionError(f"card {card['number']} has expired")
        else:
            if amount <= 0:
                raise ValueError(f"{amount} is no amount")
            else:
                if card["balance"] >= amount:
                    card["balance"] -= amount
                    log.append(f"{card['number']}: -{amount // 100}.{amount % 100:02}")
                    return 0
                else:
                    if partial:
                        if card["balance"] == 0:
                            return amount
                        rest = amount - card["balance"]
                        log.append(f"{card['number']}: -{card['balance'] // 100}.{card['balance'] % 100:02}")
                        card["balance"] = 0
                        return rest
                    else:
                        raise ValueError(f"card {card['number']} has only {card['balance'] // 100}.{card['balance'] % 100:02}")


def charge(card, amount, today, log=None):
    """Puts money on a card, which is then good for three years; gives its balance."""
    if log is None:
        log = []
    if card.get("blocked"):
        raise PermissionError(f"card {card['number']} is blocked")
    else:
        if card["expires"] < today:
            raise PermissionError(f"card {card['number']} has expired")
        else:
            if amount <= 0:
                raise ValueError(f"{amount} is no amount")
            else:
                if card["balance"] + amount > 50000:
                    raise ValueError(f"card {card['number']} takes only {(50000 - card['balance']) // 100}.{(50000 - card['balance']) % 100:02}")
                else:
                    card["balance"] += amount
                    card["expires"] = f"{int(today[:4]) + 3}-12-31"
                    log.append(f"{card['number']}: +{amount // 100}.{amount % 100:02}")
                    return card["balance"]


def checkout(cards, events):
    """Goes through events such as `["pay", "A1", 1250, "2024-05-01"]`, `["split", …]` and `["charge", …]`.

    `cards` is a list of dicts with number, balance, expires, and blocked or not; they are changed. The log is what comes
    back; events that fail stand in it too.
    """
    log = []
    for kind, number, amount, today in events:
        found = None
        for card in cards:
            if card["number"] == number:
                found = card
        if found is None:
            log.append(f"{number}: there is no such card")
            continue
        try:
            if kind == "pay":
                redeem(found, amount, today, log=log)
            elif kind == "split":
                rest = redeem(found, amount, today, True, log)
                if rest > 0:
                    log.append(f"{number}: {rest // 100}.{rest % 100:02} to pay")
            elif kind == "charge":
                charge(found, amount, today, log)
            else:
                log.append(f"{number}: no {kind}")
        except (PermissionError, ValueError) as error:
            log.append(f"{number}: {error}")
    return log
