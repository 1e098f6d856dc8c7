"""What it costs to send a parcel, in cents."""


def cost(country, grams, *, express=False):
    if country == "AT":
        if grams <= 0:
            raise ValueError("a parcel weighs something")
        if grams <= 2000:
            price = 405
        elif grams <= 10000:
            price = 890
        else:
            price = 890 + 60 * ((grams - 10000 + 999) // 1000)
        if express:
            price = price + 700
        return price
    elif country == "DE" or country == "IT":
        if grams <= 0:
            raise ValueError("a parcel weighs something")
        if grams <= 2000:
            price = «small»
        elif grams <= 10000:
            price = 1590
        else:
            price = 1590 + 140 * ((grams - 10000 + 999) // 1000)
        if express:
            price = price + 1200
        return price
    elif country == "US":
        if grams <= 0:
            raise ValueError("a parcel weighs something")
        if grams <= 2000:
            price = 2490
        elif grams <= 10000:
            price = 4490
        else:
            price = 4490 + 450 * ((grams - 10000 + 999) // 1000)
        if express:
            raise ValueError("no express to US")
        return price
    else:
        raise ValueError("no parcels to " + country)


def describe(country, grams, *, express=False):
    cents = cost(country, grams, express=express)
    if express:
        return "express to " + country + ": " + str(cents // 100) + "." + str(cents % 100).zfill(2)
    return "parcel to " + country + ": " + str(cents // 100) + "." + str(cents % 100).zfill(2)


def quote(order):
    """The price of an order as it comes from the shop's page."""
    return cost(order["country"], order["grams"], express=order["express"])
