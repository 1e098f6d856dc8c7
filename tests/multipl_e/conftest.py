"""One judge over the real sandbox, with all languages that are here."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from assay.sandboxes.drivers import PRELOADED
from assay.sandboxes.judge import BoxJudge
from assay.sandboxes.linux.pool import LinuxBoxes
from assay.sandboxes.toolchains import all_mounts


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def judge() -> AsyncIterator[BoxJudge]:
    made = BoxJudge(LinuxBoxes(2, all_mounts(), PRELOADED))
    yield made
    await made.close()
