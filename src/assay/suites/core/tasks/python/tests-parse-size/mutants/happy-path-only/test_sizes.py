from sizes import parse_size


def test_sizes():
    assert parse_size("12") == 12
    assert parse_size("3 kB") == 3000
    assert parse_size("3 KiB") == 3072
    assert parse_size("1.5 MB") == 1_500_000
