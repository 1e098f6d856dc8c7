"""The corpus once more in containers, whose locks are an engine's: the world outside is as it was."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from assay.sandboxes.box import Command, Finished
from assay.sandboxes.containers.boxes import ContainerBoxes
from assay.sandboxes.containers.engine import Engine
from assay.sandboxes.linux.mounts import python_command
from attacks.escapes.escape import PRELUDE, Escape
from attacks.escapes.test_escapes import ESCAPES
from attacks.escapes.world import World
from sandbox_containers.image import IMAGE
from sandbox_containers.private_engine import ENGINES, private_engine

pytestmark = [pytest.mark.long, pytest.mark.timeout(900)]
AT_ONCE = 4


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    with private_engine(request.param) as started:
        yield started


@pytest.fixture
def world() -> Iterator[World]:
    one = World()
    yield one
    one.close()


async def test_no_escape_from_a_container_has_an_effect(engine: Engine, world: World) -> None:
    """No secret comes back, nothing outside is touched, every escape ends in its time, and each box goes on."""
    boxes = ContainerBoxes(IMAGE, AT_ONCE, engine=engine)
    complaints: list[str] = []

    async def one(name: str, escape: Escape) -> None:
        async with boxes.enter() as box:
            await box.put({"attack.py": f"{world.constants()}\n{PRELUDE}\n{escape.code}".encode()})
            done = await box.run(Command(argv=(python_command(), "-S", "attack.py"), limits=escape.limits))
            after = await box.run(Command(argv=("/bin/true",)))
        complaints.extend(f"{name}: {text}" for text in _wrong(escape, done, after, world))

    try:
        async with asyncio.TaskGroup() as group:
            for name, escape in ESCAPES.items():
                if escape.language == "python":
                    group.create_task(one(name, escape))
    finally:
        await boxes.close()
    assert complaints == []


def _wrong(escape: Escape, done: Finished, after: Finished, world: World) -> list[str]:
    """A container has more of its own than a box: that an escape thinks it got something says nothing. An engine's
    filter lets everybody advise the kernel of what it may forget, which is slow for all and harms nothing."""
    found = [text for text in world.faults() if "has forgotten" not in text]
    if world.secret.encode() in done.stdout + done.stderr:
        found.append("it has the secret")
    if done.wall_seconds > escape.limits.wall + 5.0:
        found.append(f"it took {done.wall_seconds:.1f} s")
    if after.exit_code != 0:
        found.append(f"the box is broken: {after}")
    return found
