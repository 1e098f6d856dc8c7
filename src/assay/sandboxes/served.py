"""Building with a tool that stays from one answer to the next, where a toolchain has one.

Such a tool has read other answers, so it is believed in one thing only: what it has built, it has built. Whatever
else it says or does, the answer is built the plain way, in a box of its own, and that alone decides.
"""

from __future__ import annotations

import msgspec

from assay.sandboxes import wire
from assay.sandboxes.box import Services
from assay.sandboxes.paths import stays_below
from assay.sandboxes.toolchains.base import Plan


async def built(plan: Plan, services: Services) -> Plan:
    """The plan with nothing left to build; or as it was."""
    if plan.served is None:
        return plan
    made = _files(await services.ask(plan.served.tool, plan.served.request))
    if made is None:
        return plan
    files = {f"{plan.served.below}/{path}": data for path, data in made.items()}
    return msgspec.structs.replace(plan, files={**plan.files, **files}, builds=())


def _files(reply: bytes | None) -> dict[str, bytes] | None:
    """A map of paths to bytes; None for anything else."""
    try:
        made = None if reply is None else wire.decode(reply)
    except wire.WireError:
        return None
    if not isinstance(made, dict) or not all(isinstance(data, bytes) for data in made.values()):
        return None
    return made if all(isinstance(path, str) and stays_below(path) for path in made) else None
