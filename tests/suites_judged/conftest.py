"""One judge over the real sandbox, shared by all tests of this folder."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from assay.sandboxes.drivers import PRELOADED
from assay.sandboxes.judge import BoxJudge
from assay.sandboxes.linux.pool import LinuxBoxes
from assay.sandboxes.toolchains import find


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def python_judge() -> AsyncIterator[BoxJudge]:
    toolchain = find("python")
    assert not isinstance(toolchain, str)
    made = BoxJudge(LinuxBoxes(2, toolchain.mounts, PRELOADED))
    yield made
    await made.close()
