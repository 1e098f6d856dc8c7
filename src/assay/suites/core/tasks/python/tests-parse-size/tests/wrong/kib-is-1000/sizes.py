"""Reads sizes, letter by letter."""


class _Reader:
    def __init__(self, text):
        self.text = text
        self.at = 0

    def digits(self):
        start = self.at
        while self.at < len(self.text) and self.text[self.at] in "0123456789":
            self.at += 1
        if start == self.at:
            raise ValueError(f"digits are missing at {start}")
        return self.text[start : self.at]

    def takes(self, letter):
        found = self.text[self.at : self.at + 1] == letter
        self.at += found
        return found


def parse_size(text: str) -> int:
    reader = _Reader(text.strip() if text.isascii() else "")
    numerator, denominator = int(reader.digits()), 1
    if reader.takes("."):
        digits = reader.digits()
        denominator = 10 ** len(digits)
        numerator = numerator * denominator + int(digits)
    unit = reader.text[reader.at :].lstrip().upper()
    if unit in ("", "B"):
        return numerator // denominator
    prefix, rest = unit[0], unit[1:]
    if prefix not in "KMG" or rest not in ("B", "IB"):
        raise ValueError(f"{unit} is no unit")
    base = 1024 if rest == "IB" and prefix != "K" else 1000
    return numerator * base ** ("KMG".index(prefix) + 1) // denominator
