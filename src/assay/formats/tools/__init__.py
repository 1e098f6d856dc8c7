"""Every dialect in which models write tool calls into their text, by name."""

from __future__ import annotations

from assay.core.names import find
from assay.formats.tools.dialect import Dialect

DIALECTS: dict[str, str] = {
    "hermes": "assay.formats.tools.tagged_json:HERMES",
    "pythonic": "assay.formats.tools.pythonic:PYTHONIC",
}
"""Name → where it is; imported on use."""


def dialect(name: str) -> Dialect:
    """The dialect of that name. Raises UserError, naming the nearest, for an unknown one."""
    found = find(DIALECTS, name, what="tool-call dialect")
    assert isinstance(found, Dialect)
    return found
