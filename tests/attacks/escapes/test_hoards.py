"""While an answer hoards, its neighbours are judged as ever, and programs outside have what they need."""

from __future__ import annotations

import asyncio

import pytest

from assay.sandboxes.box import Command, Finished
from assay.sandboxes.linux import users
from assay.sandboxes.linux.mounts import python_command
from assay.sandboxes.linux.pool import LinuxBoxes
from attacks.conftest import open_boxes
from attacks.escapes.escape import PRELUDE, Escape
from attacks.escapes.hoards import HOARDS, ONE_USERS
from attacks.escapes.world import World, outside

_FILLS_A_PIPE = b"""
import os
inside, outside = os.pipe()
os.set_blocking(outside, False)
print("judged", os.write(outside, bytes(1 << 16)))
"""
_WARM = Command(warm="entries:run", channel=b"print('judged')")
_PROGRAM = Command(argv=(python_command(), "-S", "-c", "print('judged')"))


async def _hoard(boxes: LinuxBoxes, escape: Escape, constants: str) -> Finished:
    code = f"{constants}\n{PRELUDE}\n{escape.code}"
    async with boxes.enter() as box:
        return await box.run(Command(warm="entries:run", channel=code.encode(), limits=escape.limits))


async def _neighbour(boxes: LinuxBoxes, needs: list[Command]) -> list[bytes]:
    async with boxes.enter() as box:
        return [(await box.run(command)).stdout for command in needs]


@pytest.mark.parametrize("fenced", [False, True], ids=["namespaces", "fence"])
@pytest.mark.parametrize("name", HOARDS)
async def test_a_hoard_takes_nothing_from_others(name: str, fenced: bool) -> None:
    """Each neighbour is judged, and each need outside is met, from the first moment of the hoard to its last."""
    await _takes_nothing(HOARDS[name], [_WARM, _PROGRAM], fenced=fenced)


@pytest.mark.skipif(not users.may_map_two(), reason="without root, all answers are the same user")
@pytest.mark.parametrize("name", ONE_USERS)
async def test_a_hoard_of_its_user_takes_nothing_from_others(name: str) -> None:
    """Nor what the kernel counts for a user, whatever namespaces he is in."""
    fills = Command(warm="entries:run", channel=_FILLS_A_PIPE)
    await _takes_nothing(ONE_USERS[name], [_WARM, fills], fenced=False)


async def _takes_nothing(escape: Escape, needs: list[Command], *, fenced: bool) -> None:
    world = World()
    boxes = open_boxes(fenced=fenced, workers=2)
    try:
        first, _ = await asyncio.gather(_neighbour(boxes, needs), _neighbour(boxes, needs))  # both workers are there
        before = (first, outside())
        hoard = asyncio.ensure_future(_hoard(boxes, escape, world.constants()))
        seen = []
        while not hoard.done():
            seen.append((await _neighbour(boxes, needs), outside()))
        done = await hoard
        assert done.exit_code == 0, done.stderr
        assert b"hoarded" in done.stdout  # until there was no more
        assert len(seen) > 1
        assert all(said.startswith(b"judged") for said in first)
        assert [one for one in seen if one != before] == []
    finally:
        await boxes.close()
        world.close()
