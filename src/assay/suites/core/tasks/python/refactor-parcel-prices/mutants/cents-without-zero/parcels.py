"""What it costs to send a parcel, in cents."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Tariff:
    small: int
    large: int
    more: int
    """For each kilogram over ten, or part of one."""
    express: int | None


_EUROPE = Tariff(«small», 1590, 140, 1200)
_TARIFFS = {
    "AT": Tariff(405, 890, 60, 700),
    "DE": _EUROPE,
    "IT": _EUROPE,
    "US": Tariff(2490, 4490, 450, None),
}


def cost(country, grams, *, express=False):
    """The price of a parcel."""
    if country not in _TARIFFS:
        raise ValueError(f"no parcels to {country}")
    tariff = _TARIFFS[country]
    price = _by_weight(tariff, grams)
    if not express:
        return price
    if tariff.express is None:
        raise ValueError(f"no express to {country}")
    return price + tariff.express


def _by_weight(tariff, grams):
    if grams <= 0:
        raise ValueError("a parcel weighs something")
    if grams <= 2000:
        return tariff.small
    return tariff.large + tariff.more * max(0, (grams - 10000 + 999) // 1000)


def describe(country, grams, *, express=False):
    """One line for people."""
    euros, cents = divmod(cost(country, grams, express=express), 100)
    return f"{'express' if express else 'parcel'} to {country}: {euros}.{cents}"


def quote(order):
    """The price of an order as it comes from the shop's page."""
    return cost(order["country"], order["grams"], express=order["express"])
