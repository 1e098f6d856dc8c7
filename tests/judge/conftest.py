"""One judge over the real sandbox, shared by all tests of this folder."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from judge_bench import Bench

from assay.sandboxes.judge import BoxJudge
from assay.sandboxes.linux.pool import LinuxBoxes
from assay.sandboxes.linux.serving import LinuxServices
from assay.sandboxes.toolchains import LANGUAGES, all_mounts, find


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def judge() -> AsyncIterator[BoxJudge]:
    boxes = LinuxBoxes(2, all_mounts(), ["assay.sandboxes.drivers.python:main"])
    made = BoxJudge(boxes, services=LinuxServices(2, all_mounts()))
    yield made
    await made.close()


@pytest.fixture(params=LANGUAGES)
def bench(request: pytest.FixtureRequest, judge: BoxJudge) -> Bench:
    language: str = request.param
    found = find(language)
    if isinstance(found, str):
        pytest.skip(found)
    return Bench(judge, language)
