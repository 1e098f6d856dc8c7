def parse_accept(header):
    """The ranges of a header `Accept` in their order, each as kind, subtype and quality, in small letters.

    The quality is 1 unless said; other parameters are left out. What is no range, or has a quality that is
    no number from 0 to 1 with three digits behind the point at most, is left out too.

    >>> parse_accept("Text/HTML, application/*;v=1;q=0.5, */*; q = 0")
    [('text', 'html', 1.0), ('application', '*', 0.5), ('*', '*', 0.0)]
    >>> parse_accept("html, */html, text/;q=1, text/css;q=2, text/css;q=0.1234, text/css;q=x, text/csv;q=1.000")
    [('text', 'csv', 1.0)]
    >>> parse_accept("")
    []
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
    """The quality of a media type.

    >>> len(quality_of.__code__.co_varnames), quality_of("a/b", [])
    (10, 0.0)
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
