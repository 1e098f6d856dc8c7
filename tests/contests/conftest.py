"""One judge over the real sandbox, shared by all tests of this folder."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from assay.sandboxes.drivers import PRELOADED
from assay.sandboxes.judge import BoxJudge
from assay.sandboxes.linux.pool import LinuxBoxes
from assay.sandboxes.toolchains import find


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def judge() -> AsyncIterator[BoxJudge]:
    found = [toolchain for name in ("python", "cpp", "java") if not isinstance(toolchain := find(name), str)]
    mounts = tuple(dict.fromkeys(mount for toolchain in found for mount in toolchain.mounts))
    made = BoxJudge(LinuxBoxes(2, mounts, PRELOADED))
    yield made
    await made.close()
