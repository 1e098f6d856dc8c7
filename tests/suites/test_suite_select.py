"""Parts of a suite: filters that say so when they leave nothing."""

from __future__ import annotations

import re

import pytest

from assay.core.errors import UserError
from assay.core.task import Ask, Suite, Task
from assay.suites.select import select

SUITE = Suite(
    name="s",
    version="1",
    protocol="p",
    tasks=tuple(
        Task(id=f"{language}/{category}", language=language, category=category, difficulty=difficulty, ask=Ask())
        for language, category, difficulty in (
            ("python", "bugfix", "easy"),
            ("python", "generation", "hard"),
            ("go", "bugfix", "hard"),
        )
    ),
)


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        ({}, ["python/bugfix", "python/generation", "go/bugfix"]),
        ({"languages": ["python"]}, ["python/bugfix", "python/generation"]),
        ({"languages": ["python", "go"], "categories": ["bugfix"]}, ["python/bugfix", "go/bugfix"]),
        ({"difficulties": ["hard"]}, ["python/generation", "go/bugfix"]),
        ({"ids": ["*/bugfix"]}, ["python/bugfix", "go/bugfix"]),
        ({"ids": ["go/bugfix", "python/g*"]}, ["python/generation", "go/bugfix"]),
    ],
)
def test_filters(filters: dict[str, list[str]], ids: list[str]) -> None:
    """Each filter narrows; several words of one filter widen it again; the order stays."""
    assert [task.id for task in select(SUITE, **filters).tasks] == ids


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        ({"languages": ["pyhton"]}, "s has no task of language “pyhton”: did you mean “python”?"),
        ({"categories": ["docs"]}, "s has no task of category “docs”: known: bugfix, generation"),
        ({"languages": ["go"], "difficulties": ["easy"]}, "no task of s meets all these filters"),
        ({"ids": ["rust/*"]}, "no task of s meets all these filters (rust/*)"),
    ],
)
def test_nothing_left(filters: dict[str, list[str]], said: str) -> None:
    """A filter that leaves nothing is the user's slip, and is answered with what there is."""
    with pytest.raises(UserError, match=re.escape(said)):
        select(SUITE, **filters)
