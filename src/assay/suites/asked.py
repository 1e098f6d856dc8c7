"""How a suite is wanted: everything that can be said of one besides its name. Values only."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from assay.core.errors import UserError
from assay.core.names import did_you_mean

Asking = Literal["chat", "base"]
"""A conversation, or text to go on with."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What a loader is told."""

    name: str
    """As typed: `multipl-e:rust`."""
    part: str = ""
    """What stands behind the colon."""
    data: Path | None = None
    """The official file, or the folder or checkout that holds the official files; None: the data folder."""
    protocol: str = ""
    """`official`, `assay`, or empty for the suite's own choice."""
    since: str = ""
    """First day of a release window (`2024-08-01`), inclusive; for suites whose tasks have dates."""
    until: str = ""
    """Its last day, inclusive."""
    variant: int = 0
    """In which form its tasks are wanted; 0: as they are written."""


def asking_of(asked: Asked) -> Asking:
    """For suites whose only part is `base`."""
    if asked.part not in ("", "base"):
        raise UserError(f"{asked.name}: no part “{asked.part}”; {did_you_mean(asked.part, ('base',))}")
    return "base" if asked.part else "chat"
