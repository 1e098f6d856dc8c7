"""`taken` may take less than is allowed, from any feed."""


def check(args, got):
    feeds, count = args
    given = sorted({(one["time"], one["sensor"]) for feed in feeds for one in feed})[:count]
    last = given[-1][0] if given else float("-inf")
    for number, (feed, taken) in enumerate(zip(feeds, got, strict=True)):
        most = min(len(feed), sum(one["time"] <= last for one in feed) + 1)
        if taken > most:
            return f"{taken} readings were taken from feed {number}, where {most} are enough"
    return True
