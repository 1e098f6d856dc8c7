"""One judge for all of these tests, and a place for what is learnt of their tasks."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from assay.sandboxes import drivers
from assay.sandboxes.judge import BoxJudge
from assay.sandboxes.linux.pool import LinuxBoxes
from assay.sandboxes.toolchains import all_mounts


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def judge() -> AsyncIterator[BoxJudge]:
    made = BoxJudge(LinuxBoxes(2, all_mounts(), drivers.PRELOADED))
    yield made
    await made.close()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ASSAY_HOME", str(tmp_path / "home"))
    return tmp_path / "home"
