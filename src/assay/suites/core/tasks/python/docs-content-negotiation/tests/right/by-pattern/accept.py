import re

_NUMBER = re.compile(r"(?:0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)")


def _read(part):
    pieces = [piece.strip().lower() for piece in part.split(";")]
    kind, slash, subtype = pieces[0].partition("/")
    if not kind or not subtype or (kind, subtype != "*") == ("*", True):
        return None
    given = [value.strip() for key, _, value in (piece.partition("=") for piece in pieces[1:]) if key.strip() == "q"]
    if given and not _NUMBER.fullmatch(given[-1]):
        return None
    return kind, subtype, float(given[-1]) if given else 1.0


def parse_accept(header):
    return [found for found in map(_read, header.split(",")) if found]


def quality_of(media, ranges):
    kind, _, subtype = media.lower().partition("/")
    for pattern in ((kind, subtype), (kind, "*"), ("*", "*")):
        fitting = [one[2] for one in ranges if (one[0], one[1]) == pattern]
        if fitting:
            return max(fitting)
    return 0.0


def choose(available, header, default=None):
    ranges = parse_accept(header) if header.strip() else [("*", "*", 1.0)]
    liked = sorted(available, key=lambda media: -quality_of(media, ranges))
    return liked[0] if liked and quality_of(liked[0], ranges) > 0 else default
