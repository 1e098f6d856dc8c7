"""Workers that are kept from one stay to the next."""

from __future__ import annotations

from assay.core.task import Limits
from assay.sandboxes.box import Command
from assay.sandboxes.linux.mounts import everyday_mounts
from assay.sandboxes.linux.pool import LinuxBoxes


async def test_more_room_on_the_disk_keeps_the_worker(allowed: None) -> None:
    """A stay whose commands were given other sizes of disk ends with a worker fit for the next one."""
    # A worker writes this file when it starts; numbers of namespaces are used again.
    ask = ("/usr/bin/stat", "-c", "%z", "/etc/passwd")
    pool, seen = LinuxBoxes(1, everyday_mounts()), set()
    for room in (64, 512, 64, 128):
        async with pool.enter() as box:
            await box.run(Command(argv=("/bin/sh", "-c", "echo made > made"), limits=Limits(disk=room)))
            told = await box.run(Command(argv=ask, limits=Limits(disk=room * 2)))
        assert told.exit_code == 0, told.stderr
        seen.add(told.stdout)
    await pool.close()
    assert len(seen) == 1
