"""No answer passes but by being right, in any language; none makes itself missing; what is noticed is flagged."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence

import pytest
import pytest_asyncio

from assay.core.errors import AssayError
from assay.core.flags import FLAGS
from assay.core.judging import Attempt
from assay.core.trial import Status
from assay.graders.cases import CasesGrader
from assay.sandboxes.judge import BoxJudge
from assay.sandboxes.linux.pool import LinuxBoxes
from assay.sandboxes.linux.serving import LinuxServices
from assay.sandboxes.toolchains import all_mounts, find
from attacks.forgeries.forgery import ENTRIES, Forgery, forgeries


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def judge() -> AsyncIterator[BoxJudge]:
    boxes = LinuxBoxes(2, all_mounts(), ["assay.sandboxes.drivers.python:main"])
    made = BoxJudge(boxes, services=LinuxServices(2, all_mounts()))
    yield made
    await made.close()


async def _complaint(judge: BoxJudge, forgery: Forgery) -> str:
    """Empty when the forgery came to what its file says."""
    try:
        verdict = await CasesGrader().grade(forgery.problem, Attempt(files=forgery.files), judge)
    except AssayError as error:
        return f"{forgery.name} makes itself missing: {type(error).__name__}: {error}"
    wrong = [
        verdict.status not in forgery.statuses and f"is {verdict.status}",
        FLAGS.keys() & verdict.flags != forgery.flags and f"has the flags {', '.join(verdict.flags) or 'none'}",
        forgery.says not in verdict.reason and f"says “{verdict.reason}”",
    ]
    return f"{forgery.name} {', '.join(text for text in wrong if text)}" if any(wrong) else ""


async def _complaints(judge: BoxJudge, language: str, chosen: Sequence[Forgery]) -> list[str]:
    found = find(language)
    if isinstance(found, str):
        pytest.skip(found)
    said = await asyncio.gather(*(_complaint(judge, forgery) for forgery in chosen))
    return [text for text in said if text]


@pytest.mark.parametrize("language", ENTRIES)
@pytest.mark.asyncio(loop_scope="session")
async def test_no_forgery_passes(judge: BoxJudge, language: str) -> None:
    """The forgeries that show the most of each language."""
    chosen = [forgery for forgery in forgeries(language) if forgery.quick or language == "python"]
    assert await _complaints(judge, language, chosen) == []


@pytest.mark.slow
@pytest.mark.parametrize("language", [language for language in ENTRIES if language != "python"])
@pytest.mark.asyncio(loop_scope="session")
async def test_no_forgery_of_the_whole_corpus_passes(judge: BoxJudge, language: str) -> None:
    """All others."""
    chosen = [forgery for forgery in forgeries(language) if not forgery.quick]
    assert await _complaints(judge, language, chosen) == []


def test_the_corpus_is_what_it_should_be() -> None:
    """At least 60 forgeries over all languages; only the honest pass; every flag is a known one."""
    all_of_them = [forgery for language in ENTRIES for forgery in forgeries(language)]
    hostile = [forgery for forgery in all_of_them if not forgery.name.startswith("honest")]
    assert len(hostile) >= 60
    assert all(len([one for one in hostile if one.language == language]) >= 8 for language in ENTRIES)
    may_be = {Status.FAILED, Status.EXCEEDED, Status.INVALID}
    assert [one.name for one in hostile if not one.statuses <= may_be] == []
    assert {flag for one in all_of_them for flag in one.flags} <= FLAGS.keys()
