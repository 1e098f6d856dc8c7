"""Both sandboxes behind both seams; each skips visibly where this machine does not have it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from assay.core.ports import Workspace, Workspaces
from assay.core.task import Limits
from assay.sandboxes.box import Box, Boxes, Command, Finished
from assay.sandboxes.containers.boxes import ContainerBoxes
from assay.sandboxes.containers.engine import Engine
from assay.sandboxes.containers.workspace import ContainerWorkspaces
from assay.sandboxes.linux.mounts import everyday_mounts, python_command
from assay.sandboxes.linux.pool import LinuxBoxes
from assay.sandboxes.linux.support import what_this_kernel_allows
from assay.sandboxes.linux.workspace import LinuxWorkspaces
from sandbox_containers.image import IMAGE
from sandbox_containers.private_engine import EACH, ENGINES, private_engine

RunPython = Callable[..., Awaitable[Finished]]
ENTRY = "sandbox_conformance.entries:work"
BOXES = ("linux", "linux step by step", *EACH)
WORKSPACES = ("linux", *EACH)


@pytest.fixture(scope="session")
def docker() -> Iterator[Engine]:
    with private_engine("docker") as started:
        yield started


@pytest.fixture(scope="session")
def podman() -> Iterator[Engine]:
    with private_engine("podman") as started:
        yield started


@pytest.fixture(scope="session")
def linux() -> None:
    missing = [check for check in what_this_kernel_allows() if check.needed and not check.ok]
    if missing:
        pytest.skip(f"no box can be opened here: {missing[0].name}: {missing[0].detail}")


@pytest.fixture(scope="session", params=BOXES)
def sandbox(request: pytest.FixtureRequest) -> str:
    return _at_hand(request)


def _at_hand(request: pytest.FixtureRequest) -> str:
    """Its name; that it can be had here is proved."""
    name: str = request.param
    request.getfixturevalue(name if name in ENGINES else "linux")
    return name


@pytest.fixture
async def boxes(sandbox: str, request: pytest.FixtureRequest) -> AsyncIterator[Boxes]:
    made: Boxes
    if sandbox in ENGINES:
        made = ContainerBoxes(IMAGE, 2, engine=request.getfixturevalue(sandbox))
    else:
        here, native = [str(Path(__file__).parents[1])], sandbox == "linux"
        made = LinuxBoxes(2, everyday_mounts(), [ENTRY], preload_from=here, native=native)
    yield made
    await made.close()


@pytest.fixture
async def box(boxes: Boxes) -> AsyncIterator[Box]:
    async with boxes.enter() as one:
        yield one


@pytest.fixture
def run_python(box: Box) -> RunPython:
    async def run(code: str, **settings: Any) -> Finished:
        return await box.run(Command(argv=(python_command(), "-S", "-c", code), **settings))

    return run


@pytest.fixture(params=WORKSPACES)
def workspaces(request: pytest.FixtureRequest) -> Workspaces:
    name = _at_hand(request)
    if name in ENGINES:
        return ContainerWorkspaces(IMAGE, engine=request.getfixturevalue(name))
    return LinuxWorkspaces()


@pytest.fixture
async def workspace(workspaces: Workspaces) -> AsyncIterator[Workspace]:
    opened = await workspaces.open({"a.txt": b"a\n", "d/b.txt": b"b\n"}, limits=Limits(wall=10, cpu=5))
    yield opened
    await opened.close()
