"""The tasks of the built-in suite prove themselves: each day another part of them, and all of them on demand."""

from __future__ import annotations

import datetime

import pytest

from assay.suites.parts import Part
from assay.wiring.checking import check_suite

PARTS = 30


def today() -> Part:
    """Another part each day, so that a month sees all."""
    return Part(datetime.date.today().toordinal() % PARTS + 1, PARTS)


async def faults(part: Part | None) -> list[str]:
    checked = await check_suite("core", languages=[], categories=[], ids=[], part=part)
    return [str(finding) for finding in checked.findings]


@pytest.mark.slow
@pytest.mark.timeout(600)
async def test_the_part_of_the_day() -> None:
    """Solutions pass, and everything that must not pass does not; `assay tasks check --part` shows it again."""
    part = today()
    assert await faults(part) == [], f"--part {part.number}/{part.of}"


@pytest.mark.long
@pytest.mark.timeout(4 * 3600)
async def test_all_of_them() -> None:
    """The same for all tasks."""
    assert await faults(None) == []
