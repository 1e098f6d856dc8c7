import itertools
import string
import unicodedata

_LETTERS = set(string.ascii_lowercase + string.digits)


def slug(title, limit=40):
    letters = unicodedata.normalize("NFKD", title)
    letters = "".join(letter for letter in letters if letter.isascii()).lower()
    words = "".join(letter if letter in _LETTERS else " " for letter in letters).split()
    lengths = itertools.accumulate(len(word) + 1 for word in words)
    fits = sum(1 for length in itertools.takewhile(lambda length: length - 1 <= limit, lengths))
    return "-".join(words[:fits]) if fits else "untitled"


def _with_number(name, number):
    at = name.rfind(".")
    if at <= 0:
        return f"{name}-{number}"
    ending = name[at:]
    return f"{name[:at]}-{number}{ending if len(ending) > 1 else ''}"


def numbered(name, taken):
    candidates = itertools.chain([name], (_with_number(name, number) for number in itertools.count(2)))
    return next(candidate for candidate in candidates if candidate not in taken)


def initials(name, most=3):
    parts = name.replace("-", " ").split()
    if len(parts) > most:
        parts[most - 1 : -1] = []
    return "".join(part[:1].upper() for part in parts)
