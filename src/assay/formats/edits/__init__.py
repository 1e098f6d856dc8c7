"""Edit formats: how a reply says what is to change in files. Replies are read with the tolerance that Aider has.

Each module knows one format and offers the same two functions: `apply`, from a reply and the files as they are to the
files as they become, which never raises; and `render`, a reply that makes files what they should be.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping

from assay.core.names import find
from assay.formats.edits.applied import DEFAULT_FENCE, Applied, Fence

MODULES = {
    "whole": "assay.formats.edits.whole",
    "diff": "assay.formats.edits.diff",
    "udiff": "assay.formats.edits.udiff",
    "patch": "assay.formats.edits.patch",
}
"""Names of the formats, as Aider calls them, to their modules."""


def apply(name: str, reply: str, files: Mapping[str, str], *, fence: Fence = DEFAULT_FENCE) -> Applied:
    """The files after the edits of a reply in the format of that name."""
    applied: Applied = find({key: f"{module}:apply" for key, module in MODULES.items()}, name, what="edit format")(
        reply.encode("utf-8", "replace").decode(), files, fence=fence
    )
    return applied


def render(name: str, wanted: Mapping[str, str], files: Mapping[str, str]) -> str:
    """A reply that turns `files` into `wanted`, where each ends with a line end."""
    said: str = importlib.import_module(MODULES[name]).render(wanted, files)
    return said
