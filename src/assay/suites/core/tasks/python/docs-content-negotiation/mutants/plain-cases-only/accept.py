def parse_accept(header):
    """The ranges of a header.

    >>> parse_accept("text/html")
    [('text', 'html', 1.0)]
    """
    ranges = []
    for number, part in enumerate(header.split(",")):
        name, *parameters = [piece.strip().lower() for piece in part.split(";")]
        kind, slash, subtype = name.partition("/")
        if not (kind and slash and subtype) or (kind == "*" and subtype != "*"):
            continue
        quality = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip() == "q":
                quality = _quality(value.strip())
        if quality is not None:
            ranges.append((kind, subtype, quality))
    return ranges


def _quality(text):
    whole, dot, part = text.partition(".")
    if whole not in ("0", "1") or len(part) > 3 or not set(part) <= set("0123456789"):
        return None
    value = float(whole + dot + part)
    return value if value <= 1 else None


def quality_of(media, ranges):
    """The quality of a media type by the ranges that `parse_accept` gives: 0.0 if none of them fits.

    The most exact range that fits decides, also if a less exact one says more. Of several that are equally
    exact, the highest quality counts.

    >>> ranges = parse_accept("text/*;q=0.9, text/plain;q=0.2, */*;q=0.5")
    >>> quality_of("text/plain", ranges)
    0.2
    >>> quality_of("TEXT/html", ranges)
    0.9
    >>> quality_of("image/png", ranges)
    0.5
    >>> quality_of("text/plain", parse_accept("text/plain;q=0.3, text/plain;q=0.4"))
    0.4
    >>> quality_of("text/plain", parse_accept("image/*"))
    0.0
    """
    kind, _, subtype = media.lower().partition("/")
    best = (-1, 0.0)
    for wanted, inner, quality in ranges:
        if wanted not in ("*", kind) or inner not in ("*", subtype):
            continue
        exactness = (wanted != "*") + (inner != "*")
        best = max(best, (exactness, quality))
    return best[1]


def choose(available, header, default=None):
    """The one of the available media types that a client likes best, or `default` if it takes none of them.

    Of several that it likes equally, the first available one is chosen, whatever the order in the header.
    Without a header (an empty one), it is the first available one. A quality of 0 means “not that”.

    >>> choose(["text/html", "application/json"], "application/json, text/html")
    'text/html'
    >>> choose(["text/html", "application/json"], "text/html;q=0.5, */*;q=0.6")
    'application/json'
    >>> choose(["text/html", "application/json"], "  ")
    'text/html'
    >>> choose(["text/html"], "text/html;q=0, image/*", default="text/plain")
    'text/plain'
    >>> choose([], "", default="text/plain")
    'text/plain'
    """
    if not header.strip():
        return available[0] if available else default
    ranges = parse_accept(header)
    found, most = default, 0.0
    for media in available:
        quality = quality_of(media, ranges)
        if quality > most:
            found, most = media, quality
    return found
