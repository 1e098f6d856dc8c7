"""What was built, kept for answers that come again.

The same files under the same commands make the same program. What hostile code may have made of its compiler is so
met by nobody but that same code. Most answers come once, so that only what was built twice is kept.
"""

from __future__ import annotations

import hashlib

import msgspec

from assay.sandboxes.box import Box, Command
from assay.sandboxes.toolchains.base import BOX_ENV, BUILD, WORK, Plan

_MOST = 256 << 20
"""Bytes of all that is kept."""
_LARGEST = 96 << 20
_REMEMBERED = 10_000
"""Answers of which is known that they came once."""

_ARCHIVE = f"{WORK}/built.tar"
_PACK = rf"""find . -xdev \( -type f -o -type d -empty \) -print0 > /tmp/built
tar --null -T /tmp/built -cf /tmp/built.tar && mv /tmp/built.tar {_ARCHIVE}"""
"""All files but those that are mounted there."""


class Builds:
    """Those of one judge."""

    def __init__(self) -> None:
        self._once: dict[bytes, None] = {}
        self._kept: dict[bytes, bytes] = {}
        self._size = 0

    async def restored(self, plan: Plan, box: Box) -> bool:
        """Whether the box holds now what the plan's builds would leave in it."""
        if not plan.builds or (archive := self._kept.get(_key(plan))) is None:
            return False
        await box.put({_ARCHIVE: archive})
        return await _does(box, f"tar -xf {_ARCHIVE} && rm {_ARCHIVE}")

    async def remember(self, plan: Plan, box: Box) -> None:
        """To be called when the plan's builds are done and nothing else has run in the box."""
        if not plan.builds:
            return
        key = _key(plan)
        if key not in self._once:
            self._once[key] = None
            if len(self._once) > _REMEMBERED:
                del self._once[next(iter(self._once))]
            return
        packed = await _does(box, _PACK)
        archive = await box.take(_ARCHIVE, most=_LARGEST + 1) if packed else None
        await _does(box, f"rm -f /tmp/built /tmp/built.tar {_ARCHIVE}")
        if archive is not None and len(archive) <= _LARGEST:
            self._size += len(archive) - len(self._kept.get(key, b""))
            self._kept[key] = archive
            while self._size > _MOST:
                self._size -= len(self._kept.pop(next(iter(self._kept))))


async def _does(box: Box, script: str) -> bool:
    done = await box.run(Command(argv=("/bin/sh", "-c", script), env=BOX_ENV, limits=BUILD))
    return done.exit_code == 0 and not done.limit


def _key(plan: Plan) -> bytes:
    return hashlib.sha256(msgspec.msgpack.encode((sorted(plan.files.items()), plan.builds))).digest()
