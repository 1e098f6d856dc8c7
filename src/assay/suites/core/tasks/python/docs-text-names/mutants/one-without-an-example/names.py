import re
import unicodedata


def slug(title, limit=40):
    """A title as the last part of an address: small ASCII letters and digits, words joined by hyphens.

    Accents are taken off, and everything else separates words. Whole words are left out at the end, so
    that there are at most `limit` characters. A title without a word becomes “untitled”.

    >>> slug("Crème brûlée, for 2!")
    'creme-brulee-for-2'
    >>> slug("one two three", limit=7)
    'one-two'
    >>> slug("one two three", limit=6)
    'one'
    >>> slug("???")
    'untitled'
    """
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    words = re.findall("[a-z0-9]+", plain.lower())
    kept = []
    for word in words:
        if len("-".join([*kept, word])) > limit:
            break
        kept.append(word)
    return "-".join(kept) or "untitled"


def numbered(name, taken):
    """A name that is not taken: `name` itself, or with the first free number from 2 on before its ending.

    >>> numbered("report.pdf", {"other.pdf"})
    'report.pdf'
    >>> numbered("report.pdf", {"report.pdf", "report-2.pdf"})
    'report-3.pdf'
    >>> numbered("report", {"report"})
    'report-2'
    >>> numbered(".profile", {".profile"})
    '.profile-2'
    """
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
    """The first letters of the parts of a name, as capitals."""
    parts = [part for part in re.split(r"[\s-]+", name) if part]
    letters = [part[0].upper() for part in parts]
    if len(letters) > most:
        letters = [*letters[: most - 1], letters[-1]]
    return "".join(letters)
