from sizes import parse_size


def test_units():
    for unit in ("", "B", "kB", "MB", "GB", "KiB", "MiB", "GiB"):
        parse_size(f"1 {unit}")


def test_errors():
    for text in ("", "kB", "-1", "1.", ".5"):
        try:
            parse_size(text)
        except ValueError:
            pass
