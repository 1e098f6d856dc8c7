"""A pool of boxes for each test, or a visible skip where this machine allows none."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from assay.sandboxes.box import Command, Finished
from assay.sandboxes.linux.mounts import everyday_mounts, python_command
from assay.sandboxes.linux.pool import LinuxBox, LinuxBoxes
from assay.sandboxes.linux.support import what_this_kernel_allows

RunPython = Callable[..., Awaitable[Finished]]


@pytest.fixture(scope="session")
def allowed() -> None:
    missing = [check for check in what_this_kernel_allows() if check.needed and not check.ok]
    if missing:
        pytest.skip(f"no box can be opened here: {missing[0].name}: {missing[0].detail}")


@pytest.fixture(scope="session")
def counted() -> bool:
    """The kernel bounds and counts, through a cgroup."""
    return any(check.name == "cgroup" and check.ok for check in what_this_kernel_allows())


@pytest.fixture
async def boxes(allowed: None) -> AsyncIterator[LinuxBoxes]:
    pool = LinuxBoxes(
        2, everyday_mounts(), ["warm_entries:echo", "warm_entries:work"], preload_from=[str(Path(__file__).parent)]
    )
    yield pool
    await pool.close()


@pytest.fixture
async def box(boxes: LinuxBoxes) -> AsyncIterator[LinuxBox]:
    async with boxes.enter() as one:
        yield one


@pytest.fixture
def run_python(box: LinuxBox) -> RunPython:
    async def run(code: str, **settings: Any) -> Finished:
        return await box.run(Command(argv=(python_command(), "-S", "-c", code), **settings))

    return run
