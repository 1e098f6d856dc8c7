import unittest

from sizes import parse_size


class Sizes(unittest.TestCase):
    def test_units(self):
        for text, size in {
            "0": 0,
            "12": 12,
            "12B": 12,
            "3 kB": 3000,
            "3 KiB": 3072,
            "2MB": 2_000_000,
            "2MiB": 2_097_152,
            "1 GB": 1_000_000_000,
            "1 GiB": 1_073_741_824,
        }.items():
            with self.subTest(text):
                self.assertEqual(parse_size(text), size)

    def test_letters_of_any_size(self):
        for text in ("1kib", "1KIB", "1Kib", "1 kiB"):
            self.assertEqual(parse_size(text), 1024)

    def test_white_space(self):
        self.assertEqual(parse_size("  7   MB\n"), 7_000_000)

    def test_parts_are_exact_and_cut(self):
        for text, size in {"0.5 kB": 500, "1.5 KiB": 1536, "0.9999 kB": 999, "1.9": 1, "0.29 kB": 290}.items():
            self.assertEqual(parse_size(text), size, text)

    def test_an_int_comes_back(self):
        self.assertIs(type(parse_size("1.5 kB")), int)

    def test_errors(self):
        for text in ("", "   ", "kB", "1 KB", "1 XB", "1 TB", "-1", "+1 kB", "1.", ".5", "1. kB", "1.5.2", "1 kB 2", "1,5 kB"):
            with self.subTest(text), self.assertRaises(ValueError):
                parse_size(text)
