import unittest

from ranges import satisfies


class Ranges(unittest.TestCase):
    def test_signs(self):
        self.assertTrue(satisfies("1.2.3", "1.2.3"))
        self.assertTrue(satisfies("1.2.3", ">=1.2.3"))
        self.assertTrue(satisfies("1.2.3", "<=1.2.3"))
        self.assertFalse(satisfies("1.2.3", ">1.2.3"))
        self.assertFalse(satisfies("1.2.3", "<1.2.3"))

    def test_tilde_and_caret(self):
        self.assertTrue(satisfies("1.2.9", "~1.2.3"))
        self.assertFalse(satisfies("1.3.0", "~1.2.3"))
        self.assertTrue(satisfies("1.3.0", "^1.2.3"))
        self.assertFalse(satisfies("2.0.0", "^1.2.3"))
        self.assertFalse(satisfies("0.3.0", "^0.2.3"))

    def test_alternatives(self):
        self.assertTrue(satisfies("3.0.0", "1.0.0 || 3.0.0"))
        self.assertFalse(satisfies("2.0.0", ">=1.0.0 <2.0.0"))

    def test_errors(self):
        for version, wanted in (("1.2", "1.2.3"), ("1.2.3", ""), ("01.2.3", "1.2.3")):
            with self.assertRaises(ValueError):
                satisfies(version, wanted)
