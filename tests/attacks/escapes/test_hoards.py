"""While an answer hoards, its neighbours are judged as ever, and programs outside have what they need."""

from __future__ import annotations

import asyncio

import pytest

from assay.sandboxes.box import Command, Finished
from assay.sandboxes.linux.mounts import python_command
from assay.sandboxes.linux.pool import LinuxBoxes
from attacks.conftest import open_boxes
from attacks.escapes.escape import PRELUDE, Escape
from attacks.escapes.hoards import HOARDS
from attacks.escapes.world import World, outside

_WARM = Command(warm="entries:run", channel=b"print('judged')")
_PROGRAM = Command(argv=(python_command(), "-S", "-c", "print('judged')"))


async def _hoard(boxes: LinuxBoxes, escape: Escape, constants: str) -> Finished:
    code = f"{constants}\n{PRELUDE}\n{escape.code}"
    async with boxes.enter() as box:
        return await box.run(Command(warm="entries:run", channel=code.encode(), limits=escape.limits))


async def _neighbour(boxes: LinuxBoxes) -> list[bytes]:
    async with boxes.enter() as box:
        return [(await box.run(command)).stdout for command in (_WARM, _PROGRAM)]


@pytest.mark.parametrize("fenced", [False, True], ids=["namespaces", "fence"])
@pytest.mark.parametrize("name", HOARDS)
async def test_a_hoard_takes_nothing_from_others(name: str, fenced: bool) -> None:
    """Each neighbour is judged, and each need outside is met, from the first moment of the hoard to its last."""
    world = World()
    boxes = open_boxes(fenced=fenced, workers=2)
    try:
        await asyncio.gather(_neighbour(boxes), _neighbour(boxes))  # both workers are there
        before = outside()
        hoard = asyncio.ensure_future(_hoard(boxes, HOARDS[name], world.constants()))
        seen = []
        while not hoard.done():
            seen.append((await _neighbour(boxes), outside()))
        done = await hoard
        assert done.exit_code == 0, done.stderr
        assert b"hoarded" in done.stdout  # until there was no more
        assert len(seen) > 1
        assert [one for one in seen if one != ([b"judged\n"] * 2, before)] == []
    finally:
        await boxes.close()
        world.close()
