import functools
import operator
import string

OPERATORS = {"<=": operator.le, ">=": operator.ge, "<": operator.lt, ">": operator.gt, "=": operator.eq}
LETTERS = set(string.ascii_letters + string.digits + "-")


def _number(text):
    if not (text.isascii() and text.isdecimal()) or str(int(text)) != text:
        raise ValueError(text)
    return int(text)


@functools.total_ordering
class Version:
    def __init__(self, text):
        core, hyphen, pre = text.partition("-")
        pieces = core.split(".")
        if len(pieces) != 3:
            raise ValueError(text)
        self.core = [_number(piece) for piece in pieces]
        self.pre = pre.split(".") if hyphen else None
        for part in self.pre or ():
            if not part or not LETTERS.issuperset(part):
                raise ValueError(text)
            if part.isdecimal():
                _number(part)

    def __eq__(self, other):
        return (self.core, self.pre) == (other.core, other.pre)

    def __lt__(self, other):
        if self.core != other.core:
            return self.core < other.core
        if self.pre is None or other.pre is None:
            return self.pre is None and other.pre is not None
        for mine, its in zip(self.pre, other.pre):
            if mine != its:
                if mine.isdecimal() and its.isdecimal():
                    return int(mine) < int(its)
                return mine < its if mine.isdecimal() == its.isdecimal() else mine.isdecimal()
        return len(self.pre) < len(other.pre)


class Condition:
    def __init__(self, word):
        self.same = 0
        if word[0] in "~^":
            self.bound = Version(word[1:])
            self.compare = operator.ge
            self.same = 2
            if word[0] == "^":
                core = self.bound.core
                self.same = 1 if core[0] else 2 if core[1] else 3
            return
        sign = next((sign for sign in OPERATORS if word.startswith(sign)), "")
        self.bound = Version(word.removeprefix(sign))
        self.compare = OPERATORS[sign or "="]

    def __call__(self, version):
        return self.compare(version, self.bound) and version.core[: self.same] == self.bound.core[: self.same]


def satisfies(version: str, wanted: str) -> bool:
    candidate = Version(version)
    met = False
    for alternative in wanted.split("||"):
        conditions = [Condition(word) for word in alternative.split()]
        if not conditions:
            raise ValueError(wanted)
        met = met or all(condition(candidate) for condition in conditions)
    return met
