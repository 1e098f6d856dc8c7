import itertools
import unittest

from ranges import satisfies

ORDER = [
    "0.0.0",
    "0.9.10",
    "0.10.0",
    "1.0.0-0",
    "1.0.0-2",
    "1.0.0-11",
    "1.0.0-A",
    "1.0.0-Z",
    "1.0.0-a",
    "1.0.0-alpha",
    "1.0.0-alpha.1",
    "1.0.0-alpha.1.0",
    "1.0.0-alpha.beta",
    "1.0.0-alpha-1",
    "1.0.0-beta.2",
    "1.0.0-beta.11",
    "1.0.0-rc.1",
    "1.0.0",
    "1.0.1-x",
    "1.0.1",
    "2.0.0",
    "10.0.0",
]


class Ranges(unittest.TestCase):
    def check(self, wanted, inside=(), outside=()):
        for version in inside:
            self.assertIs(satisfies(version, wanted), True, f"{version} is in {wanted}")
        for version in outside:
            self.assertIs(satisfies(version, wanted), False, f"{version} is not in {wanted}")

    def test_order(self):
        for low, high in itertools.combinations(ORDER, 2):
            self.check(f"<{high}", [low], [high])
            self.check(f"<={low}", [low], [high])
            self.check(f">{low}", [high], [low])
            self.check(f">={high}", [high], [low])

    def test_equal(self):
        for wanted in ("1.2.3", "=1.2.3"):
            self.check(wanted, ["1.2.3"], ["1.2.4", "1.2.2", "1.2.3-a"])
        self.check("1.2.3-a", ["1.2.3-a"], ["1.2.3", "1.2.3-A", "1.2.3-b"])

    def test_tilde(self):
        self.check("~1.2.3", ["1.2.3", "1.2.99", "1.2.4-a"], ["1.2.2", "1.2.3-a", "1.3.0", "1.3.0-a", "2.2.3"])
        self.check(">=1.0.0", [], ["1.2.0-a"])
        self.check("~1.2.3-b", ["1.2.3-b", "1.2.3"], ["1.2.3-a"])

    def test_caret(self):
        self.check("^1.2.3", ["1.2.3", "1.99.0", "1.3.0-a"], ["1.2.2", "1.2.3-a", "2.0.0", "2.0.0-a", "0.2.3"])
        self.check("^0.2.3", ["0.2.3", "0.2.9"], ["0.2.2", "0.3.0", "0.3.0-a", "1.2.3"])
        self.check("^0.0.3", ["0.0.3"], ["0.0.2", "0.0.4", "0.0.3-a", "0.0.4-a"])
        self.check("^0.0.3-b", ["0.0.3-b", "0.0.3-c", "0.0.3"], ["0.0.3-a"])
        self.check("^0.0.0", ["0.0.0"], ["0.0.1", "0.1.0", "0.0.0-a"])

    def test_conditions_and_alternatives(self):
        self.check(">=1.0.0 <2.0.0", ["1.0.0", "1.9.9"], ["0.9.9", "2.0.0"])
        self.check("  >1.0.0\t<=1.2.0  ", ["1.1.0", "1.2.0"], ["1.0.0", "1.2.1"])
        for either in ("1.0.0||>=3.0.0 <4.0.0", "1.0.0 || >=3.0.0 <4.0.0"):
            self.check(either, ["1.0.0", "3.5.0"], ["1.0.1", "4.0.0", "2.0.0"])

    def test_no_versions(self):
        bad = "", "1", "1.2", "1.2.3.4", "01.2.3", "1.02.3", "1.2.03", "v1.2.3", "1.2.3-", "1.2.3-a..b", "1.2.3-01"
        for text in (*bad, "1.2.3+b", " 1.2.3", "1.2.3 ", "1.2.-3", "1.2.3-a_b", "a.b.c"):
            with self.subTest(text), self.assertRaises(ValueError):
                satisfies(text, "1.2.3")

    def test_no_ranges(self):
        bad = "", "  ", "||", "1.2.3 ||", "|| 1.2.3", "1.2.3 || || 1.2.3", "> 1.2.3", "^", "~1.2", "=>1.2.3", "1.2.x"
        for text in (*bad, "1.2.3 || nonsense", "2.0.0 nonsense", "1.2.3 | 2.0.0", "1.2.3,2.0.0", "!1.2.3"):
            with self.subTest(text), self.assertRaises(ValueError):
                satisfies("1.2.3", text)
