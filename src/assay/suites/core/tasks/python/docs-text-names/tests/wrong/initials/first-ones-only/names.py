import re
import unicodedata


def slug(title, limit=40):
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    words = re.findall("[a-z0-9]+", plain.lower())
    kept = []
    for word in words:
        if len("-".join([*kept, word])) > limit:
            break
        kept.append(word)
    return "-".join(kept) or "untitled"


def numbered(name, taken):
    if name not in taken:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot or not stem:
        stem, ending = name, ""
    number = 2
    while f"{stem}-{number}{dot if ending else ''}{ending}" in taken:
        number += 1
    return f"{stem}-{number}{dot if ending else ''}{ending}"


def initials(name, most=3):
    parts = [part for part in re.split(r"[\s-]+", name) if part]
    letters = [part[0].upper() for part in parts]
    if len(letters) > most:
        letters = letters[:most]
    return "".join(letters)
