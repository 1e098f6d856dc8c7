"""The reviews of the built-in suite prove themselves; no program runs for it, so it needs no toolchain."""

from __future__ import annotations

from collections import Counter

import pytest
from test_check_tasks import NoJudge

from assay.authoring.check import check_tasks
from assay.core.task import Suite
from assay.graders.by_task import ByTaskGrader
from assay.suites import load
from assay.suites.select import select
from assay.suites.task_toml import LANGUAGES


class AnyLanguage(NoJudge):
    """Needs nothing to be installed, and runs nothing."""

    def supports(self, language: str) -> str:
        return ""


@pytest.fixture(scope="module")
def reviews() -> Suite:
    return select(load("core"), categories=["review"])


async def test_each_review_proves_itself(reviews: Suite) -> None:
    """The stored findings pass; an empty list, a flood, decoys, wrong kinds and wrong lines do not."""
    assert await check_tasks(reviews, AnyLanguage(), ByTaskGrader()) == []


def test_there_are_reviews_in_each_language(reviews: Suite) -> None:
    """Four in each, with two defects and two decoys at least, and the rule of each stands in its prompt."""
    assert set(Counter(task.language for task in reviews.tasks).values()) == {4}
    assert {task.language for task in reviews.tasks} == set(LANGUAGES)
    for task in reviews.tasks:
        assert 2 <= len(task.grading["defects"]) <= 5, task.id
        assert len(task.grading["decoys"]) >= 2, task.id
        assert all(f"`{kind}`" in task.ask.messages[0].content for kind in task.grading["kinds"])
