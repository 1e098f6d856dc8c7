"""Parts of a suite: what K/N means."""

from __future__ import annotations

import pytest

from assay.core.errors import UserError
from assay.suites.parts import Part, parse_part

IDS = [f"python/{name}-{number}" for name in ("a", "b", "c") for number in range(100)]


@pytest.mark.parametrize("of", [1, 2, 7, 30])
def test_each_task_is_in_one_part(of: int) -> None:
    """The parts are about as large as each other, and none is left out or in two."""
    sizes = [sum(Part(number, of).holds(one) for one in IDS) for number in range(1, of + 1)]
    assert sum(sizes) == len(IDS)
    assert min(sizes) > 0
    assert all(sum(Part(number, of).holds(one) for number in range(1, of + 1)) == 1 for one in IDS)


def test_a_task_stays_in_its_part() -> None:
    """Whatever else there is, on every machine and in every release."""
    assert [one for one in IDS[:40] if parse_part("2/9").holds(one)] == [
        "python/a-0",
        "python/a-8",
        "python/a-9",
        "python/a-26",
        "python/a-29",
        "python/a-30",
        "python/a-32",
        "python/a-37",
    ]


@pytest.mark.parametrize("text", ["", "2", "0/3", "4/3", "1/0", "-1/3", "1/3/5", "a/b", "1/", "/3", "٢/٣", "1/9999999"])
def test_what_is_no_part(text: str) -> None:
    """It is said how to write it."""
    with pytest.raises(UserError, match="write K/N, such as 2/7"):
        parse_part(text)
