"""How a suite is wanted: everything that can be said of one besides its name. Values only."""

from __future__ import annotations

from pathlib import Path

import msgspec


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
