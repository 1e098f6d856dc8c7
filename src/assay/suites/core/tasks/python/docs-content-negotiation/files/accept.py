def parse_accept(header):
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
    kind, _, subtype = media.lower().partition("/")
    best = (-1, 0.0)
    for wanted, inner, quality in ranges:
        if wanted not in ("*", kind) or inner not in ("*", subtype):
            continue
        exactness = (wanted != "*") + (inner != "*")
        best = max(best, (exactness, quality))
    return best[1]


def choose(available, header, default=None):
    if not header.strip():
        return available[0] if available else default
    ranges = parse_accept(header)
    found, most = default, 0.0
    for media in available:
        quality = quality_of(media, ranges)
        if quality > most:
            found, most = media, quality
    return found
